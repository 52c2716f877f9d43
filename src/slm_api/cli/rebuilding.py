"""The commands of `slm` about generations of read models: rebuild, roll-back, drop-old."""

from typing import Annotated

import typer
from rich.text import Text

from projections.engine import Rebuilt
from slm_api.cli.build_bar import BuildBar
from slm_api.cli.options import Demo, Language
from slm_api.cli.running import DIFFERENT, USAGE, located, record, run, started
from slm_api.cli.screen import BAD, GOOD, QUIET
from slm_api.cli.standing_view import print_rebuilt


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
        async with located(ran, posted=False) as (wired, dsn):
            with BuildBar(ran.screen) as bar:
                return await wired.engine.rebuild(
                    None if every else names,
                    progress=bar.tell,
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
