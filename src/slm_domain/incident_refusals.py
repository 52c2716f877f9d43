"""What the rules of an incident do not allow: its level, its outage, what the sides say of times and exclusions."""

from slm_domain.refusal import Refusal


class IncidentAlreadyReported(Refusal):
    """The incident `incident` has already been reported."""

    KIND = "incident-already-reported"
    SOURCE = "C17"
    REASON_JA = "障害 {incident} はすでに報告されています。"
    REASON_EN = "The incident {incident} has already been reported."
    MEND_JA = "別の障害番号を使ってください。"
    MEND_EN = "Use another incident code."


class NoSuchIncident(Refusal):
    """There is no incident `incident`."""

    KIND = "no-such-incident"
    SOURCE = "S7"
    REASON_JA = "障害 {incident} は記録されていません。"
    REASON_EN = "There is no incident {incident}."
    MEND_JA = "障害番号を確かめてください。"
    MEND_EN = "Check the incident's code."


class IncidentIsVoid(Refusal):
    """The incident `incident` was voided by both sides."""

    KIND = "incident-is-void"
    SOURCE = "C23"
    REASON_JA = "障害 {incident} は双方の合意により取り消されています。"
    REASON_EN = "The incident {incident} was voided by both sides."
    MEND_JA = "新しい障害として報告してください。"
    MEND_EN = "Report a new incident."


class UnknownSystem(Refusal):
    """The system `system` is not covered by the SLA."""

    KIND = "unknown-system"
    SOURCE = "S22"
    REASON_JA = "システム {system} はSLAの対象ではありません。"
    REASON_EN = "The system {system} is not covered by the SLA."
    MEND_JA = "SLA記述書のシステムコードを指定してください: {known}"
    MEND_EN = "Name a system of the SLA document: {known}"


class OutageAlreadyStarted(Refusal):
    """The `side` side has already stated the start of the outage of `incident`."""

    KIND = "outage-already-started"
    SOURCE = "C3"
    REASON_JA = "障害 {incident} の停止開始は {side} 側がすでに述べています。"
    REASON_EN = "The {side} side has already stated the start of the outage of {incident}."
    MEND_JA = "自らの記録を訂正する場合は CorrectTimes を使ってください。"
    MEND_EN = "Use CorrectTimes to restate one's own times."


class OutageNotStarted(Refusal):
    """No outage of the incident `incident` has started."""

    KIND = "outage-not-started"
    SOURCE = "C1"
    REASON_JA = "障害 {incident} には停止の開始が記録されていません。"
    REASON_EN = "No outage of the incident {incident} has started."
    MEND_JA = "StartOutage で停止の開始を先に記録してください。"
    MEND_EN = "Record its start first (StartOutage)."


class OutageAlreadyEnded(Refusal):
    """The `side` side has already stated the end of the outage of `incident`."""

    KIND = "outage-already-ended"
    SOURCE = "C18"
    REASON_JA = "障害 {incident} の停止終了は {side} 側がすでに述べています。"
    REASON_EN = "The {side} side has already stated the end of the outage of {incident}."
    MEND_JA = "自らの記録を訂正する場合は CorrectTimes を使ってください。"
    MEND_EN = "Use CorrectTimes to restate one's own times."


class NothingToCorrect(Refusal):
    """The `side` side has not stated times of the incident `incident` yet."""

    KIND = "nothing-to-correct"
    SOURCE = "C23"
    REASON_JA = "{side} 側は障害 {incident} の時刻をまだ述べていません。"
    REASON_EN = "The {side} side has not stated times of the incident {incident} yet."
    MEND_JA = "相手方の時刻に異議がある場合は ContestTimes を使ってください。"
    MEND_EN = "Use ContestTimes to contest the other side's times."


class NoEndOfYours(Refusal):
    """The `side` side has stated no end of the outage `incident`, or has taken it back."""

    KIND = "no-end-of-yours"
    SOURCE = "C23"
    REASON_JA = "{side} 側が述べた障害 {incident} の停止の終わりはありません。"
    REASON_EN = "The {side} side has stated no end of the outage of the incident {incident}."
    MEND_JA = (
        "取り消せるのは自らの側が述べた終わりだけです。相手方の時刻に異議がある場合は ContestTimes を使ってください。"
    )
    MEND_EN = "Take back only an end that your own side stated; contest the other side's with ContestTimes."


