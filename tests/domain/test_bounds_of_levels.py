"""Between which limits a level's value lies while times are contested, known by reports only, or still to come (C23).

June 2025 has 30 days of 8 opening hours, 9 to 17: 240 h. Two faults:

- contested, 5 June from 10:00: to 12:00 by the municipality, whose word the figure takes, to 10:40 by the provider;
- reported, 10 June from 10:00: at 12:00 still stopped, over by a report of 16:00.
"""

from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.facts import IncidentFacts, Settled, Statement
from slm_domain.figures.judgement import Verdict
from slm_domain.measured_values import exact
from slm_domain.month_figures import LevelFigure, NamedValue
from slm_domain.sla import Allowance, Level, Terms
from tests.domain.agreement import jst
from tests.domain.downtimes import excluded, outage, still_stopped
from tests.domain.levels import LATER, bound, contract, judged, result

HOUR, MINUTE = 3600, 60
BY_PROVIDER = Statement(side="provider", started_at=None, ended_at=jst(6, 5, 10, 40), corrects=False, position=9)
CONTESTED = outage(jst(6, 5, 10), jst(6, 5, 12), code="contested")
CONTESTED = replace(CONTESTED, statements=(*CONTESTED.statements, BY_PROVIDER))
REPORTED = outage(
    jst(6, 10, 10), jst(6, 10, 16), code="reported", known_by="report", reports=still_stopped(jst(6, 10, 12))
)
SETTLED = [
    replace(each, settled=Settled(started_at=each.detected_at, ended_at=end, position=30))
    for each, end in ((CONTESTED, jst(6, 5, 11, 20)), (REPORTED, jst(6, 10, 13)))
]

RECOVERY = judged("mean_at_most", bound("3", "hours"), source="incidents", start="detected", end="recovered")
MEAN_STOP = judged("mean_at_most", bound("3", "hours"), source="stops")
BETWEEN = judged("time_between_failures_at_least", bound("100", "hours"), source="stops")
NUMBER = judged("count_at_most", bound("2", "count"), source="stops")
LONGEST = judged("duration_at_most", bound("7", "hours"), source="incidents", start="detected", end="recovered")
IN_TIME = judged(
    "ratio_at_least", bound("50", "percent"),
    source="incidents", start="detected", end="recovered", within=bound("90", "minutes"),
)  # fmt: skip


def told(
    level: Level, *incidents: IncidentFacts, until: datetime = LATER, **terms: Any
) -> tuple[object, object, object]:
    """The lower limit, the figure and the upper limit; None where there is no limit."""
    found = figure(level, *incidents, until=until, **terms)
    return exact(found.lowest), exact(found.measured), exact(found.highest)


def figure(level: Level, *incidents: IncidentFacts, until: datetime = LATER, **terms: Any) -> LevelFigure:
    return result(contract(level, *incidents, terms=Terms(**terms)), until=until)


def test_a_mean_lies_between_those_of_the_shortest_and_of_the_longest_times() -> None:
    # (2 h + 6 h) / 2 = 4 h is the most; (40 min + 2 h) / 2 = 80 min the least
    assert told(RECOVERY, CONTESTED, REPORTED) == (80 * MINUTE, 4 * HOUR, 4 * HOUR)
    assert told(RECOVERY, CONTESTED, REPORTED, contested_times="provider") == (
        80 * MINUTE, (40 * MINUTE + 6 * HOUR) // 2, 4 * HOUR,
    )  # fmt: skip


def test_a_mean_of_stops_has_the_bounds_of_their_counted_times() -> None:
    assert told(MEAN_STOP, CONTESTED, REPORTED) == (80 * MINUTE, 4 * HOUR, 4 * HOUR)


def test_a_stop_that_may_be_too_short_may_leave_the_mean() -> None:
    # From 60 minutes on it is a stop. The reported one surely is, from 2 h to 6 h. The contested one may be none; if it
    # is one, it lasts 1 h to 2 h. Least: (2 h + 1 h) / 2 = 90 min; most: the reported one alone, 6 h.
    assert told(MEAN_STOP, CONTESTED, REPORTED, min_stop_minutes=60) == (90 * MINUTE, 4 * HOUR, 6 * HOUR)


def test_the_number_of_stops_lies_between_those_that_surely_count_and_those_that_may() -> None:
    assert told(NUMBER, CONTESTED, REPORTED, min_stop_minutes=60) == (1, 2, 2)
    by_provider = told(NUMBER, CONTESTED, REPORTED, min_stop_minutes=60, contested_times="provider")
    assert by_provider == (1, 1, 2)
    assert told(NUMBER, CONTESTED, REPORTED) == (None, 2, None)  # without a minimum both surely count: no bounds


def test_the_time_between_failures_lies_between_its_least_up_time_by_most_failures_and_the_reverse() -> None:
    # 240 h - 8 h = 232 h for two; at the most 240 h - 2 h = 238 h, for the reported one alone
    assert told(BETWEEN, CONTESTED, REPORTED, min_stop_minutes=60) == (116 * HOUR, 116 * HOUR, 238 * HOUR)
    # without a minimum both count: 240 h less 40 min and 2 h, 237 h 20 min, for two: 118 h 40 min
    assert told(BETWEEN, CONTESTED, REPORTED) == (116 * HOUR, 116 * HOUR, 118 * HOUR + 40 * MINUTE)


def test_the_longest_time_lies_between_the_longest_that_is_certain_and_the_longest_that_is_possible() -> None:
    assert told(LONGEST, CONTESTED, REPORTED) == (2 * HOUR, 6 * HOUR, 6 * HOUR)


