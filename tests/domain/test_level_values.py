"""What levels come to: ratios, means, counts, grades, times between failures, with exact limits both ways."""

from datetime import datetime, timedelta
from fractions import Fraction

import msgspec
import pytest
from msgspec.structs import replace

from slm_domain.facts import MomentFact
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import Month
from slm_domain.items import judge
from slm_domain.known_items import KnownItems, items_for
from slm_domain.month_figures import NamedValue
from slm_domain.sla import Bound, Terms
from tests.domain.agreement import jst
from tests.domain.downtimes import outage, still_stopped
from tests.domain.levels import bound, contract, exemption, judged, lasting, measured, result

BREACH, MET, TARGET = Verdict.BREACH, Verdict.MET_GUARANTEE, Verdict.MET_TARGET


def calls(code: str, day: int, part: int, whole: int, month: int = 6) -> object:
    return measured(code, jst(month, day), part=part, whole=whole)


# --- Ratios


@pytest.mark.parametrize(
    ("part", "verdict"),
    [(90, TARGET), (89, BREACH)],  # of 100: exactly 90 % under 以上 is met
)
def test_exactly_the_least_share_is_met(part: int, verdict: Verdict) -> None:
    level = judged("ratio_at_least", bound("90", "percent"), bound("90", "percent"))
    assert result(contract(level, measured("a", jst(6, 2), part=part, whole=100))).verdict is verdict


@pytest.mark.parametrize(
    ("comparison", "part", "verdict"),
    [("below", 5, BREACH), ("below", 4, MET), ("at_most", 5, MET), ("at_most", 6, BREACH)],
)
def test_exactly_five_percent_is_missed_under_below_and_met_under_at_most(
    comparison: str, part: int, verdict: Verdict
) -> None:
    level = judged("ratio_at_most", Bound(amount=bound("5", "percent").amount, unit="percent", comparison=comparison))  # type: ignore[arg-type]  # a parameter of the test
    assert result(contract(level, measured("a", jst(6, 2), part=part, whole=100))).verdict is verdict


def test_ratios_add_parts_and_wholes_and_never_average_percentages() -> None:
    # 1 of 1 and 80 of 99: 81 of 100 = 81 %, below 90 %; the mean of the percentages, 90.4 %, would have passed.
    level = judged("ratio_at_least", bound("90", "percent"))
    figure = result(
        contract(level, measured("a", jst(6, 2), part=1, whole=1), measured("b", jst(6, 3), part=80, whole=99))
    )
    assert (figure.verdict, figure.measured) == (BREACH, NamedValue(name="ratio", value="81/100"))
    parts, wholes, division = figure.working
    assert sum(int(one.value) for one in parts.operands) == int(parts.result.value) == 81
    assert sum(int(one.value) for one in wholes.operands) == int(wholes.result.value) == 100
    assert division.result.value == "81/100"


@pytest.mark.parametrize("facts", [(), (measured("a", jst(6, 2), part=0, whole=0),)])
def test_without_a_single_call_there_is_no_ratio(facts: tuple[object, ...]) -> None:
    figure = result(contract(judged("ratio_at_least", bound("90", "percent")), *facts))  # type: ignore[arg-type]  # measurements
    assert (figure.verdict, figure.measured) == (Verdict.NOT_MEASURED, None)


def test_a_ratio_fed_by_times_counts_those_within_the_time() -> None:
    # Within 30 s: exactly 30 s is, 31 s is not. 2 of 3.
    level = judged("ratio_at_least", bound("66", "percent"), bound("67", "percent"), within=bound("30", "seconds"))
    begun = jst(6, 2, 10)
    lengths = {"a": 1, "b": 30, "c": 31}
    facts = [lasting(code, begun, begun + timedelta(seconds=length)) for code, length in lengths.items()]
    figure = result(contract(level, *facts))
    assert (figure.verdict, figure.shortfall) == (MET, True)
    assert figure.measured == NamedValue(name="ratio", value="2/3")
    strict = judged("ratio_at_least", bound("66", "percent"), within=bound("30", "seconds", "below"))
    assert result(contract(strict, *facts)).measured == NamedValue(name="ratio", value="1/3")


