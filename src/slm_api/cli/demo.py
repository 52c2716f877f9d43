"""`slm demo`: a contract's fiscal year, and a large outage, from journal to report, in a database of its own."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import asyncpg
import msgspec
import typer
from rich.panel import Panel
from rich.text import Text

from projections.answers.history import HistoryAnswer, history
from projections.answers.recovery import RecoveryAnswer, recovery
from projections.answers.reports import ReportAnswer, YearAnswer, monthly_report, year
from slm_api.asking import as_of_asked
from slm_api.cli.acting import bar, tell
from slm_api.cli.apply import Applied, Line, apply, lines_of
from slm_api.cli.check_sheet import print_check_sheet
from slm_api.cli.history_view import print_acts, print_results
from slm_api.cli.issued_view import print_changes
from slm_api.cli.options import Language
from slm_api.cli.replay_view import print_recovery_line
from slm_api.cli.running import REFUSED, Ran, record, run, started
from slm_api.cli.screen import QUIET, STRONG, Screen
from slm_api.cli.typed import typed
from slm_api.cli.year_view import print_year
from slm_api.demonstration import JOINT_YEAR, RECOVERY, YEAR, example
from slm_api.opening import dsn
from slm_api.receiving import received
from slm_api.wiring import Wired
from slm_domain.figures.periods import Month

CONTRACT = "shimanto-town-2025"
JOINT_CONTRACT = "tosa-joint-desk-2025"
FISCAL_YEAR = 2025
SHEET_MONTH = "2025-04"
STORY = ("fault-notification", "2025-06")
KNOWN_ON = (date(2019, 12, 15), date(2019, 12, 18), date(2020, 1, 21))


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What the demonstration shows."""

    year: YearAnswer
    sheet: ReportAnswer
    story: HistoryAnswer
    recoveries: tuple[RecoveryAnswer, ...]


def demo(*, lang: Language = None) -> None:
    """見本：2つの契約の1年と Jip-Base の障害 / two contracts' years and a large outage, on example data"""
    ran = started(lang, demo=True)
    lines = [line for name in (YEAR, JOINT_YEAR, RECOVERY) for line in lines_of(example(name))]
    screen = ran.screen
    screen.print(
        Panel(
            screen.both(
                "四万十町の契約（令和7年度、出来事は架空）、2団体の共同利用の契約（契約も架空）と2019年12月のJip-Base障害"
                "（53団体・453システム）を記録し、その記録だけから、月々の実績・減額・改善の経緯・復旧状況を求めます。",
                "A year of the Shimanto contract (real contract, made-up year), one of a joint contract of two "
                "municipalities (all made up) and the Jip-Base outage of December 2019 (53 organisations, 453 systems) "
                "are recorded; every figure below comes from that record alone.",
            ),
            title="SLM",
            title_align="left",
            border_style="cyan",
            width=min(screen.out.width, 118),
        )
    )
    applied, seen = run(ran, lambda: _filled_and_seen(ran, lines))
    tell(screen, msgspec.structs.replace(applied, warnings=()))  # the contract is as it is, and signed
    if seen is None:
        raise typer.Exit(REFUSED)
    show(screen, seen)


def show(screen: Screen, seen: Seen) -> None:
    """The officer's view: the year, a month's sheet, the story of a breach, a recovery, and how to go on."""
    print_year(screen, seen.year)
    print_check_sheet(screen, seen.sheet)
    print_changes(screen, seen.sheet)
    level, month = STORY
    name = next((screen.say(one.name) for one in seen.sheet.levels if one.key == level), level)
    screen.heading(
        screen.both(
            f"{month} {name}の未達から改善まで（PDCA）", f"From the breach of {name} in {month} to its improvement"
        )
    )
    print_acts(screen, seen.story.acts)
    print_results(screen, seen.story)
    screen.heading(
        screen.both(
            "Jip-Base 障害の復旧状況（各日に知られていたとおり）", "The Jip-Base recovery, as known on each day"
        )
    )
    for answer in seen.recoveries:
        print_recovery_line(screen, answer)
    _print_next(screen)


