"""The terms a contract chose, as its report prints them: each with its ID, its name and the reading chosen.

A test sees that every term of `slm_domain.sla.Terms` and every reading it knows has words.
"""

from collections.abc import Iterator

import msgspec

from slm_api.measuring_terms import MEASURING
from slm_api.settling_terms import SETTLING
from slm_api.term import Term
from slm_api.wording import UNITS
from slm_domain.deduction_lines import Remedy
from slm_domain.sla import (
    Bonus,
    Bound,
    DeductionRule,
    FeeTimesAvailability,
    LateIncrements,
    PerOccasion,
    RepeatBreach,
    Terms,
    Tiers,
    Words,
)


class ChosenTerm(msgspec.Struct, frozen=True, kw_only=True):
    """A term with the reading that the contract chose."""

    source: str
    name: Words
    choice: Words


def chosen(terms: Terms) -> Iterator[ChosenTerm]:
    """Every term, in the order of the document, with what the contract chose."""
    for field, term in TERMS.items():
        yield ChosenTerm(source=term.source, name=term.name, choice=reading(term, getattr(terms, field)))


def reading(term: Term, value: object) -> Words:
    """The words for a term's value. Raises `LookupError` for a value that has none."""
    if value is None and term.missing is not None:
        return term.missing
    if term.number is not None:
        return _w(term.number.ja.format(value), term.number.en.format(value))
    return term.readings[str(value)]


def rule_words(rule: DeductionRule, remedy: Remedy = "deduction") -> Words:
    """What a deduction rule takes, with the readings chosen for it (C10, A4, A7, A11), and its own cap (C16).

    `remedy` is the contract's for its stops: what is paid by the provider leaves the fee alone (A5).
    """
    said = _PAID if isinstance(rule, FeeTimesAvailability) and remedy == "payment" else _rule(rule)
    if rule.cap_percent is None:
        return said
    return _w(
        f"{said.ja}。月 {rule.cap_percent} % まで（C16）", f"{said.en}; at most {rule.cap_percent} % a month (C16)"
    )


def bonus_words(bonus: Bonus) -> Words:
    """What a bonus adds, for what, and its cap (T1)."""
    condition = (
        _w("保証値の未達がない月に限る", "only in a month without a breach")
        if bonus.only_without_breach
        else _w("他の未達を問わない", "whatever else was missed")
    )
    return _w(
        f"目標値を達成した月に {bonus.percent} % を加算、上限 {bonus.cap_percent} %。{condition.ja}（T1）",
        f"{bonus.percent} % more when the target is met, at most {bonus.cap_percent} %; {condition.en} (T1)",
    )


def _rule(rule: DeductionRule) -> Words:
    match rule:
        case LateIncrements():
            counted = _COUNTING[rule.counting]
            excuse = _EXCUSED if rule.excused_when_told_in_time else _w("", "")
            first = _w(f"遅れたとき {rule.first_percent} %、以後", f"{rule.first_percent} % when late, then")
            late = first if rule.first_percent else _w("期限後", "when late")
            return _w(
                f"{late.ja} {rule.step_minutes} 分{counted.ja}ごとに {rule.step_percent} %（C10）{excuse.ja}",
                f"{late.en} {rule.step_percent} % for each {rule.step_minutes} min {counted.en} (C10){excuse.en}",
            )
        case PerOccasion():
            return _w(f"1件につき {rule.percent} %（数え方は A11）", f"{rule.percent} % for each miss (counted by A11)")
        case FeeTimesAvailability():
            return _COMPOSITION[rule.composition]
        case Tiers():
            tiers = [(tier.when, f"{tier.percent} %") for tier in rule.tiers]
            ja = "、".join(f"{_limit(when).ja} {share}" for when, share in tiers)
            en = ", ".join(f"{_limit(when).en} {share}" for when, share in tiers)
            return _w(
                f"達成値により {ja}。当てはまる最大のもの一つ（C9）",
                f"by the value achieved: {en}; the largest that applies, alone (C9)",
            )
        case RepeatBreach():
            return _w(
                f"{rule.within_months} か月以内に {rule.times} 回目以降の未達となる月に {rule.percent} %（C16）",
                f"{rule.percent} % in a month of breach with at least {rule.times} breaches "
                f"within {rule.within_months} months, it included (C16)",
            )


def _limit(when: Bound) -> Words:
    unit = UNITS[when.unit]
    word = _BEYOND if when.comparison is None else _COMPARED[when.comparison]
    return _w(f"{when.amount:f}{unit.ja}{word.ja}", f"{word.en} {when.amount:f}{unit.en}:")


def _w(ja: str, en: str) -> Words:
    return Words(ja=ja, en=en)


_BEYOND = _w("を割ったとき", "worse than")
_COMPARED = {
    "at_least": _w("以上", "at least"),
    "at_most": _w("以下", "at most"),
    "below": _w("未満", "below"),
    "above": _w("超", "above"),
}
_COUNTING = {"passed": _w("が過ぎる", "passed"), "started": _w("が始まる", "begun")}
_EXCUSED = _w("。期限前に事情を連絡したときは免除（A10）", "; not when hindrance was told before the due time (A10)")
_COMPOSITION = {
    "share_of_full_fee": _w(
        "月額×稼働率。減る割合（1−稼働率）は他の減額率と合算（A4）",
        "fee × availability; 1 − availability is added to the other shares (A4)",
    ),
    "of_reduced_fee": _w(
        "月額×稼働率。他の減額率は、停止の減額の残りに掛ける（A4）",
        "fee × availability; the other shares are taken of what the stops leave (A4)",
    ),
}

_PAID = _w("月額×（1−稼働率）を受注者が支払う（A5）", "the provider pays the fee × (1 − availability) (A5)")

TERMS: dict[str, Term] = MEASURING | SETTLING
