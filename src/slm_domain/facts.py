"""What the entries of a journal say, in the shape in which figures are computed from it.

Nothing here depends on the clock: what an open outage or an unfinished item means is worked out when a figure is asked
for, with `until`. Every fact names the positions of the entries it came from.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Literal
from uuid import UUID

import msgspec

from slm_domain.figures.local_time import in_utc
from slm_domain.figures.periods import Interval
from slm_domain.level_bounds import LevelBounds, bounds_of
from slm_domain.sla import SIDES, Level, Side, Sla
from slm_domain.stated_times import KnownBy, Reach, Times, claims_of, reach_of


class SlaVersion(msgspec.Struct, frozen=True, kw_only=True):
    """An agreed SLA and the first day it is in force."""

    number: int
    effective_from: date
    sla: Sla
    digest: str
    position: int


class LevelVersion(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A version of a level. `definition` is None from the day on that the level is retired."""

    level: str
    effective_from: date
    definition: Level | None
    revision: str | None
    review: str | None
    position: int

    @cached_property
    def bounds(self) -> LevelBounds:
        """Its bounds as every item of the level is held against them."""
        return bounds_of(self.definition)


class FixedYear(msgspec.Struct, frozen=True, kw_only=True):
    """The closed days of a fiscal year, as fixed last (C22)."""

    fiscal_year: int
    closed: tuple[date, ...]
    position: int


class PlannedStop(msgspec.Struct, frozen=True, kw_only=True):
    """An announced stop, what it is of, and when it was told (C21)."""

    planned_stop: str
    ground: str
    told_at: datetime
    starts_at: datetime
    ends_at: datetime
    systems: tuple[str, ...]
    organisations: tuple[str, ...]
    position: int
    unreachable: bool = False  # the municipality could not be reached by the fixed ways (S17)


class UnmeasuredTime(msgspec.Struct, frozen=True, kw_only=True):
    """Time in which nobody measured, as a side states it (C2). Without `systems` it is so of all of them."""

    unmeasured: str
    side: Side
    starts_at: datetime
    ends_at: datetime
    systems: tuple[str, ...]
    position: int


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What a side said of an outage's times (C23). The last statement of a side counts for it.

    An end known by a report lies somewhere between that report and the last one before it that told of the stop. An
    end that the side took back is kept as `taken_back` and no longer counts.
    """

    side: Side
    started_at: datetime | None
    ended_at: datetime | None
    corrects: bool
    position: int
    known_by: KnownBy = "moment"
    taken_back: datetime | None = None


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """The times both sides agreed on."""

    started_at: datetime
    ended_at: datetime
    position: int


class ExclusionFact(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that time leaves the measurement, and what became of it (C5)."""

    exclusion: str
    ground: str
    claimed_by: Side
    starts_at: datetime | None
    ends_at: datetime | None
    planned_stop: str | None
    status: Literal["claimed", "accepted", "rejected"]
    positions: tuple[int, ...]


