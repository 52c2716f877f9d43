"""How a share and its seconds changed from one period to another."""

from datetime import timedelta
from fractions import Fraction

import msgspec

from slm_domain.figures.display import decimal

_PER_CENT = 100


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """The availability of a period: the exact share (None where there is no figure), and the time that was down."""

    share: Fraction | None
    down: timedelta


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """From the earlier period to the later: `points` are percentage points, exact; more `down` is worse.

    `down` is None where the two times are not alike: of a service and of several units, or of other weights.
    """

    points: Fraction
    down: timedelta | None

    @property
    def shown(self) -> str:
        """The percentage points with their sign and two digits, rounded towards the failing side (C8): "+0.10"."""
        shown = decimal(self.points, digits=2, towards="down")
        return shown if shown.startswith("-") else f"+{shown}"


def change(earlier: Measured, later: Measured, *, alike: bool = True) -> Change | None:
    """What changed; None where one of the two has no figure (C6): a difference to nothing is none.

    `alike`: an hour down counts for as much in one as in the other.
    """
    if earlier.share is None or later.share is None:
        return None
    points = (later.share - earlier.share) * _PER_CENT
    return Change(points=points, down=later.down - earlier.down if alike else None)
