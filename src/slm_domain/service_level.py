"""A service level (SLA評価項目): its versions, and what was measured against it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from slm_domain.aggregate import Aggregate, Event
from slm_domain.contract_refusals import BeforeItsBeginning, SideMayNot
from slm_domain.level_periods import boundary
from slm_domain.measurement_shape import check_shape
from slm_domain.measures import UNITS, fits
from slm_domain.plausible import DECIMAL_PLACES, LONGEST_YEARS
from slm_domain.service_level_refusals import (
    BoundDoesNotFit,
    LevelIsRetired,
    MeasurementAlreadyRecorded,
    NoSuchMeasurement,
    NoSuchRevision,
    NotADecisionOfYours,
    NotAtABoundary,
    OnlyYourOwnMeasurement,
    RevisionAlreadyProposed,
    RevisionChangesTheMeasure,
    VersionsOverlap,
)
from slm_domain.sla import Bound, Level, Measure, Side, Sla, Words

if TYPE_CHECKING:
    from slm_domain.exemptions import ExemptionClaimed


class LevelDefined(Event["ServiceLevel"], frozen=True):
    """The level came into the SLA with the agreement (recorded in the same append as `SlaAgreed`)."""

    NAME = "LevelDefined.1"

    key: str
    definition: Level
    effective_from: date
    sla_number: int

    def apply(self, level: "ServiceLevel", /) -> None:
        level.key = self.key
        level.definition = self.definition
        level.retired_from = None
        level.begins.add(self.effective_from)
        level.proposed.clear()  # what was proposed was proposed for the level as it stood before


class LevelRevisionProposed(Event["ServiceLevel"], frozen=True):
    """A side proposes other values for the level, from a date on; `review` names the review it came out of."""

    NAME = "LevelRevisionProposed.1"

    revision: str
    definition: Level
    effective_from: date
    proposed_by: Side
    review: str | None = None
    note: int | None = None

    def apply(self, level: "ServiceLevel", /) -> None:
        level.proposed[self.revision] = self
        level.revisions.add(self.revision)


class LevelRevised(Event["ServiceLevel"], frozen=True):
    """The other side approved the revision (S12: a guaranteed value changes only with the municipality's approval)."""

    NAME = "LevelRevised.1"

    revision: str
    definition: Level
    effective_from: date
    approved_by: Side
    review: str | None = None

    def apply(self, level: "ServiceLevel", /) -> None:
        level.definition = self.definition
        level.begins.add(self.effective_from)
        level.proposed.pop(self.revision, None)


class LevelRetired(Event["ServiceLevel"], frozen=True):
    """The level leaves the SLA from a date on."""

    NAME = "LevelRetired.1"

    effective_from: date
    note: int | None = None

    def apply(self, level: "ServiceLevel", /) -> None:
        level.retired_from = self.effective_from


class MeasurementRecorded(Event["ServiceLevel"], frozen=True):
    """One measurement, by the agreed method (G7).

    A duration or lead runs from `start` to `end`; a count counts `occurred_at`'s day in the contract's zone; an
    obligation says whether it was `met`. `succeeded` is False for work that ran and failed: a backup that failed is
    recorded and does not count (J11). A ratio says that `part` of `whole` kept to it; where nothing was asked for the
    whole is 0. A `grade` is in force from `occurred_at` (J6). A change asked for at `start` to apply at `end` was
    accepted or not (`met`, A31). `extraordinary` is work outside support hours, at the municipality's request (S5).
    `organisation` and `system` say whom it concerns.
    """

    NAME = "MeasurementRecorded.1"

    measurement: str
    stated_by: Side
    start: datetime | None = None
    end: datetime | None = None
    met: bool | None = None
    succeeded: bool = True
    note: int | None = None
    part: int | None = None
    whole: int | None = None
    grade: int | None = None
    extraordinary: bool = False
    organisation: str | None = None
    system: str | None = None

    def apply(self, level: "ServiceLevel", /) -> None:
        level.measurements[self.measurement] = self.stated_by


class MeasurementCorrected(Event["ServiceLevel"], frozen=True):
    """The side that stated a measurement restates it. `occurred_at` is the measurement's moment as now stated."""

    NAME = "MeasurementCorrected.1"

    measurement: str
    stated_by: Side
    start: datetime | None = None
    end: datetime | None = None
    met: bool | None = None
    succeeded: bool = True
    note: int | None = None
    part: int | None = None
    whole: int | None = None
    grade: int | None = None
    extraordinary: bool = False
    organisation: str | None = None
    system: str | None = None


class ServiceLevel(Aggregate):
    """A level's state, as far as later decisions ask for it."""

    KIND = "level"

    def __init__(self) -> None:
        self.key = ""
        self.definition: Level | None = None
        self.retired_from: date | None = None
        self.begins: set[date] = set()  # of its versions
        self.proposed: dict[str, LevelRevisionProposed] = {}
        self.revisions: set[str] = set()
        self.measurements: dict[str, Side] = {}
        self.exemptions: dict[str, ExemptionClaimed] = {}
        self.decided_exemptions: set[str] = set()

    @classmethod
    def define(cls, level_id: UUID, fact: LevelDefined) -> Self:
        """The level comes into the SLA."""
        return cls.begin(level_id, fact)

    def define_again(self, fact: LevelDefined, *, sla: Sla) -> None:
        """A later agreement carries the level with other content, or brings it back. Raises `NotAtABoundary` (C12)."""
        if fact.definition == self.definition and self.retired_from is None:
            return
        self.check_change(fact.definition, fact.effective_from, sla)
        self.record(fact)

    def check_change(self, definition: Level | None, day: date, sla: Sla) -> None:
        """That an agreement can change the level from that day on, or leave it out. Raises `NotAtABoundary` (C12)."""
        if self.definition is None or self.retired_from is not None:
            return
        if definition is None or _judged_by(definition) != _judged_by(self.definition):
            self._check_boundary(self.definition, day, sla)

    def propose_revision(self, fact: LevelRevisionProposed, *, sla: Sla) -> None:
        """Propose other values.

        Raises `LevelIsRetired`, `RevisionAlreadyProposed`, `RevisionChangesTheMeasure`, `BoundDoesNotFit`,
        `VersionsOverlap`, `NotAtABoundary` (C12).
        """
        definition = self._in_force(fact.effective_from)
        if fact.revision in self.revisions:
            raise RevisionAlreadyProposed(revision=fact.revision)
        if fact.definition.measure != definition.measure:
            raise RevisionChangesTheMeasure(level=self.key)
        check_bounds(fact.definition)
        self._check_alone(fact.effective_from)
        self._check_boundary(definition, fact.effective_from, sla)
        self._check_boundary(fact.definition, fact.effective_from, sla)
        self.record(fact)

    def approve_revision(self, *, at: datetime, side: Side, revision: str) -> None:
        """Approve a proposal of the other side (S12).

        Raises `NoSuchRevision`, `NotADecisionOfYours`, `BeforeItsBeginning`, `LevelIsRetired`, `VersionsOverlap`; and
        `BoundDoesNotFit`, for what was proposed before that was a rule.
        """
        proposal = self.proposed.get(revision)
        if proposal is None:
            raise NoSuchRevision(level=self.key, revision=revision)
        if side == proposal.proposed_by:
            raise NotADecisionOfYours(revision=revision, side=side)
        if at < proposal.occurred_at:
            what = Words(ja=f"改定 {revision} の承認", en=f"the approval of the revision {revision}")
            raise BeforeItsBeginning(what=what, at=at, begin=proposal.occurred_at)
        self._in_force(proposal.effective_from)
        check_bounds(proposal.definition)
        self._check_alone(proposal.effective_from)
        self.record(
            LevelRevised(
                occurred_at=at,
                revision=revision,
                definition=proposal.definition,
                effective_from=proposal.effective_from,
                approved_by=side,
                review=proposal.review,
            )
        )

    def retire(self, fact: LevelRetired, *, side: Side, sla: Sla) -> None:
        """Take the level out of the SLA; only the municipality may (S12).

        Raises `SideMayNot`, `LevelIsRetired`, `NotAtABoundary` (C12).
        """
        if side != "municipality":
            act = Words(ja="サービスレベルの廃止", en="retiring a level")
            raise SideMayNot(act=act, allowed="municipality", side=side)
        if self.retired_from is not None:
            raise LevelIsRetired(level=self.key, retired_from=self.retired_from)
        if self.definition is not None:
            self._check_boundary(self.definition, fact.effective_from, sla)
        self.record(fact)

    def leave_out(self, fact: LevelRetired, *, sla: Sla) -> None:
        """Both sides agreed to an SLA without this level. Raises `NotAtABoundary` (C12)."""
        if self.retired_from is None:
            self.check_change(None, fact.effective_from, sla)
            self.record(fact)

    def record_measurement(self, fact: MeasurementRecorded, *, day: date, sla: Sla) -> None:
        """Take a measurement that belongs to `day` (of the contract's zone).

        Raises `LevelIsRetired`, `MeasurementAlreadyRecorded`, and what `check_shape` does.
        """
        definition = self._in_force(day)
        if fact.measurement in self.measurements:
            raise MeasurementAlreadyRecorded(level=self.key, measurement=fact.measurement)
        check_shape(definition, fact, sla)
        self.record(fact)

    def correct_measurement(self, fact: MeasurementCorrected, *, sla: Sla) -> None:
        """Restate one's own measurement (C18), also after the level was retired.

        Raises `NoSuchMeasurement`, `OnlyYourOwnMeasurement`, and what `check_shape` does.
        """
        stated_by = self.measurements.get(fact.measurement)
        if stated_by is None:
            raise NoSuchMeasurement(level=self.key, measurement=fact.measurement)
        if stated_by != fact.stated_by:
            raise OnlyYourOwnMeasurement(measurement=fact.measurement, stated_by=stated_by, side=fact.stated_by)
        if self.definition is not None:
            check_shape(self.definition, fact, sla)
        self.record(fact)

    def _in_force(self, day: date) -> Level:
        if self.definition is None or (self.retired_from is not None and day >= self.retired_from):
            raise LevelIsRetired(level=self.key, retired_from=self.retired_from)
        return self.definition

    def _check_alone(self, day: date) -> None:
        if day in self.begins:
            raise VersionsOverlap(level=self.key, asked=day)

    def _check_boundary(self, definition: Level, day: date, sla: Sla) -> None:
        next_one = boundary(definition.measure, day, sla)
        if day != next_one:
            raise NotAtABoundary(level=self.key, asked=day, boundary=next_one)


def check_bounds(definition: Level) -> None:
    """Both values are of the level's kind, and can be reckoned with. Raises `BoundDoesNotFit`."""
    kind = definition.measure.kind
    for bound in (definition.guaranteed, definition.target):
        if bound is not None and not fits(definition, bound):
            raise BoundDoesNotFit(
                level=definition.key,
                kind=kind,
                bound=f"{bound.amount} {bound.unit}",
                units=", ".join(UNITS[kind]),
                years=LONGEST_YEARS,
                places=DECIMAL_PLACES,
            )


def _judged_by(definition: Level) -> tuple[Measure, Bound | None, Bound | None]:
    return definition.measure, definition.guaranteed, definition.target
