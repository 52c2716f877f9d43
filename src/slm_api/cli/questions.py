"""The commands of `slm` that ask. Each asks what HTTP asks, and prints it for people or exactly as HTTP answers it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec
import typer

from projections.answers import availability as of_availability
from projections.answers import contracts as of_contracts
from projections.answers import history as of_history
from projections.answers import ledger as of_ledger
from projections.answers import replay as of_replay
from projections.answers import reports as of_reports
from projections.answers.periods import PERIOD_NAMES
from slm_api.asking import (
    as_of_asked,
    as_of_or_cut,
    day_asked,
    day_of_month,
    fiscal_year_asked,
    month_asked,
)
from slm_api.asking_periods import periods_asked
from slm_api.cli.availability_view import print_availability
from slm_api.cli.history_view import print_history
from slm_api.cli.ledger_view import print_ledger
from slm_api.cli.options import AsOf, Contract, Demo, Json, Language, Month
from slm_api.cli.replay_view import print_replay
from slm_api.cli.report_view import print_report
from slm_api.cli.running import DIFFERENT, Ran, record, run, started
from slm_api.cli.screen import Screen
from slm_api.cli.standing_view import print_contracts, print_status
from slm_api.cli.year_view import print_year
from slm_api.encoding import encoded
from slm_api.standing import status_of
from slm_api.told import begun, told
from slm_api.wiring import Wired

T = TypeVar("T", bound=msgspec.Struct)

report = typer.Typer(help="月次・年次の報告 / monthly and yearly reports", no_args_is_help=True)

LevelOption = Annotated[str | None, typer.Option("--level", metavar="項目", help="評価項目のキー / a level's key")]
MonthOption = Annotated[str | None, typer.Option("--month", metavar="月", help="YYYY-MM")]
DayOption = Annotated[
    datetime | None, typer.Option("--day", formats=["%Y-%m-%d"], metavar="日", help="この日だけ / this day alone")
]
AllOption = Annotated[bool, typer.Option("--all", help="記録のない項目も表示 / levels without entries too")]


ByOption = Annotated[str | None, typer.Option("--by", metavar="単位", help=" | ".join(PERIOD_NAMES))]
FromOption = Annotated[str | None, typer.Option("--from", metavar="日", help="この日から / from this day on")]
ToOption = Annotated[str | None, typer.Option("--to", metavar="日", help="この日まで / up to this day")]
LastOption = Annotated[
    str | None, typer.Option("--last", metavar="期間", help="直近の 30d, 12m / rolling days, months")
]
AtOption = Annotated[
    str | None, typer.Option("--at", metavar="日時", help="直近の期間の終わり / the instant a rolling window ends at")
]


def contracts(*, as_of: AsOf = None, as_json: Json = False, lang: Language = None, demo: Demo = False) -> None:
    """契約の一覧 / all contracts"""

    async def question(wired: Wired) -> of_contracts.ContractsAnswer:
        instant, cut = as_of_or_cut(as_of)
        return await of_contracts.contracts(wired.source, instant, cut=cut)

    asked(started(lang, demo=demo), question, print_contracts, as_json=as_json)


def ledger(
    contract: Contract,
    month: Month,
    *,
    level: LevelOption = None,
    day: DayOption = None,
    every: AllOption = False,
    as_of: AsOf = None,
    as_json: Json = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """品質モニタリング台帳 / the quality monitoring ledger of a month"""

    async def question(wired: Wired) -> of_ledger.LedgerAnswer:
        which = month_asked(month)
        one_day = day_asked(None if day is None else day.date(), which)
        answer = await of_ledger.ledger(wired.source, contract, which, as_of_asked(as_of), level=level, day=one_day)
        begun(which, answer.standpoint, first=answer.first_day)
        day_of_month(one_day, answer.month, first=answer.first_day, last=answer.last_day)
        return answer

    asked(
        started(lang, demo=demo),
        question,
        lambda screen, answer: print_ledger(screen, answer, empty=every),
        as_json=as_json,
    )


def availability(
    contract: Contract,
    *,
    by: ByOption = None,
    first: FromOption = None,
    to: ToOption = None,
    last: LastOption = None,
    at: AtOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """稼働率（期間別・直近、エラーバジェット、比較） / availability by period and over rolling windows"""

    async def question(wired: Wired) -> of_availability.AvailabilityAnswer:
        windows = periods_asked(by, first, to, last, at)
        return await of_availability.availability(wired.source, contract, as_of_asked(as_of), windows)

    asked(started(lang, demo=demo), question, print_availability, as_json=as_json)


@report.command("monthly")
def report_monthly(
    contract: Contract,
    month: Month,
    *,
    as_of: AsOf = None,
    as_json: Json = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """月次運用報告書 / a month's report"""

    async def question(wired: Wired) -> of_reports.ReportAnswer:
        which = month_asked(month)
        answer = await of_reports.monthly_report(wired.source, contract, which, as_of_asked(as_of))
        begun(which, answer.standpoint, first=answer.first_day)
        return answer

    asked(
        started(lang, demo=demo),
        question,
        print_report,
        as_json=as_json,
    )


@report.command("yearly")
def report_yearly(
    contract: Contract,
    fiscal_year: Annotated[int, typer.Argument(metavar="年度", help="2025: 2025-04 … 2026-03", show_default=False)],
    *,
    as_of: AsOf = None,
    as_json: Json = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """年度の月別実績 / a fiscal year month by month"""
    asked(
        started(lang, demo=demo),
        lambda wired: of_reports.year(wired.source, contract, fiscal_year_asked(fiscal_year), as_of_asked(as_of)),
        print_year,
        as_json=as_json,
    )


def history(
    contract: Contract,
    *,
    level: LevelOption = None,
    month: MonthOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """経緯（PDCA） / who did what, when, why, in which phase; with level and month, the story of one breach"""
    asked(
        started(lang, demo=demo),
        lambda wired: of_history.history(
            wired.source,
            contract,
            as_of_asked(as_of),
            level=level,
            month=None if month is None else month_asked(month),
        ),
        print_history,
        as_json=as_json,
    )


def replay(
    contract: Contract, *, as_of: AsOf = None, as_json: Json = False, lang: Language = None, demo: Demo = False
) -> None:
    """その時点の記録の再現 / state and figures as they stood"""
    asked(
        started(lang, demo=demo),
        lambda wired: of_replay.replay(wired.source, contract, as_of_asked(as_of)),
        print_replay,
        as_json=as_json,
    )


def status(*, as_json: Json = False, lang: Language = None, demo: Demo = False) -> None:
    """データベースと投影の状態 / the database and its read models (exit code 4 when one has stopped)"""
    answer = asked(started(lang, demo=demo), status_of, print_status, as_json=as_json)
    if any(one.stopped for one in answer.projections):
        raise typer.Exit(DIFFERENT)


def asked(
    ran: Ran, question: Callable[[Wired], Awaitable[T]], view: Callable[[Screen, T], None], *, as_json: bool
) -> T:
    """Ask and print: for people, or the bytes that HTTP answers."""

    async def work() -> T:
        async with record(ran) as wired:
            return await told(wired, question(wired))

    answer = run(ran, work)
    if as_json:
        typer.echo(encoded(answer))
    else:
        view(ran.screen, answer)
    return answer
