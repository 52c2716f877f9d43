"""The year as the table that its README shows."""

from fractions import Fraction

from tests.joint_oracle.record import year
from tests.oracle import Line


def shown(value: Fraction, digits: int = 2) -> str:
    """A share as a percentage, cut."""
    cut = int(value * 100 * 10**digits)
    return f"{cut // 10**digits}.{cut % 10**digits:0{digits}}"


def table(lines: list[Line]) -> list[str]:
    """The rows of the README's table."""
    rows = []
    for month, told in year(lines).items():
        towns = [shown(ratio) for _, ratio in told["units"].values()]
        numbers = [told["stopped"], len(told["breached"]), told["shortfalls"]]
        shares = [f"{told[name] * 100} %" for name in ("asked", "share", "bonus")]
        yen = [f"{told[name]:,}" for name in ("payable", "payment", "invoice")]
        cells = [month, *towns, shown(told["availability"]), *map(str, numbers), *shares, *yen]
        rows.append(f"| {' | '.join(cells)} |")
    return rows
