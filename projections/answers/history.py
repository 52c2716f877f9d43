"""The history of the cycle: who did what, when, why and in which phase; and the story of one breach (G5, S10, T4)."""

from datetime import date, datetime

import msgspec

from projections.answers.ledger import NoSuchLevel
from projections.answers.record import FIGURES, Record, record_of
from projections.answers.standpoint import NOW, AsOf, Source, Standpoint, view
from projections.answers.texts import texts
from projections.catalogue import PDCA_HISTORY
from projections.pdca_history import Act, Acts
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import Month
from slm_domain.month_figures import LevelFigure
from slm_domain.sla import MeasureKind, Words


class ActAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One act. `text` is its reason or remark; it is gone when it was erased."""

    position: int
    recorded_at: datetime
    occurred_at: datetime
    phase: str
    event: str
    kind: str
    subject: str
    side: str
    person: str
    organisation: str | None
    level: str | None
    month: str | None
    review: str | None
    improvement: str | None
    revision: str | None
    effective_from: date | None
    text: str | None


class ResultAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A level's verdict in a month: what came of it before and after. `kind` is its measure's at the month's end."""

    month: str
    kind: MeasureKind | None
    result: LevelFigure


class HistoryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Acts in the order of the journal. For one level and month also the level's results from that month on."""

    standpoint: Standpoint
    title: Words
    level: str | None
    month: str | None
    acts: tuple[ActAnswer, ...]
    results: tuple[ResultAnswer, ...]


async def history(
    source: Source, contract: str, as_of: AsOf = NOW, *, level: str | None = None, month: Month | None = None
) -> HistoryAnswer:
    """The whole history, that of a level, that of a month's breaches, or the story of one breach (level and month).

    The story runs from the entries that made the breach over its reviews and their improvements to the revised level.
    Raises `UnknownContract`, `NoSuchPosition`, `NoSuchLevel`, `CannotBeFolded`.
    """
    async with view(source, contract, as_of, (PDCA_HISTORY, *FIGURES)) as found:
        acts = [act for block in await found.rows(Acts) for act in block.acts]
        record = await record_of(found)
    if level is not None and level not in record.register.levels:
        raise NoSuchLevel(contract, level)
    results = _results(record, level, month)
    chosen = _chosen(acts, level, month, _made_it(record, level, month))
    why = await texts(source.journal, record.standpoint, [act.position for act in chosen if act.note])
    slas = record.register.slas
    return HistoryAnswer(
        standpoint=record.standpoint,
        title=slas[-1].sla.title if slas else Words(ja=contract, en=contract),
        level=level,
        month=None if month is None else str(month),
        acts=tuple(_answer(act, why.get(act.position)) for act in chosen),
        results=tuple(results),
    )


def _results(record: Record, level: str | None, month: Month | None) -> list[ResultAnswer]:
    if level is None or month is None:
        return []
    return [
        ResultAnswer(month=str(each), kind=_kind(record, level, each), result=result)
        for each in record.register.months(record.standpoint.until)
        if each >= month
        for result in record.month(each).levels
        if result.level == level
    ]


def _kind(record: Record, level: str, month: Month) -> MeasureKind | None:
    version = record.register.level_on(level, record.register.days_of(month).last)
    return None if version is None or version.definition is None else version.definition.measure.kind


def _made_it(record: Record, level: str | None, month: Month | None) -> set[int]:
    """The entries that made the month's breaches and misses, of one level or of all."""
    if month is None or month not in record.register.months(record.standpoint.until):
        return set()
    found = [result for result in record.month(month).levels if level is None or result.level == level]
    breached = {entry for result in found if result.verdict is Verdict.BREACH for entry in result.entries}
    return breached | {entry for result in found for miss in result.misses for entry in miss.entries}


def _chosen(acts: list[Act], level: str | None, month: Month | None, made_it: set[int]) -> list[Act]:
    def concerns(act: Act) -> bool:
        return (level is None or act.level == level) and (month is None or act.month == str(month))

    if month is None:
        return [act for act in acts if concerns(act)]
    reviews = {act.review for act in acts if concerns(act) and act.review is not None}
    return [
        act
        for act in acts
        if act.position in made_it
        or (level is None and act.month == str(month))
        or (act.review in reviews and (act.kind == "review" or level is None or act.level == level))
    ]


def _answer(act: Act, text: str | None) -> ActAnswer:
    return ActAnswer(
        position=act.position,
        recorded_at=act.recorded_at,
        occurred_at=act.occurred_at,
        phase=act.phase,
        event=act.event,
        kind=act.kind,
        subject=act.subject,
        side=act.side,
        person=act.person,
        organisation=act.organisation,
        level=act.level,
        month=act.month,
        review=act.review,
        improvement=act.improvement,
        revision=act.revision,
        effective_from=act.effective_from,
        text=text,
    )
