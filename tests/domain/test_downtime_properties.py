"""What holds of every downtime, whatever stopped, was excluded, reported late or never measured (C2 to C5, C23)."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from slm_domain.availability import figure, unit_figures
from slm_domain.facts import IncidentFacts, Settled, Statement
from slm_domain.figures.buckets import Buckets, total
from slm_domain.figures.intervals import split
from slm_domain.figures.periods import Interval
from slm_domain.figures.time_spent import time_spent
from slm_domain.month_figures import StopFigure
from slm_domain.register import Register
from slm_domain.stated_times import claims_of
from slm_domain.stops import stop_figures
from slm_domain.stretch import Stretch
from slm_domain.stretches import stretches
from tests.domain.downtimes import agreed, excluded, outage, record, restored, still_stopped
from tests.domain.drawn_downtimes import (
    END,
    LATER,
    START,
    claimed,
    claims,
    flags,
    incidents,
    known_by,
    lengths,
    lonely,
    minutes,
    records,
    terms,
)

THREE_DAYS = Interval(START, END)


def parts(register: Register, interval: Interval = THREE_DAYS, until: datetime = LATER) -> tuple[Stretch, ...]:
    return stretches(register, list(register.incidents.values()), interval, until)


def ratio(register: Register, until: datetime = LATER) -> Fraction | None:
    found = figure(parts(register, until=until)).ratio
    return None if found is None else found.value


def spent(found: tuple[Stretch, ...]) -> Buckets:
    return total(part.buckets() for part in found)


def lost(register: Register, until: datetime) -> tuple[Fraction, Fraction, Fraction]:
    """The lost seconds: the least, the figure's, the most."""
    found = parts(register, until=until)
    return (
        total(part.buckets(lambda each: each.bounds.lowest) for part in found).lost,
        spent(found).lost,
        total(part.buckets(lambda each: each.bounds.highest) for part in found).lost,
    )


@settings(max_examples=60, deadline=None)
@given(records(), minutes.filter(lambda until: until > START))
def test_the_buckets_of_a_period_sum_to_it_and_so_do_the_lists_behind_them(register: Register, until: datetime) -> None:
    for part in parts(register, until=until):
        for portion in part.portions:
            found = portion.bounds.picked
            assert found.buckets.period == THREE_DAYS.length
            by_bucket: dict[str, timedelta] = {}
            for each in time_spent(found):
                by_bucket[each.bucket] = by_bucket.get(each.bucket, timedelta()) + each.interval.length
            for bucket, length in by_bucket.items():
                assert getattr(found.buckets, bucket) == length
            assert sum(by_bucket.values(), timedelta()) == THREE_DAYS.length


@settings(max_examples=60, deadline=None)
@given(records(), st.lists(minutes, max_size=4))
def test_the_seconds_of_each_bucket_of_the_parts_are_those_of_the_whole(
    register: Register, cuts: list[datetime]
) -> None:
    pieces = split(THREE_DAYS, cuts)
    assert total(spent(parts(register, piece)) for piece in pieces) == spent(parts(register))


@settings(max_examples=80, deadline=None)
@given(lonely(), minutes.filter(lambda until: until > START), st.sampled_from(["systems", "organisations"]))
def test_the_only_unit_of_a_service_has_its_figure(register: Register, until: datetime, kind: Any) -> None:
    found = list(register.incidents.values())
    (unit,) = unit_figures(register, found, THREE_DAYS, until, kind)
    assert unit.availability == figure(parts(register, until=until))


@settings(max_examples=60, deadline=None)
@given(records(), incidents("another", certain=True, whole=True))
def test_another_outage_never_raises_availability(register: Register, another: IncidentFacts) -> None:
    before = ratio(register)
    register.incidents = {**register.incidents, "another": another}
    after = ratio(register)
    if before is not None:
        assert after is not None
        assert after <= before


@settings(max_examples=60, deadline=None)
@given(records(), st.data())
def test_accepting_an_exclusion_never_lowers_a_figure_that_counts_it_as_up(register: Register, data: Any) -> None:
    version = register.slas[0]
    counted = replace(version.sla, terms=replace(version.sla.terms, exclusion_policy="count_as_up"))
    register.slas[0] = replace(version, sla=counted)
    one = data.draw(incidents("one"))
    others = data.draw(claims(one)).exclusions
    claim = data.draw(claimed(one, 9, "claimed"))
    register.incidents = {**register.incidents, "one": replace(one, exclusions=(*others, claim))}
    before = ratio(register)
    accepted = replace(claim, status="accepted", positions=(*claim.positions, 100))  # after all the others
    register.incidents = {**register.incidents, "one": replace(one, exclusions=(*others, accepted))}
    after = ratio(register)
    if before is not None:
        assert after is not None
        assert after >= before


@settings(max_examples=60, deadline=None)
@given(incidents("one", certain=True, whole=True), incidents("two", certain=True, whole=True), terms())
def test_removing_an_exclusion_that_covers_only_downtime_never_lowers_the_figure(
    one: IncidentFacts, two: IncidentFacts, chosen: dict[str, Any]
) -> None:
    # a whole stop that counts: every minute of it inside opening hours is down before it is excluded
    sla = agreed(**{**chosen, "exclusion_policy": "remove", "min_stop_minutes": None, "availability_of": "service"})
    before = ratio(record(sla, one, two))
    after = ratio(record(sla, replace(one, exclusions=(excluded(),)), two))
    if before is not None and after is not None:
        assert after >= before


