"""Levels whose values change inside a month: what the month's one line of a level cannot say (C12, S12)."""

from collections.abc import Iterable
from datetime import date

import msgspec

from slm_domain.figures.periods import Month
from slm_domain.register import Register
from slm_domain.sla import Bound


class LevelChangeAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """From which day of the month on a level has other values than its line shows; `retired`: none any more.

    What begins from that day on is judged by these values (C12).
    """

    level: str
    effective_from: date
    guaranteed: Bound | None
    target: Bound | None
    retired: bool = False


def changes_within(register: Register, month: Month, levels: Iterable[str]) -> tuple[LevelChangeAnswer, ...]:
    """The changes inside the month, level by level and day by day, apart from the version that the month shows."""
    days = register.days_of(month)
    found: list[LevelChangeAnswer] = []
    for level in levels:
        shown = register.level_on(level, days.first) or register.level_on(level, days.last)
        begins = {version.effective_from for version in register.levels.get(level, ())}
        for day in sorted(each for each in begins if days.first < each <= days.last):
            version = register.level_on(level, day)
            if version is shown:
                continue
            definition = None if version is None else version.definition
            found.append(
                LevelChangeAnswer(
                    level=level,
                    effective_from=day,
                    guaranteed=None if definition is None else definition.guaranteed,
                    target=None if definition is None else definition.target,
                    retired=definition is None,
                )
            )
    return tuple(found)
