"""Weekly hours: shifts per weekday, exact to the minute, neither reversed nor overlapping."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from slm_api.documents.amounts import Day
from slm_api.documents.finding import quoted, refused
from slm_api.documents.time_zone import TimeZone
from slm_api.documents.wording import Authored, Words, titled
from slm_domain.sla import Weekday

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

_SHIFT = re.compile(r"(?P<h1>[0-9]{1,2}):(?P<m1>[0-5][0-9])\s*[-–〜~]\s*(?P<h2>[0-9]{1,2}):(?P<m2>[0-5][0-9])")
_MINUTES_A_DAY = 24 * 60


def shift(value: str) -> str:
    """A shift in its canonical spelling `08:30-17:15`; `24:00` is the end of the day."""
    match = _SHIFT.fullmatch(value)
    start = int(match["h1"]) * 60 + int(match["m1"]) if match else 0
    end = int(match["h2"]) * 60 + int(match["m2"]) if match else 0
    if match is None or start >= _MINUTES_A_DAY or end > _MINUTES_A_DAY:
        raise refused(
            "not_a_shift",
            ja=f"「{quoted(value)}」は時間帯として読めません",
            en=f"“{quoted(value)}” is not a shift of hours",
            mend_ja="08:30-17:15 のように書いてください(一日の終わりは 24:00)",
            mend_en="Write it like 08:30-17:15 (24:00 is the end of the day)",
        )
    if end <= start:
        raise refused(
            "reversed_shift",
            ja=f"時間帯「{value}」は始まる前に終わっています",
            en=f"The shift “{value}” ends before it begins",
            mend_ja="終わりを始まりより後にしてください。夜をまたぐときは 22:00-24:00 と翌日の 00:00-06:00 に分けます",
            mend_en="Let it end later; hours over midnight are two shifts, 22:00-24:00 and 00:00-06:00 of the next day",
        )
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _apart(shifts: tuple[str, ...]) -> tuple[str, ...]:
    for earlier, later in pairwise(sorted(shifts)):
        if later[:5] < earlier[-5:]:
            raise refused(
                "overlapping_shifts",
                ja=f"時間帯 {earlier} と {later} が重なっています",
                en=f"The shifts {earlier} and {later} overlap",
                mend_ja="重ならないように直すか、一つにまとめてください",
                mend_en="Move them apart, or write them as one shift",
            )
    return tuple(sorted(shifts))


_SHIFT_SCHEMA = {"type": "string", "pattern": f"^{re.sub(r'[?]P<[^>]+>', '', _SHIFT.pattern)}$"}

Shift = Annotated[str, Field(strict=True, max_length=20), AfterValidator(shift)]
Shifts = Annotated[
    tuple[Shift, ...],
    BeforeValidator(_one_or_more),
    AfterValidator(_apart),
    WithJsonSchema({"anyOf": [_SHIFT_SCHEMA, {"type": "array", "items": _SHIFT_SCHEMA}]}),
]


class SpecialDay(Authored):
    """A single day with hours of its own, closed day or not; no hours: closed. Breaks are cut out of it too."""

    day: Annotated[Day, titled("日", "Day")]
    hours: Annotated[Shifts, titled("時間帯", "Hours of this day; none: closed")] = ()


class Week(Authored):
    """The shifts of each weekday, and the breaks that are cut out of every day (A1)."""

    mon: Annotated[Shifts, titled("月曜日", "Monday")] = ()
    tue: Annotated[Shifts, titled("火曜日", "Tuesday")] = ()
    wed: Annotated[Shifts, titled("水曜日", "Wednesday")] = ()
    thu: Annotated[Shifts, titled("木曜日", "Thursday")] = ()
    fri: Annotated[Shifts, titled("金曜日", "Friday")] = ()
    sat: Annotated[Shifts, titled("土曜日", "Saturday")] = ()
    sun: Annotated[Shifts, titled("日曜日", "Sunday")] = ()
    breaks: Annotated[Shifts, titled("休憩", "Breaks, cut out of every day")] = ()


class HoursChange(Week):
    """Other weekly hours from a day on. What a clock has accumulated before is kept (C14)."""

    effective_from: Annotated[Day, titled("適用開始日", "First day of these hours")]


class WeeklyHours(Week):
    """Weekly hours as shifts per weekday; a break is the gap between two shifts, or one of the `breaks` (A1)."""

    name: Annotated[Words, titled("名称", "Name")]
    closed: Annotated[
        Literal["japanese_municipal", "never"],
        titled("閉庁日", "Closed days: those fixed for each fiscal year (C22), or none"),
    ] = "japanese_municipal"
    special_days: Annotated[tuple[SpecialDay, ...], titled("特別な日", "Single days with hours of their own")] = ()
    also_closed: Annotated[tuple[Day, ...], titled("その他の閉庁日", "Further closed days of this calendar alone")] = ()
    changes: Annotated[tuple[HoursChange, ...], titled("時間帯の変更", "Other weekly hours from a day on")] = ()
    time_zone: Annotated[TimeZone | None, titled("時間帯(IANA)", "Time zone, where not the document's")] = None


def week(hours: Week) -> Iterator[tuple[Weekday, tuple[str, ...]]]:
    """The shifts of each weekday, as agreed: before breaks are cut out."""
    yield from (("mon", hours.mon), ("tue", hours.tue), ("wed", hours.wed), ("thu", hours.thu))
    yield from (("fri", hours.fri), ("sat", hours.sat), ("sun", hours.sun))
