"""Commands with what no field means in one of their fields, as bytes that somebody sends."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import msgspec

from slm_domain.commands.envelope import Command
from tests.api.requests import Tree
from tests.domain.agreement import NOW
from tests.domain.story import STORY

_HERE = "@@"  # where a command's text has what follows
NOWHERE: dict[str, bytes] = {  # what no field of a command can hold
    "not a number": b"NaN",
    "without end": b"-Infinity",
    "a NUL": b'"a\\u0000b"',
    "an escape": b'"\\u001b[2J"',
    "half a pair": b'"\\ud83d"',
    "no UTF-8": b'"\xff\xfe"',
    "no text": b'""',
    "far too deep": b"[" * 20_000 + b"]" * 20_000,
    "endless text": b'"' + b"x" * 5_000 + b'"',
}
SOMEWHERE: dict[str, bytes] = {  # what one or another can: a code, a text, a count, a list without anything
    "not a number, as a text": b'"NaN"',
    "without end, as a text": b'"Infinity"',
    "beyond every float, as a text": b'"1e400"',
    "beyond every float": b"1e400",
    "beyond every column": b"9223372036854775808",
    "a broken number": b"0.1",
    "a thousand thousand thousand thousand": b"1000000000000",
    "nearly beyond every column": b"9223372036854775807",
    "negative": b"-1",
    "nothing": b"0",
    "true": b"true",
    "null": b"null",
    "white": b'"  "',
    "a line break": b'"code\\n"',
    "the first instant": b'"0001-01-01T00:00:00Z"',
    "the last instant": b'"9999-12-31T23:59:59.999999-12:00"',
    "an instant without zone": b'"2025-04-10T16:30:00"',
    "the first day": b'"0001-01-01"',
    "the last day": b'"9999-12-31"',
    "no day": b'"2025-02-30"',
    "full-width digits": '"２０２５-０４"'.encode(),
    "an unknown zone": b'"Asia/Tokio"',
    "a list": b"[]",
    "a group": b"{}",
}


def told() -> list[tuple[type[Command], Tree]]:
    """The story as clients send it, by one clock."""
    commands = []
    for number, command in enumerate(STORY):
        sent: Tree = msgspec.json.decode(msgspec.json.encode(command))
        commands.append((type(command), {**sent, "at": NOW.isoformat(), "key": f"story-{number}"}))
    return commands


def bent(kind: type[Command], sent: Tree, values: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The command with each of its fields replaced by each value: what was done, and the text."""
    whole = {**sent, **{field.name: None for field in msgspec.structs.fields(kind) if field.name not in sent}}
    for number, path in enumerate(_places(whole)):
        for name, value in values.items():
            tree = deepcopy({field: each for field, each in whole.items() if field in sent or field == path[0]})
            if path != ("key",):
                tree["key"] = f"{sent['key']}-{number}-{name}"
            node: Any = tree
            for step in path[:-1]:
                node = node[step]
            node[path[-1]] = _HERE
            text = json.dumps(tree, ensure_ascii=False).encode()
            yield f"{kind.__name__}.{'.'.join(map(str, path))}: {name}", text.replace(f'"{_HERE}"'.encode(), value)


def _places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every field of a command, and of what it carries; of a list the first. A document is bent elsewhere."""
    steps: list[str | int] = list(node) if isinstance(node, dict) else [0] if isinstance(node, list) and node else []
    for step in steps:
        yield (*path, step)
        if step not in ("document", "by") or path:
            yield from _places(node[step], (*path, step))
    if not path:
        yield from (("by", step) for step in node["by"])
