"""A figure over a change of the weights: an hour before it counts for as much as one after it (C7, C12, K1).

The contract is open from 9 to 17 every day: May 2025 has 248 hours, June 240. June begins with other weights.
"""

from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

import pytest
from msgspec.structs import replace

from slm_domain.availability import availability, figure, stretches
from slm_domain.facts import IncidentFacts, LevelVersion, SlaVersion
from slm_domain.figures.change import Change
from slm_domain.figures.periods import Interval
from slm_domain.month_figures import AvailabilityFigure
from slm_domain.register import Register
from slm_domain.sla import Measure, Sla
from slm_domain.stopped import Stops
from slm_domain.time_lists import time_lists
from slm_domain.windows import Windows
from tests.domain.agreement import jst, level
from tests.domain.downtimes import agreed, outage, record
from tests.domain.levels import bound

MAY, JUNE = Interval(jst(5, 1, 0), jst(6, 1, 0)), Interval(jst(6, 1, 0), jst(7, 1, 0))
BOTH = Interval(MAY.start, JUNE.end)
LATER = jst(8, 1)
JUNE_BEGINS = date(2025, 6, 1)
A_DAY_OF_ALL = outage(jst(6, 2, 9), jst(6, 2, 17))  # town and village, 8 of June's 240 hours
A_DAY_OF_THE_TOWN = outage(jst(6, 2, 9), jst(6, 2, 17), systems=("payroll",), organisations=("town",))
Weights = tuple[int, int]


def weighing(weights: Weights, of: Literal["service", "organisations"] = "organisations") -> Sla:
    """Town and village, so heavy."""
    sla = agreed()
    towns = zip(sla.municipality.organisations, weights, strict=True)
    weighed = tuple(replace(each, weight=weight) for each, weight in towns)
    return replace(
        sla,
        terms=replace(sla.terms, availability_of=of),
        municipality=replace(sla.municipality, organisations=weighed),
    )


def changing(first: Sla, second: Sla, *incidents: IncidentFacts) -> Register:
    """The first SLA up to the end of May, the second from June on."""
    register = record(first, *incidents)
    register.slas.append(SlaVersion(number=2, effective_from=JUNE_BEGINS, sla=second, digest="", position=2))
    return register


def over(register: Register, interval: Interval = BOTH) -> AvailabilityFigure:
    return availability(register, list(register.incidents.values()), interval, LATER)


def value(found: AvailabilityFigure) -> Fraction:
    assert found.ratio is not None
    return found.ratio.value


@pytest.mark.parametrize(
    ("may", "june"), [((1, 1), (1, 1)), ((1, 1), (100, 101)), ((30, 10), (3, 1)), ((3, 1), (2, 1)), ((5, 2), (1, 1))]
)
def test_what_stops_everybody_takes_its_time_whatever_anybody_weighed_before(may: Weights, june: Weights) -> None:
    # 8 of 488 hours, of town and village alike: 60/61 of the time they were up, by any weights
    assert value(over(changing(weighing(may), weighing(june), A_DAY_OF_ALL))) == Fraction(60, 61)


def test_what_stops_one_of_them_takes_as_much_as_it_weighs_when_it_stops() -> None:
    # in June the town weighs 2 of 3: 8 x 2/3 of 488 hours are lost, 1 - 16/1464
    register = changing(weighing((3, 1)), weighing((2, 1)), A_DAY_OF_THE_TOWN)
    assert value(over(register)) == 1 - Fraction(16, 1464)


def test_a_month_by_itself_is_as_it_was_agreed() -> None:
    # 4 hours of a weight for each of May, 3 for each of June; the town's 8 hours weigh 16 of June's 720
    register = changing(weighing((3, 1)), weighing((2, 1)), A_DAY_OF_THE_TOWN)
    assert [over(register, month).base for month in (MAY, JUNE)] == [timedelta(hours=992), timedelta(hours=720)]
    assert value(over(register, JUNE)) == 1 - Fraction(16, 720)


def test_a_figure_of_the_service_and_one_that_adds_organisations_count_alike() -> None:
    # in May the service as a whole, in June town and village, 1 of 2 stopped: 4 of 488 hours
    register = changing(weighing((1, 1), "service"), weighing((1, 1)), A_DAY_OF_THE_TOWN)
    assert value(over(register)) == 1 - Fraction(4, 488)


def test_the_lists_that_explain_it_add_up_to_it() -> None:
    register = changing(weighing((3, 1)), weighing((2, 1)), A_DAY_OF_THE_TOWN)
    parts = stretches(register, list(register.incidents.values()), BOTH, LATER)
    lists, found = time_lists(register, parts), figure(parts)
    together = {kind: sum((line.amount for line in lines), Fraction()) for kind, lines in lists.items()}
    assert together["down"] / (together["up"] + together["down"]) == 1 - value(found)


def test_an_error_budget_whose_guarantee_changes_with_the_weights_adds_hours_that_count_alike() -> None:
    # 1 % of May's 248 hours and 2 % of June's 240 are 7.28 hours; 8 x 2/3 are used: 73.26 % of it
    register = changing(weighing((3, 1)), weighing((2, 1)), A_DAY_OF_THE_TOWN)
    available = Measure(kind="availability_at_least", source="stops", period="month")
    register.levels["l"] = [
        LevelVersion(
            level="l",
            effective_from=begins,
            definition=replace(level("l", available), guaranteed=bound(guaranteed, "percent")),
            revision=None,
            review=None,
            position=position,
        )
        for begins, guaranteed, position in ((date(2025, 4, 1), "99", 3), (JUNE_BEGINS, "98", 4))
    ]
    budget = Windows(register, LATER).budget(BOTH)
    assert budget is not None
    assert budget.budget.used / budget.budget.allowed == Fraction(16, 3) / Fraction(728, 100)


def test_what_changed_from_a_month_of_other_weights_is_told_in_points_alone() -> None:
    # all were up in May; in June 8 of 240 hours were lost: 3.33 points. Its 24 weighted hours are none more than May's
    changed = Windows(changing(weighing((3, 1)), weighing((2, 1)), A_DAY_OF_ALL), LATER).change(MAY, JUNE)
    assert changed == Change(points=Fraction(-800, 240), down=None)
    alike = Windows(changing(weighing((30, 10)), weighing((3, 1)), A_DAY_OF_ALL), LATER).change(MAY, JUNE)
    assert alike == Change(points=Fraction(-800, 240), down=timedelta(hours=32))


def test_a_level_of_a_longer_period_is_judged_so_too() -> None:
    stops = Stops(changing(weighing((1, 1)), weighing((100, 101)), A_DAY_OF_ALL), [A_DAY_OF_ALL], LATER)
    assert value(stops.over(BOTH).availability) == Fraction(60, 61)
