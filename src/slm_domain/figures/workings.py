"""How a sum came about, step by step, so that a person can follow it: what x what = what.

Values, not sentences: whoever shows them words them in Japanese or English.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction

import msgspec


class Amount(StrEnum):
    """What a quantity of a working is."""

    BASE = "base"  # of availability, in exact seconds
    LOST = "lost"  # stopped time times its weight, in exact seconds
    AVAILABLE = "available"  # base - lost, in exact seconds
    AVAILABILITY = "availability"
    DUE = "due"  # the time it may take
    ELAPSED = "elapsed"
    OVER = "over"  # elapsed beyond due
    STEP = "step"
    STEPS = "steps"  # how many steps have passed, or begun
    FIRST_SHARE = "first_share"
    STEP_SHARE = "step_share"
    FURTHER_SHARE = "further_share"  # of the steps together
    OCCASIONS = "occasions"
    SHARE = "share"  # of the month's fee
    SUM_OF_SHARES = "sum_of_shares"
    CAP = "cap"
    WHOLE_FEE = "whole_fee"  # 1, as a share
    DEDUCTED_SHARE = "deducted_share"
    REMAINING_SHARE = "remaining_share"
    MONTHLY_FEE = "monthly_fee"
    SERVED_SHARE = "served_share"  # of a part month (C19)
    FULL_FEE = "full_fee"
    PAYABLE_EXACT = "payable_exact"
    PAYABLE = "payable"
    TAX_PART = "tax_part"
    TAX_EXACT = "tax_exact"
    TAX = "tax"
    NET = "net"
    GROSS = "gross"


class Operation(StrEnum):
    """What is done with the operands, from left to right."""

    PLUS = "plus"
    MINUS = "minus"
    TIMES = "times"
    DIVIDED_BY = "divided_by"
    STEPS_PASSED = "steps_passed"  # whole steps that lie strictly behind
    STEPS_STARTED = "steps_started"
    CAPPED = "capped"  # by the caps of the kinds, then by the cap of the sum
    ROUNDED_DOWN = "rounded_down"
    ROUNDED_UP = "rounded_up"
    ROUNDED_HALF_UP = "rounded_half_up"


Value = int | Fraction | timedelta  # yen or a count; a share, exact yen or exact seconds; a time


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A named value in a working."""

    name: Amount
    value: Value


class Working(msgspec.Struct, frozen=True, kw_only=True):
    """One step: the operation on the operands gives the result."""

    operation: Operation
    operands: tuple[Quantity, ...]
    result: Quantity


def step(operation: Operation, operands: Mapping[Amount, Value], result: tuple[Amount, Value]) -> Working:
    """One step, written shortly."""
    named = tuple(Quantity(name=name, value=value) for name, value in operands.items())
    return Working(operation=operation, operands=named, result=Quantity(name=result[0], value=result[1]))
