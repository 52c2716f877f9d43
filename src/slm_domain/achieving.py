"""What a level's result costs or earns: tiers by the value achieved, repeated breaches, and bonuses (C9, T1)."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

import msgspec

from slm_domain.charged_month import ChargedMonth
from slm_domain.deduction_lines import Line, line, of_percent
from slm_domain.figures.buckets import seconds
from slm_domain.figures.judgement import Bound as Condition
from slm_domain.figures.judgement import Comparison, Verdict
from slm_domain.figures.repeats import breached_again
from slm_domain.figures.tiers import TierTerms, tier_reached
from slm_domain.figures.workings import Amount, Operation, Quantity, Value, Working, step
from slm_domain.limits import limit
from slm_domain.measured_values import exact
from slm_domain.measures import PER_PERIOD
from slm_domain.month_figures import LevelFigure, NamedValue, WorkingStep
from slm_domain.sla import Bonus, Bound, BoundUnit, Level, MeasureKind, RepeatBreach, Tier, Tiers

_JUDGED = {Verdict.MET_TARGET, Verdict.MET_GUARANTEE, Verdict.BREACH}
_LEFT_OUT = {Verdict.EXCLUDED, Verdict.NOT_MEASURED}
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
_TIMED: frozenset[MeasureKind] = frozenset(
    {"duration_at_most", "mean_at_most", "time_between_failures_at_least", "stopped_time_at_most"}
)
_TARGETS = {
    Amount.TIER: Amount.TARGET,
    Amount.TIER_SHARE: Amount.TARGET_SHARE,
    Amount.TIER_TIME: Amount.TARGET_TIME,
}
_TIMES: dict[BoundUnit, timedelta] = {
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
}


def by_tier(charged: ChargedMonth, rule: Tiers) -> Iterator[Line]:
    """The share of the largest tier that the achieved value falls into, in the month in which its period ends.

    Of several periods that end in the month it is one share, by the worst of them: values are never added up for it.
    A level that is pending or not measured has no value to hold a tier against; of one that is excluded the tier is
    shown, and costs nothing. Stops that are only freed from damages cost nothing (G9): what the figure's own tier takes
    more is shown beside what is charged.
    """
    found = charged.levels.get(rule.level)
    definition = charged.definition(rule.level)
    if found is None or definition is None or not charged.ended(definition.measure):
        return
    if found.verdict in _LEFT_OUT:
        yield from _left_out(charged, rule, found, definition)
        return
    as_charged = charged.as_charged.of(charged.month, found)
    whole = _reached(rule, found, definition)
    owed = whole if as_charged is found else _reached(rule, as_charged, definition)
    if owed is not None:
        subject, entries = _subject(charged, as_charged, definition)
        working = (*_without_what_is_freed(definition, found, as_charged), owed.working)
        yield line(rule, subject, owed.share, working, entries, freed=charged.freed(found))
    freed = (Fraction(0) if whole is None else whole.share) - (Fraction(0) if owed is None else owed.share)
    if whole is None or freed <= 0:
        return
    less: tuple[Working, ...] = ()
    if owed is not None:
        operands: dict[Amount, Value] = {Amount.SHARE: whole.share, Amount.CHARGED: owed.share}
        less = (step(Operation.MINUS, operands, (Amount.SHARE, freed)),)
    subject, entries = _subject(charged, found, definition)
    yield line(rule, subject, freed, (whole.working, *less), entries, freed=True)


def _left_out(charged: ChargedMonth, rule: Tiers, found: LevelFigure, definition: Level) -> Iterator[Line]:
    """What a tier would take of a period that left the measurement (C5, G9): it stays in view, and costs nothing.

    Where all that was to be measured left it no value is left, nor a share; that the rule was looked at is told still.
    """
    subject, entries = _subject(charged, found, definition)
    excluded, freed = found.verdict is Verdict.EXCLUDED, charged.freed(found)
    if exact(_held(found)) is None:
        if excluded or charged.leaves_anything_out(definition):
            yield line(rule, subject, Fraction(0), (), entries, freed=freed, left_measurement=True)
    elif excluded and (owed := _tier(rule, found, definition)) is not None:
        yield line(rule, subject, owed.share, (owed.working,), entries, freed=freed, left_measurement=True)


def _without_what_is_freed(definition: Level, found: LevelFigure, as_charged: LevelFigure) -> tuple[Working, ...]:
    """How the value that a tier is held against comes from the figure, which keeps what is only freed from damages.

    Without these steps nobody would find it: the figure, its check sheet and its explanation have the other one.
    """
    figure, left = exact(_held(found)), exact(_held(as_charged))
    if figure is None or left is None or figure == left:
        return ()
    held, _ = _names(definition)
    steps = () if as_charged.worst is not None else tuple(_again(each) for each in as_charged.working)
    return (step(Operation.FREED_LEFT_OUT, {held: figure}, (held, left)), *steps)


def _again(told: WorkingStep) -> Working:
    """A step of a level's result, as a step of what follows from it."""
    operands = tuple(Quantity(name=Amount(each.name), value=Fraction(each.value)) for each in told.operands)
    result = Quantity(name=Amount(told.result.name), value=Fraction(told.result.value))
    return Working(operation=Operation(told.operation), operands=operands, result=result)


class _Reached(msgspec.Struct, frozen=True):
    """The tier that a value falls into: its share of the fee, and the comparison that says so."""

    share: Fraction
    working: Working