def test_what_can_still_be_in_time_leaves_a_ratio_open() -> None:
    # Incidents told within 30 minutes: one in time, one detected ten minutes ago: 1 of 1 so far, between 1/2 and 2/2.
    level = judged(
        "ratio_at_least",
        bound("90", "percent"),
        source="incidents",
        start="detected",
        end="notified",
        within=bound("30", "minutes"),
    )
    told = outage(jst(6, 2, 9), code="told", moments=(MomentFact(kind="notified", at=jst(6, 2, 9, 30), position=5),))
    untold = outage(jst(6, 30, 23, 50), code="untold")
    register = contract(level, told, untold)
    early, late = result(register, until=jst(7, 1, 0, 0)), result(register, until=jst(7, 1, 1))
    assert (early.verdict, early.measured) == (Verdict.PENDING, NamedValue(name="ratio", value="1"))
    assert early.lowest == NamedValue(name="ratio", value="1/2")
    assert early.highest == NamedValue(name="ratio", value="1")
    assert (late.verdict, late.measured) == (BREACH, NamedValue(name="ratio", value="1/2"))


# --- Means


def hours(*lengths: int) -> list[object]:
    return [
        lasting(f"m{number}", jst(6, number + 1, 9), jst(6, number + 1, 9) + timedelta(hours=length))
        for number, length in enumerate(lengths)
    ]


@pytest.mark.parametrize(
    ("lengths", "verdict", "mean"),
    [
        ((2, 4), TARGET, "10800"),  # 6 h / 2 = 3 h: exactly
        ((2, 4, 4), BREACH, "12000"),  # 10 h / 3 = 3 h 20
        ((1, 1, 2), TARGET, "4800"),  # 4 h / 3
    ],
)
def test_a_mean_adds_times_and_divides_by_their_number(lengths: tuple[int, ...], verdict: Verdict, mean: str) -> None:
    level = judged("mean_at_most", bound("3", "hours"), bound("3", "hours"))
    figure = result(contract(level, *hours(*lengths)))  # type: ignore[arg-type]  # measurements
    assert (figure.verdict, figure.measured) == (verdict, NamedValue(name="mean", value=mean))
    together, division = figure.working
    assert sum(Fraction(one.value) for one in together.operands) == Fraction(together.result.value)
    assert division.result.value == mean


def test_what_a_mean_is_made_of_has_no_due_time_and_no_verdict_of_its_own() -> None:
    level = judged("mean_at_most", bound("3", "hours"), bound("1", "hours"))
    register = contract(level, *hours(2, 4))  # type: ignore[arg-type]  # measurements
    for item in items_for(register, Month(2025, 6), KnownItems(register)):
        assert (item.guaranteed_due, item.target_due) == (None, None)
        assert judge(item, jst(7, 1)).verdict is Verdict.NOT_APPLICABLE


def test_a_mean_keeps_the_fraction_of_a_second() -> None:
    level = judged("mean_at_most", bound("1", "seconds", "below"))
    begun = jst(6, 2, 9)
    facts = [lasting(code, begun, begun + timedelta(seconds=each)) for code, each in (("a", 1), ("b", 1), ("c", 0))]
    assert result(contract(level, *facts)).measured == NamedValue(name="mean", value="2/3")


def test_what_is_not_recovered_yet_bounds_the_mean() -> None:
    # Two hours, and one open for a day: if it lasts until now (2 + 24) / 2 = 13 h; three hours cannot be kept any more.
    # What is certain of the open one is nothing, (2 + 0) / 2 = 1 h; with a report of 13:00 4 h, and 2 h without it are
    # less than the 3 h with it. It has no upper limit.
    level = judged("mean_at_most", bound("3", "hours"), source="incidents", start="detected", end="recovered")
    over = outage(jst(6, 2, 9), jst(6, 2, 11), code="over")
    still = outage(jst(6, 30, 9), code="open")
    soon, later = (result(contract(level, over, still), until=at) for at in (jst(7, 1, 0), jst(7, 1, 9)))
    assert later.measured == NamedValue(name="mean", value="7200")
    assert (later.lowest, later.highest, later.verdict) == (NamedValue(name="mean", value="3600"), None, BREACH)
    reported = replace(still, reports=still_stopped(jst(6, 30, 13)))
    told = result(contract(level, over, reported), until=jst(7, 1, 9))
    assert (told.lowest, told.highest) == (NamedValue(name="mean", value="7200"), None)
    assert soon.verdict is BREACH  # (2 + 15) / 2 = 8 h 30
    lenient = judged("mean_at_most", bound("13", "hours"), source="incidents", start="detected", end="recovered")
    assert result(contract(lenient, over, still), until=jst(7, 1, 9)).verdict is Verdict.PENDING


