"""The figures of a month, from the register's facts and the items judged: stops, levels, deductions, money."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

import msgspec

from slm_domain.availability import figure, stretches
from slm_domain.deducting import Line, deductions_of, steps
from slm_domain.facts import IncidentFacts
from slm_domain.figures.fees import DeductionLine, FeeDue, FeeTerms, fee_due, served_share_of
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.money import TaxTerms, taxed
from slm_domain.figures.periods import Month
from slm_domain.items import Item
from slm_domain.level_figures import Stopped, level_figures
from slm_domain.month_figures import AdjustmentFigure, MonthFigures, Ratio
from slm_domain.register import Register
from slm_domain.sla import FeeTimesAvailability, Sla
from slm_domain.stops import stop_figures


class AfterIssue(msgspec.Struct, frozen=True, kw_only=True):
    """What was issued before: this month's payable as accepted, and the adjustments that fall in it (C20)."""

    accepted_payable_yen: int | None = None
    adjustments: tuple[AdjustmentFigure, ...] = ()


NOT_ISSUED = AfterIssue()


def month_figures(
    register: Register,
    month: Month,
    *,
    incidents: Sequence[IncidentFacts],
    items: Sequence[Item],
    until: datetime,
    after_issue: AfterIssue = NOT_ISSUED,
) -> MonthFigures:
    """The month's figures as they stand at `until`.

    `incidents` are at least those that touch the month, `items` those of its fiscal year up to the month's end. Raises
    `NothingAgreedYet` for a month before the first SLA.
    """
    first_day = max(month.first, min((version.effective_from for version in register.slas), default=month.first))
    sla = register.sla_on(first_day)
    parts = stretches(register, incidents, month.interval(sla.zone), until)
    stops = stop_figures(parts, {incident.incident: incident for incident in incidents}, sla, until)
    stopped = sum((part.bounds.picked.down for part in parts), timedelta())
    available = figure(parts)
    levels = level_figures(
        register,
        month,
        items,
        Stopped(
            counted=stopped,
            availability=available,
            positions=tuple(sorted({position for stop in stops for position in stop.entries})),
        ),
        until,
    )
    lines, stop_line = deductions_of(register, sla, month, items, parts, until)
    due = _fee(sla, month, [line for line in lines if not line.excused], stop_line)
    calendar = register.availability_calendar(first_day)
    invoice = (due.payable if after_issue.accepted_payable_yen is None else after_issue.accepted_payable_yen) + sum(
        adjustment.yen for adjustment in after_issue.adjustments
    )
    return MonthFigures(
        month=str(month),
        opening_days=len(calendar.opening_days(month)),
        opening_time=calendar.open_time(month.interval(sla.zone)),
        provisional=available.provisional,
        stops=stops,
        stopped=stopped,
        availability=available,
        levels=levels,
        breaches=sum(1 for level in levels if level.verdict is Verdict.BREACH),
        shortfalls=sum(1 for level in levels if level.shortfall and level.verdict is not Verdict.BREACH),
        deductions=tuple(line.figure for line in (*lines, *([stop_line] if stop_line is not None else []))),
        share_before_cap=Ratio.of(due.sum_of_shares),
        share=Ratio.of(due.deducted_share),
        fee_yen=sla.fee.monthly_yen,
        payable_yen=due.payable,
        tax_yen=due.taxed.tax,
        fee_working=steps(due.working),
        issued_payable_yen=after_issue.accepted_payable_yen,
        adjustments=after_issue.adjustments,
        invoice_yen=invoice,
        invoice_tax_yen=taxed(invoice, tax_terms(sla)).tax,
    )


def tax_terms(sla: Sla) -> TaxTerms:
    """How tax is computed under the contract's fee (A6, S1)."""
    return TaxTerms(rate=Fraction(sla.fee.tax_percent) / 100, fee="included" if sla.fee.includes_tax else "excluded")


def _fee(sla: Sla, month: Month, lines: Sequence[Line], stop: Line | None) -> FeeDue:
    stop_rules = [rule for rule in sla.deductions if isinstance(rule, FeeTimesAvailability)]
    return fee_due(
        sla.fee.monthly_yen,
        [_deduction_line(line) for line in lines],
        FeeTerms(
            tax=tax_terms(sla),
            stop_composition=stop_rules[0].composition if stop_rules else "share_of_full_fee",
            cap=min(Fraction(sla.terms.deduction_cap_percent) / 100, Fraction(1)),
            rounding=sla.fee.rounding,
        ),
        stop=None if stop is None else _deduction_line(stop),
        served_share=served_share_of(month, sla.term_from, sla.term_to, sla.terms.pro_rata),
    )


def _deduction_line(line: Line) -> DeductionLine:
    return DeductionLine(kind=line.figure.rule, subject=line.figure.subject, share=line.share)
