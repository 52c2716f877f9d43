"""What the provider forgoes, or pays, for a breach, and earns for more than was asked (S8, T1)."""

from typing import Annotated, Literal

from pydantic import Field

from slm_api.documents.amounts import Flag, Percent, PositiveMinutes, PositiveMonths
from slm_api.documents.bounds import Bound
from slm_api.documents.wording import Authored, Code, Text, Words, titled


class LateIncrements(Authored):
    """A share when late and a further share for each further step (S8 (1), (2), (5); C10, A7)."""

    rule: Annotated[Literal["late_increments"], titled("規則", "Kind of rule")]
    code: Annotated[Code, titled("減額コード", "Code of the rule")]
    clause: Annotated[Text, titled("条項", "Clause")]
    name: Annotated[Words, titled("名称", "Name")]
    level: Annotated[Code, titled("対象の評価項目", "Key of the level")]
    first_percent: Annotated[Percent, titled("遅れたときの割合(%)", "Share of the fee when late, in percent")]
    step_minutes: Annotated[PositiveMinutes, titled("加算の間隔(分)", "Minutes of each further step")]
    step_percent: Annotated[Percent, titled("加算の割合(%)", "Share for each further step, in percent")]
    counting: Annotated[
        Literal["passed", "started"], titled("間隔の数え方", "A step counts once passed, or once started")
    ] = "passed"
    excused_when_told_in_time: Annotated[
        Flag, titled("予定時刻までの連絡による除外", "Excused when an accident was told before the due time (A10)")
    ] = False
    cap_percent: Annotated[Percent | None, titled("この規則の上限(%)", "Cap of this rule in a month, in percent")] = (
        None
    )


class PerOccasion(Authored):
    """A share for each occasion on which an obligation was not met (S8 (3), A11)."""

    rule: Annotated[Literal["per_occasion"], titled("規則", "Kind of rule")]
    code: Annotated[Code, titled("減額コード", "Code of the rule")]
    clause: Annotated[Text, titled("条項", "Clause")]
    name: Annotated[Words, titled("名称", "Name")]
    level: Annotated[Code, titled("対象の評価項目", "Key of the level")]
    percent: Annotated[Percent, titled("割合(%)", "Share of the fee, in percent")]
    cap_percent: Annotated[Percent | None, titled("この規則の上限(%)", "Cap of this rule in a month, in percent")] = (
        None
    )


class FeeTimesAvailability(Authored):
    """When the month's stops pass the cumulative threshold, the fee is fee x availability (S8 (4), A4)."""

    rule: Annotated[Literal["fee_times_availability"], titled("規則", "Kind of rule")]
    code: Annotated[Code, titled("減額コード", "Code of the rule")]
    clause: Annotated[Text, titled("条項", "Clause")]
    name: Annotated[Words, titled("名称", "Name")]
    level: Annotated[Code, titled("対象の評価項目", "Key of the level")]
    composition: Annotated[
        Literal["share_of_full_fee", "of_reduced_fee"],
        titled("他の減額との組合せ", "How it combines with other deductions (A4)"),
    ] = "share_of_full_fee"
    cap_percent: Annotated[Percent | None, titled("この規則の上限(%)", "Cap of this rule in a month, in percent")] = (
        None
    )


class Tier(Authored):
    """A share of the fee for an achieved value that `when` holds of; below 99.5 % is not 99.5 % itself (C9)."""

    when: Annotated[Bound, titled("達成値の条件", "Condition on the value achieved, like < 99.5 %")]
    percent: Annotated[Percent, titled("割合(%)", "Share of the fee, in percent")]


class Tiers(Authored):
    """A share by the value achieved in the level's period: the largest of the tiers whose condition holds."""

    rule: Annotated[Literal["tiers"], titled("規則", "Kind of rule")]
    code: Annotated[Code, titled("減額コード", "Code of the rule")]
    clause: Annotated[Text, titled("条項", "Clause")]
    name: Annotated[Words, titled("名称", "Name")]
    level: Annotated[Code, titled("対象の評価項目", "Key of the level")]
    tiers: Annotated[tuple[Tier, ...], titled("段階", "Tiers")]
    cap_percent: Annotated[Percent | None, titled("この規則の上限(%)", "Cap of this rule in a month, in percent")] = (
        None
    )


class RepeatBreach(Authored):
    """A surcharge when a level is in breach again: this month and so `times` within the last so many months."""

    rule: Annotated[Literal["repeat_breach"], titled("規則", "Kind of rule")]
    code: Annotated[Code, titled("減額コード", "Code of the rule")]
    clause: Annotated[Text, titled("条項", "Clause")]
    name: Annotated[Words, titled("名称", "Name")]
    level: Annotated[Code, titled("対象の評価項目", "Key of the level")]
    times: Annotated[PositiveMonths, titled("回数", "Months in breach, this one included")]
    within_months: Annotated[PositiveMonths, titled("対象の月数", "Within so many months, this one included")]
    percent: Annotated[Percent, titled("割合(%)", "Share of the fee, in percent")]
    cap_percent: Annotated[Percent | None, titled("この規則の上限(%)", "Cap of this rule in a month, in percent")] = (
        None
    )


DeductionRule = Annotated[
    LateIncrements | PerOccasion | FeeTimesAvailability | Tiers | RepeatBreach, Field(discriminator="rule")
]


class Bonus(Authored):
    """What is paid more when the month's target is met (T1). A bonus always has a cap, of the month's together."""

    code: Annotated[Code, titled("増額コード", "Code of the bonus")]
    clause: Annotated[Text, titled("条項", "Clause")]
    name: Annotated[Words, titled("名称", "Name")]
    level: Annotated[Code, titled("対象の評価項目", "Key of the level")]
    percent: Annotated[Percent, titled("割合(%)", "Share of the fee, in percent")]
    cap_percent: Annotated[Percent, titled("増額の上限(%)", "Cap of the month's bonuses together, in percent")]
    only_without_breach: Annotated[Flag, titled("未達のある月を除く", "Only in a month without any breach")] = True
