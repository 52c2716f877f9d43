"""The months before a month, for the rules of money that look back: repeated breaches, caps of twelve months (C16).

They come about by the same figures as any month, from the same register, judged until the same instant.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from slm_domain.charged_month import EarlierMonth, is_freed, periods_ended
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import Month
from slm_domain.items import Item
from slm_domain.month import month_figures
from slm_domain.month_figures import MonthFigures
from slm_domain.paying import fee_charged
from slm_domain.register import Register
from slm_domain.sla import RepeatBreach, Sla

_TWELVE_MONTHS = 12


def months_looked_back(sla: Sla) -> int:
    """How many months, the month itself included, the SLA's rules look at: 1 where none looks back."""
    repeated = [rule.within_months for rule in sla.deductions if isinstance(rule, RepeatBreach)]
    rolling = [_TWELVE_MONTHS] if sla.terms.rolling_cap_percent is not None else []
    return max([1, *repeated, *rolling])


def _paid_share(figures: MonthFigures) -> Fraction:
    return Fraction(0) if figures.payment_share is None else figures.payment_share.value


def any_looks_back(register: Register) -> bool:
    """Whether a change in one month can change the money of a later one."""
    return any(months_looked_back(version.sla) > 1 for version in register.slas)


class MonthsBefore:
    """The months before each month of a contract, every one computed once.

    `items_of` brings the items that a month's figures need, `accepted` the figures of a month's accepted report: they
    stand for the month where money does not follow a correction (C20). Else the month counts as now known.
    """

    def __init__(
        self,
        register: Register,
        items_of: Callable[[Month], Sequence[Item]],
        accepted: Mapping[str, MonthFigures],
        until: datetime,
    ) -> None:
        self._register = register
        self._items_of = items_of
        self._accepted = accepted
        self._until = until
        self._known: dict[Month, EarlierMonth] = {}

    def before(self, month: Month) -> tuple[EarlierMonth, ...]:
        """The months that the month's rules look back at, in order; none where no rule does."""
        if not any_looks_back(self._register) or not self._register.has_served_day(month):
            return ()
        first = month.plus(1 - months_looked_back(self._sla(month)))
        months = [each for each in self._register.months(self._until) if first <= each < month]
        return tuple(self._of(each) for each in months)

    def _of(self, month: Month) -> EarlierMonth:
        found = self._known.get(month)
        if found is None:
            sla = self._sla(month)
            figures = self._accepted.get(str(month)) if sla.terms.money_follows_correction == "no" else None
            found = self._known[month] = self._earlier(month, sla, figures or self._figures(month))
        return found

    def _earlier(self, month: Month, sla: Sla, figures: MonthFigures) -> EarlierMonth:
        return EarlierMonth(
            month=month,
            net=fee_charged(sla, month, with_tax=False),
            gross=fee_charged(sla, month, with_tax=True),
            credited_share=figures.share.value + _paid_share(figures),
            breached=frozenset(
                level.level
                for level in figures.levels
                if level.verdict is Verdict.BREACH
                and not level.freed
                and periods_ended(self._register, sla, month, level.level)
                and not is_freed(self._register, sla, month, level)
            ),
        )

    def _figures(self, month: Month) -> MonthFigures:
        return month_figures(
            self._register,
            month,
            incidents=list(self._register.incidents.values()),
            items=self._items_of(month),
            until=self._until,
            earlier=self.before(month),
        )

    def _sla(self, month: Month) -> Sla:
        first = min(version.effective_from for version in self._register.slas)
        return self._register.sla_on(max(self._register.days_of(month).first, first))
