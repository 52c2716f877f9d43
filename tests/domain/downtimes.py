"""Records to compute downtime from: an agreement with eight opening hours every day, and incidents in plain words."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from slm_domain.facts import (
    ExclusionFact,
    IncidentFacts,
    Restoration,
    SlaVersion,
    Statement,
    StoppedReport,
    UnmeasuredTime,
)
from slm_domain.figures.periods import Interval
from slm_domain.register import Register
from slm_domain.sla import Side, Sla, Terms, WeeklyHours
from slm_domain.stated_times import KnownBy
from tests.domain.agreement import SLA, jst, words

DAY = Interval(jst(6, 2, 0), jst(6, 3, 0))  # a Monday with 8 opening hours
LATER = jst(7, 1)  # everything of that day has been judged


def daily(name: str, *shifts: str) -> WeeklyHours:
    """The same hours every day of the week, closed days or not."""
    return WeeklyHours(
        name=words(name),
        closed="never",
        mon=shifts,
        tue=shifts,
        wed=shifts,
        thu=shifts,
        fri=shifts,
        sat=shifts,
        sun=shifts,
    )


EVERY_DAY = daily("9 to 5", "09:00-17:00")


def agreed(**terms: Any) -> Sla:
    """The small agreement, open from 9 to 17 every day, with these terms."""
    return replace(SLA, calendars={"opening": EVERY_DAY}, terms=Terms(**terms))


def record(sla: Sla, *incidents: IncidentFacts, unmeasured: Iterable[UnmeasuredTime] = ()) -> Register:
    """A register with one SLA, in force from April on."""
    register = Register()
    register.slas.append(SlaVersion(number=1, effective_from=date(2025, 4, 1), sla=sla, digest="", position=1))
    register.incidents = {each.incident: each for each in incidents}
    register.unmeasured = {each.unmeasured: each for each in unmeasured}
    return register


def at(hour: int, minute: int = 0) -> datetime:
    """A time of that Monday."""
    return jst(6, 2, hour, minute)


def outage(start: datetime, end: datetime | None = None, *, code: str = "fault", **facts: Any) -> IncidentFacts:
    """An incident of level A that stops the town's payroll and the village's library, as the municipality has it."""
    known_by: KnownBy = facts.pop("known_by", "moment")
    stated = [Statement(side="municipality", started_at=start, ended_at=None, corrects=False, position=3)]
    if end is not None:
        stated.append(
            Statement(side="municipality", started_at=None, ended_at=end, corrects=False, position=4, known_by=known_by)
        )
    return IncidentFacts(
        **{
            "incident": code,
            "level": "A",
            "systems": ("payroll", "library"),
            "organisations": ("town", "village"),
            "correlation": None,
            "detected_at": start,
            "statements": tuple(stated),
            "positions": (2, 3, 4),
            **facts,
        }
    )


def restored(when: datetime, *systems: str, side: Side = "provider", known_by: KnownBy = "moment") -> Restoration:
    """These systems run again."""
    return Restoration(at=when, systems=systems, provisional=True, position=when.hour, side=side, known_by=known_by)


def still_stopped(*when: datetime) -> tuple[StoppedReport, ...]:
    """Reports during the stop."""
    return tuple(StoppedReport(at=each, position=10 + number) for number, each in enumerate(when))


def excluded(start: datetime | None = None, end: datetime | None = None, **facts: Any) -> ExclusionFact:
    """A claim of maintenance, accepted."""
    return ExclusionFact(
        **{
            "exclusion": "ex",
            "ground": "maintenance",
            "claimed_by": "provider",
            "starts_at": start,
            "ends_at": end,
            "planned_stop": None,
            "status": "accepted",
            "positions": (20, 21),
            **facts,
        }
    )
