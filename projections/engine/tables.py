"""The table of a Row type: its columns, its keys, and rows to records and back.

Encoding a row and decoding the record gives the same row. Text is compared byte by byte (`COLLATE "C"`) so that order
and digests do not depend on the server's locale.
"""

import types
import typing
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID

import asyncpg
import msgspec

from projections.engine.errors import WrongTable
from projections.projection import Row

Record = tuple[Any, ...]

PLAIN: dict[type, str] = {
    str: 'text COLLATE "C"',
    int: "bigint",
    bool: "boolean",
    UUID: "uuid",
    date: "date",
    datetime: "timestamptz",
    timedelta: "interval",
    bytes: "bytea",
}
CANONICAL = msgspec.json.Encoder(order="deterministic")  # Structs by their fields in order, all else sorted


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One field as a column. `encode` and `decode` are None where the driver's value is the field's value."""

    name: str
    type: str
    required: bool
    encode: Callable[[Any], Any] | None = None
    decode: Callable[[Any], Any] | None = None

    @property
    def ddl(self) -> str:
        """The column's line in CREATE TABLE."""
        return f"{quoted(self.name)} {self.type}{' NOT NULL' if self.required else ''}"


class Table:
    """How rows of one type lie in PostgreSQL: `journal_id`, `sheet`, then the fields in their order.

    Raises WrongTable for a field named like those two, a float, a key that is no field, nullable, or nested.
    """

    def __init__(self, row: type[Row]) -> None:
        self.row_type = row
        self.name = row.TABLE
        hints = typing.get_type_hints(row)
        fields = row.__struct_fields__
        self.fields = tuple(_column(row, name, hints[name]) for name in fields)
        self.key = ("journal_id", *row.KEY)
        self.columns = ("journal_id", "sheet", *fields)
        by_name = {column.name: column for column in self.fields}
        if len(by_name) + 2 != len(set(self.columns)):
            raise WrongTable(row.__name__, "journal_id and sheet are the engine's columns")
        for name in row.KEY:
            if name not in by_name or not by_name[name].required or by_name[name].type == "json":
                raise WrongTable(row.__name__, f"{name} cannot be part of the key")
        self._encoders = [(i, c.encode) for i, c in enumerate(self.fields, start=2) if c.encode is not None]
        self._nested = [i for i, c in enumerate(self.fields, start=2) if c.type == "json"]
        self._decoders = [(c.name, c.decode) for c in self.fields if c.decode is not None]

    def record(self, journal_id: UUID, sheet: str, row: Row) -> Record:
        """The row as COPY takes it."""
        record = (journal_id, sheet, *msgspec.structs.astuple(row))
        if not self._encoders:
            return record
        cells = list(record)
        for index, encode in self._encoders:
            if cells[index] is not None:
                cells[index] = encode(cells[index])
        return tuple(cells)

    def weight(self, records: Sequence[Record]) -> int:
        """About how many letters the records have: by these what is copied at a time is measured."""
        letters = 8 * len(self.columns) * len(records)
        for index in self._nested:
            letters += sum([len(record[index]) for record in records if record[index] is not None])
        return letters

    def row(self, record: asyncpg.Record) -> tuple[UUID, Row]:
        """The journal of a record of `selected` columns, and the row that it was made from."""
        cells: dict[str, Any] = dict(record)
        for name, decode in self._decoders:
            if cells[name] is not None:
                cells[name] = decode(cells[name])
        return cells.pop("journal_id"), self.row_type(**cells)

    @property
    def selected(self) -> str:
        """The journal and the fields as a list for SELECT."""
        return ", ".join(["journal_id", *(quoted(column.name) for column in self.fields)])

    @property
    def ordered(self) -> str:
        """The key as a list for ORDER BY."""
        return ", ".join(quoted(name) for name in self.key)

    def create(self, schema: str, *, name: str | None = None) -> str:
        """The bare table: keys and indexes come after the first load. Schema `pg_temp` makes a temporary one."""
        lines = ["journal_id uuid NOT NULL", 'sheet text COLLATE "C" NOT NULL', *(column.ddl for column in self.fields)]
        return f"CREATE TABLE {quoted(schema)}.{quoted(name or self.name)} ({', '.join(lines)})"

    def indexes(self, schema: str) -> tuple[str, str]:
        """Primary key and sheet index, to be made after the load."""
        within, of_sheet = self.within(schema), quoted(f"{self.name}_of_sheet")
        return (
            f"ALTER TABLE {within} ADD PRIMARY KEY ({self.ordered})",
            f"CREATE INDEX IF NOT EXISTS {of_sheet} ON {within} (journal_id, sheet)",
        )

    def insert(self, schema: str, first: int) -> str:
        """Store rows given as arrays, one for each of `columns`, which are the arguments from `first` on."""
        types = ["uuid", "text", *(column.type.partition(" ")[0] for column in self.fields)]
        arrays = ", ".join(f"${number}::{one}[]" for number, one in enumerate(types, start=first))
        columns = ", ".join(quoted(name) for name in self.columns)
        return f"INSERT INTO {self.within(schema)} ({columns}) SELECT * FROM unnest({arrays})"  # noqa: S608 - identifiers, quoted

    def within(self, schema: str) -> str:
        """The table's full name in a schema."""
        return f"{quoted(schema)}.{quoted(self.name)}"


@cache
def table_of(row: type[Row]) -> Table:
    """The one Table of a Row type."""
    return Table(row)


def quoted(identifier: str) -> str:
    """An SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def _column(row: type[Row], name: str, hint: object) -> Column:
    hint, required = _without_none(hint)
    if hint is float:
        raise WrongTable(row.__name__, f"{name} is a float: money, ratios and times are exact")
    if hint is datetime:
        return Column(name=name, type=PLAIN[datetime], required=required, encode=_aware)
    if hint in PLAIN:
        return Column(name=name, type=PLAIN[hint], required=required)
    if get_origin(hint) is Literal and all(isinstance(choice, str) for choice in get_args(hint)):
        return Column(name=name, type=PLAIN[str], required=required)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Column(name=name, type=PLAIN[str], required=required, decode=hint)
    return Column(
        name=name, type="json", required=required, encode=_canonical, decode=msgspec.json.Decoder(hint).decode
    )


def _without_none(hint: object) -> tuple[Any, bool]:
    if get_origin(hint) not in (Union, types.UnionType):
        return hint, True
    kept = tuple(choice for choice in get_args(hint) if choice is not types.NoneType)
    return Union[kept], len(kept) == len(get_args(hint))  # noqa: UP007 - built from a tuple, cannot be written with |


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:  # the driver would take it for the machine's own zone
        message = f"{moment} has no time zone"
        raise ValueError(message)
    return moment


def _canonical(value: object) -> str:
    return CANONICAL.encode(value).decode()
