"""Months of a contract that begin on another day than the first (C15)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from msgspec.structs import replace

from slm_domain.facts import LevelVersion, Measured, SlaVersion
from slm_domain.figures.periods import Month
from slm_domain.items import items_of_measurement
from slm_domain.month import month_figures
from slm_domain.register import Register
from slm_domain.sla import Bound, Level, Measure, Sla, Terms, WeeklyHours
from tests.domain.agreement import SLA, jst, level, words

NINE_TO_FIVE = ("09:00-17:00",)
WEEK = WeeklyHours(
    name=words("opening"), mon=NINE_TO_FIVE, tue=NINE_TO_FIVE, wed=NINE_TO_FIVE, thu=NINE_TO_FIVE, fri=NINE_TO_FIVE
)
FROM_THE_16TH = replace(SLA, calendars={"opening": WEEK}, terms=Terms(month_first_day=16), term_from=date(2025, 4, 16))
DAILY = level(
    "daily",
    Measure(kind="count_at_least", source="measurements", period="day", period_days="calendar"),
    Bound(amount=Decimal(1), unit="count"),
)
YEARLY = level(
    "yearly",
    Measure(kind="count_at_least", source="measurements", period="fiscal_year"),
    Bound(amount=Decimal(1), unit="count"),
)


def agreed(sla: Sla = FROM_THE_16TH, *levels: Level) -> Register:
    register = Register()
    version = SlaVersion(number=1, effective_from=sla.term_from, sla=sla, digest="", position=1)
    register.slas.append(version)
    for position, definition in enumerate(levels, start=2):
        register.levels[definition.key] = [
            LevelVersion(
                level=definition.key,
                effective_from=sla.term_from,
                definition=definition,
                revision=None,
                review=None,
                position=position,
            )
        ]
    return register


def counted(key: str, at: datetime) -> Measured:
    return Measured(
        level=key, measurement=at.isoformat(), at=at, start=None, end=None, met=None, succeeded=True, positions=(9,)
    )


def test_a_month_is_named_by_the_calendar_month_in_which_it_begins() -> None:
    register = agreed()
    assert [str(register.month_of(date(2025, 5, day))) for day in (15, 16)] == ["2025-04", "2025-05"]
    days = register.days_of(Month(2025, 4))
    assert (days.first, days.last) == (date(2025, 4, 16), date(2025, 5, 15))
    interval = register.interval_of(Month(2025, 4))
    assert (interval.start, interval.end) == (jst(4, 16, 0), jst(5, 16, 0))


def test_the_months_of_the_term_are_those_that_have_begun() -> None:
    register = agreed()
    assert register.months(jst(4, 16, 0) - timedelta(microseconds=1)) == []
    assert [str(month) for month in register.months(jst(6, 15, 23))] == ["2025-04", "2025-05"]
    assert register.months(datetime(2040, 1, 1, tzinfo=UTC))[-1] == Month(2030, 3)  # to 31 March 2030: a part month


def test_a_fiscal_year_has_the_contracts_twelve_months_from_that_of_april_on() -> None:
    year = agreed().fiscal_year_of(Month(2026, 3))
    assert (year.first, year.last) == (date(2025, 4, 16), date(2026, 4, 15))


def test_a_contract_without_an_sla_has_calendar_months() -> None:
    assert Register().month_of(date(2025, 5, 15)) == Month(2025, 5)


def test_opening_days_and_hours_of_a_month_are_those_from_its_first_day_on() -> None:
    # 16 April to 15 May 2025: 22 weekdays, of them 29 April, 5 and 6 May closed (3 and 4 May are a weekend): 19 days.
    figures = month_figures(agreed(), Month(2025, 4), incidents=(), items=(), until=jst(6, 1))
    assert (figures.month, figures.opening_days, figures.opening_time) == ("2025-04", 19, timedelta(hours=19 * 8))
    assert figures.availability.base == timedelta(hours=19 * 8)


def test_an_item_belongs_to_the_contracts_month_of_its_day() -> None:
    register = agreed(FROM_THE_16TH, DAILY)
    items = [*items_of_measurement(register, counted("daily", jst(5, 15, 23)))]
    items += items_of_measurement(register, counted("daily", jst(5, 16, 0)))
    assert [item.month for item in items] == ["2025-04", "2025-05"]


def test_daily_counts_expect_the_days_of_the_contracts_month() -> None:
    register = agreed(FROM_THE_16TH, DAILY)
    days = [jst(4, day) for day in range(16, 31)] + [jst(5, day) for day in range(1, 15)]  # not on 15 May
    items = [item for at in days for item in items_of_measurement(register, counted("daily", at))]
    (figure,) = month_figures(register, Month(2025, 4), incidents=(), items=items, until=jst(6, 1)).levels
    assert [(miss.subject, miss.verdict) for miss in figure.misses] == [("2025-05-15", "breach")]


def test_a_yearly_count_is_judged_in_the_contracts_last_month_of_the_year() -> None:
    register = agreed(FROM_THE_16TH, YEARLY)
    items = [*items_of_measurement(register, counted("yearly", jst(4, 10, year=2026)))]  # still in fiscal year 2025
    verdicts = [
        month_figures(
            register, month, incidents=(), items=items if month == Month(2026, 3) else (), until=jst(5, 1, year=2026)
        )
        .levels[0]
        .verdict
        for month in (Month(2026, 2), Month(2026, 3))
    ]
    assert verdicts == ["pending", "met_guarantee"]
