"""Commands on a service level: measurements, revisions and retirement."""

from datetime import datetime

from slm_domain.commands.envelope import Code, Command, Day, Moment, Number, Text
from slm_domain.desk import Desk
from slm_domain.figures.local_time import local_date
from slm_domain.service_level import (
    LevelRetired,
    LevelRevisionProposed,
    MeasurementCorrected,
    MeasurementRecorded,
    ServiceLevel,
)
from slm_domain.service_level_refusals import RevisionNamesAnotherLevel
from slm_domain.sla import Level, Words


class RecordMeasurement(Command, frozen=True, tag=True):
    """Record one measurement of a level that is not fed by incidents (G7)."""

    level: Code
    measurement: Code
    start: Moment | None = None
    end: Moment | None = None
    met: bool | None = None
    succeeded: bool = True
    remark: Text | None = None
    part: Number | None = None
    whole: Number | None = None
    grade: Number | None = None
    extraordinary: bool = False
    organisation: Code | None = None
    system: Code | None = None

    def _decide(self, desk: Desk) -> None:
        level = desk.level(self.level)
        at, sla = self.moment(desk), desk.contract().sla
        _check_happened(desk, level, self.start, self.end)
        level.record_measurement(
            MeasurementRecorded(
                occurred_at=at,
                measurement=self.measurement,
                stated_by=self.by.side,
                start=self.start,
                end=self.end,
                met=self.met,
                succeeded=self.succeeded,
                note=level.write(self.remark, at=at),
                part=self.part,
                whole=self.whole,
                grade=self.grade,
                extraordinary=self.extraordinary,
                organisation=self.organisation,
                system=self.system,
            ),
            day=local_date(self.start or at, sla.zone),
            sla=sla,
        )


class CorrectMeasurement(Command, frozen=True, tag=True):
    """Restate one's own measurement, with the reason (C18)."""

    level: Code
    measurement: Code
    reason: Text
    start: Moment | None = None
    end: Moment | None = None
    met: bool | None = None
    succeeded: bool = True
    part: Number | None = None
    whole: Number | None = None
    grade: Number | None = None
    extraordinary: bool = False
    organisation: Code | None = None
    system: Code | None = None

    def _decide(self, desk: Desk) -> None:
        level = desk.level(self.level)
        at = self.moment(desk)
        _check_happened(desk, level, self.start, self.end)
        level.correct_measurement(
            MeasurementCorrected(
                occurred_at=at,
                measurement=self.measurement,
                stated_by=self.by.side,
                start=self.start,
                end=self.end,
                met=self.met,
                succeeded=self.succeeded,
                note=level.write(self.reason, at=at),
                part=self.part,
                whole=self.whole,
                grade=self.grade,
                extraordinary=self.extraordinary,
                organisation=self.organisation,
                system=self.system,
            ),
            sla=desk.contract().sla,
        )


class ProposeRevision(Command, frozen=True, tag=True):
    """Propose other values for a level from a date on, after a review where there was one (S12)."""

    level: Code
    revision: Code
    definition: Level
    effective_from: Day
    review: Code | None = None
    reason: Text | None = None

    def _decide(self, desk: Desk) -> None:
        level = desk.level(self.level)
        if self.definition.key != self.level:
            raise RevisionNamesAnotherLevel(level=self.level, found=self.definition.key)
        if self.review is not None:
            desk.review(self.review)
        at = self.moment(desk)
        level.propose_revision(
            LevelRevisionProposed(
                occurred_at=at,
                revision=self.revision,
                definition=self.definition,
                effective_from=self.effective_from,
                proposed_by=self.by.side,
                review=self.review,
                note=level.write(self.reason, at=at),
            ),
            sla=desk.contract().sla,
        )


class ApproveRevision(Command, frozen=True, tag=True):
    """Approve the other side's proposal (S12)."""

    BINDS = True

    level: Code
    revision: Code

    def _decide(self, desk: Desk) -> None:
        desk.level(self.level).approve_revision(at=self.moment(desk), side=self.by.side, revision=self.revision)


class RetireLevel(Command, frozen=True, tag=True):
    """Take a level out of the SLA from a date on (S12)."""

    BINDS = True

    level: Code
    effective_from: Day
    reason: Text | None = None

    def _decide(self, desk: Desk) -> None:
        level = desk.level(self.level)
        at = self.moment(desk)
        level.retire(
            LevelRetired(occurred_at=at, effective_from=self.effective_from, note=level.write(self.reason, at=at)),
            side=self.by.side,
            sla=desk.contract().sla,
        )


def _check_happened(desk: Desk, level: ServiceLevel, start: datetime | None, end: datetime | None) -> None:
    leads_up = level.definition is not None and level.definition.measure.kind == "lead_at_least"
    if start is not None:
        desk.happened(start, Words(ja="測定の開始（start）", en="`start`"))
    if end is not None and not leads_up:  # a lead is measured up to a moment that may still be to come
        desk.happened(end, Words(ja="測定の終了（end）", en="`end`"))
