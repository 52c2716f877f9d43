"""What a contract's entries come to so far: the fold of the monthly reports, kept in memory beside the journal.

It is the product's own fold, so that figures quoted at hand-in, with adjustments for what was restated, are those that
the product would quote. This file alone knows how that fold is driven.
"""

from datetime import datetime
from functools import partial
from uuid import UUID

from projections.catalogue import MONTHLY_REPORT
from projections.monthly_report import ReportState
from projections.projection import Placed
from projections.register_fold import REGISTER, Books
from slm_domain.aggregate import Erased
from slm_domain.desk import Quoted
from slm_domain.earlier import MonthsBefore
from slm_domain.figures.periods import Month
from slm_domain.month import month_figures
from slm_domain.month_figures import MonthFigures
from slm_domain.paying import tax_terms_of, terms_of
from slm_domain.restating import accepted_figures, after_issue
from slm_domain.rules import RULES_VERSION


class Reports:
    """The reports of one contract, and the facts that the next one will be made of."""

    def __init__(self, journal_id: UUID) -> None:
        self._books: Books = REGISTER.begin(journal_id)
        self._state: ReportState = MONTHLY_REPORT.begin(journal_id, self._books)
        self._position = 0

    def take(self, entry: Placed) -> None:
        """Take the journal's next entry."""
        self._position = entry.position
        if not isinstance(entry.event, Erased) and entry.event.NAME in MONTHLY_REPORT.handles:
            touched = REGISTER.fold(self._books, entry) if entry.name in REGISTER.handles else None
            MONTHLY_REPORT.fold(self._state, entry, touched)

    def handed_in(self, month: str) -> MonthFigures:
        """The figures of the month's report as it was handed in last."""
        return self._state.issues[month][-1].figures

    def quote(self, month: str, until: datetime) -> Quoted:
        """The month's figures of all entries so far, judged at that instant: as `projections.answers.reports.quote`.

        Incidents and items stand in the order in which the product reads them from its rows: that of their keys.
        """
        state, asked = self._state, Month.parse(month)
        register = self._books.register
        issues = [issue for found in state.issues.values() for issue in found]
        restatements = [each for found in state.restatements.values() for each in found]
        figures = month_figures(
            register,
            asked,
            incidents=sorted(register.incidents.values(), key=lambda each: each.incident),
            items=sorted(state.items_of(asked), key=lambda each: (each.level, each.month, each.positions[0])),
            until=until,
            after_issue=after_issue(
                month, issues, restatements, partial(terms_of, register), partial(tax_terms_of, register)
            ),
            earlier=MonthsBefore(register, state.items_of, accepted_figures(issues), until).before(asked),
        )
        return Quoted(figures=figures, position=self._position, until=until, rules_version=RULES_VERSION)
