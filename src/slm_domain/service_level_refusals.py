"""What the rules of a service level do not allow."""

from slm_domain.refusal import Refusal


class LevelIsRetired(Refusal):
    """The service level `level` is retired (from `retired_from`)."""

    KIND = "level-is-retired"
    SOURCE = "S12"
    REASON_JA = "サービスレベル {level} は廃止されています（{retired_from} から）。"
    REASON_EN = "The service level {level} is retired (from {retired_from})."
    MEND_JA = "有効なサービスレベルを指定してください。"
    MEND_EN = "Name a level that is in force."


class NoSuchLevel(Refusal):
    """This contract has no service level `level`."""

    KIND = "no-such-level"
    SOURCE = "G1"
    REASON_JA = "サービスレベル {level} はこの契約にありません。"
    REASON_EN = "This contract has no service level {level}."
    MEND_JA = "`slm contracts` または台帳でキーを確かめてください。"
    MEND_EN = "Look the key up in the ledger."


class NoSuchRevision(Refusal):
    """No revision `revision` of the level `level` is waiting for approval."""

    KIND = "no-such-revision"
    SOURCE = "S12"
    REASON_JA = "サービスレベル {level} に承認待ちの改定 {revision} はありません。"
    REASON_EN = "No revision {revision} of the level {level} is waiting for approval."
    MEND_JA = "改定番号を確かめてください。"
    MEND_EN = "Check the revision's code."


class RevisionAlreadyProposed(Refusal):
    """The revision `revision` has already been proposed."""

    KIND = "revision-already-proposed"
    SOURCE = "S12"
    REASON_JA = "改定 {revision} はすでに提案されています。"
    REASON_EN = "The revision {revision} has already been proposed."
    MEND_JA = "別の番号を使ってください。"
    MEND_EN = "Use another code."


class NotADecisionOfYours(Refusal):
    """The `side` side proposed the revision `revision` and cannot approve it itself."""

    KIND = "not-a-decision-of-yours"
    SOURCE = "S12"
    REASON_JA = "改定 {revision} は提案した {side} 側自身では承認できません。"
    REASON_EN = "The {side} side proposed the revision {revision} and cannot approve it itself."
    MEND_JA = "相手方の承認を記録してください。"
    MEND_EN = "Have the other side approve it."


class NotAtABoundary(Refusal):
    """The level `level` is judged per period and cannot change within one (`asked`)."""

    KIND = "not-at-a-boundary"
    SOURCE = "C12"
    REASON_JA = "期間で判定するサービスレベル {level} は期間の途中（{asked}）では変更できません。"
    REASON_EN = "The level {level} is judged per period and cannot change within one ({asked})."
    MEND_JA = "{boundary} から適用してください。"
    MEND_EN = "Let it take effect on {boundary}."


class VersionsOverlap(Refusal):
    """Another version of the level `level` takes effect on the same day (`asked`)."""

    KIND = "versions-overlap"
    SOURCE = "C12"
    REASON_JA = "サービスレベル {level} には、{asked} から適用される版がすでにあります。"
    REASON_EN = "Another version of the level {level} takes effect on {asked} already."
    MEND_JA = "別の適用開始日を指定してください。"
    MEND_EN = "Let it take effect on another day."


class NotMeasuredByHand(Refusal):
    """The level `level` is computed from incidents."""

    KIND = "not-measured-by-hand"
    SOURCE = "G2"
    REASON_JA = "サービスレベル {level} は障害記録から算定されます。"
    REASON_EN = "The level {level} is computed from incidents."
    MEND_JA = "障害の記録として報告してください。"
    MEND_EN = "Report it as part of an incident."


class MeasurementAlreadyRecorded(Refusal):
    """The measurement `measurement` of the level `level` has already been recorded."""

    KIND = "measurement-already-recorded"
    SOURCE = "C17"
    REASON_JA = "サービスレベル {level} の測定 {measurement} はすでに記録されています。"
    REASON_EN = "The measurement {measurement} of the level {level} has already been recorded."
    MEND_JA = "訂正する場合は CorrectMeasurement を使ってください。"
    MEND_EN = "Use CorrectMeasurement to restate it, or another code."


class NoSuchMeasurement(Refusal):
    """The level `level` has no measurement `measurement`."""

    KIND = "no-such-measurement"
    SOURCE = "C18"
    REASON_JA = "サービスレベル {level} に測定 {measurement} はありません。"
    REASON_EN = "The level {level} has no measurement {measurement}."
    MEND_JA = "測定番号を確かめてください。"
    MEND_EN = "Check the measurement's code."


