"""What the provider forgoes, or pays, for a breach, and earns for more than was asked (S8, T1)."""

from decimal import Decimal
from typing import Literal

import msgspec

from slm_domain.sla.levels import Bound
from slm_domain.sla.words import Words


class LateIncrements(msgspec.Struct, frozen=True, kw_only=True, tag_field="rule", tag="late_increments"):
    """A share when late and a further share for each further step (S8 (1), (2), (5); C10, A7)."""

    code: str
    clause: str
    name: Words
    level: str
    first_percent: Decimal
    step_minutes: int
    step_percent: Decimal
    counting: Literal["passed", "started"] = "passed"
    excused_when_told_in_time: bool = False  # S8: accident or disaster, told before the due time (A10)
    cap_percent: Decimal | None = None  # of this rule in a month


class PerOccasion(msgspec.Struct, frozen=True, kw_only=True, tag_field="rule", tag="per_occasion"):
    """A share for each occasion on which an obligation was not met (S8 (3), A11)."""

    code: str
    clause: str
    name: Words
    level: str
    percent: Decimal
    cap_percent: Decimal | None = None


class FeeTimesAvailability(msgspec.Struct, frozen=True, kw_only=True, tag_field="rule", tag="fee_times_availability"):
    """When the month's stops pass the cumulative threshold, the fee is fee x availability (S8 (4), A4)."""

    code: str
    clause: str
    name: Words
    level: str
    composition: Literal["share_of_full_fee", "of_reduced_fee"] = "share_of_full_fee"
    cap_percent: Decimal | None = None


class Tier(msgspec.Struct, frozen=True, kw_only=True):
    """A share of the fee for an achieved value that `when` holds of; below 99.5 % is not 99.5 % itself (C9)."""

    when: Bound
    percent: Decimal


class Tiers(msgspec.Struct, frozen=True, kw_only=True, tag_field="rule", tag="tiers"):
    """A share by the value achieved in the level's period: the largest of the tiers whose condition holds."""

    code: str
    clause: str
    name: Words
    level: str
    tiers: tuple[Tier, ...]
    cap_percent: Decimal | None = None


class RepeatBreach(msgspec.Struct, frozen=True, kw_only=True, tag_field="rule", tag="repeat_breach"):
    """A surcharge when a level is in breach again: this month and so `times` within the last so many months."""

    code: str
    clause: str
    name: Words
    level: str
    times: int
    within_months: int
    percent: Decimal
    cap_percent: Decimal | None = None


DeductionRule = LateIncrements | PerOccasion | FeeTimesAvailability | Tiers | RepeatBreach


class Bonus(msgspec.Struct, frozen=True, kw_only=True):
    """What is paid more when the month's target is met (T1). A bonus always has a cap, of the month's bonuses together.

    With `only_without_breach` no level may be in breach in the month.
    """

    code: str
    clause: str
    name: Words
    level: str
    percent: Decimal
    cap_percent: Decimal
    only_without_breach: bool = True
