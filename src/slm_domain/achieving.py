"""What a level's result costs or earns: tiers by the value achieved, repeated breaches, and bonuses (C9, T1)."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

import msgspec

from slm_domain.charged_month import ChargedMonth
from slm_domain.deduction_lines import Line, line, of_percent
from slm_domain.figures.judgement import Bound as Condition
from slm_domain.figures.judgement import Comparison, Verdict
from slm_domain.figures.repeats import breached_again
from slm_domain.figures.tiers import AchievedUnit, TierTerms, tier_reached
from slm_domain.figures.workings import Amount, Operation, Value, step
from slm_domain.month_figures import LevelFigure
from slm_domain.sla import Bonus, Bound, BoundUnit, MeasureKind, RepeatBreach, Tier, Tiers

_JUDGED = {Verdict.MET_TARGET, Verdict.MET_GUARANTEE, Verdict.BREACH}
_WANTS_MUCH: frozenset[MeasureKind] = frozenset(
    {
        "lead_at_least",
        "count_at_least",
        "ratio_at_least",
        "time_between_failures_at_least",
        "grade_at_least",
        "availability_at_least",
        "obligation",
    }
)
_SHARES: frozenset[MeasureKind] = frozenset({"availability_at_least", "ratio_at_least", "ratio_at_most", "obligation"})
_TIMES: dict[BoundUnit, timedelta] = {
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
}
_MICROSECOND = timedelta(microseconds=1)


def by_tier(charged: ChargedMonth, rule: Tiers) -> Iterator[Line]:
    """The share of the largest tier that the achieved value falls into, in the month in which its period ends.

    A level that is pending, not measured or excluded has no value to hold a tier against.
    """
    found = charged.levels.get(rule.level)
    definition = charged.definition(rule.level)
    if found is None or definition is None or found.verdict not in _JUDGED or not charged.closes(definition.measure):
        return
    achieved = _value(found)
    if achieved is None:
        return
    table = [_terms(tier, definition.measure.kind) for tier in rule.tiers]
    unit: AchievedUnit = "share" if definition.measure.kind in _SHARES else "count"
    reached = tier_reached(_exact(achieved), table, unit=unit)
    if reached is None or not reached.share:
        return
    (condition,) = reached.when
    held, against = (Amount.ACHIEVED_SHARE, Amount.TIER_SHARE) if unit == "share" else (Amount.ACHIEVED, Amount.TIER)
    working = step(
        Operation(condition.comparison.value),
        {held: achieved, against: _like(achieved, condition.value)},
        (Amount.SHARE, reached.share),
    )
    yield line(rule, str(charged.month), reached.share, (working,), found.entries)


def repeated(charged: ChargedMonth, rule: RepeatBreach) -> Iterator[Line]:
    """The surcharge for a level in breach again: this month, and so `times` within the last `within_months` (C16)."""
    found = charged.levels.get(rule.level)
    if found is None or found.verdict is not Verdict.BREACH:
        return
    first = charged.month.plus(1 - rule.within_months)
    looked_at = [each for each in charged.earlier if each.month >= first]
    breached = [*(rule.level in each.breached for each in looked_at), True]
    if not breached_again(breached, times=rule.times, within_months=rule.within_months):
        return
    months = [*(each.month for each in looked_at if rule.level in each.breached), charged.month]
    share = of_percent(rule.percent)
    working = step(Operation.AT_LEAST, {Amount.BREACHES: len(months), Amount.TIMES: rule.times}, (Amount.SHARE, share))
    yield line(rule, ", ".join(str(month) for month in months), share, (working,), found.entries)


def bonuses_of(charged: ChargedMonth) -> tuple[Line, ...]:
    """The bonuses earned: the level's target met in a month that is over, in which its period ends (T1)."""
    if not charged.is_over:
        return ()
    breached = any(each.verdict is Verdict.BREACH for each in charged.levels.values())
    return tuple(
        line(bonus, str(charged.month), of_percent(bonus.percent), (), charged.levels[bonus.level].entries)
        for bonus in charged.sla.bonuses
        if _earned(charged, bonus) and not (bonus.only_without_breach and breached)
    )


def _earned(charged: ChargedMonth, bonus: Bonus) -> bool:
    found = charged.levels.get(bonus.level)
    definition = charged.definition(bonus.level)
    if found is None or definition is None or definition.target is None or not charged.closes(definition.measure):
        return False
    return found.verdict is Verdict.MET_TARGET and not found.shortfall


def _value(found: LevelFigure) -> Fraction | timedelta | None:
    """The achieved value: a share, a count or grade, or a time; None where nothing was measured (C6)."""
    if found.measured is None:
        return None
    text = found.measured.value
    if text.lstrip("-").startswith("P"):
        length: timedelta = msgspec.convert(text, timedelta, strict=False)
        return length
    return Fraction(text)


def _exact(value: Value) -> Fraction:
    """A time in exact seconds, any other value as it is."""
    if isinstance(value, timedelta):
        return Fraction(value // _MICROSECOND, 1_000_000)
    return Fraction(value)


def _terms(tier: Tier, kind: MeasureKind) -> TierTerms:
    return TierTerms(when=(_condition(tier.when, kind),), share=of_percent(tier.percent))


def _condition(when: Bound, kind: MeasureKind) -> Condition:
    """A tier's condition; without a comparison word the value lies beyond it on the failing side, never on it (C9)."""
    failing = Comparison.BELOW if kind in _WANTS_MUCH else Comparison.ABOVE
    comparison = failing if when.comparison is None else Comparison(when.comparison)
    if when.unit in _TIMES:
        seconds = _exact(_TIMES[when.unit])
        return Condition(comparison=comparison, value=Fraction(when.amount) * seconds)
    if when.unit == "percent":
        return Condition(comparison=comparison, value=of_percent(when.amount))
    return Condition(comparison=comparison, value=Fraction(when.amount))


def _like(achieved: Value, limit: Fraction) -> Value:
    """A tier's limit in the shape of the value held against it."""
    if not isinstance(achieved, timedelta):
        return limit
    exact = limit * 1_000_000
    return _MICROSECOND * (exact.numerator // exact.denominator)
