"""The words that people read for the record's own names, in Japanese and English. A test sees that none is missing."""

from slm_domain.sla import Words


def _w(ja: str, en: str) -> Words:
    return Words(ja=ja, en=en)


EVENT_NAMES: dict[str, Words] = {
    "ContractDrafted": _w("契約の起票", "Contract drafted"),
    "SlaProposed": _w("SLA記述書の提示", "SLA proposed"),
    "SlaSigned": _w("SLAへの同意", "SLA signed"),
    "SlaAgreed": _w("SLAの合意", "SLA agreed"),
    "ClosedDaysFixed": _w("閉庁日の確定", "Closed days fixed"),
    "PlannedStopAnnounced": _w("計画停止の通知", "Planned stop announced"),
    "UnmeasuredTimeStated": _w("未測定時間の記録", "Unmeasured time stated"),
    "UnmeasuredTimeWithdrawn": _w("未測定時間の取下げ", "Unmeasured time withdrawn"),
    "LevelDefined": _w("サービスレベルの設定", "Level defined"),
    "LevelRevisionProposed": _w("改定の提案", "Revision proposed"),
    "LevelRevised": _w("サービスレベルの改定", "Level revised"),
    "LevelRetired": _w("サービスレベルの廃止", "Level retired"),
    "MeasurementRecorded": _w("測定の記録", "Measurement recorded"),
    "MeasurementCorrected": _w("測定の訂正", "Measurement corrected"),
    "ExemptionClaimed": _w("免責の主張", "Exemption claimed"),
    "ExemptionAccepted": _w("免責の承認", "Exemption accepted"),
    "ExemptionRejected": _w("免責の否認", "Exemption rejected"),
    "IncidentReported": _w("障害の報告", "Incident reported"),
    "IncidentReclassified": _w("障害レベルの変更", "Incident reclassified"),
    "IncidentVoided": _w("障害記録の無効（合意）", "Incident voided"),
    "VoidProposed": _w("無効の提案", "Void proposed"),
    "OutageStarted": _w("停止の開始", "Outage started"),
    "OutageReopened": _w("停止終了の取消し", "End of outage taken back"),
    "OutageEnded": _w("停止の終了", "Outage ended"),
    "PartlyRestored": _w("一部復旧", "Partly restored"),
    "TimesContested": _w("時刻への異議", "Times contested"),
    "TimesCorrected": _w("時刻の訂正", "Times corrected"),
    "SettlementProposed": _w("時刻の合意案", "Settlement proposed"),
    "TimesSettled": _w("時刻の合意", "Times settled"),
    "ExclusionClaimed": _w("除外の主張", "Exclusion claimed"),
    "ExclusionAccepted": _w("除外の承認", "Exclusion accepted"),
    "ExclusionRejected": _w("除外の否認", "Exclusion rejected"),
    "Notified": _w("障害通知", "Notified"),
    "Triaged": _w("一次切り分け", "Triaged"),
    "TriageReported": _w("切り分け結果の報告", "Triage reported"),
    "Contacted": _w("出動の連絡", "Contacted"),
    "DelayTold": _w("遅延の連絡", "Delay told"),
    "Dispatched": _w("出動", "Sent someone"),
    "ClockPaused": _w("計時の中断", "Clock paused"),
    "ClockResumed": _w("計時の再開", "Clock resumed"),
    "MomentCorrected": _w("対応時刻の訂正", "Moment corrected"),
    "MeetingReported": _w("定例会での報告", "Told in the regular meeting"),
    "Arrived": _w("到着", "Arrived"),
    "WorkStarted": _w("作業の開始", "Work started"),
    "PartsNeeded": _w("交換部品の要求", "Parts needed"),
    "EquipmentStopTold": _w("庁舎機器の停止の連絡", "Equipment stop told"),
    "EquipmentRestored": _w("庁舎機器の復旧", "Equipment restored"),
    "ProgressReported": _w("経過報告", "Progress reported"),
    "Recovered": _w("復旧", "Recovered"),
    "IncidentReportHandedIn": _w("障害報告書の提出", "Incident report handed in"),
    "ReviewOpened": _w("見直し・検査の開始", "Review opened"),
    "MonthUnderReview": _w("月次検査の対象月", "Month under review"),
    "MonthlyReportHandedIn": _w("月次報告の提出", "Monthly report handed in"),
    "InspectionPassed": _w("検査合格（検収）", "Inspection passed"),
    "InspectionFailed": _w("検査不合格", "Inspection failed"),
    "ImprovementPlanned": _w("改善の計画", "Improvement planned"),
    "ImprovementCompleted": _w("改善の完了", "Improvement completed"),
    "ReviewClosed": _w("見直し・検査の終了", "Review closed"),
    "NoteWritten": _w("覚え書き", "Note written"),
}

