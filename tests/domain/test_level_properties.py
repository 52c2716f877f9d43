"""What holds of every ratio, every judgement and every bound: splitting changes nothing, what is certain stays so."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from slm_domain.facts import IncidentFacts, MomentFact, Part, Statement
from slm_domain.figures.judgement import Bound, Comparison, Verdict, judge_range, judge_value
from slm_domain.figures.periods import Month
from slm_domain.items import judge
from slm_domain.known_items import KnownItems, items_for
from slm_domain.level_units import whole_of
from slm_domain.measured_values import exact
from slm_domain.month import month_figures
from slm_domain.sla import DeductionRule, FeeTimesAvailability, LateIncrements, Level, PerOccasion, Terms
from slm_domain.stopped import Stops
from slm_domain.stops import stop_figures
from tests.charging import rule
from tests.domain.agreement import jst
from tests.domain.downtimes import outage, restored, still_stopped
from tests.domain.drawn_downtimes import claims, incidents, known_by, lengths, minutes, terms, with_works
from tests.domain.levels import LATER, bound, contract, judged, measured, result

LEVEL = judged("ratio_at_least", bound("90", "percent"), period="quarter")
shares = st.fractions(min_value=0, max_value=1, max_denominator=50)
bounds = st.builds(Bound, comparison=st.sampled_from(Comparison), value=shares)
answered = st.lists(st.booleans(), min_size=1, max_size=12)


@settings(max_examples=40)
@given(answered, st.integers(min_value=1, max_value=12))
def test_a_ratio_is_the_same_however_its_calls_are_split_into_measurements(calls: list[bool], size: int) -> None:
    groups = [calls[start : start + size] for start in range(0, len(calls), size)]
    split = [
        measured(str(number), jst(4 + number % 3, 10), part=sum(group), whole=len(group))
        for number, group in enumerate(groups)
    ]
    whole = measured("all", jst(5, 10), part=sum(calls), whole=len(calls))
    one, many = result(contract(LEVEL, whole)), result(contract(LEVEL, *split))
    assert (one.verdict, one.measured) == (many.verdict, many.measured)


@given(shares, bounds, bounds)
def test_a_value_that_is_known_is_judged_as_a_value(value: Fraction, guaranteed: Bound, target: Bound) -> None:
    known = judge_range(value, value, guaranteed=guaranteed, target=target)
    assert known == judge_value(value, guaranteed=guaranteed, target=target)


@given(shares, shares, shares, bounds)
def test_what_is_certain_of_a_range_holds_of_every_value_in_it(
    one: Fraction, other: Fraction, third: Fraction, guaranteed: Bound
) -> None:
    least, value, most = sorted((one, other, third))
    verdict = judge_range(least, most, guaranteed=guaranteed, target=None).verdict
    if verdict is not Verdict.PENDING:
        assert judge_value(value, guaranteed=guaranteed, target=None).verdict is verdict


# --- The bounds of a level's value

ENDS: dict[str, Any] = {"source": "incidents", "start": "detected", "end": "recovered"}
BOUNDED = (
    judged("mean_at_most", bound("1", "hours"), **ENDS),
    judged("mean_at_most", bound("1", "hours"), clock="opening_hours", **ENDS),
    judged("duration_at_most", bound("1", "hours"), **ENDS),
    judged("ratio_at_least", bound("50", "percent"), within=bound("90", "minutes"), **ENDS),
    judged("mean_at_most", bound("1", "hours"), source="stops"),
    judged("time_between_failures_at_least", bound("1", "hours"), source="stops"),
    judged("count_at_most", bound("1", "count"), source="stops"),
    judged("stopped_time_at_most", bound("1", "hours"), source="stops"),
    judged("availability_at_least", bound("99", "percent"), source="stops"),
)
JUNE = Month.parse("2025-06")
LIMITS: tuple[dict[str, Any], ...] = ({}, {"organisations": ("town",)}, {"systems": ("library",)})


@st.composite
def bounded(draw: st.DrawFn) -> Level:
    """A level whose value can have bounds, of all or of some."""
    found = draw(st.sampled_from(BOUNDED))
    return replace(found, measure=replace(found.measure, **draw(st.sampled_from(LIMITS))))


def limits(
    level: Level, chosen: dict[str, Any], facts: Sequence[IncidentFacts]
) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """The lower limit, the value, the upper limit; what has no bounds is its value."""
    register = contract(level, *facts, terms=Terms(**chosen))
    version = register.slas[0]
    register.slas[0] = replace(version, sla=with_works(version.sla))
    found = result(register)
    value = exact(found.measured)
    if found.lowest is None and found.highest is None:
        return value, value, value
    return exact(found.lowest), value, exact(found.highest)


@settings(max_examples=80, deadline=None)
@given(bounded(), terms(), st.lists(st.sampled_from("abc"), min_size=1, unique=True), st.data())
def test_the_bounds_of_a_level_contain_its_value(
    level: Level, chosen: dict[str, Any], codes: list[str], data: st.DataObject
) -> None:
    lowest, value, highest = limits(level, chosen, [data.draw(incidents(code).flatmap(claims)) for code in codes])
    if value is not None:
        assert lowest is not None
        assert lowest <= value
        assert highest is None or value <= highest


@settings(max_examples=80, deadline=None)
@given(bounded(), terms(), st.data())
def test_a_report_a_restoration_or_an_end_never_widens_the_bounds_of_a_level(
    level: Level, chosen: dict[str, Any], data: st.DataObject
) -> None:
    """Told in order of time, of one side, beside other incidents: nothing corrects what was told before."""
    others = [data.draw(incidents(code)) for code in data.draw(st.lists(st.sampled_from("ab"), unique=True))]
    fault = outage(data.draw(minutes), code="fault", level=data.draw(st.sampled_from(["A", "B"])))
    now = fault.detected_at
    before = limits(level, chosen, [*others, fault])
    for kind in [*data.draw(st.lists(st.sampled_from(["report", "restoration"]), max_size=2)), "end"]:
        now += data.draw(lengths)
        by = data.draw(known_by)
        if kind == "report":
            fault = replace(fault, reports=(*fault.reports, *still_stopped(now)))
        elif kind == "restoration":
            left = sorted(set(fault.systems) - {code for each in fault.restorations for code in each.systems})
            fault = replace(fault, restorations=(*fault.restorations, restored(now, left[0], known_by=by)))
        else:
            ended = Statement(
                side="municipality", started_at=None, ended_at=now, corrects=False, position=9, known_by=by
            )
            fault = replace(fault, statements=(*fault.statements, ended))
        after = limits(level, chosen, [*others, fault])
        if before[0] is not None and after[0] is not None:
            assert before[0] <= after[0]
        if before[2] is not None:
            assert after[2] is None or after[2] <= before[2]
            assert after[2] is not None or after[0] is None
        before = after


# --- What a limited level costs


@st.composite
def responded(draw: st.DrawFn, code: str) -> IncidentFacts:
    """A stop, of which the municipality was told in time or late, with a part at hand or missing."""
    found = draw(incidents(code))
    told = found.detected_at + draw(st.integers(0, 120)) * timedelta(minutes=1)
    return replace(
        found,
        moments=(MomentFact(kind="notified", at=told, position=5),),
        parts=(Part(part="disk", at=told, ready=draw(st.booleans()), position=6),),
    )


COSTING: tuple[tuple[Level, DeductionRule], ...] = (
    (
        judged("duration_at_most", bound("30", "minutes"), source="incidents", start="detected", end="notified"),
        rule(LateIncrements, level="l", first_percent=Decimal(1), step_minutes=30, step_percent=Decimal(1)),
    ),
    (
        judged("obligation", bound("1", "met"), source="incidents", start="parts_needed"),
        rule(PerOccasion, level="l", percent=Decimal(1)),
    ),
    (
        judged("stopped_time_at_most", bound("0", "minutes"), source="stops"),
        rule(FeeTimesAvailability, level="l"),
    ),
)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(COSTING),
    st.sampled_from([*LIMITS, {"fault_levels": ("A",)}, {"fault_levels": ("A",), "systems": ("server",)}]),
    st.sampled_from([None, 60]),
    st.lists(st.sampled_from("abc"), unique=True),
    st.data(),
)
def test_what_is_deducted_for_a_level_is_what_its_list_says_was_missed(
    costing: tuple[Level, DeductionRule],
    limit: dict[str, Any],
    shortest: int | None,
    codes: list[str],
    data: st.DataObject,
) -> None:
    plain, costs = costing
    level = replace(plain, measure=replace(plain.measure, **limit))
    found = [data.draw(responded(code)) for code in codes]
    terms = Terms(notify_levels_covered="all", min_stop_minutes=shortest)
    register = contract(level, *found, terms=terms)
    version = register.slas[0]
    register.slas[0] = replace(version, sla=replace(version.sla, deductions=(costs,)))
    items = items_for(register, JUNE, KnownItems(register))
    figures = month_figures(register, JUNE, incidents=found, items=items, until=LATER)
    (judged_level,) = figures.levels
    deducted = {subject for line in figures.deductions for subject in line.subject.split(", ")}
    assert (judged_level.verdict is Verdict.BREACH) == bool(figures.deductions)
    if level.measure.source == "stops":
        stops = Stops(register, found, LATER)
        listed = stop_figures(
            stops.stretches(register.interval_of(JUNE), whole_of(level.measure)), register.incidents, version.sla, LATER
        )
        assert deducted == {each.incident for each in listed if each.counted}
    else:
        missed = {item.subject for item in items if judge(item, LATER).verdict is Verdict.BREACH}
        assert deducted == {subject.partition("/")[0] for subject in missed}
        assert {each.subject for each in judged_level.misses} == missed
        assert judged_level.items == len(items)
