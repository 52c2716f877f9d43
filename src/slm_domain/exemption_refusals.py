"""What the rules of exemptions do not allow (C5, G9)."""

from slm_domain.refusal import Refusal


class ExemptionAlreadyClaimed(Refusal):
    """The exemption `exemption` of the level `level` has already been claimed."""

    KIND = "exemption-already-claimed"
    SOURCE = "C17"
    REASON_JA = "サービスレベル {level} の免責の主張 {exemption} はすでに記録されています。"
    REASON_EN = "The exemption {exemption} of the level {level} has already been claimed."
    MEND_JA = "別の番号を使ってください。"
    MEND_EN = "Use another code."


class NoSuchExemption(Refusal):
    """No exemption `exemption` of the level `level` was claimed."""

    KIND = "no-such-exemption"
    SOURCE = "C5"
    REASON_JA = "サービスレベル {level} に免責の主張 {exemption} はありません。"
    REASON_EN = "No exemption {exemption} of the level {level} was claimed."
    MEND_JA = "免責の主張の番号を台帳で確かめてください。"
    MEND_EN = "Look the claim's code up in the ledger."


class ExemptionAlreadyDecided(Refusal):
    """The exemption `exemption` of the level `level` has already been accepted or rejected."""

    KIND = "exemption-already-decided"
    SOURCE = "C5"
    REASON_JA = "サービスレベル {level} の免責の主張 {exemption} は、すでに承認または否認されています。"
    REASON_EN = "The exemption {exemption} of the level {level} has already been accepted or rejected."
    MEND_JA = "事情が変わった場合は、新しい番号で主張してください。"
    MEND_EN = "If matters have changed, claim it anew under another code."


class ExemptionIsForTheOtherSide(Refusal):
    """The `side` side claimed the exemption `exemption` and cannot decide on it itself."""

    KIND = "exemption-is-for-the-other-side"
    SOURCE = "C5, A25"
    REASON_JA = "免責の主張 {exemption} は、主張した {side} 側自身では決定できません。"
    REASON_EN = "The {side} side claimed the exemption {exemption} and cannot decide on it itself."
    MEND_JA = "相手方の承認または否認を記録してください。"
    MEND_EN = "Have the other side accept or reject it."


class NothingToExempt(Refusal):
    """The level `level` has neither an item nor a period that is called `subject`."""

    KIND = "nothing-to-exempt"
    SOURCE = "C5"
    REASON_JA = "サービスレベル {level} に、{subject} という対象も期間もありません。"
    REASON_EN = "The level {level} has neither an item nor a period called {subject}."
    MEND_JA = "台帳に示された対象、または期間（例: 2025-04）を指定してください。"
    MEND_EN = "Name the subject as the ledger shows it, or a period, such as 2025-04."


class GroundExemptsNothing(Refusal):
    """The ground `ground` neither leaves the measurement nor frees from damages."""

    KIND = "ground-exempts-nothing"
    SOURCE = "G9, A24"
    REASON_JA = "事由 {ground} は、測定からの除外も損害賠償の免責も認めていません。"
    REASON_EN = "The ground {ground} neither leaves the measurement nor frees from damages."
    MEND_JA = "次のいずれかの事由を指定してください: {grounds}"
    MEND_EN = "Name one of these grounds: {grounds}"
