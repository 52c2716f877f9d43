"""`slm catalogue`: the ready-made levels and scales, and one of them as it would be written out."""

from itertools import groupby
from typing import Annotated

import typer
import yaml
from rich.text import Text

from slm_api.catalogue_told import CatalogueAnswer, CatalogueItem, catalogue_item
from slm_api.catalogue_told import catalogue as all_entries
from slm_api.cli.listing import Column
from slm_api.cli.options import Json, Language
from slm_api.cli.running import run, started
from slm_api.cli.screen import QUIET, WARN, Screen
from slm_api.documents.written import Tree
from slm_api.encoding import encoded

EntryName = Annotated[str | None, typer.Argument(metavar="項目", help="g4/39-abandoned@basic", show_default=False)]
WIDTH = 110  # columns of a line of YAML


def catalogue(name: EntryName = None, *, as_json: Json = False, lang: Language = None) -> None:
    """SLA項目のカタログ（S5・G4・T2・J6） / ready-made service levels and scales"""
    ran = started(lang)

    async def question() -> CatalogueAnswer | CatalogueItem:
        return all_entries() if name is None else catalogue_item(name)

    answer = run(ran, question)
    if as_json:
        typer.echo(encoded(answer))
    elif isinstance(answer, CatalogueItem):
        _print_item(ran.screen, answer)
    else:
        _print_list(ran.screen, answer)


def _print_list(screen: Screen, answer: CatalogueAnswer) -> None:
    both = screen.both
    for source, rows in groupby(answer.entries, key=lambda row: row.source):
        screen.heading(source)
        table = screen.table(
            Column(heading=both("名前", "name")),
            Column(heading=both("項目", "item"), align="text"),
            Column(heading=both("保証値", "guaranteed"), align="text"),
            Column(heading=both("目標値", "target"), align="text", spare=1),
        )
        for row in rows:
            table.add_row(
                row.name,
                screen.say(row.title),
                row.guaranteed or _no_value(screen, row.kind),
                row.target or "",
                style=QUIET if row.kind == "not_a_level" or not row.candidate else "",
            )
        screen.print(table)
    hint = both(
        "文書では「- use: 名前」と書き、変える項目だけを続けます。全文: slm catalogue 名前",
        "In a document: “- use: name” and the fields that differ. Written out: slm catalogue name",
    )
    screen.print(Text(hint, style=QUIET))


def _print_item(screen: Screen, answer: CatalogueItem) -> None:
    row = answer.row
    if row.note is not None:
        screen.print(Text(f"# {screen.say(row.note)}", style=WARN))
    if answer.item:
        part = "scales" if row.kind == "scale" else "levels"
        typer.echo(as_yaml({part: [answer.item]}), nl=False)


def as_yaml(tree: Tree) -> str:
    """The tree as YAML that the reader of documents reads back to it."""
    text: str = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=WIDTH)
    return text


def _no_value(screen: Screen, kind: str) -> str:
    return screen.both("尺度", "scale") if kind == "scale" else screen.both("評価項目にできません", "no level")
