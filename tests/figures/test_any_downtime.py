"""What holds of the downtime of any history: buckets, order, further outages, exclusions, bounds (C2 to C7, C23)."""

import random
from datetime import datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from slm_domain.figures.buckets import Buckets, seconds, total
from slm_domain.figures.downtime import (
    Counting,
    DowntimeTerms,
    Surroundings,
    downtime_bounds,
)
from slm_domain.figures.intervals import measure
from slm_domain.figures.occurrences import Exclusion, ExclusionStatus, Occurrence, Outage, contested
from slm_domain.figures.periods import Interval
from tests.figures.builders import (
    LATER,
    REMOVING,
    TEN_DAYS,
    TOWN_HALL,
    exclusions,
    figure_of,
    instants,
    intervals,
    occurrences,
    outages,
    terms,
    weights,
)

ACCEPTED, CLAIMED, REJECTED = ExclusionStatus.ACCEPTED, ExclusionStatus.CLAIMED, ExclusionStatus.REJECTED


some_surroundings = st.builds(
    lambda unmeasured, windows: Surroundings(unmeasured=tuple(unmeasured), excluded=tuple(windows)),
    st.lists(intervals(), max_size=2),
    st.lists(intervals(), max_size=2),
)


@given(occurrences(weights()), terms(), intervals(), instants(), some_surroundings)
def test_every_instant_of_the_period_lies_in_one_bucket(
    found: list[Occurrence], agreed: DowntimeTerms, period: Interval, until: datetime, around: Surroundings
) -> None:
    figure = figure_of(found, agreed, period, until, around)
    assert figure.buckets.period == period.length
    parts = (getattr(figure.buckets, name) for name in Buckets.__struct_fields__ if name != "lost")
    assert all(part >= timedelta() for part in parts)
    assert 0 <= figure.buckets.lost <= seconds(figure.down)
    assert figure.availability is None or 0 <= figure.availability <= 1


@given(occurrences(weights()), terms(), intervals(), instants(), some_surroundings)
def test_the_list_of_occurrences_and_the_slices_add_up_to_the_total(
    found: list[Occurrence], agreed: DowntimeTerms, period: Interval, until: datetime, around: Surroundings
) -> None:
    figure = figure_of(found, agreed, period, until, around)
    assert sum((line.counted for line in figure.lines), timedelta()) == figure.down
    assert measure(each.interval for each in figure.slices) == figure.down
    uncounted = {
        Counting.BELOW_MINIMUM,
        Counting.EXCLUDED,
        Counting.OUTSIDE_HOURS,
        Counting.UNMEASURED,
        Counting.NO_STOP,
    }
    for line in figure.lines:
        assert line.counted <= line.in_period == measure(line.intervals)
        assert not line.counted or line.counting not in uncounted


@given(occurrences(weights()), terms(), st.randoms(use_true_random=False))
def test_the_order_in_which_occurrences_are_given_does_not_matter(
    found: list[Occurrence], agreed: DowntimeTerms, chance: random.Random
) -> None:
    shuffled = chance.sample(found, len(found))
    one, other = figure_of(found, agreed), figure_of(shuffled, agreed)
    assert one.buckets == other.buckets
    assert one.slices == other.slices
    assert sorted(one.lines, key=lambda line: line.incident) == sorted(other.lines, key=lambda line: line.incident)


def as_up(agreed: DowntimeTerms) -> DowntimeTerms:
    return replace(agreed, base=replace(agreed.base, exclusions="count_as_up"))


def lowered(before: Fraction | None, after: Fraction | None) -> bool:
    return before is not None and after is not None and after < before


@given(occurrences(weights()), terms(), outages(weights()), st.lists(exclusions(), max_size=1))
def test_a_further_outage_never_raises_availability(
    found: list[Occurrence], agreed: DowntimeTerms, further: Outage, claims: list[Exclusion]
) -> None:
    counting = as_up(agreed)
    more = [*found, Occurrence(incident="further", outages=(further,), exclusions=tuple(claims))]
    assert not lowered(figure_of(more, counting).availability, figure_of(found, counting).availability)


@given(occurrences(), outages(), st.lists(exclusions(), max_size=1))
def test_a_further_outage_never_raises_availability_where_exclusions_leave_the_base(
    found: list[Occurrence], further: Outage, claims: list[Exclusion]
) -> None:
    more = [*found, Occurrence(incident="further", outages=(further,), exclusions=tuple(claims))]
    assert not lowered(figure_of(more, REMOVING).availability, figure_of(found, REMOVING).availability)


@given(occurrences(weights()).filter(bool), terms(), exclusions())
def test_accepting_an_exclusion_never_lowers_availability_where_it_counts_as_up(
    found: list[Occurrence], agreed: DowntimeTerms, claim: Exclusion
) -> None:
    counting = as_up(agreed)
    first, *rest = found

    def with_claim(status: ExclusionStatus) -> Fraction | None:
        claimed = replace(first, exclusions=(*first.exclusions, replace(claim, status=status)))
        return figure_of([claimed, *rest], counting).availability

    assert not lowered(with_claim(CLAIMED), with_claim(ACCEPTED))
    assert with_claim(CLAIMED) == with_claim(REJECTED)


@given(occurrences(weights()), terms(), instants(), some_surroundings)
def test_splitting_a_period_adds_its_time(
    found: list[Occurrence], agreed: DowntimeTerms, middle: datetime, around: Surroundings
) -> None:
    edges = sorted({TEN_DAYS.start, middle, TEN_DAYS.end})
    parts = [
        figure_of(found, agreed, Interval(*edges[number : number + 2]), surroundings=around).buckets
        for number in range(len(edges) - 1)
    ]
    assert total(parts) == figure_of(found, agreed, surroundings=around).buckets


@given(st.lists(st.lists(outages(), min_size=1, max_size=3), min_size=1, max_size=3), exclusions(), terms())
def test_bounds_contain_the_figure_whichever_claim_is_picked(
    claims: list[list[Outage]], claim: Exclusion, agreed: DowntimeTerms
) -> None:
    lowest, highest = contested([tuple(each) for each in claims], LATER)
    for picked in claims:
        found = Occurrence(incident="A-1", outages=tuple(picked), lowest=lowest, highest=highest, exclusions=(claim,))
        bounds = downtime_bounds([found], period=TEN_DAYS, until=LATER, calendar=TOWN_HALL, terms=agreed)
        assert bounds.lowest.down <= bounds.picked.down <= bounds.highest.down
        if bounds.picked.availability is not None:
            assert bounds.availability is not None
            assert bounds.availability[0] <= bounds.picked.availability <= bounds.availability[1]