class NothingToContest(Refusal):
    """There are no times of the side other than `side` to contest at the incident `incident`."""

    KIND = "nothing-to-contest"
    SOURCE = "C23"
    REASON_JA = "障害 {incident} には相手方（{side} でない側）の時刻がありません。"
    REASON_EN = "There are no times of the side other than {side} to contest at the incident {incident}."
    MEND_JA = "自らの記録を訂正する場合は CorrectTimes を使ってください。"
    MEND_EN = "Use CorrectTimes to restate one's own times."


class NoSettlementProposed(Refusal):
    """The other side has proposed no times to agree on for the incident `incident`."""

    KIND = "no-settlement-proposed"
    SOURCE = "C23"
    REASON_JA = "障害 {incident} に相手方からの時刻の合意案はありません。"
    REASON_EN = "The other side has proposed no times to agree on for the incident {incident}."
    MEND_JA = "ProposeSettlement で合意案を示してください。"
    MEND_EN = "Propose times first (ProposeSettlement)."


class NoVoidProposed(Refusal):
    """The other side has not proposed to void the incident `incident`."""

    KIND = "no-void-proposed"
    SOURCE = "C23"
    REASON_JA = "障害 {incident} に相手方からの取消の提案はありません。"
    REASON_EN = "The other side has not proposed to void the incident {incident}."
    MEND_JA = "ProposeVoid で取消を提案してください。"
    MEND_EN = "Propose it first (ProposeVoid)."


class UnknownGround(Refusal):
    """The ground `ground` is not in the SLA document."""

    KIND = "unknown-ground"
    SOURCE = "G9"
    REASON_JA = "事由 {ground} はSLA記述書にありません。"
    REASON_EN = "The ground {ground} is not in the SLA document."
    MEND_JA = "SLA記述書の事由コードを指定してください: {known}"
    MEND_EN = "Name a ground of the SLA document: {known}"


class NoSuchPlannedStop(Refusal):
    """The planned stop `planned_stop` was never announced."""

    KIND = "no-such-planned-stop"
    SOURCE = "C21"
    REASON_JA = "計画停止 {planned_stop} は予告されていません。"
    REASON_EN = "The planned stop {planned_stop} was never announced."
    MEND_JA = "予告の番号を確かめるか、planned_stop を省いてください。"
    MEND_EN = "Check its code, or leave planned_stop out."


class AnnouncedOnAnotherGround(Refusal):
    """A claim that names a planned stop is on the ground on which that was announced."""

    KIND = "announced-on-another-ground"
    SOURCE = "C21"
    REASON_JA = "計画停止 {planned_stop} は事由 {announced} で予告されており、事由 {ground} では申し立てられません。"
    REASON_EN = "The planned stop {planned_stop} was announced on the ground {announced}, not on {ground}."
    MEND_JA = "事由 {announced} を指定するか、planned_stop を省いてください。"
    MEND_EN = "Name the ground {announced}, or leave planned_stop out."


class NoTimeInCommon(Refusal):
    """What is claimed of an incident by a planned stop has time in common with what was announced (C4, C21)."""

    KIND = "no-time-in-common"
    SOURCE = "C21"
    REASON_JA = (
        "障害 {incident} の停止には、計画停止 {planned_stop} の予告（{starts_at} から {ends_at}）と"
        "重なる時間がありません。"
    )
    REASON_EN = (
        "The outage of {incident} has no time in common with the planned stop {planned_stop}, announced from "
        "{starts_at} to {ends_at}."
    )
    MEND_JA = "その停止の予告の番号を指定するか、planned_stop を省いてください。"
    MEND_EN = "Name the announcement of this stop, or leave planned_stop out."


class NoSystemInCommon(Refusal):
    """What is claimed of an incident by a planned stop is a stop of systems that were announced (C21)."""

    KIND = "no-system-in-common"
    SOURCE = "C21"
    REASON_JA = "計画停止 {planned_stop} の予告（{announced}）に、障害 {incident} で停止したシステムはありません。"
    REASON_EN = "The planned stop {planned_stop}, announced for {announced}, names no system that {incident} stopped."
    MEND_JA = "その停止の予告の番号を指定するか、planned_stop を省いてください。"
    MEND_EN = "Name the announcement of this stop, or leave planned_stop out."


class ExclusionAlreadyClaimed(Refusal):
    """The exclusion `exclusion` has already been claimed."""

    KIND = "exclusion-already-claimed"
    SOURCE = "C5"
    REASON_JA = "除外の申立て {exclusion} はすでに記録されています。"
    REASON_EN = "The exclusion {exclusion} has already been claimed."
    MEND_JA = "別の番号を使ってください。"
    MEND_EN = "Use another code."


