"""The calendars that documents agree on, through all documents (C14, C22, A33)."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from slm_domain.facts import FixedYear, SlaVersion
from slm_domain.figures.periods import Interval
from slm_domain.register import NothingAgreedYet, Register
from slm_domain.sla import HoursChange, Organisation, Party, Sla, SpecialDay, WeeklyHours
from tests.domain.agreement import SLA, jst, words

NINE_TO_FIVE = ("09:00-17:00",)
WEEK = WeeklyHours(
    name=words("opening"), mon=NINE_TO_FIVE, tue=NINE_TO_FIVE, wed=NINE_TO_FIVE, thu=NINE_TO_FIVE, fri=NINE_TO_FIVE
)
APRIL_1 = date(2025, 4, 1)


def agreed(*versions: tuple[date, Sla]) -> Register:
    register = Register()
    for number, (begins, sla) in enumerate(versions, start=1):
        register.slas.append(SlaVersion(number=number, effective_from=begins, sla=sla, digest="", position=number))
    return register


def with_hours(**calendars: WeeklyHours) -> Sla:
    return replace(SLA, calendars=calendars)


def test_breaks_special_days_closed_days_and_changes_are_read_as_written() -> None:
    weekly = replace(
        WEEK,
        breaks=("12:00-13:00",),
        special_days=(SpecialDay(day=date(2025, 6, 8), hours=("10:00-14:00",)), SpecialDay(day=date(2025, 6, 9))),
        also_closed=(date(2025, 6, 10),),
        changes=(HoursChange(effective_from=date(2025, 6, 12), thu=("09:00-24:00",), breaks=("20:00-20:15",)),),
    )
    calendar = agreed((APRIL_1, with_hours(opening=weekly))).availability_calendar(APRIL_1)
    opened = [calendar.open_time(Interval(jst(6, day, 0), jst(6, day + 1, 0))) for day in range(8, 14)]
    # Sunday 8: 10-14 less lunch; Monday 9 has no hours; Tuesday 10 is closed; Wednesday 11: 9-17 less lunch;
    # from Thursday 12 on 9-24 less a quarter of an hour; Friday has no hours any more.
    assert opened == [
        timedelta(hours=3),
        timedelta(),
        timedelta(),
        timedelta(hours=7),
        timedelta(hours=14, minutes=45),
        timedelta(),
    ]


def test_a_calendar_runs_in_a_zone_of_its_own_where_it_names_one() -> None:
    sla = with_hours(opening=WEEK, support=replace(WEEK, time_zone="Europe/Berlin"))
    register = agreed((APRIL_1, replace(sla, support_calendar="support")))
    assert register.support_calendar(APRIL_1).zone == ZoneInfo("Europe/Berlin")
    # 2 June 2025, 09:00 in Berlin (UTC+2) is 16:00 in Japan
    assert register.support_calendar(APRIL_1).next_opening(jst(6, 2, 9)) == jst(6, 2, 16)
    assert register.availability_calendar(APRIL_1).zone == ZoneInfo("Asia/Tokyo")


def test_a_municipality_may_keep_its_own_opening_hours() -> None:
    village = Organisation(code="village", name=words("village"), calendar="short")
    towns = Party(lead="town", organisations=(Organisation(code="town", name=words("town")), village))
    sla = replace(with_hours(opening=WEEK, short=replace(WEEK, breaks=("12:00-17:00",))), municipality=towns)
    register = agreed((APRIL_1, sla))
    monday = Interval(jst(6, 2, 0), jst(6, 3, 0))
    assert register.availability_calendar(APRIL_1, "village").open_time(monday) == timedelta(hours=3)
    assert register.availability_calendar(APRIL_1, "town").open_time(monday) == timedelta(hours=8)
    assert register.availability_calendar(APRIL_1).open_time(monday) == timedelta(hours=8)


def test_a_clock_that_runs_over_the_day_a_document_takes_effect_keeps_what_it_ran() -> None:
    later = replace(WEEK, tue=("10:00-12:00",))
    register = agreed((APRIL_1, with_hours(opening=WEEK)), (date(2025, 7, 1), with_hours(opening=later)))
    # Monday 30 June from 16:00: an hour of the old hours; then Tuesday 1 July from 10:00, an hour of the new ones.
    for asked_on in (date(2025, 6, 30), date(2025, 7, 1)):
        calendar = register.availability_calendar(asked_on)
        assert calendar.add_opening_time(jst(6, 30, 16), timedelta(hours=2)) == jst(7, 1, 11)
    assert register.calendar("opening", date(2025, 7, 1)).open_time(
        Interval(jst(6, 24, 0), jst(6, 25, 0))
    ) == timedelta(hours=2)  # by its name it is the one document's, a Tuesday in June


def test_documents_that_agree_on_the_same_hours_make_one_calendar() -> None:
    register = agreed((APRIL_1, with_hours(opening=WEEK)), (date(2025, 7, 1), with_hours(opening=WEEK)))
    assert register.availability_calendar(APRIL_1).later == ()


def test_of_two_documents_from_one_day_on_the_last_agreed_counts() -> None:
    shorter = replace(WEEK, mon=("09:00-12:00",))
    register = agreed((APRIL_1, with_hours(opening=WEEK)), (APRIL_1, with_hours(opening=shorter)))
    monday = Interval(jst(6, 2, 0), jst(6, 3, 0))
    assert register.availability_calendar(APRIL_1).open_time(monday) == timedelta(hours=3)


def test_fixing_a_year_changes_the_calendars_known_before() -> None:
    register = agreed((APRIL_1, with_hours(opening=WEEK)))
    assert register.availability_calendar(APRIL_1).is_open_day(date(2025, 6, 2))
    register.fix_year(FixedYear(fiscal_year=2025, closed=(date(2025, 6, 2),), position=9))
    assert not register.availability_calendar(APRIL_1).is_open_day(date(2025, 6, 2))
    assert register.availability_calendar(APRIL_1).is_open_day(date(2025, 5, 5))  # a holiday the entry leaves open


def test_before_the_first_document_there_is_no_calendar() -> None:
    with pytest.raises(NothingAgreedYet):
        agreed((APRIL_1, with_hours(opening=WEEK))).support_calendar(date(2025, 3, 31))
