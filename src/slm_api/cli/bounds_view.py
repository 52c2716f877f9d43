"""Between which limits a measured value lies, as it is printed: "1:00 – 2:30", or without an upper limit (C23)."""

from slm_api.cli import shown
from slm_api.cli.screen import Screen
from slm_domain.figures.display import RoundedTo
from slm_domain.month_figures import LevelFigure, NamedValue

_TOLD_ELSEWHERE = {"availability", "stopped"}  # the report has them beside the availability, and stop by stop


def between(
    lowest: NamedValue | None, highest: NamedValue | None, screen: Screen, *, towards: RoundedTo = "down"
) -> str:
    """The limits; nothing where the value is exact, or there is none."""
    if lowest is None or lowest == highest:
        return ""
    upper = screen.both("上限なし", "no upper limit") if highest is None else shown.value(highest, towards=towards)
    return f"{shown.value(lowest, towards=towards)} – {upper}"


def with_bounds(figure: LevelFigure, screen: Screen, *, towards: RoundedTo = "down") -> str:
    """What was measured, and in brackets between which limits it lies: "mean 2:30 (1:00 – no upper limit)".

    Of counts that were added up over days or weeks it says the worst, too: that is what the values are held against.
    Ratios are rounded `towards` the failing side of the level (C8).
    """
    measured = shown.measured(figure.measured, screen, towards=towards)
    lowest = figure.lowest
    limits = (
        ""
        if lowest is None or lowest.name in _TOLD_ELSEWHERE
        else between(lowest, figure.highest, screen, towards=towards)
    )
    told = [each for each in (_worst(figure, screen), limits) if each]
    if not told:
        return measured
    return screen.both(f"{measured}（{'、'.join(told)}）", f"{measured} ({', '.join(told)})")


def _worst(figure: LevelFigure, screen: Screen) -> str:
    if figure.worst is None or figure.worst.value.name != "count":
        return ""
    number = shown.value(figure.worst.value)
    if figure.worst.period.endswith("/week"):
        return screen.both(f"最も悪い週で {number}", f"{number} in the worst week")
    return screen.both(f"最も悪い日で {number}", f"{number} on the worst day")
