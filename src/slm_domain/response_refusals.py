"""What the rules of the response to an incident do not allow: triage, recovery, calls, arrivals, equipment."""

from slm_domain.refusal import Refusal


class NoSuchCall(Refusal):
    """The incident `incident` has no call-out `call`."""

    KIND = "no-such-call"
    SOURCE = "S8"
    REASON_JA = "障害 {incident} に出動要請 {call} はありません。"
    REASON_EN = "The incident {incident} has no call-out {call}."
    MEND_JA = "Contact で出動要請を先に記録してください。"
    MEND_EN = "Record the call first (Contact)."


class CallAlreadyMade(Refusal):
    """The call-out `call` has already been recorded."""

    KIND = "call-already-made"
    SOURCE = "S8"
    REASON_JA = "出動要請 {call} はすでに記録されています。"
    REASON_EN = "The call-out {call} has already been recorded."
    MEND_JA = "別の番号を使ってください。"
    MEND_EN = "Use another code."


class AlreadyArrived(Refusal):
    """The arrival for the call-out `call` has already been recorded."""

    KIND = "already-arrived"
    SOURCE = "S8"
    REASON_JA = "出動要請 {call} の到着はすでに記録されています。"
    REASON_EN = "The arrival for the call-out {call} has already been recorded."
    MEND_JA = "誤りがあれば双方で確認し、取消を記録してください。"
    MEND_EN = "Agree with the other side on what is wrong, and void the incident if it is."


class NoMomentOfYours(Refusal):
    """A side corrects only what it stated itself: `side` did not state `moment` of `incident`."""

    KIND = "no-moment-of-yours"
    SOURCE = "C18, C23"
    REASON_JA = "{side} 側は障害 {incident} の {moment} を述べていません。"
    REASON_EN = "The {side} side has not stated {moment} of the incident {incident}."
    MEND_JA = "自らが記録した時刻を、その call または equipment とともに指定してください。"
    MEND_EN = "Name a moment that this side recorded, with its call or equipment."


class ClockAlreadyPaused(Refusal):
    """The clock of `clock` is paused already."""

    KIND = "clock-already-paused"
    SOURCE = "C14"
    REASON_JA = "{clock} の計時はすでに中断しています。"
    REASON_EN = "The clock of {clock} is paused already."
    MEND_JA = "ResumeClock で再開を記録してから、次の中断を記録してください。"
    MEND_EN = "Let it run on (ResumeClock) before the next pause."


class ClockNotPaused(Refusal):
    """The clock of `clock` is not paused."""

    KIND = "clock-not-paused"
    SOURCE = "C14"
    REASON_JA = "{clock} の計時は中断していません。"
    REASON_EN = "The clock of {clock} is not paused."
    MEND_JA = "PauseClock で記録した中断と同じ対象（call、equipment）を指定してください。"
    MEND_EN = "Name what was paused (PauseClock): the same call or equipment, or neither."


class ClockHasStopped(Refusal):
    """What has been done has no clock any more that could be paused."""

    KIND = "clock-has-stopped"
    SOURCE = "C14"
    REASON_JA = "{clock} の計時は {stopped_at} に終わっています。"
    REASON_EN = "The clock of {clock} stopped at {stopped_at}."
    MEND_JA = "それより前の時刻を指定してください。"
    MEND_EN = "Give an earlier moment, if it was paused before that."


class UnknownSite(Refusal):
    """The site `site` is not in the SLA document."""

    KIND = "unknown-site"
    SOURCE = "A8"
    REASON_JA = "場所 {site} はSLA記述書にありません。"
    REASON_EN = "The site {site} is not in the SLA document."
    MEND_JA = "SLA記述書の場所コードを指定してください: {known}"
    MEND_EN = "Name a site of the SLA document: {known}"


class EquipmentNotTold(Refusal):
    """No stop of the equipment `equipment` was told."""

    KIND = "equipment-not-told"
    SOURCE = "A12"
    REASON_JA = "機器 {equipment} の停止連絡が記録されていません。"
    REASON_EN = "No stop of the equipment {equipment} was told."
    MEND_JA = "TellEquipmentStop で停止連絡を先に記録してください。"
    MEND_EN = "Record the stop message first (TellEquipmentStop)."


class EquipmentAlreadyTold(Refusal):
    """The stop of the equipment `equipment` was told and has not ended."""

    KIND = "equipment-already-told"
    SOURCE = "S46"
    REASON_JA = "機器 {equipment} の停止はすでに連絡済みで、復旧が記録されていません。"
    REASON_EN = "The stop of the equipment {equipment} was already told and has not ended."
    MEND_JA = "RestoreEquipment で復旧を記録してから、次の停止を記録してください。"
    MEND_EN = "Record its restoration (RestoreEquipment) before the next stop."


class NotTriaged(Refusal):
    """No first triage of the incident `incident` is recorded."""

    KIND = "not-triaged"
    SOURCE = "S5"
    REASON_JA = "障害 {incident} の一次切り分けが記録されていません。"
    REASON_EN = "No first triage of the incident {incident} is recorded."
    MEND_JA = "Triage で一次切り分けを先に記録してください。"
    MEND_EN = "Record it first (Triage)."


class AlreadyRecovered(Refusal):
    """The recovery of `incident` has already been recorded."""

    KIND = "already-recovered"
    SOURCE = "C17"
    REASON_JA = "障害 {incident} の復旧はすでに記録されています。"
    REASON_EN = "The recovery of the incident {incident} has already been recorded."
    MEND_JA = "再び起きた場合は新しい障害として報告してください。"
    MEND_EN = "Report a new incident if it happened again."


class RecoversByItsEnd(Refusal):
    """The recovery of an incident with an outage is the end of that outage."""

    KIND = "recovers-by-its-end"
    SOURCE = "C23"
    REASON_JA = "障害 {incident} には停止があり、その終了が復旧です。"
    REASON_EN = "The incident {incident} has an outage; it recovers when that ends."
    MEND_JA = "EndOutage で停止の終了を記録してください。"
    MEND_EN = "Record the end of the outage (EndOutage)."
