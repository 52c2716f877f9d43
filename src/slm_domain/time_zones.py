"""The time zones that a contract's hours can be in: the names of the IANA database, and nothing else (C1)."""

from functools import cache
from zoneinfo import available_timezones

# Names that every database brings along and that say nothing of a place: what "localtime" is depends on the machine
# that computes, "Factory" stands for a clock that nobody set, "posixrules" for a rule of another standard.
_NO_ZONES = frozenset({"Factory", "localtime", "posixrules"})


@cache
def known_zones() -> frozenset[str]:
    """The names of all zones, fixed ones (`Etc/UTC`) among them."""
    return frozenset(available_timezones()) - _NO_ZONES
