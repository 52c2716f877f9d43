"""The joint desk's year through the read models: posted, rebuilt and folded in memory it is the same, and so issued."""

from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from projections.answers.explanation import explanation
from projections.answers.ledger import ledger
from projections.answers.reports import monthly_report, year
from projections.answers.standpoint import NOW, AsOf, Source
from projections.answers.verification import verify_issued
from projections.catalogue import PROJECTIONS, placed
from slm_domain.figures.periods import Month
from slm_domain.identity import journal_id
from slm_journal.journal import Journal
from tests.projections.engine.histories import Writer
from tests.projections.engine.sameness import Plan, Step, require_sameness
from tests.projections.examples import engine, joint_year, recorded

if TYPE_CHECKING:
    from slm_journal.database import Pool

CODE = "tosa-joint-desk-2025"
JOURNAL = journal_id(CODE)
TOKYO = ZoneInfo("Asia/Tokyo")
POSITIONS = (300, 400, 640)  # July contested, settled; after October's correction


async def test_its_rows_are_its_folds_and_its_rebuild(pool: "Pool") -> None:
    steps = (Step(journal=0, events=400, post=True), Step(restart=True), Step(journal=0, events=200, post=True))
    plan = Plan(chunk=150, cached=2, poison=500, steps=steps)
    await require_sameness(pool, PROJECTIONS, placed, [joint_year()], plan)


async def test_what_is_read_from_rows_is_what_is_folded_in_memory(pool: "Pool") -> None:
    source, writer, posting = Source(pool=pool, journal=Journal(pool)), Writer(Journal(pool), JOURNAL), engine(pool)
    from_rows = {}
    for position in (*POSITIONS, len(joint_year())):
        await writer.write(joint_year()[writer.size : position])
        await posting.post_outstanding()
        from_rows[position] = await answers(source, NOW)
    for position, found in from_rows.items():
        assert await answers(source, AsOf(position=position)) == found


async def answers(source: Source, as_of: AsOf) -> list[object]:
    return [await year(source, CODE, 2025, as_of), await monthly_report(source, CODE, Month(2025, 7), as_of)]


async def test_every_issued_report_computes_again_to_what_was_issued(pool: "Pool") -> None:
    source = await recorded(pool, {JOURNAL: joint_year()})
    found = await verify_issued(source)
    assert len(found.reports) == 14  # twelve months, two of them twice
    assert all(not report.differences for report in found.reports)


@pytest.mark.parametrize("month", [Month(2025, 8), Month(2025, 11)], ids=str)
async def test_each_level_is_explained_by_lists_that_add_up_to_what_it_was_at_the_months_end(
    pool: "Pool", month: Month
) -> None:
    source = await recorded(pool, {JOURNAL: joint_year()})
    for level in (await monthly_report(source, CODE, month)).levels:
        why = await explanation(source, CODE, month, level=level.key)
        for one in why.lists:
            amounts = [line.amount.value for line in one.lines]
            assert one.total.value == (min(amounts) if one.by == "least" else sum(amounts, Fraction())), level.key
        if level.key == "availability-quarter":  # of a quarter that goes on
            down, up = (
                sum((one.total.value for one in why.lists if one.name == name), Fraction()) for name in ("down", "up")
            )
            come = sum((one.total.value for one in why.lists if one.name == "to_come"), Fraction())
            assert why.result is not None
            assert why.result.measured is not None
            assert 1 - down / (up + down + come) == Fraction(why.result.measured.value)


async def test_stopped_time_and_time_between_failures_are_explained_by_the_time_of_the_service_not_weighted(
    pool: "Pool",
) -> None:
    source = await recorded(pool, {JOURNAL: joint_year()})

    async def of(level: str) -> tuple[str, list[tuple[str, Fraction]]]:
        why = await explanation(source, CODE, Month(2025, 11), level=level)
        assert why.result is not None
        assert why.result.measured is not None
        return why.result.measured.value, [(one.name, one.total.value) for one in why.lists]

    # The city, which weighs 3, is stopped from 28 November, 21:00, on: the service for 51 hours, not for 153.
    assert await of("stop") == ("P2DT10800S", [("down", Fraction(51 * 3600))])
    # October and November have 1,464 hours. Of the planned stop of 4 October 4 h are left out, 30 min down; 1 h 30,
    # 2 h, 1 h 20 and these 51 h are down: 1,403 h 40 min are up, with five failures. 1,403 h 40 / 5 = 280 h 44.
    up = Fraction((1403 * 60 + 40) * 60)
    assert await of("between-failures") == (str(up / 5), [("up", up), ("failures", Fraction(5))])


async def test_a_stop_that_is_counted_is_listed_with_its_end(pool: "Pool") -> None:
    source = await recorded(pool, {JOURNAL: joint_year()})
    why = await explanation(source, CODE, Month(2025, 10), level="between-failures")
    (failures,) = [one for one in why.lists if one.name == "failures"]
    ended = [line.ends_at.astimezone(TOKYO).strftime("%d %H:%M") for line in failures.lines if line.ends_at]
    assert ended == ["05 02:30", "12 00:30", "15 11:00", "28 09:20"]


async def test_the_ledger_lists_the_months_stops_only_beside_what_judges_the_month(pool: "Pool") -> None:
    source = await recorded(pool, {JOURNAL: joint_year()})
    stops = {
        level.definition.key: [stop.incident for stop in level.stops]
        for level in (await ledger(source, CODE, Month(2025, 8))).levels
    }
    assert stops["availability"] == stops["stop"] == ["inc-2025-006", "inc-2025-007"]
    assert stops["availability-quarter"] == stops["stops-in-a-week"] == stops["recovery"] == []
