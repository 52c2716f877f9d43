"""The monthly report, the year month by month, and the recomputation of what was issued (S2, S11, C18, C20)."""

from datetime import date, datetime

import msgspec

from projections.answers.availability import BudgetAnswer, budget_answer
from projections.answers.changed_levels import LevelChangeAnswer, changes_within
from projections.answers.claims import AllowanceAnswer, ClaimAnswer, allowances, claims
from projections.answers.compared import MonthComparison, month_before, year_before
from projections.answers.record import FIGURES, Record, record_of
from projections.answers.standpoint import NOW, AsOf, Source, Standpoint, view
from projections.answers.texts import texts
from projections.monthly_report import ImprovementRow
from slm_domain.availability import unit_figures
from slm_domain.desk import Quoted
from slm_domain.figures.eras import era_fiscal_year
from slm_domain.figures.periods import FiscalYear, Month
from slm_domain.month_figures import MonthFigures, UnitAvailability
from slm_domain.report_dues import inspection_due, report_due
from slm_domain.restating import Inspection, SettledAfterTerm, Summary
from slm_domain.sla import Bonus, DeductionRule, Fee, Ground, Level, Party, System, Terms, Words
from slm_domain.windows import Windows, term_of


class IssueAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A report of the month as it was handed in, and its inspection."""

    position: int
    handed_in_at: datetime
    of_position: int
    until: datetime
    rules_version: str
    inspection: Inspection
    inspected_at: datetime | None
    payable_yen: int
    summary: Summary


class ChangeAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that changed the issued figures: what, by how much, and why (the text is gone when it was erased)."""

    position: int
    recorded_at: datetime
    recorded_month: str
    event: str
    subject: str
    before: Summary
    after: Summary
    reason: str | None


class ImprovementAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A measure that the month's breaches led to, or that is under way."""

    improvement: str
    review: str
    level: str
    due: str
    planned_at: datetime
    completed_at: datetime | None
    measure: str | None


class ReportAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A month's report: the figures at the standpoint, what was issued, what changed since, and the terms chosen.

    `covered` are the contract's systems, `systems` the availability of each, where there are several.
    `report_due` and `inspection_due` are the last instants in time (S2). The month runs from `first_day` to `last_day`
    (C15); while it has not ended at the standpoint it is `running`. `level_changes` are values that levels have from a
    day inside the month on.
    """

    standpoint: Standpoint
    title: Words
    municipality: Party
    provider: Party
    month: str
    first_day: date
    last_day: date
    running: bool
    figures: MonthFigures
    levels: tuple[Level, ...]
    claims: tuple[ClaimAnswer, ...]
    allowances: tuple[AllowanceAnswer, ...]
    fee: Fee
    rules: tuple[DeductionRule, ...]
    bonuses: tuple[Bonus, ...]
    grounds: tuple[Ground, ...]
    terms: Terms
    report_due: datetime
    inspection_due: datetime
    covered: tuple[System, ...]
    systems: tuple[UnitAvailability, ...]
    budget: BudgetAnswer | None
    previous: MonthComparison | None
    year_before: MonthComparison | None
    issued: tuple[IssueAnswer, ...]
    changes: tuple[ChangeAnswer, ...]
    improvements: tuple[ImprovementAnswer, ...]
    level_changes: tuple[LevelChangeAnswer, ...] = ()


class YearAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A fiscal year month by month; made of the contract's months, it runs from `first_day` to `last_day` (C15).

    `includes_tax`: whether its yen have the tax inside, or it is added to them (A6); None where a fee changes from one
    to the other in the year, and `tax_added` are the months in which it is added. `running` is the month that has
    not ended at the standpoint. `after_term` are corrections of its accepted months that were recorded after the
    contract's term, so that no month's invoice settles them (C20).
    """

    standpoint: Standpoint
    title: Words
    fiscal_year: int
    label: str
    first_day: date
    last_day: date
    includes_tax: bool | None
    running: str | None
    months: tuple[MonthFigures, ...]
    after_term: tuple[SettledAfterTerm, ...] = ()
    tax_added: tuple[str, ...] = ()