VERDICTS: dict[str, Words] = {
    "met_target": _w("目標達成", "target met"),
    "met_guarantee": _w("保証値内", "guarantee met"),
    "breach": _w("未達", "breach"),
    "not_measured": _w("未測定", "not measured"),
    "not_applicable": _w("該当なし", "no occasion"),
    "excluded": _w("除外", "excluded"),
    "pending": _w("期限前", "pending"),
}

STOP_REASONS: dict[str, Words] = {
    "counted": _w("算入", "counted"),
    "below_minimum": _w("基準時間未満", "shorter than a stop"),
    "excluded": _w("除外（承認済み）", "excluded, accepted"),
    "outside_hours": _w("開庁時間外", "outside opening hours"),
    "no_stop": _w("停止なし", "nothing stopped"),
    "unmeasured": _w("未測定", "not measured"),
    "claimed_counts_as_down": _w("算入（除外は未承認）", "counted: exclusion not accepted"),
    "accepted_without_effect": _w("算入（承認済みの除外が及ばない）", "counted: accepted exclusion does not reach it"),
    "beyond_announced": _w("算入（予告の範囲外）", "counted: beyond what was announced"),
    "extraordinary": _w("時間外の臨時作業", "extraordinary work outside support hours"),
}

INSPECTIONS: dict[str, Words] = {
    "waiting": _w("検査待ち", "waiting"),
    "passed": _w("合格", "passed"),
    "failed": _w("不合格", "failed"),
}

SIDES: dict[str, Words] = {"municipality": _w("発注者", "municipality"), "provider": _w("受注者", "provider")}

UNITS: dict[str, Words] = {
    "seconds": _w("秒", " s"),
    "minutes": _w("分", " min"),
    "hours": _w("時間", " h"),
    "days": _w("日", " days"),
    "months": _w("か月", " months"),
    "count": _w("回", "×"),
    "percent": _w("％", " %"),
    "grade": _w("（グレード）", " (grade)"),
    "met": _w("実施", "met"),
}

COMPARISONS: dict[str, Words] = {
    "at_least": _w("以上", "≥"),
    "at_most": _w("以下", "≤"),
    "below": _w("未満", "<"),
    "above": _w("を超える", ">"),
}

MEASURED: dict[str, Words] = {
    "longest": _w("最長", "longest"),
    "shortest": _w("最短", "shortest"),
    "count": _w("回数", "count"),
    "stopped": _w("停止計", "stopped"),
    "availability": _w("稼働率", "availability"),
    "ratio": _w("割合", "ratio"),
    "mean": _w("平均", "mean"),
    "time_between_failures": _w("平均故障間隔", "time between failures"),
    "grade": _w("グレード", "grade"),
    "met": _w("実施", "met"),
    "latest_against_due": _w("期限との差", "against due"),
}

