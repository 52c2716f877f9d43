"""The words of the terms that say what is measured, and in which clock."""

from slm_api.term import Term, words

ELAPSED = words("実時間（夜間・休日も進む）", "elapsed time, nights and holidays too")

MEASURING: dict[str, Term] = {
    "exclusion_policy": Term(
        source="C5",
        name=words("除外時間の扱い", "Excluded time"),
        readings={
            "remove": words("除外を母数から外す", "leaves the base"),
            "count_as_up": words("稼働とみなす（母数に残す）", "counts as up, stays in the base"),
        },
    ),
    "unmeasured": Term(
        source="C2",
        name=words("測定できなかった時間", "Unmeasured time"),
        readings={
            "remove": words("母数から外す", "leaves the base"),
            "stays_in_base": words("母数に残し、別に示す", "stays in the base, shown apart"),
        },
    ),
    "contested_times": Term(
        source="C23",
        name=words("争いのある時刻（合意まで）", "Contested times, until settled"),
        readings={
            "municipality": words("発注者の主張による", "as the municipality states them"),
            "provider": words("受注者の主張による", "as the provider states them"),
            "lowest": words("停止が最も短くなる主張による", "as makes the stop shortest"),
            "highest": words("停止が最も長くなる主張による", "as makes the stop longest"),
        },
    ),
    "restoration_between_reports": Term(
        source="J4",
        name=words("報告と報告の間の復旧", "Restored between two reports"),
        readings={
            "at_report": words("復旧を報告した時とする", "counts from the report that says so"),
            "at_last_report_before": words("停止中とした最後の報告の時とする", "counts from the last report before it"),
        },
    ),
    "availability_of": Term(
        source="C24",
        name=words("稼働率の対象", "Availability is that of"),
        readings={
            "service": words("サービス全体", "the service as a whole"),
            "systems": words("システムごとの秒数の重み付き合計", "the systems: their weighted seconds added"),
            "organisations": words("団体ごとの秒数の重み付き合計", "the organisations: their weighted seconds added"),
        },
    ),
    "min_stop_minutes": Term(
        source="A2",
        name=words("停止とみなす長さ（1回）", "Shortest stop that counts"),
        number=words("{} 分以上", "{} minutes or longer"),
        missing=words("すべての停止", "any length"),
    ),
    "cumulative_threshold_minutes": Term(
        source="C11",
        name=words("減額となる月内累計", "Month's total that leads to a deduction"),
        number=words("{} 分を超えたとき（全時間を算入）", "over {} minutes; then all of it counts"),
        missing=words("なし（1分から）", "none: from the first minute"),
    ),
    "threshold_scope": Term(
        source="C24",
        name=words("閾値の範囲", "The threshold is counted for"),
        readings={
            "contract": words("契約全体", "the whole contract"),
            "organisation": words("団体ごと", "each organisation"),
        },
    ),
    "stop_length_measured": Term(
        source="A3",
        name=words("停止の長さの測り方", "Length of a stop"),
        readings={
            "clipped_to_hours": words("開庁時間内の長さ", "inside opening hours"),
            "whole": words("時間外を含む全体", "the whole, outside hours too"),
        },
    ),
    "stop_remedy": Term(
        source="A5",
        name=words("停止の効果", "What a stop leads to"),
        readings={
            "deduction": words("月額からの減額", "a deduction from the fee"),
            "payment": words("受注者の支払い", "a payment by the provider"),
            "both": words("減額と支払い", "a deduction and a payment"),
        },
    ),
    "deduction_base": Term(
        source="A6",
        name=words("減額の基礎", "Base of the deductions"),
        readings={
            "tax_included": words(
                "約定した月額（内税ならその税を含む）", "the monthly fee as agreed, with any tax inside it"
            ),
            "tax_excluded": words("税抜きの月額", "the monthly fee without tax"),
        },
    ),
    "arrival_clock_start": Term(
        source="A9",
        name=words("到着時間の起点", "Arrival is timed from"),
        readings={
            "contact": words("連絡した時", "the contact"),
            "dispatch": words("出動を決めた時", "the dispatch"),
            "triage": words("一次切り分けの時", "the triage"),
        },
    ),
    "arrival_clock": Term(
        source="A9",
        name=words("到着時間の時計", "Clock of an arrival"),
        readings={"elapsed": ELAPSED, "support_hours": words("業務時間内だけ進む", "support hours only")},
    ),
    "force_majeure_scope": Term(
        source="A10",
        name=words("事故・災害等で免除されるもの", "What accident or disaster excuses"),
        readings={
            "arrival": words("到着の遅れのみ", "late arrival only"),
            "all": words("その障害の遅れすべて", "everything late in the incident"),
        },
    ),
    "parts_unit": Term(
        source="A11",
        name=words("交換部品の不備の数え方", "Missing parts are counted"),
        readings={
            "occasion": words("1回ごと", "by occasion"),
            "part": words("部品ごと", "by part"),
            "month": words("月に1回まで", "once a month"),
        },
    ),
    "restore_clock": Term(
        source="A12",
        name=words("庁舎内機器の復旧の時計", "Clock of a restoration"),
        readings={"elapsed": ELAPSED, "opening": words("開庁時間内だけ進む", "opening hours only")},
    ),
    "first_report": Term(
        source="A15",
        name=words("レベルＣの第一報", "First report of a level C incident"),
        readings={
            "as_level": words("翌サービス日まで", "by the next service day"),
            "meeting_only": words("定例会で報告", "at the regular meeting"),
        },
    ),
    "notify_levels_covered": Term(
        source="A16",
        name=words("障害通知の保証値の対象", "Incidents the notice guarantee covers"),
        readings={
            "at_once_levels": words("直ちに報告する障害レベル", "levels reported at once"),
            "all": words("すべての障害レベル", "all levels"),
        },
    ),
}
