"""Opening and support hours as they are agreed (S4, A1, C1, C22)."""

from datetime import date
from typing import Literal

import msgspec

from slm_domain.sla.words import Words


class SpecialDay(msgspec.Struct, frozen=True, kw_only=True):
    """A single day with hours of its own, closed day or not; no hours: closed. Breaks are cut out of it too."""

    day: date
    hours: tuple[str, ...] = ()


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """The shifts of each weekday, `HH:MM-HH:MM`, and the breaks that are cut out of every day (A1)."""

    mon: tuple[str, ...] = ()
    tue: tuple[str, ...] = ()
    wed: tuple[str, ...] = ()
    thu: tuple[str, ...] = ()
    fri: tuple[str, ...] = ()
    sat: tuple[str, ...] = ()
    sun: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()


class HoursChange(Week, frozen=True, kw_only=True):
    """Other weekly hours from a day on. What a clock has accumulated before is kept (C14)."""

    effective_from: date


class WeeklyHours(Week, frozen=True, kw_only=True):
    """Weekly hours as `HH:MM-HH:MM` shifts per weekday.

    A break is the gap between two shifts, or one of the `breaks`, cut out of every day (A1). `closed` says which closed
    days apply: those fixed per fiscal year ("japanese_municipal", C22) or none ("never"); `also_closed` are further
    ones of this calendar alone. `special_days` have hours of their own. `changes` are other weekly hours from a day on.
    Wall times are those of `time_zone`, or of the document's where there is none (C1).
    """

    name: Words
    closed: Literal["japanese_municipal", "never"] = "japanese_municipal"
    special_days: tuple[SpecialDay, ...] = ()
    also_closed: tuple[date, ...] = ()
    changes: tuple[HoursChange, ...] = ()
    time_zone: str | None = None
