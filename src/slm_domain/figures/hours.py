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


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """Weekly opening hours in a zone. `weekly` has the shifts of Monday to Sunday; an empty day is closed.

    `special_days` replaces the shifts of single days, closed days too. Breaks are left out of every day (A1).
    """

    zone: ZoneInfo
    weekly: tuple[tuple[Shift, ...], ...]
    breaks: tuple[Shift, ...] = ()
    special_days: Mapping[date, tuple[Shift, ...]] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.weekly) != _DAYS_OF_A_WEEK:
            raise ValueError(f"weekly hours name the seven days from Monday on, not {len(self.weekly)}")
        cut = tuple(_without(shifts, self.breaks) for shifts in self.weekly)
        special = {day: _without(shifts, self.breaks) for day, shifts in self.special_days.items()}
        msgspec.structs.force_setattr(self, "weekly", cut)
        msgspec.structs.force_setattr(self, "special_days", special)

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
