"""The words of the terms that say how a month is reported, inspected and paid."""

from slm_api.term import Term, words

SETTLING: dict[str, Term] = {
    "inspection_days": Term(
        source="S2", name=words("検査の日数", "Days for the inspection"), number=words("{} 日", "{} days")
    ),
    "inspection_start": Term(
        source="A18",
        name=words("検査日数の起点", "Inspection is counted from"),
        readings={
            "end_of_work_period": words("作業期間の終わり", "the end of the work period"),
            "report_received": words("報告書の受領", "receipt of the report"),
        },
    ),
    "inspection_days_kind": Term(
        source="A19",
        name=words("検査日数の数え方", "Inspection is counted in"),
        readings={"calendar": words("暦日", "calendar days"), "opening": words("開庁日", "opening days")},
    ),
    "due_shift": Term(
        source="A36",
        name=words("閉庁日に当たる期限", "A due day that is closed"),
        readings={
            "none": words("動かさない（その日の終わり）", "stays: the end of that day"),
            "next_opening_day": words("次の開庁日へ", "moves to the next opening day"),
            "previous_opening_day": words("前の開庁日へ", "moves to the opening day before"),
        },
    ),
    "report_due_opening_day": Term(
        source="S2",
        name=words("月次報告の期限", "The report is due"),
        number=words("翌月第 {} 開庁日", "on opening day {} of the next month"),
    ),
    "month_first_day": Term(
        source="C15",
        name=words("月の始まり", "A month begins on"),
        number=words("{} 日", "day {} of the calendar month"),
    ),
    "pro_rata": Term(
        source="A20",
        name=words("月の一部の利用料", "Part months"),
        readings={
            "none": words("日割りしない", "not pro-rated"),
            "calendar_month": words("月の日数で日割り", "by the days of the month"),
            "year": words("年の日数で日割り", "by the days of the year"),
        },
    ),
    "partial_counts": Term(
        source="A28",
        name=words("一部のシステムの停止", "A partial stop"),
        readings={
            "no": words("数えない", "does not count"),
            "full": words("全部の停止として数える", "counts in full"),
            "weight": words("割合に応じて数える", "counts by its weight"),
        },
    ),
    "partial_weight_by": Term(
        source="A28",
        name=words("一部停止の割合", "Weight of a partial stop"),
        readings={
            "systems": words("システムの重みの割合", "share of the systems' weights"),
            "organisations": words("団体の重みの割合", "share of the organisations' weights"),
        },
    ),
    "lead_kind": Term(
        source="A31",
        name=words("事前期限の読み方", "Lead times are read as"),
        readings={
            "at_least": words("少なくともその時間だけ前", "at least so long before"),
            "cutoff_at_most": words("その時間の前まで受け付ける", "a cut-off: accepted until then"),
        },
    ),
    "next_service_day_at": Term(
        source="A32",
        name=words("「翌サービス日」の時点", "Next service day means its"),
        readings={"start": words("開庁時刻", "beginning"), "end": words("開庁時間の終わり", "end")},
    ),
    "planned_stop_counts": Term(
        source="A35",
        name=words("予告された計画停止", "A planned stop told in time"),
        readings={"no": words("停止に数えない", "does not count"), "yes": words("停止に数える", "counts")},
    ),
    "notice_months_municipality": Term(
        source="A34",
        name=words("解約の予告（発注者）", "Notice to end, municipality"),
        number=words("{} か月前", "{} months before"),
        missing=words("定めなし", "not set"),
    ),
    "notice_months_provider": Term(
        source="A34",
        name=words("解約の予告（受注者）", "Notice to end, provider"),
        number=words("{} か月前", "{} months before"),
        missing=words("定めなし", "not set"),
    ),
    "money_follows_correction": Term(
        source="C20",
        name=words("検収後の訂正と金額", "A correction after acceptance"),
        readings={
            "adjustment_in_month_of_correction": words("訂正した月に精算", "is settled in the month it is made"),
            "no": words("金額は変えない", "does not change the money"),
        },
    ),
    "deduction_cap_percent": Term(
        source="C16", name=words("減額の上限", "Cap of the deductions"), number=words("月額の {} %", "{} % of the fee")
    ),
    "rolling_cap_percent": Term(
        source="C16",
        name=words("12か月の減額の上限", "Cap over twelve months"),
        number=words("12か月の月額の {} %", "{} % of the fees of twelve months"),
        missing=words("なし", "none"),
    ),
    "liquidated_damages": Term(
        source="G10",
        name=words("金銭による罰則", "A monetary penalty"),
        readings={
            "yes": words("損害賠償額の予定とする", "settles the damage (liquidated damages)"),
            "no": words("損害賠償を妨げない", "leaves damages open"),
        },
    ),
    "damages_cap_months": Term(
        source="G10",
        name=words("その他の損害賠償の上限", "Cap of other damages"),
        number=words("原因の生じた月の月額の {} か月分", "{} times the fee of the month of the cause"),
        missing=words("定めなし", "not set"),
    ),
}
