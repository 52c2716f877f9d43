"""A figure from stops that earlier figures kept is the figure itself."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from slm_domain.figures.calendars import Calendar
from slm_domain.figures.downtime import DowntimeTerms, downtime_bounds
from slm_domain.figures.kept_stops import KeptStops
from slm_domain.figures.occurrences import Exclusion, ExclusionStatus, Occurrence, Outage
from slm_domain.figures.periods import Interval
from tests.figures.builders import (
    AROUND_THE_CLOCK,
    EVERY_INTERRUPTION,
    SHIMANTO,
    TEN_DAYS,
    TOWN_HALL,
    instants,
    intervals,
    jst,
    occurrences,
    outages,
    stop,
)

asked = st.tuples(
    st.one_of(st.just(TEN_DAYS), intervals()),
    instants(),
    st.sampled_from([TOWN_HALL, AROUND_THE_CLOCK]),
    st.sampled_from([SHIMANTO, EVERY_INTERRUPTION, replace(SHIMANTO, stop_length="whole")]),
)


def contested(found: list[Occurrence], fewer: list[Outage] | None, apart: list[Outage]) -> list[Occurrence]:
    """The occurrences; with `fewer` the least that is claimed of each, and each with work that stands apart."""
    least = None if fewer is None else tuple(fewer)
    return [replace(each, lowest=least, apart=tuple(apart)) for each in found]


some_outages = st.lists(outages(), max_size=2)
drawn = st.builds(contested, occurrences(), st.none() | some_outages, some_outages)


@given(drawn, st.lists(asked, min_size=2, max_size=6), st.booleans())
def test_whatever_was_asked_before_the_figure_is_the_same(
    found: list[Occurrence],
    questions: list[tuple[Interval, datetime, Calendar, DowntimeTerms]],
    anew: bool,
) -> None:
    kept = KeptStops()
    for period, until, calendar, terms in questions:
        own = [replace(each) for each in found] if anew else found
        before = downtime_bounds(found, period=period, until=until, calendar=calendar, terms=terms)
        assert before == downtime_bounds(own, period=period, until=until, calendar=calendar, terms=terms, kept=kept)


def test_a_stop_with_an_exclusion_is_looked_at_once_though_its_claims_are_worked_out_again() -> None:
    kept = KeptStops()
    claim = Exclusion(ground="planned", status=ExclusionStatus.ACCEPTED, start=jst(4, 22, 10))
    first, again = (
        downtime_bounds(
            [replace(stop("over", jst(4, 22, 9), jst(4, 22, 11)), exclusions=(replace(claim),))],
            period=TEN_DAYS,
            until=jst(5, 8),
            calendar=TOWN_HALL,
            terms=SHIMANTO,
            kept=kept,
        )
        for _ in range(2)
    )
    assert again.picked.stops[0] is first.picked.stops[0]
    assert first.unexcluded is not None
    assert again.unexcluded is not None
    assert again.unexcluded.stops[0] is first.unexcluded.stops[0]


def test_a_stop_that_its_period_holds_whole_is_looked_at_once() -> None:
    kept = KeptStops()
    over = stop("over", jst(4, 22, 9), jst(4, 22, 11))
    for period in (TEN_DAYS, Interval(jst(4, 22), jst(4, 23))):
        bounds = downtime_bounds([over], period=period, until=jst(5, 8), calendar=TOWN_HALL, terms=SHIMANTO, kept=kept)
        first = downtime_bounds([over], period=TEN_DAYS, until=jst(5, 8), calendar=TOWN_HALL, terms=SHIMANTO, kept=kept)
        assert bounds.picked.stops[0] is first.picked.stops[0]
