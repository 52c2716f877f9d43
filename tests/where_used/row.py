"""A row of a source, or one reading of a passage: the lines of the examples that use it, and why where none does."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from slm_api.documents import canonical, read_document
from slm_domain.sla import Sla, read_sla

ROOT = Path(__file__).parents[2]
NAMES = ("shimanto-town", "jip-base", "tosa-joint-desk")


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an example's SLA document, and what it says there."""

    example: str
    line: int  # from 1 on
    text: str

    @property
    def place(self) -> str:
        """Where it stands, `examples/jip-base/sla.yaml:88`."""
        return f"examples/{self.example}/sla.yaml:{self.line}"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a source, or one reading: where it is used, the tests that fix it in numbers, why no example uses it.

    `reads` is the field and its value, where the row is a reading that a field chooses.
    """

    source: str
    row: str
    uses: tuple[Use, ...] = ()
    tests: tuple[str, ...] = ()
    reason: str = ""
    reads: tuple[str, str, str] | None = None  # the shape, the field, the value


@cache
def agreed(example: str) -> Sla:
    """The example's SLA as both sides agree it, defaults and all."""
    source = ROOT / "examples" / example / "sla.yaml"
    return read_sla(canonical(read_document(source.read_bytes(), source=source.name).document))


@cache
def lines(example: str) -> tuple[str, ...]:
    """The lines of an example's document."""
    return tuple((ROOT / "examples" / example / "sla.yaml").read_text(encoding="utf-8").splitlines())


def found(example: str, text: str, after: str = "") -> Use:
    """The first line that says `text`, after one that says `after`. Raises LookupError when there is none."""
    begun = not after
    for number, line in enumerate(lines(example), start=1):
        if begun and text in line:
            return Use(example=example, line=number, text=text)
        begun = begun or after in line
    raise LookupError(f"the document of {example} says “{text}” nowhere after “{after}”")


def shimanto(text: str, after: str = "") -> Use:
    """A line of the Shimanto contract."""
    return found("shimanto-town", text, after)


def jip(text: str, after: str = "") -> Use:
    """A line of the Jip-Base contract."""
    return found("jip-base", text, after)


def tosa(text: str, after: str = "") -> Use:
    """A line of the joint contract of two municipalities."""
    return found("tosa-joint-desk", text, after)


def saying(part: str, field: str, value: str) -> Iterator[Use]:
    """In each example the first line of a part of its document that gives the field this value, or `a number`."""
    asked = r"\d+" if value == "a number" else re.escape(value)
    said = re.compile(rf"(?:^|[\s{{])({re.escape(field)}: {asked})(?=$|[\s,}}])")
    for example in NAMES:
        inside = False
        for number, line in enumerate(lines(example), start=1):
            if line[:1].isalpha():
                inside = line.startswith(f"{part}:")
            if inside and (written := said.search(line.partition(" #")[0])):
                yield Use(example=example, line=number, text=written[1])
                break
