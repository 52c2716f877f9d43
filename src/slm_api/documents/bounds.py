"""A guaranteed or target value, as a phrase ("30 minutes", "3 days", "99.5 %") or taken apart."""

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from slm_api.documents.amounts import Exact
from slm_api.documents.finding import quoted, refused
from slm_api.documents.wording import Authored, Words, titled

Unit = Literal["minutes", "hours", "days", "count", "percent", "met"]

_SPELLINGS: dict[str, Unit] = {
    **dict.fromkeys(("minutes", "minute", "min", "分"), "minutes"),
    **dict.fromkeys(("hours", "hour", "h", "時間"), "hours"),
    **dict.fromkeys(("days", "day", "日"), "days"),
    **dict.fromkeys(("count", "times", "time", "回"), "count"),
    **dict.fromkeys(("percent", "%", "％"), "percent"),
}
_PHRASE = re.compile(r"(?P<amount>[0-9.]+)\s*(?P<unit>\S+)")
_PHRASE_PATTERN = rf"^(met|[0-9]{{1,12}}(\.[0-9]{{1,6}})?\s*({'|'.join(_SPELLINGS)}))$"


class Bound(Authored):
    """A guaranteed or target value: an amount and its unit.

    Written as a phrase ("30 minutes", "24 hours", "3 days", "1 time", "99.5 %", "met"; 分, 時間, 日 and 回
    too) or taken apart.
    """

    amount: Annotated[Exact, Field(ge=0), titled("値", "Amount; 1 for an obligation")]
    unit: Annotated[Unit, titled("単位", "Unit")]
    and_words: Annotated[Words | None, titled("値で表せない部分", "What the figure cannot say")] = None

    @model_validator(mode="before")
    @classmethod
    def _from_phrase(cls, value: object) -> object:
        return taken_apart(value) if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        structured = handler.resolve_ref_schema(handler(core_schema))
        phrase = {
            "type": "string",
            "pattern": _PHRASE_PATTERN,
            "title": "語句 / As a phrase: 30 minutes, 3 days, 99.5 %",
        }
        return {"anyOf": [phrase, structured], "title": "保証値または目標値 / Guaranteed or target value"}


def taken_apart(phrase: str) -> dict[str, Any]:
    """The amount and unit of a phrase like "30 minutes"; refuses what is none."""
    if phrase == "met":
        return {"amount": Decimal(1), "unit": "met"}
    match = _PHRASE.fullmatch(phrase.strip())
    unit = _SPELLINGS.get(match["unit"]) if match else None
    if match is None or unit is None:
        raise refused(
            "not_a_bound",
            ja=f"「{quoted(phrase)}」は値として読めません",
            en=f"“{quoted(phrase)}” is not an amount with a unit",
            mend_ja="30 minutes、24 hours、3 days、1 time、99.5 %、met(または 分・時間・日・回)のように書いてください",
            mend_en="Write it like 30 minutes, 24 hours, 3 days, 1 time, 99.5 % or met",
        )
    return {"amount": match["amount"], "unit": unit}
