"""Recorded-at: by the server's clock or by the command's time, and never backwards."""

from datetime import UTC, datetime, timedelta

import pytest

from slm_journal.errors import AtMissing, AtRefused, NoSuchEntry, WentBackwards
from slm_journal.instants import EPOCH, instant_of, microseconds
from slm_journal.journal import Journal
from tests.journal.building import AT, CONTRACT, NAKATOSA, SHIMANTO, command, event

MOMENT = timedelta(microseconds=1)


async def test_a_simulated_database_records_at_the_commands_time_to_the_microsecond(journal: Journal) -> None:
    at = AT + 123_457 * MOMENT
    assert (await journal.append(command(at=at))).recorded_at == at
    assert await journal.recorded_at(SHIMANTO, 1) == at


async def test_a_simulated_database_needs_a_time(journal: Journal) -> None:
    with pytest.raises(AtMissing):
        await journal.append(command(at=None))


async def test_recorded_at_never_goes_backwards_in_a_journal(journal: Journal) -> None:
    await journal.append(command(event(version=1), key="1", at=AT))
    with pytest.raises(WentBackwards):
        await journal.append(command(event(version=2), key="2", at=AT - MOMENT))
    assert (await journal.append(command(event(version=2), key="3", at=AT))).first_position == 2


async def test_another_journal_may_be_at_an_earlier_time(journal: Journal) -> None:
    await journal.append(command(at=AT))
    earlier = AT - timedelta(days=365)
    assert (await journal.append(command(journal_id=NAKATOSA, at=earlier))).recorded_at == earlier


async def test_nothing_is_recorded_before_1970(journal: Journal) -> None:
    with pytest.raises(WentBackwards):
        await journal.append(command(at=EPOCH - MOMENT))


async def test_the_time_of_a_simulated_database_is_that_of_its_latest_entry(journal: Journal) -> None:
    assert await journal.now() == EPOCH
    await journal.append(command(at=AT))
    await journal.append(command(journal_id=NAKATOSA, at=AT - timedelta(days=1)))
    assert await journal.now() == AT


async def test_times_of_one_journal_do_not_run_backwards_in_a_batch(journal: Journal) -> None:
    later, earlier = command(event(), key="1", at=AT), command(event(CONTRACT), key="2", at=AT - MOMENT)
    with pytest.raises(ValueError, match="backwards in one batch"):
        await journal.append_batch([later, earlier])
    assert len(await journal.append_batch([earlier, later])) == 2


async def test_a_real_database_refuses_a_time(real_journal: Journal) -> None:
    with pytest.raises(AtRefused):
        await real_journal.append(command(at=AT))
    assert await real_journal.journals() == []


async def test_a_real_database_records_by_its_servers_clock(real_journal: Journal) -> None:
    before = await real_journal.now()
    recorded_at = (await real_journal.append(command(at=None))).recorded_at
    assert before <= recorded_at <= await real_journal.now()


async def test_when_the_servers_clock_is_set_back_recorded_at_stands_still(real_journal: Journal) -> None:
    ahead = datetime(2999, 1, 1, tzinfo=UTC)
    await real_journal._pool.execute("UPDATE slm_journal.head SET recorded_at = $1", microseconds(ahead))
    assert (await real_journal.append(command(at=None))).recorded_at == ahead
    assert await real_journal.now() == ahead


async def test_the_events_of_one_command_are_recorded_at_one_time(real_journal: Journal) -> None:
    appended = await real_journal.append(command(event(version=1), event(version=2), at=None))
    times = {entry.recorded_at for entry in await real_journal.read(SHIMANTO)}
    assert times == {microseconds(appended.recorded_at)}


async def test_an_entry_that_is_not_there_was_not_recorded(journal: Journal) -> None:
    with pytest.raises(NoSuchEntry):
        await journal.recorded_at(SHIMANTO, 1)


def test_an_instant_is_stored_exactly() -> None:
    at = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert instant_of(microseconds(at)) == at
    with pytest.raises(ValueError, match="time zone"):
        microseconds(at.replace(tzinfo=None))
