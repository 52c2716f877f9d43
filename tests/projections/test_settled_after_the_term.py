"""What a correction changes in an accepted month when the contract has no month any more to settle it in (C20)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from projections.answers.explanation import explanation
from projections.answers.reports import year
from slm_api.cli.screen import Screen
from slm_api.cli.year_view import print_year
from slm_domain.commands.incident import CorrectTimes
from slm_domain.commands.review import HandInMonthlyReport, OpenReview, PassInspection
from slm_domain.figures.periods import Month
from slm_domain.month_figures import Ratio
from slm_domain.restating import SettledAfterTerm
from slm_domain.sla import Bound, FeeTimesAvailability, Measure
from tests.charging import FIRM, TOWN, at, desks_of, level_of, rule, sla_with, stop
from tests.projections.contract_histories import CODE, JOURNAL, Desks
from tests.projections.examples import recorded

if TYPE_CHECKING:
    from slm_journal.database import Pool

MAY_OF_2025 = Month(2025, 5)


def corrected_at(corrected: datetime, *, follows: str = "adjustment_in_month_of_correction") -> Desks:
    """A contract of April and May 2025. May's stop of 105 minutes was accepted as 60, and corrected then.

    May has 20 opening days of 525 minutes: 10,500. 60 of them cost 5,714.29 yen of the fee of 1,000,000, 105 10,000: so
    994,285 yen are accepted, and 990,000 are right.
    """
    stopped = Measure(kind="stopped_time_at_most", source="stops", period="month")
    none = msgspec.convert({"amount": Decimal(0), "unit": "minutes"}, Bound)
    sla = sla_with(
        deductions=(rule(FeeTimesAvailability),),
        level=level_of(stopped, guaranteed=none),
        terms={"money_follows_correction": follows},
        term_to=date(2025, 5, 31),
    )
    desks, june = desks_of(sla), at(6, 3)
    stop(desks, "i1", at(5, 8), timedelta(minutes=60), recorded=at(5, 9))
    about: dict[str, Any] = {"contract": CODE, "review": "may"}
    assert desks.send(OpenReview(**about, by=FIRM, kind="monthly", month="2025-05"), june)
    assert desks.send(HandInMonthlyReport(**about, by=FIRM), june)
    assert desks.send(PassInspection(**about, by=TOWN), june)
    corrected_to = CorrectTimes(
        contract=CODE, by=TOWN, incident="i1", ended_at=at(5, 8, 10, 45), reason="the log of the router"
    )
    assert desks.send(corrected_to, corrected)
    return desks


async def test_it_is_told_with_the_year_of_the_corrected_month_and_in_its_totals(
    pool: "Pool", capsys: pytest.CaptureFixture[str]
) -> None:
    desks = corrected_at(at(7, 10))
    position = len(desks.drafts)
    source = await recorded(pool, {JOURNAL: desks.drafts})
    found = await year(source, CODE, 2025)
    assert [month.invoice_yen for month in found.months] == [1_000_000, 994_285]
    assert found.after_term == (
        SettledAfterTerm(month="2025-05", recorded_month="2025-07", position=position, yen=-4_285),
    )
    print_year(Screen("ja"), found)
    printed = capsys.readouterr().out
    after, total = (next(line for line in printed.splitlines() if name in line) for name in ("終了後 ", "計 "))
    assert after.split()[1:] == ["-4,285", "-4,285"]
    assert total.split()[-2:] == ["-4,285", "1,990,000"]  # what is payable: 1,000,000 + 990,000
    assert "2025-05" in printed.partition("終了後：")[2]
    assert "2025-05† " in printed  # invoiced as accepted
    assert "† 検収した額による請求" in printed


@pytest.mark.parametrize(
    ("follows", "because", "settled_in"),
    [("adjustment_in_month_of_correction", "settled_after_term", "2025-07"), ("no", "not_settled", None)],
)
async def test_the_explanation_of_the_month_says_that_no_invoice_settles_it(
    pool: "Pool", follows: str, because: str, settled_in: str | None
) -> None:
    source = await recorded(pool, {JOURNAL: corrected_at(at(7, 10), follows=follows).drafts})
    why = await explanation(source, CODE, MAY_OF_2025, of="fee")
    (restated,) = [one for one in why.lists if one.name == "restated"]
    last = restated.lines[-1]
    assert (last.because, last.settled_in, last.amount) == (because, settled_in, Ratio(numerator=-4_285, denominator=1))
    assert bool((await year(source, CODE, 2025)).after_term) == (follows != "no")
