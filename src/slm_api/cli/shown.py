"""Values as they are printed: durations, shares, bounds, what was measured, and how a sum came about."""

from datetime import timedelta
from fractions import Fraction

import msgspec

from projections.answers.changed_levels import LevelChangeAnswer
from slm_api.cli.screen import Screen
from slm_api.wording import AFTER_OPERANDS, AMOUNTS, COMPARISONS, MEASURED, OPERATIONS, STOP_REASONS, UNITS
from slm_domain.added_contracts import AddedFigure
from slm_domain.figures.display import RoundedTo, decimal, hours_minutes, percent, yen
from slm_domain.figures.workings import Amount, Operation
from slm_domain.measures import COMPARISONS as COMPARISONS_OF_KINDS
from slm_domain.month_figures import AvailabilityFigure, NamedValue, Ratio, StopFigure, WorkingStep
from slm_domain.sla import Bound, MeasureKind

DASH = "—"

_ONE = {" days": " day", " months": " month"}
_TIMES = {"due", "elapsed", "over", "step", "longest", "shortest", "stopped"}
_SECONDS = {
    "base",
    "up",
    "down",
    "excluded",
    "unmeasured",
    "to_come",
    "lost",
    "available",
    "together",
    "mean",
    "time_between_failures",
    "achieved_time",
    "tier_time",
    "target_time",
}
_YEN = {
    *("full_fee", "monthly_fee", "payable", "tax", "net", "gross", "payable_exact", "tax_exact"),
    *("earlier_fees", "rolling_fees", "rolling_cap", "credited", "rolling_left"),
    *("payment", "payment_exact", "fee_tax", "fee_without_tax"),
    *("accepted", "adjustment", "invoice", "deducted"),
    *("corrected", "before_correction", "corrected_tax", "tax_before_correction", "change", "adjustment_tax"),
    *("taxed_together", "tax_together"),
}
_PERCENT = {
    *("first_share", "step_share", "further_share", "share", "sum_of_shares", "cap", "cap_left"),
    "deducted_share",
    *("rule_cap", "rule_share", "capped_share", "rolling_share", "fee_share", "payment_share"),
    *("stop_share", "left_by_stops"),
    *("bonus", "bonus_cap", "bonus_sum", "bonus_share", "achieved_share", "tier_share", "target_share"),
    *("unavailable", "charged"),
    *("whole_fee", "remaining_share", "paid_share", "served_share", "tax_part", "ratio", "availability"),
}
_TOLD_EXACTLY = {"served_share", "tax_part"}  # so many days of so many, 10 of 110: followed on paper as a fraction


def availability(figure: AvailabilityFigure | AddedFigure, screen: Screen) -> str:
    """The percentage as the report shows it, or that there is none (C6)."""
    if figure.shown is None:
        return screen.both("算定不能", "no figure")
    return f"{figure.shown} %"


def stop_reason(stop: StopFigure, screen: Screen) -> str:
    """Why a stop counts or not, with the time that is told apart: not announced, or extraordinary work (C21, S5)."""
    apart = {"beyond_announced": stop.beyond_announced, "extraordinary": stop.extraordinary}
    times = {reason: f" {hours_minutes(length)}" for reason, length in apart.items() if length}
    reasons = [stop.reason, *(reason for reason in times if reason != stop.reason)]
    said = (f"{screen.say(STOP_REASONS[reason])}{times.get(reason, '')}" for reason in reasons)
    return screen.both("・", "; ").join(said)


def percentage(ratio: Ratio | None) -> str:
    """An availability in percent, rounded down (C8)."""
    return f"{percent(None if ratio is None else ratio.value, digits=2, towards='down')} %"


def apart(one: Ratio | None, other: Ratio | None) -> tuple[str, str]:
    """Two availabilities that are read beside one another: with more digits where two would show them alike (C8)."""
    first, second = percentage(one), percentage(other)
    if first == second and one is not None and other is not None and one != other:
        first, second = (f"{percent(ratio.value, digits=4, towards='down')} %" for ratio in (one, other))
    return first, second


