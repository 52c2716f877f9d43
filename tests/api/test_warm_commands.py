"""Commands decided on aggregates kept ready: never on what is stale, and at a cost that history does not raise."""

import asyncio
import json
import sys
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from slm_api.commanding import Answer
from slm_api.receiving import received
from slm_api.record_clock import RecordClock
from slm_api.shelf import Shelf
from slm_domain.incident_refusals import OutageAlreadyEnded
from slm_domain.service_level import ServiceLevel
from slm_domain.service_level_refusals import MeasurementAlreadyRecorded, OnlyYourOwnMeasurement
from slm_journal import database
from slm_journal.command import Append, NewEvent
from slm_journal.errors import KeyReused, NotTaken, QueueFull
from slm_journal.journal import Journal
from tests.api.processes import AT, Process, Read, agreement, entries_of, measured
from tests.api.requests import Tree, command, draft, end, incident, propose

if TYPE_CHECKING:
    pass


def corrected(name: str, **facts: Any) -> Tree:
    told = {"level": "backup", "measurement": name, "met": False, "reason": "misread", "at": AT}
    return command("CorrectMeasurement", side="provider", **{**told, "key": f"corrected {name}", **facts})


async def test_a_command_on_what_is_kept_reads_nothing(process: Process) -> None:
    await process.send(measured("1"))
    process.journal.count.clear()
    answer = await process.send(measured("2"))
    assert answer.events == ("MeasurementRecorded.1",)
    assert process.journal.count == Counter()


async def test_what_another_process_recorded_is_read_when_the_append_notices_it(
    processes: tuple[Process, Process],
) -> None:
    one, other = processes
    await one.send(measured("1"))
    await other.send(measured("2"))
    one.journal.count.clear()
    assert not (await one.send(measured("3"))).repeated
    with pytest.raises(MeasurementAlreadyRecorded):
        await one.send(measured("2", key="of another key"))
    await one.require_true_to_the_record()


async def test_a_refusal_is_not_believed_of_a_state_that_another_process_has_changed(
    processes: tuple[Process, Process],
) -> None:
    one, other = processes
    await one.send(incident())
    await one.send(end())
    reopened = command("ReopenOutage", side="provider", at=AT, incident="inc-1", reason="it is down again", key="open")
    await other.send(reopened)
    answer = await one.send(end(at=AT, key="ended again"))
    assert answer.events == ("OutageEnded.1",)
    with pytest.raises(OutageAlreadyEnded):
        await other.send(end(at=AT, key="ended a third time"))


async def test_a_refused_command_whose_key_is_known_is_answered_as_the_first_time(process: Process) -> None:
    first = await process.send(measured("1"))
    again = await process.send(measured("1"))
    assert again.repeated
    assert (again.first_position, again.events) == (first.first_position, first.events)
    with pytest.raises(KeyReused):
        await process.send(measured("1", met=False))


async def test_a_command_recorded_before_that_would_be_accepted_again_leaves_the_state_as_it_is(
    process: Process,
) -> None:
    await process.send(measured("1"))
    first = await process.send(corrected("1"))
    again = await process.send(corrected("1"))
    assert (again.repeated, again.first_position, again.events) == (True, first.first_position, first.events)
    assert not (await process.send(measured("2"))).repeated
    await process.require_true_to_the_record()


async def test_a_refusal_after_a_note_was_written_leaves_the_kept_aggregate_as_it_was(process: Process) -> None:
    await process.send(measured("1", side="municipality"))
    process.journal.count.clear()
    for number in range(3):
        with pytest.raises(OnlyYourOwnMeasurement):
            await process.send(corrected("1", key=f"not mine {number}"))
    assert process.journal.count["read"] == 0
    await process.require_true_to_the_record()
    assert not (await process.send(measured("2"))).repeated


async def test_many_at_once_on_one_aggregate_are_all_recorded_in_the_order_they_came(process: Process) -> None:
    answers = await asyncio.gather(*(process.send(measured(str(number))) for number in range(50)))
    places = [answer.first_position for answer in answers]
    assert places == sorted(places)
    assert Counter(await entries_of(process))["MeasurementRecorded.1"] == 50
    await process.require_true_to_the_record()


