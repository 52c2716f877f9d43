"""How a level is measured, as the report prints it: the readings that are data of the item itself (A13 to A36).

A test sees that every moment, clock, kind of day, shift and period has words.
"""

from collections.abc import Iterator

from slm_domain.sla import Allowance, Bound, Ground, Level, Measure, Notice, Words

_CLOCKED = {"duration_at_most", "lead_at_least", "mean_at_most"}
_BY_TERMS = {"arrived", "equipment_restored"}  # their clock is a term of the whole contract (A9, A12)


def measure_words(level: Level) -> Words:
    """From when to when, in which clock or days, for which period. Empty where the method says it all."""
    parts = tuple(_parts(level))
    return Words(ja="、".join(part.ja for part in parts), en="; ".join(part.en for part in parts))


def ground_words(ground: Ground) -> Words:
    """What an accepted claim on the ground changes (A24, G9), how it is to be told, and how much it allows (C21)."""
    parts = (
        GROUNDS[ground.leaves_measurement, ground.frees_from_damages],
        *_notice_words(ground.notice),
        *([] if ground.allowance is None else [_allowance_words(ground.allowance)]),
    )
    return _w("。".join(part.ja for part in parts), "; ".join(part.en for part in parts))


def _notice_words(notice: Notice) -> Iterator[Words]:
    if notice.kind == "none":
        return
    if notice.kind == "before":
        days = "day" if notice.lead_days == 1 else "days"
        yield (
            _w(f"{notice.lead_days} 日前までに通知", f"told {notice.lead_days} {days} before")
            if notice.lead_days
            else _w("事前に通知", "told beforehand")
        )
    elif notice.lead_minutes is None:
        yield _w("発生後に通知", "told after it arises")
    else:
        yield _w(f"発生後 {notice.lead_minutes} 分以内に通知", f"told within {notice.lead_minutes} min of its start")
    if notice.excused_when_unreachable:
        yield _w("連絡がつかないときは免除", "excused when nobody can be reached")
    yield MISSED[notice.when_missed]


def _allowance_words(allowance: Allowance) -> Words:
    per = PERIODS[allowance.per]
    return _w(f"{per.ja}に {allowance.minutes} 分まで", f"at most {allowance.minutes} min {per.en}")


def _parts(level: Level) -> Iterator[Words]:
    measure = level.measure
    if measure.start is not None:
        yield _from_to(measure)
    bounds = [bound for bound in (level.guaranteed, level.target, measure.within) if bound is not None]
    if measure.kind in _CLOCKED:
        if any(_in_clock(measure, bound) for bound in bounds) and measure.end not in _BY_TERMS:
            yield CLOCKS[measure.clock]
        if measure.kind != "mean_at_most" and any(bound.unit == "days" for bound in bounds):
            yield DAY_KINDS[measure.day_kind]
        if any(not _in_clock(measure, bound) for bound in bounds):
            yield BACKWARD if measure.kind == "lead_at_least" else FIRST_DAYS[measure.count_first_day]
            yield from (SHIFTS[measure.due_shift], DUE_ENDS[measure.due_end])
    if measure.runs_from == "support_hours":
        yield _w("時間外の受付は次の業務時間から（S28）", "outside support hours from their next start (S28)")
    if measure.pausable:
        yield _w("理由のある中断を除く（C14）", "pauses with a reason left out (C14)")
    if measure.period is not None:
        yield _period(measure)
    if measure.period_days is not None:
        yield _counted_days(measure)
    if measure.per != "contract":
        yield EACH[measure.per]
    if measure.covers_extraordinary:
        yield _w("依頼による時間外の作業も対象（S5）", "extraordinary work too (S5)")


def _from_to(measure: Measure) -> Words:
    start, end = (MOMENTS.get(moment or "") for moment in (measure.start, measure.end))
    named = [each for each in (start, end) if each is not None]
    return _w(" → ".join(each.ja for each in named), " → ".join(each.en for each in named))


def _in_clock(measure: Measure, bound: Bound) -> bool:
    if bound.unit == "days":
        return measure.day_kind == "24h" or measure.kind == "mean_at_most"
    return bound.unit != "months"


def _period(measure: Measure) -> Words:
    if measure.period != "rolling":
        period = PERIODS[measure.period or "month"]
        if measure.period == "week":
            return _w(
                f"{period.ja}（{_DAYS[measure.week_starts_on]}曜始まり）", f"{period.en} from {measure.week_starts_on}"
            )
        return period
    if measure.rolling_days is not None:
        return _w(f"月末までの {measure.rolling_days} 日", f"{measure.rolling_days} days to each month's end")
    return _w(f"月末までの {measure.rolling_months} か月", f"{measure.rolling_months} months to each month's end")


def _counted_days(measure: Measure) -> Words:
    counted = COUNTED_DAYS[measure.period_days or "calendar"]
    if not measure.weekdays:
        return counted
    ja, en = "・".join(_DAYS[day] for day in measure.weekdays), ", ".join(measure.weekdays)
    return _w(f"{counted.ja}：{ja}", f"{counted.en}: {en}")


