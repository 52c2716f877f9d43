"""An allowance pays for what would else be down, as much as it weighs, the earliest first (C5, C21)."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Literal

import pytest
from msgspec.structs import replace

from slm_domain.availability import availability, stretches, unit_figures
from slm_domain.facts import IncidentFacts, Statement, UnmeasuredTime
from slm_domain.figures.periods import Interval
from slm_domain.level_units import Unit
from slm_domain.month_figures import AvailabilityFigure
from slm_domain.register import Register
from slm_domain.sla import Allowance, Ground, Side, Sla
from slm_domain.stopped import Stops
from slm_domain.stops import stop_figures
from tests.domain.agreement import jst
from tests.domain.downtimes import EVERY_DAY, agreed, at, daily, excluded, outage, record, still_stopped

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NONE = timedelta()
LATER = jst(8, 1)
JUNE = Interval(jst(6, 1, 0), jst(7, 1, 0))  # 30 days of 8 h

Per = Literal["month", "fiscal_year"]


def allowing(minutes: int, sla: Sla, per: Per = "month") -> Sla:
    """So many minutes of maintenance may leave the measurement."""
    limited = replace(sla.grounds[0], allowance=Allowance(per=per, minutes=minutes))
    return replace(sla, grounds=(limited, *sla.grounds[1:]))


def stop(
    day: int, start: int, minutes: int, *, claimed: bool = True, of: int | None = None, **facts: Any
) -> IncidentFacts:
    """A stop so many minutes long; all of it, or the last minutes `of` it, is accepted maintenance."""
    begin, end = jst(6, day, start), jst(6, day, start) + minutes * MINUTE
    claim = excluded(None if of is None else end - of * MINUTE, exclusion=f"ex{day}{start}", positions=(day, start))
    code = f"{day:02}-{start}"
    return outage(begin, end, **{"code": code, "exclusions": (claim,) if claimed else (), **facts})


def of(register: Register, interval: Interval = JUNE) -> AvailabilityFigure:
    return availability(register, list(register.incidents.values()), interval, LATER)


def test_a_stop_shorter_than_the_minimum_uses_up_no_allowance() -> None:
    # a stop is 60 minutes long or longer. 59 minutes on the 5th are none, so the hour is left for the 10th, of whose
    # two hours the second is claimed
    sla = allowing(60, agreed(min_stop_minutes=60))
    short, long = stop(5, 10, 59), stop(10, 10, 120, of=60)
    assert of(record(sla, replace(short, exclusions=()), long)).down == HOUR
    assert of(record(sla, short, long)).down == HOUR


def test_how_much_of_an_allowance_is_left_does_not_make_a_stop_shorter() -> None:
    # 90 minutes, of which the allowance pays for 60: the stop was 90 minutes long, and the last 30 are down
    sla = allowing(60, agreed(min_stop_minutes=60))
    found = of(record(sla, stop(5, 10, 90)))
    assert (found.excluded, found.down) == (60 * MINUTE, 30 * MINUTE)
    # without an allowance what is excluded is no part of the stop, and 30 minutes are none
    assert of(record(agreed(min_stop_minutes=60), stop(5, 10, 90, of=60))).down == NONE


def test_time_in_which_another_stop_goes_on_uses_up_no_allowance() -> None:
    # 10:00 to 12:00 is claimed, but from 11:00 to 12:00 another stop goes on: one hour is left for the 10th
    other = stop(5, 11, 60, claimed=False)
    register = record(allowing(120, agreed()), stop(5, 10, 120), other, stop(10, 10, 60))
    assert of(register).down == HOUR


def test_time_that_another_ground_takes_out_uses_up_no_allowance() -> None:
    # carrier stops leave the measurement without a limit: of 10:00 to 12:00 the second hour is claimed as one, too
    sla = allowing(60, agreed())
    carrier = Ground(**{name: getattr(sla.grounds[0], name) for name in Ground.__struct_fields__})
    sla = replace(sla, grounds=(*sla.grounds, replace(carrier, code="carrier", allowance=None)))
    both = (
        excluded(exclusion="one", positions=(20, 21)),
        excluded(at(11), exclusion="two", ground="carrier", positions=(22, 23)),
    )
    register = record(sla, stop(2, 10, 120, exclusions=both), stop(10, 10, 60))
    assert of(register).down == HOUR  # the allowance paid for the first hour of the 2nd
    register = record(sla, stop(2, 10, 120, exclusions=both[1:]), stop(10, 10, 60))
    assert of(register).down == HOUR  # that hour itself


def test_two_claims_of_one_stop_are_charged_once_to_the_one_accepted_first() -> None:
    # works and maintenance have an hour each; the hour on the 2nd is claimed as both
    sla = allowing(60, agreed())
    sla = replace(sla, grounds=(*sla.grounds, replace(sla.grounds[0], code="works")))
    both = (
        excluded(exclusion="one", ground="works", positions=(20, 24)),
        excluded(exclusion="two", positions=(21, 23)),  # accepted before the other
    )
    first = stop(2, 10, 60, exclusions=both)
    assert of(record(sla, first, stop(10, 10, 60))).down == HOUR
    works = replace(stop(10, 10, 60), exclusions=(excluded(exclusion="three", ground="works"),))
    assert of(record(sla, first, works)).down == NONE


def test_a_partial_stop_uses_up_as_much_as_it_weighs() -> None:
    # a stop of level B of one of three systems weighs a third: two hours of it use up 40 minutes of an hour
    sla = allowing(60, agreed(partial_counts="weight", partial_weight_by="systems"))
    partial = stop(5, 10, 120, level="B", systems=("library",), organisations=("village",))
    found = of(record(sla, partial, stop(10, 10, 60)))
    assert (found.excluded, found.down) == (140 * MINUTE, 40 * MINUTE)


def test_an_allowance_ends_within_a_partial_stop_when_its_weight_has_used_it_up() -> None:
    # 30 minutes at a third are 90 minutes; the last 30 of two hours weigh 600 s
    sla = allowing(30, agreed(partial_counts="weight", partial_weight_by="systems"))
    found = of(record(sla, stop(5, 10, 120, level="B", systems=("library",), organisations=("village",))))
    assert (found.excluded, found.down) == (90 * MINUTE, 30 * MINUTE)
    assert found.lost is not None
    assert found.lost.value == Fraction(600)


def test_each_organisation_has_the_allowance_for_its_own_stops() -> None:
    # an hour of the town's and an hour of the village's, and an allowance of one hour
    town = stop(5, 10, 60, systems=("payroll",), organisations=("town",))
    village = stop(10, 10, 60, systems=("library",), organisations=("village",))
    register = record(allowing(60, agreed(availability_of="organisations")), town, village)
    assert of(register).down == NONE
    assert of(record(allowing(60, agreed()), town, village)).down == HOUR  # of the service it is the second hour
    units = unit_figures(register, list(register.incidents.values()), JUNE, LATER, "organisations")
    assert {unit.unit: unit.availability.excluded for unit in units} == {"town": HOUR, "village": HOUR}


def test_a_level_of_some_incident_levels_has_the_allowance_for_their_stops() -> None:
    # an hour of level B and an hour of level A, both accepted, and an allowance of one hour: of the service the second
    # is down, of level A's stops alone there is none before it
    partial = stop(5, 10, 60, level="B", systems=("library",), organisations=("village",))
    register = record(allowing(60, agreed()), partial, stop(10, 10, 60))
    stops = Stops(register, list(register.incidents.values()), LATER)
    assert stops.over(JUNE).counted == HOUR
    assert stops.over(JUNE, Unit(stops_of=("A",))).counted == NONE
    assert stops.over(JUNE, Unit(organisations=("village",), stops_of=("A",))).counted == NONE
    assert stops.failures(JUNE, Unit(stops_of=("A",))) == ()


def test_a_stop_of_the_service_too_short_for_the_minimum_uses_up_no_organisations_allowance() -> None:
    sla = allowing(60, agreed(min_stop_minutes=60, availability_of="organisations"))
    assert of(record(sla, stop(5, 10, 59), stop(10, 10, 60))).down == NONE


def test_unmeasured_time_beside_a_stop_uses_up_no_allowance() -> None:
    # nobody measured on the 5th until 11:00, but the stop at 10:00 is stated: it is known, and pays its hour
    gap = UnmeasuredTime(
        unmeasured="gap", side="provider", starts_at=jst(6, 5, 9), ends_at=jst(6, 5, 11), systems=(), position=9
    )
    sla = allowing(60, agreed(unmeasured="remove"))
    register = record(sla, stop(5, 10, 60), stop(10, 10, 60), unmeasured=[gap])
    assert (of(register).unmeasured, of(register).down) == (HOUR, HOUR)


def test_extraordinary_work_outside_support_hours_uses_up_no_allowance() -> None:
    # open around the clock, supported from 9 to 17: of 16:00 to 20:00 one hour is a stop
    sla = replace(
        allowing(120, agreed()),
        calendars={"opening": daily("all day", "00:00-24:00"), "support": EVERY_DAY},
        support_calendar="support",
    )
    register = record(sla, stop(5, 16, 240, extraordinary=True), stop(10, 10, 60))
    assert of(register).down == NONE


@pytest.mark.parametrize(("per", "down"), [("month", 0), ("fiscal_year", 1)])
def test_what_was_used_up_in_an_earlier_month_is_gone_for_the_year(per: Per, down: int) -> None:
    july = outage(jst(7, 3, 10), jst(7, 3, 11), code="july", exclusions=(excluded(exclusion="july"),))
    register = record(allowing(60, agreed(), per), stop(5, 10, 60), july)
    assert of(register, Interval(jst(7, 1, 0), jst(8, 1, 0))).down == down * HOUR


@pytest.mark.parametrize(("until", "down"), [(jst(6, 5, 11), 0), (jst(6, 5, 13), 1)])
def test_an_open_stop_uses_up_what_it_has_lasted(until: datetime, down: int) -> None:
    opened = outage(jst(6, 5, 10), code="open", exclusions=(excluded(),))
    register = record(allowing(120, agreed()), opened)
    assert availability(register, [opened], JUNE, until).down == down * HOUR


def contested(day: int, start: int, municipality: int, provider: int) -> IncidentFacts:
    """A stop, all of it accepted maintenance, that ended at one hour by one side's word, at another by the other's."""
    found = stop(day, start, 60 * (municipality - start))
    other = Statement(
        side="provider", started_at=None, ended_at=jst(6, day, provider), corrects=False, position=9, known_by="moment"
    )
    return replace(found, statements=(*found.statements, other))


def bounds(register: Register, until: datetime = LATER) -> dict[str, tuple[float, float, float]]:
    """The hours down of all stops and of each: the least, the figure's, the most."""
    (part,) = stretches(register, list(register.incidents.values()), JUNE, until)
    found = {"all": (part.bounds.lowest.down, part.bounds.picked.down, part.bounds.highest.down)}
    for each in stop_figures([part], register.incidents, register.slas[0].sla, until):
        found[each.incident] = each.lowest, each.counted, each.highest
    return {code: (low / HOUR, picked / HOUR, high / HOUR) for code, (low, picked, high) in found.items()}


