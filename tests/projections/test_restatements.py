"""An entry that changes the figures of an issued month restates it: none is missed, and what is told follows on."""

from functools import cache

from projections.catalogue import MONTHLY_REPORT
from projections.monthly_report import IssuedReport, ReportState, RestatementRow
from projections.projection import Placed
from slm_domain.earlier import MonthsBefore
from slm_domain.figures.periods import Month
from slm_domain.month import month_figures
from slm_domain.restating import Summary, accepted_figures
from slm_domain.review import MonthlyReportHandedIn
from tests.projections.drawn_histories import history
from tests.projections.engine.histories import Draft
from tests.projections.folds import Fold, entries

SEEDS = (1, 19)  # whose issued months are changed afterwards; `test_reached_months.py` draws others
COMMANDS = 80


@cache
def year(seed: int) -> list[Draft]:
    return history(seed, COMMANDS)


def summary(state: ReportState, month: str, entry: Placed) -> Summary:
    """The month's figures from the whole register, judged until the entry was recorded."""
    register, asked = state.books.register, Month.parse(month)
    issued = accepted_figures([issue for issues in state.issues.values() for issue in issues])
    return Summary.of(
        month_figures(
            register,
            asked,
            incidents=list(register.incidents.values()),
            items=state.items_of(asked),
            until=entry.recorded_at,
            earlier=MonthsBefore(register, state.items_of, issued, entry.recorded_at).before(asked),
        )
    )


def test_no_entry_that_changes_an_issued_month_is_missed() -> None:
    changed = 0
    for seed in SEEDS:
        fold = Fold(MONTHLY_REPORT)
        for entry in entries(year(seed)):
            before = {month: summary(fold.state, month, entry) for month in fold.state.known}
            fold.take(entry)
            for month, was in before.items():
                now = summary(fold.state, month, entry)
                if now != was and not isinstance(entry.event, MonthlyReportHandedIn):
                    changed += 1
                    where = (seed, entry.position, type(entry.event).__name__, month)
                    assert fold.state.known[month] == now, where
    assert changed == 4


def test_what_was_before_is_what_the_report_or_the_last_restatement_said() -> None:
    told = 0
    for seed in SEEDS:
        fold = Fold(MONTHLY_REPORT)
        for entry in entries(year(seed)):
            fold.take(entry)
        said: dict[str, Summary] = {}
        rows = [*fold.rows(IssuedReport), *fold.rows(RestatementRow)]
        for row in sorted(rows, key=lambda row: row.position):
            if isinstance(row, IssuedReport):
                said[row.month] = Summary.of(row.figures)
            else:
                assert row.before == said[row.month] != row.after
                assert (row.payable_before_yen, row.payable_after_yen) == (
                    row.before.payable_yen,
                    row.after.payable_yen,
                )
                said[row.month] = row.after
                told += 1
    assert told == 6
