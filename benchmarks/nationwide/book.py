"""The commands of one contract's year, kept in the order in which they are recorded.

Chance is a generator of its own for each contract, seeded with the contract's code: what happens under one contract
does not depend on which others are generated, nor on how many processes generate them.
"""

from calendar import SATURDAY
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta, timezone
from heapq import heappop, heappush
from random import Random

from benchmarks.nationwide.agreements import Family, agreement, family_of
from benchmarks.nationwide.country import YEAR, Contracted
from benchmarks.nationwide.recording import Recording
from slm_domain.commands.envelope import By, Command
from slm_domain.figures.periods import FiscalYear
from slm_domain.figures.proposal import propose_closed_days
from slm_domain.sla import Side, Sla

TOKYO = timezone(timedelta(hours=9))  # no summer time in Japan
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ACCEPTED_OF_TEN = 5  # claims, of exclusions and of exemptions; they are accepted, rejected or left open
DECIDED_OF_TEN = 9
FIRST_DAY = date(YEAR, 4, 1)
LAST_DAY = date(YEAR + 1, 3, 31)
_OPENS, _MINUTES_OPEN = time(8, 30), 500

Later = Callable[[Recording], None]  # writes further commands, once it is known what was recorded


class Book:
    """What is written down under one contract. `chance` decides what is not fixed."""

    def __init__(self, who: Contracted, seed: int) -> None:
        self.who = who
        self.sla: Sla = agreement(who)
        self.family: Family = family_of(who)
        self.chance = Random(f"{seed}/{who.code}")  # noqa: S311 -- histories that can be made anew, not secrets
        self.levels = {level.key: level for level in self.sla.levels}
        self.last_day = min(LAST_DAY, self.sla.term_to)
        self._steps: list[tuple[datetime, int, Command | Later]] = []
        self._written = 0
        self._leads: dict[Side, str] = {"municipality": who.lead.code, "provider": self.sla.provider.lead}

    def write(
        self,
        at: datetime,
        kind: Callable[..., Command],
        side: Side,
        key: str,
        /,
        *,
        occurred_at: datetime | None = None,
        **facts: object,
    ) -> None:
        """A command that is recorded at that instant. Those of one instant stand in the order of their writing."""
        person = f"{'M' if side == 'municipality' else 'P'}-{1 + len(key) % 4:02}"
        by = By(person=person, side=side, organisation=self._leads[side])
        self._put(at, kind(contract=self.who.code, by=by, key=key, at=at, occurred_at=occurred_at, **facts))

    def when_recorded(self, at: datetime, then: Later) -> None:
        """At that instant, let something be written that depends on what is recorded by then."""
        self._put(at, then)

    def commands(self, recording: Recording) -> Iterator[Command]:
        """All commands in order; what was to be written later is written when its turn comes."""
        while self._steps:
            _, _, step = heappop(self._steps)
            if isinstance(step, Command):
                yield step
            else:
                step(recording)

    def often(self, percent: int) -> bool:
        """Whether something happens that happens in so many of a hundred cases."""
        return self.chance.randrange(100) < percent

    def minutes(self, least: int, most: int) -> timedelta:
        """Some whole minutes."""
        return timedelta(minutes=self.chance.randint(least, most))

    def moment(self, day: date, clock: time, *, within: int = 0) -> datetime:
        """A time of that day, up to so many minutes later."""
        return datetime.combine(day, clock, TOKYO) + self.minutes(0, within)

    def working_moment(self, day: date) -> datetime:
        """Some time in the opening hours of a day."""
        return self.moment(day, _OPENS, within=_MINUTES_OPEN)

    def noted(self, happened: datetime, *, least: int = 1, most: int = 9) -> datetime:
        """When something that happened is written down: some minutes later, to the second."""
        return happened + self.minutes(least, most) + timedelta(seconds=self.chance.randrange(60))

    def _put(self, at: datetime, step: Command | Later) -> None:
        self._written += 1
        heappush(self._steps, (at, self._written, step))


def days_of_year(last: date = LAST_DAY) -> Iterator[date]:
    """The days of the year that is recorded, up to that one."""
    day = FIRST_DAY
    while day <= last:
        yield day
        day += DAY


def is_open(day: date) -> bool:
    """Whether municipal offices are open that day."""
    return day.weekday() < SATURDAY and day not in propose_closed_days(FiscalYear.of(day)).dates


def opening_day(day: date, later: int = 0) -> date:
    """The first opening day from that day on, or so many opening days later."""
    while True:
        if is_open(day):
            if later == 0:
                return day
            later -= 1
        day += DAY


def last_opening_day(day: date) -> date:
    """The last opening day up to that day."""
    while not is_open(day):
        day -= DAY
    return day
