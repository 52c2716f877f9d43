"""Availability by periods of any length, and over windows that roll to any instant (C2, C5, C7, C15)."""

from datetime import datetime, timedelta

import msgspec

from projections.answers.periods import USUAL, Asked, Period, periods_of, windows_of
from projections.answers.record import FIGURES, record_of
from projections.answers.standpoint import NOW, AsOf, Source, Standpoint, view
from slm_domain.figures.periods import Interval
from slm_domain.month_figures import AvailabilityFigure, Ratio
from slm_domain.sla import Words
from slm_domain.windows import Budget, Windows


class BudgetAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An error budget in exact seconds, by the guarantee of a level; `left` is negative once it is overdrawn.

    `burn_rate` 1 spends just the budget by the window's end; None where there is no rate.
    """

    level: str
    guaranteed: Ratio
    allowed: Ratio
    used: Ratio
    left: Ratio
    burn_rate: Ratio | None


class ComparisonAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier period, and the change from it: percentage points exact and as shown (C8), and more time down.

    The change is None where one of the two has no figure, `more_down` also where the times of both are not alike: of
    units with other weights, or of the service and of units. `cut` says that the earlier one lies only partly in the
    term.
    """

    window: str
    starts_at: datetime
    ends_at: datetime
    cut: bool
    ratio: Ratio | None
    shown: str | None
    down: timedelta
    points: Ratio | None
    points_shown: str | None
    more_down: timedelta | None


class WindowAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Availability over an interval. `window` names a period ("2025-04", "2025-Q1") or a window that rolls to its end.

    A period that the contract's term cuts runs from `starts_at` to `ends_at` all the same: `cut_at_start` and
    `cut_at_end` say where it was cut. One that is `running` has not ended at the standpoint: what is to come belongs to
    its base.
    """

    window: str
    starts_at: datetime
    ends_at: datetime
    cut_at_start: bool
    cut_at_end: bool
    running: bool
    figure: AvailabilityFigure
    budget: BudgetAnswer | None
    previous: ComparisonAnswer | None
    year_before: ComparisonAnswer | None


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the periods asked for have no row: outside the contract's term, or not begun at the standpoint."""

    outside_term: int
    not_begun: int


class AvailabilityAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How available the system was, period by period (`by` says of which kind), and over windows that roll to `at`."""

    standpoint: Standpoint
    title: Words
    term_starts_at: datetime
    term_ends_at: datetime
    by: str | None
    at: datetime
    periods: tuple[WindowAnswer, ...]
    left_out: LeftOut
    windows: tuple[WindowAnswer, ...]


async def availability(source: Source, contract: str, as_of: AsOf = NOW, asked: Asked = USUAL) -> AvailabilityAnswer:
    """Availability at a standpoint.

    Raises `UnknownContract`, `NoSuchPosition`, `NothingAgreedYet`, `TooManyPeriods`, `EndsLaterThanKnown`.
    """
    async with view(source, contract, as_of, FIGURES) as found:
        record = await record_of(found)
    register, until = record.register, record.standpoint.until
    windows = Windows(register, until)
    periods, left_out = periods_of(register, asked, until)
    rolling, at = windows_of(register, asked, until)
    term = windows.term
    return AvailabilityAnswer(
        standpoint=record.standpoint,
        title=register.slas[-1].sla.title,
        term_starts_at=term.start,
        term_ends_at=term.end,
        by=asked.kind,
        at=at,
        periods=tuple(_answer(windows, each, until) for each in periods),
        left_out=LeftOut(outside_term=left_out.outside_term, not_begun=left_out.not_begun),
        windows=tuple(_answer(windows, each, until) for each in rolling),
    )


def budget_answer(found: Budget | None) -> BudgetAnswer | None:
    """The budget as it is answered."""
    if found is None:
        return None
    budget = found.budget
    return BudgetAnswer(
        level=found.level,
        guaranteed=Ratio.of(found.guaranteed),
        allowed=Ratio.of(budget.allowed),
        used=Ratio.of(budget.used),
        left=Ratio.of(budget.left),
        burn_rate=None if budget.burn_rate is None else Ratio.of(budget.burn_rate),
    )


def comparison(windows: Windows, earlier: Period | None, interval: Interval) -> ComparisonAnswer | None:
    """The change from an earlier period to the interval; None where no such period lies in the term."""
    inside = None if earlier is None else earlier.interval.clipped(windows.term)
    if earlier is None or inside is None:
        return None
    figure, changed = windows.figure(inside), windows.change(inside, interval)
    return ComparisonAnswer(
        window=earlier.name,
        starts_at=inside.start,
        ends_at=inside.end,
        cut=inside != earlier.interval,
        ratio=figure.ratio,
        shown=figure.shown,
        down=figure.down,
        points=None if changed is None else Ratio.of(changed.points),
        points_shown=None if changed is None else changed.shown,
        more_down=None if changed is None else changed.down,
    )


def _answer(windows: Windows, period: Period, until: datetime) -> WindowAnswer:
    inside = period.interval.clipped(windows.term)
    shown = period.interval if inside is None else inside
    return WindowAnswer(
        window=period.name,
        starts_at=shown.start,
        ends_at=shown.end,
        cut_at_start=shown.start != period.interval.start,
        cut_at_end=shown.end != period.interval.end,
        running=until < shown.end,
        figure=windows.figure(period.interval),
        budget=budget_answer(windows.budget(period.interval)),
        previous=comparison(windows, period.previous, period.interval),
        year_before=comparison(windows, period.year_before, period.interval),
    )