async def monthly_report(source: Source, contract: str, month: Month, as_of: AsOf = NOW) -> ReportAnswer:
    """A month's report. Raises `UnknownContract`, `NoSuchPosition`, `NothingAgreedYet`."""
    async with view(source, contract, as_of, FIGURES) as found:
        record = await record_of(found)
    register = record.register
    figures, days = record.month(month), register.days_of(month)
    sla = register.sla_on(max(days.first, register.slas[0].effective_from))
    changes = [each for each in record.restatements if each.month == str(month)]
    improvements = [each for each in record.improvements if _concerns(each, month, record)]
    reasons = await texts(
        source.journal,
        record.standpoint,
        [*(each.position for each in changes), *(each.planned_position for each in improvements)],
    )
    return ReportAnswer(
        standpoint=record.standpoint,
        title=sla.title,
        municipality=sla.municipality,
        provider=sla.provider,
        month=str(month),
        first_day=days.first,
        last_day=days.last,
        running=record.standpoint.until < _served_to(record, month),
        figures=figures,
        levels=tuple(register.definitions_on(days.first) or register.definitions_on(days.last)),
        level_changes=changes_within(register, month, [each.level for each in figures.levels]),
        claims=claims(record, sla, figures.stops),
        allowances=allowances(record, register.interval_of(month)),
        fee=sla.fee,
        rules=sla.deductions,
        bonuses=sla.bonuses,
        grounds=sla.grounds,
        terms=sla.terms,
        report_due=report_due(register, month, sla.terms),
        inspection_due=inspection_due(
            register, month, sla.terms, [each.handed_in_at for each in record.issues if each.month == str(month)]
        ),
        covered=sla.systems,
        systems=_systems(record, month),
        budget=budget_answer(Windows(register, record.standpoint.until).budget(register.interval_of(month))),
        previous=month_before(record, month, figures),
        year_before=year_before(record, month, figures),
        issued=tuple(
            IssueAnswer(
                position=each.position,
                handed_in_at=each.handed_in_at,
                of_position=each.of_position,
                until=each.until,
                rules_version=each.rules_version,
                inspection=each.inspection,
                inspected_at=each.inspected_at,
                payable_yen=each.figures.payable_yen,
                summary=Summary.of(each.figures),
            )
            for each in record.issues
            if each.month == str(month)
        ),
        changes=tuple(
            ChangeAnswer(
                position=each.position,
                recorded_at=each.recorded_at,
                recorded_month=each.recorded_month,
                event=each.event,
                subject=each.subject,
                before=each.before,
                after=each.after,
                reason=reasons.get(each.position),
            )
            for each in changes
        ),
        improvements=tuple(
            ImprovementAnswer(
                improvement=each.improvement,
                review=each.review,
                level=each.level,
                due=each.due.isoformat(),
                planned_at=each.planned_at,
                completed_at=each.completed_at,
                measure=reasons.get(each.planned_position),
            )
            for each in improvements
        ),
    )


def _served_to(record: Record, month: Month) -> datetime:
    """Where the month ends, inside the contract's term."""
    interval = record.register.interval_of(month)
    inside = interval.clipped(term_of(record.register))
    return (inside or interval).end


def _systems(record: Record, month: Month) -> tuple[UnitAvailability, ...]:
    register, until = record.register, record.standpoint.until
    found = unit_figures(register, list(register.incidents.values()), register.interval_of(month), until, "systems")
    return found if len(found) > 1 else ()


async def year(source: Source, contract: str, fiscal_year: int, as_of: AsOf = NOW) -> YearAnswer:
    """The months of a fiscal year that have begun. Raises `UnknownContract`, `NoSuchPosition`, `NothingAgreedYet`."""
    async with view(source, contract, as_of, FIGURES) as found:
        record = await record_of(found)
    asked = FiscalYear(fiscal_year)
    register = record.register
    begun = set(register.months(record.standpoint.until))
    months = [month for month in asked.months() if month in begun]
    days = register.fiscal_year_of(Month.of(asked.first))
    tax_added = tuple(str(month) for month in months if not record.sla_of(month).fee.includes_tax)
    return YearAnswer(
        standpoint=record.standpoint,
        title=register.slas[-1].sla.title if register.slas else Words(ja=contract, en=contract),
        fiscal_year=fiscal_year,
        label=era_fiscal_year(asked),
        first_day=days.first,
        last_day=days.last,
        includes_tax=None if 0 < len(tax_added) < len(months) else not tax_added,
        tax_added=tax_added,
        running=next((str(month) for month in months if record.standpoint.until < _served_to(record, month)), None),
        months=tuple(record.month(month) for month in months),
        after_term=tuple(each for each in record.settled_after_term() if Month.parse(each.month) in months),
    )


async def quote(
    source: Source, contract: str, month: str, *, position: int, until: datetime, rules_version: str
) -> Quoted:
    """A month's figures for a report to be handed in: of the entries up to a position, judged until an instant."""
    figures = await figures_at(source, contract, month, position, until)
    return Quoted(figures=figures, position=position, until=until, rules_version=rules_version)


async def figures_at(source: Source, contract: str, month: str, position: int, until: datetime) -> MonthFigures:
    async with view(source, contract, AsOf(position=position), FIGURES) as found:
        record = await record_of(found)
    standing = msgspec.structs.replace(record.standpoint, until=until)
    return msgspec.structs.replace(record, standpoint=standing).month(Month.parse(month))


def _concerns(improvement: ImprovementRow, month: Month, record: Record) -> bool:
    if improvement.because_of_month == str(month):
        return True
    of_month = record.register.interval_of(month)
    return improvement.planned_at < of_month.end and (
        improvement.completed_at is None or of_month.start <= improvement.completed_at
    )