def share(ratio: Ratio) -> str:
    """A share in percent: exact where two digits say it, else cut with a sign that it goes on."""
    if ratio.value == 0:
        return DASH
    return _cut_percent(ratio.value)


def amount(value: Bound | None, screen: Screen) -> str:
    """A guaranteed or target value with its comparison word, where one is printed: "30分", "5％未満"."""
    if value is None:
        return DASH
    unit = screen.say(UNITS[value.unit])
    if value.unit == "met":
        return unit
    figure = f"{value.amount:f}{_ONE.get(unit, unit) if value.amount == 1 else unit}"
    if value.comparison is None:
        return figure
    said = COMPARISONS[value.comparison]
    return f"{figure}{said.ja}" if screen.language == "ja" else f"{said.en} {figure}"


def bound(value: Bound | None, screen: Screen) -> str:
    """A guaranteed or target value, with the words that the figure cannot say: "1回（及び月1回の見直し）"."""
    if value is None or value.and_words is None:
        return amount(value, screen)
    figure = amount(value, screen)
    return f"{figure}（{value.and_words.ja}）" if screen.language == "ja" else f"{figure} ({value.and_words.en})"


def level_change(change: LevelChangeAnswer, screen: Screen) -> str:
    """From which day on a level has which values, where they change inside a month (C12)."""
    if change.retired:
        return screen.both(f"{change.effective_from} から 廃止", f"retired from {change.effective_from} on")
    guaranteed, target = bound(change.guaranteed, screen), bound(change.target, screen)
    return screen.both(
        f"{change.effective_from} から 保証値 {guaranteed}  目標値 {target}",
        f"from {change.effective_from} on: guaranteed {guaranteed}  target {target}",
    )


def failing_side(kind: MeasureKind) -> RoundedTo:
    """Where a measured value is rounded to: up where little is asked for, down where much is (C8)."""
    return "up" if COMPARISONS_OF_KINDS[kind][0] == "at_most" else "down"


def measured(value: NamedValue | None, screen: Screen, *, towards: RoundedTo = "down") -> str:
    """What was measured, with its name: "最長 0:52". A ratio is rounded `towards` the failing side (C8)."""
    if value is None:
        return DASH
    if value.name == "latest_against_due":
        against = duration(value.value)
        if against > timedelta():
            return screen.both(f"期限を {hours_minutes(against)} 超過", f"{hours_minutes(against)} late")
        return screen.both(f"期限の {hours_minutes(-against)} 前", f"{hours_minutes(-against)} ahead")
    if value.name == Amount.AVAILABILITY:
        return f"{screen.say(MEASURED[value.name])} {percentage(Ratio.of(Fraction(value.value)))}"
    if value.name == "met":
        met, _, items = value.value.partition("/")
        return f"{screen.say(MEASURED[value.name])} {so_many_of(met, items, screen)}"
    return f"{screen.say(MEASURED[value.name])} {_brief(value, towards)}"


def so_many_of(part: str, whole: str, screen: Screen) -> str:
    """Items of items, which are counted and make no ratio: "3 of 4"."""
    return screen.both(f"{whole} 件中 {part} 件", f"{part} of {whole}")


def value(named: NamedValue | None, *, towards: RoundedTo = "down") -> str:
    """A value without its name. A ratio is rounded `towards` the failing side (C8)."""
    return DASH if named is None else _brief(named, towards)