class ExemptionFact(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that a miss of a level is exempt, and what became of it (C5)."""

    exemption: str
    level: str
    subject: str  # an item's, or a period's label
    ground: str
    claimed_by: Side
    status: Literal["claimed", "accepted", "rejected"]
    positions: tuple[int, ...]


class Exempted(msgspec.Struct, frozen=True, kw_only=True):
    """What the accepted exemptions of a miss do together: the two flags of their grounds, never merged (G9)."""

    leaves_measurement: bool = False
    frees_from_damages: bool = False


class Restoration(msgspec.Struct, frozen=True, kw_only=True):
    """Systems that run again, provisionally or not (J1), as a side states it."""

    at: datetime
    systems: tuple[str, ...]
    provisional: bool
    position: int
    side: Side = "provider"
    known_by: KnownBy = "moment"


class StoppedReport(msgspec.Struct, frozen=True, kw_only=True):
    """A status report during the stop (J4): at that moment, what had not been restored was still stopped."""

    at: datetime
    position: int


MomentKind = Literal[
    "notified", "triaged", "triage_reported", "recovered", "report_handed_in", "work_started", "meeting_reported"
]


class MomentFact(msgspec.Struct, frozen=True, kw_only=True):
    """A moment of the response to an incident."""

    kind: MomentKind
    at: datetime
    position: int
    stated_by: Side | None = None
    corrections: tuple[int, ...] = ()  # the entries that moved it to `at` (C18)

    @property
    def positions(self) -> tuple[int, ...]:
        """The entries it comes from."""
        return (self.position, *self.corrections)


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A call to the provider, and what followed it."""

    call: str
    site: str | None
    work: str | None
    contacted_at: datetime
    arrived_at: datetime | None
    work_started_at: datetime | None
    delay_told_at: datetime | None
    delay_ground: str | None
    positions: tuple[int, ...]
    dispatched_at: datetime | None = None
    extraordinary: bool = False  # for work at the municipality's request (S5)


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A spare part that was needed."""

    part: str
    at: datetime
    ready: bool
    position: int


class Equipment(msgspec.Struct, frozen=True, kw_only=True):
    """Equipment in the town hall whose stop was told, and when it ran again."""

    equipment: str
    told_at: datetime
    restored_at: datetime | None
    positions: tuple[int, ...]


class PauseFact(msgspec.Struct, frozen=True, kw_only=True):
    """A pause of clocks: of a call, of equipment, or with neither of the whole incident (C14)."""

    call: str | None
    equipment: str | None
    started_at: datetime
    ended_at: datetime | None
    stated_by: Side
    positions: tuple[int, ...]


class IncidentFacts(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything the entries say of one incident that a figure may ask for."""

    incident: str
    level: Literal["A", "B", "C"]
    systems: tuple[str, ...]
    organisations: tuple[str, ...]
    correlation: UUID | None
    detected_at: datetime
    voided: bool = False
    statements: tuple[Statement, ...] = ()
    settled: Settled | None = None
    exclusions: tuple[ExclusionFact, ...] = ()
    restorations: tuple[Restoration, ...] = ()
    reports: tuple[StoppedReport, ...] = ()
    extraordinary: bool = False  # work at the municipality's request: outside support hours it is no stop (S5)
    moments: tuple[MomentFact, ...] = ()
    calls: tuple[Call, ...] = ()
    parts: tuple[Part, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    pauses: tuple[PauseFact, ...] = ()
    positions: tuple[int, ...] = ()

    @cached_property
    def claims(self) -> Mapping[Side, Times]:
        """The outage as each side has it (C23): asked for again and again, and worked out once."""
        return claims_of(self)

    @cached_property
    def is_contested(self) -> bool:
        """Whether the sides state different times and have not settled them (C23)."""
        return self.settled is None and self.claims.get(SIDES[0]) != self.claims.get(SIDES[1])

    @cached_property
    def reach(self) -> Reach | None:
        """How far the outage reaches by whatever claim."""
        return reach_of(self)

    def known_at(self, until: datetime) -> Interval | None:
        """From the first to the last that is known of the outage at the instant, by any claim; None before it began."""
        reach, last = self.reach, in_utc(until)
        if reach is None:
            return None
        end = last if reach.end is None else min(in_utc(reach.end), last)
        return Interval(reach.start, end) if in_utc(reach.start) < end else None

    @cached_property
    def evidence(self) -> tuple[int, ...]:
        """The entries that a stop's length rests on: the report, the statements, the settlement, the exclusions."""
        positions = {self.positions[0], *(statement.position for statement in self.statements)}
        if self.settled is not None:
            positions.add(self.settled.position)
        for claim in self.exclusions:
            positions.update(claim.positions)
        return tuple(sorted(positions))

    def moment(self, kind: MomentKind) -> MomentFact | None:
        """The first moment of this kind."""
        found = [moment for moment in self.moments if moment.kind == kind]
        return min(found, key=lambda moment: (moment.at, moment.position), default=None)


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """A measurement, as corrected last."""

    level: str
    measurement: str
    at: datetime
    start: datetime | None
    end: datetime | None
    met: bool | None
    succeeded: bool
    positions: tuple[int, ...]
    part: int | None = None
    whole: int | None = None
    grade: int | None = None
    extraordinary: bool = False
    organisation: str | None = None
    system: str | None = None

    @property
    def began(self) -> datetime:
        """The instant by which it belongs to a day and a month (C12)."""
        return self.at if self.start is None else self.start
