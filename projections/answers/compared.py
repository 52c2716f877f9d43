"""A month beside the month before it and the same month last year: availability, stops, breaches and what is paid."""

from datetime import timedelta

import msgspec

from projections.answers.record import Record
from slm_domain.figures.change import Measured, change
from slm_domain.figures.periods import MONTHS_OF_A_YEAR, Month
from slm_domain.month_figures import AvailabilityFigure, MonthFigures, Ratio
from slm_domain.register import NothingAgreedYet


class MonthComparison(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier month as it stands at the standpoint, and the change from it.

    `points` are percentage points, exact and as shown (C8); None where one of the two months has no figure.
    `more_payable_yen` is None where the yen of one month have the tax inside, and those of the other have not (A6).
    """

    month: str
    ratio: Ratio | None
    shown: str | None
    stopped: timedelta
    breaches: int
    payable_yen: int
    points: Ratio | None
    points_shown: str | None
    more_stopped: timedelta
    more_breaches: int
    more_payable_yen: int | None


def month_before(record: Record, month: Month, figures: MonthFigures) -> MonthComparison | None:
    """The month compared with the one before it; None where that one lies before the agreement or outside the term."""
    return _compared(record, month.previous, figures)


def year_before(record: Record, month: Month, figures: MonthFigures) -> MonthComparison | None:
    """The same with the same month last year."""
    return _compared(record, month.plus(-MONTHS_OF_A_YEAR), figures)


def _compared(record: Record, earlier: Month, figures: MonthFigures) -> MonthComparison | None:
    try:
        before = record.month(earlier)
    except NothingAgreedYet:
        return None
    alike = len({record.sla_of(month).fee.includes_tax for month in (earlier, Month.parse(figures.month))}) == 1
    changed = change(_measured(before.availability), _measured(figures.availability))
    return MonthComparison(
        month=before.month,
        ratio=before.availability.ratio,
        shown=before.availability.shown,
        stopped=before.stopped,
        breaches=before.breaches,
        payable_yen=before.payable_yen,
        points=None if changed is None else Ratio.of(changed.points),
        points_shown=None if changed is None else changed.shown,
        more_stopped=figures.stopped - before.stopped,
        more_breaches=figures.breaches - before.breaches,
        more_payable_yen=figures.payable_yen - before.payable_yen if alike else None,
    )


def _measured(figure: AvailabilityFigure) -> Measured:
    return Measured(share=None if figure.ratio is None else figure.ratio.value, down=figure.down)
