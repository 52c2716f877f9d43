"""What a level's value comes to over a period: the shape of the answer, and how it is judged (C6, C7)."""

from datetime import timedelta
from fractions import Fraction

import msgspec

from slm_domain.figures.judgement import Judgement, Verdict, judge_range
from slm_domain.figures.workings import Working
from slm_domain.limits import limit
from slm_domain.month_figures import NamedValue
from slm_domain.sla import Level

_MICROSECOND = timedelta(microseconds=1)


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The value of a level over a period: exact, in seconds, as a share, a number or a grade.

    `value` is None where nothing was measured (C6). `lowest` and `highest` bound it where knowledge is partial;
    `highest` is None where there is no upper limit, and both where there is nothing to bound. What the value can still
    become lies from `least` to `most`, None without end; both are the value when all is over and known, by what the
    contract's terms pick. `unmissed`: nothing happened that could have missed it. `name` says what the value is.
    """

    name: str
    value: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    least: Fraction | None
    most: Fraction | None
    positions: tuple[int, ...]
    working: tuple[Working, ...] = ()
    unmissed: bool = False


def number_of(
    counted: int, positions: tuple[int, ...], *, over: bool, bounds: tuple[int, int] | None = None
) -> Reading:
    """So many were counted, `bounds` being the least and the most. Before the period is over there can only be more."""
    number = Fraction(counted)
    lowest, highest = (counted, counted) if bounds is None else bounds
    return Reading(
        name="count",
        value=number,
        lowest=Fraction(lowest),
        highest=Fraction(highest),
        least=number,
        most=number if over else None,
        positions=positions,
    )


def judge_reading(definition: Level, reading: Reading, *, over: bool) -> Judgement:
    """The verdict on a reading of a period that is `over`, or still running."""
    guaranteed, target = limit(definition, definition.guaranteed), limit(definition, definition.target)
    if guaranteed is None and target is None:
        return Judgement(verdict=Verdict.NOT_APPLICABLE)
    if reading.unmissed:
        if not over:
            return Judgement(verdict=Verdict.PENDING)
        return Judgement(verdict=Verdict.MET_GUARANTEE if target is None else Verdict.MET_TARGET)
    if reading.value is None:
        return Judgement(verdict=Verdict.NOT_MEASURED if over else Verdict.PENDING)
    return judge_range(reading.least, reading.most, guaranteed=guaranteed, target=target)


def named(reading: Reading, value: Fraction | None) -> NamedValue | None:
    """The value as figures state it: the stopped time as a time, all others exact, times in seconds."""
    if value is None:
        return None
    if reading.name == "stopped":
        microseconds = value * 1_000_000
        text: str = msgspec.to_builtins(_MICROSECOND * (microseconds.numerator // microseconds.denominator))
        return NamedValue(name=reading.name, value=text)
    return NamedValue(name=reading.name, value=str(value))
