"""The page docs/where-used.md, written from the rows."""

from collections.abc import Iterable, Iterator

from tests.where_used.ambiguities import FIRST_HALF
from tests.where_used.later_ambiguities import SECOND_HALF
from tests.where_used.other_terms import OTHERS
from tests.where_used.row import ROOT, Row
from tests.where_used.sources import S8, g4, j6, s5, t2

PAGE = ROOT / "docs" / "where-used.md"
SECTIONS: tuple[tuple[str, tuple[Row, ...]], ...] = (
    ("S5: the service levels of the Shimanto table", tuple(s5())),
    ("S8: the deductions of the Shimanto specification", S8),
    ("G4: reference values for support services, items 38 to 43, by pattern", tuple(g4())),
    ("T2: typical items of an SLA", tuple(t2())),
    ("J6: graded levels", tuple(j6())),
    ("A1 to A36: each reading of the ambiguous passages", (*FIRST_HALF, *SECOND_HALF)),
    ("The other terms, by the convention they settle", OTHERS),
)
READINGS: tuple[Row, ...] = (*FIRST_HALF, *SECOND_HALF, *OTHERS)


def page() -> str:
    """The page as it should stand in docs."""
    return "\n".join(
        [
            "# Where the examples use what the sources say",
            "",
            "Each row of S5, S8, G4, T2 and J6, and each reading of the ambiguous passages A1 to A36 and of the other",
            "terms: the line of an example that uses it, or why none does; and the test that fixes it in numbers. A",
            "reading that an example takes without writing it, because it is the default, says so. Every reading here",
            "is offered: a document that writes it is taken (`test_every_reading_that_the_domain_knows_is_taken`).",
            "Written by `python -m tests.where_used`; a test keeps it complete and true.",
            *(line for title, rows in SECTIONS for line in _section(title, rows)),
            "",
        ]
    )


def _section(title: str, rows: Iterable[Row]) -> Iterator[str]:
    yield from ("", f"## {title}", "", "| | row | used at | fixed by |", "|---|---|---|---|")
    for row in rows:
        cells = (row.source, row.row, _used(row), "<br>".join(f"`{test}`" for test in row.tests))
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |".replace("|  |", "| |")


def _used(row: Row) -> str:
    places = (f"`{use.place}` {use.text}" for use in row.uses)
    return "<br>".join((*places, *([row.reason] if row.reason else [])))
