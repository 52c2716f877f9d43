"""On a hot standby journals are read and followed, by looking alone: it refuses LISTEN and every write."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

import pytest

from slm_journal import database
from slm_journal.cluster import DATABASE_USER, Cluster
from slm_journal.embedded import running
from slm_journal.journal import Journal
from slm_journal.programs import installed_programs
from tests.journal.building import AT, SHIMANTO, command, event


@pytest.fixture
async def written(journal: Journal) -> None:
    """Two entries, recorded before the standby is made."""
    await journal.append(command(event(version=1), event(version=2)))


@pytest.fixture
def standby_dsn(written: None, dsn: str, short_directory: Path, programs: Path | None) -> Iterator[str]:
    """The same database on a hot standby of the session's server."""
    folder = short_directory / "standby"
    folder.mkdir()
    cluster = Cluster(folder=folder, programs=programs or installed_programs(), durable=False)
    shutil.chown(folder, cluster.owner().pw_uid)
    address = urlsplit(dsn)
    primary = parse_qs(address.query)["host"][0]
    cluster._run("pg_basebackup", f"--host={primary}", f"--username={DATABASE_USER}", f"--pgdata={cluster.files}",
                 "--write-recovery-conf", "--checkpoint=fast", "--no-sync")  # fmt: skip
    with running(folder, programs=programs, durable=False) as standby:
        yield urlunsplit(urlsplit(standby)._replace(path=address.path))
    shutil.rmtree(folder)


async def test_a_standby_is_read_and_followed_by_looking(standby_dsn: str) -> None:
    async with database.connect(standby_dsn) as pool:
        journal = Journal(pool)
        assert [entry.position for entry in await journal.read(SHIMANTO)] == [1, 2]
        assert await journal.position_at(SHIMANTO, AT) == 2
        assert await journal.changed_journals(0) == (2, [(SHIMANTO, 2)])
        assert (await journal.verify(SHIMANTO)).faults == ()
        assert (await journal.identity()).clock == "simulated"
        async with journal.wake(poll=0.01) as bell:
            assert bell._listening is None
            assert not await bell.wait()
