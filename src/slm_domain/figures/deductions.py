"""The shares of a month's fee that misses cost (S8, C10, A7, A11)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal

import msgspec

from slm_domain.figures.workings import Amount, Operation, Value, Working, step

Counting = Literal["passed", "started"]

_NOTHING = Fraction(0)


class Increments(msgspec.Struct, frozen=True, kw_only=True):
    """A deduction that grows with the delay: `first_share` when late, `step_share` more for each further `step`.

    "passed" counts a step once it lies behind (１５分を過ぎる度に), "started" as soon as it has begun (A7). Without a
    `step` the delay costs the first share however long it is. `strict`: exactly at the due time is late already (未満,
    C9). Raises ValueError for a term that has no meaning.
    """

    due: timedelta
    first_share: Fraction
    step: timedelta | None = None
    step_share: Fraction = _NOTHING
    counting: Counting = "passed"
    strict: bool = False

    def __post_init__(self) -> None:
        if self.step is not None and self.step <= timedelta():
            raise ValueError(f"a step of a deduction takes time, not {self.step}")
        if self.first_share < 0 or self.step_share < 0:
            raise ValueError("a deduction takes no negative share of the fee")


class Deduction(msgspec.Struct, frozen=True, kw_only=True):
    """A share of the month's fee and how it came about."""

    share: Fraction
    working: tuple[Working, ...]


def increments(terms: Increments, elapsed: timedelta) -> Deduction:
    """What a delay costs. Exactly on time costs nothing, exactly one step passed costs no step yet (C10).

    Due 30 minutes, 5 % and 5 % for each 15 passed: 30 -> 0, 31 -> 5, 45 -> 5, 46 -> 10, 61 -> 15.
    """
    over = max(elapsed - terms.due, timedelta())
    working = [
        step(Operation.MINUS, {Amount.ELAPSED: elapsed, Amount.DUE: terms.due}, (Amount.OVER, over)),
    ]
    if elapsed < terms.due or (elapsed == terms.due and not terms.strict):
        return Deduction(share=_NOTHING, working=tuple(working))
    if terms.step is None:
        return _shared(working, {Amount.FIRST_SHARE: terms.first_share}, terms.first_share)
    started = max(-(-over // terms.step), 1)  # rounded up; what is late at all has begun a step
    steps = started - 1 if terms.counting == "passed" else started
    counted = Operation.STEPS_PASSED if terms.counting == "passed" else Operation.STEPS_STARTED
    working.append(step(counted, {Amount.OVER: over, Amount.STEP: terms.step}, (Amount.STEPS, steps)))
    further = steps * terms.step_share
    working.append(
        step(
            Operation.TIMES, {Amount.STEPS: steps, Amount.STEP_SHARE: terms.step_share}, (Amount.FURTHER_SHARE, further)
        )
    )
    return _shared(
        working, {Amount.FIRST_SHARE: terms.first_share, Amount.FURTHER_SHARE: further}, terms.first_share + further
    )


def restore_penalty(elapsed: timedelta, *, due: timedelta, step_length: timedelta, step_share: Fraction) -> Deduction:
    """What a late restoration costs: nothing when late, a share for each step that has passed (S8, S46)."""
    terms = Increments(due=due, first_share=_NOTHING, step=step_length, step_share=step_share)
    return increments(terms, elapsed)


def excused(*, told_at: datetime | None, due_at: datetime) -> bool:
    """Whether a late arrival goes uncounted: the provider said by the due time that it was made difficult (S8).

    Whether an accident or disaster made it so is for the parties to accept, not for arithmetic. The printed word is
    予定時刻までに, so exactly at the due time is in time (C9).
    """
    return told_at is not None and told_at <= due_at


def per_occasion(occasions: int, share: Fraction) -> Deduction:
    """A share for each occasion, spare parts missing for one (A11). Raises ValueError for fewer than none."""
    if occasions < 0:
        raise ValueError(f"there are no {occasions} occasions")
    result = occasions * share
    working = step(Operation.TIMES, {Amount.OCCASIONS: occasions, Amount.SHARE: share}, (Amount.SHARE, result))
    return Deduction(share=result, working=(working,))


def _shared(working: list[Working], parts: Mapping[Amount, Value], share: Fraction) -> Deduction:
    return Deduction(share=share, working=(*working, step(Operation.PLUS, parts, (Amount.SHARE, share))))
