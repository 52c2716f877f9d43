"""Money follows from levels that can be missed, in tiers that speak of their value, and nothing is paid without end."""

from collections.abc import Callable, Iterable, Iterator
from typing import get_args

from slm_api.documents.bound_rules import is_at_most, is_looser, misfits, scale_of
from slm_api.documents.bounds import Bound
from slm_api.documents.draft import Draft
from slm_api.documents.levels import Level
from slm_api.documents.money import FeeTimesAvailability, RepeatBreach, Tiers
from slm_api.documents.reach import off_the_scale
from slm_api.documents.reasons import Said
from slm_api.documents.saying import undefined, wanting
from slm_domain.measures import PER_PERIOD
from slm_domain.sla import ComparisonWord, MeasureKind, PeriodKind, Words

_FITTING_LEVEL: dict[str, tuple[MeasureKind, ...]] = {
    "late_increments": ("duration_at_most",),
    "per_occasion": ("obligation",),
    "fee_times_availability": ("stopped_time_at_most",),
    "tiers": tuple(kind for kind in get_args(MeasureKind) if kind in PER_PERIOD),
    "repeat_breach": get_args(MeasureKind),
}
_LEAST_TIMES = 2
_MONTHS_OF: dict[PeriodKind, int] = {"quarter": 3, "half_year": 6, "fiscal_year": 12, "year": 12}
_HUNDRED = 100


def deductions_name_a_fitting_level(draft: Draft) -> Iterator[Said]:
    """A deduction follows from a level of the document, of a kind that its rule can count on."""
    keys = draft.names("levels", "key")
    kinds = {level.key: level.measure.kind for level in draft.levels.values()}
    for path, rule in draft.deductions.items():
        kind, fitting = kinds.get(rule.level), _FITTING_LEVEL[rule.rule]
        if draft.tree.get("levels") is None or rule.level not in keys:
            yield (*path, "level"), *undefined(rule.level, keys, "levels", "サービスレベル")
        elif kind is not None and kind not in fitting:
            yield (
                (*path, "level"),
                Words(
                    ja=f"規則 {rule.rule} は種別 {kind} の評価項目には使えません",
                    en=f"The rule {rule.rule} cannot count on a level of kind {kind}",
                ),
                Words(
                    ja=f"種別 {'、'.join(fitting)} の項目を指定してください",
                    en=f"Name a level of kind {' or '.join(fitting)}",
                ),
            )


def deductions_follow_from_guaranteed_values(draft: Draft) -> Iterator[Said]:
    """Missing a target has no contractual consequence (S40), so a level with a deduction has a guaranteed value."""
    bare = {level.key for level in draft.levels.values() if level.guaranteed is None and level.target is not None}
    for path, rule in draft.deductions.items():
        if rule.level in bare:
            yield (
                (*path, "level"),
                Words(
                    ja=f"評価項目「{rule.level}」には保証値がありません",
                    en=f"The level “{rule.level}” has no guaranteed value to miss",
                ),
                Words(
                    ja="保証値を書くか、減額を消してください", en="Give it a guaranteed value, or drop the deduction"
                ),
            )


def tiers_speak_of_the_value_of_their_level(draft: Draft) -> Iterator[Said]:
    """Each is a worse value in a unit of the level, said once; a tier without a comparison word means worse than it."""
    levels = _levels(draft)
    for path, rule in draft.deductions.items():
        if not isinstance(rule, Tiers):
            continue
        if not rule.tiers and draft.written(*path, "tiers") == []:
            yield (*path, "tiers"), *wanting("tiers", ja="段階による減額", en="a deduction by tiers")
        level, seen = levels.get(rule.level), set()
        for index, tier in enumerate(rule.tiers):
            place = (*path, "tiers", index, "when")
            if level is not None and level.measure.kind in PER_PERIOD:
                worse = _worse(level.measure.kind)
                yield from misfits(place, tier.when, level.measure.kind, worse)
                scale = scale_of(level.measure, draft)
                if scale is not None and tier.when.unit == "grade":
                    yield from off_the_scale(place, tier.when, scale, worse[0])
            condition = (tier.when.amount, tier.when.unit, tier.when.comparison)
            if condition in seen:
                yield (
                    place,
                    Words(ja="同じ条件の段階が既にあります", en="There is already a tier with this condition"),
                    Words(ja="条件ごとに一つにしてください", en="Keep one tier for each condition"),
                )
            seen.add(condition)


def tiers_begin_where_the_guarantee_is_missed(draft: Draft) -> Iterator[Said]:
    """A tier that holds while the guarantee is kept takes money without a breach: accepted, with this warning."""
    levels = _levels(draft)
    for path, rule in draft.deductions.items():
        level = levels.get(rule.level)
        if not isinstance(rule, Tiers) or level is None or level.guaranteed is None:
            continue
        kind, kept = level.measure.kind, level.guaranteed
        for index, tier in enumerate(rule.tiers):
            if is_looser(kind, _limit_of(tier.when), kept):
                yield (
                    (*path, "tiers", index, "when"),
                    Words(
                        ja="この段階は保証値を満たしていても当てはまります",
                        en="This tier can hold although the guarantee is met",
                    ),
                    Words(ja="意図したものか確かめてください(S40)", en="Make sure that this is meant (S40)"),
                )


