"""Which values a level can have: of the level's kind by unit, by comparison word, and on its scale."""

from collections.abc import Iterator
from decimal import Decimal

from slm_api.documents.bounds import Bound
from slm_api.documents.draft import Draft
from slm_api.documents.finding import Path
from slm_api.documents.levels import Level, Scale
from slm_api.documents.measure import Measure
from slm_api.documents.reach import is_always_met, off_the_scale, out_of_reach
from slm_api.documents.reasons import Said
from slm_domain.measures import COMPARISONS, UNITS
from slm_domain.sla import ComparisonWord, MeasureKind, Words

_COUNTED = {"count": ("回数", "A count"), "grade": ("グレード", "A grade"), "months": ("月数", "A number of months")}
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 60 * 60, "days": 24 * 60 * 60}


def bounds_fit_the_kind_of_measure(draft: Draft) -> Iterator[Said]:
    """A duration is not counted in percent; an obligation is met (1), not met twice; nothing exceeds 100 %."""
    for path, level in draft.levels.items():
        for place, bound in bounds_of(path, level):
            yield from misfits(place, bound, level.measure.kind, COMPARISONS[level.measure.kind])
            yield from _off_the_scale(place, bound, level.measure, draft)
            yield from _broken_days(place, bound, level.measure)


def ratios_are_in_time_within_a_time(draft: Draft) -> Iterator[Said]:
    """The time within which each has to be done, of a ratio: a time at most, or less."""
    for path, level in draft.levels.items():
        within = level.measure.within
        if within is not None and level.measure.kind in ("ratio_at_least", "ratio_at_most"):
            place = (*path, "measure", "within")
            yield from misfits(place, within, "duration_at_most", COMPARISONS["duration_at_most"])
            yield from _broken_days(place, within, level.measure)


def targets_are_not_looser_than_guarantees(draft: Draft) -> Iterator[Said]:
    """Targets are meant to be stricter (S40). A looser one is accepted, with this warning (A31).

    Of a lead read as a cut-off the smaller one is the stricter: changes are accepted for longer.
    """
    cutoff = draft.written("terms", "lead_kind") == "cutoff_at_most"
    for path, level in draft.levels.items():
        if level.guaranteed is None or level.target is None:
            continue
        turned = cutoff and level.measure.kind == "lead_at_least"
        if is_looser(level.measure.kind, level.guaranteed, level.target, turned=turned):
            yield (
                (*path, "target"),
                Words(
                    ja=f"「{level.name.ja}」の目標値が保証値より緩くなっています",
                    en=f"The target of “{level.name.en}” is looser than its guarantee",
                ),
                Words(ja="意図したものか確かめてください(A31)", en="Make sure that this is meant (A31)"),
            )


def values_are_not_met_by_everything(draft: Draft) -> Iterator[Said]:
    """At least 0, or at most 100 %, asks for nothing: accepted, with this warning. A cut-off of 0 asks for all."""
    cutoff = draft.written("terms", "lead_kind") == "cutoff_at_most"
    for path, level in draft.levels.items():
        kind = level.measure.kind
        for place, bound in bounds_of(path, level):
            if is_always_met(bound, COMPARISONS[kind][0]) and not (cutoff and kind == "lead_at_least"):
                yield (
                    place,
                    Words(
                        ja=f"「{level.name.ja}」のこの値は、どのような測定結果でも満たされます",
                        en=f"Whatever is measured of “{level.name.en}” meets this value",
                    ),
                    Words(ja="意図したものか確かめてください", en="Make sure that this is meant"),
                )


def scale_of(measure: Measure, draft: Draft) -> Scale | None:
    """The scale of a measure that is graded; None of any other, or where the scale has no grades."""
    if measure.kind != "grade_at_least":
        return None
    return next((scale for scale in draft.scales.values() if scale.code == measure.scale and scale.grades), None)


def is_looser(kind: MeasureKind, guaranteed: Bound, bound: Bound, *, turned: bool = False) -> bool:
    """Whether a value lets more pass than the guaranteed one. False where the two cannot be compared."""
    if not _comparable(guaranteed, bound):
        return False
    kept, other = _size(guaranteed), _size(bound)
    if kept == other:
        return is_strict(guaranteed) and not is_strict(bound)
    return other > kept if is_at_most(kind) is not turned else other < kept


