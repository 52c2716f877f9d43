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


class KindAndMonthDisagree(Refusal):
    """A monthly review names its month, and no other kind does."""

    KIND = "kind-and-month-disagree"
    SOURCE = "S2"
    REASON_JA = "見直し {review} の種類（{kind}）と month の指定が合いません。"
    REASON_EN = "The kind of the review {review} ({kind}) and `month` do not go together."
    MEND_JA = "month は kind が monthly のときだけ、必ず指定してください。"
    MEND_EN = "Give `month` with the kind monthly, and only then."


class MonthAlreadyUnderReview(Refusal):
    """A month is reported, inspected and accepted in one review."""

    KIND = "month-already-under-review"
    SOURCE = "S2"
    REASON_JA = "{month} は見直し {taken_by} ですでに扱われています。"
    REASON_EN = "The month {month} is already handled in the review {taken_by}."
    MEND_JA = "見直し {taken_by} に記録してください。"
    MEND_EN = "Record under the review {taken_by}."


class ReportAwaitsInspection(Refusal):
    """A report under inspection is not exchanged: what is accepted must be what was read."""

    KIND = "report-awaits-inspection"
    SOURCE = "S2"
    REASON_JA = "見直し {review} の月次報告は検査待ちです。"
    REASON_EN = "The monthly report in the review {review} is waiting for inspection."
    MEND_JA = "検査結果（PassInspection または FailInspection）を待ってください。不合格のときは再提出できます。"
    MEND_EN = "Wait for the inspection (PassInspection or FailInspection); a report that failed can be handed in again."


class MonthNotAccepted(Refusal):
    """The review of a month ends after its acceptance (検収)."""

    KIND = "month-not-accepted"
    SOURCE = "S2"
    REASON_JA = "{month} の報告はまだ検収されていません。"
    REASON_EN = "The report of {month} has not been accepted yet."
    MEND_JA = "検査に合格してから終了してください。"
    MEND_EN = "Close the review after the inspection was passed."
