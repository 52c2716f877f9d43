"""A hot standby of a server, and its content in another server: made with PostgreSQL's own programs."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

from slm_journal.cluster import DATABASE_USER, Cluster
from slm_journal.embedded import running
from slm_journal.programs import installed_programs


@contextmanager
def standby_of(dsn: str, folder: Path, programs: Path | None) -> Iterator[str]:
    """The same database on a hot standby that follows its server; `folder` is made, and removed again."""
    folder.mkdir()
    cluster = Cluster(folder=folder, programs=programs or installed_programs(), durable=False)
    shutil.chown(folder, cluster.owner().pw_uid)
    cluster._run("pg_basebackup", f"--host={_host(dsn)}", f"--username={DATABASE_USER}", f"--pgdata={cluster.files}",
                 "--write-recovery-conf", "--checkpoint=fast", "--no-sync")  # fmt: skip
    with running(folder, programs=programs, durable=False) as standby:
        yield at_path(standby, urlsplit(dsn).path)
    shutil.rmtree(folder)


def dump_and_restore(dsn: str, into: str, file: Path, programs: Path | None) -> None:
    """Copy a database into an empty one of any server, as an operator does."""
    found = programs or installed_programs()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    for program, *words in (
        ["pg_dump", f"--dbname={dsn}", "--format=custom", f"--file={file}"],
        ["pg_restore", f"--dbname={into}", "--exit-on-error", str(file)],
    ):
        subprocess.run([found / program, *words], check=True, env=environment)


def at_path(server: str, path: str) -> str:
    """The DSN of another database of a server."""
    return urlunsplit(urlsplit(server)._replace(path=path))


def _host(dsn: str) -> str:
    return parse_qs(urlsplit(dsn).query)["host"][0]
