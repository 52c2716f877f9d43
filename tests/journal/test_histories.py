"""Any history of commands, in any batches, ends as the plain-Python model says."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slm_journal.command import Append, Appended, NewEvent, require_disjoint
from slm_journal.instants import instant_of
from slm_journal.journal import Journal
from tests.journal.building import AT
from tests.journal.model import Model

AGGREGATES = tuple(UUID(int=number) for number in (1, 2, 3))


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A command before it is known where the aggregates stand: versions are off by so many from the truth."""

    journal: int
    key: int
    request: int
    hours: int | None
    read: dict[int, int]
    write: list[int]
    off_by: int


ATTEMPTS = st.lists(
    st.builds(
        Attempt,
        journal=st.integers(0, 1),
        key=st.sampled_from(range(40)),
        request=st.sampled_from([0, 0, 0, 1]),
        hours=st.sampled_from([0, 1, 0, 1, 2, 3, 30, 0, 1, 2, 0, -1, None]),
        read=st.dictionaries(st.integers(0, 2), st.sampled_from([0, 0, 0, 0, 0, 0, 1, -1]), max_size=2),
        write=st.lists(st.integers(0, 2), min_size=1, max_size=4),
        off_by=st.sampled_from([0, 0, 0, 0, 0, 0, 0, 0, 1, -1]),
    ),
    min_size=10,
    max_size=30,
)


@given(attempts=ATTEMPTS, batch=st.integers(1, 5))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_history_ends_as_the_model_says(journal: Journal, attempts: list[Attempt], batch: int) -> None:
    journals = (uuid4(), uuid4())  # one database for all histories: each has journals of its own
    model = Model()
    waiting: list[Append] = []

    async def send() -> None:
        answers = await journal.append_batch(waiting)
        assert [_said(answer) for answer in answers] == [model.append(command) for command in waiting]
        waiting.clear()

    for number, attempt in enumerate(attempts):
        command = _command(attempt, journals, model, number)
        if command is None:
            continue
        if len(waiting) == batch or not _fits([*waiting, command]):
            await send()
            command = _command(attempt, journals, model, number) or command
        waiting.append(command)
    await send()
    await _compare(journal, journals, model)


async def _compare(journal: Journal, journals: tuple[UUID, ...], model: Model) -> None:
    for journal_id in journals:
        expected = model.entries.get(journal_id, [])
        entries = await journal.read(journal_id)
        assert [entry.position for entry in entries] == list(range(1, len(expected) + 1))
        assert [
            (entry.originator_id, entry.originator_version, entry.payload, instant_of(entry.recorded_at))
            for entry in entries
        ] == expected
        for hours in range(-1, 80, 9):
            instant = AT + timedelta(hours=hours)
            assert await journal.position_at(journal_id, instant) == model.position_at(journal_id, instant)
        verification = await journal.verify(journal_id)
        assert (verification.size, verification.faults) == (len(expected), ())
    for (journal_id, key), (digest, first, last) in model.commands.items():
        known = await journal.outcome(journal_id, key)
        assert known is not None
        assert (known.digest, known.appended.first_position, known.appended.last_position) == (digest, first, last)


def _command(attempt: Attempt, journals: tuple[UUID, ...], model: Model, number: int) -> Append | None:
    """The command as a client would send it now; None when no program could make such a command."""
    journal_id = journals[attempt.journal]
    last = model.entries[journal_id][-1][3] if journal_id in model.entries else AT
    read = {
        AGGREGATES[aggregate]: model.version(journal_id, AGGREGATES[aggregate]) + off
        for aggregate, off in attempt.read.items()
    }
    try:
        return Append(
            journal_id=journal_id,
            key=str(attempt.key),
            digest=sha256(bytes([attempt.request])).digest(),
            at=None if attempt.hours is None else last + timedelta(hours=attempt.hours),
            read=tuple(read.items()),
            events=tuple(_events(attempt, journal_id, model, read, number)),
        )
    except ValueError:
        return None


def _events(attempt: Attempt, journal_id: UUID, model: Model, read: dict[UUID, int], number: int) -> Iterator[NewEvent]:
    versions = dict(read)
    for aggregate in attempt.write:
        originator_id = AGGREGATES[aggregate]
        before = versions.get(originator_id, model.version(journal_id, originator_id) + attempt.off_by)
        versions[originator_id] = before + 1
        yield NewEvent(
            originator_id=originator_id,
            originator_version=before + 1,
            name="something-happened/1",
            payload=bytes([number]),
            metadata=b"{}",
        )


def _fits(commands: list[Append]) -> bool:
    try:
        require_disjoint(commands)
    except ValueError:
        return False
    return True


def _said(answer: object) -> tuple[object, ...]:
    if isinstance(answer, Appended):
        return ("Appended", answer.first_position, answer.last_position, answer.repeated)
    return (type(answer).__name__,)