def test_the_mean_of_stops_is_that_of_the_whole_stops_that_began_in_the_period() -> None:
    # Open 9 to 17. 31 May 16:00 to 1 June 10:00: 1 h + 1 h, of May. 2 June 9:00 to 13:00: 4 h, of June.
    level = judged("mean_at_most", bound("3", "hours"), source="stops")
    register = contract(
        level, outage(jst(5, 31, 16), jst(6, 1, 10), code="a"), outage(jst(6, 2, 9), jst(6, 2, 13), code="b")
    )
    june, may = result(register), result(register, "2025-05")
    assert (june.measured, june.verdict) == (NamedValue(name="mean", value=str(4 * 3600)), BREACH)
    assert (may.measured, may.verdict) == (NamedValue(name="mean", value=str(2 * 3600)), MET)


# --- Time between failures


def test_the_time_between_failures_is_up_time_divided_by_failures() -> None:
    # June 2025: 30 days of 8 h = 240 h. Two stops of 2 h: 236 h up, 118 h between failures.
    stops = [outage(jst(6, day, 9), jst(6, day, 11), code=str(day)) for day in (2, 9)]
    for amount, verdict in (("118", MET), ("119", BREACH)):
        level = judged("time_between_failures_at_least", bound(amount, "hours"), source="stops")
        figure = result(contract(level, *stops))
        assert figure.verdict is verdict
        assert figure.measured == NamedValue(name="time_between_failures", value=str(118 * 3600))
    above = judged("time_between_failures_at_least", bound("118", "hours", "above"), source="stops")
    assert result(contract(above, *stops)).verdict is BREACH


def test_without_a_failure_the_time_between_failures_is_met_and_not_measured() -> None:
    level = judged("time_between_failures_at_least", bound("100", "hours"), bound("200", "hours"), source="stops")
    figure = result(contract(level))
    assert (figure.verdict, figure.measured) == (TARGET, None)
    assert result(contract(level), until=jst(6, 20)).verdict is Verdict.PENDING


# --- Counts


@pytest.mark.parametrize(("number", "verdict"), [(1, TARGET), (2, MET), (3, BREACH)])
def test_a_count_at_most_is_missed_by_one_more(number: int, verdict: Verdict) -> None:
    level = judged("count_at_most", bound("2", "count"), bound("1", "count"))
    figure = result(contract(level, *(measured(str(day), jst(6, day + 1)) for day in range(number))))
    assert (figure.verdict, figure.measured) == (verdict, NamedValue(name="count", value=str(number)))


def test_a_count_at_most_is_missed_at_once_and_kept_only_at_the_end() -> None:
    level = judged("count_at_most", bound("1", "count"))
    one, two = measured("1", jst(6, 2)), measured("2", jst(6, 3))
    assert result(contract(level, one), until=jst(6, 20)).verdict is Verdict.PENDING
    assert result(contract(level, one, two), until=jst(6, 20)).verdict is BREACH
    assert result(contract(level, one), until=jst(7, 1, 0)).verdict is MET


def test_stops_that_count_are_counted() -> None:
    level = judged("count_at_most", bound("1", "count"), source="stops")
    night = outage(jst(6, 3, 20), jst(6, 3, 22), code="night")  # outside opening hours
    stops = [outage(jst(6, day, 9), jst(6, day, 10), code=str(day)) for day in (2, 4)]
    assert result(contract(level, night, stops[0])).verdict is MET
    assert result(contract(level, night, *stops)).measured == NamedValue(name="count", value="2")


