"""What a value asks for at its ends: what no measurement can reach, and what every measurement keeps to (C9)."""

from collections.abc import Iterator

from slm_api.documents.amounts import plain
from slm_api.documents.bounds import Bound
from slm_api.documents.finding import Path
from slm_api.documents.levels import Scale
from slm_api.documents.reasons import Said
from slm_domain.plausible import LONGEST_YEARS, MOST_OF
from slm_domain.sla import ComparisonWord, Words

_NO_AMOUNTS = ("grade", "met")  # a scale has its own ends, an obligation has one value


def out_of_reach(place: Path, bound: Bound, default: ComparisonWord) -> Iterator[Said]:
    """Whether no measurement can keep to it, or a tier never holds of one. `default` is meant where no word is."""
    word, most = bound.comparison or default, MOST_OF[bound.unit]
    if bound.unit == "percent" and bound.amount > most:
        yield (
            (*place, "amount"),
            Words(ja="100 % を超えています", en="This is more than 100 %"),
            Words(ja="100 以下にしてください", en="Let it be at most 100"),
        )
    elif bound.unit == "percent" and word == "above" and bound.amount == most:
        yield (
            (*place, "amount"),
            Words(ja="100 % を超える値はありません", en="No measurement lies above 100 %"),
            Words(ja="100 % 以上とするか、100 より小さい値にしてください", en="Write >= 100 %, or a smaller value"),
        )
    elif bound.unit not in _NO_AMOUNTS and bound.amount > most:
        yield (*place, "amount"), *_too_much(bound, most)
    elif bound.unit not in _NO_AMOUNTS and word == "below" and not bound.amount:
        yield (
            (*place, "amount"),
            Words(ja="0 未満の値はありません", en="No measurement lies below 0"),
            Words(ja="0 以下とするか、0 より大きい値にしてください", en="Write <= 0, or a larger value"),
        )


def off_the_scale(place: Path, bound: Bound, scale: Scale, default: ComparisonWord) -> Iterator[Said]:
    """Whether a grade is none of its scale, or lies beyond the scale's ends by its word."""
    grades = sorted(each.grade for each in scale.grades)
    word, amount = bound.comparison or default, plain(bound.amount)
    mend = ", ".join(str(grade) for grade in grades)
    if bound.amount not in grades:
        yield (
            (*place, "amount"),
            Words(
                ja=f"グレード {amount} は尺度 {scale.code} にありません",
                en=f"Grade {amount} is off its scale {scale.code}",
            ),
            Words(ja=f"この尺度のグレード:{mend}", en=f"Write one of its grades: {mend}"),
        )
    elif bound.amount == {"above": grades[-1], "below": grades[0]}.get(word):
        above = word == "above"
        yield (
            (*place, "amount"),
            Words(
                ja=f"尺度 {scale.code} にグレード {amount} {'を超える' if above else '未満の'}グレードはありません",
                en=f"The scale {scale.code} has no grade {word} {amount}",
            ),
            Words(
                ja=f"{'以上' if above else '以下'}とするか、別のグレードにしてください:{mend}",
                en=f"Write {'at least' if above else 'at most'}, or another of its grades: {mend}",
            ),
        )


def is_always_met(bound: Bound, default: ComparisonWord) -> bool:
    """Whether every measurement keeps to it: at least nothing, or at most all of it."""
    word = bound.comparison or default
    if bound.unit in _NO_AMOUNTS:
        return False
    return (word == "at_least" and not bound.amount) or (
        word == "at_most" and bound.unit == "percent" and bound.amount == MOST_OF["percent"]
    )


def _too_much(bound: Bound, most: int) -> tuple[Words, Words]:
    if bound.unit == "count":
        return (
            Words(ja=f"{plain(bound.amount)} 回は数えられません", en=f"{plain(bound.amount)} cannot be counted"),
            Words(ja=f"{most} 以下にしてください", en=f"Let it be at most {most}"),
        )
    return (
        Words(
            ja=f"{plain(bound.amount)} {bound.unit} は {LONGEST_YEARS} 年を超えています",
            en=f"{plain(bound.amount)} {bound.unit} are longer than {LONGEST_YEARS} years",
        ),
        Words(ja=f"{most} {bound.unit} 以下にしてください", en=f"Let it be at most {most} {bound.unit}"),
    )
