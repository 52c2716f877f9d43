"""The same command twice has the effect of once (C17), also when the answer to the first was lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

import asyncpg
import pytest

from slm_journal import database
from slm_journal.errors import KeyReused, OutcomeUnknown, Unreachable, VersionMoved
from slm_journal.journal import Journal
from tests.journal.building import AT, CONTRACT, INCIDENT, NAKATOSA, SHIMANTO, command, event


async def test_the_same_command_again_is_answered_as_the_first_time(journal: Journal) -> None:
    first = await journal.append(command(event(version=1), event(version=2)))
    again = await journal.append(command(event(version=1), event(version=2)))
    assert not first.repeated
    assert again.repeated
    assert (again.first_position, again.last_position, again.recorded_at) == (1, 2, first.recorded_at)
    assert await journal.journals() == [(SHIMANTO, 2)]


async def test_a_key_used_for_another_request_is_refused(journal: Journal) -> None:
    await journal.append(command(request="outage of line 1"))
    with pytest.raises(KeyReused):
        await journal.append(command(event(version=2), request="outage of line 2"))
    assert await journal.journals() == [(SHIMANTO, 1)]


async def test_a_key_belongs_to_its_journal(journal: Journal) -> None:
    await journal.append(command(request="here"))
    assert not (await journal.append(command(journal_id=NAKATOSA, request="there"))).repeated


async def test_a_known_command_is_answered_whatever_has_happened_since(journal: Journal) -> None:
    await journal.append(command(event(version=1), key="old", at=AT))
    await journal.append(command(event(version=2), key="new", at=AT + timedelta(days=30)))
    assert (await journal.append(command(event(version=1), key="old", at=AT))).first_position == 1


async def test_a_refusal_is_not_remembered(journal: Journal) -> None:
    with pytest.raises(VersionMoved):
        await journal.append(command(event(INCIDENT, 2), key="k", request="too early"))
    await journal.append(command(event(INCIDENT, 1), key="first"))
    assert not (await journal.append(command(event(INCIDENT, 2), key="k", request="now"))).repeated


async def test_a_command_is_found_by_its_key(journal: Journal) -> None:
    sent = command(event(version=1), event(version=2))
    appended = await journal.append(sent)
    known = await journal.outcome(SHIMANTO, sent.key)
    assert known is not None
    assert known.digest == sent.digest
    assert (known.appended.first_position, known.appended.last_position) == (1, 2)
    assert known.appended.recorded_at == appended.recorded_at
    assert await journal.outcome(SHIMANTO, "unknown") is None


async def test_an_answer_lost_after_the_commit_is_found_again(dsn: str, short_directory: Path) -> None:
    async with _line(dsn, short_directory) as line, database.connect(line.dsn, most=1) as pool:
        journal = Journal(pool)
        await journal.append(command(event(version=1), key="warm"))
        line.lose = "answer"
        appended = await journal.append(command(event(version=2), key="k"))
        assert line.lost == 1
        assert (appended.first_position, appended.repeated) == (2, True)
        assert await journal.journals() == [(SHIMANTO, 2)]


async def test_a_request_lost_on_its_way_is_sent_again_with_the_same_key(dsn: str, short_directory: Path) -> None:
    async with _line(dsn, short_directory) as line, database.connect(line.dsn, most=1) as pool:
        journal = Journal(pool)
        await journal.append(command(event(version=1), key="warm"))
        line.lose = "request"
        with pytest.raises(OutcomeUnknown) as unknown:
            await journal.append(command(event(version=2), key="k"))
        assert unknown.value.key == "k"
        assert not (await journal.append(command(event(version=2), key="k"))).repeated


async def test_a_session_ended_while_it_waits_leaves_nothing_and_may_send_again(dsn: str, journal: Journal) -> None:
    blocker = await asyncpg.connect(dsn)
    async with blocker.transaction():
        await blocker.execute("SELECT FROM slm_journal.head FOR UPDATE")
        sent = asyncio.create_task(journal.append(command(key="k")))
        await _end_the_waiting_session(dsn)
        with pytest.raises(OutcomeUnknown):
            await sent
    await blocker.close()
    assert not (await journal.append(command(key="k"))).repeated


async def test_without_a_database_nothing_was_sent(dsn: str) -> None:
    async with database.connect(dsn) as pool:
        journal = Journal(pool)
    with pytest.raises(Unreachable):
        await journal.append(command(event(CONTRACT)))


class _Line:
    """A line to the server that can lose one request before, or one answer after, the server has done its work."""

    def __init__(self, server: str, socket: Path) -> None:
        self.lose: str | None = None
        self.lost = 0
        self._server = server
        address = urlsplit(server)
        self.socket = f"{parse_qs(address.query)['host'][0]}/.s.PGSQL.5432"
        self.dsn = urlunsplit(address._replace(query=f"host={quote(str(socket), safe='')}"))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_unix_connection(self.socket)
        with suppress(ConnectionError):
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry("request", reader, to_server, writer))
                both.create_task(self._carry("answer", from_server, writer, to_server))

    async def _carry(
        self, what: str, source: asyncio.StreamReader, target: asyncio.StreamWriter, back: asyncio.StreamWriter
    ) -> None:
        with suppress(ConnectionError):
            while (content := await source.read(65536)) and self.lose != what:
                target.write(content)
                await target.drain()
        if content:
            self.lose, self.lost = None, self.lost + 1
        target.close()
        back.close()


@asynccontextmanager
async def _line(dsn: str, directory: Path) -> AsyncIterator[_Line]:
    folder = directory / f"line-{urlsplit(dsn).path.removeprefix('/')}"
    await asyncio.to_thread(folder.mkdir)
    line = _Line(dsn, folder)
    listening = await asyncio.start_unix_server(line.serve, folder / ".s.PGSQL.5432")
    async with listening:
        yield line


async def _end_the_waiting_session(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)  # not the blocker: a transaction sees one snapshot of the sessions
    async with asyncio.timeout(30):
        ended = 0
        while not ended:
            ended = await connection.fetchval(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
    await connection.close()
