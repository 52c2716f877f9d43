"""A month over many contracts: seconds are added, percentages never; what has no figure is left out (K1, C7)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from msgspec.structs import replace

from projections.answers.cut import CutMoved
from projections.answers.reports import monthly_report
from projections.answers.roll_up import NothingToRollUp, Over, RolledDays, RollUpAnswer, roll_up
from projections.answers.standpoint import AsOf
from slm_api.cli.roll_up_view import print_roll_up
from slm_api.cli.screen import Screen
from slm_domain.commands.incident import EndOutage, ReportIncident
from slm_domain.figures.periods import Month
from slm_domain.sla import Organisation, Party, Sla, System, WeeklyHours, Words
from tests.projections.conftest import SIDES, at
from tests.projections.contract_histories import CODE, JOURNAL, TOKYO, Desks, agreed_sla, agreeing_on
from tests.projections.engine.histories import Draft
from tests.projections.examples import engine, jip_base, recorded, shimanto_year, write

if TYPE_CHECKING:
    from slm_journal.database import Pool

DECEMBER = Month(2019, 12)
H = timedelta(hours=1)
KNOWN = AsOf(instant=datetime(2020, 1, 7, 12, tzinfo=TOKYO))


def first_of_jip_base(number: int) -> dict[UUID, Sequence[Draft]]:
    return dict(list(jip_base().items())[:number])


def seconds(length: timedelta) -> Fraction:
    return Fraction(length // timedelta(microseconds=1), 1_000_000)


async def test_the_total_adds_the_seconds_of_the_rows(pool: "Pool") -> None:
    source = await recorded(pool, jip_base())
    answer = await roll_up(source, DECEMBER, Over(provider="jip"), as_of=KNOWN)
    assert len(answer.rows) == 53
    assert not answer.total.provisional
    base = sum((row.figure.base for row in answer.rows), timedelta())
    down = sum((row.figure.down for row in answer.rows), timedelta())
    assert (answer.total.base, answer.total.down) == (base, down)
    assert answer.total.ratio is not None
    assert answer.total.ratio.value == 1 - seconds(down) / seconds(base)
    assert answer.payable_yen == sum(row.payable_yen or 0 for row in answer.rows)
    assert answer.breaches == sum(row.breaches or 0 for row in answer.rows)


async def test_a_row_of_a_whole_contract_is_what_its_monthly_report_says(pool: "Pool") -> None:
    source = await recorded(pool, first_of_jip_base(2))
    answer = await roll_up(source, DECEMBER, Over(), as_of=KNOWN)
    for row in answer.rows:
        month = (await monthly_report(source, row.key, DECEMBER, KNOWN)).figures
        assert row.figure == month.availability
        assert (row.breaches, row.payable_yen) == (month.breaches, month.payable_yen)


async def test_systems_stop_each_until_they_run_again(pool: "Pool") -> None:
    source = await recorded(pool, first_of_jip_base(1))
    answer = await roll_up(source, DECEMBER, Over(contracts=("jip-base-01",)), by="system", as_of=KNOWN)
    # Stopped from 4 December 10:00: six systems to the 15th 9:00, one to the 18th 9:00, two beyond the month's end.
    assert [row.figure.down for row in answer.rows] == [263 * H] * 6 + [335 * H] + [662 * H] * 2
    assert answer.total.down == (6 * 263 + 335 + 2 * 662) * H
    assert answer.total.base == 9 * 744 * H
    assert (answer.breaches, answer.payable_yen) == (None, None)


async def test_a_provider_has_one_row_over_all_its_contracts(pool: "Pool") -> None:
    source = await recorded(pool, first_of_jip_base(3) | {JOURNAL: shimanto_year()})
    answer = await roll_up(source, DECEMBER, Over(), by="provider")
    (row,) = answer.rows
    assert (row.key, row.contracts) == ("jip", ("jip-base-01", "jip-base-02", "jip-base-03"))
    assert row.figure == answer.total
    assert answer.outside == (CODE,)


async def test_a_group_of_municipalities_is_the_contracts_of_its_members(pool: "Pool") -> None:
    source = await recorded(pool, first_of_jip_base(3))
    answer = await roll_up(source, DECEMBER, Over(organisations=("body-01", "body-03")), by="organisation")
    assert [row.key for row in answer.rows] == ["body-01", "body-03"]


async def test_of_a_joint_contract_only_the_part_of_the_organisations_named_counts(pool: "Pool") -> None:
    source = await recorded(pool, {JOURNAL: joint()})
    april = Month(2025, 4)
    both = await roll_up(source, april, Over(), by="organisation")
    assert {row.key: row.figure.down for row in both.rows} == {"shimanto-town": 2 * H, "village": timedelta()}
    assert both.total.base == 2 * (183 * H + timedelta(minutes=45))  # 21 days of 8 h 45 min, for each of the two
    assert both.total.down == 2 * H
    village = await roll_up(source, april, Over(organisations=("village",)))
    (row,) = village.rows
    assert (row.key, row.figure.down) == (CODE, timedelta())
    assert (row.breaches, row.payable_yen) == (None, None)  # those are the whole contract's


async def test_contracts_whose_months_begin_on_different_days_are_added_and_told_apart(
    pool: "Pool", capsys: pytest.CaptureFixture[str]
) -> None:
    first = date(2019, 12, 16)
    from_the_16th = replace(agreed_sla(), term_from=first, terms=replace(agreed_sla().terms, month_first_day=16))
    source = await recorded(pool, first_of_jip_base(1) | {JOURNAL: history_of(from_the_16th, first)})
    answer = await roll_up(source, DECEMBER, Over(), as_of=KNOWN)
    assert answer.days == (
        RolledDays(
            first_day=date(2019, 12, 1), last_day=date(2019, 12, 31), time_zone="Asia/Tokyo", contracts=("jip-base-01",)
        ),
        RolledDays(first_day=first, last_day=date(2020, 1, 15), time_zone="Asia/Tokyo", contracts=(CODE,)),
    )
    bases = {row.key: row.figure.base for row in answer.rows}
    assert bases["jip-base-01"] == 744 * H
    assert answer.total.base == sum(bases.values(), timedelta())
    print_roll_up(Screen("ja"), answer)
    print_roll_up(Screen("en"), answer)
    shown = " ".join(capsys.readouterr().out.split())
    assert "月の初日又は時間帯が契約により異なる" in shown
    assert "Months begin on different days" in shown
    assert f"2019-12-16 – 2020-01-15 Asia/Tokyo {CODE}" in shown


async def test_what_has_no_figure_is_named_and_in_no_sum(pool: "Pool") -> None:
    closed = WeeklyHours(name=Words(ja="なし", en="none"))
    never_open = replace(agreed_sla(), calendars=dict.fromkeys(agreed_sla().calendars, closed))
    first = date(2019, 12, 1)
    source = await recorded(
        pool, first_of_jip_base(1) | {JOURNAL: history_of(replace(never_open, term_from=first), first)}
    )
    answer = await roll_up(source, DECEMBER, Over(), as_of=KNOWN)
    none = next(row for row in answer.rows if row.key == CODE)
    assert (none.figure.ratio, answer.left_out) == (None, (CODE,))
    assert answer.total.base == 744 * H


async def test_a_provisional_part_marks_the_total(pool: "Pool") -> None:
    source = await recorded(pool, {JOURNAL: joint()})
    answer = await roll_up(source, Month(2025, 4), Over())
    assert answer.total.provisional  # the closed days of the year were never fixed


async def test_a_cut_asked_again_gives_the_same_until_entries_are_recorded_into_it(pool: "Pool") -> None:
    source = await recorded(pool, {JOURNAL: joint()[:6]})
    then = AsOf(instant=at("2025-05-01 09:00"))
    answer: RollUpAnswer = await roll_up(source, Month(2025, 4), Over(), as_of=then)
    assert await roll_up(source, Month(2025, 4), Over(), cut=answer.cut) == answer
    await write(source.journal, JOURNAL, joint()[6:], after=joint()[:6])
    await engine(source.pool).post_outstanding()
    with pytest.raises(CutMoved):
        await roll_up(source, Month(2025, 4), Over(), cut=answer.cut)


@pytest.mark.parametrize(
    "over", [Over(provider="nobody"), Over(organisations=("nowhere",)), Over(contracts=("body-01",))]
)
async def test_a_code_that_is_in_no_contract_is_refused(pool: "Pool", over: Over) -> None:
    source = await recorded(pool, first_of_jip_base(1))
    with pytest.raises(NothingToRollUp):
        await roll_up(source, DECEMBER, over)


async def test_a_month_to_come_is_outside_and_has_no_figure(pool: "Pool") -> None:
    source = await recorded(pool, first_of_jip_base(1))
    answer = await roll_up(source, Month(2020, 3), Over(), as_of=KNOWN)
    assert (answer.rows, answer.outside, answer.total.ratio, answer.payable_yen) == ((), ("jip-base-01",), None, None)


def joint() -> tuple[Draft, ...]:
    """Two municipalities under one contract; on 10 April the town's payroll stops for two hours."""
    sla = agreed_sla()
    village = Organisation(code="village", name=Words(ja="村", en="Village"))
    town = Organisation(code="shimanto-town", name=Words(ja="町", en="Town"))
    library = System(code="library", name=Words(ja="図書", en="Library"), organisation="village")
    sla = replace(
        sla,
        municipality=Party(lead="shimanto-town", organisations=(town, village)),
        systems=(*sla.systems, library),
    )
    return history_of(sla, date(2025, 4, 1), stopped=True)


def history_of(sla: Sla, effective_from: date, *, stopped: bool = False) -> tuple[Draft, ...]:
    desks, by = Desks(), SIDES["municipality"]
    agreed_at = datetime.combine(effective_from, datetime.min.time(), TOKYO) - timedelta(days=10)
    for command in agreeing_on(sla, effective_from):
        assert desks.send(command, agreed_at)
    if stopped:
        started, ended = at("2025-04-10 10:00"), at("2025-04-10 12:00")
        report = ReportIncident(
            contract=CODE,
            by=by,
            incident="one",
            level="A",
            systems=("payroll",),
            organisations=("shimanto-town",),
            occurred_at=started,
            outage_started_at=started,
        )
        assert desks.send(report, started)
        assert desks.send(EndOutage(contract=CODE, by=by, incident="one", ended_at=ended), ended)
    return tuple(desks.drafts)
