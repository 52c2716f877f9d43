"""The lists that a figure is explained by: each line adds its amount, and together they are the total (C7)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Literal, get_args

import msgspec

from slm_domain.figures.buckets import seconds
from slm_domain.figures.fee_caps import CapKind
from slm_domain.figures.judgement import Verdict
from slm_domain.month_figures import AvailabilityFigure, Excuse, Ratio, WorkingStep
from slm_domain.register import Register
from slm_domain.stretch import Stretch
from slm_domain.time_lists import ApartKind, TimeKind, TimeLine, apart_lists, time_lists
from slm_domain.windows import lost

ListName = Literal[
    TimeKind,
    ApartKind,
    "items",
    "counted",
    "failures",
    "part",
    "whole",
    "together",
    "still_open",
    "grades",
    "deductions",
    "deducted",
    "payment",
    "bonuses",
    "bonuses_added",
    "invoice",
    "restated",
]
LIST_NAMES: tuple[ListName, ...] = get_args(ListName)
Because = Literal[
    Excuse,
    "paid_instead",
    "spared_by_cap",
    "before_caps",
    CapKind,
    "as_accepted",
    "adjustment",
    "settled_by_adjustment",
    "settled_after_term",
    "not_settled",
    "by_time_alone",
]
REASONS: tuple[Because, ...] = get_args(Because)
MeasuredIn = Literal["seconds", "count", "grade", "share", "yen"]
_ONE = Ratio(numerator=1, denominator=1)


class LineAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One line: what it is (an incident, an item, a rule), when, and the `amount` that it adds, its `weight` included.

    `unit` is the system or organisation it is of, where those are added up or judged apart. `verdict` and the due time
    are those of an item. `working` says how a deduction's share came about.

    Of money, `because` says why a line adds nothing, or less than its rule states (`stated`), or where it comes from: a
    cap, which takes off; an accepted report; a correction, which the invoice of the month `settled_in` settles, or,
    recorded in that month after the term, no invoice (C20).
    `clause` is the rule's, `yen` the exact yen that a share of the month's fee comes to.
    """

    what: str | None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    due: datetime | None = None
    unit: str | None = None
    verdict: Verdict | None = None
    clause: str | None = None
    because: Because | None = None
    settled_in: str | None = None
    stated: Ratio | None = None
    weight: Ratio = _ONE
    amount: Ratio
    yen: Ratio | None = None
    working: tuple[WorkingStep, ...] = ()
    entries: tuple[int, ...] = ()


class ListAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A list and its total, in exact seconds, a count, grades, shares of the month's fee, or yen.

    The lines' amounts add up to the total, or, `by` "least", the least of them is it. `of` names the period, where it
    is not the month, and the unit, where each is judged. `part_of` names the list that holds its time already,
    `total_yen` is what a total of shares is of the month's fee.
    """

    name: ListName
    of: str | None = None
    measured_in: MeasuredIn
    by: Literal["sum", "least"] = "sum"
    lines: tuple[LineAnswer, ...]
    total: Ratio
    total_yen: Ratio | None = None
    part_of: TimeKind | None = None


def time_lists_of(
    register: Register, parts: Sequence[Stretch], figure: AvailabilityFigure, of: str | None = None
) -> list[ListAnswer]:
    """Where the time of the stretches went, held against the buckets of their figure. Empty lists are left out.

    What is told apart inside them comes after them.
    """
    totals: dict[TimeKind, Fraction] = {
        "up": seconds(figure.up),
        "down": seconds(figure.down),
        "lost": lost(figure),
        "excluded": seconds(figure.excluded),
        "unmeasured": seconds(figure.unmeasured),
        "to_come": seconds(figure.to_come),
        "outside_hours": seconds(figure.outside_hours),
    }
    found = []
    for kind, lines in time_lists(register, parts).items():
        if kind == "lost" and figure.lost is None:
            continue  # nothing is weighted: it is what was down
        if not lines and not totals[kind] and kind != "down":
            continue
        found.append(
            ListAnswer(
                name=kind,
                of=of,
                measured_in="seconds",
                lines=tuple(map(_line, lines)),
                total=Ratio.of(totals[kind]),
            )
        )
    found += [
        ListAnswer(
            name=apart,
            of=of,
            measured_in="seconds",
            lines=tuple(map(_line, lines)),
            total=Ratio.of(sum((line.amount for line in lines), Fraction())),
            part_of=_PART_OF[apart],
        )
        for apart, lines in apart_lists(register, parts).items()
        if lines
    ]
    return found


_PART_OF: dict[ApartKind, TimeKind] = {
    "extraordinary": "up",
    "beyond_announced": "down",
    "beyond_allowance": "down",
}


def _line(line: TimeLine) -> LineAnswer:
    return LineAnswer(
        what=line.incident,
        starts_at=line.interval.start,
        ends_at=line.interval.end,
        unit=line.unit,
        weight=Ratio.of(line.weight),
        amount=Ratio.of(line.amount),
        entries=line.entries,
    )


def entries_of(lists: Iterable[ListAnswer]) -> set[int]:
    """The positions of the entries that the lists came from."""
    return {position for each in lists for line in each.lines for position in line.entries}
