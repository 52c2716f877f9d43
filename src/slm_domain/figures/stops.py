"""When the stops of a month reach the fee (S8, S45, C11, A2)."""

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction

import msgspec

from slm_domain.figures.buckets import seconds
from slm_domain.figures.downtime import Downtime
from slm_domain.figures.workings import Amount, Operation, Working, step

_NONE = timedelta()


class StopTotal(msgspec.Struct, frozen=True, kw_only=True):
    """The month's stopped time against the threshold that it must pass before it touches the fee.

    A partial stop takes as long as a full one to pass the threshold; its weight tells in the availability.
    """

    stopped: timedelta
    threshold: timedelta | None
    passed: bool
    base: timedelta
    lost: Fraction  # exact seconds
    availability: Fraction | None

    @property
    def share(self) -> Fraction:
        """1 - availability once the threshold is passed, for all of the stopped time (S45); otherwise nothing."""
        if not self.passed or self.availability is None:
            return Fraction(0)
        return 1 - self.availability

    @property
    def working(self) -> tuple[Working, ...]:
        """How the share comes about; empty if the stops do not touch the fee."""
        if not self.passed or self.availability is None:
            return ()
        base = seconds(self.base)
        return (
            step(Operation.MINUS, {Amount.BASE: base, Amount.LOST: self.lost}, (Amount.AVAILABLE, base - self.lost)),
            step(
                Operation.DIVIDED_BY,
                {Amount.AVAILABLE: base - self.lost, Amount.BASE: base},
                (Amount.AVAILABILITY, self.availability),
            ),
            step(
                Operation.MINUS,
                {Amount.WHOLE_FEE: Fraction(1), Amount.AVAILABILITY: self.availability},
                (Amount.SHARE, self.share),
            ),
        )


def stop_total(parts: Iterable[Downtime], threshold: timedelta | None, *, to_come: timedelta = _NONE) -> StopTotal:
    """Add up the month's counted stops, where an SLA's change splits it those of every part (C7).

    The threshold is passed strictly: exactly 60 minutes keep the fee, 61 do not. Which occurrences are stops was
    decided by `DowntimeTerms.min_stop`. Without a threshold any stopped time counts. `to_come` are opening hours after
    the instant of judgement: they belong to the base.
    """
    figures = tuple(parts)
    down = sum((figure.down for figure in figures), _NONE)
    base = sum((figure.base for figure in figures), to_come)
    lost = sum((figure.buckets.lost for figure in figures), Fraction(0))
    measured = base > _NONE and (to_come > _NONE or any(figure.availability is not None for figure in figures))
    return StopTotal(
        stopped=down,
        threshold=threshold,
        passed=down > (threshold if threshold is not None else _NONE),
        base=base,
        lost=lost,
        availability=(seconds(base) - lost) / seconds(base) if measured else None,
    )
