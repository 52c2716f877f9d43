"""Many at once: what the head row's lock is for."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from slm_journal import database
from slm_journal.command import Appended
from slm_journal.errors import CommandRefused, KeyReused, VersionMoved
from slm_journal.journal import Journal
from tests.journal.building import CONTRACT, NAKATOSA, SHIMANTO, command, event

AT_ONCE = 16


@pytest.fixture
async def crowd(dsn: str) -> AsyncIterator[Journal]:
    """A journal with a connection for each who comes at once."""
    async with database.connect(dsn, least=AT_ONCE, most=AT_ONCE) as pool:
        yield Journal(pool)


def incident(number: int) -> UUID:
    return UUID(int=0xA00 + number)


async def test_of_sixteen_that_write_one_aggregate_exactly_one_wins(crowd: Journal) -> None:
    answers = await asyncio.gather(
        *(crowd.append(command(event(), key=str(number))) for number in range(AT_ONCE)), return_exceptions=True
    )
    assert [type(answer) for answer in answers].count(Appended) == 1
    assert [type(answer) for answer in answers].count(VersionMoved) == AT_ONCE - 1
    assert await crowd.journals() == [(SHIMANTO, 1)]


async def test_of_sixteen_that_all_read_the_contract_and_change_it_one_wins_each_round(crowd: Journal) -> None:
    await crowd.append(command(event(CONTRACT, 1), key="begin"))
    for version in range(1, 6):
        answers = await asyncio.gather(
            *(
                crowd.append(
                    command(
                        event(CONTRACT, version + 1),
                        event(incident(number), 1),
                        key=f"{version}/{number}",
                        read=[(CONTRACT, version)],
                    )
                )
                for number in range(version * 100, version * 100 + AT_ONCE)
            ),
            return_exceptions=True,
        )
        assert sum(isinstance(answer, Appended) for answer in answers) == 1
        assert sum(isinstance(answer, CommandRefused) for answer in answers) == AT_ONCE - 1
    assert (await crowd.verify(SHIMANTO)).faults == ()


async def test_sixteen_that_write_one_journal_leave_no_gap(crowd: Journal) -> None:
    answers = await asyncio.gather(
        *(
            crowd.append(command(event(incident(number), 1), event(incident(number), 2), key=str(number)))
            for number in range(AT_ONCE)
        )
    )
    assert sorted(answer.first_position for answer in answers) == list(range(1, 2 * AT_ONCE, 2))
    entries = await crowd.read(SHIMANTO)
    assert [entry.position for entry in entries] == list(range(1, 2 * AT_ONCE + 1))
    assert all(one.originator_id == two.originator_id for one, two in zip(entries[::2], entries[1::2], strict=True)), (
        "the events of one command stand together"
    )


async def test_the_same_command_sixteen_times_at_once_is_recorded_once(crowd: Journal) -> None:
    answers = await asyncio.gather(*(crowd.append(command()) for _ in range(AT_ONCE)))
    assert sorted(answer.repeated for answer in answers) == [False] + [True] * (AT_ONCE - 1)
    assert {(answer.first_position, answer.last_position) for answer in answers} == {(1, 1)}


async def test_one_key_for_sixteen_requests_at_once_records_one(crowd: Journal) -> None:
    answers = await asyncio.gather(
        *(crowd.append(command(event(incident(n)), request=str(n))) for n in range(AT_ONCE)), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Appended"] + [KeyReused.__name__] * (AT_ONCE - 1)


async def test_the_order_in_the_database_has_no_gaps_either(crowd: Journal) -> None:
    await asyncio.gather(
        *(
            crowd.append(command(event(incident(n)), journal_id=(SHIMANTO, NAKATOSA)[n % 2], key=str(n)))
            for n in range(AT_ONCE)
        ),
        crowd.append(command(event(CONTRACT, 9), key="refused")),
        return_exceptions=True,
    )
    rows = await crowd._pool.fetch("SELECT global_position FROM slm_journal.entry ORDER BY 1")
    assert [row["global_position"] for row in rows] == list(range(1, AT_ONCE + 1))
