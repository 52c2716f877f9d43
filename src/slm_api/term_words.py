"""The terms a contract chose, as its report prints them: each with its ID, its name and the reading chosen.

A test sees that every term of `slm_domain.sla.Terms` and every reading it knows has words.
"""

from collections.abc import Iterator

import msgspec

from slm_api.wording import UNITS
from slm_domain.sla import (
    Bonus,
    Bound,
    DeductionRule,
    FeeTimesAvailability,
    LateIncrements,
    PerOccasion,
    RepeatBreach,
    Terms,
    Tiers,
    Words,
)


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A term: the convention or ambiguity it settles, its name, and the words of each reading.

    A number is worded by `number`, in which `{}` stands for it; `missing` words a number that is not set.
    """

    source: str
    name: Words
    readings: dict[str, Words] = {}
    number: Words | None = None
    missing: Words | None = None


class ChosenTerm(msgspec.Struct, frozen=True, kw_only=True):
    """A term with the reading that the contract chose."""

    source: str
    name: Words
    choice: Words


def chosen(terms: Terms) -> Iterator[ChosenTerm]:
    """Every term, in the order of the document, with what the contract chose."""
    for field, term in TERMS.items():
        yield ChosenTerm(source=term.source, name=term.name, choice=reading(term, getattr(terms, field)))


def reading(term: Term, value: object) -> Words:
    """The words for a term's value. Raises `LookupError` for a value that has none."""
    if value is None and term.missing is not None:
        return term.missing
    if term.number is not None:
        return _w(term.number.ja.format(value), term.number.en.format(value))
    return term.readings[str(value)]


def rule_words(rule: DeductionRule) -> Words:
    """What a deduction rule takes, with the readings chosen for it (C10, A4, A7, A11), and its own cap (C16)."""
    said = _rule(rule)
    if rule.cap_percent is None:
        return said
    return _w(
        f"{said.ja}。月 {rule.cap_percent} % まで（C16）", f"{said.en}; at most {rule.cap_percent} % a month (C16)"
    )


def bonus_words(bonus: Bonus) -> Words:
    """What a bonus adds, for what, and its cap (T1)."""
    condition = (
        _w("保証値の未達がない月に限る", "only in a month without a breach")
        if bonus.only_without_breach
        else _w("他の未達を問わない", "whatever else was missed")
    )
    return _w(
        f"目標値を達成した月に {bonus.percent} % を加算、上限 {bonus.cap_percent} %。{condition.ja}（T1）",
        f"{bonus.percent} % more when the target is met, at most {bonus.cap_percent} %; {condition.en} (T1)",
    )


def _rule(rule: DeductionRule) -> Words:
    match rule:
        case LateIncrements():
            counted = _COUNTING[rule.counting]
            excuse = _EXCUSED if rule.excused_when_told_in_time else _w("", "")
            first = _w(f"遅れたとき {rule.first_percent} %、以後", f"{rule.first_percent} % when late, then")
            late = first if rule.first_percent else _w("期限後", "when late")
            return _w(
                f"{late.ja} {rule.step_minutes} 分{counted.ja}ごとに {rule.step_percent} %（C10）{excuse.ja}",
                f"{late.en} {rule.step_percent} % for each {rule.step_minutes} min {counted.en} (C10){excuse.en}",
            )
        case PerOccasion():
            return _w(f"1回につき {rule.percent} %（A11）", f"{rule.percent} % each time (A11)")
        case FeeTimesAvailability():
            return _COMPOSITION[rule.composition]
        case Tiers():
            tiers = [(tier.when, f"{tier.percent} %") for tier in rule.tiers]
            ja = "、".join(f"{_limit(when).ja} {share}" for when, share in tiers)
            en = ", ".join(f"{_limit(when).en} {share}" for when, share in tiers)
            return _w(
                f"達成値により {ja}。当てはまる最大のもの一つ（C9）",
                f"by the value achieved: {en}; the largest that applies, alone (C9)",
            )
        case RepeatBreach():
            return _w(
                f"{rule.within_months} か月以内に {rule.times} 回目以降の未達となる月に {rule.percent} %（C16）",
                f"{rule.percent} % in a month of breach with at least {rule.times} breaches "
                f"within {rule.within_months} months, it included (C16)",
            )


