"""A contract in memory whose rules of money a test chooses, with stops and calls sent to it, for figures by hand."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from slm_domain.commands.contract import FixClosedDays
from slm_domain.commands.envelope import By
from slm_domain.commands.exemptions import AcceptExemption, ClaimExemption
from slm_domain.commands.incident import AcceptExclusion, ClaimExclusion, EndOutage, ReportIncident
from slm_domain.commands.response import Arrive, Contact, NeedPart, TellDelay
from slm_domain.figures.periods import FiscalYear
from slm_domain.figures.proposal import propose_closed_days
from slm_domain.month_figures import MonthFigures
from slm_domain.sla import (
    Bound,
    DocumentKeys,
    LateIncrements,
    Level,
    Measure,
    PeriodKind,
    RepeatBreach,
    Sla,
    Tier,
    Tiers,
    Words,
)
from tests.projections.contract_histories import CODE, TOKYO, Desks, agreed_sla, agreeing_on

TOWN = By(person="m1", side="municipality", organisation="shimanto-town")
FIRM = By(person="p1", side="provider")
LATER = datetime(2026, 4, 20, 12, tzinfo=TOKYO)
LEVELS = ("arrival-hardware", "spare-parts", "town-hall-equipment")


def at(month: int, day: int, hour: int = 9, minute: int = 0, second: int = 0, *, year: int = 2025) -> datetime:
    """A wall time in Japan, in 2025 unless said otherwise."""
    return datetime(year, month, day, hour, minute, second, tzinfo=TOKYO)


def words(text: str) -> Words:
    return Words(ja=text, en=text)


def percent(amount: str, comparison: str | None = None) -> Bound:
    return msgspec.convert({"amount": Decimal(amount), "unit": "percent", "comparison": comparison}, Bound)


def rule(kind: type[Any], **terms: Any) -> Any:
    """A rule of money on the level `availability`, with boring words."""
    return kind(**{"code": "rule", "clause": "1", "name": words("rule"), "level": "availability", **terms})


def availability_level(guaranteed: str = "99.5", target: str | None = None, *, period: PeriodKind = "month") -> Level:
    """At least so much availability in a month, 99.5 % unless said otherwise."""
    return level_of(
        Measure(kind="availability_at_least", source="stops", period=period),
        guaranteed=percent(guaranteed),
        target=None if target is None else percent(target),
    )


def level_of(measure: Measure, guaranteed: Bound, target: Bound | None = None) -> Level:
    """The level `availability`, whatever it measures: the one that `rule` makes rules for."""
    return Level(
        key="availability",
        name=words("availability"),
        document=DocumentKeys(major="1", menu="1", item="1", content="1", criterion="1", clause="1"),
        measure=measure,
        method=words("monitoring"),
        evidence=words("log"),
        guaranteed=guaranteed,
        target=target,
    )


def sla_with(*, terms: dict[str, Any] | None = None, level: Level | None = None, **fields: Any) -> Sla:
    """The example's SLA with few levels and no rules: every stop counts, 99.5 % is guaranteed; and what is given."""
    plain = agreed_sla()
    kept = [each for each in plain.levels if each.key in LEVELS]
    chosen = {"min_stop_minutes": None, "cumulative_threshold_minutes": None, **(terms or {})}
    return msgspec.structs.replace(
        plain,
        **{
            "levels": (*kept, level or availability_level()),
            "deductions": (),
            "terms": msgspec.structs.replace(plain.terms, **chosen),
            **fields,
        },
    )


def desks_of(sla: Sla) -> Desks:
    """The SLA agreed before the year, with the closed days of 令和7 fixed."""
    made = Desks()
    for command in agreeing_on(sla, sla.term_from):
        assert made.send(command, at(3, 20))
    closed = tuple(sorted(propose_closed_days(FiscalYear(2025)).dates))
    assert made.send(FixClosedDays(contract=CODE, by=TOWN, fiscal_year=2025, closed=closed), at(3, 20))
    return made


