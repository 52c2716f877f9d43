"""Which SLA was in force when: an interval cut where another one takes effect (C12), inside its term (S1)."""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from slm_domain.facts import SlaVersion
from slm_domain.figures.intervals import split
from slm_domain.figures.local_time import ONE_DAY, local_date, start_of_day
from slm_domain.figures.periods import Interval
from slm_domain.register import Register


def in_force(register: Register, interval: Interval) -> list[tuple[SlaVersion, Interval]]:
    """The interval cut where another SLA takes effect, each part with the one in force, inside that one's term."""
    starts = [start_of_day(version.effective_from, version.sla.zone) for version in register.slas]
    if not starts or interval.end <= min(starts):
        return []
    agreed = Interval(max(interval.start, min(starts)), interval.end)
    parts = [(register.version_on(local_date(part.start, register.zone)), part) for part in split(agreed, starts)]
    return [
        (version, served)
        for version, part in parts
        if (served := part.clipped(_term(version.sla.term_from, version.sla.term_to, version.sla.zone))) is not None
    ]


@lru_cache(maxsize=256)
def _term(first: date, last: date, zone: ZoneInfo) -> Interval:
    """The service runs from the first day of the term to its last: no hour outside it is owed (S1, A20)."""
    return Interval(start_of_day(first, zone), start_of_day(last + ONE_DAY, zone))
