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
from projections.answers.roll_up import NothingToRollUp, Over, RolledDays, RollUpAnswer, RollUpRow, roll_up
from projections.answers.standpoint import AsOf
from slm_api.cli.roll_up_view import print_roll_up
from slm_api.cli.screen import Screen
from slm_domain.commands.incident import EndOutage, ReportIncident
from slm_domain.figures.buckets import seconds
from slm_domain.figures.periods import Month
from slm_domain.sla import Organisation, Party, Sla, System, WeeklyHours, Words
from tests.projections.conftest import SIDES, at
from tests.projections.contract_histories import CODE, JOURNAL, TOKYO, Desks, agreed_sla, agreeing_on
from tests.projections.engine.histories import Draft
from tests.projections.examples import engine, jip_base, recorded, shimanto_year, write

if TYPE_CHECKING:
    from slm_journal.database import Pool

DECEMBER = Month(2019, 12)
MINUTE = Fraction(60)  # seconds
HOUR = 60 * MINUTE
KNOWN = AsOf(instant=datetime(2020, 1, 7, 12, tzinfo=TOKYO))


def first_of_jip_base(number: int) -> dict[UUID, Sequence[Draft]]:
    return dict(list(jip_base().items())[:number])


def down(row: RollUpRow) -> Fraction:
    return row.figure.down.value


async def test_the_total_adds_the_seconds_of_the_rows(pool: "Pool") -> None:
    source = await recorded(pool, jip_base())
    answer = await roll_up(source, DECEMBER, Over(provider="jip"), as_of=KNOWN)
    assert len(answer.rows) == 53
    assert not answer.total.provisional
    base = sum((row.figure.base.value for row in answer.rows), Fraction())
    down = sum((row.figure.down.value for row in answer.rows), Fraction())
    assert (answer.total.base.value, answer.total.down.value) == (base, down)
    assert answer.total.ratio is not None
    assert answer.total.ratio.value == 1 - down / base
    assert (answer.in_own_hours, answer.in_unit_seconds) == ((), ())
    assert answer.payable_yen == sum(row.payable_yen or 0 for row in answer.rows)
    assert answer.breaches == sum(row.breaches or 0 for row in answer.rows)


async def test_a_row_of_a_whole_contract_is_what_its_monthly_report_says(pool: "Pool") -> None:
    source = await recorded(pool, first_of_jip_base(2))
    answer = await roll_up(source, DECEMBER, Over(), as_of=KNOWN)
    for row in answer.rows:
        month = (await monthly_report(source, row.key, DECEMBER, KNOWN)).figures
        time = month.availability
        assert (row.figure.ratio, row.figure.shown) == (time.ratio, time.shown)
        assert (row.figure.lowest, row.figure.highest) == (time.lowest, time.highest)
        assert (row.figure.if_removed, row.figure.if_counted_as_up) == (time.if_removed, time.if_counted_as_up)
        for name in ("base", "up", "down", "excluded", "unmeasured", "outside_hours", "to_come"):
            assert getattr(row.figure, name).value == seconds(getattr(time, name)), name
        assert (row.breaches, row.payable_yen) == (month.breaches, month.payable_yen)


async def test_yen_are_added_with_their_tax_also_where_a_contract_adds_it_to_its_fee(
    pool: "Pool", capsys: pytest.CaptureFixture[str]
) -> None:
    # a fee of 1,000,001 without 10 % of tax, nothing deducted: 1,000,001 + 100,000; the other has it inside
    plain = agreed_sla()
    fee = replace(plain.fee, monthly_yen=1_000_001, includes_tax=False, tax_rounding="down")
    sla = replace(plain, fee=fee, term_from=date(2019, 12, 1))
    source = await recorded(pool, first_of_jip_base(1) | {JOURNAL: history_of(sla, date(2019, 12, 1))})
    jip = (await monthly_report(source, "jip-base-01", DECEMBER, KNOWN)).figures.payable_yen
    answer = await roll_up(source, DECEMBER, Over(), as_of=KNOWN)
    assert {row.key: row.payable_yen for row in answer.rows} == {"jip-base-01": jip, CODE: 1_100_001}
    assert answer.payable_yen == jip + 1_100_001
    print_roll_up(Screen("en"), answer)
    assert "with tax" in capsys.readouterr().out


async def test_systems_stop_each_until_they_run_again(pool: "Pool") -> None:
    source = await recorded(pool, first_of_jip_base(1))
    answer = await roll_up(source, DECEMBER, Over(contracts=("jip-base-01",)), by="system", as_of=KNOWN)
    # Stopped from 4 December 10:00: six systems to the 15th 9:00, one to the 18th 9:00, two beyond the month's end.
    assert [down(row) for row in answer.rows] == [263 * HOUR] * 6 + [335 * HOUR] + [662 * HOUR] * 2
    assert answer.total.down.value == (6 * 263 + 335 + 2 * 662) * HOUR
    assert answer.total.base.value == 9 * 744 * HOUR
    assert answer.in_unit_seconds == ("jip-base-01",)
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
    assert {row.key: down(row) for row in both.rows} == {"shimanto-town": 2 * HOUR, "village": Fraction()}
    assert both.total.base.value == 2 * 183 * HOUR + 2 * 45 * MINUTE  # 21 days of 8 h 45 min, for each of the two
    assert both.total.down.value == 2 * HOUR
    village = await roll_up(source, april, Over(organisations=("village",)))
    (row,) = village.rows
    assert (row.key, down(row)) == (CODE, Fraction())
    assert (row.breaches, row.payable_yen) == (None, None)  # those are the whole contract's