def _reached(rule: Tiers, found: LevelFigure, definition: Level) -> _Reached | None:
    return _tier(rule, found, definition) if found.verdict in _JUDGED else None


def _tier(rule: Tiers, found: LevelFigure, definition: Level) -> _Reached | None:
    achieved, kind = exact(_held(found)), definition.measure.kind
    if achieved is None:
        return None
    reached = tier_reached(
        achieved, [_terms(tier, kind) for tier in rule.tiers], unit="share" if kind in _SHARES else "count"
    )
    if reached is None or not reached.share:
        return None
    (condition,) = reached.when
    held, against = _names(definition)
    operands = {held: achieved, against: condition.value}
    compared = step(Operation(condition.comparison.value), operands, (Amount.SHARE, reached.share))
    return _Reached(reached.share, compared)


def _subject(charged: ChargedMonth, found: LevelFigure, definition: Level) -> tuple[str, tuple[int, ...]]:
    """The periods that a tier is for, the organisation or system whose value it is, and the entries it rests on."""
    if found.worst is not None:
        periods, entries = found.worst.period, found.worst.entries
    else:
        periods, entries = ", ".join(charged.ended(definition.measure)) or str(charged.month), found.entries
    return (periods if found.unit is None else f"{periods} {found.unit}"), entries


def repeated(charged: ChargedMonth, rule: RepeatBreach) -> Iterator[Line]:
    """The surcharge for a level in breach again: this month, and so `times` within the last `within_months` (C16).

    A month is one of them where a period of the level ends in it: a quarter is missed once, not in each of its months.
    """
    found, definition = charged.levels.get(rule.level), charged.definition(rule.level)
    if found is None or definition is None or found.verdict is not Verdict.BREACH:
        return
    if not charged.ended(definition.measure):
        return
    first = charged.month.plus(1 - rule.within_months)
    looked_at = [each for each in charged.earlier if each.month >= first]
    breached = [*(rule.level in each.breached for each in looked_at), True]
    if not breached_again(breached, times=rule.times, within_months=rule.within_months):
        return
    months = [*(each.month for each in looked_at if rule.level in each.breached), charged.month]
    share = of_percent(rule.percent)
    working = step(Operation.AT_LEAST, {Amount.BREACHES: len(months), Amount.TIMES: rule.times}, (Amount.SHARE, share))
    subject = ", ".join(str(month) for month in months)
    yield line(rule, subject, share, (working,), found.entries, freed=charged.freed(found) or found.freed)


def bonuses_of(charged: ChargedMonth) -> tuple[Line, ...]:
    """The bonuses earned: the level's target met in a month that is over, in which its period ends (T1)."""
    if not charged.is_over:
        return ()
    breached = any(each.verdict is Verdict.BREACH for each in charged.levels.values())
    return tuple(
        line(
            bonus,
            str(charged.month),
            of_percent(bonus.percent),
            _target_met(charged, bonus),
            charged.levels[bonus.level].entries,
        )
        for bonus in charged.sla.bonuses
        if _earned(charged, bonus) and not (bonus.only_without_breach and breached)
    )


def _earned(charged: ChargedMonth, bonus: Bonus) -> bool:
    found = charged.levels.get(bonus.level)
    definition = charged.definition(bonus.level)
    if found is None or definition is None or definition.target is None or not charged.ended(definition.measure):
        return False
    return found.verdict is Verdict.MET_TARGET and not found.shortfall


def _target_met(charged: ChargedMonth, bonus: Bonus) -> tuple[Working, ...]:
    """The value that a level judged per period achieved, against its target. Items meet theirs one by one."""
    found, definition = charged.levels[bonus.level], charged.definition(bonus.level)
    achieved = exact(_held(found))
    if definition is None or achieved is None or definition.measure.kind not in PER_PERIOD:
        return ()
    target = limit(definition, definition.target)
    if target is None:
        return ()
    held, against = _names(definition)
    operands = {held: achieved, _TARGETS[against]: target.value}
    return (step(Operation(target.comparison.value), operands, (Amount.BONUS, of_percent(bonus.percent))),)


def _held(found: LevelFigure) -> NamedValue | None:
    """What tiers and targets are held against: of several periods that end in the month the worst one's."""
    return found.measured if found.worst is None else found.worst.value


def _names(definition: Level) -> tuple[Amount, Amount]:
    """What the achieved value and the tier's are called in the working, by what they are."""
    kind = definition.measure.kind
    if kind in _SHARES:
        return Amount.ACHIEVED_SHARE, Amount.TIER_SHARE
    if kind in _TIMED:
        return Amount.ACHIEVED_TIME, Amount.TIER_TIME
    return Amount.ACHIEVED, Amount.TIER


def _terms(tier: Tier, kind: MeasureKind) -> TierTerms:
    return TierTerms(when=(_condition(tier.when, kind),), share=of_percent(tier.percent))


def _condition(when: Bound, kind: MeasureKind) -> Condition:
    """A tier's condition; without a comparison word the value lies beyond it on the failing side, never on it (C9)."""
    failing = Comparison.BELOW if kind in _WANTS_MUCH else Comparison.ABOVE
    comparison = failing if when.comparison is None else Comparison(when.comparison)
    if when.unit in _TIMES:
        return Condition(comparison=comparison, value=Fraction(when.amount) * seconds(_TIMES[when.unit]))
    if when.unit == "percent":
        return Condition(comparison=comparison, value=of_percent(when.amount))
    return Condition(comparison=comparison, value=Fraction(when.amount))
