"""What changes after a report is issued: the month's figures are restated, and the money follows (C18, C20)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from slm_domain.deduction_lines import steps
from slm_domain.figures.adjustments import adjustment_of
from slm_domain.figures.money import TaxTerms
from slm_domain.month import AfterIssue
from slm_domain.month_figures import AdjustmentFigure, MonthFigures, Ratio
from slm_domain.sla import Terms

Inspection = Literal["waiting", "passed", "failed"]


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What of a month's figures is compared before and after an entry."""

    availability: Ratio | None
    stopped_microseconds: int
    breaches: int
    shortfalls: int
    share: Ratio
    payable_yen: int
    payment_yen: int = 0  # by the provider (A5)

    @classmethod
    def of(cls, figures: MonthFigures) -> "Summary":
        """The summary of a month's figures."""
        return cls(
            availability=figures.availability.ratio,
            stopped_microseconds=figures.stopped // timedelta(microseconds=1),
            breaches=figures.breaches,
            shortfalls=figures.shortfalls,
            share=figures.share,
            payable_yen=figures.payable_yen,
            payment_yen=figures.payment_yen,
        )


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """A month's report as handed in at `position`: its figures, what they are of, and its inspection."""

    month: str
    position: int
    review: str
    handed_in_at: datetime
    recorded_at: datetime
    of_position: int
    until: datetime
    rules_version: str
    figures: MonthFigures
    inspection: Inspection
    inspected_at: datetime | None


class Restatement(msgspec.Struct, frozen=True, kw_only=True):
    """An entry, recorded in `recorded_month`, that changed the figures of an issued month."""

    month: str
    position: int
    recorded_at: datetime
    recorded_month: str
    event: str
    subject: str
    before: Summary
    after: Summary

    @property
    def yen(self) -> int:
        """The change of the payable fee: negative when less is paid."""
        return self.after.payable_yen - self.before.payable_yen


def accepted(issues: Iterable[Issue], month: str) -> Issue | None:
    """The month's report that passed its inspection, if one did."""
    passed = [issue for issue in issues if issue.month == month and issue.inspection == "passed"]
    return max(passed, key=lambda issue: issue.position, default=None)


def accepted_figures(issues: Sequence[Issue]) -> dict[str, MonthFigures]:
    """The figures of every month's accepted report."""
    months = {issue.month for issue in issues}
    return {month: issue.figures for month in months if (issue := accepted(issues, month)) is not None}


class SettledAfterTerm(msgspec.Struct, frozen=True, kw_only=True):
    """What a correction changes in the fee of an accepted `month`, recorded when the contract has no month any more."""

    month: str
    recorded_month: str
    position: int
    yen: int


def settled_after_term(
    issues: Sequence[Issue], restatements: Iterable[Restatement], terms_of: Callable[[str], Terms | None]
) -> tuple[SettledAfterTerm, ...]:
    """The adjustments that no invoice of a month holds (C20): the two sides settle them beside the months' invoices.

    `terms_of` says by which terms a month is paid, None for one outside the term.
    """
    found = []
    for restatement in restatements:
        issue, terms = accepted(issues, restatement.month), terms_of(restatement.month)
        if (
            issue is not None
            and terms is not None
            and terms.money_follows_correction == "adjustment_in_month_of_correction"
            and restatement.position > issue.position
            and restatement.yen
            and terms_of(restatement.recorded_month) is None
        ):
            found.append(
                SettledAfterTerm(
                    month=restatement.month,
                    recorded_month=restatement.recorded_month,
                    position=restatement.position,
                    yen=restatement.yen,
                )
            )
    return tuple(sorted(found, key=lambda each: each.position))


def settled_as_accepted(terms: Terms) -> bool:
    """Whether what was accepted stays paid, whatever is corrected since (C20), where the provider may pay (A5)."""
    return terms.money_follows_correction == "no" and terms.stop_remedy != "deduction"


def after_issue(
    month: str,
    issues: Sequence[Issue],
    restatements: Iterable[Restatement],
    terms_of: Callable[[str], Terms],
    tax_of: Callable[[str], TaxTerms],
) -> AfterIssue:
    """What was accepted for the month, and which adjustments of earlier accepted months fall in it (C20).

    `terms_of` says by which terms a month is paid, `tax_of` by which it is taxed. Whether a correction is settled is
    for the terms of the corrected month to say: they are those that it was accepted by.
    """
    own = accepted(issues, month)
    adjustments = []
    for restatement in restatements:
        issue = accepted(issues, restatement.month)
        if (
            restatement.recorded_month == month
            and restatement.month != month
            and issue is not None
            and restatement.position > issue.position
            and restatement.yen
            and terms_of(restatement.month).money_follows_correction == "adjustment_in_month_of_correction"
        ):
            adjustments.append(_adjustment(restatement, own=tax_of(restatement.month), settling=tax_of(month)))
    return AfterIssue(
        accepted_payable_yen=None if own is None else own.figures.payable_yen,
        accepted_payment_yen=own.figures.payment_yen
        if own is not None and settled_as_accepted(terms_of(month))
        else None,
        adjustments=tuple(sorted(adjustments, key=lambda adjustment: adjustment.position)),
    )


def _adjustment(restatement: Restatement, *, own: TaxTerms, settling: TaxTerms) -> AdjustmentFigure:
    found = adjustment_of(restatement.before.payable_yen, restatement.after.payable_yen, own=own, settling=settling)
    return AdjustmentFigure(
        month=restatement.month,
        position=restatement.position,
        yen=found.yen,
        tax_yen=found.tax,
        working=steps(found.working),
    )
