"""One reading of a passage as a row: a field of the SLA document, a value it can take, and what that says."""

from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from slm_api.term_words import TERMS
from slm_api.term_words import reading as worded
from slm_domain.month_figures import Outcome
from slm_domain.sla import (
    FaultLevel,
    Fee,
    FeeTimesAvailability,
    Ground,
    LateIncrements,
    Measure,
    Organisation,
    System,
    Terms,
    WeeklyHours,
)
from tests.where_used.row import NAMES, Row, Use, agreed, saying

PARTS: dict[type[msgspec.Struct], str] = {  # where in a document each shape is written
    Terms: "terms",
    Measure: "levels",
    LateIncrements: "deductions",
    FeeTimesAvailability: "deductions",
    Ground: "grounds",
    Organisation: "municipality",
    System: "systems",
    FaultLevel: "fault_levels",
    Fee: "fee",
    WeeklyHours: "calendars",
}
OUTCOMES: tuple[str, ...] = get_args(Outcome)


def values(shape: type[msgspec.Struct], field: str) -> tuple[str, ...]:
    """Every value that the field's type names, as a document writes it. A number says "a number"; nothing, "null"."""
    (hint,) = [each.type for each in msgspec.structs.fields(shape) if each.name == field]
    return tuple(dict.fromkeys(_named(hint)))


def _named(hint: Any) -> list[str]:
    if get_origin(hint) is Literal:
        return [str(value) for value in get_args(hint)]
    if get_origin(hint) in {Union, UnionType}:
        return [value for each in get_args(hint) for value in _named(each)]
    if hint is bool:
        return ["true", "false"]
    return ["null"] if hint is type(None) else ["a number" if _is_number(hint) else "given"]


def _is_number(hint: Any) -> bool:
    return getattr(hint, "__name__", "") in {"int", "Decimal"}


def reading(
    source: str,
    shape: type[msgspec.Struct],
    field: str,
    value: str,
    *tests: str,
    says: str = "",
    uses: tuple[Use, ...] = (),
    reason: str = "",
) -> Row:
    """The row of one value of a field. Lines that write the value are found; `uses` are others that rely on it.

    A term that no example writes so, and some take as the default, says which.
    """
    written = (*saying(PARTS[shape], field, value), *uses)
    return Row(
        source=source,
        row=f"`{field}: {value}`: {says or _words(field, value)}",
        uses=written,
        tests=tests,
        reason=reason or ("" if written or shape is not Terms else _by_default(field, value)),
        reads=(shape.__name__, field, value),
    )


def term(example: str, field: str) -> str:
    """The reading of a term that an example is agreed in, as `values` names it."""
    chosen = getattr(agreed(example).terms, field)
    return "null" if chosen is None else chosen if isinstance(chosen, str) else "a number"


def _by_default(field: str, value: str) -> str:
    taking = [example for example in NAMES if term(example, field) == value]
    return f"not written, the default: {', '.join(taking)}" if taking else ""


def _words(field: str, value: str) -> str:
    asked = {"null": None, "a number": "n"}.get(value, value)
    return worded(TERMS[field], asked).en