@pytest.mark.parametrize(("picked", "down"), [("municipality", 2), ("provider", 0)])
def test_what_an_allowance_does_not_last_for_is_bounded_by_every_claim(picked: Side, down: int) -> None:
    # an hour is allowed; stopped for three hours by one side's word, for one by the other's: 2 h are down, or none
    register = record(allowing(60, agreed(contested_times=picked)), contested(5, 10, 13, 11))
    assert bounds(register) == {"all": (0, down, 2), "05-10": (0, down, 2)}


@pytest.mark.parametrize(("picked", "down"), [("municipality", 1.5), ("provider", 0.5)])
def test_what_a_contested_stop_uses_up_bounds_what_comes_after_it(picked: Side, down: float) -> None:
    # two hours are allowed; the first stop uses up both or one; of the 90 minutes after it all are down, or 30 minutes
    register = record(allowing(120, agreed(contested_times=picked)), contested(5, 10, 12, 11), stop(10, 10, 90))
    assert bounds(register) == {"all": (0.5, down, 1.5), "05-10": (0, 0, 0), "10-10": (0.5, down, 1.5)}


def test_what_was_used_up_in_an_earlier_month_by_a_contested_stop_bounds_the_month() -> None:
    # two hours a year; in May one side says two hours, the other one; in June 90 minutes
    may = contested(5, 10, 12, 11)
    may = replace(may, incident="may", statements=tuple(map(_a_month_before, may.statements)))
    register = record(allowing(120, agreed(), "fiscal_year"), may, stop(10, 10, 90))
    assert bounds(register) == {"all": (0.5, 1.5, 1.5), "10-10": (0.5, 1.5, 1.5)}


