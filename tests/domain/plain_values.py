"""A plain value of any stored shape: every field filled, each with the same boring value of its type."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

Shape = TypeVar("Shape")


def plain(kind: type[Shape]) -> Shape:
    """A value of this shape. Raises `KeyError` for a type that nothing stored has used so far."""
    value: Shape = msgspec.convert(_plain(inspect.type_info(kind)), kind)
    return value


def _plain(shape: Any) -> Any:
    return _BY_TYPE[type(shape)](shape)


def _struct(shape: inspect.StructType) -> dict[str, Any]:
    filled = {field.encode_name: _plain(field.type) for field in shape.fields}
    return filled if shape.tag_field is None else {shape.tag_field: shape.tag, **filled}


_BY_TYPE: dict[type[inspect.Type], Callable[[Any], Any]] = {
    inspect.StrType: lambda _: "x",
    inspect.IntType: lambda _: 1,
    inspect.BoolType: lambda _: True,
    inspect.DecimalType: lambda _: "1.5",
    inspect.DateTimeType: lambda _: "2025-04-10T16:30:00+09:00",
    inspect.DateType: lambda _: "2025-04-10",
    inspect.TimeDeltaType: lambda _: "PT5400S",
    inspect.UUIDType: lambda _: "6f7d2c1e-52a5-5b0e-9a57-0c2e5d1f7a31",
    inspect.LiteralType: lambda shape: shape.values[0],
    inspect.EnumType: lambda shape: next(iter(shape.cls)).value,
    inspect.UnionType: lambda shape: _plain(next(one for one in shape.types if not isinstance(one, inspect.NoneType))),
    inspect.VarTupleType: lambda shape: [_plain(shape.item_type)],
    inspect.StructType: _struct,
    inspect.Metadata: lambda shape: _plain(shape.type),
}
