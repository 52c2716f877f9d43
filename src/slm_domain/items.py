"""The items that a level is judged by: one per notice, arrival, report, measurement … with its due times.

An item says when it began, when it was done, and until when it should have been: the guaranteed and the target due
time. Whether it is pending or missed depends on `until` and is judged when asked (docs/figures.md).
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property

import msgspec

from slm_domain import level_periods
from slm_domain.dues import Pause, due_by, dues_of, is_paused, lasted, running_from
from slm_domain.facts import IncidentFacts, LevelVersion, Measured
from slm_domain.figures.deductions import excused
from slm_domain.figures.judgement import Judgement, Verdict, judge_timed
from slm_domain.figures.local_time import in_utc, local_date
from slm_domain.figures.periods import Month
from slm_domain.level_units import Concern, Concerning, covers, kept_by
from slm_domain.occasions import Occasion, occasions
from slm_domain.possible_times import Extents
from slm_domain.register import Register
from slm_domain.sla import Level, Measure


class Item(msgspec.Struct, frozen=True, kw_only=True, dict=True, omit_defaults=True):
    """One thing that a level counts, times or asks for. Instants are UTC; `day` and `month` are the contract's."""

    level: str
    subject: str  # the incident, call, part, equipment or measurement
    month: str
    day: date
    effective_from: date  # the version of the level it is judged by (C12)
    positions: tuple[int, ...]
    start: datetime | None = None  # None for what is only counted or only met
    end: datetime | None = None
    guaranteed_due: datetime | None = None
    target_due: datetime | None = None
    met: bool | None = None  # obligations
    succeeded: bool = True
    excused: bool = False
    guaranteed_strict: bool = False  # exactly at the due time is too late (未満, C9)
    target_strict: bool = False
    cutoff: bool = False  # `start` is when it was asked for, the due times the cut-offs, `met` whether accepted (A31)
    part: int | None = None  # of a ratio: so many of `whole`
    whole: int | None = None
    within_due: datetime | None = None  # of a ratio fed by times: until when it is one of those in time
    within_strict: bool = False
    grade: int | None = None
    covered: bool = True  # extraordinary work outside support hours is not, unless the measure says so (S5)
    organisations: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    exempted: bool = False  # an accepted exemption takes it out of the measurement (C5)
    freed: bool = False  # an accepted exemption frees from its damages: no deduction (G32)
    runs_from: datetime | None = None  # from when its clock runs, where that is not its start (S28)
    pauses: tuple[Pause, ...] = ()  # of its clock, where its level can be paused (C14)
    extents: Extents | None = None  # what it lasted, where that is contested or known by reports only (C23)

    @cached_property
    def when_done(self) -> Judgement | None:
        """The verdict once the item is done, whenever it is judged from then on; None while it is not."""
        return None if self.end is None else _judge(self, self.end)

    @cached_property
    def when_done_ran(self) -> timedelta:
        """The elapsed time on its clock once it is done, pauses left out; nothing while it is not."""
        return timedelta() if self.end is None else lasted(self, self.end)


def by_level(items: Iterable[Item]) -> dict[str, list[Item]]:
    """The items of each level, in their order."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.level, []).append(item)
    return found


def judge(item: Item, until: datetime) -> Judgement:
    """The item's verdict as it stands at `until`. What only adds to a value has none of its own: not applicable."""
    if item.end is None or until < item.end:
        return _judge(item, until)
    return item.when_done or _judge(item, until)


def judge_all(items: Iterable[Item], until: datetime) -> list[Judgement]:
    """The same of several, in their order. What is done by then, most of it, is looked up."""
    return [
        each.when_done or judge(each, until) if each.end is not None and each.end <= until else judge(each, until)
        for each in items
    ]


def _judge(item: Item, until: datetime) -> Judgement:
    if not item.covered:
        return Judgement(verdict=Verdict.NOT_APPLICABLE)
    if item.excused or item.exempted:
        return Judgement(verdict=Verdict.EXCLUDED)
    if item.cutoff:
        return _judge_cutoff(item)
    if item.met is not None:
        return Judgement(verdict=Verdict.MET_TARGET if item.met else Verdict.BREACH)
    if item.start is None:  # it is only counted
        return Judgement(verdict=Verdict.NOT_APPLICABLE)
    return _judge_done(item, until)