def working(step: WorkingStep, screen: Screen, *, towards: RoundedTo = "down") -> str:
    """One step of a calculation: "月額 1,000,000 × 支払率 88.86… % ＝ …". A sum may have one operand, or none.

    A ratio that comes out is rounded `towards` the failing side (C8).
    """
    sign = screen.say(OPERATIONS[step.operation])
    of_times = step.result.name in _SECONDS
    operands = [
        f"{screen.say(AMOUNTS[one.name])} "
        f"{_seconds(one) if of_times and one.name == Amount.ITEM else _value(one, towards)}"
        for one in step.operands
    ]
    result = f"{screen.say(AMOUNTS[step.result.name])} {_value(step.result, towards)}"
    left = f" {sign} ".join(operands)
    if step.operation in AFTER_OPERANDS:
        left += screen.say(AFTER_OPERANDS[step.operation])
    if len(operands) == 1 and step.operation != Operation.PLUS:
        left = f"{left} {sign}"  # done with one amount: rounded
    return f"{left} ＝ {result}" if screen.language == "ja" else f"{left} = {result}"


def duration(text: str) -> timedelta:
    """A duration from its ISO 8601 form."""
    return msgspec.convert(text, timedelta, strict=False)


def exact_time(seconds: Fraction) -> str:
    """Exact seconds as hours and minutes; a part of a microsecond, which weights bring about, is cut with a sign."""
    microseconds = seconds * 1_000_000
    whole = abs(microseconds.numerator) // microseconds.denominator
    told = hours_minutes(timedelta(microseconds=1) * (whole if seconds >= 0 else -whole))
    return told if microseconds.denominator == 1 else f"{told}…"


def exact_yen(exact: Fraction) -> str:
    """Exact yen: whole ones, or with two digits, cut with a sign where more follow."""
    if exact.denominator == 1:
        return yen(int(exact))
    sign = "-" if exact < 0 else ""
    whole, _, digits = decimal(abs(exact), digits=2, towards="down").partition(".")
    return f"{sign}{yen(int(whole))}.{digits}{'' if (exact * 100).denominator == 1 else '…'}"


def _value(named: NamedValue, towards: RoundedTo) -> str:
    text = named.value
    if text.lstrip("-").startswith("P"):
        return hours_minutes(duration(text))
    if named.name in _SECONDS:
        return _seconds(named)
    if named.name in _YEN:
        return exact_yen(Fraction(text))
    if named.name in _PERCENT:
        return _percent(named.name, Fraction(text), towards)
    return text


def _brief(named: NamedValue, towards: RoundedTo) -> str:
    """The value; of a time that division leaves with a part of a second the whole ones, cut with a sign."""
    if named.name not in _SECONDS or (exact := Fraction(named.value)).denominator == 1:
        return _value(named, towards)
    whole = exact.numerator // exact.denominator
    told = hours_minutes(timedelta(seconds=whole))
    return f"{told}…" if whole % 60 else f"{told}:00…"


def _percent(name: str, value: Fraction, towards: RoundedTo) -> str:
    """A ratio, an availability or a share in percent."""
    if name == Amount.AVAILABILITY:
        return percentage(Ratio.of(value))
    if name == Amount.RATIO:
        return _exact_percent(value) or f"{percent(value, digits=2, towards=towards)} %"
    if name == Amount.ACHIEVED_SHARE:
        return _exact_percent(value) or f"{decimal(value * 100, digits=4, towards='down')}… %"
    cut = _cut_percent(value)
    return f"{cut} ({value})" if name in _TOLD_EXACTLY and "…" in cut else cut


def _cut_percent(share: Fraction) -> str:
    """A share in percent: exact where two digits say it, else cut with a sign that it goes on."""
    sign, size = ("-" if share < 0 else ""), abs(share)
    return sign + (_exact_percent(size) or f"{decimal(size * 100, digits=2, towards='down')}… %")


def _seconds(named: NamedValue) -> str:
    """Exact seconds as a time."""
    return exact_time(Fraction(named.value))


def _exact_percent(value: Fraction) -> str | None:
    """A share in percent where two digits say it exactly."""
    if (value * 10_000).denominator != 1:
        return None
    return f"{decimal(value * 100, digits=2, towards='down').rstrip('0').rstrip('.')} %"