def _a_month_before(said: Statement) -> Statement:
    start, end = (None if each is None else each.replace(month=5) for each in (said.started_at, said.ended_at))
    return replace(said, started_at=start, ended_at=end)


def test_an_end_known_by_a_report_bounds_what_an_allowance_does_not_last_for() -> None:
    # still stopped at 11:00, over by the report of 13:00; the term takes 11:00, and an hour is allowed
    reported = replace(
        outage(jst(6, 5, 10), jst(6, 5, 13), known_by="report", reports=still_stopped(jst(6, 5, 11))),
        exclusions=(excluded(),),
    )
    register = record(allowing(60, agreed(restoration_between_reports="at_last_report_before")), reported)
    assert bounds(register)["all"] == (0, 0, 2)


def test_a_contested_stop_over_claimed_time_bounds_what_is_left_for_later_claims() -> None:
    # an hour is allowed. 10:00 to 11:00 is claimed, but another stop goes on until 10:30 or 11:00: half an hour is
    # charged or none, and of the hour claimed on the 10th half an hour is down or none
    other = replace(contested(5, 10, 11, 12), incident="other", exclusions=())
    halved = replace(other.statements[-1], ended_at=jst(6, 5, 10, 30))
    other = replace(other, statements=(*other.statements[:-1], halved))
    found = bounds(record(allowing(60, agreed()), other, stop(5, 10, 60), stop(10, 10, 60)))
    assert found == {"all": (0.5, 1, 1.5), "other": (0.5, 1, 1), "05-10": (0, 0, 0), "10-10": (0, 0, 0.5)}


