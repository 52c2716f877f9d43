"""The readings a contract chooses (DOMAIN C, DOMAIN-DETAIL A): those offered today.

`slm_domain.sla.Terms` knows every reading; the types here hold the offered ones. What the domain knows and this file
does not name is refused as "not offered yet": no case and no example fixes what it would mean in numbers.
"""

from decimal import Decimal
from typing import Annotated, Literal

from slm_api.documents.amounts import Count, Percent, Positive
from slm_api.documents.wording import Authored, titled


class Terms(Authored):
    """The readings this contract chose, each printed on the report."""

    exclusion_policy: Annotated[
        Literal["remove", "count_as_up"], titled("除外時間の扱い", "What becomes of excluded time (C5)")
    ] = "count_as_up"
    contested_times: Annotated[
        Literal["municipality", "provider", "lowest", "highest"],
        titled("争いのある時刻", "Whose times are taken until settled (C23)"),
    ] = "municipality"
    min_stop_minutes: Annotated[
        Count | None, titled("停止とみなす最短時間(分)", "Shortest stop that counts, in minutes; null: any (A2)")
    ] = None
    cumulative_threshold_minutes: Annotated[
        Count | None, titled("月内累計の閾値(分)", "Month's total that has to be passed, in minutes (C11)")
    ] = None
    stop_length_measured: Annotated[
        Literal["clipped_to_hours"], titled("停止の長さ", "Length of a stop inside opening hours (A3)")
    ] = "clipped_to_hours"
    stop_remedy: Annotated[Literal["deduction"], titled("停止の効果", "What a stop leads to (A5)")] = "deduction"
    deduction_base: Annotated[
        Literal["tax_included"], titled("減額の基礎", "Amount of which shares are taken (A6)")
    ] = "tax_included"
    arrival_clock_start: Annotated[Literal["contact"], titled("到着時間の起点", "From when arrival is timed (A9)")] = (
        "contact"
    )
    arrival_clock: Annotated[Literal["elapsed"], titled("到着時間の時計", "Clock of an arrival (A9)")] = "elapsed"
    force_majeure_scope: Annotated[
        Literal["arrival"], titled("特別な事情による除外の範囲", "What an accident or disaster excuses (A10)")
    ] = "arrival"
    parts_unit: Annotated[Literal["occasion"], titled("交換部品の数え方", "What is counted for parts (A11)")] = (
        "occasion"
    )
    restore_clock: Annotated[Literal["elapsed"], titled("復旧の時計", "Clock of a restoration (A12)")] = "elapsed"
    first_report: Annotated[
        Literal["as_level"], titled("レベルCの第一報", "First report of a level C incident (A15)")
    ] = "as_level"
    notify_levels_covered: Annotated[
        Literal["at_once_levels"], titled("通知保証の対象", "Incident levels the notice guarantee covers (A16)")
    ] = "at_once_levels"
    inspection_days: Annotated[Positive, titled("検査の日数", "Days for the inspection (S2)")] = 10
    inspection_start: Annotated[
        Literal["end_of_work_period", "report_received"], titled("検査期間の起点", "From when it is counted (A18)")
    ] = "end_of_work_period"
    inspection_days_kind: Annotated[
        Literal["calendar", "opening"], titled("検査日数の数え方", "Days it is counted in (A19)")
    ] = "calendar"
    due_shift: Annotated[
        Literal["none", "next_opening_day", "previous_opening_day"],
        titled("閉庁日に当たる期限", "A due day that is closed (A36)"),
    ] = "none"
    report_due_opening_day: Annotated[
        Positive, titled("報告期限(翌月第n開庁日)", "Opening day of the next month by which the report is due (S2)")
    ] = 5
    pro_rata: Annotated[Literal["none"], titled("日割計算", "Part periods (A20)")] = "none"
    partial_counts: Annotated[Literal["no", "full"], titled("一部停止の扱い", "How a partial stop counts (A28)")] = (
        "full"
    )
    lead_kind: Annotated[Literal["at_least"], titled("事前期限の読み方", "Reading of lead times (A31)")] = "at_least"
    next_service_day_at: Annotated[
        Literal["start", "end"], titled("翌サービス日の時点", "Moment meant by the next service day (A32)")
    ] = "end"
    planned_stop_counts: Annotated[
        Literal["no"], titled("計画停止の扱い", "Whether a planned stop told in time counts (A35)")
    ] = "no"
    money_follows_correction: Annotated[
        Literal["adjustment_in_month_of_correction", "no"],
        titled("検収後の訂正と金額", "Whether money follows a correction after acceptance (C20)"),
    ] = "adjustment_in_month_of_correction"
    deduction_cap_percent: Annotated[Percent, titled("減額の上限(%)", "Cap of the deductions, in percent (C16)")] = (
        Decimal(100)
    )
