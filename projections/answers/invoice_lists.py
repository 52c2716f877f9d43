"""Why an invoice is what it is: the fee, as accepted if it was, and what corrections changed since (C18, C20)."""

from collections.abc import Iterator
from fractions import Fraction

from projections.answers.listed import Because, LineAnswer, ListAnswer
from projections.answers.record import Record
from slm_domain.figures.periods import Month
from slm_domain.month_figures import MonthFigures, Ratio
from slm_domain.restating import Restatement, accepted


def invoice_lists(record: Record, month: Month, figures: MonthFigures) -> list[ListAnswer]:
    """What the invoice adds up; and for a month corrected since it was accepted, from what was accepted to what is now.

    An accepted month stays invoiced as it was: what corrections change is settled in the months of the corrections, or
    not at all, as the contract says.
    """
    lines = [
        LineAnswer(
            what=figures.month,
            because=None if figures.issued_payable_yen is None else "as_accepted",
            amount=_yen(figures.payable_yen if figures.issued_payable_yen is None else figures.issued_payable_yen),
        ),
        *(
            LineAnswer(what=one.month, because="adjustment", amount=_yen(one.yen), entries=(one.position,))
            for one in figures.adjustments
        ),
    ]
    invoice = ListAnswer(name="invoice", measured_in="yen", lines=tuple(lines), total=_yen(figures.invoice_yen))
    since = list(_since_accepted(record, month, figures))
    changes = since[1:]  # after what was accepted
    if not changes:
        return [invoice]
    restated = ListAnswer(name="restated", measured_in="yen", lines=tuple(since), total=_yen(figures.payable_yen))
    return [invoice, restated]


def _since_accepted(record: Record, month: Month, figures: MonthFigures) -> Iterator[LineAnswer]:
    """What was accepted, and every entry since that changed the payable fee, up to what it is now."""
    issue = accepted(record.issues, figures.month)
    if issue is None or figures.issued_payable_yen is None:
        return
    known = figures.issued_payable_yen
    yield LineAnswer(what=figures.month, because="as_accepted", amount=_yen(known), entries=(issue.position,))
    settled = record.sla_of(month).terms.money_follows_correction == "adjustment_in_month_of_correction"
    for each in record.restatements:
        if each.month == figures.month and each.position > issue.position and each.yen:
            known += each.yen
            yield _corrected(record, each, settled=settled and each.recorded_month != each.month)
    if known != figures.payable_yen:
        yield LineAnswer(what=None, because="by_time_alone", amount=_yen(figures.payable_yen - known))


def _corrected(record: Record, each: Restatement, *, settled: bool) -> LineAnswer:
    has_invoice = record.register.has_served_day(Month.parse(each.recorded_month))
    by: Because = "settled_by_adjustment" if has_invoice else "settled_after_term"
    return LineAnswer(
        what=each.subject or each.month,
        because=by if settled else "not_settled",
        settled_in=each.recorded_month if settled else None,
        amount=_yen(each.yen),
        entries=(each.position,),
    )


def _yen(amount: int) -> Ratio:
    return Ratio.of(Fraction(amount))