def _limit(when: Bound) -> Words:
    unit = UNITS[when.unit]
    word = _BEYOND if when.comparison is None else _COMPARED[when.comparison]
    return _w(f"{when.amount:f}{unit.ja}{word.ja}", f"{word.en} {when.amount:f}{unit.en}:")


def _w(ja: str, en: str) -> Words:
    return Words(ja=ja, en=en)


_BEYOND = _w("を割ったとき", "worse than")
_COMPARED = {
    "at_least": _w("以上", "at least"),
    "at_most": _w("以下", "at most"),
    "below": _w("未満", "below"),
    "above": _w("超", "above"),
}
_COUNTING = {"passed": _w("が過ぎる", "passed"), "started": _w("が始まる", "begun")}
_EXCUSED = _w("。期限前に事情を連絡したときは免除（A10）", "; not when hindrance was told before the due time (A10)")
_COMPOSITION = {
    "share_of_full_fee": _w(
        "月額×稼働率。減る割合（1−稼働率）は他の減額率と合算（A4）",
        "fee × availability; 1 − availability is added to the other shares (A4)",
    ),
    "of_reduced_fee": _w("他の減額をした後の額×稼働率（A4）", "the fee after the other shares × availability (A4)"),
}

_ELAPSED = _w("実時間（夜間・休日も進む）", "elapsed time, nights and holidays too")

