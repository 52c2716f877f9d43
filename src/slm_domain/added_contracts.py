"""What several contracts come to together: exact seconds added, no contract louder for the weights it agreed (C7, K1).

Weights agreed inside one contract mean nothing outside it. A contract whose figure adds weighted units counts with its
own opening hours: all of its weighted seconds are scaled so that their opening time is that of the contract.
"""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

import msgspec

from slm_domain.availability import Stretch, ratios
from slm_domain.figures.buckets import Buckets, seconds
from slm_domain.figures.display import percent
from slm_domain.month_figures import Ratio

_ALL = Fraction(1)
_NOTHING = Fraction(0)


class AddedFigure(msgspec.Struct, frozen=True, kw_only=True):
    """Availability of several contracts or units together, its times in exact seconds (C2, C7).

    The fields are those of a contract's own figure: `lost` is the stopped time times its weight, `ratio` is None where
    there is no figure (C6), `shown` is rounded towards the failing side (C8).
    """

    base: Ratio
    up: Ratio
    down: Ratio
    excluded: Ratio
    unmeasured: Ratio
    outside_hours: Ratio
    to_come: Ratio
    lost: Ratio
    ratio: Ratio | None
    shown: str | None
    lowest: Ratio | None
    highest: Ratio | None
    if_removed: Ratio | None
    if_counted_as_up: Ratio | None
    if_nothing_excluded: Ratio | None
    provisional: bool


def added_up(parts: Sequence[Stretch]) -> AddedFigure:
    """The seconds of the parts added, each with its own opening hours; no figure where there are none (C6)."""
    found = [(part, part.buckets(), own_hours(part)) for part in parts]

    def over(name: str) -> Ratio:
        return Ratio.of(sum((seconds(getattr(of, name)) * scale for _, of, scale in found), _NOTHING))

    together = ratios(parts, own_hours)
    return AddedFigure(
        base=Ratio.of(sum((seconds(part.base) * scale for part, _, scale in found), _NOTHING)),
        up=over("up"),
        down=over("down"),
        excluded=over("excluded"),
        unmeasured=over("unmeasured"),
        outside_hours=Ratio.of(sum((seconds(_outside(part)) for part in parts), _NOTHING)),
        to_come=Ratio.of(sum((seconds(part.to_come) * scale for part, _, scale in found), _NOTHING)),
        lost=Ratio.of(sum((of.lost * scale for _, of, scale in found), _NOTHING)),
        ratio=_told(together.picked),
        shown=None if together.picked is None else percent(together.picked, digits=2, towards="down"),
        lowest=_told(together.lowest),
        highest=_told(together.highest),
        if_removed=_told(together.if_removed),
        if_counted_as_up=_told(together.if_counted_as_up),
        if_nothing_excluded=_told(together.if_nothing_excluded),
        provisional=any(portion.bounds.picked.provisional for part in parts for portion in part.portions),
    )


def own_hours(part: Stretch) -> Fraction:
    """By what the weighted seconds of a contract's units are multiplied so that they are as many as its opening hours.

    1 where the figure adds no units; also where these are never open, for then there is nothing to scale.
    """
    if not part.units:
        return _ALL
    of_units = _open(part.buckets()) + seconds(part.to_come)
    of_contract = _open(part.service.bounds.picked.buckets) + seconds(part.service.to_come)
    return of_contract / of_units if of_units else _ALL


def _outside(part: Stretch) -> timedelta:
    """The time outside opening hours: of a contract that adds units its own, so that its buckets sum to the period."""
    buckets = part.service.bounds.picked.buckets if part.units else part.buckets()
    return buckets.outside_hours


def _open(buckets: Buckets) -> Fraction:
    return seconds(buckets.open_time)


def _told(value: Fraction | None) -> Ratio | None:
    return None if value is None else Ratio.of(value)
