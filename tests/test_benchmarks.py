"""What `python -m benchmarks` times is the product's own calculation, on facts that came about as in the product."""

import asyncio
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from benchmarks.appending import appended
from benchmarks.commanding import commanded, warm
from benchmarks.contracts import YEAR, contract, judged_at
from benchmarks.figures import JUNE, full_report, report_figure, rolling_figure, rolling_year
from benchmarks.following import engine, followed, prepare
from benchmarks.nationwide.country import contracted
from benchmarks.peer_projecting import projected
from benchmarks.peers import peer, saved
from benchmarks.rebuilding import rebuilt
from benchmarks.rows import compared, line
from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine
from projections.monthly_report import ReportState
from projections.register_fold import Books
from slm_domain.availability import availability
from slm_domain.figures.periods import last_months
from slm_domain.items import items_of_incident, items_of_measurement
from slm_domain.month import month_figures
from slm_journal import database
from slm_journal.journal import Journal


def test_the_timed_report_is_that_of_the_domain_over_all_facts() -> None:
    posting = contract(systems=3, incidents_a_month=30, months=YEAR.months()[:4])
    register = posting.register
    incidents = list(register.incidents.values())
    items = [item for each in incidents for item in items_of_incident(register, each)]
    items += [item for each in register.measured.values() for item in items_of_measurement(register, each)]
    known = [item for item in items if YEAR.first <= item.day <= JUNE.last]
    figures = month_figures(register, JUNE, incidents=incidents, items=known, until=judged_at(JUNE))
    state = ReportState(Books(posting))
    assert full_report(state, JUNE) == figures
    assert full_report(state, JUNE) == figures
    assert len(figures.levels) == 20
    assert figures.stops
    assert figures.deductions


def test_the_timed_rolling_year_is_that_of_the_domain() -> None:
    register = contract(systems=3, incidents_a_month=2, months=YEAR.months()).register
    until = YEAR.interval(register.zone).end
    window = last_months(until, 12, register.zone)
    figure = availability(register, list(register.incidents.values()), window, until)
    assert rolling_year(register, until) == figure
    assert figure.down
    assert len(register.incidents) == 24


def test_a_benchmark_does_its_rounds_and_tells_the_first_time_apart() -> None:
    for figure in (
        report_figure(systems=2, incidents=3, rounds=3),
        rolling_figure(contracts=2, incidents_a_month=1, rounds=3),
    ):
        assert figure.rounds == 3
        assert 0 < figure.fastest_ns <= figure.median_ns
        assert figure.first_ns > 0


async def test_the_timed_appends_are_in_the_journal_with_all_that_belongs_to_them(real_dsn: str) -> None:
    run = await appended(real_dsn, callers=3, each=4)
    assert run.appends == len(run.waits_ns) == 12
    assert run.a_second > 0
    async with database.connect(real_dsn) as pool:
        journal = Journal(pool)
        journals = await journal.journals()
        assert [size for _, size in journals] == [1 + 2 + 4] * 3, "defined, warmed up, measured"
        for journal_id, _ in journals:
            assert (await journal.verify(journal_id)).faults == ()
            assert all(entry.metadata for entry in await journal.read(journal_id))
        assert await pool.fetchval("SELECT count(*) FROM slm_journal.command") == 21


async def test_the_timed_commands_are_those_of_the_product(real_dsn: str) -> None:
    run = await commanded(real_dsn, callers=2, each=3, name="timed")
    assert run.appends == 6
    found = await warm(real_dsn, few=2, many=20, commands=3, name="warm")
    assert min(found.few_ns, found.many_ns, found.many_cold_ns) > 0
    async with database.connect(real_dsn) as pool:
        counted = await pool.fetchval("SELECT count(*) FROM slm_journal.entry WHERE name = 'MeasurementRecorded.1'")
        assert counted == 2 * (1 + 3) + (2 + 1 + 3) + (20 + 1 + 3)


def test_the_peer_saves_as_many_events_as_are_timed(empty_dsn: str) -> None:
    with peer(empty_dsn, 2) as stock:
        run = saved(stock, threads=2, each=5)
        notified = stock.recorder.max_notification_id()
    assert run.appends == len(run.waits_ns) == 10
    assert notified == 2 + 10


def test_the_peers_projection_counts_every_event_that_was_saved(empty_dsn: str) -> None:
    with peer(empty_dsn, 2) as stock:
        saved(stock, threads=2, each=5)
    assert projected(empty_dsn, upto=12, name="first") > 0
    assert projected(empty_dsn, upto=12, name="second") > 0, "begins anew: it raises when it has not counted 12"


async def test_the_timed_rebuild_and_the_followed_appends_are_those_of_the_product(empty_dsn: str) -> None:
    rounds = await prepare(empty_dsn, contracted(1), begun=40, coming=3)
    with engine(empty_dsn):
        run = await followed(empty_dsn, [append for coming in rounds for append in coming], a_second=20)
    assert run.appends == 2 * 3, "the municipality's and the joint one"
    assert 0 < len(run.waits_ns) <= run.appends
    async with database.connect(empty_dsn) as pool:
        sizes = dict(await Journal(pool).journals())
        rest = await Engine(pool, Journal(pool), PROJECTIONS, placed).post_outstanding()
        assert rest.run.entries < sum(sizes.values()), "the other engine has posted what was watched"
    for workers in (1, 2):
        found = await asyncio.to_thread(rebuilt, empty_dsn, workers)
        assert found.entries == sum(sizes.values())
        assert min(found.took_ns, found.memory) > 0
        assert (found.memory_of_worker > 0) == (workers > 1)


def test_a_row_compares_medians_and_says_whether_its_limit_is_kept() -> None:
    fast = compared("fast", "appends/s", ours=[90, 1000, 80], peer=[9, 10, 700], at_least="9")
    assert (fast.ours, fast.peer, fast.ratio, fast.kept) == (90, 10, Decimal("9.00"), True)
    slow = compared("slow", "µs", ours=[13], peer=[10], at_most="1.2")
    assert (slow.ratio, slow.kept) == (Decimal("1.30"), False)
    assert compared("told", "µs", ours=[1], peer=[3]).kept is None
    assert "NOT KEPT" in line(slow)


def test_the_program_says_what_it_can_be_asked() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--help"],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    assert "--json" in told.stdout