def stop(
    desks: Desks,
    code: str,
    started: datetime,
    length: timedelta,
    *,
    organisations: tuple[str, ...] = ("shimanto-town",),
    systems: tuple[str, ...] = ("payroll",),
    recorded: datetime = LATER,
) -> None:
    """A stop of so long, as the municipality reports it."""
    reported = ReportIncident(
        contract=CODE,
        by=TOWN,
        incident=code,
        level="A",
        systems=systems,
        organisations=organisations,
        occurred_at=started,
        outage_started_at=started,
    )
    assert desks.send(reported, recorded)
    assert desks.send(EndOutage(contract=CODE, by=TOWN, incident=code, ended_at=started + length), recorded)


def freed_stop(desks: Desks, code: str, started: datetime, length: timedelta) -> None:
    """A part of a stop, accepted as one that owes no damages: the figure keeps it."""
    claim = ClaimExclusion(
        contract=CODE,
        by=FIRM,
        incident=code,
        exclusion="e1",
        ground="force-majeure",
        starts_at=started,
        ends_at=started + length,
    )
    assert desks.send(claim, LATER)
    assert desks.send(AcceptExclusion(contract=CODE, by=TOWN, incident=code, exclusion="e1"), LATER)


def called(desks: Desks, code: str, called_at: datetime, arrived_at: datetime, told_at: datetime | None = None) -> None:
    """A call to the town hall for hardware, answered; `told_at`: the provider says what hinders it."""
    call = Contact(
        contract=CODE, by=TOWN, incident=code, call="c1", site="town-hall", work="hardware", occurred_at=called_at
    )
    assert desks.send(call, LATER)
    if told_at is not None:
        told = TellDelay(contract=CODE, by=FIRM, incident=code, call="c1", ground="force-majeure", occurred_at=told_at)
        assert desks.send(told, LATER)
    assert desks.send(Arrive(contract=CODE, by=FIRM, incident=code, call="c1", occurred_at=arrived_at), LATER)


def part_missing(desks: Desks, code: str, part: str, needed_at: datetime) -> None:
    needed = NeedPart(contract=CODE, by=FIRM, incident=code, part=part, ready=False, occurred_at=needed_at)
    assert desks.send(needed, LATER)


def minutes(number: int, seconds: int = 0) -> timedelta:
    """So many minutes, and seconds."""
    return timedelta(minutes=number, seconds=seconds)


def april(desks: Desks, month: str = "2025-04") -> MonthFigures:
    """The figures of April 2025, or another month, when the year is over and known."""
    return desks.figures(month, LATER)


def exempt(desks: Desks, level: str, subject: str, ground: str, code: str = "x1") -> None:
    """The provider claims an exemption from a miss, and the municipality accepts it."""
    claim = ClaimExemption(contract=CODE, by=FIRM, level=level, exemption=code, subject=subject, ground=ground)
    assert desks.send(claim, LATER)
    assert desks.send(AcceptExemption(contract=CODE, by=TOWN, level=level, exemption=code), LATER)


def late_hardware() -> LateIncrements:
    """5 % when late, and 5 % more for each further 30 minutes passed; 1 h 30 are allowed."""
    made: LateIncrements = rule(
        LateIncrements,
        code="late",
        level="arrival-hardware",
        first_percent=Decimal(5),
        step_minutes=30,
        step_percent=Decimal(5),
    )
    return made


def measuring_only(sla: Sla) -> Sla:
    """The municipality's default leaves the measurement, and frees from no damages."""
    grounds = [
        msgspec.structs.replace(each, frees_from_damages=each.code != "municipality-default") for each in sla.grounds
    ]
    return msgspec.structs.replace(sla, grounds=tuple(grounds))


CREDIT_TIERS = rule(
    Tiers,
    tiers=(
        Tier(when=percent("99.5", "below"), percent=Decimal(10)),
        Tier(when=percent("99.0", "below"), percent=Decimal(30)),
        Tier(when=percent("95.0", "below"), percent=Decimal(100)),
    ),
)
AGAIN = rule(RepeatBreach, code="again", times=2, within_months=3, percent=Decimal(5))
