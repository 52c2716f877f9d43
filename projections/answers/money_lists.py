"""Why a month's deductions, payments and bonuses are what they are: line by line, then through the caps (C16, A4, A5).

Every list adds up, and goes on from the total of the one before: what the rules ask for, then what the caps leave.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from projections.answers.listed import Because, LineAnswer, ListAnswer, ListName
from slm_domain.deduction_lines import steps
from slm_domain.figures.fee_caps import Shared
from slm_domain.figures.periods import Month
from slm_domain.figures.workings import Amount, Operation, step
from slm_domain.month_figures import CapFigure, DeductionFigure, MonthFigures, Ratio, WorkingStep, excuse_of
from slm_domain.paying import fee_terms, full_fee
from slm_domain.sla import FeeTimesAvailability, Sla

_WHOLE, _NOTHING = Fraction(1), Fraction(0)


class MoneyLists:
    """The lists of one month's deductions. Shares are of its fee, and each tells its exact yen."""

    def __init__(self, sla: Sla, figures: MonthFigures) -> None:
        month = Month.parse(figures.month)
        self._figures = figures
        self._fee = full_fee(sla, month)
        self._stop_rules = {rule.code for rule in sla.deductions if isinstance(rule, FeeTimesAvailability)}
        self._stopped = tuple(sorted({at for stop in figures.stops if stop.counted for at in stop.entries}))
        stops = [Shared(kind=one.rule, share=_taken(one)) for one in figures.deductions if one.rule in self._stop_rules]
        self._left_by_stops = fee_terms(sla, month, ()).left_by(stops)

    def lists(self) -> list[ListAnswer]:
        """The deductions and what the caps leave of them; then what is paid for stops, and the bonuses."""
        figures = self._figures
        lines = [self._deduction(one) for one in figures.deductions]
        caps = [cap for cap in figures.caps if not cap.paid and cap.kind not in {"bonus", "bonuses"}]
        found = [self._list("deductions", lines, figures.share_before_cap.value)]
        if lines:
            found.append(self._capped("deducted", figures.share_before_cap.value, caps, figures.share.value))
        if figures.payment_share is not None:
            found += self._payment(figures.payment_share.value)
        if figures.bonuses:
            found += self._bonuses()
        return found

    def working(self) -> tuple[WorkingStep, ...]:
        """From the shares to exact yen; the fee is rounded once, in what is payable (C16)."""
        share = self._figures.share.value
        operands = {Amount.FULL_FEE: self._fee, Amount.DEDUCTED_SHARE: share}
        taken = steps([step(Operation.TIMES, operands, (Amount.DEDUCTED, self._fee * share))])
        return (*taken, *self._figures.payment_working)

    def _deduction(self, one: DeductionFigure) -> LineAnswer:
        """What a rule asks for. Of what the stops leave the other shares are taken (A4): that is their weight."""
        of_stops = one.rule in self._stop_rules
        weight = _WHOLE if of_stops else self._left_by_stops
        because: Because | None = None
        if one.excused:
            because = excuse_of(one)
        elif one.remedy == "payment":
            because = "paid_instead"
        elif self._is_spared(one):
            because = "spared_by_cap"
        return self._line(one, _taken(one) * weight, weight, because, self._stopped if of_stops else ())

    def _is_spared(self, one: DeductionFigure) -> bool:
        """Whether a cap leaves nothing of what the rule asks for."""
        of_rule = [cap for cap in self._figures.caps if not cap.paid and cap.kind == "rule" and cap.rule == one.rule]
        return not self._figures.share.value or any(not cap.after.value for cap in of_rule)

    def _payment(self, share: Fraction) -> list[ListAnswer]:
        """What the provider pays for its stops, under what the deductions leave of the caps (A5)."""
        stops = [one for one in self._figures.deductions if one.rule in self._stop_rules]
        if not stops:
            return []
        lines = []
        for one in stops:
            because: Because | None = None
            if one.excused:
                because = excuse_of(one)
            elif not share:
                because = "spared_by_cap"
            amount = _NOTHING if one.excused else one.share.value
            lines.append(self._line(one, amount, _WHOLE, because, self._stopped))
        cut = self._cut(cap for cap in self._figures.caps if cap.paid)
        return [self._list("payment", [*lines, *cut], share)]

    def _bonuses(self) -> list[ListAnswer]:
        figures = self._figures
        lines = [self._line(one, one.share.value, _WHOLE, None, ()) for one in figures.bonuses]
        asked = sum((one.share.value for one in figures.bonuses), _NOTHING)
        caps = [cap for cap in figures.caps if cap.kind in {"bonus", "bonuses"}]
        added = _NOTHING if figures.bonus_share is None else figures.bonus_share.value
        return [self._list("bonuses", lines, asked), self._capped("bonuses_added", asked, caps, added)]

    def _capped(self, name: ListName, asked: Fraction, caps: Iterable[CapFigure], left: Fraction) -> ListAnswer:
        """What is asked for, less what each cap spares."""
        before = LineAnswer(what=None, because="before_caps", amount=Ratio.of(asked), yen=Ratio.of(asked * self._fee))
        return self._list(name, [before, *self._cut(caps)], left)

    def _cut(self, caps: Iterable[CapFigure]) -> list[LineAnswer]:
        return [
            LineAnswer(
                what=cap.rule or None,
                because=cap.kind,
                amount=Ratio.of(-cap.spared.value),
                yen=Ratio.of(-cap.spared.value * self._fee),
            )
            for cap in caps
        ]

    def _line(
        self,
        one: DeductionFigure,
        amount: Fraction,
        weight: Fraction,
        because: Because | None,
        of_stops: tuple[int, ...],
    ) -> LineAnswer:
        return LineAnswer(
            what=f"{one.rule} {one.subject}".strip(),
            clause=one.clause,
            because=because,
            stated=one.share,
            weight=Ratio.of(weight),
            amount=Ratio.of(amount),
            yen=Ratio.of(amount * self._fee),
            working=one.working,
            entries=one.entries or of_stops,
        )

    def _list(self, name: ListName, lines: Sequence[LineAnswer], total: Fraction) -> ListAnswer:
        return ListAnswer(
            name=name,
            measured_in="share",
            lines=tuple(lines),
            total=Ratio.of(total),
            total_yen=Ratio.of(total * self._fee),
        )


def _taken(one: DeductionFigure) -> Fraction:
    """What of the share comes off the fee: nothing where it is excused, or paid instead (A5)."""
    return _NOTHING if one.excused or one.remedy == "payment" else one.share.value
