"""Small fixed values for the figures' tests, and the strategies that vary them."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from hypothesis import strategies as st
from msgspec.structs import replace

from slm_domain.figures.buckets import BaseTerms
from slm_domain.figures.calendars import TOKYO, Calendar
from slm_domain.figures.downtime import Downtime, DowntimeTerms, Surroundings, downtime
from slm_domain.figures.hours import Hours
from slm_domain.figures.occurrences import Exclusion, ExclusionStatus, Occurrence, Outage
from slm_domain.figures.periods import Interval, Month

TOWN_HALL = Calendar(hours=Hours.weekdays(time(8, 30), time(17, 15), TOKYO))
AROUND_THE_CLOCK = Calendar(hours=Hours.always(TOKYO), observes_closed_days=False)

APRIL = Month(2025, 4)
MAY = Month(2025, 5)
SIXTY_MINUTES = timedelta(minutes=60)

SHIMANTO = DowntimeTerms(base=BaseTerms(exclusions="count_as_up", unmeasured="stays_in_base"), min_stop=SIXTY_MINUTES)
EVERY_INTERRUPTION = DowntimeTerms(base=BaseTerms(exclusions="count_as_up", unmeasured="remove"))
REMOVING = DowntimeTerms(base=BaseTerms(exclusions="remove", unmeasured="remove"))


def jst(month: int, day: int, hour: int = 0, minute: int = 0, *, year: int = 2025) -> datetime:
    """A wall time in Japan."""
    return datetime(year, month, day, hour, minute, tzinfo=TOKYO)


def outage(start: datetime, end: datetime | None, weight: Fraction = Fraction(1)) -> Outage:
    return Outage(start=start, end=end, weight=weight)


def stop(incident: str, start: datetime, end: datetime | None, *exclusions: Exclusion) -> Occurrence:
    return Occurrence(incident=incident, outages=(outage(start, end),), exclusions=exclusions)


def excluded(status: ExclusionStatus, start: datetime | None = None, end: datetime | None = None) -> Exclusion:
    return Exclusion(ground="force_majeure", status=status, start=start, end=end)


def april(*occurrences: Occurrence, terms: DowntimeTerms = SHIMANTO, until: datetime | None = None) -> Downtime:
    """April 2025 of the town hall, judged on 8 May."""
    return downtime(
        occurrences,
        period=APRIL.interval(TOKYO),
        until=until if until is not None else jst(5, 8),
        calendar=TOWN_HALL,
        terms=terms,
    )


# Strategies: the minutes of 21 to 30 April 2025 in Japan, seven opening days, a weekend and a holiday among them.

EDGE = datetime(2025, 4, 20, 15, tzinfo=UTC)
MINUTES = 10 * 24 * 60
TEN_DAYS = Interval(EDGE, EDGE + timedelta(minutes=MINUTES))


def instants() -> st.SearchStrategy[datetime]:
    return st.integers(0, MINUTES).map(lambda minute: EDGE + timedelta(minutes=minute))


def intervals() -> st.SearchStrategy[Interval]:
    return (
        st.tuples(instants(), instants())
        .filter(lambda pair: pair[0] != pair[1])
        .map(lambda pair: Interval(*sorted(pair)))
    )


def outages(weights: st.SearchStrategy[Fraction] | None = None) -> st.SearchStrategy[Outage]:
    given_weights = weights if weights is not None else st.just(Fraction(1))
    return st.builds(
        lambda interval, weight, is_open: outage(interval.start, None if is_open else interval.end, weight),
        intervals(),
        given_weights,
        st.booleans(),
    )


def weights() -> st.SearchStrategy[Fraction]:
    return st.fractions(0, 1, max_denominator=7)


def exclusions() -> st.SearchStrategy[Exclusion]:
    """Of all or of a part; some leave a part of it stopped, and some come out of an allowance."""
    return st.builds(
        lambda interval, status, whole, left, limited: replace(
            excluded(status, None if whole else interval.start, None if whole else interval.end),
            left=tuple(left),
            limited=limited,
        ),
        intervals(),
        st.sampled_from(ExclusionStatus),
        st.booleans(),
        st.lists(outages(weights()), max_size=1),
        st.booleans(),
    )


def occurrences(
    weights: st.SearchStrategy[Fraction] | None = None, max_size: int = 5
) -> st.SearchStrategy[list[Occurrence]]:
    unnamed = st.tuples(st.lists(outages(weights), min_size=1, max_size=3), st.lists(exclusions(), max_size=2))
    return st.lists(unnamed, max_size=max_size).map(
        lambda found: [
            Occurrence(incident=f"incident {number}", outages=tuple(stopped), exclusions=tuple(claims))
            for number, (stopped, claims) in enumerate(found)
        ]
    )


def terms() -> st.SearchStrategy[DowntimeTerms]:
    return st.builds(
        lambda exclusions_, unmeasured, min_stop, stop_length: DowntimeTerms(
            base=BaseTerms(exclusions=exclusions_, unmeasured=unmeasured), min_stop=min_stop, stop_length=stop_length
        ),
        st.sampled_from(["remove", "count_as_up"]),
        st.sampled_from(["remove", "stays_in_base"]),
        st.sampled_from([None, SIXTY_MINUTES]),
        st.sampled_from(["clipped_to_hours", "whole"]),
    )


def days() -> st.SearchStrategy[date]:
    return st.dates(date(2019, 1, 1), date(2027, 12, 31))


LATER = EDGE + timedelta(minutes=2 * MINUTES)


def figure_of(
    found: list[Occurrence],
    terms: DowntimeTerms,
    period: Interval = TEN_DAYS,
    until: datetime = LATER,
    surroundings: Surroundings | None = None,
) -> Downtime:
    """The downtime of ten days of the town hall, judged after them, unless said otherwise."""
    return downtime(
        found,
        period=period,
        until=until,
        calendar=TOWN_HALL,
        terms=terms,
        surroundings=surroundings if surroundings is not None else Surroundings(),
    )
