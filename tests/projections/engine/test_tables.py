"""A row comes back from its table as it went in."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.engine.errors import WrongTable
from projections.engine.tables import table_of
from projections.projection import Row

if TYPE_CHECKING:
    from slm_journal.database import Pool


class Verdict(StrEnum):
    MET = "met"
    BREACH = "breach"


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    start: datetime
    length: timedelta
    parts: tuple[int, ...] = ()
    names: dict[str, str | None] = {}


class Everything(Row, frozen=True, kw_only=True):
    TABLE: ClassVar[str] = 'Every "thing'
    KEY: ClassVar[tuple[str, ...]] = ("text", "number")

    text: str
    number: int
    truth: bool
    uuid: UUID
    day: date
    moment: datetime
    length: timedelta
    raw: bytes
    kind: Literal["met", "missed"]
    verdict: Verdict
    intervals: tuple[Interval, ...]
    named: Annotated[str, msgspec.Meta(description="as a text")]
    maybe_text: str | None
    maybe_number: int | None
    maybe_truth: bool | None
    maybe_uuid: UUID | None
    maybe_day: date | None
    maybe_moment: datetime | None
    maybe_length: timedelta | None
    maybe_kind: Literal["met"] | None
    maybe_interval: Interval | None
    order: int  # a word of SQL


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
numbers = st.integers(-(2**63), 2**63 - 1)
moments = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    datetime(2999, 1, 1),  # noqa: DTZ001 - the same
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=9))]),
)
lengths = st.timedeltas()
intervals = st.builds(
    Interval,
    start=moments,
    length=lengths,
    parts=st.lists(numbers).map(tuple),
    names=st.dictionaries(texts, st.none() | texts),
)
rows = st.builds(
    Everything,
    text=texts, number=numbers, truth=st.booleans(), uuid=st.uuids(), day=st.dates(), moment=moments, length=lengths,
    raw=st.binary(), kind=st.sampled_from(["met", "missed"]), verdict=st.sampled_from(Verdict),
    intervals=st.lists(intervals, max_size=3).map(tuple), named=texts,
    maybe_text=st.none() | texts, maybe_number=st.none() | numbers, maybe_truth=st.none() | st.booleans(),
    maybe_uuid=st.none() | st.uuids(), maybe_day=st.none() | st.dates(), maybe_moment=st.none() | moments,
    maybe_length=st.none() | lengths, maybe_kind=st.none() | st.just("met"), maybe_interval=st.none() | intervals,
    order=numbers,
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=st.lists(rows, max_size=4, unique_by=lambda row: (row.text, row.number)), journal_id=st.uuids(), sheet=texts
)
async def test_encoding_and_decoding_a_row_is_the_identity(
    pool: "Pool", written: list[Everything], journal_id: UUID, sheet: str
) -> None:
    table = table_of(Everything)
    async with pool.acquire() as link, link.transaction():
        await link.execute(f"DROP TABLE IF EXISTS {table.within('pg_temp')}")
        await link.execute(table.create("pg_temp"))
        records = [table.record(journal_id, sheet, row) for row in written]
        await link.copy_records_to_table(table.name, schema_name="pg_temp", columns=table.columns, records=records)
        found = await link.fetch(f"SELECT {table.selected} FROM {table.within('pg_temp')}")  # noqa: S608 - identifiers
        assert [table.row(record) for record in found] == [(journal_id, row) for row in written]
        assert all(type(table.row(record)[1].verdict) is Verdict for record in found)  # type: ignore[attr-defined] # it is Everything


async def test_text_is_ordered_byte_by_byte(pool: "Pool") -> None:
    table = table_of(Everything)
    async with pool.acquire() as link, link.transaction():
        await link.execute(table.create("pg_temp"))
        for statement in table.indexes("pg_temp"):
            await link.execute(statement)
        collations = await link.fetch(
            "SELECT DISTINCT collname FROM pg_attribute JOIN pg_collation c ON c.oid = attcollation "
            "WHERE attrelid = $1::text::regclass AND attnum > 0",
            table.within("pg_temp"),
        )
    assert [row["collname"] for row in collations] == ["C"]


def test_a_moment_without_a_zone_is_refused() -> None:
    class Momentary(Row, frozen=True, kw_only=True):
        TABLE: ClassVar[str] = "momentary"
        KEY: ClassVar[tuple[str, ...]] = ()
        at: datetime

    with pytest.raises(ValueError, match="no time zone"):
        table_of(Momentary).record(UUID(int=1), "", Momentary(at=datetime(2025, 4, 1)))  # noqa: DTZ001 - the mistake


def test_nested_values_are_written_in_one_way_only() -> None:
    class Nested(Row, frozen=True, kw_only=True):
        TABLE: ClassVar[str] = "nested"
        KEY: ClassVar[tuple[str, ...]] = ()
        value: dict[str, int]

    record = table_of(Nested).record
    assert record(UUID(int=1), "", Nested(value={"b": 1, "a": 2})) == record(
        UUID(int=1), "", Nested(value={"a": 2, "b": 1})
    )


@pytest.mark.parametrize(
    ("annotations", "key"),
    [
        ({"ratio": float}, ()),
        ({"ratio": float | None}, ()),
        ({"sheet": str}, ()),
        ({"journal_id": UUID}, ()),
        ({"text": str}, ("missing",)),
        ({"text": str | None}, ("text",)),
        ({"texts": tuple[str, ...]}, ("texts",)),
    ],
)
def test_a_row_type_that_no_table_can_hold_is_refused(annotations: dict[str, Any], key: tuple[str, ...]) -> None:
    wrong = msgspec.defstruct(
        "Wrong",
        list(annotations.items()),
        bases=(Row,),
        namespace={"TABLE": "wrong", "KEY": key},
        frozen=True,
        kw_only=True,
    )
    with pytest.raises(WrongTable, match="Wrong"):
        table_of(wrong)