def _judge_done(item: Item, until: datetime) -> Judgement:
    if item.guaranteed_due is None and is_paused(item, until):  # no due time is reached while the clock stands (C14)
        missed = item.target_due is not None and until > item.target_due
        return Judgement(verdict=Verdict.PENDING, shortfall=missed)
    return judge_timed(
        item.end,
        guaranteed_due=item.guaranteed_due,
        target_due=item.target_due,
        until=until,
        guaranteed_strict=item.guaranteed_strict,
        target_strict=item.target_strict,
    )


def _judge_cutoff(item: Item) -> Judgement:
    """What was asked for by a cut-off has to be accepted; asked for later it may be refused (A31)."""
    if item.met:
        return Judgement(verdict=Verdict.MET_TARGET)
    if _asked_in_time(item, item.guaranteed_due, strict=item.guaranteed_strict):
        return Judgement(verdict=Verdict.BREACH, shortfall=item.target_due is not None)
    if _asked_in_time(item, item.target_due, strict=item.target_strict):
        return Judgement(verdict=Verdict.MET_GUARANTEE, shortfall=True)
    return Judgement(verdict=Verdict.NOT_APPLICABLE)


def _asked_in_time(item: Item, due_at: datetime | None, *, strict: bool) -> bool:
    if due_at is None or item.start is None:
        return False
    return item.start < due_at if strict else item.start <= due_at


def needed_from(register: Register, level: str, month: Month) -> date:
    """The first day of which the level's items are needed for the figures of a month: of all its versions, the first.

    Raises `NothingAgreedYet`.
    """
    begins = register.days_of(month).first
    sla = register.sla_on(max(begins, min((version.effective_from for version in register.slas), default=begins)))
    return min(
        (
            level_periods.needed_from(version.definition.measure, sla, month)
            for version in register.levels.get(level, ())
            if version.definition is not None
        ),
        default=begins,
    )


def items_of_incident(register: Register, incident: IncidentFacts) -> Iterator[Item]:
    """All items that the incident brings to the levels in force that ask about it. A void incident brings none."""
    if incident.voided:
        return
    for versions in register.levels.values():
        for version in versions:
            if version.definition is None or version.definition.measure.source != "incidents":
                continue
            for occasion in occasions(register, version.definition.measure, incident):
                day = local_date(occasion.start, register.zone)
                in_force = register.level_on(version.level, day) is version  # at its start (C12)
                concerned = _concerned(register, incident, occasion)
                if in_force and register.in_term(day) and covers(register, version.definition.measure, concerned):
                    yield _timed(register, version, version.definition, day, incident, occasion, concerned)


def _concerned(register: Register, incident: IncidentFacts, occasion: Occasion) -> Concerning:
    """What the item concerns: of equipment the system alone that stopped, else all that the incident does."""
    owner = None if occasion.system is None else register.owners.get(occasion.system)
    if owner is None or occasion.system is None:
        return incident
    return Concern(systems=(occasion.system,), organisations=(owner,))


def items_of_measurement(register: Register, measured: Measured) -> tuple[Item, ...]:
    """The item of a measurement; none when the level was not in force, asks about others, or the contract is over."""
    return items_of_measurement_on(register, measured, local_date(measured.began, register.zone))


def items_of_measurement_on(register: Register, measured: Measured, day: date) -> tuple[Item, ...]:
    """The same, for whoever knows the day on which it began."""
    version = register.level_on(measured.level, day)
    if version is None or version.definition is None or not register.in_term(day):
        return ()
    measure, bounds = version.definition.measure, version.bounds
    concerned = Concern(
        systems=() if measured.system is None else (measured.system,),
        organisations=() if measured.organisation is None else (measured.organisation,),
    )
    if not covers(register, measure, concerned):
        return ()
    start, end, limit = _measured_times(measure, measured)
    leads = measure.kind == "lead_at_least"
    guaranteed = target = within = None
    if limit is not None:
        if measure.runs_from != "receipt" and not leads:
            limit = running_from(register, measure, limit, day)
        if bounds.any_timed:
            kept = kept_by(register, measure, concerned)
            guaranteed = due_by(register, measure, bounds.guaranteed, limit, day, kept)
            target = due_by(register, measure, bounds.target, limit, day, kept)
            within = due_by(register, measure, bounds.within, limit, day, kept)
    exempted = register.exempted(version.level, measured.measurement)
    item = Item(
        level=measured.level,
        subject=measured.measurement,
        month=register.month_name(day),
        day=day,
        start=start,
        end=end,
        guaranteed_due=guaranteed,
        target_due=target,
        met=measured.met,
        succeeded=measured.succeeded,
        effective_from=version.effective_from,
        positions=measured.positions,
        guaranteed_strict=bounds.guaranteed_strict,
        target_strict=bounds.target_strict,
        cutoff=leads and measured.met is not None,
        part=measured.part,
        whole=measured.whole,
        within_due=within,
        within_strict=bounds.within_strict,
        grade=measured.grade,
        covered=not measured.extraordinary or _is_covered(register, measure, measured.began, day, extraordinary=True),
        organisations=concerned.organisations,
        systems=concerned.systems,
        exempted=exempted.leaves_measurement,
        freed=exempted.frees_from_damages,
        runs_from=None if leads or limit == start else limit,
    )
    return (item,)