def is_at_most(kind: MeasureKind) -> bool:
    """Whether the kind asks for little rather than for much."""
    return COMPARISONS[kind][0] == "at_most"


def is_strict(bound: Bound) -> bool:
    """Whether exactly the value misses it: 未満, 超える (C9)."""
    return bound.comparison in ("below", "above")


def bounds_of(path: Path, level: Level) -> Iterator[tuple[Path, Bound]]:
    """The guaranteed and the target value, with their places."""
    for field, bound in (("guaranteed", level.guaranteed), ("target", level.target)):
        if bound is not None:
            yield (*path, field), bound


def misfits(place: Path, bound: Bound, kind: MeasureKind, words: tuple[ComparisonWord, ...]) -> Iterator[Said]:
    """What keeps a value from being one of this kind, printed with one of these comparison words (the first: none)."""
    if bound.unit not in UNITS[kind]:
        yield (*place, "unit"), *_of_another_unit(bound, kind)
        return
    if bound.comparison is not None and bound.comparison not in words:
        yield (
            (*place, "comparison"),
            Words(
                ja=f"比較の語 {bound.comparison} は種別 {kind} の向きに合いません",
                en=f"The comparison {bound.comparison} goes against the direction of kind {kind}",
            ),
            Words(ja=f"使える語:{'、'.join(words)}", en=f"Write {' or '.join(words)}"),
        )
    yield from out_of_reach(place, bound, words[0])
    if bound.unit == "met" and bound.amount != 1:
        yield (
            (*place, "amount"),
            Words(ja="義務の値は 1(met)です", en="The amount of an obligation is 1 (met)"),
            Words(ja="met と書いてください", en="Write met"),
        )
    if bound.unit in _COUNTED and not _is_whole(bound):
        yield (*place, "amount"), *_not_whole(*_COUNTED[bound.unit])


def is_counted_in_days(bound: Bound, measure: Measure) -> bool:
    """Whether whole days or months are counted, and not a time on a clock (A13, C13)."""
    return bound.unit == "months" or (bound.unit == "days" and measure.day_kind != "24h")


def _broken_days(place: Path, bound: Bound, measure: Measure) -> Iterator[Said]:
    timed = measure.kind in ("duration_at_most", "lead_at_least") or measure.within is not None
    if timed and bound.unit == "days" and is_counted_in_days(bound, measure) and not _is_whole(bound):
        yield (
            (*place, "amount"),
            Words(ja="数える日数が整数ではありません", en="Days that are counted are whole"),
            Words(ja="整数で書くか、day_kind を 24h にしてください", en="Write a whole number, or day_kind: 24h"),
        )


def _off_the_scale(place: Path, bound: Bound, measure: Measure, draft: Draft) -> Iterator[Said]:
    scale = scale_of(measure, draft)
    if scale is not None and bound.unit == "grade" and _is_whole(bound):
        yield from off_the_scale(place, bound, scale, COMPARISONS[measure.kind][0])


def _of_another_unit(bound: Bound, kind: MeasureKind) -> tuple[Words, Words]:
    units = UNITS[kind]
    return (
        Words(
            ja=f"種別 {kind} の値に単位 {bound.unit} は使えません",
            en=f"A bound of kind {kind} cannot be in {bound.unit}",
        ),
        Words(ja=f"使える単位:{'、'.join(units)}", en=f"Write it in {' or '.join(units)}"),
    )


def _not_whole(ja: str, en: str) -> tuple[Words, Words]:
    return (
        Words(ja=f"{ja}が整数ではありません", en=f"{en} is a whole number"),
        Words(ja="整数で書いてください", en="Write a whole number"),
    )


def _is_whole(bound: Bound) -> bool:
    return bound.amount == bound.amount.to_integral_value()


def _comparable(one: Bound, other: Bound) -> bool:
    return one.unit == other.unit or (one.unit in _SECONDS and other.unit in _SECONDS)


def _size(bound: Bound) -> Decimal:
    return bound.amount * _SECONDS.get(bound.unit, 1)
