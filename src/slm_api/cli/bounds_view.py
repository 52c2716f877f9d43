"""Between which limits a measured value lies, as it is printed: "1:00 – 2:30", or without an upper limit (C23)."""

from slm_api.cli import shown
from slm_api.cli.screen import Screen
from slm_domain.month_figures import LevelFigure, NamedValue

_TOLD_ELSEWHERE = {"availability", "stopped"}  # the report has them beside the availability, and stop by stop


def between(lowest: NamedValue | None, highest: NamedValue | None, screen: Screen) -> str:
    """The limits; nothing where the value is exact, or there is none."""
    if lowest is None or lowest == highest:
        return ""
    upper = screen.both("上限なし", "no upper limit") if highest is None else shown.value(highest)
    return f"{shown.value(lowest)} – {upper}"


def with_bounds(figure: LevelFigure, screen: Screen) -> str:
    """What was measured, and in brackets between which limits it lies: "mean 2:30 (1:00 – no upper limit)"."""
    measured = shown.measured(figure.measured, screen)
    lowest = figure.lowest
    limits = "" if lowest is None or lowest.name in _TOLD_ELSEWHERE else between(lowest, figure.highest, screen)
    if not limits:
        return measured
    return screen.both(f"{measured}（{limits}）", f"{measured} ({limits})")
