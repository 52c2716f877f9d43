"""A table that fits: text breaks into lines, figures never, and columns that can be spared make room."""

from collections.abc import Iterator
from typing import Literal

import msgspec
from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

Align = Literal["left", "right", "text"]  # only text may be broken into lines

NARROWEST, WIDE_ENOUGH = 14, 22  # columns that broken text gets at least; a longer word may be broken


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column: its heading (which may have lines), how it is aligned, and how soon it is left out (0: never)."""

    heading: str
    align: Align = "left"
    spare: int = 0


class Listing:
    """Rows under headings. Rendered for a width, it leaves out the columns that can be spared until the rest fits."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self._columns = columns
        self._rows: list[tuple[tuple[str | Text, ...], str]] = []
        self._sections: set[int] = set()

    def add_row(self, *cells: str | Text, style: str = "") -> None:
        """A row; cells that are missing at its end are empty."""
        self._rows.append((cells + ("",) * (len(self._columns) - len(cells)), style))

    def add_section(self) -> None:
        """What follows stands apart."""
        self._sections.add(len(self._rows))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table for this width."""
        yield self._table(options.max_width)

    def _table(self, width: int) -> Table:
        kept = self._kept(width)
        roomy = _taken([self._natural(index) for index in kept], gap=2) <= width
        widths = self._widths(kept, width)
        table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, padding=(0, 1 if roomy else 0, 0, 0))
        for index in kept:
            column = self._columns[index]
            table.add_column(
                column.heading,
                justify="right" if column.align == "right" else "left",
                no_wrap=column.align != "text",
                overflow="fold",
                vertical="top",
                width=widths[index],
            )
        for number, (cells, style) in enumerate(self._rows):
            if number in self._sections:
                table.add_section()
            table.add_row(*(cells[index] for index in kept), style=style)
        return table

    def _kept(self, width: int) -> list[int]:
        kept = list(range(len(self._columns)))
        while _taken([self._least(index) for index in kept], gap=1) > width:
            spared = max(kept, key=lambda index: self._columns[index].spare)
            if not self._columns[spared].spare:
                break
            kept.remove(spared)
        return kept

    def _widths(self, kept: list[int], width: int) -> dict[int, int]:
        """How wide each column is set: what is left beyond the least goes to the texts, by what they could use."""
        widths = {index: self._least(index) for index in kept}
        wanted = {index: self._natural(index) - widths[index] for index in kept}
        spare = max(0, width - _taken(list(widths.values()), gap=1))
        total = sum(wanted.values())
        for index, more in wanted.items():
            widths[index] += more if total <= spare else spare * more // total
        return widths

    def _natural(self, index: int) -> int:
        """How wide the column would be with room for everything."""
        return max((cell_len(line) for text in self._texts(index) for line in text.splitlines()), default=0)

    def _least(self, index: int) -> int:
        """How narrow the column may become: its longest word, within reason, if it is text."""
        natural = self._natural(index)
        if self._columns[index].align != "text":
            return natural
        word = max((cell_len(word) for text in self._texts(index) for word in text.split()), default=0)
        return min(natural, max(NARROWEST, min(word, WIDE_ENOUGH)))

    def _texts(self, index: int) -> Iterator[str]:
        yield self._columns[index].heading
        for cells, _ in self._rows:
            yield str(cells[index])


def _taken(widths: list[int], *, gap: int) -> int:
    return sum(widths) + gap * len(widths) + 1