PERIODS: dict[str, Words] = {
    "day": _w("日別", "by day"),
    "week": _w("週別", "by week"),
    "month": _w("月別", "by month"),
    "quarter": _w("四半期別", "by quarter"),
    "half_year": _w("半期別", "by half-year"),
    "fiscal_year": _w("年度別", "by fiscal year"),
    "year": _w("暦年別", "by calendar year"),
    "term": _w("契約期間", "contract term"),
}

ROLLED: dict[str, Words] = {
    "contract": _w("契約", "contract"),
    "organisation": _w("団体", "organisation"),
    "system": _w("システム", "system"),
    "provider": _w("受注者", "provider"),
}

EXCUSES: dict[str, Words] = {
    "left_measurement": _w("測定から除いたため減額なし", "not measured, so not deducted"),
    "freed": _w("免除（免責事由の承認）", "freed: exemption accepted"),
    "told_in_time": _w("免除（期限前に連絡）", "excused: told in time"),
}

LISTS: dict[str, Words] = {
    "up": _w("稼働した時間", "Up"),
    "down": _w("停止した時間（算入）", "Down, counted"),
    "lost": _w("重み付きの停止時間", "Down, weighted"),
    "excluded": _w("除外した時間", "Excluded"),
    "unmeasured": _w("未測定の時間", "Unmeasured"),
    "to_come": _w("これからの開庁時間", "Opening hours to come"),
    "outside_hours": _w("開庁時間外", "Outside opening hours"),
    "extraordinary": _w("時間外の臨時作業（稼働に含む、S5）", "Extraordinary work outside support hours (of Up, S5)"),
    "beyond_announced": _w("予告の範囲外（停止に含む、C21）", "Beyond what was announced (of Down, C21)"),
    "beyond_allowance": _w("許容時間の超過（停止に含む、C21）", "Beyond the allowance (of Down, C21)"),
    "items": _w("対象", "Items"),
    "counted": _w("数えたもの", "Counted"),
    "failures": _w("算入した停止", "Stops that count"),
    "part": _w("満たした数（分子）", "Numerator"),
    "whole": _w("全体の数（分母）", "Denominator"),
    "together": _w("所要時間", "Times"),
    "still_open": _w("未了のもの（現在までの時間）", "Not over yet (time up to now)"),
    "grades": _w("段階", "Grades"),
    "deductions": _w("減額率の合計", "Deductions, before caps"),
    "deducted": _w("適用する減額率", "Deducted, after caps"),
    "payment": _w("停止による支払い", "Payment by the provider"),
    "bonuses": _w("加算率の合計", "Bonuses, before caps"),
    "bonuses_added": _w("適用する加算率", "Bonus, after caps"),
    "invoice": _w("請求額", "Invoice"),
    "restated": _w("検収後の訂正", "Corrected since it was accepted"),
}

REASONS: dict[str, Words] = {
    **EXCUSES,
    "paid_instead": _w("減額せず受注者が支払う", "paid by the provider instead"),
    "spared_by_cap": _w("上限により減額なし", "spared by a cap"),
    "before_caps": _w("上限適用前", "before caps"),
    "rule": _w("規則の上限", "cap of the rule"),
    "month": _w("月の上限", "cap of the month"),
    "rolling_twelve_months": _w("12か月の上限", "cap of twelve months"),
    "bonus": _w("加算の上限", "cap of the bonus"),
    "bonuses": _w("加算の合計の上限", "cap of all bonuses"),
    "as_accepted": _w("検収時の額", "as accepted"),
    "adjustment": _w("検収後の訂正による調整", "adjustment for a correction"),
    "settled_by_adjustment": _w("請求額では訂正した月に調整", "settled in the invoice of the month it was made"),
    "settled_after_term": _w("契約期間の終了後に別途精算", "settled apart, after the term"),
    "not_settled": _w("金額は検収時のまま", "stays paid as accepted"),
    "by_time_alone": _w("時の経過による", "changed by time alone"),
}


