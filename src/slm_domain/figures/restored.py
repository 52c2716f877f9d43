"""How much of what an outage affected is back (J1)."""

from fractions import Fraction


class ImpossibleRestorationError(ValueError):
    """More was said to be restored than was affected, or less than nothing."""

    def __init__(self, restored: int, affected: int) -> None:
        super().__init__(f"{restored} of {affected} cannot be restored")
        self.restored = restored
        self.affected = affected


def restored_share(restored: int, affected: int) -> Fraction | None:
    """How much of what was affected is back: 315 of 453 systems (J1). None where nothing was affected.

    Raises `ImpossibleRestorationError`.
    """
    if not 0 <= restored <= affected:
        raise ImpossibleRestorationError(restored, affected)
    return Fraction(restored, affected) if affected else None
