"""Why a month costs what it does: deductions and bonuses with their workings, and the invoice (C16, C20)."""

from fractions import Fraction

from projections.answers.listed import LineAnswer, ListAnswer
from slm_domain.figures.fee_caps import Shared
from slm_domain.figures.periods import Month
from slm_domain.month_figures import DeductionFigure, MonthFigures, Ratio
from slm_domain.paying import fee_terms
from slm_domain.sla import FeeTimesAvailability, Sla

_WHOLE, _NOTHING = Fraction(1), Fraction(0)


def deduction_lists(sla: Sla, figures: MonthFigures) -> list[ListAnswer]:
    """The shares that are taken from the fee, before the month's cap, and those of the bonuses.

    What is excused, or paid instead of taken from the fee (A5), adds nothing. Where the fee x availability rule comes
    first, the other shares are taken of what it leaves (A4): that is their weight.
    """
    rules = {rule.code for rule in sla.deductions if isinstance(rule, FeeTimesAvailability)}
    stops = [Shared(kind=one.rule, share=_taken(one)) for one in figures.deductions if one.rule in rules]
    left = fee_terms(sla, Month.parse(figures.month), ()).left_by(stops)
    stopped = tuple(sorted({at for stop in figures.stops if stop.counted for at in stop.entries}))
    lines = [
        _line(one, _taken(one), _WHOLE, stopped) if one.rule in rules else _line(one, _taken(one), left)
        for one in figures.deductions
    ]
    found = [ListAnswer(name="deductions", measured_in="share", lines=tuple(lines), total=figures.share_before_cap)]
    if figures.bonuses:
        found.append(_bonuses(figures))
    return found


def fee_lists(figures: MonthFigures) -> list[ListAnswer]:
    """What the invoice adds up: the fee payable, as accepted if it was, and the adjustments of accepted months."""
    payable = figures.payable_yen if figures.issued_payable_yen is None else figures.issued_payable_yen
    lines = [
        LineAnswer(what=figures.month, amount=Ratio.of(Fraction(payable))),
        *(
            LineAnswer(what=one.month, amount=Ratio.of(Fraction(one.yen)), entries=(one.position,))
            for one in figures.adjustments
        ),
    ]
    total = Ratio.of(Fraction(figures.invoice_yen))
    return [ListAnswer(name="invoice", measured_in="yen", lines=tuple(lines), total=total)]


def _bonuses(figures: MonthFigures) -> ListAnswer:
    """Before their caps, which the fee's working names: what they left, and what they spared."""
    lines = tuple(_line(one, one.share.value, _WHOLE) for one in figures.bonuses)
    spared = sum((cap.spared.value for cap in figures.caps if cap.kind in {"bonus", "bonuses"}), _NOTHING)
    left = _NOTHING if figures.bonus_share is None else figures.bonus_share.value
    return ListAnswer(name="bonuses", measured_in="share", lines=lines, total=Ratio.of(left + spared))


def _taken(one: DeductionFigure) -> Fraction:
    return _NOTHING if one.excused or one.remedy == "payment" else one.share.value


def _line(one: DeductionFigure, share: Fraction, weight: Fraction, of_stops: tuple[int, ...] = ()) -> LineAnswer:
    return LineAnswer(
        what=f"{one.rule} {one.subject}".strip(),
        weight=Ratio.of(weight),
        amount=Ratio.of(share * weight),
        working=one.working,
        entries=one.entries or of_stops,
    )