# --- Grades


@pytest.mark.parametrize(
    ("grades", "verdict", "lowest"),
    [
        (((5, 1, 4),), MET, "4"),  # assessed in May, in force in June
        (((5, 1, 4), (6, 10, 5)), MET, "4"),  # 4 until 10 June
        (((5, 1, 5), (5, 20, 3), (6, 10, 5)), BREACH, "3"),
        (((5, 1, 1), (5, 20, 5)), TARGET, "5"),
    ],
)
def test_a_grade_is_the_lowest_in_force_in_the_period(
    grades: tuple[tuple[int, int, int], ...], verdict: Verdict, lowest: str
) -> None:
    level = judged("grade_at_least", bound("4", "grade"), bound("5", "grade"), scale="C.1.2.5")
    facts = [measured(f"{month}-{day}", jst(month, day), grade=grade) for month, day, grade in grades]
    figure = result(contract(level, *facts))
    assert (figure.verdict, figure.measured) == (verdict, NamedValue(name="grade", value=lowest))


def test_what_was_never_assessed_has_no_grade() -> None:
    level = judged("grade_at_least", bound("4", "grade"), scale="C.1.2.5")
    assert result(contract(level, measured("a", jst(7, 1), grade=5))).verdict is Verdict.NOT_MEASURED


# --- Leads


def test_a_lead_that_has_a_target_alone_is_told_against_it() -> None:
    # asked for on 10 June at 9:00, for 12 June: three days before end with 9 June
    level = judged("lead_at_least", None, bound("3", "days"))
    figure = result(contract(level, lasting("a", jst(6, 10, 9), jst(6, 12, 9))))
    assert (figure.verdict, figure.shortfall) == (MET, True)
    assert figure.measured == NamedValue(name="latest_against_due", value="PT32400S")


# --- What is exempt: C5


def test_an_exempt_item_leaves_both_sums() -> None:
    # 80 of 100 and 10 of 10: 90 of 110 is missed; without the first 10 of 10.
    level = judged("ratio_at_least", bound("90", "percent"))
    facts = [measured("storm", jst(6, 2), part=80, whole=100), measured("b", jst(6, 3), part=10, whole=10)]
    assert result(contract(level, *facts)).verdict is BREACH
    for status, value in (("claimed", "9/11"), ("rejected", "9/11"), ("accepted", "1")):
        figure = result(contract(level, *facts, exemption("storm", "maintenance", status)))  # type: ignore[arg-type]  # a status
        assert figure.measured == NamedValue(name="ratio", value=value)


def test_an_exempt_period_is_excluded_as_a_whole() -> None:
    level = judged("count_at_least", bound("1", "count"))
    assert result(contract(level)).verdict is BREACH
    figure = result(contract(level, exemption("2025-06", "maintenance")))
    assert figure.verdict is Verdict.EXCLUDED
    assert [(miss.subject, miss.verdict, miss.freed) for miss in figure.misses] == [("2025-06", Verdict.EXCLUDED, True)]


def test_a_ground_that_only_frees_from_damages_leaves_the_verdict_as_it_is() -> None:
    level = judged("count_at_least", bound("1", "count"))
    (miss,) = result(contract(level, exemption("2025-06", "disaster"))).misses
    assert (miss.verdict, miss.freed) == (BREACH, True)
    timed = judged("duration_at_most", bound("1", "days"), period=None)
    late = lasting("r", jst(6, 2), jst(6, 9))
    (miss,) = result(contract(timed, late, exemption("r", "disaster"))).misses
    assert (miss.verdict, miss.freed) == (BREACH, True)
    (miss,) = result(contract(timed, late, exemption("r", "maintenance"))).misses
    assert (miss.verdict, miss.freed) == (Verdict.EXCLUDED, True)


# --- Durations, leads and what is not covered


