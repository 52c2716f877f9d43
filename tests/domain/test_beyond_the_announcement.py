"""A claim that names a planned stop reaches no further than what was announced: its times, its systems (C21, C4)."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.availability import availability, figure, stretches, stretches_for_damages, unit_figures
from slm_domain.claims_told import ClaimTold, claim_told
from slm_domain.exclusions import Effect
from slm_domain.facts import IncidentFacts, PlannedStop
from slm_domain.figures.periods import Interval
from slm_domain.month_figures import AvailabilityFigure, StopFigure
from slm_domain.register import Register
from slm_domain.sla import Allowance
from slm_domain.stops import stop_figures
from tests.domain.agreement import jst
from tests.domain.downtimes import DAY, LATER, agreed, at, excluded, outage, record, restored

HOUR = timedelta(hours=1)
NONE = timedelta()


def planned(code: str = "p", start: datetime | None = None, end: datetime | None = None, **facts: Any) -> PlannedStop:
    """Announced in time: 10:00 to 12:00, if nothing else is said, of payroll and the library."""
    return PlannedStop(
        **{
            "planned_stop": code,
            "ground": "maintenance",
            "told_at": jst(5, 20),
            "starts_at": start or at(10),
            "ends_at": end or at(12),
            "systems": ("payroll", "library"),
            "organisations": ("town", "village"),
            "position": 15,
            **facts,
        }
    )


def claimed(*stops: PlannedStop, of: IncidentFacts, claim: Any = None, **terms: Any) -> Register:
    """The incident is claimed by each of the planned stops, and every claim is accepted."""
    claims = tuple(
        claim or excluded(exclusion=f"by {stop.planned_stop}", planned_stop=stop.planned_stop, ground=stop.ground)
        for stop in stops
    )
    register = record(agreed(**terms), replace(of, exclusions=claims))
    register.planned_stops = {stop.planned_stop: stop for stop in stops}
    return register


def of(register: Register, until: datetime = LATER) -> AvailabilityFigure:
    return availability(register, list(register.incidents.values()), DAY, until)


def listed(register: Register) -> StopFigure:
    parts = stretches(register, list(register.incidents.values()), DAY, LATER)
    (stop,) = stop_figures(parts, register.incidents, register.slas[0].sla, LATER)
    return stop


def told(register: Register, until: datetime = LATER) -> ClaimTold:
    (incident,) = register.incidents.values()
    return claim_told(register, register.slas[0], incident, incident.exclusions[0], until)


def test_what_outlasts_the_announced_time_is_down() -> None:
    # stopped from 10:00 to 16:00, announced to 12:00: 2 h leave the measurement, 4 h are down
    register = claimed(planned(), of=outage(at(10), at(16)))
    assert (of(register).excluded, of(register).down) == (2 * HOUR, 4 * HOUR)
    assert (listed(register).reason, listed(register).beyond_announced) == ("beyond_announced", 4 * HOUR)
    assert told(register).effect is Effect.LEAVES_MEASUREMENT
    assert told(register).beyond_announced == (Interval(at(12), at(16)),)


def test_what_begins_before_the_announced_time_is_down_until_then() -> None:
    register = claimed(planned(), of=outage(at(9), at(12)))
    assert (of(register).excluded, of(register).down) == (2 * HOUR, HOUR)
    assert told(register).beyond_announced == (Interval(at(9), at(10)),)


def test_an_outage_on_another_day_than_the_announced_one_is_down_and_says_so() -> None:
    # known only after the claim: the times were corrected, or written before such claims were refused
    register = claimed(planned(start=jst(6, 3, 10), end=jst(6, 3, 12)), of=outage(at(10), at(12)))
    assert (of(register).excluded, of(register).down) == (NONE, 2 * HOUR)
    assert listed(register).reason == "beyond_announced"
    assert told(register).effect is Effect.BEYOND_ANNOUNCED
    assert told(register).beyond_announced == (Interval(at(10), at(12)),)


def test_a_claim_on_another_ground_than_the_announcements_has_no_effect() -> None:
    mine = excluded(planned_stop="p", ground="disaster")
    register = claimed(planned(), of=outage(at(10), at(12)), claim=mine)
    assert (of(register).down, told(register).effect) == (2 * HOUR, Effect.BEYOND_ANNOUNCED)


def test_an_open_outage_is_down_from_the_end_of_what_was_announced() -> None:
    register = claimed(planned(), of=outage(at(10)))
    assert (of(register, at(11)).down, of(register, at(11)).excluded) == (NONE, HOUR)
    assert (of(register, at(15)).down, of(register, at(15)).excluded) == (3 * HOUR, 2 * HOUR)


def test_a_claim_of_a_part_reaches_no_further_than_that_part() -> None:
    mine = excluded(at(11), at(14), planned_stop="p")
    register = claimed(planned(), of=outage(at(10), at(16)), claim=mine)
    assert (of(register).excluded, of(register).down) == (HOUR, 5 * HOUR)
    assert told(register).beyond_announced == (Interval(at(12), at(14)),)


def test_systems_that_were_not_announced_are_down() -> None:
    # only the library was announced; payroll runs again at 11:00, the library at 12:00
    fault = outage(at(10), at(12), restorations=(restored(at(11), "payroll"),))
    register = claimed(planned(systems=("library",), organisations=("village",)), of=fault)
    assert (of(register).excluded, of(register).down) == (HOUR, HOUR)
    assert (listed(register).reason, listed(register).beyond_announced) == ("beyond_announced", HOUR)
    assert told(register).beyond_announced == (Interval(at(10), at(11)),)


def test_the_availability_of_each_organisation_takes_the_systems_that_were_announced_for_it() -> None:
    register = claimed(planned(systems=("library",), organisations=("village",)), of=outage(at(10), at(12)))
    units = unit_figures(register, list(register.incidents.values()), DAY, LATER, "organisations")
    found = {unit.unit: (unit.availability.excluded, unit.availability.down) for unit in units}
    assert found == {"town": (NONE, 2 * HOUR), "village": (2 * HOUR, NONE)}


def test_an_organisation_that_was_not_announced_is_down_though_no_system_of_it_is_named() -> None:
    fault = outage(at(10), at(12), systems=("payroll",))  # of the town; the village is stopped, too
    register = claimed(planned(systems=("payroll",), organisations=("town",)), of=fault)
    units = unit_figures(register, list(register.incidents.values()), DAY, LATER, "organisations")
    assert {unit.unit: unit.availability.down for unit in units} == {"town": NONE, "village": 2 * HOUR}
    assert of(register).down == 2 * HOUR


def test_two_announcements_cover_together_what_each_names() -> None:
    # payroll is announced to 12:00, the library to 11:00: both are, until 11:00
    payroll = planned("payroll", systems=("payroll",), organisations=("town",))
    library = planned("library", end=at(11), systems=("library",), organisations=("village",))
    register = claimed(payroll, library, of=outage(at(10), at(12)))
    assert (of(register).excluded, of(register).down) == (HOUR, HOUR)


def test_of_a_partial_stop_what_was_not_announced_weighs_what_it_is() -> None:
    # a stop of level B weighs 2 of 3 systems; with the library announced one of three stays: 2 h × 1/3 = 2400 s
    weighed = {"partial_counts": "weight", "partial_weight_by": "systems"}
    fault = outage(at(10), at(12), level="B")
    before = of(record(agreed(**weighed), fault))
    register = claimed(planned(systems=("library",), organisations=("village",)), of=fault, **weighed)
    after = of(register)
    assert before.lost is not None
    assert after.lost is not None
    assert (before.lost.value, after.lost.value) == (Fraction(4800), Fraction(2400))
    assert after.if_nothing_excluded is not None
    assert after.if_nothing_excluded.value == 1 - Fraction(4800, 8 * 3600)


def test_of_a_stop_of_everything_all_but_the_announced_systems_stay_down() -> None:
    # level A stops all three systems, whatever it names; with the library announced two of three stay: 4800 s
    weighed = {"partial_counts": "weight", "partial_weight_by": "systems"}
    fault = outage(at(10), at(12), restorations=(restored(at(12), "payroll"),))
    register = claimed(planned(systems=("library",), organisations=("village",)), of=fault, **weighed)
    assert of(register).lost is not None
    assert of(register).lost.value == Fraction(4800)  # type: ignore[union-attr]  # just asserted


def test_where_it_is_contested_when_the_rest_ran_again_the_bounds_say_so() -> None:
    # the library was announced; payroll ran again at 11:00 as one side says, at 11:30 as the other does
    fault = outage(
        at(10),
        at(12),
        restorations=(restored(at(11), "payroll"), restored(at(11, 30), "payroll", side="municipality")),
    )
    stop = listed(claimed(planned(systems=("library",), organisations=("village",)), of=fault))
    assert (stop.lowest, stop.counted, stop.highest) == (HOUR, 1.5 * HOUR, 1.5 * HOUR)


def test_a_ground_that_only_frees_from_damages_frees_no_further_than_what_was_announced() -> None:
    fault = outage(at(10), at(16))
    register = claimed(planned(ground="disaster"), of=fault)
    incidents = list(register.incidents.values())
    known = stretches(register, incidents, DAY, LATER)
    charged = figure(stretches_for_damages(register, incidents, DAY, LATER, known=known))
    assert (of(register).down, charged.down) == (6 * HOUR, 4 * HOUR)
    assert told(register).effect is Effect.FREES_FROM_DAMAGES
    assert told(register).beyond_announced == (Interval(at(12), at(16)),)


def test_a_claim_that_names_no_planned_stop_reaches_as_far_as_it_says() -> None:
    register = record(agreed(), outage(at(10), at(16), exclusions=(excluded(),)))
    register.planned_stops = {"p": planned()}
    assert of(register).down == NONE


@pytest.mark.parametrize(("minutes", "down"), [(120, 4), (60, 5)])
def test_an_allowance_is_not_charged_with_what_lies_beyond_the_announcement(minutes: int, down: int) -> None:
    # announced 2 h of 6: the allowance pays for these alone
    register = claimed(planned(), of=outage(at(10), at(16)))
    sla = register.slas[0].sla
    limited = replace(sla.grounds[0], allowance=Allowance(per="month", minutes=minutes))
    register.slas[0] = replace(register.slas[0], sla=replace(sla, grounds=(limited, *sla.grounds[1:])))
    assert of(register).down == down * HOUR
    assert told(register).beyond_announced == (Interval(at(12), at(16)),)
    assert sum((each.length for each in told(register).beyond_allowance), NONE) == (down - 4) * HOUR
