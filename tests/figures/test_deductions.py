"""What misses cost (S8, C10, A7, A11, S46, S47)."""

from datetime import timedelta
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.deductions import Counting, Deduction, Increments, excused, increments, per_occasion
from slm_domain.figures.deductions import restore_penalty as restored
from slm_domain.figures.workings import Amount, Operation, Quantity, Working
from tests.figures.builders import jst

FIVE = Fraction(5, 100)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def late(counting: Counting = "passed") -> Increments:
    """The computer room: due 30 minutes, 5 % when late and 5 % for each further 15."""
    return Increments(due=minutes(30), first_share=FIVE, step=minutes(15), step_share=FIVE, counting=counting)


def restore(elapsed: timedelta) -> Deduction:
    return restored(elapsed, due=timedelta(hours=24), step_length=minutes(60), step_share=Fraction(1, 100))


@pytest.mark.parametrize(
    ("arrived", "passed", "started"),
    [(0, 0, 0), (30, 0, 0), (31, 5, 10), (44, 5, 10), (45, 5, 10), (46, 10, 15), (60, 10, 15), (61, 15, 20)],
)
def test_increments_count_when_passed_or_when_started(arrived: int, passed: int, started: int) -> None:
    assert increments(late(), minutes(arrived)).share * 100 == passed
    assert increments(late("started"), minutes(arrived)).share * 100 == started


def test_a_second_late_is_late() -> None:
    assert increments(late(), timedelta(minutes=30, seconds=1)).share == FIVE
    assert increments(late(), timedelta(minutes=45, microseconds=1)).share == 2 * FIVE


def test_one_late_arrival_alone_reaches_the_whole_fee_just_past_five_hours_and_a_quarter() -> None:
    assert increments(late(), timedelta(hours=5, minutes=15)).share == Fraction(95, 100)
    assert increments(late(), timedelta(hours=5, minutes=15, seconds=1)).share == 1


def test_a_delay_without_steps_costs_its_first_share_however_long_it_is() -> None:
    once = Increments(due=minutes(30), first_share=FIVE)
    assert increments(once, timedelta(days=9)).share == FIVE
    assert increments(once, minutes(30)).share == 0


@pytest.mark.parametrize(
    ("hours", "percent"), [(24, 0), (25, 0), (Fraction(251, 10), 1), (26, 1), (Fraction(265, 10), 2), (48, 23)]
)
def test_town_hall_equipment_costs_one_percent_for_each_hour_passed_after_a_day(
    hours: int | Fraction, percent: int
) -> None:
    elapsed = timedelta(seconds=int(hours * 3600))
    assert restore(elapsed).share * 100 == percent


def test_spare_parts_cost_their_share_on_each_occasion() -> None:
    assert per_occasion(2, FIVE).share == Fraction(10, 100)
    assert per_occasion(0, FIVE).share == 0
    with pytest.raises(ValueError, match="no -1 occasions"):
        per_occasion(-1, FIVE)


def test_a_late_arrival_is_excused_only_if_it_was_said_by_the_due_time() -> None:
    due_at = jst(4, 10, 10)
    assert excused(told_at=jst(4, 10, 9, 59), due_at=due_at)
    assert excused(told_at=due_at, due_at=due_at)  # 予定時刻までに (C9)
    assert not excused(told_at=due_at + timedelta(seconds=1), due_at=due_at)
    assert not excused(told_at=None, due_at=due_at)


def test_a_person_can_follow_the_working() -> None:
    deduction = increments(
        Increments(due=minutes(90), first_share=FIVE, step=minutes(30), step_share=FIVE), minutes(121)
    )

    def named(name: Amount, value: int | Fraction | timedelta) -> Quantity:
        return Quantity(name=name, value=value)

    assert deduction.share == Fraction(10, 100)
    assert deduction.working == (
        Working(
            operation=Operation.MINUS,
            operands=(named(Amount.ELAPSED, minutes(121)), named(Amount.DUE, minutes(90))),
            result=named(Amount.OVER, minutes(31)),
        ),
        Working(
            operation=Operation.STEPS_PASSED,
            operands=(named(Amount.OVER, minutes(31)), named(Amount.STEP, minutes(30))),
            result=named(Amount.STEPS, 1),
        ),
        Working(
            operation=Operation.TIMES,
            operands=(named(Amount.STEPS, 1), named(Amount.STEP_SHARE, FIVE)),
            result=named(Amount.FURTHER_SHARE, FIVE),
        ),
        Working(
            operation=Operation.PLUS,
            operands=(named(Amount.FIRST_SHARE, FIVE), named(Amount.FURTHER_SHARE, FIVE)),
            result=named(Amount.SHARE, Fraction(10, 100)),
        ),
    )


@pytest.mark.parametrize(
    "wrong", [{"step": timedelta()}, {"first_share": Fraction(-1, 100)}, {"step_share": Fraction(-1, 100)}], ids=str
)
def test_a_deduction_without_meaning_is_refused(wrong: dict[str, object]) -> None:
    stated = {"due": minutes(30), "first_share": FIVE, "step": minutes(15), "step_share": FIVE} | wrong
    with pytest.raises(ValueError, match=r"a step of a deduction|no negative share"):
        Increments(**stated)  # type: ignore[arg-type]  # that it has no meaning is the point


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_arriving_later_never_costs_less_and_started_never_less_than_passed(one: int, other: int) -> None:
    earlier, later = sorted((minutes(one), minutes(other)))
    for counting in ("passed", "started"):
        terms = late("passed" if counting == "passed" else "started")
        assert increments(terms, earlier).share <= increments(terms, later).share
    assert increments(late(), later).share <= increments(late("started"), later).share


def test_where_the_due_time_itself_is_too_late_it_costs_the_first_share() -> None:
    cases: tuple[tuple[Counting, int], ...] = (("passed", 5), ("started", 10))
    for counting, share in cases:
        terms = msgspec.structs.replace(late(counting), strict=True)  # 未満 (C9)
        assert increments(terms, minutes(30)).share * 100 == share
        assert increments(terms, timedelta(minutes=29, seconds=59)).share == 0
        assert increments(terms, minutes(31)).share * 100 == share
