"""Calendars that figures can rest on: hours on some day, breaks inside them, each day said once, changes in order."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from slm_api.documents.draft import Draft
from slm_api.documents.finding import Path
from slm_api.documents.hours import WEEKDAYS, Week, week
from slm_api.documents.reasons import Said
from slm_api.documents.saying import needless, undefined
from slm_domain.sla import Words


def calendars_named_are_defined(draft: Draft) -> Iterator[Said]:
    """Availability, support and an organisation's own hours each name a calendar of the document (A1, A33)."""
    calendars = draft.tree.get("calendars")
    if not isinstance(calendars, dict):
        return
    named: list[tuple[Path, object]] = [
        (("availability_calendar",), draft.written("availability_calendar")),
        (("support_calendar",), draft.written("support_calendar")),
        *(((*path, "calendar"), each.calendar) for path, each in draft.organisations.items()),
    ]
    for path, name in named:
        if isinstance(name, str) and name not in calendars:
            yield path, *undefined(name, set(calendars), "calendars", "カレンダー")


def calendars_have_hours(draft: Draft) -> Iterator[Said]:
    """A base of zero gives no figure in any month (C6), so a calendar without hours, from some day on too, is wrong."""
    for path, hours in weekly_hours(draft):
        written = any(draft.written(*path, weekday) for weekday in WEEKDAYS)
        misspelt = written and not any(shifts for _, shifts in week(hours))  # that is told by itself
        if not misspelt and not any(_open_minutes(shifts, hours.breaks) for _, shifts in week(hours)):
            yield (
                path,
                Words(ja="時間帯が一つもありません", en="This calendar has no hours at all"),
                Words(
                    ja='曜日ごとに時間帯を書いてください(例 mon: "08:30-17:15")',
                    en='Write the shifts of each weekday, like mon: "08:30-17:15"',
                ),
            )


def breaks_lie_inside_hours(draft: Draft) -> Iterator[Said]:
    """A break that is in no shift of any day cuts out nothing, so another time was meant."""
    for path, hours in weekly_hours(draft):
        shifts = [shift for _, of_day in week(hours) for shift in of_day]
        for pause in hours.breaks if shifts else ():
            if not any(shift[:5] <= pause[:5] and pause[-5:] <= shift[-5:] for shift in shifts):
                yield (
                    (*path, "breaks"),
                    Words(
                        ja=f"休憩 {pause} はどの時間帯の中にもありません", en=f"The break {pause} is inside no shift"
                    ),
                    Words(ja="時間帯の中の時刻にしてください", en="Let it begin and end inside the hours of some day"),
                )


def days_are_said_once(draft: Draft) -> Iterator[Said]:
    """A special day has one set of hours, and is not closed as well."""
    for path, hours in draft.calendars.items():
        seen = set()
        days = [((*path, "special_days", index, "day"), each.day) for index, each in enumerate(hours.special_days)]
        days += [((*path, "also_closed", index), day) for index, day in enumerate(hours.also_closed)]
        for place, day in days:
            if day in seen:
                yield (
                    place,
                    Words(ja=f"{day} は既に書かれています", en=f"{day} is already written"),
                    Words(ja="一日につき一つだけ残してください", en="Keep one entry for each day"),
                )
            seen.add(day)


def special_days_keep_hours_after_their_breaks(draft: Draft) -> Iterator[Said]:
    """Breaks are cut out of special days too; a day of which nothing is left should be written as a closed one."""
    for path, hours in draft.calendars.items():
        for index, each in enumerate(hours.special_days):
            if each.hours and not _open_minutes(each.hours, hours.breaks):
                yield (
                    (*path, "special_days", index, "hours"),
                    Words(ja="休憩を除くと時間帯が残りません", en="Nothing is left of these hours after the breaks"),
                    Words(
                        ja="時間帯を直すか、閉庁日なら hours を消してください",
                        en="Write other hours, or none for a closed day",
                    ),
                )


def changes_of_hours_are_in_order(draft: Draft) -> Iterator[Said]:
    """Each change begins after the one before it."""
    for path, hours in draft.calendars.items():
        for index, (earlier, later) in enumerate(pairwise(hours.changes), start=1):
            if later.effective_from <= earlier.effective_from:
                yield (
                    (*path, "changes", index, "effective_from"),
                    Words(
                        ja=f"{later.effective_from} は前の変更の {earlier.effective_from} より後ではありません",
                        en=f"{later.effective_from} is not after the change before it, {earlier.effective_from}",
                    ),
                    Words(ja="早い順に、一日一つにしてください", en="Order changes by day, one for each day"),
                )


def the_provider_has_no_hours_of_its_own(draft: Draft) -> Iterator[Said]:
    """Calendars, weights and shares of the fee are those of municipalities (A33, C24, K1)."""
    members = draft.written("provider", "organisations")
    for index, member in enumerate(members if isinstance(members, list) else ()):
        for field in ("calendar", "weight", "fee_share_percent"):
            value = member.get(field) if isinstance(member, dict) else None
            if value is not None and not (field == "weight" and value == 1):
                yield (
                    ("provider", "organisations", index, field),
                    *needless(field, ja="受注者の団体", en="an organisation of the provider"),
                )


def open_minutes_a_week(hours: Week) -> int:
    """The opening minutes of a week, after its breaks."""
    return sum(_open_minutes(shifts, hours.breaks) for _, shifts in week(hours))


def weekly_hours(draft: Draft) -> Iterator[tuple[Path, Week]]:
    """The hours of every calendar, and those of its later changes, with their places."""
    for path, hours in draft.calendars.items():
        yield path, hours
        for index, change in enumerate(hours.changes):
            yield (*path, "changes", index), change


def _open_minutes(shifts: Iterable[str], breaks: Iterable[str]) -> int:
    """The minutes of the shifts that no break cuts out. Breaks do not overlap; that is told by itself."""
    pauses = [_minutes(pause) for pause in breaks]
    total = 0
    for start, end in map(_minutes, shifts):
        total += end - start - sum(max(0, min(end, last) - max(start, first)) for first, last in pauses)
    return total


def _minutes(shift: str) -> tuple[int, int]:
    return int(shift[:2]) * 60 + int(shift[3:5]), int(shift[6:8]) * 60 + int(shift[9:11])


CALENDAR_RULES: tuple[Callable[[Draft], Iterable[Said]], ...] = (
    calendars_named_are_defined,
    calendars_have_hours,
    breaks_lie_inside_hours,
    days_are_said_once,
    special_days_keep_hours_after_their_breaks,
    changes_of_hours_are_in_order,
    the_provider_has_no_hours_of_its_own,
)