def repeated_breaches_can_be_counted(draft: Draft) -> Iterator[Said]:
    """Repeated means twice at least, within the months in which so many periods of the level can end."""
    levels = _levels(draft)
    for path, rule in draft.deductions.items():
        if not isinstance(rule, RepeatBreach):
            continue
        level = levels.get(rule.level)
        period = "month" if level is None else level.measure.period or "month"
        needed = (rule.times - 1) * _MONTHS_OF.get(period, 1) + 1
        if rule.times < _LEAST_TIMES:
            yield (
                (*path, "times"),
                Words(ja="1回では繰り返しになりません", en="Once is not repeated"),
                Words(ja="2 以上にしてください", en="Let it be at least 2"),
            )
        elif period == "term":
            yield (
                (*path, "level"),
                Words(
                    ja=f"評価項目「{rule.level}」は契約期間で一度だけ判定され、未達が繰り返すことはありません",
                    en=f"The level “{rule.level}” is judged once, for the term: it cannot be missed again",
                ),
                Words(ja="短い期間の項目を指定してください", en="Name a level of a shorter period"),
            )
        elif rule.within_months < needed:
            yield (
                (*path, "within_months"),
                Words(
                    ja=f"{rule.within_months} か月に {rule.times} 回の未達は起こりません",
                    en=f"There are no {rule.times} months of breach within {rule.within_months}",
                )
                if needed == rule.times
                else Words(
                    ja=f"{rule.within_months} か月に評価期間（{period}）は {rule.times} 回終わりません",
                    en=f"No {rule.times} periods ({period}) of the level end within {rule.within_months} months",
                ),
                Words(ja=f"{needed} 以上にしてください", en=f"Let it be at least {needed}"),
            )


def stop_rules_combine_in_one_way(draft: Draft) -> Iterator[Said]:
    """Other shares are taken of the full fee or of what all stops leave, not of both (A4)."""
    rules = {path: rule for path, rule in draft.deductions.items() if isinstance(rule, FeeTimesAvailability)}
    first = next(iter(rules.values()), None)
    for path, rule in rules.items():
        if first is not None and rule.composition != first.composition:
            yield (
                (*path, "composition"),
                Words(
                    ja=f"減額「{first.code}」は {first.composition} で、他の減額を二通りに組み合わせることはできません"
                    "(A4)",
                    en=f"“{first.code}” says {first.composition}: other shares combine with the stops in one way (A4)",
                ),
                Words(
                    ja=f"{first.composition} にするか、両方を同じにしてください",
                    en=f"Write {first.composition}, or let both say the same",
                ),
            )


def bonuses_follow_from_targets(draft: Draft) -> Iterator[Said]:
    """A bonus is for a target that is met (T1)."""
    levels, keys = _levels(draft), draft.names("levels", "key")
    for path, bonus in draft.bonuses.items():
        level = levels.get(bonus.level)
        if bonus.level not in keys:
            yield (*path, "level"), *undefined(bonus.level, keys, "levels", "サービスレベル")
        elif level is not None and level.target is None:
            yield (
                (*path, "level"),
                Words(
                    ja=f"評価項目「{bonus.level}」には目標値がありません",
                    en=f"The level “{bonus.level}” has no target value to meet",
                ),
                Words(ja="目標値を書くか、増額を消してください", en="Give it a target value, or drop the bonus"),
            )


def shares_of_the_fee_are_whole(draft: Draft) -> Iterator[Said]:
    """All municipalities of a joint contract bear a share or none does, and the shares are the fee (C24)."""
    shares = {path: each.fee_share_percent for path, each in draft.organisations.items()}
    if all(share is None for share in shares.values()):
        return
    for path, share in shares.items():
        if share is None:
            yield (
                (*path, "fee_share_percent"),
                *wanting(
                    "fee_share_percent", ja="他の団体に負担割合があるとき", en="where another bears a share, each"
                ),
            )
    known = [share for share in shares.values() if share is not None]
    if len(known) == len(shares) and sum(known) != _HUNDRED:
        yield (
            ("municipality", "organisations"),
            Words(
                ja=f"負担割合の合計が 100 % ではなく {sum(known)} % です",
                en=f"The shares of the fee add up to {sum(known)} %, not 100 %",
            ),
            Words(ja="合計が 100 になるようにしてください", en="Let the shares add up to 100"),
        )


def _levels(draft: Draft) -> dict[str, Level]:
    return {level.key: level for level in draft.levels.values()}


def _worse(kind: MeasureKind) -> tuple[ComparisonWord, ...]:
    return ("above", "at_least") if is_at_most(kind) else ("below", "at_most")


def _limit_of(when: Bound) -> Bound:
    """The best value of which the tier does not hold, as a bound: of "below 99.5" at least 99.5."""
    strict = when.comparison in ("at_least", "at_most")
    return when.model_copy(update={"comparison": "above" if strict else None})


MONEY_RULES: tuple[Callable[[Draft], Iterable[Said]], ...] = (
    deductions_name_a_fitting_level,
    deductions_follow_from_guaranteed_values,
    tiers_speak_of_the_value_of_their_level,
    repeated_breaches_can_be_counted,
    stop_rules_combine_in_one_way,
    bonuses_follow_from_targets,
    shares_of_the_fee_are_whole,
)
MONEY_WARNINGS: tuple[Callable[[Draft], Iterable[Said]], ...] = (tiers_begin_where_the_guarantee_is_missed,)
