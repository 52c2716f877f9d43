"""A contract's record put together from rows: the register that figures are computed from, and what was issued."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

import msgspec

from projections.answers.standpoint import Standpoint, View
from projections.availability import AgreedSla, AnnouncedStop, ClosedDays, IncidentRow, Unmeasured
from projections.catalogue import AVAILABILITY, MONTHLY_REPORT, QUALITY_LEDGER
from projections.engine.folding import AnyProjection
from projections.monthly_report import ImprovementRow, IssuedReport, RestatementRow
from projections.quality_ledger import ExemptionRow, LedgerItems, LevelRow
from slm_domain.earlier import MonthsBefore
from slm_domain.facts import FixedYear, LevelVersion, PlannedStop, SlaVersion, UnmeasuredTime
from slm_domain.figures.periods import Month
from slm_domain.items import Item, needed_from
from slm_domain.month import month_figures
from slm_domain.month_figures import MonthFigures
from slm_domain.paying import tax_terms_of, terms_of
from slm_domain.register import NothingAgreedYet, Register
from slm_domain.restating import (
    Issue,
    Restatement,
    SettledAfterTerm,
    accepted_figures,
    after_issue,
    settled_after_term,
)
from slm_domain.sla import Sla, Terms

FIGURES: tuple[AnyProjection, ...] = (AVAILABILITY, QUALITY_LEDGER, MONTHLY_REPORT)


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What figures need of a contract, at a standpoint."""

    standpoint: Standpoint
    register: Register
    items: Sequence[Item]
    issues: Sequence[Issue]
    restatements: Sequence[Restatement]
    improvements: Sequence[ImprovementRow]
    months_before: dict[datetime, MonthsBefore] = msgspec.field(default_factory=dict)  # by `until`: computed once

    def month(self, month: Month) -> MonthFigures:
        """The month's figures at the standpoint, with the adjustments that fall in it.

        Raises `NothingAgreedYet`, also for a month outside the term.
        """
        if not self.register.has_served_day(month):
            raise NothingAgreedYet(month)
        return month_figures(
            self.register,
            month,
            incidents=list(self.register.incidents.values()),
            items=self.items_of(month),
            until=self.standpoint.until,
            after_issue=after_issue(
                str(month),
                self.issues,
                self.restatements,
                partial(terms_of, self.register),
                partial(tax_terms_of, self.register),
            ),
            earlier=self._months_before().before(month),
        )

    def sla_of(self, month: Month) -> Sla:
        """The SLA in force when the month begins, or, in the first month, when the first SLA does."""
        return self.register.sla_on(_first_day(self.register, month))

    def settled_after_term(self) -> tuple[SettledAfterTerm, ...]:
        """What corrections changed in accepted months when the term was over: no month's invoice has it (C20)."""
        return settled_after_term(self.issues, self.restatements, self._terms_of)

    def _terms_of(self, month: str) -> Terms | None:
        asked = Month.parse(month)
        return self.sla_of(asked).terms if self.register.has_served_day(asked) else None

    def items_of(self, month: Month) -> list[Item]:
        """The items that the month's figures need: its own, and for longer periods also those before."""
        first = {level: needed_from(self.register, level, month) for level in self.register.levels}
        last = self.register.days_of(month).last
        return [item for item in self.items if first[item.level] <= item.day <= last]

    def _months_before(self) -> MonthsBefore:
        until = self.standpoint.until
        known = self.months_before.get(until)
        if known is None:
            issued = accepted_figures(self.issues)
            known = self.months_before[until] = MonthsBefore(self.register, self.items_of, issued, until)
        return known


async def record_of(found: View) -> Record:
    """The record from the rows of `FIGURES`."""
    register = await agreement_of(found)
    for year in await found.rows(ClosedDays):
        register.fix_year(FixedYear(fiscal_year=year.fiscal_year, closed=year.closed, position=year.position))
    for stop in await found.rows(AnnouncedStop):
        register.planned_stops[stop.planned_stop] = PlannedStop(
            planned_stop=stop.planned_stop,
            ground=stop.ground,
            told_at=stop.told_at,
            unreachable=stop.unreachable,
            starts_at=stop.starts_at,
            ends_at=stop.ends_at,
            systems=stop.systems,
            organisations=stop.organisations,
            position=stop.position,
        )
    for gap in await found.rows(Unmeasured):
        register.unmeasured[gap.unmeasured] = UnmeasuredTime(
            unmeasured=gap.unmeasured,
            side=gap.side,
            starts_at=gap.starts_at,
            ends_at=gap.ends_at,
            systems=gap.systems,
            position=gap.position,
        )
    for incident in await found.rows(IncidentRow):
        register.incidents[incident.incident] = incident.facts
    for level in sorted(await found.rows(LevelRow), key=lambda row: row.position):  # the order of the SLA document
        register.levels.setdefault(level.level, []).append(
            LevelVersion(
                level=level.level,
                effective_from=level.effective_from,
                definition=level.definition,
                revision=level.revision,
                review=level.review,
                position=level.position,
            )
        )
    for exemption in await found.rows(ExemptionRow):
        register.exemptions[exemption.level, exemption.exemption] = exemption.fact
    return Record(
        standpoint=found.standpoint,
        register=register,
        items=sorted((item for row in await found.rows(LedgerItems) for item in row.items), key=_place),
        issues=[_issue(row) for row in await found.rows(IssuedReport)],
        restatements=[_restatement(row) for row in await found.rows(RestatementRow)],
        improvements=await found.rows(ImprovementRow),
    )


async def agreement_of(found: View) -> Register:
    """A register with the agreed SLAs alone, from the rows of `AVAILABILITY`."""
    register = Register()
    register.slas += [
        SlaVersion(
            number=sla.number,
            effective_from=sla.effective_from,
            sla=sla.sla,
            digest=sla.digest,
            position=sla.position,
        )
        for sla in await found.rows(AgreedSla)
    ]
    return register


def _place(item: Item) -> tuple[str, str, int]:
    return item.level, item.month, item.positions[0]


def _first_day(register: Register, month: Month) -> date:
    first = register.days_of(month).first
    return max(first, min((version.effective_from for version in register.slas), default=first))


def _issue(row: IssuedReport) -> Issue:
    return Issue(
        month=row.month,
        position=row.position,
        review=row.review,
        handed_in_at=row.handed_in_at,
        recorded_at=row.recorded_at,
        of_position=row.of_position,
        until=row.until,
        rules_version=row.rules_version,
        figures=row.figures,
        inspection=row.inspection,
        inspected_at=row.inspected_at,
    )


def _restatement(row: RestatementRow) -> Restatement:
    return Restatement(
        month=row.month,
        position=row.position,
        recorded_at=row.recorded_at,
        recorded_month=row.recorded_month,
        event=row.event,
        subject=row.subject,
        before=row.before,
        after=row.after,
    )
