"""A guaranteed or target value, as a phrase ("30 minutes", "≥ 99.5 %", "5 % 未満") or taken apart."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from slm_api.documents.amounts import Exact
from slm_api.documents.finding import quoted, refused
from slm_api.documents.wording import Authored, Words, titled
from slm_domain.plausible import MOST_OF
from slm_domain.sla import BoundUnit, ComparisonWord

_UNITS: dict[str, BoundUnit] = {
    **dict.fromkeys(("seconds", "second", "sec", "s", "秒"), "seconds"),
    **dict.fromkeys(("minutes", "minute", "min", "分"), "minutes"),
    **dict.fromkeys(("hours", "hour", "h", "時間"), "hours"),
    **dict.fromkeys(("days", "day", "日"), "days"),
    **dict.fromkeys(("months", "month", "か月", "ヶ月", "カ月", "ヵ月"), "months"),
    **dict.fromkeys(("count", "times", "time", "回"), "count"),
    **dict.fromkeys(("percent", "%", "％"), "percent"),
}
_GRADE = ("grade", "グレード")
_BEFORE: dict[str, ComparisonWord] = {
    **dict.fromkeys((">=", "≥", "≧", "at least"), "at_least"),
    **dict.fromkeys(("<=", "≤", "≦", "at most"), "at_most"),
    **dict.fromkeys(("<", "＜", "less than", "below"), "below"),
    **dict.fromkeys((">", "＞", "more than", "above"), "above"),
}
_AFTER: dict[str, ComparisonWord] = {
    "以上": "at_least",
    **dict.fromkeys(("以下", "以内"), "at_most"),
    "未満": "below",
    **dict.fromkeys(("超", "超える", "を超える"), "above"),
}


def _one_of(words: dict[str, ComparisonWord] | dict[str, BoundUnit] | tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_AMOUNT = r"[0-9]{1,12}(?:\.[0-9]{1,6})?"
_VALUE = rf"(?:(?P<amount>{_AMOUNT})\s*(?P<unit>{_one_of(_UNITS)})|(?:{_one_of(_GRADE)})\s*(?P<grade>[0-9]{{1,12}}))"
_PHRASE = re.compile(rf"(?:(?P<before>{_one_of(_BEFORE)})\s*)?{_VALUE}(?:\s*(?P<after>{_one_of(_AFTER)}))?")
_PHRASE_PATTERN = rf"^\s*(met|{re.sub('[?]P<[a-z]+>', '?:', _PHRASE.pattern)})\s*$"


class Bound(Authored):
    """A guaranteed or target value: an amount and its unit, and the comparison word that is printed with it (C9).

    Written as a phrase ("30 minutes", "24 hours", "3 days", "1 time", "99.5 %", "grade 4", "met"; 分, 時間, 日 and 回
    too) or taken apart. A comparison word stands before it (">= 99.5 %", "< 5 %") or, in Japanese, after it
    ("99.5 % 以上", "5 % 未満"). Without one the measure's kind has its own word.
    """

    amount: Annotated[Exact, Field(ge=0), titled("値", "Amount; 1 for an obligation")]
    unit: Annotated[BoundUnit, titled("単位", "Unit")]
    and_words: Annotated[Words | None, titled("値で表せない部分", "What the figure cannot say")] = None
    comparison: Annotated[ComparisonWord | None, titled("比較の語", "Comparison word; none: that of the kind (C9)")] = (
        None
    )

    @model_validator(mode="before")
    @classmethod
    def _from_phrase(cls, value: object) -> object:
        return taken_apart(value) if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        structured = handler.resolve_ref_schema(handler(core_schema))
        structured["allOf"] = [_at_most(unit, most) for unit, most in MOST_OF.items()]
        phrase = {
            "type": "string",
            "pattern": _PHRASE_PATTERN,
            "title": "語句 / As a phrase: 30 minutes, 3 days, >= 99.5 %, 5 % 未満, grade 4",
        }
        return {"anyOf": [phrase, structured], "title": "保証値または目標値 / Guaranteed or target value"}


def _at_most(unit: BoundUnit, most: int) -> JsonSchemaValue:
    """Of a value in this unit, the largest amount: told where it is written as a number."""
    return {
        "if": {"properties": {"unit": {"const": unit}}, "required": ["unit"]},
        "then": {"properties": {"amount": {"maximum": most}}},
    }


def taken_apart(phrase: str) -> dict[str, Any]:
    """The amount, unit and comparison word of a phrase like "30 minutes" or "< 5 %"; refuses what is none."""
    phrase = phrase.strip()
    if phrase == "met":
        return {"amount": Decimal(1), "unit": "met"}
    match = _PHRASE.fullmatch(phrase)
    if match is None or (match["before"] and match["after"]):
        raise refused(
            "not_a_bound",
            ja=f"「{quoted(phrase)}」は値として読めません",
            en=f"“{quoted(phrase)}” is not an amount with a unit",
            mend_ja="30 minutes、24 hours、3 days、1 time、99.5 % 以上、5 % 未満、グレード 4、met"
            "(または 秒・分・時間・日・か月・回)のように書いてください",
            mend_en="Write it like 30 minutes, 24 hours, 3 days, 1 time, >= 99.5 %, < 5 %, grade 4 or met",
        )
    parts: dict[str, Any] = (
        {"amount": match["grade"], "unit": "grade"}
        if match["grade"]
        else {"amount": match["amount"], "unit": _UNITS[match["unit"]]}
    )
    word = _BEFORE.get(match["before"] or "") or _AFTER.get(match["after"] or "")
    return {**parts, "comparison": word} if word else parts
