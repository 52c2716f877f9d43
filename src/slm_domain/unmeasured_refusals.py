"""What the rules on unmeasured time do not allow (C2, C23)."""

from slm_domain.refusal import Refusal


class UnmeasuredTimeAlreadyStated(Refusal):
    """The code of a stretch of unmeasured time is used once."""

    KIND = "unmeasured-time-already-stated"
    SOURCE = "C2"
    REASON_JA = "未測定時間 {unmeasured} はすでに記録されています。"
    REASON_EN = "The unmeasured time {unmeasured} has already been stated."
    MEND_JA = "別の番号を使ってください。誤りであれば WithdrawUnmeasuredTime で取り下げてください。"
    MEND_EN = "Use another code; where it was wrong, withdraw it (WithdrawUnmeasuredTime)."


class NoSuchUnmeasuredTime(Refusal):
    """Only what was stated, and not withdrawn before, can be withdrawn."""

    KIND = "no-such-unmeasured-time"
    SOURCE = "C2"
    REASON_JA = "取り下げられる未測定時間 {unmeasured} はありません。"
    REASON_EN = "There is no unmeasured time {unmeasured} to withdraw."
    MEND_JA = "未測定時間の番号を確かめてください。"
    MEND_EN = "Check its code."


class StatedByTheOtherSide(Refusal):
    """A side corrects only its own statements (C23)."""

    KIND = "stated-by-the-other-side"
    SOURCE = "C23"
    REASON_JA = "未測定時間 {unmeasured} は {stated_by} 側が記録したものです（送信者: {side}）。"
    REASON_EN = "The unmeasured time {unmeasured} was stated by the {stated_by} side (sent by: {side})."
    MEND_JA = "記録した側から取り下げてください。"
    MEND_EN = "Have the side that stated it withdraw it."
