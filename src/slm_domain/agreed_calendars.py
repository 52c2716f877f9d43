"""The calendars that SLA documents agree on, as figures use them (S4, A1, C14, C22, A33)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from slm_domain.facts import SlaVersion
from slm_domain.figures.calendars import Calendar
from slm_domain.figures.hours import Hours, Shift, WeeklyShifts
from slm_domain.figures.periods import FiscalYear
from slm_domain.sla import Sla, Week, WeeklyHours

Role = Literal["availability", "support"]
FixedDays = Mapping[FiscalYear, frozenset[date]]


def agreed_calendar(weekly: WeeklyHours, zone: ZoneInfo, fixed: FixedDays) -> Calendar:
    """A calendar of a document. `zone` is the document's, for a calendar without one of its own (C1)."""
    own_zone = zone if weekly.time_zone is None else ZoneInfo(weekly.time_zone)
    return Calendar(
        hours=Hours(
            zone=own_zone,
            weekly=_week(weekly),
            breaks=_shifts(weekly.breaks),
            special_days={special.day: _shifts(special.hours) for special in weekly.special_days},
            changes=tuple(
                WeeklyShifts(effective_from=change.effective_from, shifts=_week(change), breaks=_shifts(change.breaks))
                for change in weekly.changes
            ),
        ),
        fixed=fixed,
        observes_closed_days=weekly.closed == "japanese_municipal",
        also_closed=frozenset(weekly.also_closed),
    )


def calendar_through(
    versions: Sequence[SlaVersion], role: Role, organisation: str | None, fixed: FixedDays
) -> Calendar:
    """The calendar of a role through all documents: a clock uses the hours of each while it is in force (C14).

    `versions` are in the order in which they take effect, at least one; the first holds before it, too.
    `organisation` is one that keeps its own opening hours (A33).
    """
    agreed = [(version.effective_from, named_for(version.sla, role, organisation)) for version in versions]
    calendars = [
        (begins, agreed_calendar(version.sla.calendars[name], version.sla.zone, fixed))
        for (begins, name), version in zip(agreed, versions, strict=True)
    ]
    first, *others = _changing(calendars)
    return replace(first[1], later=tuple(others)) if others else first[1]


def named_for(sla: Sla, role: Role, organisation: str | None = None) -> str:
    """The name of the calendar that a document gives to a role, or to an organisation with hours of its own (A33)."""
    if role == "support":
        return sla.support_calendar
    own = (each.calendar for each in sla.municipality.organisations if each.code == organisation)
    return next(own, None) or sla.availability_calendar


def _changing(calendars: Iterable[tuple[date, Calendar]]) -> list[tuple[date, Calendar]]:
    """Those that differ from the one before them: a new document usually keeps the hours."""
    kept: list[tuple[date, Calendar]] = []
    for begins, calendar in calendars:
        if not kept or kept[-1][1] != calendar:
            kept.append((begins, calendar))
    return kept


def _week(weekly: Week) -> tuple[tuple[Shift, ...], ...]:
    days = (weekly.mon, weekly.tue, weekly.wed, weekly.thu, weekly.fri, weekly.sat, weekly.sun)
    return tuple(_shifts(shifts) for shifts in days)


def _shifts(written: Iterable[str]) -> tuple[Shift, ...]:
    return tuple(_shift(text) for text in written)


def _shift(text: str) -> Shift:
    opens, closes = text.split("-")
    return Shift(time.fromisoformat(opens), time() if closes == "24:00" else time.fromisoformat(closes))
