"""The commands of `slm` about generations of read models: rebuild, roll-back, drop-old."""

from typing import Annotated, Self

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar
from rich.text import Text

from projections.engine import Progress, Rebuilt
from projections.engine.rebuild import Stage
from slm_api.cli.options import Demo, Language
from slm_api.cli.running import DIFFERENT, USAGE, located, record, run, started
from slm_api.cli.screen import BAD, GOOD, QUIET, Screen
from slm_api.cli.standing_view import print_rebuilt
from slm_domain.sla import Words

_STAGES: dict[Stage, Words] = {
    "reading": Words(ja="集計中", en="reading"),
    "indexing": Words(ja="索引作成中", en="making keys"),
    "catching up": Words(ja="追いつき中", en="catching up"),
    "verifying": Words(ja="照合中", en="comparing"),
    "live": Words(ja="切替済み", en="live"),
}


def rebuild(
    names: Annotated[list[str] | None, typer.Argument(metavar="投影", help="投影の名前 / names of projections")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="すべての投影 / all projections")] = False,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="並行するプロセスの数 / how many processes at once")
    ] = 1,
    verify: Annotated[
        bool,
        typer.Option(
            "--verify",
            help="記録やこれまでの内容と照合（違えば終了コード4） / compare with the record and with the live rows; "
            "exit code 4 where these differ",
        ),
    ] = False,
    anew: Annotated[
        bool,
        typer.Option("--anew", help="中断した作り直しを引き継がない / do not go on with one that was killed"),
    ] = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """投影の作り直し（照会は続けられる） / build read models anew; questions go on meanwhile

    A rebuild that was killed is gone on with where it stood.
    """
    ran = started(lang, demo=demo)
    if bool(names) == every:
        told = ran.screen.both(
            "投影の名前か --all のどちらかを指定してください。", "Give names of projections, or --all."
        )
        ran.screen.error.print(Text(told, style=BAD))
        raise typer.Exit(USAGE)

    async def work() -> Rebuilt:
        async with located(ran) as (wired, dsn):
            with _Telling(ran.screen) as telling:
                return await wired.engine.rebuild(
                    None if every else names,
                    progress=telling.tell,
                    workers=workers,
                    dsn=dsn,
                    verify=verify,
                    anew=anew,
                )

    rebuilt = run(ran, work)
    print_rebuilt(ran.screen, rebuilt, verified=verify)
    if rebuilt.changed:
        raise typer.Exit(DIFFERENT)


def roll_back(
    name: Annotated[str, typer.Argument(metavar="投影", help="投影の名前 / name of a projection")],
    *,
    to: Annotated[
        int | None,
        typer.Option("--to", help="世代の番号 / number of a generation; else the one before"),
    ] = None,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """前の世代の投影に戻す / make an earlier generation of a read model live, and post what it lacks"""
    ran = started(lang, demo=demo)

    async def work() -> str:
        async with record(ran) as wired:
            schema = await wired.engine.roll_back(name, to)
            await wired.engine.post_outstanding()
            return schema

    schema = run(ran, work)
    told = ran.screen.both(f"{schema} に戻しました。", f"{schema} is live again.")
    ran.screen.print(Text(told, style=GOOD))


def drop_old(
    name: Annotated[
        str | None, typer.Argument(metavar="投影", help="投影の名前（既定はすべて） / name of a projection; else all")
    ] = None,
    *,
    other_versions: Annotated[
        bool,
        typer.Option(
            "--other-versions", help="ほかの版の分も消す / those of other versions too: no older program reads them"
        ),
    ] = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """使われていない世代の投影を消す / drop generations of read models that are not live

    One that somebody still reads is left for another time.
    """
    ran = started(lang, demo=demo)

    async def work() -> list[str]:
        async with record(ran) as wired:
            return await wired.engine.drop_old(name, other_versions=other_versions)

    dropped = run(ran, work)
    told = ran.screen.both(f"{len(dropped)} 世代を消しました。", f"Old generations: {len(dropped)} dropped.")
    ran.screen.print(Text(told, style=GOOD if dropped else QUIET))
    for schema in dropped:
        ran.screen.indented(Text(schema, style=QUIET))


class _Telling:
    """The progress of a rebuild, on a terminal only: the stage, how far it is, and how long the loading still takes."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TextColumn(screen.both("残り", "left")),
            TimeRemainingColumn(),
        )
        terminal = screen.error.is_terminal
        self._bar = Bar(*columns, console=screen.error, transient=True, disable=not terminal)
        self._task = self._bar.add_task(screen.say(_STAGES["reading"]), total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def tell(self, progress: Progress) -> None:
        """What the engine tells."""
        self._bar.update(
            self._task,
            description=self._screen.say(_STAGES[progress.stage]),
            total=progress.total,
            completed=progress.entries,
        )
