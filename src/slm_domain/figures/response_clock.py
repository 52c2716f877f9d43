"""Until when something is due whose clock is paused, and when to warn before that or to escalate after it (C13, C14).

Three clocks: elapsed time, opening time, and opening days that keep the clock time. A pause adds the time that the
clock would have run in it; for opening days that is its opening time. What runs out before a pause begins is not moved
by it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from slm_domain.figures.calendars import Calendar
from slm_domain.figures.deadlines import ClockUnit, clock_time
from slm_domain.figures.intervals import union
from slm_domain.figures.local_time import in_utc
from slm_domain.figures.periods import Interval
from slm_domain.figures.working_time import add_opening_days, add_working_time

ResponseClock = Literal["elapsed", "opening_time", "opening_days"]


class WrongLimitError(ValueError):
    """A limit or an offset that its clock cannot measure."""


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """How long something may take: a time on the clocks "elapsed" and "opening_time", a number of "opening_days".

    `at_closing`: it is due when the office closes on the day on which it would be due, pauses added after that. The
    amount may be negative in an offset only. Raises `WrongLimitError`.
    """

    amount: timedelta | int
    clock: ResponseClock
    at_closing: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.amount, int) is not (self.clock == "opening_days"):
            raise WrongLimitError(
                f"{self.clock} is given as {'a number' if self.clock == 'opening_days' else 'a time'}"
            )


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """When it is due (UTC), when it would be without pauses, and the time on the clock that its pauses added."""

    due: datetime
    unpaused: datetime
    paused: timedelta


def target(begin: datetime, limit: Limit, calendar: Calendar, pauses: Iterable[Interval] = ()) -> Target:
    """When it is due. `pauses` in any order; an open one is given up to the instant of judgement.

    Exactly on the target is in time. Raises `WrongLimitError` for a negative limit, `NoOpeningDayError`.
    """
    if limit.amount < (0 if isinstance(limit.amount, int) else timedelta()):  # type: ignore[operator]  # same types
        raise WrongLimitError(f"nothing can be done within {limit.amount}")
    begun = in_utc(begin)
    running = (Interval(max(pause.start, begun), pause.end) for pause in pauses if pause.end > begun)
    return after_pauses(moved(begin, limit, calendar), running, _pause_clock(limit), calendar)


def after_pauses(unpaused: datetime, pauses: Iterable[Interval], clock: ClockUnit, calendar: Calendar) -> Target:
    """A due time, later by what the clock would have run in each pause that began before it (C14).

    Pauses in any order, overlapping ones counted once; they lie after the clock's beginning.
    """
    due, paused = unpaused, timedelta()
    for pause in union(pauses):
        if pause.start >= due:
            break
        paused += clock_time(pause, clock, calendar)
        # no paused time leaves the due time where it is, open or not
        due = unpaused + paused if clock == "elapsed" else calendar.add_opening_time(unpaused, paused)
    return Target(due=due, unpaused=unpaused, paused=paused)


def moved(instant: datetime, offset: Limit, calendar: Calendar) -> datetime:
    """The instant so much later on the clock, or earlier: a warning before a target, an escalation after it.

    Raises `NoOpeningDayError`.
    """
    if isinstance(offset.amount, int):
        return add_opening_days(instant, offset.amount, calendar, at_closing=offset.at_closing)
    if offset.clock == "elapsed":
        reached = in_utc(instant) + offset.amount
    else:
        reached = add_working_time(instant, offset.amount, calendar)
    return add_opening_days(reached, 0, calendar, at_closing=True) if offset.at_closing else reached


def _pause_clock(limit: Limit) -> ClockUnit:
    return "elapsed" if limit.clock == "elapsed" else "opening_hours"
