"""The quality monitoring ledger of a month (品質モニタリング台帳): every level, every item, day by day (G6)."""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from projections.answers.changed_levels import LevelChangeAnswer, changes_within
from projections.answers.ledger_periods import ExemptionAnswer, PeriodAnswer, exemption_of, periods_of
from projections.answers.record import FIGURES, Record, record_of
from projections.answers.standpoint import NOW, AsOf, Source, Standpoint, view
from projections.answers.texts import texts
from slm_domain.dues import Pause
from slm_domain.facts import PauseFact
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import Month
from slm_domain.items import Item, judge
from slm_domain.level_units import EVERYTHING, whole_of
from slm_domain.month_figures import LevelFigure, StopFigure
from slm_domain.readings_of_items import part_of
from slm_domain.register import Register
from slm_domain.sla import Level, Side, Words
from slm_domain.stopped import Stops
from slm_domain.stops import stop_figures


class ItemAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the ledger: what it was, when it was due, how it is judged, and the entries it came from.

    What only adds to the value of its period is `counted`, and has no verdict of its own. Of a ratio of times
    `within_due` is when it had to be done to be one of those in time, and `in_time` whether it was, once that is known.
    """

    subject: str
    day: date
    start: datetime | None
    end: datetime | None
    guaranteed_due: datetime | None
    target_due: datetime | None
    verdict: Verdict
    shortfall: bool
    succeeded: bool
    entries: tuple[int, ...]
    part: int | None = None  # of a ratio: so many of `whole`
    whole: int | None = None
    grade: int | None = None
    freed: bool = False  # an accepted exemption frees from the damages of a miss
    runs_from: datetime | None = None  # from when its clock runs, where that is not its start (S28)
    pauses: tuple[Pause, ...] = ()  # of its clock (C14)
    counted: bool = False
    within_due: datetime | None = None
    in_time: bool | None = None


class PauseAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A pause of the clocks of some lines (C14): who stated it and why. `reason` is gone once its text is erased."""

    subject: str
    started_at: datetime
    ended_at: datetime | None
    stated_by: Side
    reason: str | None
    entries: tuple[int, ...]


class LevelAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A level of the month: its definition, its result, its lines in the order of days, and its periods.

    `stops` are the month's, for a level that judges stops by the month. `exemptions` are those claimed for items of the
    month and for periods that it tells of. `changes` are values that it has from a day inside the month on.
    """

    definition: Level
    effective_from: date
    result: LevelFigure
    lines: tuple[ItemAnswer, ...]
    stops: tuple[StopFigure, ...]
    periods: tuple[PeriodAnswer, ...] = ()
    exemptions: tuple[ExemptionAnswer, ...] = ()
    paused: tuple[PauseAnswer, ...] = ()
    changes: tuple[LevelChangeAnswer, ...] = ()


class LedgerAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The ledger of a month, or of one level or day of it."""

    standpoint: Standpoint
    title: Words
    month: str
    first_day: date
    last_day: date
    levels: tuple[LevelAnswer, ...]


class NoSuchLevel(LookupError):
    """The contract has no such level; with `month`, none in that month."""

    def __init__(self, contract: str, level: str, month: str | None = None) -> None:
        self.contract = contract
        self.level = level
        self.month = month
        super().__init__(f"{contract}: {level} in {month or 'any month'}")