class OnlyYourOwnMeasurement(Refusal):
    """The measurement `measurement` was stated by the `stated_by` side (sent by: `side`)."""

    KIND = "only-your-own-measurement"
    SOURCE = "C23"
    REASON_JA = "測定 {measurement} は {stated_by} 側の記録です（送信者: {side}）。"
    REASON_EN = "The measurement {measurement} was stated by the {stated_by} side (sent by: {side})."
    MEND_JA = "記録した側が訂正してください。"
    MEND_EN = "Have the side that stated it correct it."


class WrongShapeOfMeasurement(Refusal):
    """A measurement of the level `level` (`kind`) needs `needs`."""

    KIND = "wrong-shape-of-measurement"
    SOURCE = "G2"
    REASON_JA = "サービスレベル {level}（{kind}）の測定には次が必要です: {needs}。"
    REASON_EN = "A measurement of the level {level} ({kind}) needs {needs}."
    MEND_JA = "start と end、met、part と whole、grade のうち、評価項目の種類が求めるものだけを指定してください。"
    MEND_EN = "Of start and end, met, part and whole, or grade, give those the kind of level asks for, and no other."


class PartExceedsTheWhole(Refusal):
    """A ratio's `part` lies between 0 and its `whole` (level `level`)."""

    KIND = "part-exceeds-the-whole"
    SOURCE = "C7"
    REASON_JA = "サービスレベル {level} の測定で、全体 {whole} 件のうち {part} 件とはなりません。"
    REASON_EN = "A measurement of the level {level} cannot be {part} of {whole}."
    MEND_JA = "part は 0 以上 whole 以下、whole は {most} 以下にしてください。"
    MEND_EN = "Let part be at least 0 and at most whole, and whole at most {most}."


class OffTheScale(Refusal):
    """The `grade` does not stand on the `scale` of the level `level`."""

    KIND = "off-the-scale"
    SOURCE = "J6"
    REASON_JA = "グレード {grade} はサービスレベル {level} の尺度 {scale} にありません。"
    REASON_EN = "The grade {grade} is not on the scale {scale} of the level {level}."
    MEND_JA = "尺度のグレードを指定してください: {known}"
    MEND_EN = "Name a grade of the scale: {known}"


class MeasuredOfAnother(Refusal):
    """A measurement of the level `level` names the `field` it is of, one that the level is judged for."""

    KIND = "measured-of-another"
    SOURCE = "C24"
    REASON_JA = "サービスレベル {level} の測定の {field}（{found}）は、この項目の対象ではありません。"
    REASON_EN = "The {field} of a measurement of the level {level} ({found}) is not one the level is judged for."
    MEND_JA = "{field} に次のいずれかを指定してください: {known}"
    MEND_EN = "Name one of them as its {field}: {known}"


class RevisionNamesAnotherLevel(Refusal):
    """A revision carries the whole definition of the level it revises."""

    KIND = "revision-names-another-level"
    SOURCE = "S12"
    REASON_JA = "改定の内容はサービスレベル {found} のもので、{level} のものではありません。"
    REASON_EN = "The revised definition is that of {found}, not of {level}."
    MEND_JA = "definition.key を {level} にしてください。"
    MEND_EN = "Set definition.key to {level}."


class RevisionChangesTheMeasure(Refusal):
    """A revision changes values; what is measured, and from where, changes with a new SLA document."""

    KIND = "revision-changes-the-measure"
    SOURCE = "S12, G2"
    REASON_JA = "改定でサービスレベル {level} の測り方（measure）は変えられません。"
    REASON_EN = "A revision cannot change how the level {level} is measured (measure)."
    MEND_JA = "measure を現在のものと同じにするか、新しいSLA記述書（ProposeSla）で変更してください。"
    MEND_EN = "Keep `measure` as it is, or change it with a new SLA document (ProposeSla)."


class BoundDoesNotFit(Refusal):
    """A guaranteed or target value is one that the kind of level can be judged by, and that can be reckoned with."""

    KIND = "bound-does-not-fit"
    SOURCE = "G2"
    REASON_JA = "サービスレベル {level}（{kind}）の値 {bound} は判定に使えません。"
    REASON_EN = "The level {level} ({kind}) cannot be judged by {bound}."
    MEND_JA = (
        "使える単位: {units}。割合は 100 以下、回数は整数、時間は {years} 年以内、小数は {places} 桁まで、"
        "負でない有限の数にしてください。"
    )
    MEND_EN = (
        "Use one of: {units}; at most 100 percent, whole counts, no time longer than {years} years, at most {places} "
        "decimal places, nothing negative or without end."
    )
