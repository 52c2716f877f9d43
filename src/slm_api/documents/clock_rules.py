"""Times that run in opening or support hours: so few hours a week may be open that they would never be over (C14)."""

from collections.abc import Iterator

from slm_api.documents.amounts import plain
from slm_api.documents.bound_rules import bounds_of
from slm_api.documents.bounds import Bound
from slm_api.documents.calendar_rules import open_minutes_a_week, weekly_hours
from slm_api.documents.draft import Draft
from slm_api.documents.measure import Measure
from slm_api.documents.reasons import Said
from slm_domain.plausible import LONGEST_YEARS, MOST_DAYS
from slm_domain.sla import Words

_A_MINUTE = {"seconds": 60, "minutes": 1}  # of the unit
_MINUTES_AN_HOUR = 60
_MOST_WEEKS = MOST_DAYS // 7
_TERM_CLOCKS = {"arrived": "arrival_clock", "equipment_restored": "restore_clock"}  # A9, A12


def times_in_hours_come_to_an_end(draft: Draft) -> Iterator[Said]:
    """A time in a clock of hours is over within the years that any time may take, at the hours of a week."""
    for path, level in draft.levels.items():
        least = _least_minutes(draft, level.measure)
        bounds = list(bounds_of(path, level))
        if level.measure.within is not None:
            bounds.append(((*path, "measure", "within"), level.measure.within))
        for place, bound in bounds if least else ():
            if _minutes(bound) > least * _MOST_WEEKS:
                shown = f"{plain(bound.amount)} {bound.unit}"
                yield (
                    (*place, "amount"),
                    Words(
                        ja=f"{shown} は、この時計の時間帯(週 {least} 分)では {LONGEST_YEARS} 年たっても終わりません",
                        en=f"{shown} are not over in {LONGEST_YEARS} years at the {least} minutes a week of its clock",
                    ),
                    Words(
                        ja="値を小さくするか、時計(clock)を elapsed にしてください",
                        en="Write a smaller value, or clock: elapsed",
                    ),
                )


def _least_minutes(draft: Draft, measure: Measure) -> int:
    """The fewest open minutes of a week by which the measure can run; 0 in real time, or where none are known."""
    clock = measure.clock
    if clock == "elapsed":
        clock = draft.written("terms", _TERM_CLOCKS.get(measure.end or "", ""))
    if clock == "support_hours":
        names = [draft.written("support_calendar")]
    elif clock in ("opening_hours", "opening"):
        names = [draft.written("availability_calendar"), *(each.calendar for each in draft.organisations.values())]
    else:
        return 0
    open_minutes = [open_minutes_a_week(hours) for path, hours in weekly_hours(draft) if path[1] in names]
    return min(open_minutes, default=0)


def _minutes(bound: Bound) -> int:
    """The whole minutes of a time on a clock; 0 of anything else."""
    if bound.unit == "hours":
        return int(bound.amount * _MINUTES_AN_HOUR)
    return int(bound.amount / _A_MINUTE[bound.unit]) if bound.unit in _A_MINUTE else 0