def test_what_was_in_time_by_one_claim_and_late_by_the_other_bounds_the_ratio_and_decides_nothing() -> None:
    # within 90 minutes: by the provider the contested one was, the reported one lasted 2 h at the least
    assert told(IN_TIME, CONTESTED, REPORTED) == (0, 0, Fraction(1, 2))
    by_provider = told(IN_TIME, CONTESTED, REPORTED, contested_times="provider")
    assert by_provider == (0, Fraction(1, 2), Fraction(1, 2))
    assert figure(IN_TIME, CONTESTED, REPORTED).verdict is Verdict.BREACH
    assert figure(IN_TIME, CONTESTED, REPORTED, contested_times="provider").verdict is Verdict.MET_GUARANTEE


@pytest.mark.parametrize("level", [RECOVERY, MEAN_STOP, BETWEEN, NUMBER, LONGEST, IN_TIME])
def test_settled_times_leave_no_bounds(level: Level) -> None:
    found = figure(level, *SETTLED, min_stop_minutes=60)
    assert found.lowest in {None, found.measured}
    assert found.highest in {None, found.measured}


# --- While it is open


STILL = outage(jst(6, 30, 9), code="still")  # nothing is reported of it since
NEXT_MORNING = jst(7, 1, 9)


def test_while_a_stop_is_open_its_mean_has_no_upper_limit() -> None:
    # alone: 8 h of 30 June until now, nothing of it certain
    assert told(MEAN_STOP, STILL, until=NEXT_MORNING) == (0, 8 * HOUR, None)
    # beside the reported one, 2 h at the least: (2 + 0) / 2 = 1 h
    assert told(MEAN_STOP, REPORTED, STILL, until=NEXT_MORNING) == (HOUR, 6 * HOUR, None)


def test_an_open_stop_that_began_in_opening_hours_surely_counts_where_no_minimum_is_agreed() -> None:
    assert told(NUMBER, STILL, until=NEXT_MORNING) == (None, 1, None)
    assert told(NUMBER, STILL, until=NEXT_MORNING, min_stop_minutes=60) == (0, 1, 1)
    at_night = outage(jst(6, 29, 20), code="still")  # it may have been over before the office opened
    assert told(NUMBER, at_night, until=NEXT_MORNING) == (0, 1, 1)


def test_an_open_stop_belongs_to_the_period_in_which_it_began_and_to_no_later_one() -> None:
    for level in (NUMBER, MEAN_STOP):
        july = result(contract(level, STILL, terms=Terms(min_stop_minutes=60)), "2025-07")
        assert (july.lowest, july.highest) == (None, None)


def test_where_there_may_have_been_no_failure_the_time_between_failures_has_no_upper_limit() -> None:
    # 240 h less the 8 h of 30 June; 240 h if it was over at once, and then it was a failure all the same
    assert told(BETWEEN, STILL, until=NEXT_MORNING) == (232 * HOUR, 232 * HOUR, 240 * HOUR)
    assert told(BETWEEN, STILL, until=NEXT_MORNING, min_stop_minutes=60) == (232 * HOUR, 232 * HOUR, None)


def test_of_what_is_not_done_yet_nothing_is_certain_and_it_has_no_upper_limit() -> None:
    notice = judged("duration_at_most", bound("30", "minutes"), source="incidents", start="detected", end="notified")
    assert told(notice, STILL, until=jst(6, 30, 10)) == (0, HOUR, None)


def test_the_report_that_tells_the_end_of_a_stop_never_widens_its_mean() -> None:
    before = told(MEAN_STOP, REPORTED, STILL)
    ended = Statement(side="municipality", started_at=None, ended_at=jst(6, 30, 10), corrects=False, position=9)
    over = replace(STILL, statements=(*STILL.statements, ended))
    # (2 h + 1 h) / 2 at the least, (6 h + 1 h) / 2 at the most
    assert told(MEAN_STOP, REPORTED, over) == (90 * MINUTE, 210 * MINUTE, 210 * MINUTE)
    assert (before[0], before[2]) == (HOUR, None)


def test_a_figure_names_its_bounds_as_it_names_its_value() -> None:
    found = figure(NUMBER, CONTESTED, REPORTED, min_stop_minutes=60)
    assert (found.lowest, found.highest) == (NamedValue(name="count", value="1"), NamedValue(name="count", value="2"))


def test_a_stop_that_an_allowance_may_cover_as_a_whole_may_not_count() -> None:
    # 150 minutes are allowed. The first stop was 4 h by the municipality, 1 h by the provider; of the 90 minutes after
    # it nothing is left out or all: two stops, or none
    first = outage(jst(6, 5, 10), jst(6, 5, 14), code="first", exclusions=(excluded(),))
    first = replace(first, statements=(*first.statements, replace(BY_PROVIDER, ended_at=jst(6, 5, 11))))
    second = outage(jst(6, 10, 10), jst(6, 10, 11, 30), code="second", exclusions=(excluded(positions=(30, 31)),))
    assert allowing_150_minutes(NUMBER, first, second) == (0, 2, 2)
    assert allowing_150_minutes(MEAN_STOP, first, second) == (0, 90 * MINUTE, 90 * MINUTE)
    # up are 240 h less the 5.5 h that were stopped, 422,100 s for each; where there may be no stop, nothing is above
    assert allowing_150_minutes(BETWEEN, first, second) == (422_100, 422_100, None)


def allowing_150_minutes(level: Level, *incidents: IncidentFacts) -> tuple[object, object, object]:
    register = contract(level, *incidents)
    version = register.slas[0]
    limited = replace(version.sla.grounds[0], allowance=Allowance(per="month", minutes=150))
    register.slas[0] = replace(version, sla=replace(version.sla, grounds=(limited, *version.sla.grounds[1:])))
    found = result(register)
    return exact(found.lowest), exact(found.measured), exact(found.highest)
