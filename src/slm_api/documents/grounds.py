"""Grounds for a stop or a miss, and who reports or does what, to whom, when."""

from typing import Annotated, Literal

from slm_api.documents.amounts import Days, Flag, PositiveMinutes
from slm_api.documents.wording import Authored, Code, Text, Words, titled


class Notice(Authored):
    """When a stop on this ground has to be told (C21, G22, S17)."""

    kind: Annotated[Literal["before", "right_after", "none"], titled("通知の時期", "When it has to be told")]
    lead_days: Annotated[Days, titled("何日前まで(暦日)", "Calendar days before, with “before”")] = 0
    lead_minutes: Annotated[
        PositiveMinutes | None, titled("発生後何分以内", "Minutes after the start, with “right_after”; else at all")
    ] = None
    content: Annotated[Words | None, titled("通知の内容", "What has to be told")] = None
    excused_when_unreachable: Annotated[
        Flag, titled("連絡不能のときの免除", "Who could not be reached counts as told (S17)")
    ] = False
    when_missed: Annotated[
        Literal["as_accepted", "counts_as_down"],
        titled("通知を欠いたとき", "When the notice was missed: as accepted by the other side, or down all the same"),
    ] = "as_accepted"


class Allowance(Authored):
    """How much time may leave the measurement on a ground in each month or fiscal year; the rest counts as down."""

    per: Annotated[Literal["month", "fiscal_year"], titled("期間", "Each month or each fiscal year")]
    minutes: Annotated[PositiveMinutes, titled("上限(分)", "Minutes that may leave the measurement")]


class Ground(Authored):
    """A ground for a stop or a miss, with its two flags, never merged (G9, A24)."""

    code: Annotated[Code, titled("事由コード", "Code of the ground")]
    clause: Annotated[Text, titled("条項", "Clause")]
    name: Annotated[Words, titled("名称", "Name")]
    leaves_measurement: Annotated[Flag, titled("測定から除く", "Leaves the measurement (G1)")]
    frees_from_damages: Annotated[Flag, titled("損害賠償を免れる", "Frees from damages (G32)")]
    notice: Annotated[Notice, titled("通知", "Notice")]
    allowance: Annotated[Allowance | None, titled("除外の上限", "How much may leave the measurement")] = None


class OperatingRule(Authored):
    """Who reports or does what, to whom, when (G1)."""

    code: Annotated[Code, titled("運営ルールコード", "Code of the rule")]
    clause: Annotated[Text, titled("条項", "Clause")]
    who: Annotated[Words, titled("誰が", "Who")]
    what: Annotated[Words, titled("何を", "What")]
    whom: Annotated[Words, titled("誰に", "To whom")]
    when: Annotated[Words, titled("いつ", "When")]
