"""Figures as people read them. Nothing is rounded into a pass (C8); nothing is a float."""

from datetime import timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Literal

RoundedTo = Literal["down", "up"]

NO_FIGURE = "算定不能"  # neither 0 % nor 100 % (C6)

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


def percent(share: Fraction | None, *, digits: int, towards: RoundedTo) -> str:
    """The share in percent, without the sign, with so many decimal digits: 10920/11025 -> "99.04".

    Rounded towards the failing side (C8): "down" for an item that wants at least, "up" for one that wants at most.
    """
    if share is None:
        return NO_FIGURE
    return decimal(share * 100, digits=digits, towards=towards)


def decimal(value: Fraction, *, digits: int, towards: RoundedTo) -> str:
    """The value with so many decimal digits, rounded down or up."""
    scaled = value * 10**digits
    whole = floor(scaled) if towards == "down" else ceil(scaled)
    sign, figures = ("-" if whole < 0 else ""), f"{abs(whole):0{digits + 1}}"
    return f"{sign}{figures[:-digits]}.{figures[-digits:]}" if digits else f"{sign}{figures}"


def hours_minutes(length: timedelta) -> str:
    """Hours and minutes, "1:45", and what is left of a minute where there is any, "1:45:30"."""
    if length < timedelta():
        return f"-{hours_minutes(-length)}"
    hours, rest = divmod(length, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    shown = f"{hours}:{minutes:02}"
    if not rest:
        return shown
    return f"{shown}:{rest.seconds:02}" + (f".{rest.microseconds:06}".rstrip("0") if rest.microseconds else "")


def minutes(length: timedelta, *, towards: RoundedTo) -> str:
    """Minutes in whole ones, or with two digits where there is a part of one: "105", "105.50"."""
    exact = Fraction(length // timedelta(microseconds=1), 60_000_000)
    whole = exact.denominator == 1
    return decimal(exact, digits=0 if whole else 2, towards=towards)


def yen(amount: int) -> str:
    """Whole yen with its thousands apart: "1,000,000"."""
    return f"{amount:,}"
