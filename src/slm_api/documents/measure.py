"""How the value of a level comes about, as people write it."""

from typing import Annotated, Literal

from slm_api.documents.amounts import Flag, PositiveDays, PositiveMonths
from slm_api.documents.bounds import Bound
from slm_api.documents.wording import Authored, Code, titled
from slm_domain.sla import FaultGrade, IncidentMoment, MeasureKind, PeriodKind, Weekday


class Measure(Authored):
    """How the value of a level comes about: from incidents (their moments), from stops, or from what is recorded."""

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
    period: Annotated[PeriodKind | None, titled("期間", "Period that is judged")] = None
    period_days: Annotated[
        Literal["calendar", "opening", "scheduled"] | None, titled("対象日", "Which days a daily count expects (A14)")
    ] = None
    weekdays: Annotated[tuple[Weekday, ...], titled("曜日", "Scheduled weekdays (S34)")] = ()
    fault_levels: Annotated[tuple[FaultGrade, ...], titled("対象の障害レベル", "Incident levels covered")] = (
        "A",
        "B",
        "C",
    )
    site: Annotated[Code | None, titled("拠点", "Site of the arrival")] = None
    work: Annotated[Literal["hardware", "system"] | None, titled("保守の種類", "Kind of work on arrival")] = None
    runs_from: Annotated[
        Literal["receipt", "support_hours"],
        titled("時計の始まり", "From receipt, or from the next support hours (S28)"),
    ] = "receipt"
    pausable: Annotated[Flag, titled("中断できる", "Whether pauses with a reason stop the clock (C14)")] = False
    count_first_day: Annotated[Flag, titled("初日を数える", "Whether the first day counts (A21)")] = False
    due_shift: Annotated[
        Literal["none", "next_opening_day", "previous_opening_day"],
        titled("閉庁日に当たる期限", "A due day that is closed (A36)"),
    ] = "none"
    due_end: Annotated[
        Literal["end_of_day", "end_of_opening_hours"], titled("期限日の終わり", "When a due day ends (C13)")
    ] = "end_of_day"
    rolling_days: Annotated[PositiveDays | None, titled("移動期間(日)", "Days of a rolling period")] = None
    rolling_months: Annotated[PositiveMonths | None, titled("移動期間(月)", "Months of a rolling period")] = None
    week_starts_on: Annotated[Weekday, titled("週の始まり", "First day of the week (C15)")] = "mon"
    within: Annotated[Bound | None, titled("基準時間", "Time within which each has to be done, of a ratio")] = None
    scale: Annotated[Code | None, titled("尺度", "Scale of a grade")] = None
    systems: Annotated[tuple[Code, ...], titled("対象システム", "Systems it is narrowed to; none: all")] = ()
    organisations: Annotated[tuple[Code, ...], titled("対象団体", "Organisations it is narrowed to; none: all")] = ()
    per: Annotated[
        Literal["contract", "organisation", "system"], titled("判定の単位", "Judged for the whole, or for each of them")
    ] = "contract"
    covers_extraordinary: Annotated[
        Flag, titled("時間外の臨時作業を含む", "Covers extraordinary work outside support hours (S5)")
    ] = False