class NoSuchExclusion(Refusal):
    """No claim `exclusion` of an exclusion is open at the incident `incident`."""

    KIND = "no-such-exclusion"
    SOURCE = "C5"
    REASON_JA = "障害 {incident} に判断待ちの除外の申立て {exclusion} はありません。"
    REASON_EN = "No claim {exclusion} of an exclusion is open at the incident {incident}."
    MEND_JA = "申立ての番号を確かめてください。"
    MEND_EN = "Check the claim's code."


class NotYoursToDecide(Refusal):
    """The `side` side brought this forward and cannot decide it itself: `what`."""

    KIND = "not-yours-to-decide"
    SOURCE = "C5"
    REASON_JA = "{what} は提起した {side} 側自身では決められません。"
    REASON_EN = "The {side} side brought this forward and cannot decide it itself: {what}."
    MEND_JA = "相手方の判断を記録してください。"
    MEND_EN = "Have the other side decide."


class TimesAreSettled(Refusal):
    """Times that both sides agreed on change only by a new agreement of both."""

    KIND = "times-are-settled"
    SOURCE = "C23"
    REASON_JA = "障害 {incident} の時刻は双方の合意で確定しています。"
    REASON_EN = "The times of the incident {incident} are settled by both sides."
    MEND_JA = "ProposeSettlement で新しい時刻を提案し、相手方の合意を得てください。"
    MEND_EN = "Propose other times (ProposeSettlement) and have the other side agree."


class NoOutageAtLevelC(Refusal):
    """At level C no service is affected (S6): such an incident has no outage."""

    KIND = "no-outage-at-level-c"
    SOURCE = "S6"
    REASON_JA = "レベルCの障害 {incident} はサービスに影響がない障害であり、停止と両立しません。"
    REASON_EN = "The incident {incident} at level C affects no service and cannot have an outage."
    MEND_JA = "停止があればレベルA・Bに（Reclassify）、停止が誤りであれば双方で取消を（ProposeVoid）記録してください。"
    MEND_EN = (
        "Where service stopped, give it level A or B (Reclassify); where it did not, void the incident (ProposeVoid)."
    )


class LevelUnchanged(Refusal):
    """The incident `incident` already has the level `level`."""

    KIND = "level-unchanged"
    SOURCE = "S6"
    REASON_JA = "障害 {incident} はすでにレベル {level} です。"
    REASON_EN = "The incident {incident} already has the level {level}."
    MEND_JA = "別のレベルを指定してください。"
    MEND_EN = "Name another level."


class GroundWithoutEffect(Refusal):
    """A ground with neither flag takes no time out of a figure and frees from nothing (G9, A24)."""

    KIND = "ground-without-effect"
    SOURCE = "G9, A24"
    REASON_JA = "事由 {ground} は測定からの除外も損害賠償の免責ももたらしません。"
    REASON_EN = "The ground {ground} neither leaves the measurement nor frees from damages."
    MEND_JA = "測定から除外される事由か、免責となる事由を指定してください: {known}"
    MEND_EN = "Name a ground that leaves the measurement or frees from damages: {known}"


class PlannedStopsCount(Refusal):
    """Where the SLA counts planned stops, none of them leaves the measurement (A35)."""

    KIND = "planned-stops-count"
    SOURCE = "A35"
    REASON_JA = "このSLAでは予告した計画停止も停止として数えます（planned_stop_counts: yes）: {planned_stop}"
    REASON_EN = "This SLA counts planned stops as stops (planned_stop_counts: yes): {planned_stop}"
    MEND_JA = "別の事由で申し立てるか、SLAの条件の変更に双方で合意してください。"
    MEND_EN = "Claim another ground, or agree on another term of the SLA."


class OtherTimesProposed(Refusal):
    """One agrees to the times one has seen."""

    KIND = "other-times-proposed"
    SOURCE = "C23"
    REASON_JA = "障害 {incident} の合意案の時刻は {started_at} から {ended_at} までです。"
    REASON_EN = "The times proposed for the incident {incident} are {started_at} to {ended_at}."
    MEND_JA = "その時刻に合意する場合は同じ時刻を指定し、合意しない場合は ProposeSettlement を使ってください。"
    MEND_EN = "Name these times to agree to them, or propose others (ProposeSettlement)."
