"""The evaluated items (SLA評価項目): how each comes about, and the incident levels they speak of."""

from typing import Annotated, Literal

from slm_api.documents.bounds import Bound
from slm_api.documents.hours import Weekday
from slm_api.documents.wording import Authored, Code, Text, Words, titled

MeasureKind = Literal[
    "duration_at_most",
    "lead_at_least",
    "count_at_least",
    "obligation",
    "stopped_time_at_most",
    "availability_at_least",
]
IncidentMoment = Literal[
    "detected",
    "notified",
    "triaged",
    "triage_reported",
    "contacted",
    "arrived",
    "work_started",
    "recovered",
    "report_handed_in",
    "equipment_stop_told",
    "equipment_restored",
    "parts_needed",
]
Grade = Literal["A", "B", "C"]


class FaultLevel(Authored):
    """An incident level (S6): its effect, when it is reported, and by which means."""

    code: Annotated[Grade, titled("障害レベル", "Incident level")]
    effect: Annotated[Words, titled("影響範囲", "Effect")]
    urgency: Annotated[Words, titled("緊急度", "Urgency")]
    report: Annotated[
        Literal["at_once", "at_once_in_hours", "next_service_day"],
        titled("自治体への報告", "When the municipality is told"),
    ]
    means: Annotated[Words, titled("報告手段", "By which means")]
    told: Annotated[Words, titled("障害通知範囲", "Who is told, at start and end")]


class Measure(Authored):
    """How the value of a level comes about: from incidents (their moments, their stops) or recorded measurements."""

    kind: Annotated[MeasureKind, titled("種別", "Kind of criterion")]
    source: Annotated[Literal["incidents", "stops", "measurements"], titled("測定の元", "What it is measured from")]
    start: Annotated[IncidentMoment | None, titled("起点", "Moment from which the time runs")] = None
    end: Annotated[IncidentMoment | None, titled("終点", "Moment at which it ends")] = None
    clock: Annotated[
        Literal["elapsed", "support_hours", "opening_hours"], titled("時計", "Clock in which a duration runs")
    ] = "elapsed"
    day_kind: Annotated[Literal["calendar", "opening", "24h"], titled("日の数え方", "How days are counted (A13)")] = (
        "calendar"
    )
    period: Annotated[Literal["day", "month", "fiscal_year"] | None, titled("期間", "Period of the count or total")] = (
        None
    )
    period_days: Annotated[
        Literal["calendar", "opening", "scheduled"] | None, titled("対象日", "Which days a daily count expects (A14)")
    ] = None
    weekdays: Annotated[tuple[Weekday, ...], titled("曜日", "Scheduled weekdays (S34)")] = ()
    fault_levels: Annotated[tuple[Grade, ...], titled("対象の障害レベル", "Incident levels covered")] = ("A", "B", "C")
    site: Annotated[Code | None, titled("拠点", "Site of the arrival")] = None
    work: Annotated[Literal["hardware", "system"] | None, titled("保守の種類", "Kind of work on arrival")] = None


class DocumentKeys(Authored):
    """The level's place in the printed table, in the printed words, and its clause."""

    major: Annotated[Text, titled("大項目", "Group")]
    menu: Annotated[Text, titled("サービスメニュー", "Service menu")]
    item: Annotated[Text, titled("サービス項目", "Service item")]
    content: Annotated[Text, titled("サービス内容", "Content of the service")]
    criterion: Annotated[Text, titled("評価基準", "Criterion")]
    clause: Annotated[Text, titled("条項", "Clause")]


class Level(Authored):
    """One evaluated item: criterion, measurement method, guaranteed and target value (G1, G2)."""

    key: Annotated[Code, titled("項目キー", "Key of the level")]
    name: Annotated[Words, titled("名称", "Name")]
    document: Annotated[DocumentKeys, titled("原本の表記", "Place in the printed table")]
    measure: Annotated[Measure, titled("評価のしかた", "How its value comes about")]
    method: Annotated[Words, titled("測定方法", "Measurement method (G2)")]
    evidence: Annotated[Words, titled("証跡", "Evidence")]
    guaranteed: Annotated[Bound | None, titled("保証値(最低水準値)", "Guaranteed value")] = None
    target: Annotated[Bound | None, titled("目標値", "Target value")] = None