EXPLAINED: dict[str, Words] = {
    "availability": _w("稼働率", "Availability"),
    "level": _w("サービスレベル", "Service level"),
    "deductions": _w("減額", "Deductions"),
    "fee": _w("支払額", "Fee"),
}

AMOUNTS: dict[str, Words] = {
    "base": _w("開庁時間", "opening time"),
    "lost": _w("停止", "stopped"),
    "up": _w("稼働した時間", "up"),
    "down": _w("停止した時間", "down"),
    "excluded": _w("除外した時間", "excluded"),
    "unmeasured": _w("未測定の時間", "unmeasured"),
    "to_come": _w("これからの時間", "to come"),
    "available": _w("稼働", "available"),
    "availability": _w("稼働率", "availability"),
    "item": _w("内訳", "item"),
    "part": _w("該当", "part"),
    "whole": _w("全体", "whole"),
    "ratio": _w("割合", "ratio"),
    "together": _w("所要計", "together"),
    "finished": _w("完了件数", "finished"),
    "mean": _w("平均", "mean"),
    "failures": _w("停止回数", "failures"),
    "time_between_failures": _w("平均故障間隔", "time between failures"),
    "in_force": _w("期間中のグレード", "in force"),
    "grade": _w("グレード", "grade"),
    "due": _w("期限", "due"),
    "elapsed": _w("所要", "elapsed"),
    "over": _w("超過", "over"),
    "step": _w("刻み", "step"),
    "steps": _w("刻み数", "steps"),
    "first_share": _w("遅延時", "when late"),
    "step_share": _w("刻みごと", "per step"),
    "further_share": _w("刻みの分", "further"),
    "occasions": _w("件数", "occasions"),
    "share": _w("減額率", "share"),
    "sum_of_shares": _w("減額率の合計", "sum of shares"),
    "cap": _w("上限", "cap"),
    "cap_left": _w("減額後の上限の残り", "left of the cap"),
    "rule_cap": _w("規則の上限", "cap of the rule"),
    "rule_share": _w("規則の減額率", "share of a rule"),
    "capped_share": _w("上限適用後", "after caps"),
    "earlier_fees": _w("前11か月の月額計", "fees of the 11 months before"),
    "rolling_fees": _w("12か月の月額計", "fees of 12 months"),
    "rolling_share": _w("12か月の上限率", "cap of 12 months"),
    "rolling_cap": _w("12か月の上限額", "cap of 12 months"),
    "credited": _w("前11か月の減額・支払い", "deducted and paid in the 11 months before"),
    "rolling_left": _w("上限の残り", "left of the cap"),
    "bonus": _w("加算率", "bonus"),
    "bonus_cap": _w("加算の上限", "cap of the bonus"),
    "bonus_sum": _w("加算率の合計", "sum of bonuses"),
    "bonus_share": _w("適用する加算率", "bonus"),
    "paid_share": _w("支払率", "paid"),
    "achieved": _w("達成値", "achieved"),
    "target": _w("目標値", "target"),
    "target_share": _w("目標値", "target"),
    "target_time": _w("目標値", "target"),
    "tier": _w("区分", "tier"),
    "achieved_share": _w("達成値", "achieved"),
    "tier_share": _w("区分", "tier"),
    "achieved_time": _w("達成値", "achieved"),
    "tier_time": _w("区分", "tier"),
    "breaches": _w("未達の月", "months in breach"),
    "times": _w("回数", "times"),
    "fee_share": _w("負担割合", "share of the fee"),
    "stop_share": _w("停止の減額率", "share of the stops"),
    "left_by_stops": _w("停止の減額後の残り", "left by the stops"),
    "unavailable": _w("1−稼働率", "1 − availability"),
    "charged": _w("減額の対象", "charged"),
    "payment_share": _w("支払いの割合", "share paid"),
    "payment_exact": _w("端数処理前", "before rounding"),
    "payment": _w("受注者の支払額", "payment by the provider"),
    "fee_tax": _w("消費税", "tax inside"),
    "fee_without_tax": _w("税抜き月額", "monthly fee without tax"),
    "whole_fee": _w("全額", "whole fee"),
    "deducted_share": _w("適用する減額率", "deducted"),
    "remaining_share": _w("支払率", "remaining"),
    "monthly_fee": _w("月額", "monthly fee"),
    "served_share": _w("日割", "served"),
    "full_fee": _w("当月の月額", "fee of the month"),
    "payable_exact": _w("端数処理前", "before rounding"),
    "payable": _w("支払額", "payable"),
    "accepted": _w("検収時の支払額", "payable as accepted"),
    "adjustment": _w("訂正による調整", "adjustment"),
    "corrected": _w("訂正後の支払額", "payable as corrected"),
    "before_correction": _w("訂正前の支払額", "payable before the correction"),
    "corrected_tax": _w("訂正後の消費税", "tax as corrected"),
    "tax_before_correction": _w("訂正前の消費税", "tax before the correction"),
    "change": _w("支払額の増減", "change of the payable"),
    "adjustment_tax": _w("調整の消費税", "tax of the adjustment"),
    "taxed_together": _w("当月の税の条件による額", "taxed by this month's terms"),
    "tax_together": _w("その消費税", "its tax"),
    "invoice": _w("請求額", "invoice"),
    "deducted": _w("減額", "deducted"),
    "tax_part": _w("税の割合", "tax part"),
    "tax_exact": _w("端数処理前", "before rounding"),
    "tax": _w("消費税", "tax"),
    "net": _w("税抜き", "net"),
    "gross": _w("税込み", "gross"),
}

