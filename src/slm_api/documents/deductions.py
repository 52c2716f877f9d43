"""What the provider forgoes for a breach: the deduction rules of S8."""

from typing import Annotated, Literal

from pydantic import Field

from slm_api.documents.amounts import Flag, Percent, Positive
from slm_api.documents.wording import Authored, Code, Text, Words, titled


class LateIncrements(Authored):
    """A share when late and a further share for each further step (S8 (1), (2), (5); C10, A7)."""

    rule: Annotated[Literal["late_increments"], titled("規則", "Kind of rule")]
    code: Annotated[Code, titled("減額コード", "Code of the rule")]
    clause: Annotated[Text, titled("条項", "Clause")]
    name: Annotated[Words, titled("名称", "Name")]
    level: Annotated[Code, titled("対象の評価項目", "Key of the level")]
    first_percent: Annotated[Percent, titled("遅れたときの割合(%)", "Share of the fee when late, in percent")]
    step_minutes: Annotated[Positive, titled("加算の間隔(分)", "Minutes of each further step")]
    step_percent: Annotated[Percent, titled("加算の割合(%)", "Share for each further step, in percent")]
    counting: Annotated[
        Literal["passed", "started"], titled("間隔の数え方", "A step counts once passed, or once started")
    ] = "passed"
    excused_when_told_in_time: Annotated[
        Flag, titled("予定時刻までの連絡による除外", "Excused when an accident was told before the due time (A10)")
    ] = False


class PerOccasion(Authored):
    """A share for each occasion on which an obligation was not met (S8 (3), A11)."""

    rule: Annotated[Literal["per_occasion"], titled("規則", "Kind of rule")]
    code: Annotated[Code, titled("減額コード", "Code of the rule")]
    clause: Annotated[Text, titled("条項", "Clause")]
    name: Annotated[Words, titled("名称", "Name")]
    level: Annotated[Code, titled("対象の評価項目", "Key of the level")]
    percent: Annotated[Percent, titled("割合(%)", "Share of the fee, in percent")]


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


DeductionRule = Annotated[LateIncrements | PerOccasion | FeeTimesAvailability, Field(discriminator="rule")]
