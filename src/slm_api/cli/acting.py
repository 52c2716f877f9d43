"""The commands of `slm` that do something: apply, serve, schema."""

import gc
import json
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

from slm_api.cli.apply import Applied, Line, apply, clock_of, lines_of
from slm_api.cli.options import ClockChoice, Demo, Language
from slm_api.cli.running import REFUSED, USAGE, Ran, record, run, started
from slm_api.cli.screen import BAD, GOOD, QUIET, WARN, Screen
from slm_api.documents import schema as document_schema
from slm_api.settings import loopback
from slm_api.wiring import Wired
from slm_domain.sla import Words
from slm_journal.errors import NotCreated

AS_ROOT = Words(
    ja="管理者（root）では、組み込みデータベースの API を提供しません。一般ユーザーで起動するか、SLM_DATABASE_URL を"
    "指定してください（それでも起動するときは --as-root）。",
    en="As root the API is not served over the embedded database: run it as an ordinary user, or set SLM_DATABASE_URL "
    "(--as-root serves it all the same).",
)


def apply_file(
    file: Annotated[Path, typer.Argument(metavar="ファイル", help="1行に1コマンドの JSON / one JSON command per line")],
    *,
    clock: Annotated[
        ClockChoice | None, typer.Option("--clock", help="作成時の時計 / the clock, if the database is created")
    ] = None,
    go_on: Annotated[bool, typer.Option("--continue", help="拒否されても続ける / go on after a refusal")] = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """コマンドファイルを記録する（中断後の再実行も安全） / record a file of commands; safe to repeat

    A missing database is created; a file whose commands carry `at` needs a simulated clock.
    """
    ran = started(lang, demo=demo)
    try:
        lines = lines_of(file)
    except OSError as failure:
        ran.screen.error.print(Text(f"{file}: {failure.strerror}", style=BAD))
        raise typer.Exit(USAGE) from None

    async def work() -> Applied:
        async with _opened(ran, lines, clock) as wired:
            with bar(ran.screen, ran.screen.both("記録中", "recording"), len(lines)) as advance:
                applied = await apply(wired, lines, go_on=go_on, advanced=lambda _: advance(1))
            await wired.engine.post_outstanding()
            return applied

    applied = run(ran, work)
    tell(ran.screen, applied)
    if applied.refused:
        raise typer.Exit(REFUSED)


def schema() -> None:
    """SLA記述書の JSON Schema / the JSON Schema of the SLA document"""
    typer.echo(json.dumps(document_schema(), ensure_ascii=False, indent=2))


def serve(
    *,
    host: Annotated[str | None, typer.Option("--host", help="ループバックのみ / a loopback address (SLM_HOST)")] = None,
    port: Annotated[int | None, typer.Option("--port", help="ポート / port (SLM_PORT)", min=1, max=65535)] = None,
    as_root: Annotated[
        bool, typer.Option("--as-root", help="管理者での起動を許す / let root serve the embedded database")
    ] = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """API を提供する / serve the API on this machine"""
    ran = started(lang, demo=demo)
    screen = ran.screen
    try:
        address = loopback(host or ran.settings.host)
    except ValueError as refused:
        screen.error.print(Text(str(refused), style=BAD))
        raise typer.Exit(USAGE) from None
    if os.geteuid() == 0 and ran.settings.database_url is None and not as_root:
        screen.error.print(Text(screen.say(AS_ROOT), style=BAD))
        raise typer.Exit(USAGE)

    async def reachable() -> None:
        async with record(ran):
            pass

    run(ran, reachable)  # a database that cannot be used is told of in a sentence, before anything is served
    shown = f"[{address}]" if ":" in address else address
    number = port or ran.settings.port
    listening = _listening(screen, address, number)
    screen.print(Text(f"http://{shown}:{number}/docs", style=GOOD))
    screen.print(Text(screen.both("終了は Ctrl-C", "Ctrl-C ends it"), style=QUIET))
    # Every other command starts sooner without the libraries of the server.
    import uvicorn  # noqa: PLC0415 -- see above

    from slm_api.app import application  # noqa: PLC0415 -- see above

    gc.collect()
    gc.freeze()  # what is loaded by now stays: a collection that looks at all of it would make every request wait
    config = uvicorn.Config(application(ran.settings), log_level="warning", server_header=False)
    uvicorn.Server(config).run(sockets=[listening])


def _listening(screen: Screen, address: str, port: int) -> socket.socket:
    """A socket of this machine at that port. Ends the program when there can be none."""
    try:
        return socket.create_server((address, port), family=socket.AF_INET6 if ":" in address else socket.AF_INET)
    except OSError as failure:
        told = screen.both(
            f"ポート {port} を使えません（{failure.strerror}）。別のポートを --port か SLM_PORT で指定してください。",
            f"Port {port} cannot be listened on ({failure.strerror}): name another with --port or SLM_PORT.",
        )
        screen.error.print(Text(told, style=BAD))
        raise typer.Exit(USAGE) from None


def tell(screen: Screen, applied: Applied) -> None:
    """What applying a file did."""
    for line, words in applied.warnings:
        screen.error.print(Text(f"{screen.both(f'{line} 行目', f'line {line}')}: {screen.say(words)}", style=WARN))
    for one in applied.refused:
        screen.explain(one.explanation, before=screen.both(f"{one.line} 行目: ", f"line {one.line}: "))
    screen.print(
        Text(
            screen.both(
                f"記録 {applied.recorded:,} 件、記録済み {applied.repeated:,} 件、拒否 {len(applied.refused)} 件",
                f"{applied.recorded:,} recorded, {applied.repeated:,} recorded before, {len(applied.refused)} refused",
            ),
            style=BAD if applied.refused else GOOD,
        )
    )


@contextmanager
def bar(screen: Screen, what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar, on a terminal only; gives the function that moves it on."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=screen.error, transient=True, disable=not screen.error.is_terminal) as progress:
        task = progress.add_task(what, total=total)
        yield lambda by: progress.update(task, advance=by)


@asynccontextmanager
async def _opened(ran: Ran, lines: list[Line], clock: ClockChoice | None) -> AsyncIterator[Wired]:
    """The record; created where there is none, with the clock asked for or the one that the commands need."""
    async with AsyncExitStack() as leaving:
        try:
            found = await leaving.enter_async_context(record(ran, create=clock.value if clock is not None else None))
        except NotCreated:
            found = await leaving.enter_async_context(record(ran, create=clock_of(lines)))
        yield found
