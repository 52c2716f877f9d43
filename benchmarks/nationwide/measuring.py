"""The measurements of a contract's year: backups, checks of jobs, calls at the desk, changes, meetings, grades.

How often each level is measured depends on its key and the size of the municipality; what a measurement says depends
on the level's kind alone, as in the product (`slm_domain.measures.needs`).
"""

from calendar import SATURDAY
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

import msgspec

from benchmarks.nationwide.agreements import EQUIPMENT
from benchmarks.nationwide.book import ACCEPTED_OF_TEN, DECIDED_OF_TEN, Book, days_of_year, is_open, opening_day
from benchmarks.nationwide.country import Size
from benchmarks.nationwide.wording import CORRECTED
from slm_domain.commands.exemptions import AcceptExemption, ClaimExemption, RejectExemption
from slm_domain.commands.service_level import CorrectMeasurement, RecordMeasurement
from slm_domain.measures import needs
from slm_domain.sla import Level

# Measured every day that the level or the office asks for: so often a day, by size.
_A_DAY: dict[str, dict[Size, int]] = {
    "data-backup": {"village": 1, "town": 1, "city": 4, "metropolis": 6},
    "generation-ledger": {"village": 1, "town": 1, "city": 3, "metropolis": 6},
    "job-execution": {"village": 1, "town": 2, "city": 5, "metropolis": 8},
    "39-answered-within-30s": {"village": 1, "town": 1, "city": 1, "metropolis": 1},
    "39-abandoned": {"village": 1, "town": 1, "city": 1, "metropolis": 1},
}
# Measured so often a year, on opening days.
_A_YEAR: dict[str, dict[Size, int]] = {
    "access-rights": {"village": 12, "town": 30, "city": 90, "metropolis": 220},
    "software-configuration": {"village": 4, "town": 8, "city": 20, "metropolis": 45},
    "hardware-configuration": {"village": 2, "town": 3, "city": 6, "metropolis": 12},
    "licence-versions": {"village": 2, "town": 4, "city": 10, "metropolis": 20},
    "manuals-media": {"village": 2, "town": 3, "city": 6, "metropolis": 10},
    "system-backup": {"village": 4, "town": 8, "city": 20, "metropolis": 45},
    "job-registration": {"village": 4, "town": 12, "city": 30, "metropolis": 60},
    "job-schedule": {"village": 2, "town": 6, "city": 12, "metropolis": 24},
    "restore-work": {"village": 1, "town": 2, "city": 4, "metropolis": 8},
    "41-notice-of-planned-stops": {"village": 1, "town": 2, "city": 3, "metropolis": 4},
    "40-accident-responsibility": {"village": 1, "town": 1, "city": 1, "metropolis": 1},
    "backup-data-form": {"village": 1, "town": 1, "city": 2, "metropolis": 2},
    "yearly-calendar": {"village": 1, "town": 1, "city": 1, "metropolis": 1},
    "usability": {"village": 1, "town": 1, "city": 1, "metropolis": 2},
}
_A_MONTH = 12  # all others: once a month
_MISSES, _DAILY_MISSES = 20, 2  # of a thousand measurements


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A measurement as it is to be recorded: which one, of what, and whether it turns out well."""

    code: str
    day: date
    clock: time
    within: int
    good: bool
    organisation: str | None
    system: str | None


RETIRED = "access-rights"


def measure(book: Book, retired_from: date | None) -> None:
    """Write down every measurement of the year, the corrections of some, and the claims on some misses.

    `retired_from` is the day from which the level `RETIRED` is no longer measured, if it is retired.
    """
    for level in book.sla.levels:
        if needs(level.measure, book.sla.terms.lead_kind) is None:
            continue
        for taken in _taken(book, level):
            if level.key != RETIRED or retired_from is None or taken.day < retired_from - timedelta(days=5):
                _record(book, level, taken)


def _taken(book: Book, level: Level) -> Iterator[Taken]:
    size = book.who.lead.size
    often = _A_DAY.get(level.key)
    if often is not None and not (size == "village" and level.key == "generation-ledger"):
        for day in days_of_year(book.last_day):
            if _expected(level, day):
                for number in range(1, often[size] + 1):
                    yield from _of_whom(book, level, f"{day}-{number}", day, number)
        return
    times = _A_YEAR.get(level.key, {}).get(size, _A_MONTH)
    days = [day for day in days_of_year(book.last_day) if is_open(day)]
    for number in range(times):
        day = days[(number * len(days) + book.chance.randrange(len(days))) // times % len(days)]
        yield from _of_whom(book, level, f"{number + 1:03}", day, number + 1)


def _expected(level: Level, day: date) -> bool:
    """Whether the level is measured that day: its scheduled days, every day of a desk, or opening days."""
    if level.measure.period_days == "calendar" or level.key.startswith("39-"):
        return True
    if level.key in {"data-backup", "generation-ledger"}:
        return 1 <= day.weekday() <= SATURDAY
    return is_open(day)


def _of_whom(book: Book, level: Level, code: str, day: date, number: int) -> Iterator[Taken]:
    """Once, or once for each organisation or system that the level is judged for."""
    at_night = level.key in {"data-backup", "generation-ledger"}
    clock, within = (time(2, 0), 150) if at_night else (time(9, 0), 480)
    measured = level.measure
    whom: list[tuple[str | None, str | None]] = [(None, None)]
    if measured.per == "organisation":
        whom = [(member.code, None) for member in book.who.members]
    elif measured.systems or measured.per == "system":
        whom = [(None, system) for system in measured.systems or tuple(each.code for each in book.sla.systems)]
    elif at_night and number <= len(book.sla.systems):
        whom = [(None, book.sla.systems[number - 1].code)]
        if whom[0][1] == EQUIPMENT:
            whom = [(None, None)]
    for place, (organisation, system) in enumerate(whom, 1):
        named = code if len(whom) == 1 else f"{code}-{place}"
        good = book.chance.randrange(1000) >= (_DAILY_MISSES if level.key in _A_DAY else _MISSES)
        yield Taken(
            code=named, day=day, clock=clock, within=within, good=good, organisation=organisation, system=system
        )


def _record(book: Book, level: Level, taken: Taken) -> None:
    happened = book.moment(taken.day, taken.clock, within=taken.within)
    says, lasts = _says(book, level, good=taken.good)
    occurred = happened + lasts
    start_end = {}
    if "start" in says:
        start_end = {"start": happened, "end": occurred}
        says = {name: value for name, value in says.items() if name != "start"}
        if level.measure.kind == "lead_at_least":
            occurred = happened  # a registration for a run that is still to come
    at = book.noted(occurred)
    if at.date() > book.last_day:
        return
    key = f"{level.key}.{taken.code}"
    facts: dict[str, Any] = dict(
        level=level.key, measurement=taken.code, organisation=taken.organisation, system=taken.system, **start_end
    )
    book.write(
        at,
        RecordMeasurement,
        "provider",
        key,
        occurred_at=occurred,
        remark="再実行の上、確認した。" if not taken.good and book.often(20) else None,
        **facts,
        **says,
    )
    if book.chance.randrange(400) == 0:
        corrected = book.working_moment(opening_day(at.date() + timedelta(days=1), book.chance.randint(0, 30)))
        reason = book.chance.choice(CORRECTED)
        book.write(
            corrected,
            CorrectMeasurement,
            "provider",
            f"{key}.correct",
            occurred_at=occurred,
            reason=reason,
            **facts,
            **says,
        )
    if not taken.good and level.measure.kind in {"duration_at_most", "obligation"} and book.often(20):
        _claim(book, level, taken)


def _claim(book: Book, level: Level, taken: Taken) -> None:
    """The provider says why a miss should not count against it; accepted, rejected or left open."""
    exemption = f"x-{taken.code}"
    at = book.working_moment(opening_day(taken.day + timedelta(days=8)))
    decided = book.working_moment(opening_day(at.date() + timedelta(days=1), 3))
    named: dict[str, Any] = {"level": level.key, "exemption": exemption}
    book.write(
        at,
        ClaimExemption,
        "provider",
        f"{level.key}.{exemption}",
        subject=taken.code,
        ground="municipality-default",
        reason="発注者の指示を待っていた。",
        **named,
    )
    drawn = book.chance.randrange(10)
    if drawn < ACCEPTED_OF_TEN:
        book.write(decided, AcceptExemption, "municipality", f"{level.key}.{exemption}.accept", **named)
    elif drawn < DECIDED_OF_TEN:
        reason = "指示は期限内に行っている。"
        book.write(decided, RejectExemption, "municipality", f"{level.key}.{exemption}.reject", reason=reason, **named)


def _says(  # noqa: PLR0911 -- one line for each kind
    book: Book, level: Level, *, good: bool
) -> tuple[dict[str, Any], timedelta]:
    """What a measurement of the level says, and how long it took."""
    wanted = needs(level.measure, book.sla.terms.lead_kind)
    match wanted:
        case "start and end":
            if level.measure.kind == "lead_at_least":
                return {"start": True}, book.minutes(1000, 3000) if not good else book.minutes(4500, 9000)
            return {"start": True}, _lasts(book, level, good=good)
        case "start, end and met":
            return {"start": True, "met": good}, book.minutes(20, 200)
        case "met":
            return {"met": good}, timedelta()
        case "part and whole":
            whole = book.chance.randint(20, 200)
            much = level.measure.kind == "ratio_at_least"
            missed = book.chance.randint(0, whole // 25) if good else book.chance.randint(whole // 6, whole // 3)
            return {"part": whole - missed if much else missed, "whole": whole}, timedelta()
        case "grade":
            (scale,) = (scale for scale in book.sla.scales if scale.code == level.measure.scale)
            grades = [each.grade for each in scale.grades]
            return {"grade": max(grades) if good else min(grades)}, timedelta()
        case _:
            return {"succeeded": good}, timedelta()


def _lasts(book: Book, level: Level, *, good: bool) -> timedelta:
    """A duration inside the guaranteed value, or beyond it."""
    bound = level.guaranteed
    if bound is None:
        return book.minutes(1, 60)
    minutes = int(bound.amount) * {"minutes": 1, "hours": 60, "days": 1440, "months": 43200}.get(bound.unit, 1)
    return book.minutes(1, max(2, minutes * 6 // 10)) if good else book.minutes(minutes + 10, minutes * 2 + 20)
