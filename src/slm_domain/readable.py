"""Which characters a text may hold: what people can read, and nothing that steers a screen or ends a stored text."""

import re
from collections.abc import Iterator

import msgspec

# The control characters of ASCII and of Latin-1, and halves of surrogate pairs, which no UTF-8 can write.
_STEERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ON_ONE_LINE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def unreadable(name: str, value: object, *, lines: bool) -> Iterator[tuple[str, str]]:
    """The texts of a field that hold what nobody can read: their places, and the character ("U+0000").

    `lines` says whether the field may break into lines, as free text does and a code does not.
    """
    if isinstance(value, str):
        found = (_STEERS if lines else _ON_ONE_LINE).search(value)
        if found is not None:
            yield name, f"U+{ord(found[0]):04X}"
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from unreadable(f"{name}[{index}]", each, lines=lines)
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from unreadable(f"{name}.{field}", getattr(value, field), lines=lines)
