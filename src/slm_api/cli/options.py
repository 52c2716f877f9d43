"""The options that commands share."""

from enum import StrEnum
from typing import Annotated

import typer


class Lang(StrEnum):
    """The language of what is printed."""

    JA = "ja"
    EN = "en"


class ClockChoice(StrEnum):
    """The clock of a database that is created."""

    SIMULATED = "simulated"
    REAL = "real"


Contract = Annotated[str, typer.Argument(metavar="契約", help="契約コード / the contract's code", show_default=False)]
Month = Annotated[str, typer.Argument(metavar="月", help="YYYY-MM", show_default=False)]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="時点", help="位置・日時・日付の時点で / as of a position, an instant or a day"),
]
Json = Annotated[bool, typer.Option("--json", help="JSON で出力（HTTP の応答と同じ） / print what HTTP answers")]
Language = Annotated[Lang | None, typer.Option("--lang", help="表示の言語 / language of what is printed")]
Demo = Annotated[bool, typer.Option("--demo", help="slm demo のデータベースを使う / use the database of slm demo")]