AFTER_OPERANDS: dict[str, Words] = {  # what is said after the operands
    "capped": _w(" を適用", ""),
    "steps_passed": _w("（ちょうどは含まない）", " (just ended is not passed)"),
}

CAPS: dict[str, Words] = {
    "rule": _w("規則の上限", "cap of the rule"),
    "month": _w("月の減額の上限", "cap of the month's deductions"),
    "rolling_twelve_months": _w("12か月の減額の上限", "cap of twelve months"),
    "bonus": _w("加算の上限", "cap of the bonus"),
    "bonuses": _w("加算の合計の上限", "cap of the month's bonuses"),
}

OPERATIONS: dict[str, Words] = {
    "plus": _w("＋", "+"),
    "minus": _w("−", "−"),
    "times": _w("×", "×"),
    "divided_by": _w("÷", "÷"),
    "least": _w("と", "and"),
    "steps_passed": _w("に過ぎた", "passed in"),
    "steps_started": _w("に始まった", "begun in"),
    "capped": _w("に", "capped by"),
    "at_least": _w("≧", "≥"),
    "at_most": _w("≦", "≤"),
    "below": _w("＜", "<"),
    "above": _w("＞", ">"),
    "freed_left_out": _w("から免責分を除く", "without what is freed from damages"),
    "rounded_down": _w("切り捨て", "rounded down"),
    "rounded_up": _w("切り上げ", "rounded up"),
    "rounded_half_up": _w("四捨五入", "rounded half up"),
}


def window_name(name: str) -> Words:
    """The words for a window ("last_30_days", "fiscal_year_to_date", "term"); a period's own name says what it is."""
    match name.split("_"):
        case ["last", amount, "days"]:
            return _w(f"直近{amount}日", f"last {amount} days")
        case ["last", amount, "months"]:
            return _w(f"直近{amount}か月", f"last {amount} months")
        case ["fiscal", "year", "to", "date"]:
            return _w("年度累計", "fiscal year to date")
        case ["term"]:
            return PERIODS["term"]
        case _:
            return Words(ja=name, en=name)


def event_name(stored: str) -> Words:
    """The words for a stored event name ("OutageStarted.1"); the name itself for one that is newer than this table."""
    name = stored.partition(".")[0]
    return EVENT_NAMES.get(name, Words(ja=name, en=name))
