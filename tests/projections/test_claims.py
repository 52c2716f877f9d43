"""The exclusions on a month's report: on which ground, told in time or not, and what the other side said (C5, C21)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from projections.answers.claims import claims
from projections.answers.record import Record
from projections.answers.reports import monthly_report
from projections.answers.standpoint import Standpoint
from slm_domain.exclusions import Effect
from slm_domain.figures.periods import Month
from slm_domain.month import month_figures
from slm_domain.sla import Allowance
from tests.domain.downtimes import LATER, agreed, at, excluded, outage, record
from tests.projections.contract_histories import CODE, JOURNAL
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


def test_each_claim_says_what_it_comes_to_and_how_much_the_allowance_left_over() -> None:
    sla = agreed()
    limited = replace(sla.grounds[0], allowance=Allowance(per="month", minutes=30))
    sla = replace(sla, grounds=(limited, *sla.grounds[1:]))
    stops = (
        outage(at(10), at(12), code="maintained", exclusions=(excluded(),)),  # 30 minutes of 2 h
        outage(at(13), at(14), code="freed", exclusions=(excluded(ground="disaster"),)),
        outage(at(15), at(16), code="open", exclusions=(excluded(status="claimed"),)),
    )
    register = record(sla, *stops)
    figures = month_figures(register, Month.parse("2025-06"), incidents=stops, items=(), until=LATER)
    standpoint = Standpoint(
        contract=CODE, journal_id=JOURNAL, position=1, until=LATER, time_zone="Asia/Tokyo", simulated=True
    )
    known = Record(standpoint=standpoint, register=register, items=(), issues=(), restatements=(), improvements=())
    found = {claim.incident: (claim.effect, claim.beyond_allowance) for claim in claims(known, sla, figures.stops)}
    assert found == {
        "maintained": (Effect.LEAVES_MEASUREMENT, timedelta(minutes=90)),
        "freed": (Effect.FREES_FROM_DAMAGES, timedelta()),
        "open": (Effect.CLAIMED, timedelta()),
    }
