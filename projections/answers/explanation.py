"""Why a figure of a month is what it is: lists that add up to it, how it was worked out, and the entries behind it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Literal, get_args

import msgspec

from projections.answers.changed_levels import LevelChangeAnswer, changes_within
from projections.answers.invoice_lists import invoice_lists
from projections.answers.ledger import NoSuchLevel
from projections.answers.level_lists import level_lists
from projections.answers.listed import ListAnswer, entries_of, time_lists_of
from projections.answers.money_lists import MoneyLists
from projections.answers.record import FIGURES, Record, record_of
from projections.answers.standpoint import NOW, AsOf, Source, Standpoint, view
from projections.answers.texts import texts
from projections.catalogue import PDCA_HISTORY
from projections.pdca_history import Act, Acts, block_of
from slm_domain.availability import stretches
from slm_domain.figures.periods import Month
from slm_domain.month_figures import AvailabilityFigure, LevelFigure, MonthFigures, WorkingStep
from slm_domain.sla import Level, Words
from slm_domain.time_lists import base_working

FigureName = Literal["availability", "deductions", "fee"]
FIGURE_NAMES: tuple[FigureName, ...] = get_args(FigureName)


class EntryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that the figure came from: what was recorded, by whom, about what; and its text, unless erased."""

    position: int
    recorded_at: datetime
    occurred_at: datetime
    event: str
    subject: str
    side: str
    person: str
    text: str | None


class ExplanationAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a month, explained: of the availability, of a level (`level`), of the deductions, or of the fee.

    Each list adds up to its total; `working` takes the totals to the figure, step by step. `result` is the level's,
    `availability` that of the month. `level_changes` are values that the level has from a day inside the month on.
    """

    standpoint: Standpoint
    title: Words
    month: str
    first_day: date
    last_day: date
    figure: FigureName | Literal["level"]
    level: Level | None
    result: LevelFigure | None
    availability: AvailabilityFigure | None
    lists: tuple[ListAnswer, ...]
    working: tuple[WorkingStep, ...]
    entries: tuple[EntryAnswer, ...]
    level_changes: tuple[LevelChangeAnswer, ...] = ()


async def explanation(
    source: Source, contract: str, month: Month, as_of: AsOf = NOW, *, of: FigureName | None = None, level: str = ""
) -> ExplanationAnswer:
    """Why a level's result is what it is, where `level` names one; else the availability, deductions or fee.

    Raises `UnknownContract`, `NoSuchPosition`, `NothingAgreedYet`, `NoSuchLevel`.
    """
    async with view(source, contract, as_of, (PDCA_HISTORY, *FIGURES)) as found:
        record = await record_of(found)
        explained = _of_level(record, month, level) if level else _of_figure(record, month, of or "availability")
        positions = entries_of(explained.lists) | set(() if explained.result is None else explained.result.entries)
        sheets = sorted({block_of(position) for position in positions})
        blocks = await found.rows(Acts, sheets=sheets)
    acts = [act for block in blocks for act in block.acts if act.position in positions]
    said = await texts(source.journal, record.standpoint, [act.position for act in acts if act.note])
    return msgspec.structs.replace(explained, entries=tuple(_entry(act, said) for act in acts))


def _of_level(record: Record, month: Month, key: str) -> ExplanationAnswer:
    figures = record.month(month)
    days = record.register.days_of(month)
    version = record.register.level_on(key, days.first) or record.register.level_on(key, days.last)
    result = next((each for each in figures.levels if each.level == key), None)
    if version is None or version.definition is None or result is None:
        raise NoSuchLevel(record.standpoint.contract, key, str(month))
    return ExplanationAnswer(
        standpoint=record.standpoint,
        title=record.sla_of(month).title,
        month=str(month),
        first_day=days.first,
        last_day=days.last,
        figure="level",
        level=version.definition,
        result=result,
        availability=None,
        lists=tuple(level_lists(record, version.definition, month, result)),
        working=result.working,
        entries=(),
        level_changes=changes_within(record.register, month, [key]),
    )


def _of_figure(record: Record, month: Month, of: FigureName) -> ExplanationAnswer:
    figures, days = record.month(month), record.register.days_of(month)
    lists, working = _explained(record, month, figures, of)
    return ExplanationAnswer(
        standpoint=record.standpoint,
        title=record.sla_of(month).title,
        month=str(month),
        first_day=days.first,
        last_day=days.last,
        figure=of,
        level=None,
        result=None,
        availability=figures.availability if of == "availability" else None,
        lists=tuple(lists),
        working=working,
        entries=(),
    )


def _explained(
    record: Record, month: Month, figures: MonthFigures, of: FigureName
) -> tuple[Collection[ListAnswer], tuple[WorkingStep, ...]]:
    match of:
        case "availability":
            register, until = record.register, record.standpoint.until
            parts = stretches(register, list(register.incidents.values()), register.interval_of(month), until)
            return time_lists_of(register, parts, figures.availability), base_working(parts, figures.availability)
        case "deductions":
            money = MoneyLists(record.sla_of(month), figures)
            return money.lists(), money.working()
        case _:
            working = (*figures.fee_working, *figures.invoice_working, *figures.payment_working)
            return invoice_lists(record, month, figures), working


def _entry(act: Act, said: dict[int, str]) -> EntryAnswer:
    return EntryAnswer(
        position=act.position,
        recorded_at=act.recorded_at,
        occurred_at=act.occurred_at,
        event=act.event,
        subject=act.subject,
        side=act.side,
        person=act.person,
        text=said.get(act.position),
    )
