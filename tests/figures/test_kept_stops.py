"""A figure from stops that earlier figures kept is the figure itself."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from slm_domain.figures.calendars import Calendar
from slm_domain.figures.downtime import DowntimeTerms, downtime_bounds
from slm_domain.figures.kept_stops import KeptStops
from slm_domain.figures.occurrences import Occurrence
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
    stop,
)

asked = st.tuples(
    st.one_of(st.just(TEN_DAYS), intervals()),
    instants(),
    st.sampled_from([TOWN_HALL, AROUND_THE_CLOCK]),
    st.sampled_from([SHIMANTO, EVERY_INTERRUPTION, replace(SHIMANTO, stop_length="whole")]),
)


@given(occurrences(), st.lists(asked, min_size=2, max_size=6))
def test_whatever_was_asked_before_the_figure_is_the_same(
    found: list[Occurrence], questions: list[tuple[Interval, datetime, Calendar, DowntimeTerms]]
) -> None:
    kept = KeptStops()
    for period, until, calendar, terms in questions:
        before = downtime_bounds(found, period=period, until=until, calendar=calendar, terms=terms)
        assert before == downtime_bounds(found, period=period, until=until, calendar=calendar, terms=terms, kept=kept)


def test_a_stop_that_its_period_holds_whole_is_looked_at_once() -> None:
    kept = KeptStops()
    over = stop("over", jst(4, 22, 9), jst(4, 22, 11))
    for period in (TEN_DAYS, Interval(jst(4, 22), jst(4, 23))):
        bounds = downtime_bounds([over], period=period, until=jst(5, 8), calendar=TOWN_HALL, terms=SHIMANTO, kept=kept)
        first = downtime_bounds([over], period=TEN_DAYS, until=jst(5, 8), calendar=TOWN_HALL, terms=SHIMANTO, kept=kept)
        assert bounds.picked.stops[0] is first.picked.stops[0]
