"""What is printed: headings, tables and errors, aligned for double-width characters, colour on a terminal only."""

import sys
from collections.abc import Sequence
from contextvars import ContextVar
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from projections.answers.standpoint import Standpoint
from projections.answers.stopped import StoppedModel
from slm_api.asking import JAPAN
from slm_api.cli.listing import Align, Column, Listing
from slm_api.explained import Explained
from slm_api.settings import Language
from slm_api.wording import event_name
from slm_domain.sla import Words

PRINTED_WIDTH = 120  # columns, where the output is no terminal
ZONE: ContextVar[ZoneInfo] = ContextVar("ZONE", default=JAPAN)  # of the answer being shown
LAST_OF_DAY = time(23, 59, 59, 999999)

GOOD, WARN, BAD, QUIET, STRONG = "green", "yellow", "bold red", "dim", "bold"


class Screen:
    """Prints in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.out = _console(stderr=False)
        self.error = _console(stderr=True)

    def say(self, words: Words) -> str:
        """The words in this screen's language."""
        return words.ja if self.language == "ja" else words.en

    def both(self, ja: str, en: str) -> str:
        """One of the two, by language."""
        return ja if self.language == "ja" else en

    def print(self, *renderables: RenderableType) -> None:
        """Print, one after the other."""
        for renderable in renderables:
            self.out.print(renderable)

    def indented(self, renderable: RenderableType, *, by: int = 2) -> None:
        """Print, set in by so many columns, also where it breaks into lines."""
        self.out.print(Padding(renderable, (0, 0, 0, by), expand=False))

    def heading(self, text: str) -> None:
        """A heading above a part of the output."""
        self.out.print()
        self.out.print(Text(f"■ {text}", style="bold cyan"))

    def standpoint(self, standpoint: Standpoint, title: Words | None = None) -> None:
        """The line above every answer: whose record, by which clock, up to which position, judged until when."""
        ZONE.set(ZoneInfo(standpoint.time_zone))
        line = Text()
        if standpoint.simulated:
            line.append(self.both("［シミュレーション］ ", "[simulated] "), style="bold magenta")
        if title is not None:
            line.append(self.say(title), style=STRONG)
            line.append("  ")
        line.append(f"{standpoint.contract}  ")
        until = moment(standpoint.until)
        line.append(
            self.both(f"位置 {standpoint.position}・{until} 現在", f"position {standpoint.position}, as of {until}"),
            style=QUIET,
        )
        self.out.print(line)
        self.stopped(standpoint.stopped)

    def stopped(self, stopped: Sequence[StoppedModel]) -> None:
        """A line for each read model that goes no further: what is recorded from there on is in none of the figures."""
        for one in stopped:
            event = self.say(event_name(one.event))
            self.out.print(
                Text(
                    self.both(
                        f"注意: {one.contract} の集計 {one.projection} は位置 {one.position}（{event}）の手前で停止中。"
                        "以後の記録はここに含まれません（理由: slm status）。",
                        f"Note: the read model {one.projection} of {one.contract} has stopped before position "
                        f"{one.position} ({event}); nothing recorded from there on is in here (slm status says why).",
                    ),
                    style=BAD,
                )
            )

    def table(self, *columns: tuple[str, Align] | Column) -> Listing:
        """An empty table with these headings; beside each, how its column is aligned ("text" breaks into lines)."""
        return Listing(
            tuple(one if isinstance(one, Column) else Column(heading=one[0], align=one[1]) for one in columns)
        )

    def pairs(self) -> Table:
        """An empty table of names and values, without headings."""
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        return table

    def explain(self, explanation: Explained, *, before: str = "") -> None:
        """Say on the error output what went wrong and how to mend it."""
        line = Text(before)
        line.append(self.both("誤り: ", "error: "), style=BAD)
        line.append(self.say(explanation.detail))
        if explanation.source:
            line.append(f" [{explanation.source}]", style=QUIET)
        self.error.print(line)
        for one in explanation.errors:
            where = f"{one.line}: " if one.line is not None else ""
            self.error.print(Text(f"  {where}{one.path or '-'}: {self.say(one.reason)} → {self.say(one.mend)}"))
        self.error.print(Text(f"{self.both('対処', 'mend')}: {self.say(explanation.mend)}"))


def moment(instant: datetime | None) -> str:
    """An instant as people read it, in the zone of the contract last shown: "2025-04-10 16:30"; seconds if any."""
    if instant is None:
        return "—"
    local = instant.astimezone(ZONE.get())
    if local.time() == LAST_OF_DAY:
        return local.strftime("%Y-%m-%d 24:00")
    return local.strftime("%Y-%m-%d %H:%M" if not local.second else "%Y-%m-%d %H:%M:%S")


def deadline(instant: datetime | None) -> str:
    """A last moment as people read it: the end of a day is that day's 24:00, not the next day's 0:00 (C13)."""
    if instant is not None and instant.astimezone(ZONE.get()).time() == time():
        return moment(instant - timedelta(microseconds=1))
    return moment(instant)


def running(standpoint: Standpoint) -> Words:
    """A period that has not ended is told up to the instant at which it is looked at."""
    until = moment(standpoint.until)
    return Words(ja=f"進行中（{until} まで）", en=f"running, as of {until}")


def positions(entries: Sequence[int], *, most: int = 6) -> str:
    """Positions in the journal, the first few of them."""
    shown = ", ".join(str(entry) for entry in entries[:most])
    return f"{shown} … ({len(entries)})" if len(entries) > most else shown


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else PRINTED_WIDTH
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False)
