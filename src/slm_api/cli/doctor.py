"""`slm doctor`: what is amiss with the database, how bad it is, and what to do."""

from functools import partial
from typing import Annotated

import typer

from slm_api.cli.acting import bar
from slm_api.cli.doctor_view import print_diagnosis
from slm_api.cli.options import Demo, Language
from slm_api.cli.running import DIFFERENT, USAGE, run, started
from slm_api.diagnosis import SAMPLE, diagnose
from slm_api.encoding import encoded

AllOption = Annotated[
    bool, typer.Option("--all", help="すべての記録の内容を再計算 / recompute the content of all entries")
]
SampleOption = Annotated[
    int | None, typer.Option("--sample", metavar="件数", min=0, help=f"無作為に再計算 / of so many entries ({SAMPLE})")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON で出力 / print as JSON")]


def doctor(
    *,
    every: AllOption = False,
    sample: SampleOption = None,
    as_json: JsonOption = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """データベースの点検（何も変えない） / check the database; changes nothing (exit code 4 when something is amiss)

    サーバーと設定、構造、記録の順序と内容、投影を調べ、見つかったことと対処を示します。
    Looks at the server and its settings, the schema, the order and content of what was recorded, and the read models.
    """
    ran = started(lang, demo=demo)
    if every and sample is not None:
        ran.screen.error.print(
            ran.screen.both("--all か --sample のどちらかです。", "Give --all or --sample, not both.")
        )
        raise typer.Exit(USAGE)

    chosen = None if every else SAMPLE if sample is None else sample
    progress = partial(bar, ran.screen, ran.screen.both("点検中", "checking"))
    diagnosis = run(ran, partial(diagnose, ran.settings, sample=chosen, progress=progress))
    if as_json:
        typer.echo(encoded(diagnosis))
    else:
        print_diagnosis(ran.screen, diagnosis)
    if diagnosis.differs:
        raise typer.Exit(DIFFERENT)
