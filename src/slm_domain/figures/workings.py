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
    UP = "up"  # of the base, and so are those that follow, in exact seconds
    DOWN = "down"
    EXCLUDED = "excluded"  # where it stays in the base
    UNMEASURED = "unmeasured"  # likewise
    TO_COME = "to_come"
    AVAILABLE = "available"  # base - lost, in exact seconds
    AVAILABILITY = "availability"
    ITEM = "item"  # what one item brings: its length, or its part of a ratio
    PART = "part"  # of a ratio: so many of the whole
    WHOLE = "whole"
    RATIO = "ratio"
    TOGETHER = "together"  # lengths added up, in exact seconds
    FINISHED = "finished"  # how many lengths
    MEAN = "mean"  # in exact seconds
    FAILURES = "failures"
    TIME_BETWEEN_FAILURES = "time_between_failures"  # in exact seconds
    IN_FORCE = "in_force"  # a grade in force in the period
    GRADE = "grade"
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
    CAP_LEFT = "cap_left"  # what the deductions leave of a cap for what is paid (A5)
    RULE_CAP = "rule_cap"  # of one rule's deductions in a month
    RULE_SHARE = "rule_share"  # what one rule deducts, after its cap
    CAPPED_SHARE = "capped_share"  # after some of the caps
    EARLIER_FEES = "earlier_fees"  # of the eleven months before
    ROLLING_FEES = "rolling_fees"  # the fees of twelve months, this one included
    ROLLING_SHARE = "rolling_share"  # how much of them may be deducted
    ROLLING_CAP = "rolling_cap"
    CREDITED = "credited"  # what was deducted and paid in the eleven months before
    ROLLING_LEFT = "rolling_left"
    BONUS = "bonus"  # a share added (T1)
    BONUS_CAP = "bonus_cap"
    BONUS_SUM = "bonus_sum"
    BONUS_SHARE = "bonus_share"  # after the caps of the bonuses
    PAID_SHARE = "paid_share"  # what remains, and the bonus
    ACHIEVED = "achieved"
    TIER = "tier"  # the value that a tier's condition names
    ACHIEVED_SHARE = "achieved_share"  # a ratio or an availability
    TIER_SHARE = "tier_share"
    ACHIEVED_TIME = "achieved_time"  # in exact seconds
    TIER_TIME = "tier_time"
    TARGET = "target"  # the value that a bonus is for
    TARGET_SHARE = "target_share"
    TARGET_TIME = "target_time"
    BREACHES = "breaches"  # months in breach, this one included
    TIMES = "times"  # from how many on the surcharge is due
    FEE_SHARE = "fee_share"  # an organisation's part of the fee (C24)
    STOP_SHARE = "stop_share"  # what the stops take of the fee, under their rules' own caps
    LEFT_BY_STOPS = "left_by_stops"  # what the stops leave of the fee, as a share
    UNAVAILABLE = "unavailable"  # 1 - availability
    CHARGED = "charged"  # of it, what is not freed from damages
    PAYMENT_SHARE = "payment_share"  # what the provider pays instead of, or besides, a reduced fee (A5)
    PAYMENT_EXACT = "payment_exact"
    PAYMENT = "payment"
    WHOLE_FEE = "whole_fee"  # 1, as a share
    DEDUCTED_SHARE = "deducted_share"
    REMAINING_SHARE = "remaining_share"
    MONTHLY_FEE = "monthly_fee"
    FEE_TAX = "fee_tax"  # the tax inside the monthly fee
    FEE_WITHOUT_TAX = "fee_without_tax"
    SERVED_SHARE = "served_share"  # of a part month (C19)
    FULL_FEE = "full_fee"
    PAYABLE_EXACT = "payable_exact"
    PAYABLE = "payable"
    ACCEPTED = "accepted"  # the payable fee as the accepted report had it (C20)
    ADJUSTMENT = "adjustment"  # what a correction of an accepted month changes
    CORRECTED = "corrected"  # the payable fee of the corrected month, after the correction and before it
    BEFORE_CORRECTION = "before_correction"
    CORRECTED_TAX = "corrected_tax"  # by that month's terms of tax, and so is the other
    TAX_BEFORE_CORRECTION = "tax_before_correction"
    CHANGE = "change"  # of the corrected month's payable fee, as that month tells it
    ADJUSTMENT_TAX = "adjustment_tax"  # by the corrected month's terms
    TAXED_TOGETHER = "taxed_together"  # of an invoice, what is taxed by the month's own terms
    TAX_TOGETHER = "tax_together"
    INVOICE = "invoice"
    DEDUCTED = "deducted"  # of the full fee, in exact yen
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
    LEAST = "least"  # the lowest of them
    STEPS_PASSED = "steps_passed"  # whole steps that lie strictly behind
    STEPS_STARTED = "steps_started"
    CAPPED = "capped"  # the least of the operands
    AT_LEAST = "at_least"  # the first is so much as the second, or more: the result follows
    AT_MOST = "at_most"
    BELOW = "below"
    ABOVE = "above"
    FREED_LEFT_OUT = "freed_left_out"  # without the time that is only freed from damages (G9)
    ROUNDED_DOWN = "rounded_down"
    ROUNDED_UP = "rounded_up"
    ROUNDED_HALF_UP = "rounded_half_up"


Value = int | Fraction | timedelta  # yen or a count; a share, exact yen or exact seconds; a time


class Quantity(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A named value in a working."""

    name: Amount
    value: Value


class Working(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One step: the operation on the operands gives the result."""

    operation: Operation
    operands: tuple[Quantity, ...]
    result: Quantity


def step(operation: Operation, operands: Mapping[Amount, Value], result: tuple[Amount, Value]) -> Working:
    """One step, written shortly."""
    named = tuple(Quantity(name=name, value=value) for name, value in operands.items())
    return Working(operation=operation, operands=named, result=Quantity(name=result[0], value=result[1]))
