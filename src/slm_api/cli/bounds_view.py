"""Between which limits a measured value lies, as it is printed: "1:00 – 2:30", or without an upper limit (C23)."""

from fractions import Fraction

from slm_api.cli import shown
from slm_api.cli.screen import Screen
from slm_domain.figures.display import RoundedTo
from slm_domain.figures.workings import Amount
from slm_domain.level_units import EVERYTHING, whole_of
from slm_domain.month_figures import LevelFigure, NamedValue, Ratio
from slm_domain.sla import Measure


def between(
    lowest: NamedValue | None, highest: NamedValue | None, screen: Screen, *, towards: RoundedTo = "down"
) -> str:
    """The limits; nothing where the value is exact, or there is none."""
    if lowest is None or lowest == highest:
        return ""
    if highest is not None and lowest.name == Amount.AVAILABILITY:
        return " – ".join(shown.apart(*(Ratio.of(Fraction(each.value)) for each in (lowest, highest))))
    against_due = lowest.name == "latest_against_due"  # which reads as ahead or late, and not as a sign
    lower, upper = (
        shown.measured(each, screen) if against_due else shown.value(each, towards=towards)
        for each in (lowest, highest)
    )
    return f"{lower} – {screen.both('上限なし', 'no upper limit') if highest is None else upper}"


def with_bounds(figure: LevelFigure, screen: Screen, measure: Measure | None = None) -> str:
    """What was measured, and in brackets between which limits it lies: "mean 2:30 (1:00 – no upper limit)".

    Of counts that were added up over days or weeks it says the worst, too: that is what the values are held against.
    By the level's `measure` ratios are rounded towards its failing side (C8), and the limits of the month's own
    availability and stopped time are left out: the report has them beside the availability, and stop by stop.
    """
    towards: RoundedTo = "down" if measure is None else shown.failing_side(measure.kind)
    measured = shown.measured(figure.measured, screen, towards=towards)
    told_elsewhere = measure is not None and _is_of_the_month(measure)
    limits = "" if told_elsewhere else between(figure.lowest, figure.highest, screen, towards=towards)
    told = [each for each in (_worst(figure, screen), limits) if each]
    if not told:
        return measured
    return screen.both(f"{measured}（{'、'.join(told)}）", f"{measured} ({', '.join(told)})")


def _is_of_the_month(measure: Measure) -> bool:
    """Whether it is the contract's own stopped time or availability in the month."""
    if measure.kind not in {"stopped_time_at_most", "availability_at_least"}:
        return False
    return measure.period in {None, "month"} and measure.per == "contract" and whole_of(measure) == EVERYTHING


def _worst(figure: LevelFigure, screen: Screen) -> str:
    if figure.worst is None or figure.worst.value.name != "count":
        return ""
    number = shown.value(figure.worst.value)
    if figure.worst.period.endswith("/week"):
        return screen.both(f"最も悪い週で {number}", f"{number} in the worst week")
    return screen.both(f"最も悪い日で {number}", f"{number} on the worst day")
