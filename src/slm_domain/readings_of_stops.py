"""Stopped time, availability, time between failures and mean time to recover, from what was stopped (C2, T2)."""

from collections.abc import Sequence
from fractions import Fraction

from slm_domain.figures.buckets import seconds
from slm_domain.figures.periods import Interval
from slm_domain.figures.workings import Amount, Operation, step
from slm_domain.level_units import Unit
from slm_domain.mean_bounds import Lasted
from slm_domain.month_figures import Ratio
from slm_domain.readings import Reading, number_of
from slm_domain.readings_of_items import mean_of
from slm_domain.stopped import Failure, Stopped, Stops


def stopped_time(stopped: Stopped, *, over: bool) -> Reading:
    """The period's stops together. Before the period is over there can only be more."""
    counted = seconds(stopped.counted)
    return Reading(
        name="stopped",
        value=counted,
        lowest=seconds(stopped.lowest),
        highest=seconds(stopped.highest),
        least=counted,
        most=counted if over else None,
        positions=stopped.positions,
    )


def availability(stopped: Stopped, *, over: bool) -> Reading:
    """The availability over the period's base; what is to come can at best be up, at worst be down."""
    figure = stopped.availability
    value = _value(figure.ratio)
    base, lost = seconds(figure.base), _lost(stopped)
    least = value
    if value is not None and base and not over:
        least = (base - lost - seconds(figure.to_come)) / base
    return Reading(
        name="availability",
        value=value,
        lowest=_value(figure.lowest),
        highest=_value(figure.highest),
        least=least,
        most=value,
        positions=stopped.positions,
        working=(
            step(Operation.MINUS, {Amount.BASE: base, Amount.LOST: lost}, (Amount.AVAILABLE, base - lost)),
            step(
                Operation.DIVIDED_BY,
                {Amount.AVAILABLE: base - lost, Amount.BASE: base},
                (Amount.AVAILABILITY, value),
            ),
        )
        if value is not None
        else (),
    )


def time_between_failures(stops: Stops, interval: Interval, unit: Unit, *, over: bool) -> Reading:
    """The up time of the period divided by the number of its failures. Without a failure it is not missed.

    Where times are contested or known by reports only, the least up time and the most failures bound it below, the most
    up time and the fewest failures above; where there may have been none, it has no upper limit.
    """
    stopped = stops.over(interval, unit)
    possible = stops.possible_failures(interval, unit)
    number = sum(each.counted for each in possible)
    fewest, most = sum(each.certain for each in possible), len(possible)
    up = seconds(stopped.up)
    value = up / number if number else None
    return Reading(
        name="time_between_failures",
        value=value,
        lowest=seconds(stopped.least_up) / most if most else None,
        highest=seconds(stopped.most_up) / fewest if fewest else None,
        least=value if over else Fraction(0),
        most=value if over else None,
        positions=stopped.positions,
        working=(
            step(
                Operation.DIVIDED_BY,
                {Amount.AVAILABLE: up, Amount.FAILURES: number},
                (Amount.TIME_BETWEEN_FAILURES, value),
            ),
        )
        if value is not None
        else (),
        unmissed=not number and stopped.availability.ratio is not None,
    )


def mean_stop(stops: Stops, interval: Interval, unit: Unit, *, over: bool) -> Reading:
    """The mean length of the period's failures: the mean time to recover (MTTR)."""
    possible = stops.possible_failures(interval, unit)
    return mean_of(
        [
            Lasted(
                length=seconds(each.length),
                over=each.over,
                least=seconds(each.least),
                most=None if each.most is None else seconds(each.most),
                counted=each.counted,
                certain=each.certain,
            )
            for each in possible
        ],
        _positions(possible),
        over=over,
    )


def failure_count(stops: Stops, interval: Interval, unit: Unit, *, over: bool) -> Reading:
    """How many stops counted: surely those that do by every claim, at most those that do by any."""
    possible = stops.possible_failures(interval, unit)
    number, fewest = sum(each.counted for each in possible), sum(each.certain for each in possible)
    return number_of(number, _positions(possible), over=over, bounds=(fewest, len(possible)))


def _positions(failures: Sequence[Failure]) -> tuple[int, ...]:
    return tuple(sorted({position for each in failures for position in each.positions}))


def _lost(stopped: Stopped) -> Fraction:
    figure = stopped.availability
    return seconds(figure.down) if figure.lost is None else figure.lost.value


def _value(ratio: Ratio | None) -> Fraction | None:
    return None if ratio is None else ratio.value