@pytest.mark.parametrize(("comparison", "verdict"), [(None, MET), ("below", BREACH)])
def test_a_duration_of_exactly_the_bound_is_in_time_unless_it_has_to_be_below(
    comparison: str | None, verdict: Verdict
) -> None:
    guaranteed = Bound(amount=bound("30", "minutes").amount, unit="minutes", comparison=comparison)  # type: ignore[arg-type]  # a parameter of the test
    level = judged("duration_at_most", guaranteed, period=None)
    assert result(contract(level, lasting("a", jst(6, 2, 9), jst(6, 2, 9, 30)))).verdict is verdict


@pytest.mark.parametrize(("clock", "longest"), [("elapsed", 20), ("opening_hours", 4)])
def test_the_longest_time_is_told_in_the_clock_that_its_bound_runs_in(clock: str, longest: int) -> None:
    # Open 9 to 17. 2 June 16:00 to 3 June 12:00: 20 hours, 1 h and 3 h of them open; 2 June 14:00 to 18:00: 4 and 3 h.
    level = judged("duration_at_most", bound("8", "hours"), period=None, clock=clock)
    figure = result(
        contract(level, lasting("a", jst(6, 2, 16), jst(6, 3, 12)), lasting("b", jst(6, 2, 14), jst(6, 2, 18)))
    )
    assert figure.measured == NamedValue(name="longest", value=msgspec.to_builtins(timedelta(hours=longest)))


@pytest.mark.parametrize(
    ("asked", "accepted", "verdict", "shortfall"),
    [
        (jst(6, 27, 12), False, BREACH, True),  # exactly three days before: it had to be accepted
        (jst(6, 27, 12, 1), False, MET, True),  # after the guaranteed cut-off, before the target's
        (jst(6, 30, 11), False, MET, True),  # exactly 60 minutes before
        (jst(6, 30, 11, 1), False, Verdict.NOT_APPLICABLE, False),
        (jst(6, 30, 11, 59), True, TARGET, False),
        (jst(6, 20), True, TARGET, False),
    ],
)
def test_a_lead_read_as_a_cut_off_asks_what_was_still_accepted(
    asked: datetime, accepted: bool, verdict: Verdict, shortfall: bool
) -> None:
    level = judged("lead_at_least", bound("72", "hours"), bound("60", "minutes"), period=None)
    change = measured("c", asked, start=asked, end=jst(6, 30, 12), met=accepted)
    figure = result(contract(level, change, terms=Terms(lead_kind="cutoff_at_most")))
    assert (figure.verdict, figure.shortfall) == (verdict, shortfall)


def test_what_was_asked_for_after_every_cut_off_and_refused_is_none_of_those_met() -> None:
    # Cut-offs 72 h and 60 min before 30 June 12:00. One was accepted, one refused between them, one refused after both:
    # that one was promised to nobody, so it is 1 of 2. Refused after both alone, nothing was measured.
    level = judged("lead_at_least", bound("72", "hours"), bound("60", "minutes"), period=None)
    accepted, between, after = (
        measured(code, asked, start=asked, end=jst(6, 30, 12), met=code == "a")
        for code, asked in (("a", jst(6, 20)), ("b", jst(6, 29)), ("c", jst(6, 30, 11, 30)))
    )
    figure = result(contract(level, accepted, between, after, terms=Terms(lead_kind="cutoff_at_most")))
    assert (figure.measured, figure.verdict, figure.items) == (NamedValue(name="met", value="1/2"), MET, 3)
    assert result(contract(level, after, terms=Terms(lead_kind="cutoff_at_most"))).measured is None


@pytest.mark.parametrize(
    ("hour", "covers", "verdict"), [(20, False, Verdict.NOT_APPLICABLE), (20, True, BREACH), (10, False, BREACH)]
)
def test_extraordinary_work_outside_support_hours_is_not_covered_unless_the_measure_says_so(
    hour: int, covers: bool, verdict: Verdict
) -> None:
    level = judged("duration_at_most", bound("30", "minutes"), period=None, covers_extraordinary=covers)
    late = measured("w", jst(6, 2, hour + 1), start=jst(6, 2, hour), end=jst(6, 2, hour + 1), extraordinary=True)
    assert result(contract(level, late)).verdict is verdict
