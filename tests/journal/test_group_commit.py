"""Commands that come at once share appends, and each is answered as if it had come alone."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from slm_journal import database
from slm_journal.command import Appended
from slm_journal.errors import Closing, KeyReused, PremiseGone, QueueFull, VersionMoved
from slm_journal.group_commit import GroupCommit
from slm_journal.journal import Journal
from tests.journal.building import AT, CONTRACT, INCIDENT, NAKATOSA, SHIMANTO, command, event
from tests.journal.grouping import AT_ONCE, Watched, gathered, head_locked, incident, waiting_sessions


@pytest.fixture
def watched(pool: "database.Pool") -> Watched:
    return Watched(pool)


@pytest.fixture
async def group(watched: Watched) -> AsyncIterator[GroupCommit]:
    opened = GroupCommit(watched, in_flight=1)  # so that a test can say which batches there are
    yield opened
    await opened.close()


async def test_who_comes_at_once_shares_an_append(group: GroupCommit, watched: Watched) -> None:
    answers = await gathered(group, *(command(event(incident(n)), key=str(n)) for n in range(AT_ONCE)))
    assert all(isinstance(answer, Appended) for answer in answers)
    assert watched.batches == [[str(n) for n in range(AT_ONCE)]]


async def test_the_next_batch_gathers_while_the_last_is_in_flight(
    dsn: str, group: GroupCommit, watched: Watched
) -> None:
    async with head_locked(dsn):
        first = asyncio.create_task(group.append(command(event(incident(0)), key="first")))
        await waiting_sessions(dsn)
        rest = [asyncio.create_task(group.append(command(event(incident(n)), key=str(n)))) for n in range(1, AT_ONCE)]
        await asyncio.sleep(0)
        assert watched.batches == [["first"]]
    await asyncio.gather(first, *rest)
    assert watched.batches == [["first"], [str(n) for n in range(1, AT_ONCE)]]


async def test_a_batch_has_a_largest_size(watched: Watched) -> None:
    group = GroupCommit(watched, most=5, in_flight=1)
    await gathered(group, *(command(event(incident(n)), key=str(n)) for n in range(AT_ONCE)))
    assert [len(batch) for batch in watched.batches] == [5, 5, 5, 1]


async def test_a_refusal_in_the_middle_of_a_batch_concerns_nobody_else(group: GroupCommit, watched: Watched) -> None:
    answers = await gathered(
        group,
        command(event(incident(1)), key="fits"),
        command(event(incident(2), 7), key="moved"),
        command(event(incident(3)), key="fits too"),
    )
    assert [type(answer) for answer in answers] == [Appended, VersionMoved, Appended]
    assert len(watched.batches) == 1


async def test_the_same_command_twice_at_once_is_recorded_once(group: GroupCommit, watched: Watched) -> None:
    first, second = await gathered(group, command(), command())
    assert isinstance(first, Appended)
    assert isinstance(second, Appended)
    assert (first.first_position, first.repeated, second.first_position, second.repeated) == (1, False, 1, True)
    assert watched.batches == [["first"], ["first"]], "one key twice never shares a batch"


async def test_one_key_for_two_requests_at_once_records_the_first(group: GroupCommit) -> None:
    first, second = await gathered(group, command(request="one"), command(event(incident(2)), request="other"))
    assert isinstance(first, Appended)
    assert isinstance(second, KeyReused)


async def test_a_key_whose_first_command_is_refused_is_free_for_the_second(group: GroupCommit) -> None:
    first, second = await gathered(group, command(event(INCIDENT, 5), request="early"), command(request="in time"))
    assert isinstance(first, VersionMoved)
    assert isinstance(second, Appended)
    assert not second.repeated


async def test_a_key_whose_first_command_is_still_queued_waits_for_its_answer(dsn: str, group: GroupCommit) -> None:
    async with head_locked(dsn):
        blocked = asyncio.create_task(group.append(command(event(incident(0)), key="in flight")))
        await waiting_sessions(dsn)
        first = group.take_up(command(event(incident(1)), key="k"))
        again = group.take_up(command(event(incident(1)), key="k"))
        other = group.take_up(command(event(incident(2)), key="k", request="something else"))
    await blocked
    assert not (await group.answered(first)).repeated
    assert (await group.answered(again)).repeated
    with pytest.raises(KeyReused):
        await group.answered(other)


async def test_one_key_in_two_processes_is_settled_by_the_database(dsn: str, group: GroupCommit) -> None:
    async with database.connect(dsn) as pool:
        elsewhere = GroupCommit(Journal(pool))
        answers = await asyncio.gather(
            *(
                each.append(command(event(incident(n)), key=str(n)))
                for n in range(AT_ONCE)
                for each in (group, elsewhere)
            )
        )
        await elsewhere.close()
    assert sorted(answer.repeated for answer in answers) == [False] * AT_ONCE + [True] * AT_ONCE


async def test_an_aggregate_only_read_that_moved_refuses_the_command(group: GroupCommit) -> None:
    await group.append(command(event(CONTRACT, 1), key="begin"))
    answers = await gathered(
        group,
        command(event(CONTRACT, 2), key="moves it"),
        command(event(incident(1)), event(incident(2)), key="read it before", read=[(CONTRACT, 1)]),
        command(event(incident(3)), event(incident(4)), key="knows", read=[(CONTRACT, 2)]),
    )
    assert [type(answer) for answer in answers] == [Appended, VersionMoved, Appended]


@pytest.mark.parametrize("in_flight", [1, 2])
async def test_sixteen_writers_of_one_aggregate_follow_one_another(watched: Watched, in_flight: int) -> None:
    group = GroupCommit(watched, in_flight=in_flight)
    answers = await gathered(group, *(command(event(INCIDENT, n), key=str(n)) for n in range(1, AT_ONCE + 1)))
    places = [answer.first_position for answer in answers if isinstance(answer, Appended)]
    assert places == list(range(1, AT_ONCE + 1)), "in the order they came"


@pytest.mark.parametrize("in_flight", [1, 2])
async def test_sixteen_writers_of_one_journal_leave_no_gap(watched: Watched, in_flight: int) -> None:
    group = GroupCommit(watched, in_flight=in_flight)
    for version in range(1, 6):
        await gathered(group, *(command(event(incident(n), version), key=f"{version}/{n}") for n in range(AT_ONCE)))
    entries = await watched.read(SHIMANTO)
    assert [entry.position for entry in entries] == list(range(1, 5 * AT_ONCE + 1))
    assert (await watched.verify(SHIMANTO)).faults == ()


async def test_what_is_few_goes_in_one_flight(watched: Watched) -> None:
    group = GroupCommit(watched)
    await gathered(group, *(command(event(incident(n)), key=str(n)) for n in range(AT_ONCE)))
    assert [len(batch) for batch in watched.batches] == [AT_ONCE]


async def test_sixteen_writers_of_many_journals_share_appends(group: GroupCommit, watched: Watched) -> None:
    journals = [UUID(int=0xB00 + n) for n in range(AT_ONCE)]
    await gathered(group, *(command(journal_id=one, key="k") for one in journals))
    assert await watched.journals() == [(one, 1) for one in journals]
    assert len(watched.batches) == 1


async def test_times_of_one_journal_follow_one_another_and_other_journals_overtake(
    group: GroupCommit, watched: Watched
) -> None:
    later = AT + timedelta(hours=1)
    answers = await gathered(
        group,
        command(event(incident(1)), key="1", at=AT),
        command(event(incident(2)), key="2", at=later),
        command(event(incident(3)), key="3", at=later),
        command(event(incident(1)), key="elsewhere", at=AT, journal_id=NAKATOSA),
    )
    assert all(isinstance(answer, Appended) for answer in answers)
    assert watched.batches == [["1", "elsewhere"], ["2", "3"]]


async def test_a_full_queue_refuses_and_takes_up_again_when_there_is_room(dsn: str, watched: Watched) -> None:
    group = GroupCommit(watched, room=3)
    async with head_locked(dsn):
        taken = [asyncio.create_task(group.append(command(event(incident(n)), key=str(n)))) for n in range(3)]
        await waiting_sessions(dsn)
        with pytest.raises(QueueFull):
            await group.append(command(event(incident(9)), key="9"))
    await asyncio.gather(*taken)
    assert not (await group.append(command(event(incident(9)), key="9"))).repeated


async def test_who_is_cancelled_before_it_is_sent_records_nothing_and_holds_nobody_up(
    dsn: str, group: GroupCommit, watched: Watched
) -> None:
    async with head_locked(dsn):
        first = asyncio.create_task(group.append(command(event(INCIDENT, 1), key="1")))
        await waiting_sessions(dsn)
        gives_up = asyncio.create_task(group.append(command(event(INCIDENT, 2), key="gives up")))
        last = asyncio.create_task(group.append(command(event(INCIDENT, 2), key="2")))
        await asyncio.sleep(0)
        gives_up.cancel()
    await asyncio.gather(first, last)
    assert gives_up.cancelled()
    assert watched.batches == [["1"], ["2"]]
    assert await watched.outcome(SHIMANTO, "gives up") is None


async def test_who_is_cancelled_in_flight_is_recorded_all_the_same(
    dsn: str, group: GroupCommit, watched: Watched
) -> None:
    async with head_locked(dsn):
        cancelled = asyncio.create_task(group.append(command(event(incident(1)), key="1")))
        beside = asyncio.create_task(group.append(command(event(incident(2)), key="2")))
        await waiting_sessions(dsn)
        cancelled.cancel()
        await asyncio.sleep(0)
    await beside
    assert cancelled.cancelled()
    assert await watched.outcome(SHIMANTO, "1") is not None
    assert (await group.append(command(event(incident(1)), key="1"))).repeated


async def test_closing_drains_what_was_taken_up_and_takes_up_no_more(dsn: str, watched: Watched) -> None:
    group = GroupCommit(watched)
    async with head_locked(dsn):
        taken = [group.take_up(command(event(INCIDENT, n), key=str(n))) for n in (1, 2, 3)]
        await waiting_sessions(dsn)
        closing = asyncio.create_task(group.close())
        await asyncio.sleep(0)
        with pytest.raises(Closing):
            await group.append(command(event(incident(1)), key="late"))
    await closing
    assert [ticket.is_recorded for ticket in taken] == [True, True, True]


async def test_what_was_decided_on_events_that_were_not_recorded_is_never_sent(
    dsn: str, group: GroupCommit, watched: Watched
) -> None:
    """Another's event may have taken the place of the one it was decided on: its version alone would not tell."""
    async with head_locked(dsn):
        blocked = group.take_up(command(event(incident(0)), key="in flight"))
        await waiting_sessions(dsn)
        refused = group.take_up(command(event(INCIDENT, 1), read=[(incident(0), 0)], key="refused"))
        on_it = group.take_up(command(event(INCIDENT, 2), key="on it"), built_on=[refused])
        on_that = group.take_up(command(event(INCIDENT, 3), key="on that"), built_on=[on_it])
        sound = group.take_up(command(event(CONTRACT, 1), key="sound"), built_on=[blocked])
    await group.answered(sound)
    for ticket, answer in ((refused, VersionMoved), (on_it, PremiseGone), (on_that, PremiseGone)):
        with pytest.raises(answer):
            await group.answered(ticket)
    assert [key for batch in watched.batches for key in batch] == ["in flight", "sound", "refused"]


async def test_what_is_under_way_is_shared_evenly_by_two_flights(watched: Watched) -> None:
    group = GroupCommit(watched)
    await gathered(group, *(command(event(incident(n)), key=str(n)) for n in range(6 * AT_ONCE)))
    assert [len(batch) for batch in watched.batches] == [3 * AT_ONCE, 3 * AT_ONCE]


async def test_a_command_that_the_database_cannot_take_fails_alone(group: GroupCommit) -> None:
    answers = await gathered(
        group,
        command(event(incident(1)), key="fits"),
        command(event(incident(2)), key="too long for the index " + "".join(map(str, range(4000)))),
        command(event(incident(3)), key="fits too"),
    )
    assert isinstance(answers[0], Appended)
    assert isinstance(answers[1], asyncpg.ProgramLimitExceededError)
    assert isinstance(answers[2], Appended)
