"""Levels of longer periods and exemptions of misses, as the ledger and issued reports follow them (C5, C12, C18)."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from projections.answers.ledger import LevelAnswer, ledger
from projections.answers.standpoint import NOW, AsOf, Source
from projections.catalogue import MONTHLY_REPORT, QUALITY_LEDGER
from projections.monthly_report import RestatementRow
from projections.quality_ledger import ExemptionRow
from slm_domain.commands.exemptions import AcceptExemption, ClaimExemption, RejectExemption
from slm_domain.commands.incident import EndOutage, ReportIncident
from slm_domain.commands.service_level import CorrectMeasurement, RecordMeasurement
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import Month
from slm_domain.month_figures import NamedValue
from slm_domain.sla import Bound, Measure
from slm_journal.journal import Journal
from tests.domain.agreement import level, words
from tests.projections.conftest import Send, at, day, report, stop
from tests.projections.contract_histories import CODE, JOURNAL, Desks, agreed_sla, agreeing_on
from tests.projections.engine.histories import Writer
from tests.projections.examples import engine
from tests.projections.folds import folded

if TYPE_CHECKING:
    from slm_journal.database import Pool

ANSWERED = level(
    "answered",
    Measure(kind="ratio_at_least", source="measurements", period="quarter"),
    Bound(amount=Decimal(90), unit="percent"),
)
OF_TWO_SYSTEMS = level(
    "of-two-systems",
    Measure(
        kind="availability_at_least", source="stops", period="month", systems=("financial-accounting", "personnel")
    ),
    Bound(amount=Decimal(99), unit="percent"),
)
GROUND = "force-majeure"


@pytest.fixture
def desks() -> Desks:
    made = Desks()
    sla = agreed_sla()
    ground = replace(sla.grounds[0], code=GROUND, name=words("storm"), leaves_measurement=True, frees_from_damages=True)
    for command in agreeing_on(
        replace(sla, levels=(*sla.levels, ANSWERED, OF_TWO_SYSTEMS), grounds=(*sla.grounds, ground))
    ):
        assert made.send(command, at("2025-03-20 09:00"))
    return made


def counted(send: Send, code: str, when: str, part: int, whole: int) -> None:
    send(RecordMeasurement, when, "provider", level="answered", measurement=code, part=part, whole=whole)


def quarter(send: Send) -> None:
    """90 of 100 in April, 92 of 100 in May, 88 of 100 in June: 270 of 300, exactly 90 %."""
    counted(send, "april", "2025-04-30 17:00", 90, 100)
    counted(send, "may", "2025-05-31 17:00", 92, 100)
    counted(send, "june", "2025-06-30 17:00", 88, 100)


def restated(desks: Desks) -> list[tuple[str, str, int, int]]:
    found: list[RestatementRow] = folded(MONTHLY_REPORT, desks.drafts).rows(RestatementRow)
    return [(row.month, row.event, row.before.breaches, row.after.breaches) for row in found]


def test_a_correction_in_april_restates_the_report_of_june_in_which_the_quarter_ends(desks: Desks, send: Send) -> None:
    quarter(send)
    report(send, "2025-06", "2025-07-05 10:00")
    before = desks.figures("2025-06", at("2025-07-05 10:00")).breaches
    facts: dict[str, Any] = {"level": "answered", "measurement": "april", "occurred_at": at("2025-04-30 17:00")}
    send(CorrectMeasurement, "2025-07-10 10:00", "provider", **facts, part=89, whole=100, reason="数え直し")
    assert restated(desks) == [("2025-06", "MeasurementCorrected.1", before, before + 1)]  # 269 of 300 are 89.67 %


def test_an_exemption_restates_it_with_its_acceptance_and_not_with_its_claim(desks: Desks, send: Send) -> None:
    quarter(send)
    counted(send, "storm", "2025-06-30 18:00", 0, 10)  # 270 of 310
    report(send, "2025-06", "2025-07-05 10:00")
    before = desks.figures("2025-06", at("2025-07-05 10:00")).breaches
    about = {"level": "answered", "exemption": "e-1"}
    send(ClaimExemption, "2025-07-06 10:00", "provider", **about, subject="storm", ground=GROUND)
    assert restated(desks) == []
    send(AcceptExemption, "2025-07-07 10:00", **about)
    assert restated(desks) == [("2025-06", "ExemptionAccepted.1", before, before - 1)]


def test_the_ledger_keeps_each_claim_with_its_decision(desks: Desks, send: Send) -> None:
    quarter(send)
    for code, decision in (("e-1", AcceptExemption), ("e-2", RejectExemption), ("e-3", None)):
        about = {"level": "answered", "exemption": code}
        send(ClaimExemption, "2025-07-06 10:00", "provider", **about, subject="2025-Q1", ground=GROUND)
        if decision is not None:
            why = {"reason": "台風ではない"} if decision is RejectExemption else {}
            send(decision, "2025-07-07 10:00", **about, **why)
    rows: list[ExemptionRow] = folded(QUALITY_LEDGER, desks.drafts).rows(ExemptionRow)
    assert [(row.exemption, row.subject, row.fact.status) for row in rows] == [
        ("e-1", "2025-Q1", "accepted"),
        ("e-2", "2025-Q1", "rejected"),
        ("e-3", "2025-Q1", "claimed"),
    ]


async def asked(source: Source, month: Month, as_of: AsOf = NOW) -> LevelAnswer:
    (found,) = (await ledger(source, CODE, month, as_of, level="answered")).levels
    return found


async def test_the_ledger_tells_of_a_quarter_so_far_and_at_its_end(desks: Desks, send: Send, pool: "Pool") -> None:
    quarter(send)
    send(
        ClaimExemption, "2025-07-06 10:00", "provider", level="answered", exemption="e-1", subject="june", ground=GROUND
    )
    source, writer = Source(pool=pool, journal=Journal(pool)), Writer(Journal(pool), JOURNAL)
    await writer.write(desks.drafts)
    await engine(pool).post_outstanding()
    may, june = await asked(source, Month(2025, 5)), await asked(source, Month(2025, 6))
    assert [(each.label, each.verdict, each.measured) for each in (*may.periods, *june.periods)] == [
        ("2025-Q1", Verdict.PENDING, NamedValue(name="ratio", value="91/100")),  # 182 of 200
        ("2025-Q1", Verdict.MET_GUARANTEE, NamedValue(name="ratio", value="9/10")),
    ]
    (period,) = june.periods
    assert (period.first, period.last) == (day("2025-04-01"), day("2025-06-30"))
    assert [sum(int(one.value) for one in each.operands) for each in period.working[:2]] == [270, 300]
    assert [(line.subject, line.part, line.whole) for line in june.lines] == [("june", 88, 100)]
    assert [(each.exemption, each.status) for each in june.exemptions] == [("e-1", "claimed")]
    assert may.exemptions == ()
    last = AsOf(position=len(desks.drafts))
    assert await asked(source, Month(2025, 6), last) == june


async def test_the_ledger_lists_under_a_level_the_stops_of_the_systems_it_asks_about(
    desks: Desks, send: Send, pool: "Pool"
) -> None:
    stop(send, "of-payroll", "2025-06-10 10:00", "2025-06-10 12:00")
    both: dict[str, Any] = {"systems": ("payroll", "personnel"), "organisations": ("shimanto-town",)}
    began: dict[str, Any] = {"occurred_at": at("2025-06-11 10:00"), "outage_started_at": at("2025-06-11 10:00")}
    send(ReportIncident, "2025-06-11 12:00", incident="of-both", level="A", **both, **began)
    send(EndOutage, "2025-06-11 12:00", incident="of-both", ended_at=at("2025-06-11 12:00"))
    source, writer = Source(pool=pool, journal=Journal(pool)), Writer(Journal(pool), JOURNAL)
    await writer.write(desks.drafts)
    await engine(pool).post_outstanding()
    levels = {each.definition.key: each for each in (await ledger(source, CODE, Month(2025, 6))).levels}
    assert [stop.incident for stop in levels["of-two-systems"].stops] == ["of-both"]
    assert [stop.incident for stop in levels["stop"].stops] == ["of-payroll", "of-both"]
