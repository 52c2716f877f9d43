"""The current cut, read from rows, is the past cut, folded in memory: every answer is the same at the same position."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from projections.answers.availability import availability
from projections.answers.history import history
from projections.answers.ledger import ledger
from projections.answers.replay import replay
from projections.answers.reports import monthly_report, year
from projections.answers.standpoint import NOW, AsOf, Source
from slm_domain.figures.periods import Month
from slm_journal.journal import Journal
from tests.projections.contract_histories import CODE, JOURNAL
from tests.projections.engine.histories import Writer
from tests.projections.examples import engine, recorded, shimanto_year

if TYPE_CHECKING:
    from slm_journal.database import Pool

APRIL = Month(2025, 4)
# Beside some of every season: before and after the April report, its acceptance, its correction.
POSITIONS = (45, 57, 60, 101, 149, 150, 154, 187, 188, 246, 330, 437, 570, 741, 945, 1193)


async def all_answers(source: Source, as_of: AsOf) -> list[Any]:
    """Every answer about one contract. `until` and position are named by each of them."""
    return [
        await ledger(source, CODE, APRIL, as_of),
        await availability(source, CODE, as_of),
        await monthly_report(source, CODE, APRIL, as_of),
        await year(source, CODE, 2025, as_of),
        await history(source, CODE, as_of),
        await history(source, CODE, as_of, level="fault-notification", month=Month(2025, 6)),
        await replay(source, CODE, as_of),
    ]


async def test_the_current_cut_read_from_rows_is_the_past_cut_folded_in_memory(pool: "Pool") -> None:
    source, writer, posting = Source(pool=pool, journal=Journal(pool)), Writer(Journal(pool), JOURNAL), engine(pool)
    drafts, from_rows = shimanto_year(), {}
    for position in POSITIONS:
        await writer.write(drafts[writer.size : position])
        await posting.post_outstanding()
        from_rows[position] = await all_answers(source, NOW)
    for position, answers in from_rows.items():
        assert {answer.standpoint.position for answer in answers} == {position}
        assert await all_answers(source, AsOf(position=position)) == answers


async def test_an_instant_stands_for_the_last_entry_recorded_by_then(pool: "Pool") -> None:
    source = await recorded(pool)
    recorded_at = await source.journal.recorded_at(JOURNAL, 188)  # the correction, and the note before it
    just_before = await year(source, CODE, 2025, AsOf(instant=recorded_at - timedelta(microseconds=1)))
    then = await year(source, CODE, 2025, AsOf(instant=recorded_at))
    assert just_before.standpoint.position < 188 <= then.standpoint.position
    assert then.standpoint.until == recorded_at
    assert [each.month for each in then.months] == ["2025-04", "2025-05"]
    assert just_before.months[0].payable_yen != then.months[0].payable_yen