@settings(max_examples=60, deadline=None)
@given(records(), minutes.filter(lambda until: until > START))
def test_the_bounds_contain_the_figure(register: Register, until: datetime) -> None:
    least, picked, most = lost(register, until)
    assert least <= picked <= most
    found = figure(parts(register, until=until))
    if found.ratio is not None:
        assert found.lowest is not None
        assert found.highest is not None
        assert found.lowest.value <= found.ratio.value <= found.highest.value


def lines(register: Register, until: datetime = LATER) -> dict[str, StopFigure]:
    """The lines of the stops, by incident."""
    found = stop_figures(parts(register, until=until), register.incidents, register.slas[0].sla, until)
    return {each.incident: each for each in found}


@settings(max_examples=60, deadline=None)
@given(records(), minutes.filter(lambda until: until > START))
def test_the_bounds_of_each_stop_contain_what_it_counts(register: Register, until: datetime) -> None:
    for each in lines(register, until).values():
        assert each.lowest <= each.counted <= each.highest


@st.composite
def agreed_on(draw: st.DrawFn, incident: IncidentFacts, until: datetime) -> IncidentFacts:
    """The incident, its times settled as one side has them, or somewhere within what that side's reports allow."""
    stated = claims_of(incident)
    if not stated or incident.restorations or draw(flags):
        return incident
    times = draw(st.sampled_from([stated[side] for side in sorted(stated)]))
    last = max(until, times.known_stopped) if times.ended_at is None else times.ended_at
    first = times.known_stopped if times.ended_at is None or times.known_by == "report" else last
    end = draw(st.sampled_from([first, first + (last - first) / 2, last]))
    if last > until or end <= times.started_at:
        return incident
    return replace(incident, settled=Settled(started_at=times.started_at, ended_at=end, position=50))


@settings(max_examples=60, deadline=None)
@given(records(), minutes.filter(lambda until: until > START), st.data())
def test_whatever_the_sides_agree_on_lies_within_the_bounds(register: Register, until: datetime, data: Any) -> None:
    least, _, most = lost(register, until)
    before, figured = lines(register, until), figure(parts(register, until=until))
    register.incidents = {code: data.draw(agreed_on(each, until)) for code, each in register.incidents.items()}
    assert least <= lost(register, until)[1] <= most
    for code, after in lines(register, until).items():
        assert before[code].lowest <= after.counted <= before[code].highest
    found = figure(parts(register, until=until)).ratio
    if found is not None and figured.lowest is not None and figured.highest is not None:
        assert figured.lowest.value <= found.value <= figured.highest.value


@settings(max_examples=60, deadline=None)
@given(records(), st.data())
def test_an_end_never_widens_the_bounds_of_any_stop(register: Register, data: Any) -> None:
    fault = outage(data.draw(minutes), code="fault", level=data.draw(st.sampled_from(["A", "B"])))
    register.incidents = {**register.incidents, "fault": fault}
    before = lines(register)
    ended = Statement(
        side="municipality", started_at=None, ended_at=fault.detected_at + data.draw(lengths), corrects=False,
        position=9, known_by=data.draw(known_by),
    )  # fmt: skip
    register.incidents = {**register.incidents, "fault": replace(fault, statements=(*fault.statements, ended))}
    for code, after in lines(register).items():
        assert before[code].lowest <= after.lowest
        assert after.highest <= before[code].highest


@settings(max_examples=60, deadline=None)
@given(st.data(), terms())
def test_a_report_a_restoration_or_an_end_never_widens_the_bounds(data: Any, chosen: dict[str, Any]) -> None:
    """Told in order of time, of one side: nothing corrects what was told before."""
    start = data.draw(minutes)
    fault = outage(start, level=data.draw(st.sampled_from(["A", "B"])))
    sla = agreed(**chosen)
    now, running = start, set[str]()
    least, _, most = lost(record(sla, fault), LATER)
    for _ in range(data.draw(st.integers(1, 4))):
        now += data.draw(lengths)
        kind = data.draw(st.sampled_from(["report", "restoration", "end"]))
        by = data.draw(known_by)
        if kind == "report":
            fault = replace(fault, reports=(*fault.reports, *still_stopped(now)))
        elif kind == "restoration":
            left = sorted(set(fault.systems) - running)
            if not left:
                continue
            running.add(left[0])
            fault = replace(fault, restorations=(*fault.restorations, restored(now, left[0], known_by=by)))
        else:
            ended = Statement(
                side="municipality", started_at=None, ended_at=now, corrects=False, position=9, known_by=by
            )
            fault = replace(fault, statements=(*fault.statements, ended))
        less, _, more = lost(record(sla, fault), LATER)
        assert least <= less <= more <= most
        least, most = less, more
        if kind == "end":
            return


@settings(max_examples=60, deadline=None)
@given(records(), st.randoms(use_true_random=False))
def test_the_order_in_which_incidents_are_looked_at_changes_nothing(register: Register, chance: Any) -> None:
    found = list(register.incidents.values())
    chance.shuffle(found)
    assert figure(stretches(register, found, THREE_DAYS, LATER)) == figure(parts(register))
