"""The evaluated items (SLA評価項目): how each comes about, and the incident levels they speak of."""

from typing import Annotated, Literal

from slm_api.documents.amounts import Count
from slm_api.documents.bounds import Bound
from slm_api.documents.measure import Measure
from slm_api.documents.wording import Authored, Code, Text, Words, titled
from slm_domain.sla import FaultGrade


class FaultLevel(Authored):
    """An incident level (S6): its effect, when it is reported, and by which means."""

    code: Annotated[FaultGrade, titled("障害レベル", "Incident level")]
    effect: Annotated[Words, titled("影響範囲", "Effect")]
    urgency: Annotated[Words, titled("緊急度", "Urgency")]
    report: Annotated[
        Literal["at_once", "at_once_in_hours", "next_service_day"],
        titled("自治体への報告", "When the municipality is told"),
    ]
    means: Annotated[Words, titled("報告手段", "By which means")]
    told: Annotated[Words, titled("障害通知範囲", "Who is told, at start and end")]


class Grade(Authored):
    """One grade of a scale, the higher the better (J6)."""

    grade: Annotated[Count, titled("グレード", "Grade")]
    name: Annotated[Words, titled("名称", "Name")]


class Scale(Authored):
    """Grades that a level can be held to: one of the ready-made scales (J6), or the parties' own."""

    code: Annotated[Code, titled("尺度コード", "Code of the scale")]
    name: Annotated[Words, titled("名称", "Name")]
    grades: Annotated[tuple[Grade, ...], titled("グレード", "Grades, the lowest first")]


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
    catalogue: Annotated[Text | None, titled("カタログ項目", "Ready-made level that it was taken from")] = None
