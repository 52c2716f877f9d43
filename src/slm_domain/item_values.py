"""What the items of a month come to together: the longest time, the latest against its due time, how many were met."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from slm_domain.dues import is_certain, length_of, possible_runs, runs_elapsed
from slm_domain.items import Item
from slm_domain.month_figures import NamedValue
from slm_domain.next_service_days import told_on_the_next_service_day
from slm_domain.register import Register
from slm_domain.sla import Measure

Values = tuple[NamedValue | None, NamedValue | None, NamedValue | None]


def values_of_items(register: Register, measure: Measure, items: Sequence[Item], until: datetime) -> Values:
    """What the items come to together, and its bounds; what is not done yet has no upper limit (C23).

    Times are those of the level's clock, which its values are held against. Where a notice waits for the next service
    day, how long it took says nothing: all of the level are told by how they lie against their due times (S6, A16).
    """
    if not items:
        return None, None, None
    leads = measure.kind == "lead_at_least"
    if measure.kind == "obligation" or (leads and any(item.cutoff for item in items)):
        met = sum(1 for item in items if item.met)
        value = NamedValue(name="met", value=f"{met}/{len(items)}")
        return value, value, value
    if leads:
        latest = _latest([_against_due(item, item.end) for item in items if item.end is not None])
        return latest, latest, latest
    timed = [item for item in items if item.start is not None]
    if measure.end == "notified" and any(_waits(register, measure, item) for item in timed):
        return _notices(timed, until)
    return _longest_of(register, measure, timed, until)


def _waits(register: Register, measure: Measure, item: Item) -> bool:
    """Whether the notice is due on the next service day, whatever the level's minutes say."""
    incident = register.incidents.get(item.subject)
    return incident is not None and told_on_the_next_service_day(register, measure, incident, item.day)


def _notices(items: Sequence[Item], until: datetime) -> Values:
    """The notice that came closest to its due time, or farthest past it. One not given yet lies there at `until`.

    Of that one nothing is certain: it may be stated later that it was given at once (C23).
    """
    given = [_against_due(item, item.end) for item in items if item.end is not None and item.end <= until]
    waited = [item for item in items if item.end is None or until < item.end]
    if not waited:
        latest = _latest(given)
        return latest, latest, latest
    so_far = [_against_due(item, until) for item in waited]
    at_once = [_against_due(item, item.start) for item in waited if item.start is not None]
    return _latest([*given, *so_far]), _latest([*given, *at_once]), None


def _against_due(item: Item, done: datetime) -> timedelta | None:
    """By how much it was done after its due time, negative before it; a target may stand alone (S40)."""
    due = item.guaranteed_due or item.target_due
    return None if due is None else done - due


def _latest(against: Sequence[timedelta | None]) -> NamedValue | None:
    known = [each for each in against if each is not None]
    return _named("latest_against_due", max(known)) if known else None


def _longest_of(register: Register, measure: Measure, timed: Sequence[Item], until: datetime) -> Values:
    certain = [item for item in timed if is_certain(item, until)]
    if runs_elapsed(measure):  # most levels: what is certain is looked up
        sure = [item.when_done_ran for item in certain]
    else:
        sure = [length_of(register, measure, item, until) for item in certain]
    lengths: list[timedelta] = []
    least: list[timedelta] = []
    most: list[timedelta | None] = []
    if len(certain) < len(timed):
        for item in timed:
            if not is_certain(item, until):
                fewest, longest = possible_runs(register, measure, item, until)
                lengths.append(length_of(register, measure, item, until))
                least.append(fewest)
                most.append(longest)
    if not sure and not lengths:
        return None, None, None
    known = [each for each in most if each is not None]
    return (
        _named("longest", max([*sure, *lengths])),
        _named("longest", max([*sure, *least])),
        _named("longest", max([*sure, *known])) if len(known) == len(most) else None,
    )


def _named(name: str, length: timedelta) -> NamedValue:
    text: str = msgspec.to_builtins(length)
    return NamedValue(name=name, value=text)
