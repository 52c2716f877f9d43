"""What a late delivery costs: a share of its value for every so many days, capped, and when the buyer may end it.

Days are real ones of 24 hours (C1). Whether a day begun counts is a stored term, as for increments (A7).
"""

from datetime import datetime, timedelta
from fractions import Fraction

import msgspec

from slm_domain.figures.deductions import Counting
from slm_domain.figures.local_time import ONE_DAY, in_utc

_NOTHING = Fraction(0)


class NotLateError(ValueError):
    """A late delivery was claimed of what is not late."""

    def __init__(self, agreed: datetime, delivered: datetime) -> None:
        super().__init__(f"delivered or asked about at {delivered.isoformat()}, agreed for {agreed.isoformat()}")
        self.agreed = agreed
        self.delivered = delivered


class WrongLateDeliveryError(ValueError):
    """Terms of a late delivery, or a value of it, without meaning."""


class LateDeliveryTerms(msgspec.Struct, frozen=True, kw_only=True):
    """`share` of the value for every `per_days` of delay, in proportion; `cap` of the value, none without one.

    `counting` says whether only whole days count ("passed") or a day begun too ("started"). The delay must exceed
    `terminable_after_days` before the buyer may end the contract. Force majeure takes the penalty away; whether it
    lets the buyer go is `force_majeure_terminable`. Raises `WrongLateDeliveryError` for a term without meaning.
    """

    per_days: int
    share: Fraction
    cap: Fraction | None = None
    terminable_after_days: int | None = None
    counting: Counting = "passed"
    force_majeure_terminable: bool = True

    def __post_init__(self) -> None:
        if self.per_days < 1:
            raise WrongLateDeliveryError(f"a delay is counted by the day or by several, not by {self.per_days}")
        if self.share < 0 or (self.cap is not None and self.cap < 0):
            raise WrongLateDeliveryError("neither a penalty nor its cap is negative")


class LateDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """The days that count, the share before its cap, the penalty in the value's unit, and the right to end it."""

    days: int
    share_before_cap: Fraction
    share: Fraction
    penalty: Fraction
    may_terminate: bool


def late_delivery(
    terms: LateDeliveryTerms, *, agreed: datetime, delivered: datetime, value: Fraction, force_majeure: bool = False
) -> LateDelivery:
    """What it costs that `value` worth was delivered, or is still missing, at `delivered`.

    Exactly at the agreed time is in time (C13). Raises `NotLateError`, and
    `WrongLateDeliveryError` for a negative value.
    """
    delay = in_utc(delivered) - in_utc(agreed)
    if delay <= timedelta():
        raise NotLateError(agreed, delivered)
    if value < 0:
        raise WrongLateDeliveryError(f"what is delivered has no negative value: {value}")
    days = delay // ONE_DAY if terms.counting == "passed" else -(-delay // ONE_DAY)
    if force_majeure:
        return LateDelivery(
            days=days,
            share_before_cap=_NOTHING,
            share=_NOTHING,
            penalty=_NOTHING,
            may_terminate=terms.force_majeure_terminable,
        )
    asked = Fraction(days, terms.per_days) * terms.share
    share = asked if terms.cap is None else min(asked, terms.cap)
    after = terms.terminable_after_days
    return LateDelivery(
        days=days,
        share_before_cap=asked,
        share=share,
        penalty=share * value,
        may_terminate=after is not None and days > after,
    )
