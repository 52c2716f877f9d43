"""Contracts whose generated years are short, and together hold every kind of event."""

from functools import cache

from benchmarks.nationwide.country import MUNICIPALITIES, Contracted, contracted
from benchmarks.nationwide.year import year
from slm_journal.command import Append

SEED = 1
EVERY_KIND = (
    "m-22-034-2025",
    "m-28-037-2025",
    "m-46-040-2025",
    "m-10-033-2025",
    "m-10-032-2025",
)  # small, and one of each event
JOINT = "joint-01-2025"


@cache
def by_code() -> dict[str, Contracted]:
    """All contracts of the country, by their codes."""
    return {who.code: who for who in contracted(MUNICIPALITIES)}


@cache
def appends(code: str) -> tuple[Append, ...]:
    """A contract's year as it would be appended, generated once."""
    return tuple(year(by_code()[code], SEED))
