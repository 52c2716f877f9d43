"""A small judge of JSON Schema that knows exactly the keywords our schema uses, and fails on any other."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

Schema = dict[str, Any]

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, Decimal),
    "null": (type(None),),
}
_ANNOTATIONS = {"then", "else", "title", "description", "default", "$defs", "$schema", "format", "discriminator"}


def faults(value: Any, rule: Schema, root: Schema, where: str = "") -> Iterator[str]:
    """Where the value breaks the schema, and by which keyword."""
    for keyword, limit in rule.items():
        if keyword in _PLAIN:
            kinds, keeps = _PLAIN[keyword]
            if isinstance(value, kinds) and not keeps(value, limit):
                yield f"{where}: {keyword}"
        elif keyword in _NESTED:
            yield from _NESTED[keyword](value, rule, root, where)
        else:
            assert keyword in _ANNOTATIONS, f"the judge does not know {keyword}"


def _is_of(value: Any, kind: str) -> bool:
    return isinstance(value, _TYPES[kind]) and (not isinstance(value, bool) or kind == "boolean")


def _reference(value: Any, rule: Schema, root: Schema, where: str) -> Iterator[str]:
    yield from faults(value, root["$defs"][rule["$ref"].removeprefix("#/$defs/")], root, where)


def _any_of(value: Any, rule: Schema, root: Schema, where: str) -> Iterator[str]:
    if not any(_fits(value, option, root) for option in rule["anyOf"]):
        yield f"{where}: anyOf"


def _one_of(value: Any, rule: Schema, root: Schema, where: str) -> Iterator[str]:
    if sum(_fits(value, option, root) for option in rule["oneOf"]) != 1:
        yield f"{where}: oneOf"


def _if(value: Any, rule: Schema, root: Schema, where: str) -> Iterator[str]:
    holds = isinstance(value, dict) and _fits(value, rule["if"], root)
    yield from faults(value, rule.get("then" if holds else "else", {}), root, where)


def _all_of(value: Any, rule: Schema, root: Schema, where: str) -> Iterator[str]:
    for each in rule["allOf"]:
        yield from faults(value, each, root, where)


def _required(value: Any, rule: Schema, _root: Schema, where: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{where}.{name}: required" for name in rule["required"] if name not in value)


def _properties(value: Any, rule: Schema, root: Schema, where: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in rule["properties"].items():
            if name in value:
                yield from faults(value[name], inner, root, f"{where}.{name}")


def _additional(value: Any, rule: Schema, root: Schema, where: str) -> Iterator[str]:
    inner = rule["additionalProperties"]
    for name in sorted(set(value) - set(rule.get("properties", {}))) if isinstance(value, dict) else ():
        if any(re.search(pattern, name) for pattern in rule.get("patternProperties", {})):
            continue
        if inner is False:
            yield f"{where}.{name}: unknown"
        else:
            yield from faults(value[name], inner, root, f"{where}.{name}")


def _patterns(value: Any, rule: Schema, root: Schema, where: str) -> Iterator[str]:
    for pattern, inner in rule["patternProperties"].items():
        for name in value if isinstance(value, dict) else ():
            if re.search(pattern, name):
                yield from faults(value[name], inner, root, f"{where}.{name}")


def _names(value: Any, rule: Schema, root: Schema, where: str) -> Iterator[str]:
    for name in value if isinstance(value, dict) else ():
        yield from faults(name, rule["propertyNames"], root, f"{where}[{name}]")


def _items(value: Any, rule: Schema, root: Schema, where: str) -> Iterator[str]:
    for index, item in enumerate(value if isinstance(value, list) else ()):
        yield from faults(item, rule["items"], root, f"{where}[{index}]")


def _fits(value: Any, rule: Schema, root: Schema) -> bool:
    return next(faults(value, rule, root), None) is None


_PLAIN: dict[str, tuple[type | tuple[type, ...], Callable[[Any, Any], bool]]] = {
    "type": (object, _is_of),
    "enum": (object, lambda value, limit: value in limit),
    "const": (object, lambda value, limit: value == limit),
    "pattern": (str, lambda value, limit: re.search(limit, value) is not None),
    "minLength": (str, lambda value, limit: len(value) >= limit),
    "maxLength": (str, lambda value, limit: len(value) <= limit),
    "minimum": ((int, Decimal), lambda value, limit: value >= limit),
    "maximum": ((int, Decimal), lambda value, limit: value <= limit),
}
_NESTED: dict[str, Callable[[Any, Schema, Schema, str], Iterator[str]]] = {
    "$ref": _reference,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "allOf": _all_of,
    "if": _if,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "patternProperties": _patterns,
    "propertyNames": _names,
    "items": _items,
}