TERMS: dict[str, Term] = {
    "exclusion_policy": Term(
        source="C5",
        name=_w("除外時間の扱い", "Excluded time"),
        readings={
            "remove": _w("除外を母数から外す", "leaves the base"),
            "count_as_up": _w("稼働とみなす（母数に残す）", "counts as up, stays in the base"),
        },
    ),
    "unmeasured": Term(
        source="C2",
        name=_w("測定できなかった時間", "Unmeasured time"),
        readings={
            "remove": _w("母数から外す", "leaves the base"),
            "stays_in_base": _w("母数に残し、別に示す", "stays in the base, shown apart"),
        },
    ),
    "contested_times": Term(
        source="C23",
        name=_w("争いのある時刻（合意まで）", "Contested times, until settled"),
        readings={
            "municipality": _w("発注者の主張による", "as the municipality states them"),
            "provider": _w("受注者の主張による", "as the provider states them"),
            "lowest": _w("停止が最も短くなる主張による", "as makes the stop shortest"),
            "highest": _w("停止が最も長くなる主張による", "as makes the stop longest"),
        },
    ),
    "restoration_between_reports": Term(
        source="J4",
        name=_w("報告と報告の間の復旧", "Restored between two reports"),
        readings={
            "at_report": _w("復旧を報告した時とする", "counts from the report that says so"),
            "at_last_report_before": _w("停止中とした最後の報告の時とする", "counts from the last report before it"),
        },
    ),
    "availability_of": Term(
        source="C24",
        name=_w("稼働率の対象", "Availability is that of"),
        readings={
            "service": _w("サービス全体", "the service as a whole"),
            "systems": _w("システムごとの秒数の重み付き合計", "the systems: their weighted seconds added"),
            "organisations": _w("団体ごとの秒数の重み付き合計", "the organisations: their weighted seconds added"),
        },
    ),
    "min_stop_minutes": Term(
        source="A2",
        name=_w("停止とみなす長さ（1回）", "Shortest stop that counts"),
        number=_w("{} 分以上", "{} minutes or longer"),
        missing=_w("すべての停止", "any length"),
    ),
    "cumulative_threshold_minutes": Term(
        source="C11",
        name=_w("減額となる月内累計", "Month's total that leads to a deduction"),
        number=_w("{} 分を超えたとき（全時間を算入）", "over {} minutes; then all of it counts"),
        missing=_w("なし（1分から）", "none: from the first minute"),
    ),
    "threshold_scope": Term(
        source="C24",
        name=_w("閾値の範囲", "The threshold is counted for"),
        readings={
            "contract": _w("契約全体", "the whole contract"),
            "organisation": _w("団体ごと", "each organisation"),
        },
    ),
    "stop_length_measured": Term(
        source="A3",
        name=_w("停止の長さの測り方", "Length of a stop"),
        readings={
            "clipped_to_hours": _w("開庁時間内の長さ", "inside opening hours"),
            "whole": _w("時間外を含む全体", "the whole, outside hours too"),
        },
    ),
    "stop_remedy": Term(
        source="A5",
        name=_w("停止の効果", "What a stop leads to"),
        readings={
            "deduction": _w("月額からの減額", "a deduction from the fee"),
            "payment": _w("受注者の支払い", "a payment by the provider"),
            "both": _w("減額と支払い", "a deduction and a payment"),
        },
    ),
    "deduction_base": Term(
        source="A6",
        name=_w("減額の基礎", "Base of the deductions"),
        readings={
            "tax_included": _w("税込みの月額", "the monthly fee with tax"),
            "tax_excluded": _w("税抜きの月額", "the monthly fee without tax"),
        },
    ),
    "arrival_clock_start": Term(
        source="A9",
        name=_w("到着時間の起点", "Arrival is timed from"),
        readings={
            "contact": _w("連絡した時", "the contact"),
            "dispatch": _w("出動を決めた時", "the dispatch"),
            "triage": _w("一次切り分けの時", "the triage"),
        },
    ),
    "arrival_clock": Term(
        source="A9",
        name=_w("到着時間の時計", "Clock of an arrival"),
        readings={"elapsed": _ELAPSED, "support_hours": _w("業務時間内だけ進む", "support hours only")},
    ),
    "force_majeure_scope": Term(
        source="A10",
        name=_w("事故・災害等で免除されるもの", "What accident or disaster excuses"),
        readings={"arrival": _w("到着の遅れのみ", "late arrival only"), "all": _w("すべての未達", "every miss")},
    ),
    "parts_unit": Term(
        source="A11",
        name=_w("交換部品の不備の数え方", "Missing parts are counted"),
        readings={
            "occasion": _w("1回ごと", "by occasion"),
            "part": _w("部品ごと", "by part"),
            "month": _w("月に1回まで", "once a month"),
        },
    ),
    "restore_clock": Term(
        source="A12",
        name=_w("庁舎内機器の復旧の時計", "Clock of a restoration"),
        readings={"elapsed": _ELAPSED, "opening": _w("開庁時間内だけ進む", "opening hours only")},
    ),
    "first_report": Term(
        source="A15",
        name=_w("レベルＣの第一報", "First report of a level C incident"),
        readings={
            "as_level": _w("翌サービス日まで", "by the next service day"),
            "meeting_only": _w("定例会で報告", "at the regular meeting"),
        },
    ),
    "notify_levels_covered": Term(
        source="A16",
        name=_w("障害通知の保証値の対象", "Incidents the notice guarantee covers"),
        readings={
            "at_once_levels": _w("直ちに報告する障害レベル", "levels reported at once"),
            "all": _w("すべての障害レベル", "all levels"),
        },
    ),
    "inspection_days": Term(
        source="S2", name=_w("検査の日数", "Days for the inspection"), number=_w("{} 日", "{} days")
    ),
    "inspection_start": Term(
        source="A18",
        name=_w("検査日数の起点", "Inspection is counted from"),
        readings={
            "end_of_work_period": _w("作業期間の終わり", "the end of the work period"),
            "report_received": _w("報告書の受領", "receipt of the report"),
        },
    ),
    "inspection_days_kind": Term(
        source="A19",
        name=_w("検査日数の数え方", "Inspection is counted in"),
        readings={"calendar": _w("暦日", "calendar days"), "opening": _w("開庁日", "opening days")},
    ),
    "due_shift": Term(
        source="A36",
        name=_w("閉庁日に当たる期限", "A due day that is closed"),
        readings={
            "none": _w("動かさない（その日の終わり）", "stays: the end of that day"),
            "next_opening_day": _w("次の開庁日へ", "moves to the next opening day"),
            "previous_opening_day": _w("前の開庁日へ", "moves to the opening day before"),
        },
    ),
    "report_due_opening_day": Term(
        source="S2",
        name=_w("月次報告の期限", "The report is due"),
        number=_w("翌月第 {} 開庁日", "on opening day {} of the next month"),
    ),
    "month_first_day": Term(
        source="C15", name=_w("月の始まり", "A month begins on"), number=_w("{} 日", "day {} of the calendar month")
    ),
    "pro_rata": Term(
        source="A20",
        name=_w("月の一部の利用料", "Part months"),
        readings={
            "none": _w("日割りしない", "not pro-rated"),
            "calendar_month": _w("月の日数で日割り", "by the days of the month"),
            "year": _w("年の日数で日割り", "by the days of the year"),
        },
    ),
    "partial_counts": Term(
        source="A28",
        name=_w("一部のシステムの停止", "A partial stop"),
        readings={
            "no": _w("数えない", "does not count"),
            "full": _w("全部の停止として数える", "counts in full"),
            "weight": _w("割合に応じて数える", "counts by its weight"),
        },
    ),
    "partial_weight_by": Term(
        source="A28",
        name=_w("一部停止の割合", "Weight of a partial stop"),
        readings={
            "systems": _w("システムの重みの割合", "share of the systems' weights"),
            "organisations": _w("団体の重みの割合", "share of the organisations' weights"),
        },
    ),
    "lead_kind": Term(
        source="A31",
        name=_w("事前期限の読み方", "Lead times are read as"),
        readings={
            "at_least": _w("少なくともその時間だけ前", "at least so long before"),
            "cutoff_at_most": _w("その時間の前まで受け付ける", "a cut-off: accepted until then"),
        },
    ),
    "next_service_day_at": Term(
        source="A32",
        name=_w("「翌サービス日」の時点", "Next service day means its"),
        readings={"start": _w("開庁時刻", "beginning"), "end": _w("開庁時間の終わり", "end")},
    ),
    "planned_stop_counts": Term(
        source="A35",
        name=_w("予告された計画停止", "A planned stop told in time"),
        readings={"no": _w("停止に数えない", "does not count"), "yes": _w("停止に数える", "counts")},
    ),
    "notice_months_municipality": Term(
        source="A34",
        name=_w("解約の予告（発注者）", "Notice to end, municipality"),
        number=_w("{} か月前", "{} months before"),
        missing=_w("定めなし", "not set"),
    ),
    "notice_months_provider": Term(
        source="A34",
        name=_w("解約の予告（受注者）", "Notice to end, provider"),
        number=_w("{} か月前", "{} months before"),
        missing=_w("定めなし", "not set"),
    ),
    "money_follows_correction": Term(
        source="C20",
        name=_w("検収後の訂正と金額", "A correction after acceptance"),
        readings={
            "adjustment_in_month_of_correction": _w("訂正した月に精算", "is settled in the month it is made"),
            "no": _w("金額は変えない", "does not change the money"),
        },
    ),
    "deduction_cap_percent": Term(
        source="C16", name=_w("減額の上限", "Cap of the deductions"), number=_w("月額の {} %", "{} % of the fee")
    ),
    "rolling_cap_percent": Term(
        source="C16",
        name=_w("12か月の減額の上限", "Cap over twelve months"),
        number=_w("12か月の月額の {} %", "{} % of the fees of twelve months"),
        missing=_w("なし", "none"),
    ),
    "liquidated_damages": Term(
        source="G10",
        name=_w("金銭による罰則", "A monetary penalty"),
        readings={
            "yes": _w("損害賠償額の予定とする", "settles the damage (liquidated damages)"),
            "no": _w("損害賠償を妨げない", "leaves damages open"),
        },
    ),
    "damages_cap_months": Term(
        source="G10",
        name=_w("その他の損害賠償の上限", "Cap of other damages"),
        number=_w("原因の生じた月の月額の {} か月分", "{} times the fee of the month of the cause"),
        missing=_w("定めなし", "not set"),
    ),
}
