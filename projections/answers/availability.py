"""Availability by month, over rolling windows, and of the fiscal year to date (C2, C7)."""

import msgspec

from projections.answers.record import FIGURES, Record, record_of
from projections.answers.standpoint import NOW, AsOf, Source, Standpoint, view
from slm_domain.availability import availability as availability_of
from slm_domain.figures.local_time import local_date
from slm_domain.figures.periods import Interval, last_days, last_months
from slm_domain.month_figures import AvailabilityFigure
from slm_domain.sla import Words

ROLLING_DAYS = (7, 30, 90)


class WindowAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Availability over an interval. `window` is a month ("2025-04") or names a window that ends at `until`."""

    window: str
    starts_at: str
    ends_at: str
    figure: AvailabilityFigure


class AvailabilityAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How available the system was, month by month and over the windows that end at the standpoint."""

    standpoint: Standpoint
    title: Words
    months: tuple[WindowAnswer, ...]
    windows: tuple[WindowAnswer, ...]


async def availability(source: Source, contract: str, as_of: AsOf = NOW) -> AvailabilityAnswer:
    """Availability at a standpoint. Raises `UnknownContract`, `NoSuchPosition`, `NothingAgreedYet`."""
    async with view(source, contract, as_of, FIGURES) as found:
        record = await record_of(found)
    register, until = record.register, record.standpoint.until
    zone = register.zone
    year = register.fiscal_year_of(register.month_of(local_date(until, zone))).interval(zone)
    windows = {f"last_{days}_days": last_days(until, days, zone) for days in ROLLING_DAYS}
    windows["last_12_months"] = last_months(until, 12, zone)
    if year.start < until:
        windows["fiscal_year_to_date"] = Interval(year.start, until)
    return AvailabilityAnswer(
        standpoint=record.standpoint,
        title=register.slas[-1].sla.title,
        months=tuple(_window(record, str(month), register.interval_of(month)) for month in register.months(until)),
        windows=tuple(_window(record, name, interval) for name, interval in windows.items()),
    )


def _window(record: Record, name: str, interval: Interval) -> WindowAnswer:
    incidents = list(record.register.incidents.values())
    return WindowAnswer(
        window=name,
        starts_at=interval.start.isoformat(),
        ends_at=interval.end.isoformat(),
        figure=availability_of(record.register, incidents, interval, record.standpoint.until),
    )
