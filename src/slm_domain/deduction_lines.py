"""One line of a month's deductions or bonuses: as a figure to show, and with the exact share that reaches the fee."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

import msgspec

from slm_domain.figures.fees import DeductionLine
from slm_domain.figures.workings import Quantity, Value, Working
from slm_domain.month_figures import DeductionFigure, NamedValue, Ratio, WorkingStep
from slm_domain.sla import Bonus, DeductionRule

_PERCENT = Fraction(1, 100)
Remedy = Literal["deduction", "payment", "both"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A deduction or bonus as a figure to show, with the exact share that reaches the fee unless it is excused."""

    figure: DeductionFigure
    share: Fraction
    excused: bool

    @property
    def of_fee(self) -> DeductionLine:
        """The line as the fee is composed of it."""
        return DeductionLine(kind=self.figure.rule, subject=self.figure.subject, share=self.share)


def line(
    rule: DeductionRule | Bonus,
    subject: str,
    share: Fraction,
    working: Iterable[Working],
    positions: tuple[int, ...],
    *,
    excused: bool = False,
    freed: bool = False,
    left_measurement: bool = False,
    remedy: Remedy = "deduction",
) -> Line:
    """A line of a rule, for a subject: an incident, a call, a month. What is freed or not measured is excused."""
    excused = excused or freed or left_measurement
    figure = DeductionFigure(
        rule=rule.code,
        clause=rule.clause,
        level=rule.level,
        subject=subject,
        share=Ratio.of(share),
        excused=excused,
        working=steps(working),
        entries=positions,
        remedy=remedy,
        freed=freed,
        left_measurement=left_measurement,
    )
    return Line(figure=figure, share=share, excused=excused)


def of_percent(percent: Decimal) -> Fraction:
    """A percentage of the document as an exact share."""
    return _of_percent(percent)


@lru_cache(maxsize=512)  # the few percentages of a document, for line after line
def _of_percent(percent: Decimal) -> Fraction:
    return Fraction(percent) * _PERCENT


def steps(workings: Iterable[Working]) -> tuple[WorkingStep, ...]:
    """Workings in the shape of an answer: numbers and ratios as text, durations in ISO 8601."""
    return tuple(
        WorkingStep(
            operation=str(working.operation),
            operands=tuple(_named(operand) for operand in working.operands),
            result=_named(working.result),
        )
        for working in workings
    )


def _named(quantity: Quantity) -> NamedValue:
    return NamedValue(name=str(quantity.name), value=_text(quantity.value))


def _text(value: Value) -> str:
    if isinstance(value, timedelta):
        text: str = msgspec.to_builtins(value)
        return text
    return str(value)