@pytest.mark.parametrize(("town", "village"), [(3, 1), (30, 10), (1, 1)])
async def test_a_contract_that_weighs_its_towns_counts_beside_others_with_its_own_hours(
    pool: "Pool", town: int, village: int, capsys: pytest.CaptureFixture[str]
) -> None:
    history = weighing(town, village)
    source = await recorded(pool, first_of_jip_base(1) | {JOURNAL: history})
    answer = await roll_up(source, DECEMBER, Over(), as_of=KNOWN)
    of = {row.key: row for row in answer.rows}
    # December 2019: 20 opening days of 8 h 45 = 175 h, whatever the towns weigh. The town stops for 2 h of them.
    stopped = 2 * HOUR * Fraction(town, town + village)
    assert (of[CODE].figure.base.value, down(of[CODE])) == (175 * HOUR, stopped)
    assert of[CODE].figure.ratio == (await monthly_report(source, CODE, DECEMBER, KNOWN)).figures.availability.ratio
    assert (answer.total.base.value, answer.total.down.value) == ((744 + 175) * HOUR, down(of["jip-base-01"]) + stopped)
    assert (answer.in_own_hours, answer.in_unit_seconds) == ((CODE,), ())
    print_roll_up(Screen("en"), answer)
    print_roll_up(Screen("ja"), answer)
    shown = " ".join(capsys.readouterr().out.split())
    assert "175:00" in shown
    assert f"added with the contract's own opening hours: {CODE}" in shown
    assert f"その開庁時間を母数に換算して足した: {CODE}" in shown


async def test_organisations_and_systems_bring_their_own_seconds_whatever_they_weigh(pool: "Pool") -> None:
    source = await recorded(pool, {JOURNAL: weighing(3, 1)})
    towns = await roll_up(source, DECEMBER, Over(), by="organisation", as_of=KNOWN)
    assert {row.key: down(row) for row in towns.rows} == {"shimanto-town": 2 * HOUR, "village": Fraction()}
    assert (towns.total.base.value, towns.total.down.value) == (2 * 175 * HOUR, 2 * HOUR)
    assert (towns.in_own_hours, towns.in_unit_seconds) == ((), (CODE,))
    systems = await roll_up(source, DECEMBER, Over(), by="system", as_of=KNOWN)
    assert systems.total.base.value == len(systems.rows) * 175 * HOUR
    assert systems.total.down.value == 2 * HOUR


async def test_the_only_organisation_of_a_contract_that_adds_systems_brings_its_own_seconds(pool: "Pool") -> None:
    sla = agreed_sla()
    payroll = next(system for system in sla.systems if system.code == "payroll")
    heavy = replace(payroll, code="heavy", weight=9)
    adds_systems = replace(sla, systems=(payroll, heavy), terms=replace(sla.terms, availability_of="systems"))
    source = await recorded(pool, {JOURNAL: history_of(adds_systems, date(2025, 4, 1), stopped=at("2025-04-10 10:00"))})
    (row,) = (await roll_up(source, Month(2025, 4), Over(), by="organisation")).rows
    # The town stands still while any of its systems does; of the contract's own figure it is a tenth of the weight.
    assert (row.key, down(row)) == ("shimanto-town", 2 * HOUR)
    assert row.payable_yen is not None  # it is all of the contract
    (contract,) = (await roll_up(source, Month(2025, 4), Over())).rows
    assert down(contract) == 2 * HOUR * Fraction(1, 10)


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
    bases = {row.key: row.figure.base.value for row in answer.rows}
    assert bases["jip-base-01"] == 744 * HOUR
    assert answer.total.base.value == sum(bases.values())
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
    assert answer.total.base.value == 744 * HOUR


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
    return history_of(joint_sla(), date(2025, 4, 1), stopped=at("2025-04-10 10:00"))


def weighing(town: int, village: int) -> tuple[Draft, ...]:
    """The same contract from December 2019 on, its availability that of both by weight; a stop on the 10th."""
    plain, first = joint_sla(), date(2019, 12, 1)
    weights = (town, village)
    organisations = (
        replace(one, weight=weight) for one, weight in zip(plain.municipality.organisations, weights, strict=True)
    )
    sla = replace(
        plain,
        municipality=replace(plain.municipality, organisations=tuple(organisations)),
        terms=replace(plain.terms, availability_of="organisations", min_stop_minutes=None),
        term_from=first,
    )
    return history_of(sla, first, stopped=at("2019-12-10 10:00"))


def joint_sla() -> Sla:
    sla = agreed_sla()
    village = Organisation(code="village", name=Words(ja="村", en="Village"))
    town = Organisation(code="shimanto-town", name=Words(ja="町", en="Town"))
    library = System(code="library", name=Words(ja="図書", en="Library"), organisation="village")
    return replace(
        sla,
        municipality=Party(lead="shimanto-town", organisations=(town, village)),
        systems=(*sla.systems, library),
    )


def history_of(sla: Sla, effective_from: date, *, stopped: datetime | None = None) -> tuple[Draft, ...]:
    desks, by = Desks(), SIDES["municipality"]
    agreed_at = datetime.combine(effective_from, datetime.min.time(), TOKYO) - timedelta(days=10)
    for command in agreeing_on(sla, effective_from):
        assert desks.send(command, agreed_at)
    if stopped is not None:
        started, ended = stopped, stopped + timedelta(hours=2)
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
