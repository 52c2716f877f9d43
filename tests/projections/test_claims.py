"""The exclusions on a month's report: on which ground, told in time or not, and what the other side said (C5, C21)."""

from typing import TYPE_CHECKING

from projections.answers.reports import monthly_report
from slm_domain.figures.periods import Month
from tests.projections.contract_histories import CODE
from tests.projections.examples import recorded

if TYPE_CHECKING:
    from slm_journal.database import Pool


async def test_a_report_lists_the_claims_about_its_stops_with_notice_and_decision(pool: "Pool") -> None:
    source = await recorded(pool)
    found = {}
    for month in ("2025-08", "2025-09", "2025-10", "2025-11", "2026-02"):
        for claim in (await monthly_report(source, CODE, Month.parse(month))).claims:
            found[month, claim.ground, claim.status] = claim.notice_met
    assert found == {
        ("2025-09", "planned-maintenance", "accepted"): True,  # told more than 7 days before
        ("2025-09", "planned-maintenance", "rejected"): False,  # told too late
        (
            "2025-10",
            "carrier-stop",
            "accepted",
        ): False,  # S17 wants notice beforehand; there was none, and it was accepted
        ("2025-11", "carrier-stop", "rejected"): False,
        ("2026-02", "municipality-equipment", "claimed"): None,  # a ground that asks for no notice; still open
    }