async def test_of_many_at_once_that_record_one_fact_the_first_does_and_the_others_are_refused(
    process: Process,
) -> None:
    answers = await asyncio.gather(
        *(process.send(measured("one", key=str(number))) for number in range(16)), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [Answer, *[MeasurementAlreadyRecorded] * 15]


async def test_the_same_command_many_times_at_once_is_recorded_once(process: Process) -> None:
    answers = await asyncio.gather(*(process.send(measured("one")) for _ in range(16)))
    assert [answer.repeated for answer in answers] == [False, *[True] * 15]
    assert len({answer.first_position for answer in answers}) == 1


async def test_what_two_processes_record_of_one_aggregate_at_once_is_recorded_once_each(
    processes: tuple[Process, Process],
) -> None:
    await asyncio.gather(
        *(
            process.send(measured(f"{place}-{number}"))
            for number in range(20)
            for place, process in enumerate(processes)
        )
    )
    assert Counter(await entries_of(processes[0]))["MeasurementRecorded.1"] == 40
    for process in processes:
        await process.require_true_to_the_record()


async def test_who_gives_up_before_it_is_sent_takes_its_events_out_of_the_state(dsn: str, process: Process) -> None:
    await process.send(measured("0"))
    blocker = await asyncpg.connect(dsn)
    async with blocker.transaction():
        await blocker.execute("SELECT FROM slm_journal.head FOR UPDATE")
        first = asyncio.create_task(process.send(measured("1")))
        await asyncio.sleep(0)
        gives_up = asyncio.create_task(process.send(measured("2")))
        last = asyncio.create_task(process.send(measured("3")))
        await asyncio.sleep(0)
        gives_up.cancel()
        await asyncio.wait([gives_up])
    await blocker.close()
    assert not (await first).repeated
    assert not (await last).repeated
    assert gives_up.cancelled()
    assert not (await process.send(measured("2", key="anew"))).repeated
    await process.require_true_to_the_record()


async def test_when_the_queue_is_full_nothing_is_decided_and_nothing_remains(dsn: str) -> None:
    async with database.connect(dsn) as pool:
        process = Process(pool, room=1)
        await process.send(draft())
        blocker = await asyncpg.connect(dsn)
        async with blocker.transaction():
            await blocker.execute("SELECT FROM slm_journal.head FOR UPDATE")
            waiting = asyncio.create_task(process.send(propose()))
            await asyncio.sleep(0)
            with pytest.raises(QueueFull):
                await process.send(draft(contract="other", key="other"))
        await blocker.close()
        await waiting
        await process.commanding.close()
        with pytest.raises(NotTaken):
            await process.send(draft(contract="other", key="other"))
        await process.require_true_to_the_record()


async def test_what_is_looked_at_last_is_kept_up_to_a_number(dsn: str) -> None:
    async with database.connect(dsn) as pool:
        process = Process(pool, most_aggregates=3)
        for each in agreement():
            await process.send(each)
        for number in range(5):
            await process.send(incident(f"inc-{number}", key=f"k{number}"))
        assert len(process.kept) == 3
        process.journal.count.clear()
        await process.send(end("inc-0", key="end"))
        assert process.journal.count["read"] == 1
        await process.require_true_to_the_record()
        await process.commanding.close()


async def test_what_is_kept_is_bounded_by_events_too(process: Process) -> None:
    small = Shelf(process.journal, most_events=10)
    ((journal_id, _),) = await process.journal.journals()
    for number in range(8):
        await process.send(measured(str(number)))
    levels = [(one, kept.kind) for (_, one), kept in process.kept.items()]
    for originator_id, kind in levels:
        await small.bring(journal_id, originator_id, kind)
    assert small._events <= 10
    assert small._events == sum(kept.weight for kept in small._kept.values())


async def test_all_who_ask_for_the_time_at_once_are_answered_by_one_question(process: Process) -> None:
    clock = RecordClock(process.journal)
    await asyncio.gather(*(clock.now() for _ in range(16)))
    assert process.journal.count["now"] == 1


async def test_who_asks_for_the_time_while_a_question_is_under_way_waits_for_the_next(real_dsn: str) -> None:
    async with database.connect(real_dsn) as pool:
        journal = Read(pool)
        clock = RecordClock(journal)
        first = asyncio.create_task(clock.now())
        await journal.asked.wait()
        late = [asyncio.create_task(clock.now()) for _ in range(3)]
        assert max(await asyncio.gather(*late)) > await first
        assert journal.count["now"] == 2


async def test_the_work_of_a_command_is_the_same_on_a_short_history_and_on_a_long_one(process: Process) -> None:
    """Counted in functions called, Python's own included, and measured in `benchmarks/commanding.py`."""
    await process.send(measured("first"))
    short = await calls_of(process, measured("a"), measured("b"))
    await lengthen(process, 3000)
    await process.send(measured("again"))
    long = await calls_of(process, measured("c"), measured("d"))
    assert long <= short + short // 10


async def calls_of(process: Process, *commands: Tree) -> int:
    calls = 0

    def count(_frame: object, what: str, _argument: object) -> None:
        nonlocal calls
        calls += what in ("call", "c_call")

    sent = [received(json.dumps(one).encode()) for one in commands]
    sys.setprofile(count)
    try:
        for one in sent:
            await process.commanding.send(one)
    finally:
        sys.setprofile(None)
    return calls


async def lengthen(process: Process, events: int) -> None:
    """Give the level so many more measurements, by another process."""
    ((journal_id, _),) = await process.journal.journals()
    (level,) = [
        kept.aggregate
        for kept in process.kept.values()
        if isinstance(kept.aggregate, ServiceLevel) and kept.aggregate.measurements
    ]
    before = level.version
    await Journal(process.journal._pool).append(
        Append(
            journal_id=journal_id,
            key="many",
            digest=bytes(32),
            at=datetime.fromisoformat(AT),
            events=tuple(
                NewEvent(
                    originator_id=level.id,
                    originator_version=before + number,
                    name="MeasurementRecorded.1",
                    payload=json.dumps(
                        {"measurement": f"m{number}", "met": True, "occurred_at": AT, "stated_by": "provider"}
                    ).encode(),
                    metadata=b"{}",
                )
                for number in range(1, events + 1)
            ),
        )
    )
