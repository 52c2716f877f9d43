"""The rules of the two plain read models: a contract's one row, and what availability is computed from."""

import msgspec
import pytest

from projections.answers.contracts import answer_of
from projections.availability import AgreedSla, AnnouncedStop, ClosedDays, IncidentRow, Unmeasured
from projections.catalogue import AVAILABILITY, CONTRACTS
from projections.contracts import ContractRow
from slm_domain.commands.contract import AnnouncePlannedStop, FixClosedDays, ProposeSla, SignSla
from slm_domain.commands.incident import ContestTimes, ProposeVoid, VoidIncident
from slm_domain.commands.unmeasured import StateUnmeasuredTime, WithdrawUnmeasuredTime
from tests.projections.conftest import Send, at, day, stop
from tests.projections.contract_histories import CODE, JOURNAL, Desks, agreed_sla
from tests.projections.folds import folded


def agree_again(send: Send, **changes: object) -> None:
    """Another SLA, with these changes, in force from July."""
    document = msgspec.Raw(msgspec.json.encode(msgspec.structs.replace(agreed_sla(), **changes)))
    send(ProposeSla, "2025-05-20 10:00", "provider", document=document, effective_from=day("2025-07-01"))
    for side in ("provider", "municipality"):
        send(SignSla, "2025-05-21 10:00", side, number=2)


def test_a_contract_has_one_row_from_its_draft_on_with_the_sla_agreed_last(desks: Desks, send: Send) -> None:
    (drafted,) = folded(CONTRACTS, desks.drafts[:1]).rows(ContractRow)
    assert (drafted.code, drafted.sla_number, drafted.levels) == (CODE, None, 0)
    (agreed,) = folded(CONTRACTS, desks.drafts).rows(ContractRow)
    assert (agreed.sla_number, agreed.effective_from, agreed.levels) == (1, day("2025-04-01"), 14)
    agree_again(send, levels=agreed_sla().levels[:10])
    (again,) = folded(CONTRACTS, desks.drafts).rows(ContractRow)
    assert (again.sla_number, again.effective_from, again.levels) == (2, day("2025-07-01"), 10)


def test_the_last_days_of_notice_are_counted_back_from_the_end_of_the_term(desks: Desks, send: Send) -> None:
    terms = msgspec.structs.replace(agreed_sla().terms, notice_months_municipality=6)
    agree_again(send, terms=terms, term_to=day("2030-03-31"))
    (row,) = folded(CONTRACTS, desks.drafts).rows(ContractRow)
    answer = answer_of(JOURNAL, 1, row)
    assert (answer.notice_by_municipality, answer.notice_by_provider) == (day("2029-09-30"), None)


@pytest.mark.parametrize(
    ("months", "last_days"),
    [
        ({}, (None, None)),
        ({"municipality": 6, "provider": 12}, ("2029-09-30", "2029-03-31")),
        ({"provider": 1}, (None, "2030-02-28")),  # February has no 31st: its last day
    ],
)
def test_notice_of_leaving_is_each_sides_own_or_not_set(
    desks: Desks, send: Send, months: dict[str, int], last_days: tuple[str | None, str | None]
) -> None:
    own = {f"notice_months_{side}": number for side, number in months.items()}
    agree_again(send, terms=msgspec.structs.replace(agreed_sla().terms, **own), term_to=day("2030-03-31"))
    (row,) = folded(CONTRACTS, desks.drafts).rows(ContractRow)
    answer = answer_of(JOURNAL, 1, row)
    assert (answer.notice_by_municipality, answer.notice_by_provider) == tuple(
        None if last is None else day(last) for last in last_days
    )