def _w(ja: str, en: str) -> Words:
    return Words(ja=ja, en=en)


_DAYS = dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "月火水木金土日", strict=True))

MOMENTS: dict[str, Words] = {
    "occurred": _w("発生", "occurred"),
    "detected": _w("検知", "detected"),
    "notified": _w("通知", "notified"),
    "triaged": _w("一次切り分け", "triaged"),
    "triage_reported": _w("切り分け結果の報告", "triage reported"),
    "contacted": _w("連絡", "contacted"),
    "dispatched": _w("出動", "dispatched"),
    "arrived": _w("到着", "arrived"),
    "work_started": _w("作業開始", "work started"),
    "recovered": _w("復旧", "recovered"),
    "report_handed_in": _w("報告書の提出", "report handed in"),
    "meeting_reported": _w("定例会での報告", "told in the meeting"),
    "equipment_stop_told": _w("機器の停止の連絡", "equipment stop told"),
    "equipment_restored": _w("機器の復旧", "equipment restored"),
    "parts_needed": _w("部品が必要になるたび", "each part needed"),
}
CLOCKS: dict[str, Words] = {
    "elapsed": _w("実時間", "elapsed time"),
    "support_hours": _w("業務時間内だけ進む", "support hours only"),
    "opening_hours": _w("開庁時間内だけ進む", "opening hours only"),
}
DAY_KINDS: dict[str, Words] = {
    "calendar": _w("暦日（A13）", "calendar days (A13)"),
    "opening": _w("開庁日（A13）", "opening days (A13)"),
    "24h": _w("1日は24時間（A13）", "days of 24 hours (A13)"),
}
FIRST_DAYS: dict[bool, Words] = {
    True: _w("当日を含む（A21）", "the first day counts (A21)"),
    False: _w("翌日から（A21）", "from the next day (A21)"),
}
BACKWARD = _w("遡って数える", "counted back")
SHIFTS: dict[str, Words] = {
    "none": _w("閉庁日でも動かさない（A36）", "not moved from a closed day (A36)"),
    "next_opening_day": _w("閉庁日は次の開庁日へ（A36）", "from a closed day to the next opening day (A36)"),
    "previous_opening_day": _w("閉庁日は前の開庁日へ（A36）", "from a closed day to the opening day before (A36)"),
}
DUE_ENDS: dict[str, Words] = {
    "end_of_day": _w("その日の終わりまで", "to the end of the day"),
    "end_of_opening_hours": _w("開庁時間の終わりまで", "to the end of opening hours"),
}
COUNTED_DAYS: dict[str, Words] = {
    "calendar": _w("毎日（A14）", "every calendar day (A14)"),
    "opening": _w("開庁日ごと（A14）", "every opening day (A14)"),
    "scheduled": _w("予定の曜日（A14）", "the scheduled weekdays (A14)"),
}
PERIODS: dict[str, Words] = {
    "day": _w("日ごと", "each day"),
    "week": _w("週ごと", "each week"),
    "month": _w("月ごと", "each month"),
    "quarter": _w("四半期ごと", "each quarter"),
    "half_year": _w("半期ごと", "each half-year"),
    "fiscal_year": _w("年度ごと", "each fiscal year"),
    "year": _w("暦年ごと", "each calendar year"),
    "term": _w("契約期間を通じて", "over the contract's term"),
}
EACH: dict[str, Words] = {
    "organisation": _w("団体ごと（C24）", "for each organisation (C24)"),
    "system": _w("システムごと", "for each system"),
}
# What leaves the measurement is not measured: nothing is deducted for it, and the other flag speaks of other damages.
GROUNDS: dict[tuple[bool, bool], Words] = {  # leaves the measurement, frees from damages
    (True, True): _w(
        "測定から除く（減額はない）。それ以外の損害賠償も免れる",
        "leaves the measurement, so that nothing is deducted; frees from other damages too",
    ),
    (True, False): _w(
        "測定から除く（減額はない）。それ以外の損害賠償は免れない",
        "leaves the measurement, so that nothing is deducted; other damages stay open",
    ),
    (False, True): _w(
        "測定に残る。減額・損害賠償を免れる", "stays in the measurement; frees from deductions and damages"
    ),
    (False, False): _w(
        "測定に残る。減額・損害賠償を免れない", "stays in the measurement; frees from nothing: no claim can name it"
    ),
}
MISSED: dict[str, Words] = {
    "as_accepted": _w("通知を欠いても承認に従う", "without notice as accepted"),
    "counts_as_down": _w("通知を欠けば停止に算入", "down without notice"),
}
ROUNDINGS: dict[str, Words] = {
    "down": _w("円未満切捨て", "rounded down"),
    "up": _w("円未満切上げ", "rounded up"),
    "half_up": _w("円未満四捨五入", "rounded half up"),
}
