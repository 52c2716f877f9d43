"""The readings a contract chooses (DOMAIN C, DOMAIN-DETAIL A): those offered today.

`slm_domain.sla.Terms` knows every reading; the types here hold the offered ones. What the domain knows and this file
does not name is refused as "not offered yet".
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from slm_api.documents.amounts import DaysOfAYear, Minutes, Percent, PositiveMonths
from slm_api.documents.wording import Authored, titled

FirstDay = Annotated[int, Field(strict=True, ge=1, le=28)]  # a day that every month has


class Terms(Authored):
    """The readings this contract chose, each printed on the report."""

    exclusion_policy: Annotated[
        Literal["remove", "count_as_up"], titled("除外時間の扱い", "What becomes of excluded time (C5)")
    ] = "count_as_up"
    unmeasured: Annotated[
        Literal["remove", "stays_in_base"], titled("測定できなかった時間", "What becomes of unmeasured time (C2, S9)")
    ] = "stays_in_base"
    contested_times: Annotated[
        Literal["municipality", "provider", "lowest", "highest"],
        titled("争いのある時刻", "Whose times are taken until settled (C23)"),
    ] = "municipality"
    restoration_between_reports: Annotated[
        Literal["at_report", "at_last_report_before"],
        titled("報告と報告の間の復旧", "When what was restored between two reports counts as restored (J1, J4)"),
    ] = "at_report"
    availability_of: Annotated[
        Literal["service", "systems", "organisations"], titled("稼働率の対象", "What availability adds up (C24, K1)")
    ] = "service"
    min_stop_minutes: Annotated[
        Minutes | None, titled("停止とみなす最短時間(分)", "Shortest stop that counts, in minutes; null: any (A2)")
    ] = None
    cumulative_threshold_minutes: Annotated[
        Minutes | None, titled("月内累計の閾値(分)", "Month's total that has to be passed, in minutes (C11)")
    ] = None
    threshold_scope: Annotated[
        Literal["contract", "organisation"], titled("閾値の範囲", "For what the month's total is counted (C24)")
    ] = "contract"
    stop_length_measured: Annotated[
        Literal["clipped_to_hours", "whole"],
        titled("停止の長さ", "Length of a stop: inside opening hours, or all (A3)"),
    ] = "clipped_to_hours"
    stop_remedy: Annotated[
        Literal["deduction", "payment", "both"], titled("停止の効果", "What a stop leads to (A5)")
    ] = "deduction"
    deduction_base: Annotated[
        Literal["tax_included", "tax_excluded"], titled("減額の基礎", "Amount of which shares are taken (A6)")
    ] = "tax_included"
    arrival_clock_start: Annotated[
        Literal["contact", "dispatch", "triage"], titled("到着時間の起点", "From when arrival is timed (A9)")
    ] = "contact"
    arrival_clock: Annotated[
        Literal["elapsed", "support_hours"], titled("到着時間の時計", "Clock of an arrival (A9)")
    ] = "elapsed"
    force_majeure_scope: Annotated[
        Literal["arrival", "all"], titled("特別な事情による除外の範囲", "What an accident or disaster excuses (A10)")
    ] = "arrival"
    parts_unit: Annotated[
        Literal["occasion", "part", "month"], titled("交換部品の数え方", "What is counted for parts (A11)")
    ] = "occasion"
    restore_clock: Annotated[Literal["elapsed", "opening"], titled("復旧の時計", "Clock of a restoration (A12)")] = (
        "elapsed"
    )
    first_report: Annotated[
        Literal["as_level", "meeting_only"], titled("レベルCの第一報", "First report of a level C incident (A15)")
    ] = "as_level"
    notify_levels_covered: Annotated[
        Literal["at_once_levels", "all"], titled("通知保証の対象", "Incident levels the notice guarantee covers (A16)")
    ] = "at_once_levels"
    inspection_days: Annotated[DaysOfAYear, titled("検査の日数", "Days for the inspection (S2)")] = 10
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
        DaysOfAYear, titled("報告期限(翌月第n開庁日)", "Opening day of the next month by which the report is due (S2)")
    ] = 5
    month_first_day: Annotated[FirstDay, titled("月の始まりの日", "Day on which the contract's months begin (C15)")] = 1
    pro_rata: Annotated[Literal["none", "calendar_month", "year"], titled("日割計算", "Part periods (A20)")] = "none"
    partial_counts: Annotated[
        Literal["no", "full", "weight"], titled("一部停止の扱い", "How a partial stop counts (A28)")
    ] = "full"
    partial_weight_by: Annotated[
        Literal["systems", "organisations"], titled("一部停止の重み", "What its weight is a share of")
    ] = "systems"
    lead_kind: Annotated[
        Literal["at_least", "cutoff_at_most"], titled("事前期限の読み方", "Reading of lead times (A31)")
    ] = "at_least"
    next_service_day_at: Annotated[
        Literal["start", "end"], titled("翌サービス日の時点", "Moment meant by the next service day (A32)")
    ] = "end"
    planned_stop_counts: Annotated[
        Literal["no", "yes"], titled("計画停止の扱い", "Whether a planned stop told in time counts (A35)")
    ] = "no"
    notice_months_municipality: Annotated[
        PositiveMonths | None,
        titled("解約予告(発注者、月)", "Months of notice to end the contract, municipality (A34, S3)"),
    ] = None
    notice_months_provider: Annotated[
        PositiveMonths | None,
        titled("解約予告(受注者、月)", "Months of notice to end the contract, provider (A34, S3)"),
    ] = None
    money_follows_correction: Annotated[
        Literal["adjustment_in_month_of_correction", "no"],
        titled("検収後の訂正と金額", "Whether money follows a correction after acceptance (C20)"),
    ] = "adjustment_in_month_of_correction"
    deduction_cap_percent: Annotated[Percent, titled("減額の上限(%)", "Cap of the deductions, in percent (C16)")] = (
        Decimal(100)
    )
    rolling_cap_percent: Annotated[
        Percent | None, titled("12か月の減額の上限(%)", "Cap over twelve months, in percent of their fees")
    ] = None
    liquidated_damages: Annotated[
        Literal["yes", "no"], titled("損害賠償額の予定", "Whether a penalty settles the damage (G10 art. 23)")
    ] = "yes"
    damages_cap_months: Annotated[
        PositiveMonths | None,
        titled("損害賠償の上限(月額の月数)", "Cap of other damages, in monthly fees (G10 art. 23)"),
    ] = None
