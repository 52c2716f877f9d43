"""How much of what an outage affected is back (J1)."""

from fractions import Fraction

import pytest

from slm_domain.figures.restored import ImpossibleRestorationError, restored_share


def test_what_is_restored_is_a_share_of_what_was_affected() -> None:
    assert restored_share(315, 453) == Fraction(105, 151)
    assert restored_share(0, 0) is None
    with pytest.raises(ImpossibleRestorationError, match="cannot be restored"):
        restored_share(454, 453)