def test_what_a_claim_leaves_of_a_contested_stop_bounds_what_other_claims_use_up() -> None:
    # an hour is allowed. Of the first stop half an hour is claimed; by one side it ended then, by the other at 11:00.
    # By the municipality's words, 10:00 to 11:00 of the stop on the 5th is down for others and charged to nobody: of
    # the hour on the 10th half is down. By the provider's, half an hour of it from 10:15 on is charged, and nothing is
    # left for the rest of it, nor for the 10th
    first = _until(contested(5, 9, 11, 12), jst(6, 5, 9, 30))
    claim = excluded(None, jst(6, 5, 9, 30), exclusion="first")
    register = record(
        allowing(60, agreed(contested_times="municipality")),
        replace(first, incident="first", exclusions=(claim,)),
        replace(_until(contested(5, 10, 11, 12), jst(6, 5, 10, 15)), incident="other", exclusions=()),
        stop(5, 10, 60),
        stop(10, 10, 60),
    )
    found = bounds(register)
    assert {code: found[code] for code in ("05-10", "10-10")} == {"05-10": (0, 0, 0.25), "10-10": (0.5, 0.5, 1)}


def _until(incident: IncidentFacts, ended_at: datetime) -> IncidentFacts:
    """By the provider's word it ended then."""
    *others, last = incident.statements
    return replace(incident, statements=(*others, replace(last, ended_at=ended_at)))


def test_contested_stops_that_an_allowance_lasts_for_are_not_down_by_any_claim() -> None:
    register = record(allowing(180, agreed()), contested(5, 10, 13, 11))
    assert bounds(register) == {"all": (0, 0, 0), "05-10": (0, 0, 0)}


def test_months_after_a_year_is_used_up_have_nothing_left() -> None:
    # an hour a year: used up on 5 June, so that of June's and of March's second hours nothing is left
    march = outage(jst(3, 3, 10, year=2026), jst(3, 3, 11, year=2026), code="march", exclusions=(excluded(),))
    register = record(allowing(60, agreed(), "fiscal_year"), stop(5, 10, 60), stop(10, 10, 60), march)
    of_march = Interval(jst(3, 1, 0, year=2026), jst(4, 1, 0, year=2026))
    later = jst(4, 2, year=2026)
    found = availability(register, list(register.incidents.values()), of_march, later)
    assert (of(register).down, found.down) == (HOUR, HOUR)
    year = Interval(jst(4, 1, 0), jst(4, 1, 0, year=2026))
    found = availability(register, list(register.incidents.values()), year, later)
    assert (found.down, found.excluded) == (2 * HOUR, HOUR)
