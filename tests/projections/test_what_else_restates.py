"""Issued months are restated by what reaches them from elsewhere: unmeasured time, a used allowance."""

from typing import Any

import msgspec
from msgspec.structs import replace

from projections.catalogue import MONTHLY_REPORT
from projections.monthly_report import RestatementRow
from slm_domain.commands.contract import ProposeSla, SignSla
from slm_domain.commands.incident import AcceptExclusion, ClaimExclusion
from slm_domain.commands.unmeasured import StateUnmeasuredTime, WithdrawUnmeasuredTime
from slm_domain.sla import Allowance
from tests.projections.conftest import Send, at, day, report, stop
from tests.projections.contract_histories import Desks, agreed_sla
from tests.projections.folds import folded


def agree(send: Send, ground: dict[str, Any], **terms: Any) -> None:
    """The same SLA with these terms and another rule for planned maintenance, from July on."""
    sla = agreed_sla()
    grounds = tuple(replace(each, **ground) if each.code == "planned-maintenance" else each for each in sla.grounds)
    changed = replace(sla, grounds=grounds, terms=replace(sla.terms, **terms))
    document = msgspec.Raw(msgspec.json.encode(changed))
    send(ProposeSla, "2025-05-20 10:00", "provider", document=document, effective_from=day("2025-07-01"))
    for side in ("provider", "municipality"):
        send(SignSla, "2025-05-21 10:00", side, number=2)


def restated(desks: Desks) -> list[tuple[str, str]]:
    """Which month each restating entry restated, in the order of the journal."""
    rows = sorted(folded(MONTHLY_REPORT, desks.drafts).rows(RestatementRow), key=lambda row: (row.position, row.month))
    return [(row.event.partition(".")[0], row.month) for row in rows]


def excluded(send: Send, incident: str, when: str, **facts: Any) -> None:
    """Planned maintenance is claimed for the stop, and accepted."""
    send(ClaimExclusion, when, "provider", incident=incident, exclusion="e1", ground="planned-maintenance", **facts)
    send(AcceptExclusion, when, incident=incident, exclusion="e1")


def test_unmeasured_time_restates_the_month_that_it_leaves_the_base_of(desks: Desks, send: Send) -> None:
    agree(send, {}, unmeasured="remove")
    stop(send, "i1", "2025-07-10 10:00", "2025-07-10 12:00")
    report(send, "2025-07", "2025-08-05 10:00")
    gap = {"unmeasured": "g1", "starts_at": at("2025-07-14 09:00"), "ends_at": at("2025-07-14 12:00")}
    send(StateUnmeasuredTime, "2025-08-10 10:00", "provider", **gap)
    send(WithdrawUnmeasuredTime, "2025-08-11 10:00", "provider", unmeasured="g1", reason="記録が見つかった")
    assert restated(desks) == [("UnmeasuredTimeStated", "2025-07"), ("UnmeasuredTimeWithdrawn", "2025-07")]


def test_a_yearly_allowance_used_up_in_july_restates_august(desks: Desks, send: Send) -> None:
    agree(send, {"allowance": Allowance(per="fiscal_year", minutes=120)})
    for month in ("07", "08"):
        stop(send, f"i{month}", f"2025-{month}-12 10:00", f"2025-{month}-12 12:00")
    excluded(send, "i08", "2025-08-13 10:00")
    report(send, "2025-07", "2025-09-05 10:00")
    report(send, "2025-08", "2025-09-05 11:00")
    stop(send, "late", "2025-07-15 10:00", "2025-07-15 12:00", when="2025-09-10 10:00")
    excluded(send, "late", "2025-09-11 10:00")
    found = restated(desks)
    assert [each for each in found if each[0] == "ExclusionAccepted"] == [
        ("ExclusionAccepted", "2025-07"),
        ("ExclusionAccepted", "2025-08"),
    ]
