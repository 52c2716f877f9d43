"""A rule of money that looks back: an entry about one month restates the issued months after it (C16, C18, C20)."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from projections.answers.reports import monthly_report, year
from projections.catalogue import MONTHLY_REPORT
from projections.monthly_report import RestatementRow
from slm_domain.commands.incident import AcceptExclusion, ClaimExclusion, CorrectTimes
from slm_domain.commands.review import HandInMonthlyReport, OpenReview, PassInspection
from slm_domain.figures.periods import Month
from slm_domain.sla import FeeTimesAvailability, RepeatBreach, Tier, Tiers
from tests.charging import FIRM, TOWN, at, availability_level, desks_of, percent, rule, sla_with, stop
from tests.projections.contract_histories import CODE, JOURNAL, Desks
from tests.projections.examples import recorded
from tests.projections.folds import Fold, entries

if TYPE_CHECKING:
    from slm_journal.database import Pool

HOUR = timedelta(hours=1)
AGAIN = rule(RepeatBreach, code="again", times=2, within_months=3, percent=Decimal(5))
TIERS = rule(Tiers, code="tiers", tiers=(Tier(when=percent("99.5", "below"), percent=Decimal(10)),))


def issued(desks: Desks, month: str, when: datetime, *, accepted: bool = False) -> None:
    """The month's report handed in, and inspected."""
    review = f"r-{month}"
    assert desks.send(OpenReview(contract=CODE, by=TOWN, review=review, kind="monthly", month=month), when)
    assert desks.send(HandInMonthlyReport(contract=CODE, by=FIRM, review=review), when)
    if accepted:
        assert desks.send(PassInspection(contract=CODE, by=TOWN, review=review), when)


def restated(desks: Desks, month: str) -> list[RestatementRow]:
    """What restated the month, in order: a stop is told open first, then with its end."""
    fold = Fold(MONTHLY_REPORT)
    for entry in entries(desks.drafts):
        fold.take(entry)
    rows = [row for row in fold.rows(RestatementRow) if row.month == month]
    return sorted(rows, key=lambda row: row.position)


def test_a_stop_of_april_told_in_august_adds_the_surcharge_to_the_issued_june() -> None:
    desks = desks_of(sla_with(deductions=(AGAIN,)))
    stop(desks, "i2", at(6, 10), HOUR, recorded=at(7, 1))
    issued(desks, "2025-06", at(7, 2))
    assert restated(desks, "2025-06") == []
    stop(desks, "i1", at(4, 10), HOUR, recorded=at(8, 1))
    june = restated(desks, "2025-06")
    assert (june[0].payable_before_yen, june[-1].payable_after_yen) == (1_000_000, 950_000)


@pytest.mark.parametrize(
    ("follows", "may_after"),
    # 5 % of 2,000,000 leave May its 10 %; less April's credit of 50,000, now known, only half of it
    [("adjustment_in_month_of_correction", 950_000), ("no", 900_000)],
)
def test_an_accepted_month_counts_for_a_later_one_as_now_known_unless_money_does_not_follow(
    follows: str, may_after: int
) -> None:
    terms = {"rolling_cap_percent": Decimal(5), "money_follows_correction": follows}
    desks = desks_of(sla_with(deductions=(TIERS,), terms=terms))
    issued(desks, "2025-04", at(5, 7), accepted=True)
    stop(desks, "i2", at(5, 12), HOUR, recorded=at(6, 1))
    issued(desks, "2025-05", at(6, 2))
    assert desks.figures("2025-05", at(6, 3)).payable_yen == 900_000
    stop(desks, "i1", at(4, 10), HOUR, recorded=at(8, 1))  # April: 10 %, of which 5 % of 1,000,000 are left
    may = restated(desks, "2025-05")[-1].payable_after_yen if restated(desks, "2025-05") else 900_000
    assert may == desks.figures("2025-05", at(8, 2)).payable_yen == may_after