async def _filled_and_seen(ran: Ran, lines: list[Line]) -> tuple[Applied, Seen | None]:
    async with AsyncExitStack() as leaving:
        wired, applied = await leaving.enter_async_context(_filled(ran, lines))
        await wired.engine.post_outstanding()
        return applied, None if applied.refused else await _seen(wired, lines)


@asynccontextmanager
async def _filled(ran: Ran, lines: list[Line]) -> AsyncIterator[tuple[Wired, Applied]]:
    """The demo's database with the examples in it. One that holds other examples is made anew: it is the demo's own."""
    async with record(ran, create="simulated") as wired:
        applied = await _applied(ran.screen, wired, lines)
        if not applied.refused:
            yield wired, applied
            return
    await _forget(ran)
    async with record(ran, create="simulated") as wired:
        yield wired, await _applied(ran.screen, wired, lines)


async def _applied(screen: Screen, wired: Wired, lines: list[Line]) -> Applied:
    with bar(screen, screen.both("記録中", "recording"), len(lines)) as advance:
        return await apply(wired, lines, advanced=lambda _: advance(1))


async def _forget(ran: Ran) -> None:
    async with dsn(ran.settings) as address:
        connection = await asyncpg.connect(urlunsplit(urlsplit(address)._replace(path="/template1")))
        try:
            await connection.execute("DROP DATABASE postgres WITH (FORCE)")
            await connection.execute("CREATE DATABASE postgres TEMPLATE template0")
        finally:
            await connection.close()


async def _seen(wired: Wired, lines: list[Line]) -> Seen:
    level, month = STORY
    correlation = next(found for line in reversed(lines) if (found := _correlation(line)) is not None)
    return Seen(
        year=await year(wired.source, CONTRACT, FISCAL_YEAR),
        sheet=await monthly_report(wired.source, CONTRACT, Month.parse(SHEET_MONTH)),
        story=await history(wired.source, CONTRACT, level=level, month=Month.parse(month)),
        recoveries=tuple([await recovery(wired.source, correlation, as_of_asked(day.isoformat())) for day in KNOWN_ON]),
    )


def _correlation(line: Line) -> UUID | None:
    return received(line.text).command.joins if b'"correlation"' in line.text else None


def _print_next(screen: Screen) -> None:
    as_root = " --as-root" if os.geteuid() == 0 else ""
    commands = [
        (f"report monthly {CONTRACT} 2025-04 --demo", screen.both("4月の月次運用報告書", "April's report")),
        (
            f"report monthly {CONTRACT} 2025-04 --as-of 2025-05-12 --demo",
            screen.both("同じ月を、5月12日に知られていたとおりに", "the same month as known on 12 May"),
        ),
        (f"ledger {CONTRACT} 2025-06 --demo", screen.both("6月の品質モニタリング台帳", "June's ledger")),
        (f"history {CONTRACT} --demo", screen.both("1年の経緯", "the year's history")),
        (
            f"report monthly {JOINT_CONTRACT} 2025-11 --demo",
            screen.both("共同利用の契約の11月：段階減額と上限", "November of the joint contract: tiers and caps"),
        ),
        ("verify-issued --demo", screen.both("提出済み報告書の再計算", "issued reports computed again")),
        (
            f"serve --demo{as_root}",
            screen.both(
                "API（説明は http://127.0.0.1:8480/docs）", "the API (documentation: http://127.0.0.1:8480/docs)"
            ),
        ),
        ("--help", screen.both("すべての操作", "everything there is")),
    ]
    screen.heading(screen.both("次にできること", "How to go on"))
    for arguments, what in commands:
        screen.print(Text(f"  {what}", style=QUIET))
        screen.out.print(Text(f"    {typed(arguments)}", style=STRONG), soft_wrap=True)  # to be copied in one piece
