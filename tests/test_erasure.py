"""All that is erasable of a year erased: figures, rows, proofs and root stand, and only the texts are gone (Proof)."""

from typing import TYPE_CHECKING

import pytest

from projections.answers.history import history
from projections.answers.ledger import ledger
from projections.answers.replay import replay
from projections.answers.reports import monthly_report, year
from projections.answers.standpoint import NOW, AsOf, Source
from projections.answers.verification import verify_issued
from projections.catalogue import PROJECTIONS
from projections.engine.digest import digests_in_memory, table_digests
from projections.engine.generations import live
from slm_domain.aggregate import NoteWritten
from slm_domain.figures.periods import FiscalYear, Month
from tests.projections.contract_histories import CODE, JOURNAL
from tests.projections.examples import engine, recorded

if TYPE_CHECKING:
    from slm_journal.database import Pool

LAST_YEAR = FiscalYear(2025)
PAST = AsOf(position=600)


async def erase_all(source: Source) -> int:
    """Erase every entry that may be erased; how many there were."""
    size = (await source.journal.head(JOURNAL)).size  # type: ignore[union-attr]  # the journal was just written
    entries = await source.journal.read(JOURNAL, limit=size)
    notes = [entry.position for entry in entries if entry.name == NoteWritten.NAME]
    for position in notes:
        await source.journal.erase(JOURNAL, position)
    return len(notes)


async def figures(source: Source, as_of: AsOf) -> list[object]:
    """The year, the ledgers of its months, and the record replayed."""
    found: list[object] = [await year(source, CODE, LAST_YEAR.start, as_of), await replay(source, CODE, as_of)]
    return [*found, *[await ledger(source, CODE, month, as_of) for month in LAST_YEAR.months()]]


async def digests(pool: "Pool") -> dict[str, object]:
    """The SHA-256 of every table, as live."""
    async with pool.acquire() as link:
        return {one.projection.name: await table_digests(link, one) for one in await live(link, PROJECTIONS)}


async def test_every_figure_row_and_proof_stands_when_all_texts_are_erased(pool: "Pool") -> None:
    source = await recorded(pool)
    rows, proof = await digests(pool), await source.journal.verify(JOURNAL)
    before, past = await figures(source, NOW), await figures(source, PAST)
    assert not proof.faults

    assert await erase_all(source) > 100
    after = await source.journal.verify(JOURNAL)
    assert (after.faults, after.root) == (proof.faults, proof.root)
    assert await figures(source, NOW) == before
    assert await figures(source, PAST) == past

    await engine(pool).rebuild()
    assert await digests(pool) == rows
    assert await figures(source, NOW) == before
    assert [each for each in (await verify_issued(source)).reports if each.differences] == []


async def test_rows_folded_in_memory_are_the_same_too(pool: "Pool") -> None:
    source, posting = await recorded(pool), engine(pool)
    await erase_all(source)
    size = (await replay(source, CODE)).standpoint.position
    stored = await digests(pool)
    async with pool.acquire() as link:
        for projection in PROJECTIONS:
            folded = await digests_in_memory(link, projection, posting.reading, {JOURNAL: size})
            assert folded == stored[projection.name]


@pytest.mark.parametrize("as_of", [NOW, PAST], ids=["now", "past"])
async def test_the_texts_are_gone_from_history_and_reports(pool: "Pool", as_of: AsOf) -> None:
    source = await recorded(pool)
    told = await history(source, CODE, as_of)
    assert sum(act.text is not None for act in told.acts) > 50
    await erase_all(source)
    silent = await history(source, CODE, as_of)
    assert [act.text for act in silent.acts if act.text is not None] == []
    assert [act.position for act in silent.acts] == [act.position for act in told.acts]
    report = await monthly_report(source, CODE, Month(2025, 4), as_of)
    assert [change.reason for change in report.changes] == [None]
    assert [improvement.measure for improvement in report.improvements] == [None] * len(report.improvements)
