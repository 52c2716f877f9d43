"""pydantic's errors in the words of the person who writes the document: why, and what to write instead."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, get_args, get_type_hints

from pydantic_core import ErrorDetails

from slm_api.documents.draft import located
from slm_api.documents.finding import Path, quoted
from slm_api.documents.shape import known_fields
from slm_api.documents.written import Tree
from slm_domain import sla
from slm_domain.sla import Words

Said = tuple[Path, Words, Words]  # where, reason, mend
Worded = Callable[[ErrorDetails, Mapping[str, Any]], tuple[Words, Words]]  # an error and its limits: reason, mend


def told(error: ErrorDetails, tree: Mapping[str, Tree]) -> Said:
    """The place, reason and mend of one of pydantic's errors."""
    path = located(dict(tree), error["loc"])
    context: dict[str, Any] = error.get("ctx", {})
    if "reason" in context:
        return path, context["reason"], context["mend"]
    match error["type"]:
        case "extra_forbidden":
            said = _unknown_key(path, tree)
        case "missing":
            said = _missing(path)
        case "literal_error":
            said = _not_among(path, error["input"], str(context["expected"]))
        case "union_tag_invalid":
            path = (*path, "rule")
            said = _not_among(path, context["tag"], str(context["expected_tags"]))
        case "union_tag_not_found":
            path = (*path, "rule")
            said = _missing(path)
        case kind:
            said = _WORDED.get(kind, _other)(error, context)
    return path, *said


def _unknown_key(path: Path, tree: Mapping[str, Tree]) -> tuple[Words, Words]:
    key, fields = quoted(path[-1]), known_fields(path[:-1], tree)
    near = get_close_matches(key, fields, n=1)
    if near:
        mend = Words(ja=f"「{near[0]}」ではありませんか", en=f"Did you mean “{near[0]}”?")
    else:
        mend = Words(
            ja=f"書ける項目は次のとおりです:{'、'.join(fields)}", en=f"The fields here are: {', '.join(fields)}"
        )
    return Words(ja=f"「{key}」という項目はありません", en=f"There is no field “{key}” here"), mend


def _missing(path: Path) -> tuple[Words, Words]:
    if path[-1] == "method":
        return (
            Words(ja="測定方法がありません。測定できないものは SLA の項目にできません", en=UNMEASURED),
            Words(ja="測定方法を日本語と英語で書いてください", en="Say in both languages how it is measured"),
        )
    if path[:1] == ("bonuses",) and path[-1] == "cap_percent":
        return (
            Words(ja="増額に上限がありません", en="There is no cap on this bonus, and so no end to what is paid (T1)"),
            Words(ja="cap_percent を書いてください(例 5 %)", en="Write “cap_percent”, like 5 %"),
        )
    return (
        Words(ja=f"「{path[-1]}」がありません", en=f"“{path[-1]}” is missing"),
        Words(ja=f"「{path[-1]}」を書いてください", en=f"Write “{path[-1]}”"),
    )


UNMEASURED = "There is no measurement method; what cannot be measured cannot be an item of an SLA (G2)"


def _not_among(path: Path, value: object, offered: str) -> tuple[Words, Words]:
    offered_ja = offered.replace(" or ", "、").replace(", ", "、")
    if path[:1] == ("terms",) and value in _readings(str(path[-1])):
        return (
            Words(
                ja=f"読み方「{quoted(value)}」はまだ提供していません",
                en=f"The reading “{quoted(value)}” is not offered yet",
            ),
            Words(ja=f"提供している値:{offered_ja}", en=f"Offered now: {offered}"),
        )
    return (
        Words(ja=f"「{quoted(value)}」は書けません", en=f"“{quoted(value)}” is not one of the values"),
        Words(ja=f"次のどれかを書いてください:{offered_ja}", en=f"Write one of {offered}"),
    )


def _readings(term: str) -> tuple[object, ...]:
    """Every reading of a term that the domain knows, offered or not."""
    return get_args(get_type_hints(sla.Terms).get(term))


def _expected(ja: str, en: str, example: str) -> Worded:
    def words(error: ErrorDetails, _context: Mapping[str, Any]) -> tuple[Words, Words]:
        shown = quoted(error["input"])
        return (
            Words(ja=f"「{shown}」は{ja}ではありません", en=f"“{shown}” is not {en}"),
            Words(ja=f"{example} のように書いてください", en=f"Write it like {example}"),
        )

    return words


def _limit(ja: str, en: str, name: str) -> Worded:
    def words(error: ErrorDetails, context: Mapping[str, Any]) -> tuple[Words, Words]:
        limit = context[name]
        return (
            Words(ja=f"「{quoted(error['input'])}」は範囲の外です", en=f"“{quoted(error['input'])}” is out of range"),
            Words(ja=f"{limit} {ja}にしてください", en=f"Let it be {en} {limit}"),
        )

    return words


def _other(error: ErrorDetails, _context: Mapping[str, Any]) -> tuple[Words, Words]:
    return (
        Words(ja=f"この値は書けません({error['msg']})", en=f"This cannot be written here ({error['msg']})"),
        Words(ja="slm schema の示す形に直してください", en="Write it in the form that slm schema shows"),
    )


_TEXT = _expected("文字列", "text", '"四万十町"')
_WHOLE = _expected("整数", "a whole number", "60")
_LIST = _expected("並び", "a list", "[…, …]")
_MAPPING = _expected("項目の組", "a group of fields", "{ja: …, en: …}")

_WORDED: dict[str, Worded] = {
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": _expected("真偽値", "true or false", "true"),
    "tuple_type": _LIST,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dict_type": _MAPPING,
    "string_too_short": _expected("内容のある文", "text with anything in it", '"四万十町"'),
    "string_too_long": _limit("文字以内", "a text no longer than", "max_length"),
    "string_pattern_mismatch": _expected(
        "コード(英数字と . _ -)", "a code of letters, digits, “.”, “_” and “-”", "shimanto-town"
    ),
    "greater_than_equal": _limit("以上", "at least", "ge"),
    "less_than_equal": _limit("以下", "at most", "le"),
}