def test_an_sla_agreed_again_stands_beside_the_first(desks: Desks, send: Send) -> None:
    agree_again(send, fee=msgspec.structs.replace(agreed_sla().fee, monthly_yen=900_000))
    rows = sorted(folded(AVAILABILITY, desks.drafts).rows(AgreedSla), key=lambda row: row.number)
    assert [(row.number, row.effective_from, row.sla.fee.monthly_yen) for row in rows] == [
        (1, day("2025-04-01"), 1_000_000),
        (2, day("2025-07-01"), 900_000),
    ]
    assert desks.figures("2025-06", at("2025-08-01 09:00")).fee_yen == 1_000_000
    assert desks.figures("2025-07", at("2025-08-01 09:00")).fee_yen == 900_000


def test_months_of_an_earlier_term_stay_when_an_sla_with_another_term_is_agreed(desks: Desks, send: Send) -> None:
    agree_again(send, term_from=day("2025-07-01"), term_to=day("2026-06-30"))
    months = [str(month) for month in desks.register.months(at("2026-12-01 09:00"))]
    assert (months[0], months[-1], len(months)) == ("2025-04", "2026-06", 15)


def test_the_closed_days_of_a_year_are_those_fixed_last(desks: Desks, send: Send) -> None:
    send(FixClosedDays, "2025-06-01 10:00", fiscal_year=2025, closed=(day("2025-06-11"),), reason="改定")
    (year,) = folded(AVAILABILITY, desks.drafts).rows(ClosedDays)
    assert (year.fiscal_year, year.closed) == (2025, (day("2025-06-11"),))


def test_a_planned_stop_says_what_stops_and_when_it_was_told(desks: Desks, send: Send) -> None:
    facts = {"starts_at": at("2025-07-05 09:00"), "ends_at": at("2025-07-05 12:00")}
    about = {"planned_stop": "s1", "ground": "planned-maintenance", "systems": ("payroll",)}
    about["organisations"] = ("shimanto-town",)
    told = at("2025-06-20 09:00")
    send(AnnouncePlannedStop, "2025-06-20 10:00", "provider", **about, **facts, occurred_at=told)
    (row,) = folded(AVAILABILITY, desks.drafts).rows(AnnouncedStop)
    assert (row.planned_stop, row.told_at, row.starts_at) == ("s1", told, facts["starts_at"])
    assert (row.systems, row.organisations) == (("payroll",), ("shimanto-town",))


def test_unmeasured_time_has_a_row_until_it_is_withdrawn(desks: Desks, send: Send) -> None:
    gap = {"unmeasured": "gap-1", "starts_at": at("2025-06-02 09:00"), "ends_at": at("2025-06-02 12:00")}
    send(StateUnmeasuredTime, "2025-06-03 10:00", "provider", **gap, systems=("payroll",))
    (row,) = folded(AVAILABILITY, desks.drafts).rows(Unmeasured)
    assert (row.unmeasured, row.side, row.systems, row.starts_at) == (
        "gap-1",
        "provider",
        ("payroll",),
        gap["starts_at"],
    )
    send(WithdrawUnmeasuredTime, "2025-06-04 10:00", "provider", unmeasured="gap-1", reason="記録が見つかった")
    assert not folded(AVAILABILITY, desks.drafts).rows(Unmeasured)


def test_an_incident_keeps_what_each_side_said_and_stays_when_it_is_void(desks: Desks, send: Send) -> None:
    stop(send, "i1", "2025-06-10 10:00", "2025-06-10 12:00")
    send(
        ContestTimes,
        "2025-06-11 10:00",
        "provider",
        incident="i1",
        reason="記録と違う",
        ended_at=at("2025-06-10 11:30"),
    )
    (row,) = folded(AVAILABILITY, desks.drafts).rows(IncidentRow)
    assert [(said.side, said.ended_at) for said in row.facts.statements if said.ended_at] == [
        ("municipality", at("2025-06-10 12:00")),
        ("provider", at("2025-06-10 11:30")),
    ]
    send(ProposeVoid, "2025-06-12 10:00", incident="i1", reason="重複")
    send(VoidIncident, "2025-06-12 11:00", "provider", incident="i1")
    (voided,) = folded(AVAILABILITY, desks.drafts).rows(IncidentRow)
    assert (row.voided, voided.voided, voided.facts.statements) == (False, True, row.facts.statements)
