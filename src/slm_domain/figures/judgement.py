"""Was it met? A value, a timed item or a count against its guaranteed and its target value (C6, C8, C9)."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

import msgspec


class Verdict(StrEnum):
    """What became of one evaluation. A missed target is no verdict of its own: see `Judgement.shortfall`."""

    MET_TARGET = "met_target"
    MET_GUARANTEE = "met_guarantee"
    BREACH = "breach"
    NOT_MEASURED = "not_measured"
    NOT_APPLICABLE = "not_applicable"
    EXCLUDED = "excluded"
    PENDING = "pending"


class Comparison(StrEnum):
    """The comparison word as it is printed (C9)."""

    AT_LEAST = "at_least"  # 以上
    AT_MOST = "at_most"  # 以下・以内・まで(に)
    BELOW = "below"  # 未満
    ABOVE = "above"  # 超える・過ぎる


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """A guaranteed or target value with its comparison word."""

    comparison: Comparison
    value: Fraction

    def holds(self, value: Fraction) -> bool:
        """Whether the exact value keeps to it (C8)."""
        match self.comparison:
            case Comparison.AT_LEAST:
                return value >= self.value
            case Comparison.AT_MOST:
                return value <= self.value
            case Comparison.BELOW:
                return value < self.value
            case Comparison.ABOVE:
                return value > self.value


class Judgement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A verdict, and whether the target was missed (a shortfall, without consequence in the contract).

    An item with a target only can miss it without any breach: MET_GUARANTEE with a shortfall.
    """

    verdict: Verdict
    shortfall: bool = False


def judge_value(value: Fraction | None, *, guaranteed: Bound | None, target: Bound | None) -> Judgement:
    """Judge an exact value. None means that there is no figure (C6), which is neither met nor missed."""
    if guaranteed is None and target is None:
        return Judgement(verdict=Verdict.NOT_APPLICABLE)
    if value is None:
        return Judgement(verdict=Verdict.NOT_MEASURED)
    return _judged(
        kept=guaranteed is None or guaranteed.holds(value),
        reached=target.holds(value) if target is not None else None,
    )


def judge_range(
    least: Fraction | None, most: Fraction | None, *, guaranteed: Bound | None, target: Bound | None
) -> Judgement:
    """Judge a value that is not known yet but will lie from `least` to `most`; None is without end.

    What every value in between keeps is met already, what none keeps is missed; anything else is pending. A guarantee
    that is certain is met, also while the target is open.
    """
    if guaranteed is None and target is None:
        return Judgement(verdict=Verdict.NOT_APPLICABLE)
    kept = True if guaranteed is None else _certain(least, most, guaranteed)
    reached = None if target is None else _certain(least, most, target)
    if kept is False:
        return Judgement(verdict=Verdict.BREACH, shortfall=reached is False)
    if kept and (target is None or reached is not None):
        return _judged(kept=True, reached=reached)
    if kept and guaranteed is not None:
        return Judgement(verdict=Verdict.MET_GUARANTEE)
    return Judgement(verdict=Verdict.PENDING, shortfall=reached is False)


def judge_timed(
    done: datetime | None,
    *,
    guaranteed_due: datetime | None,
    target_due: datetime | None,
    until: datetime,
    guaranteed_strict: bool = False,
    target_strict: bool = False,
) -> Judgement:
    """Judge something that was to be done by a deadline, as it stands at `until`.

    Exactly on the deadline is in time (C13), unless the bound is strict (未満, C9). Undone before its deadline is
    pending; undone after it, a breach. What was done after `until` is not done yet.
    """
    if guaranteed_due is None and target_due is None:
        return Judgement(verdict=Verdict.NOT_APPLICABLE)
    if done is not None and done <= until:
        return _judged(
            kept=guaranteed_due is None or done < guaranteed_due or (done == guaranteed_due and not guaranteed_strict),
            reached=None if target_due is None else done < target_due or (done == target_due and not target_strict),
        )
    missed = target_due is not None and not _in_time(until, target_due, strict=target_strict)
    if guaranteed_due is not None and not _in_time(until, guaranteed_due, strict=guaranteed_strict):
        return Judgement(verdict=Verdict.BREACH, shortfall=missed)
    if guaranteed_due is None and missed:
        return Judgement(verdict=Verdict.MET_GUARANTEE, shortfall=True)
    return Judgement(verdict=Verdict.PENDING, shortfall=missed)


def judge_count(count: int, *, guaranteed: int | None, target: int | None, period_over: bool) -> Judgement:
    """Judge a count per period. Before the period is over a count can only have been reached, not missed."""
    if guaranteed is None and target is None:
        return Judgement(verdict=Verdict.NOT_APPLICABLE)
    kept = guaranteed is None or count >= guaranteed
    reached = count >= target if target is not None else None
    if not period_over and (not kept or reached is False):
        if kept and guaranteed is not None:
            return Judgement(verdict=Verdict.MET_GUARANTEE)
        return Judgement(verdict=Verdict.PENDING)
    return _judged(kept=kept, reached=reached)


def _certain(least: Fraction | None, most: Fraction | None, bound: Bound) -> bool | None:
    """Whether all values from least to most keep to the bound, none does, or some."""
    rises = bound.comparison in {Comparison.AT_LEAST, Comparison.ABOVE}  # the higher the better
    worst_end, best_end = (least, most) if rises else (most, least)
    if worst_end is not None and bound.holds(worst_end):
        return True
    if best_end is not None and not bound.holds(best_end):
        return False
    return None


def _in_time(done: datetime, due: datetime, *, strict: bool) -> bool:
    return done < due if strict else done <= due


_FROM_WORST = (
    Verdict.BREACH,
    Verdict.PENDING,
    Verdict.NOT_MEASURED,
    Verdict.MET_GUARANTEE,
    Verdict.MET_TARGET,
    Verdict.EXCLUDED,
    Verdict.NOT_APPLICABLE,
)


def worst(judgements: Iterable[Judgement]) -> Judgement:
    """What several evaluations of one item come to: the worst of them; not applicable if there are none."""
    given = set(judgements)
    verdicts = {judgement.verdict for judgement in given}
    verdict = next((each for each in _FROM_WORST if each in verdicts), Verdict.NOT_APPLICABLE)
    return Judgement(verdict=verdict, shortfall=any(judgement.shortfall for judgement in given))


def _judged(*, kept: bool, reached: bool | None) -> Judgement:
    """`reached` is None where there is no target."""
    if not kept:
        return _BREACH_AND_SHORTFALL if reached is False else _BREACH
    if reached:
        return MET_TARGET
    return _MET_WITH_SHORTFALL if reached is False else _MET_GUARANTEE


# Most items come to one of these.
MET_TARGET = Judgement(verdict=Verdict.MET_TARGET)
_MET_GUARANTEE = Judgement(verdict=Verdict.MET_GUARANTEE)
_MET_WITH_SHORTFALL = Judgement(verdict=Verdict.MET_GUARANTEE, shortfall=True)
_BREACH = Judgement(verdict=Verdict.BREACH)
_BREACH_AND_SHORTFALL = Judgement(verdict=Verdict.BREACH, shortfall=True)
