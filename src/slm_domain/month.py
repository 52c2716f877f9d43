"""The figures of a month, from the register's facts and the items judged: stops, levels, deductions, money."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

import msgspec

from slm_domain.achieving import bonuses_of
from slm_domain.availability import (
    figure,
    stretches,
    unit_figures,
)
from slm_domain.charged_levels import ChargedLevels
from slm_domain.charged_month import ChargedMonth, EarlierMonth
from slm_domain.charged_stops import MonthStops
from slm_domain.deducting import deductions_of
from slm_domain.deduction_lines import steps
from slm_domain.facts import IncidentFacts
from slm_domain.figures.adjustments import Adjustment
from slm_domain.figures.invoice import invoice_due
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import Interval, Month
from slm_domain.items import Item, by_level
from slm_domain.level_figures import level_figures
from slm_domain.month_figures import AdjustmentFigure, LevelFigure, MonthFigures, Ratio, UnitAvailability
from slm_domain.paying import damages_cap_yen, paid, tax_terms
from slm_domain.register import Register
from slm_domain.sla import Sla
from slm_domain.stopped import Stops, stopped_of
from slm_domain.stops import stop_figures


class AfterIssue(msgspec.Struct, frozen=True, kw_only=True):
    """What was issued before: this month's payable as accepted, and the adjustments that fall in it (C20).

    `accepted_payment_yen` is what the provider pays, where no correction changes it any more.
    """

    accepted_payable_yen: int | None = None
    accepted_payment_yen: int | None = None
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
    earlier: Sequence[EarlierMonth] = (),
    kept: Mapping[str, LevelFigure] = MappingProxyType({}),
) -> MonthFigures:
    """The month's figures as they stand at `until`.

    `incidents` are at least those that touch the periods that the month tells of, `items` those that
    `items.needed_from` names. `earlier` are the months before, which a rule that looks back needs
    (`slm_domain.earlier`), `kept` the results of levels that are known to be as they would come out. Raises
    `NothingAgreedYet` for a month before the first SLA.
    """
    days, interval = register.days_of(month), register.interval_of(month)
    first_day = max(days.first, min((version.effective_from for version in register.slas), default=days.first))
    sla = register.sla_on(first_day)
    served = msgspec.structs.replace(days, first=max(days.first, sla.term_from), last=min(days.last, sla.term_to))
    parts = stretches(register, incidents, interval, until)
    stops = stop_figures(parts, {incident.incident: incident for incident in incidents}, sla, until)
    stopped = sum((part.bounds.picked.down for part in parts), timedelta())
    available = figure(parts)
    known = Stops(register, incidents, until)
    positions = tuple(sorted({position for stop in stops for position in stop.entries}))
    known.know(interval, stopped_of(parts, positions))
    as_charged = ChargedLevels(register, incidents, until)
    of_each = by_level(items)
    found = level_figures(register, month, of_each, known, until, kept)
    levels = tuple(as_charged.told(month, level) for level in found)
    charged = ChargedMonth(
        register=register,
        sla=sla,
        month=month,
        until=until,
        items=of_each,
        levels={level.level: level for level in levels},
        stops=MonthStops(register, incidents, interval, until, parts),
        as_charged=as_charged,
        earlier=earlier,
    )
    deductions, bonuses = deductions_of(charged), bonuses_of(charged)
    money = paid(charged, deductions, bonuses)
    due = money.due
    calendar = register.availability_calendar(first_day)
    invoice = invoice_due(
        due.payable,
        due.taxed.tax,
        tax_terms(sla),
        accepted=after_issue.accepted_payable_yen,
        adjustments=[Adjustment(yen=each.yen, tax=each.tax_yen) for each in after_issue.adjustments],
    )
    return MonthFigures(
        month=str(month),
        opening_days=len(calendar.opening_days(served)),
        opening_time=calendar.open_time(served.interval(register.zone)),
        provisional=available.provisional,
        stops=stops,
        stopped=stopped,
        availability=available,
        levels=levels,
        breaches=sum(1 for level in levels if level.verdict is Verdict.BREACH),
        shortfalls=sum(1 for level in levels if level.shortfall and level.verdict is not Verdict.BREACH),
        deductions=tuple(line.figure for line in (*deductions.lines, *deductions.stops)),
        share_before_cap=Ratio.of(due.sum_of_shares),
        share=Ratio.of(due.deducted_share),
        fee_yen=sla.fee.monthly_yen,
        payable_yen=due.payable,
        tax_yen=due.taxed.tax,
        fee_working=steps(due.working),
        issued_payable_yen=after_issue.accepted_payable_yen,
        adjustments=after_issue.adjustments,
        invoice_yen=invoice.amount,
        invoice_tax_yen=invoice.tax,
        invoice_working=steps(invoice.working),
        bonuses=tuple(line.figure for line in bonuses),
        bonus_share=Ratio.of(due.bonus_share) if sla.bonuses else None,
        payment_yen=money.payment,
        payment_working=money.payment_working,
        payment_share=money.payment_share,
        caps=money.caps,
        damages_cap_yen=damages_cap_yen(sla),
        issued_payment_yen=after_issue.accepted_payment_yen,
        organisations=_organisations(register, sla, incidents, interval, until),
    )


def _organisations(
    register: Register, sla: Sla, incidents: Sequence[IncidentFacts], interval: Interval, until: datetime
) -> tuple[UnitAvailability, ...]:
    """In a joint contract every figure exists for each organisation (C24)."""
    if len(sla.municipality.organisations) == 1:
        return ()
    return unit_figures(register, incidents, interval, until, "organisations")
