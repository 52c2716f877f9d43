"""When an office opens in a usual week, and on special days."""

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

import msgspec

from slm_domain.figures.local_time import MIDNIGHT

_MONDAY_TO_FRIDAY = 5
_DAYS_OF_A_WEEK = 7


class ReversedShiftError(ValueError):
    """A shift that closes when it opens, or before, was given."""

    def __init__(self, opens: time, closes: time) -> None:
        super().__init__(f"a shift must close after it opens: {opens} to {closes} does not; split it at midnight")
        self.opens = opens
        self.closes = closes


class Shift(msgspec.Struct, frozen=True, order=True):
    """Open from `opens` to `closes`, wall times of one day. Closing at 00:00 means the end of the day.

    Raises `ReversedShiftError` for a shift that runs over midnight: it is two shifts.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes != MIDNIGHT and self.closes <= self.opens:
            raise ReversedShiftError(self.opens, self.closes)
        if self.opens.microsecond or self.closes.microsecond:
            raise ValueError(f"shifts open and close on whole seconds, not at {self.opens} and {self.closes}")


class WeeklyShifts(msgspec.Struct, frozen=True, kw_only=True):
    """Weekly hours from a day on: the shifts of Monday to Sunday, breaks cut out of them. An empty day is closed."""

    effective_from: date
    shifts: tuple[tuple[Shift, ...], ...]
    breaks: tuple[Shift, ...] = ()

    def __post_init__(self) -> None:
        if len(self.shifts) != _DAYS_OF_A_WEEK:
            raise ValueError(f"weekly hours name the seven days from Monday on, not {len(self.shifts)}")
        cut = tuple(_without(shifts, self.breaks) for shifts in self.shifts)
        msgspec.structs.force_setattr(self, "shifts", cut)


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """Weekly opening hours in a zone. `weekly` has the shifts of Monday to Sunday; an empty day is closed.

    `special_days` replaces the shifts of single days, closed days too. Breaks are left out of every day (A1).
    `changes` are other weekly hours, with breaks of their own, each from a day on.
    """

    zone: ZoneInfo
    weekly: tuple[tuple[Shift, ...], ...]
    breaks: tuple[Shift, ...] = ()
    special_days: Mapping[date, tuple[Shift, ...]] = msgspec.field(default_factory=dict)
    changes: tuple[WeeklyShifts, ...] = ()

    def __post_init__(self) -> None:
        usual = WeeklyShifts(effective_from=date.min, shifts=self.weekly, breaks=self.breaks)
        changes = tuple(sorted(self.changes, key=lambda week: week.effective_from))
        msgspec.structs.force_setattr(self, "weekly", usual.shifts)
        msgspec.structs.force_setattr(self, "changes", changes)
        special = {day: _without(shifts, self.week_on(day).breaks) for day, shifts in self.special_days.items()}
        msgspec.structs.force_setattr(self, "special_days", special)

    def week_on(self, day: date) -> WeeklyShifts:
        """The weekly hours in force on a day."""
        begun = [week for week in self.changes if week.effective_from <= day]
        return begun[-1] if begun else WeeklyShifts(effective_from=date.min, shifts=self.weekly, breaks=self.breaks)

    def usual_shifts(self, day: date) -> tuple[Shift, ...]:
        """The shifts of the day's weekday by the weekly hours in force on it."""
        if not self.changes or day < self.changes[0].effective_from:
            return self.weekly[day.weekday()]
        return self.week_on(day).shifts[day.weekday()]

    @classmethod
    def weekdays(cls, opens: time, closes: time, zone: ZoneInfo, *, breaks: tuple[Shift, ...] = ()) -> Self:
        """Monday to Friday from one time to the other."""
        weekly = ((Shift(opens, closes),),) * _MONDAY_TO_FRIDAY + ((),) * (_DAYS_OF_A_WEEK - _MONDAY_TO_FRIDAY)
        return cls(zone=zone, weekly=weekly, breaks=breaks)

    @classmethod
    def always(cls, zone: ZoneInfo) -> Self:
        """Every day from midnight to midnight."""
        return cls(zone=zone, weekly=((Shift(MIDNIGHT, MIDNIGHT),),) * _DAYS_OF_A_WEEK)


def _without(shifts: tuple[Shift, ...], breaks: tuple[Shift, ...]) -> tuple[Shift, ...]:
    """The shifts with the breaks cut out, on the wall clock."""
    left = tuple(sorted(shifts))
    for gap in breaks:
        left = tuple(piece for shift in left for piece in _pieces(shift, gap))
    return left


def _pieces(shift: Shift, gap: Shift) -> Iterator[Shift]:
    opens, closes = _spans(shift)
    begins, ends = _spans(gap)
    if opens < min(closes, begins):
        yield _shift(opens, min(closes, begins))
    if max(opens, ends) < closes:
        yield _shift(max(opens, ends), closes)


def _spans(shift: Shift) -> tuple[timedelta, timedelta]:
    """Wall time since midnight at which the shift opens and closes."""
    opens, closes = (
        timedelta(hours=at.hour, minutes=at.minute, seconds=at.second) for at in (shift.opens, shift.closes)
    )
    return opens, closes or timedelta(days=1)


def _shift(opens: timedelta, closes: timedelta) -> Shift:
    return Shift(_wall(opens), _wall(closes))


def _wall(since_midnight: timedelta) -> time:
    seconds = since_midnight // timedelta(seconds=1)
    return time(seconds // 3600 % 24, seconds // 60 % 60, seconds % 60)
