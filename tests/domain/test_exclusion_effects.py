"""What an accepted exclusion does to the figure and to its price: flags, notice, allowance, planned stops (C5, G9)."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.availability import availability, figure, stretches, stretches_for_damages
from slm_domain.facts import IncidentFacts, PlannedStop, SlaVersion
from slm_domain.figures.periods import Interval
from slm_domain.month_figures import AvailabilityFigure
from slm_domain.register import Register
from slm_domain.sla import Allowance, Notice, Sla
from slm_domain.stops import stop_figures
from slm_domain.time_lists import apart_lists
from tests.domain.agreement import jst
from tests.domain.downtimes import DAY, EVERY_DAY, LATER, agreed, at, daily, excluded, outage, record

HOUR = timedelta(hours=1)
JUNE = Interval(jst(6, 1, 0), jst(7, 1, 0))  # 30 days of 8 h: 240 h
EXCLUDED = outage(at(10), at(12), exclusions=(excluded(),))


def grounded(sla: Sla, **facts: Any) -> Sla:
    """The SLA whose ground of maintenance is changed like this."""
    return replace(sla, grounds=(replace(sla.grounds[0], **facts), *sla.grounds[1:]))


def of(register: Register, interval: Interval = DAY) -> AvailabilityFigure:
    return availability(register, list(register.incidents.values()), interval, LATER)


def ratio(found: AvailabilityFigure) -> Fraction:
    assert found.ratio is not None
    return found.ratio.value


def for_damages(register: Register) -> AvailabilityFigure:
    incidents = list(register.incidents.values())
    known = stretches(register, incidents, DAY, LATER)
    return figure(stretches_for_damages(register, incidents, DAY, LATER, known=known))


def planned(**facts: Any) -> PlannedStop:
    return PlannedStop(
        **{
            "planned_stop": "patches",
            "ground": "maintenance",
            "told_at": jst(5, 20),
            "starts_at": at(10),
            "ends_at": at(12),
            "systems": ("payroll", "library"),
            "organisations": ("town", "village"),
            "position": 15,
            **facts,
        }
    )


def announced(sla: Sla, **facts: Any) -> Register:
    """The stop was announced, claimed by its announcement, and accepted."""
    register = record(sla, outage(at(10), at(12), exclusions=(excluded(planned_stop="patches"),)))
    register.planned_stops["patches"] = planned(**facts)
    return register


def test_the_report_shows_the_figure_under_both_policies_and_without_any_exclusion() -> None:
    # 8 h, of which 2 h are excluded and 1 h is down
    other = outage(at(14), at(15), code="other")
    found = of(record(agreed(exclusion_policy="remove"), EXCLUDED, other))
    assert found.if_removed is not None
    assert found.if_counted_as_up is not None
    assert found.if_nothing_excluded is not None
    assert found.if_removed.value == ratio(found) == Fraction(5, 6)
    assert found.if_counted_as_up.value == Fraction(7, 8)
    assert found.if_nothing_excluded.value == Fraction(5, 8)


def test_without_an_exclusion_there_is_nothing_to_compare() -> None:
    assert of(record(agreed(), outage(at(10), at(12)))).if_nothing_excluded is None


def test_removing_an_exclusion_that_reaches_beyond_the_counted_stop_can_lower_the_figure() -> None:
    # Stops count from 60 minutes on. 10:00 to 12:30 is down; 14:00 to 14:59 is no stop, and up: 5.5 h of 8 h. Excluded
    # and removed, those 59 minutes leave the base, and with it some of the up time: (7 h 01 - 2 h 30) of 7 h 01.
    long_stop, short = outage(at(10), at(12, 30)), outage(at(14), at(14, 59), code="short")
    terms = {"exclusion_policy": "remove", "min_stop_minutes": 60}
    before = of(record(agreed(**terms), long_stop, short))
    after = of(record(agreed(**terms), long_stop, replace(short, exclusions=(excluded(),))))
    assert (ratio(before), ratio(after)) == (Fraction(330, 480), Fraction(271, 421))
    assert ratio(after) < ratio(before)


def test_an_accepted_exclusion_whose_notice_was_missed_counts_as_down_where_the_ground_says_so() -> None:
    strict = Notice(kind="before", lead_days=7, when_missed="counts_as_down")
    in_time, late = jst(5, 26), jst(5, 27)
    assert of(announced(grounded(agreed(), notice=strict), told_at=in_time)).down == timedelta()
    assert of(announced(grounded(agreed(), notice=strict), told_at=late)).down == 2 * HOUR
    assert of(announced(agreed(), told_at=late)).down == timedelta()  # when_missed: as accepted
    without_announcement = record(grounded(agreed(), notice=strict), EXCLUDED)
    assert of(without_announcement).down == 2 * HOUR


@pytest.mark.parametrize(("excused", "down"), [(True, 0), (False, 2)])
def test_who_could_not_be_reached_counts_as_told_where_the_ground_excuses_it(excused: bool, down: int) -> None:
    strict = Notice(kind="before", lead_days=7, when_missed="counts_as_down", excused_when_unreachable=excused)
    register = announced(grounded(agreed(), notice=strict), told_at=jst(6, 1), unreachable=True)
    assert of(register).down == down * HOUR


@pytest.mark.parametrize(("term", "down"), [("no", 0), ("yes", 2)])
def test_planned_stops_count_as_stops_or_not(term: str, down: int) -> None:
    assert of(announced(agreed(planned_stop_counts=term))).down == down * HOUR


def maintenance(day: int, hours: int) -> IncidentFacts:
    """So many hours of accepted maintenance from 10:00 on."""
    return outage(
        jst(6, day, 10), jst(6, day, 10 + hours), code=f"m{day}", exclusions=(excluded(exclusion=f"ex{day}"),)
    )


def test_an_allowance_is_used_up_earliest_first_and_the_rest_counts_as_down() -> None:
    # 3 h a month: 2 h on the 3rd, and of the 2 h on the 10th the first
    sla = grounded(agreed(), allowance=Allowance(per="month", minutes=180))
    register = record(sla, maintenance(10, 2), maintenance(3, 2))
    found = of(register, JUNE)
    assert (found.excluded, found.down, ratio(found)) == (3 * HOUR, HOUR, Fraction(239, 240))
    tenth = of(register, Interval(jst(6, 10, 0), jst(6, 11, 0)))
    assert (tenth.excluded, tenth.down) == (HOUR, HOUR)


def reasons(register: Register, interval: Interval = DAY) -> dict[str, str]:
    """What the list of stops says of each."""
    parts = stretches(register, list(register.incidents.values()), interval, LATER)
    sla = register.slas[0].sla
    return {each.incident: each.reason for each in stop_figures(parts, register.incidents, sla, LATER)}


def test_a_stop_says_that_its_accepted_exclusion_has_no_effect_on_it() -> None:
    strict = Notice(kind="before", lead_days=7, when_missed="counts_as_down")
    late = announced(grounded(agreed(), notice=strict), told_at=jst(5, 27))
    assert set(reasons(late).values()) == {"accepted_without_effect"}
    assert set(reasons(announced(agreed(planned_stop_counts="yes"))).values()) == {"accepted_without_effect"}
    # 3 h a month: 2 h on the 3rd, of the 2 h on the 10th the first, and nothing on the 17th
    sla = grounded(agreed(), allowance=Allowance(per="month", minutes=180))
    register = record(sla, maintenance(3, 2), maintenance(10, 2), maintenance(17, 2))
    assert reasons(register, JUNE) == {
        "m3": "excluded",
        "m10": "accepted_without_effect",
        "m17": "accepted_without_effect",
    }


def test_what_an_exclusion_does_not_speak_of_is_simply_counted() -> None:
    # of 10:00 to 12:00 the first half hour is outside hours and the only part that the missed notice is about
    mornings = replace(agreed(planned_stop_counts="yes"), calendars={"opening": daily("from 10:30", "10:30-17:00")})
    fault = outage(at(10), at(12), exclusions=(excluded(at(10), at(10, 30), planned_stop="p"),))
    assert reasons(record(mornings, fault)) == {"fault": "counted"}


def test_time_outside_opening_hours_uses_up_no_allowance() -> None:
    sla = grounded(agreed(), allowance=Allowance(per="month", minutes=60))
    night = outage(jst(6, 3, 17), jst(6, 4, 10), exclusions=(excluded(),))  # one hour of it is open
    assert of(record(sla, night), JUNE).down == timedelta()


def test_a_monthly_allowance_begins_anew_and_a_yearly_one_runs_on() -> None:
    july = outage(jst(7, 3, 10), jst(7, 3, 12), code="july", exclusions=(excluded(exclusion="x"),))
    both = Interval(jst(6, 1, 0), jst(8, 1, 0))
    for per, down in (("month", 0), ("fiscal_year", 2)):
        sla = grounded(agreed(), allowance=Allowance(per=per, minutes=120))  # type: ignore[arg-type]  # both kinds in turn
        register = record(sla, maintenance(3, 2), july)
        found = availability(register, list(register.incidents.values()), both, jst(8, 1))
        assert found.down == down * HOUR


def test_two_stops_at_once_use_the_allowance_once() -> None:
    sla = grounded(agreed(), allowance=Allowance(per="month", minutes=120))
    assert of(record(sla, maintenance(3, 2), replace(maintenance(3, 2), incident="again")), JUNE).down == timedelta()


def test_time_that_is_only_freed_from_damages_stays_down_and_costs_nothing() -> None:
    # the disaster of 10:00 to 12:00 frees from damages alone; the hour from 14:00 is an ordinary stop
    freed = outage(at(10), at(12), exclusions=(excluded(ground="disaster"),))
    register = record(agreed(), freed, outage(at(14), at(15), code="other"))
    assert (of(register).down, of(register).excluded) == (3 * HOUR, timedelta())
    assert (for_damages(register).down, for_damages(register).base) == (HOUR, 8 * HOUR)


def test_time_freed_from_damages_stays_in_the_base_under_either_policy() -> None:
    freed = outage(at(10), at(12), exclusions=(excluded(ground="disaster"),))
    register = record(agreed(exclusion_policy="remove"), freed)
    assert (for_damages(register).base, ratio(for_damages(register))) == (8 * HOUR, Fraction(1))


def test_a_claim_that_is_open_frees_from_nothing() -> None:
    claimed = outage(at(10), at(12), exclusions=(excluded(ground="disaster", status="claimed"),))
    assert for_damages(record(agreed(), claimed)).down == 2 * HOUR


def test_extraordinary_work_outside_support_hours_is_no_stop() -> None:
    # open around the clock, supported from 9 to 17: of 15:00 to 20:00 two hours count
    sla = replace(
        agreed(),
        calendars={"opening": daily("all day", "00:00-24:00"), "support": EVERY_DAY},
        support_calendar="support",
    )
    work = outage(at(15), at(20))
    assert of(record(sla, work)).down == 5 * HOUR
    register = record(sla, replace(work, extraordinary=True))
    assert of(register).down == 2 * HOUR
    assert of(register).up == 22 * HOUR  # what lies outside support hours is up by S5
    assert listed(register) == [("counted", 5 * HOUR, 2 * HOUR, 3 * HOUR)]
    assert apart(register) == {"extraordinary": [(at(17), at(20))], "beyond_announced": [], "beyond_allowance": []}


def test_extraordinary_work_wholly_outside_support_hours_is_listed_as_such_with_its_time() -> None:
    sla = replace(
        agreed(),
        calendars={"opening": daily("all day", "00:00-24:00"), "support": EVERY_DAY},
        support_calendar="support",
    )
    register = record(sla, outage(at(17), at(20), extraordinary=True))
    assert (of(register).down, of(register).up) == (timedelta(), 24 * HOUR)
    assert listed(register) == [("extraordinary", 3 * HOUR, timedelta(), 3 * HOUR)]
    assert apart(register) == {"extraordinary": [(at(17), at(20))], "beyond_announced": [], "beyond_allowance": []}


def test_extraordinary_work_outside_opening_hours_is_listed_though_no_opening_time_is_in_it() -> None:
    # open and supported from 9 to 17
    register = record(agreed(), outage(at(18), at(20), extraordinary=True))
    assert listed(register) == [("extraordinary", timedelta(), timedelta(), timedelta())]
    assert apart(register)["extraordinary"] == []


def test_extraordinary_work_while_something_else_is_stopped_is_no_time_up() -> None:
    sla = replace(
        agreed(),
        calendars={"opening": daily("all day", "00:00-24:00"), "support": EVERY_DAY},
        support_calendar="support",
    )
    work, other = outage(at(17), at(20), extraordinary=True), outage(at(19), at(21), code="other")
    register = record(sla, work, other)
    assert of(register).down == 2 * HOUR
    assert apart(register)["extraordinary"] == [(at(17), at(19))]


def test_a_claim_of_extraordinary_work_takes_out_what_of_it_is_a_stop() -> None:
    sla = replace(
        agreed(),
        calendars={"opening": daily("all day", "00:00-24:00"), "support": EVERY_DAY},
        support_calendar="support",
    )
    register = record(sla, outage(at(15), at(20), extraordinary=True, exclusions=(excluded(),)))
    assert (of(register).excluded, of(register).down) == (2 * HOUR, timedelta())
    assert listed(register) == [("excluded", 5 * HOUR, timedelta(), 3 * HOUR)]


def listed(register: Register) -> list[tuple[str, timedelta, timedelta, timedelta]]:
    """What the list of stops says: the reason, the time in opening hours, what counts and what is told apart."""
    parts = stretches(register, list(register.incidents.values()), DAY, LATER)
    stops = stop_figures(parts, register.incidents, register.slas[0].sla, LATER)
    return [(each.reason, each.in_month, each.counted, each.extraordinary) for each in stops]


def apart(register: Register) -> dict[str, list[tuple[datetime, datetime]]]:
    """The lists that are told apart inside those of the time up and down."""
    parts = stretches(register, list(register.incidents.values()), DAY, LATER)
    return {
        kind: [(line.interval.start, line.interval.end) for line in lines]
        for kind, lines in apart_lists(register, parts).items()
    }


def agreed_anew(register: Register, sla: Sla) -> Register:
    """The SLA is in force from July on."""
    register.slas.append(SlaVersion(number=2, effective_from=date(2025, 7, 1), sla=sla, digest="", position=90))
    return register


def test_a_ground_that_only_a_later_sla_has_does_to_an_earlier_stop_what_it_does_there() -> None:
    # a flood stays in the figure and costs nothing; it was made a ground in July, for the stop in June. From September
    # on it leaves the figure, which changes nothing before (C12)
    sla = agreed()
    flood = replace(sla.grounds[1], code="flood")
    stop = outage(at(10), at(12), exclusions=(excluded(ground="flood"),))
    register = agreed_anew(record(sla, stop), replace(sla, grounds=(*sla.grounds, flood)))
    leaving = replace(sla, grounds=(*sla.grounds, replace(flood, leaves_measurement=True)))
    register.slas.append(SlaVersion(number=3, effective_from=date(2025, 9, 1), sla=leaving, digest="", position=91))
    assert (of(register).down, of(register).excluded, for_damages(register).down) == (2 * HOUR, 0 * HOUR, 0 * HOUR)


def test_a_ground_that_an_sla_no_longer_has_does_what_it_did_last() -> None:
    # an hour of maintenance was allowed in a month; from July on it is no ground any more, and a stop of two hours in
    # July is accepted as one all the same: an hour of it is down
    sla = agreed()
    july = Interval(jst(7, 1, 0), jst(7, 2, 0))
    stop = outage(jst(7, 1, 10), jst(7, 1, 12), exclusions=(excluded(),))
    limited = grounded(sla, allowance=Allowance(per="month", minutes=60))
    register = agreed_anew(record(limited, stop), replace(sla, grounds=sla.grounds[1:]))
    found = availability(register, [stop], july, jst(8, 1))
    assert (found.down, found.excluded) == (HOUR, HOUR)