@pytest.mark.parametrize(("period", "month"), [("month", "2025-04"), ("quarter", "2025-06")])
def test_what_is_freed_from_damages_after_the_report_restates_the_month_that_its_tier_was_for(
    period: Any, month: str
) -> None:
    # 200 minutes of April's 11,025 (98.19 %), or of the quarter's 32,550 (99.39 %): 10 % until all of it is freed
    desks = desks_of(sla_with(deductions=(TIERS,), level=availability_level(period=period)))
    stop(desks, "i1", at(4, 10), timedelta(minutes=200), recorded=at(4, 20))
    issued(desks, month, at(7, 2), accepted=True)
    claim = ClaimExclusion(
        contract=CODE,
        by=FIRM,
        incident="i1",
        exclusion="e1",
        ground="force-majeure",
        starts_at=at(4, 10),
        ends_at=at(4, 10) + timedelta(minutes=200),
    )
    assert desks.send(claim, at(7, 20))
    assert desks.send(AcceptExclusion(contract=CODE, by=TOWN, incident="i1", exclusion="e1"), at(8, 1))
    (found,) = restated(desks, month)
    assert (found.payable_before_yen, found.payable_after_yen) == (900_000, 1_000_000)
    assert [(one.month, one.yen) for one in desks.figures("2025-08", at(9, 1)).adjustments] == [(month, 100_000)]


@pytest.mark.parametrize(
    ("follows", "issued_yen", "owed_yen"),
    # April has 11,025 opening minutes: 60 of 1,000,000 yen are 5,442.18, 105 are 9,523.81
    [("adjustment_in_month_of_correction", None, 9_523), ("no", 5_442, 5_442)],
)
def test_what_the_provider_pays_stays_as_accepted_where_money_follows_no_correction(
    follows: str, issued_yen: int | None, owed_yen: int
) -> None:
    terms = {"stop_remedy": "payment", "money_follows_correction": follows}
    desks = desks_of(sla_with(deductions=(rule(FeeTimesAvailability, code="stop"),), terms=terms))
    stop(desks, "i1", at(4, 10), HOUR, recorded=at(4, 11))
    issued(desks, "2025-04", at(5, 7), accepted=True)
    longer = CorrectTimes(contract=CODE, by=TOWN, incident="i1", ended_at=at(4, 10, 10, 45), reason="the router's log")
    assert desks.send(longer, at(6, 1))
    april = desks.figures("2025-04", at(6, 2))
    assert (april.payment_yen, april.issued_payment_yen, april.owed_payment_yen) == (9_523, issued_yen, owed_yen)


def test_a_payment_that_changes_restates_the_month_though_the_fee_stays() -> None:
    paid = sla_with(deductions=(rule(FeeTimesAvailability, code="stop"),), terms={"stop_remedy": "payment"})
    desks = desks_of(paid)
    issued(desks, "2025-04", at(5, 7))
    stop(desks, "i1", at(4, 10), timedelta(minutes=105), recorded=at(8, 1))
    april = restated(desks, "2025-04")
    assert (april[0].before.payment_yen, april[-1].after.payment_yen) == (0, 9_523)
    assert {row.payable_after_yen for row in april} == {1_000_000}


async def test_the_answer_about_a_year_has_the_same_money_as_the_domain_month_by_month(pool: "Pool") -> None:
    terms = {"rolling_cap_percent": Decimal(3)}
    desks = desks_of(sla_with(deductions=(TIERS, AGAIN), terms=terms))
    until = at(12, 1)
    for number, month in enumerate((4, 5, 6, 9, 10)):
        stop(desks, f"i{number}", at(month, 9), HOUR, recorded=until)
    source = await recorded(pool, {JOURNAL: desks.drafts})
    months = (await year(source, CODE, 2025)).months
    told = {each.month: each.payable_yen for each in months}
    assert told == {month: desks.figures(month, until).payable_yen for month in told}
    # 3 % of 1, 2, 3 million less what went before: 30,000 each; of 6 less 90,000; of 7 less 180,000
    assert [told[f"2025-{month:02}"] for month in (4, 5, 6, 9, 10)] == [970_000, 970_000, 970_000, 910_000, 970_000]
    for each in months:
        assert (await monthly_report(source, CODE, Month.parse(each.month))).figures == each
