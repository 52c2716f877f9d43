"""A contract's generated year is what the product would record, and holds every kind of event."""

from typing import TYPE_CHECKING

from benchmarks.nationwide.country import Contracted
from benchmarks.nationwide.nationwide_outage import CORRELATION, PROVIDER
from benchmarks.nationwide.recording import Recording
from benchmarks.nationwide.year import commands, year
from slm_api.receiving import Received
from slm_api.wiring import wired
from slm_domain.codec import EVENTS
from slm_journal.journal import Journal
from tests.nationwide.contracts import EVERY_KIND, JOINT, SEED, appends, by_code

if TYPE_CHECKING:
    from slm_journal.database import Pool


def test_every_event_that_the_domain_has_is_generated() -> None:
    found = {event.name for code in EVERY_KIND for append in appends(code) for event in append.events}
    assert found == EVENTS.keys()


def test_the_same_seed_gives_the_same_year_and_another_seed_another() -> None:
    who = by_code()[EVERY_KIND[0]]
    assert tuple(year(who, SEED)) == appends(who.code)
    assert tuple(year(who, SEED + 1)) != appends(who.code)


def test_a_year_is_recorded_in_order_of_time() -> None:
    for code in EVERY_KIND:
        recorded = [append.at for append in appends(code) if append.at is not None]
        assert recorded == sorted(recorded)
        assert len(recorded) == len(appends(code))


def test_what_strikes_all_contracts_of_a_provider_shares_a_correlation() -> None:
    struck = next(code for code, who in by_code().items() if _is_small(who) and who.lead.provider == PROVIDER)
    spared = next(code for code, who in by_code().items() if _is_small(who) and who.lead.provider != PROVIDER)
    for code in (struck, spared):
        told = [append for append in appends(code) if append.key.startswith(f"{CORRELATION}/{code}/")]
        assert bool(told) == (code == struck)
        joined = [append for append in told if str(CORRELATION).encode() in append.events[0].metadata]
        assert len(joined) == (code == struck)


async def test_a_generated_year_is_byte_for_byte_what_the_product_records_of_its_commands(pool: "Pool") -> None:
    await _compare(pool, EVERY_KIND[0], most=None)


async def test_so_is_that_of_a_joint_contract(pool: "Pool") -> None:
    await _compare(pool, JOINT, most=600)  # with the report of April, handed in and inspected


async def _compare(pool: "Pool", code: str, *, most: int | None) -> None:
    """Send the commands to both, and compare what stands in the journal with what was generated."""
    product, recording = await wired(pool), Recording(code)
    expected: list[tuple[object, ...]] = []
    reports = 0
    for number, command in enumerate(commands(by_code()[code], SEED, recording)):
        if number == most:
            break
        append = recording.send(command)
        await product.commanding.send(Received(command=command))
        expected += [(append.at, *_told(event)) for event in append.events]
        reports += any(event.name == "MonthlyReportHandedIn.1" for event in append.events)
    journal = Journal(pool)
    found: list[tuple[object, ...]] = []
    while entries := await journal.read(recording.journal_id, after=len(found)):
        found += [(await journal.recorded_at(entry.journal_id, entry.position), *_told(entry)) for entry in entries]
    assert reports
    assert found == expected


def _told(event: object) -> tuple[object, ...]:
    names = ("originator_id", "originator_version", "name", "payload", "metadata")
    return tuple(getattr(event, name) for name in names)


def _is_small(who: Contracted) -> bool:
    return who.lead.size == "village" and not who.joint