def _is_covered(register: Register, measure: Measure, began: datetime, day: date, *, extraordinary: bool) -> bool:
    """Extraordinary work outside support hours is not, unless the measure says so (S5)."""
    if not extraordinary or measure.covers_extraordinary:
        return True
    return register.support_calendar(day).is_open(began)


def _timed(  # noqa: PLR0917 -- what an item is made of, each named
    register: Register,
    version: LevelVersion,
    definition: Level,
    day: date,
    incident: IncidentFacts,
    occasion: Occasion,
    concerned: Concerning,
) -> Item:
    start, kept = in_utc(occasion.start), kept_by(register, definition.measure, concerned)
    dues = dues_of(register, version, definition.measure, incident, occasion, day, kept)
    exempted = register.exempted(version.level, occasion.subject)
    extraordinary = incident.extraordinary or occasion.extraordinary
    return Item(
        level=version.level,
        subject=occasion.subject,
        month=register.month_name(day),
        day=day,
        start=start,
        end=None if occasion.end is None else in_utc(occasion.end),
        guaranteed_due=dues.guaranteed,
        target_due=dues.target,
        met=occasion.met,
        succeeded=True,
        excused=dues.guaranteed is not None
        and excused(told_at=_delay_told_at(register, incident, occasion, day), due_at=dues.guaranteed)
        and _late(occasion.end, dues.guaranteed, strict=version.bounds.guaranteed_strict),
        effective_from=version.effective_from,
        positions=_evidence(definition.measure, occasion),
        guaranteed_strict=version.bounds.guaranteed_strict,
        target_strict=version.bounds.target_strict,
        covered=_is_covered(register, definition.measure, start, day, extraordinary=extraordinary),
        within_due=dues.within,
        within_strict=version.bounds.within_strict,
        organisations=concerned.organisations,
        systems=concerned.systems,
        exempted=exempted.leaves_measurement,
        freed=exempted.frees_from_damages,
        runs_from=dues.runs_from,
        pauses=dues.pauses,
        extents=occasion.extents,
    )


def _evidence(measure: Measure, occasion: Occasion) -> tuple[int, ...]:
    """The entries of its moments, and of the pauses that stop its clock (C14)."""
    pauses = [position for pause in occasion.pauses for position in pause.positions] if measure.pausable else []
    return (*occasion.positions, *pauses)


def _delay_told_at(register: Register, incident: IncidentFacts, occasion: Occasion, day: date) -> datetime | None:
    """When the provider told what hindered it: for its own arrival, or where the term says so for all it does (A10)."""
    if register.sla_on(day).terms.force_majeure_scope == "arrival":
        return occasion.told_at
    return min((call.delay_told_at for call in incident.calls if call.delay_told_at is not None), default=None)


def _late(done: datetime | None, guaranteed: datetime, *, strict: bool) -> bool:
    return done is None or done > guaranteed or (strict and done == guaranteed)


def _measured_times(measure: Measure, measured: Measured) -> tuple[datetime | None, datetime | None, datetime | None]:
    """Start, the moment it was done, and the moment its bound is counted from."""
    if measured.start is None or measured.end is None:
        return None, in_utc(measured.at), None
    start, end = in_utc(measured.start), in_utc(measured.end)
    if measure.kind == "lead_at_least":
        return start, start, end  # done at its start, so long before its end
    return start, end, start