async def ledger(
    source: Source,
    contract: str,
    month: Month,
    as_of: AsOf = NOW,
    *,
    level: str | None = None,
    day: date | None = None,
) -> LedgerAnswer:
    """The ledger of a month. Raises `UnknownContract`, `NoSuchPosition`, `NothingAgreedYet`, `NoSuchLevel`."""
    async with view(source, contract, as_of, FIGURES) as found:
        record = await record_of(found)
    facts = [pause for each in record.register.incidents.values() for pause in each.pauses]
    reasons = await texts(source.journal, record.standpoint, [pause.positions[0] for pause in facts])
    register, until = record.register, record.standpoint.until
    figures, days = record.month(month), register.days_of(month)
    by_level: dict[str, list[Item]] = {}
    for item in record.items:
        if item.month == str(month) and (day is None or item.day == day):
            by_level.setdefault(item.level, []).append(item)
    needed: dict[str, list[Item]] = {}
    for item in record.items_of(month):
        needed.setdefault(item.level, []).append(item)
    stops = Stops(register, list(register.incidents.values()), until)
    levels = []
    for result in figures.levels:
        version = register.level_on(result.level, days.first) or register.level_on(result.level, days.last)
        if version is None or version.definition is None or (level is not None and result.level != level):
            continue
        measure = version.definition.measure
        of_stops = measure.source == "stops" and measure.period in {None, "month"}  # longer ones have others, too
        items = sorted(by_level.get(result.level, []), key=_order)
        of_level = needed.get(result.level, [])
        periods = [
            period
            for period in periods_of(register, version.definition, month, of_level, stops, until=until)
            if day is None or period.first <= day <= period.last
        ]
        told = {item.subject for item in items} | {period.label for period in periods}
        levels.append(
            LevelAnswer(
                definition=version.definition,
                effective_from=version.effective_from,
                result=result,
                lines=tuple(line_of(item, until) for item in items),
                stops=_stops(record, month, version.definition, stops) if of_stops else (),
                periods=tuple(periods),
                exemptions=tuple(
                    exemption_of(fact)
                    for fact in register.exemptions.values()
                    if fact.level == result.level and fact.subject in told
                ),
                paused=tuple(pause for item in items for pause in _paused(register, item, reasons)),
                changes=changes_within(register, month, [result.level]),
            )
        )
    if level is not None and not levels:
        raise NoSuchLevel(contract, level, str(month))
    return LedgerAnswer(
        standpoint=record.standpoint,
        title=register.slas[-1].sla.title,
        month=str(month),
        first_day=days.first,
        last_day=days.last,
        levels=tuple(levels),
    )


def _stops(record: Record, month: Month, definition: Level, stops: Stops) -> tuple[StopFigure, ...]:
    """The month's stops of what the level asks about."""
    asked = whole_of(definition.measure)
    if asked == EVERYTHING:
        return record.month(month).stops
    register = record.register
    parts = stops.stretches(register.interval_of(month), asked)
    return stop_figures(parts, register.incidents, register.sla_for(register.days_of(month).first), stops.until)


def _paused(register: Register, item: Item, reasons: Mapping[int, str]) -> list[PauseAnswer]:
    """The pauses that stopped the item's clock: of its call, of its equipment, or of the whole incident."""
    incident, _, part = item.subject.partition("/")
    if not item.pauses:
        return []
    return [
        PauseAnswer(
            subject=item.subject,
            started_at=pause.started_at,
            ended_at=pause.ended_at,
            stated_by=pause.stated_by,
            reason=reasons.get(pause.positions[0]),
            entries=pause.positions,
        )
        for pause in register.incidents[incident].pauses
        if (pause.call or pause.equipment) in {None, part} and any(_overlap(pause, each) for each in item.pauses)
    ]


def _overlap(one: PauseFact, other: Pause) -> bool:
    return (other.ended_at is None or one.started_at < other.ended_at) and (
        one.ended_at is None or other.started_at < one.ended_at
    )


def _order(item: Item) -> tuple[date, str]:
    return item.day, item.subject


def line_of(item: Item, until: datetime) -> ItemAnswer:
    """The item as it stands at `until`."""
    judgement = judge(item, until)
    return ItemAnswer(
        subject=item.subject,
        day=item.day,
        start=item.start,
        end=item.end,
        guaranteed_due=item.guaranteed_due,
        target_due=item.target_due,
        verdict=judgement.verdict,
        shortfall=judgement.shortfall,
        succeeded=item.succeeded,
        entries=item.positions,
        part=item.part,
        whole=item.whole,
        grade=item.grade,
        freed=item.freed,
        runs_from=item.runs_from,
        pauses=item.pauses,
        counted=judgement.verdict is Verdict.NOT_APPLICABLE and item.covered and not item.cutoff,
        within_due=item.within_due,
        in_time=_in_time(item, until),
    )


def _in_time(item: Item, until: datetime) -> bool | None:
    found = None if item.within_due is None else part_of(item, until)
    return None if found is None else bool(found[0])
