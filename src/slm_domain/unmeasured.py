"""Time in which nobody knows whether the service ran (C2)."""

from collections.abc import Sequence

from slm_domain.figures.intervals import Intervals, intersect, subtract, union
from slm_domain.figures.occurrences import Occurrence
from slm_domain.figures.periods import Interval
from slm_domain.register import Register


def unmeasured_of(register: Register, systems: Sequence[str]) -> Intervals:
    """The time in which none of these systems was measured; without systems what was stated of all of them."""
    if not register.unmeasured:
        return ()
    stated = list(register.unmeasured.values())
    found = union(Interval(each.starts_at, each.ends_at) for each in stated if not each.systems)
    of_each = [
        union(Interval(each.starts_at, each.ends_at) for each in stated if not each.systems or system in each.systems)
        for system in systems
    ]
    if of_each:
        found = of_each[0]
        for part in of_each[1:]:
            found = intersect(found, part)
    return found


def nobody_knows(stated: Intervals, occurrences: Sequence[Occurrence]) -> Intervals:
    """Unmeasured time beside the stops: whoever states a stop knows of it, whatever a monitor missed."""
    if not stated:
        return ()
    last = stated[-1].end
    known = (
        found
        for each in occurrences
        for outage in (*each.outages, *(each.highest or ()))
        if (found := outage.until(last)) is not None
    )
    return subtract(stated, known)
