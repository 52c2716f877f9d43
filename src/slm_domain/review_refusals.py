"""What the rules of a review do not allow."""

from slm_domain.refusal import Refusal


class ReviewAlreadyOpened(Refusal):
    """The review `review` has already been opened."""

    KIND = "review-already-opened"
    SOURCE = "G17"
    REASON_JA = "見直し {review} はすでに始まっています。"
    REASON_EN = "The review {review} has already been opened."
    MEND_JA = "別の番号を使ってください。"
    MEND_EN = "Use another code."


class NoSuchReview(Refusal):
    """There is no review `review`."""

    KIND = "no-such-review"
    SOURCE = "G17"
    REASON_JA = "見直し {review} はありません。"
    REASON_EN = "There is no review {review}."
    MEND_JA = "OpenReview で先に始めてください。"
    MEND_EN = "Open it first (OpenReview)."


class ReviewIsClosed(Refusal):
    """The review `review` is closed."""

    KIND = "review-is-closed"
    SOURCE = "G17"
    REASON_JA = "見直し {review} は終了しています。"
    REASON_EN = "The review {review} is closed."
    MEND_JA = "新しい見直しを始めてください。"
    MEND_EN = "Open a new review."


class WrongKindOfReview(Refusal):
    """The review `review` is not that of a monthly report."""

    KIND = "wrong-kind-of-review"
    SOURCE = "S2"
    REASON_JA = "見直し {review} は月次報告のものではありません。"
    REASON_EN = "The review {review} is not that of a monthly report."
    MEND_JA = "月次（kind: monthly）の見直しを指定してください。"
    MEND_EN = "Name a review of kind monthly."


class MonthNotOver(Refusal):
    """The month `month` is not over yet (at `at`)."""

    KIND = "month-not-over"
    SOURCE = "S2"
    REASON_JA = "{month} はまだ終わっていません（{at} 現在）。"
    REASON_EN = "The month {month} is not over yet (at {at})."
    MEND_JA = "{month} の終了後に報告してください。"
    MEND_EN = "Hand the report in after the month's end."


class NothingToInspect(Refusal):
    """No monthly report waits for inspection in the review `review`."""

    KIND = "nothing-to-inspect"
    SOURCE = "S2"
    REASON_JA = "見直し {review} に検査待ちの月次報告はありません。"
    REASON_EN = "No monthly report waits for inspection in the review {review}."
    MEND_JA = "HandInMonthlyReport で先に提出してください。"
    MEND_EN = "Hand the report in first (HandInMonthlyReport)."


class AlreadyAccepted(Refusal):
    """The report of `month` has been accepted."""

    KIND = "already-accepted"
    SOURCE = "C20"
    REASON_JA = "{month} の報告は検収済みです。"
    REASON_EN = "The report of {month} has been accepted."
    MEND_JA = "以後の訂正は事実の訂正として記録してください。翌月以降の調整額になります。"
    MEND_EN = "Correct the facts instead; the money follows as an adjustment."


class FiguresComeFromTheRecord(Refusal):
    """The figures of a monthly report are computed from the record."""

    KIND = "figures-come-from-the-record"
    SOURCE = "C18"
    REASON_JA = "月次報告の数値は記録から計算されます。"
    REASON_EN = "The figures of a monthly report are computed from the record."
    MEND_JA = "figures を省いてください。"
    MEND_EN = "Leave `figures` out."


class ImprovementAlreadyPlanned(Refusal):
    """The improvement `improvement` has already been planned."""

    KIND = "improvement-already-planned"
    SOURCE = "G18"
    REASON_JA = "改善 {improvement} はすでに計画されています。"
    REASON_EN = "The improvement {improvement} has already been planned."
    MEND_JA = "別の番号を使ってください。"
    MEND_EN = "Use another code."


class NoSuchImprovement(Refusal):
    """No improvement `improvement` is under way."""

    KIND = "no-such-improvement"
    SOURCE = "G18"
    REASON_JA = "未完了の改善 {improvement} はありません。"
    REASON_EN = "No improvement {improvement} is under way."
    MEND_JA = "改善の番号を確かめてください。"
    MEND_EN = "Check the improvement's code."


class ImprovementsOpen(Refusal):
    """Improvements are still under way: `improvements`."""

    KIND = "improvements-open"
    SOURCE = "T4"
    REASON_JA = "未完了の改善があります: {improvements}。"
    REASON_EN = "Improvements are still under way: {improvements}."
    MEND_JA = "改善を完了してから終了するか、outcome を find_problems_and_improve にしてください。"
    MEND_EN = "Complete them first, or close with the outcome find_problems_and_improve."
