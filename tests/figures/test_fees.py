"""What is payable for a month (C16, A4, A6, A20, S1, S15)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.caps import RollingCap
from slm_domain.figures.fees import DeductionLine, FeeDue, FeeTerms, fee_due
from slm_domain.figures.money import Rounding, TaxHandling, TaxTerms, rounded, taxed
from slm_domain.figures.part_months import ProRata, served_share_of
from slm_domain.figures.periods import FiscalYear, Month
from slm_domain.figures.stops import stop_total
from slm_domain.figures.workings import Amount, Operation, Value, Working
from tests.figures.builders import APRIL, SIXTY_MINUTES, april, jst, stop

TEN_PERCENT = TaxTerms(rate=Fraction(1, 10))
TERMS = FeeTerms(tax=TEN_PERCENT)
REDUCED_FIRST = FeeTerms(tax=TEN_PERCENT, stop_composition="of_reduced_fee")
LATE = DeductionLine(kind="arrival", subject="A-1", share=Fraction(10, 100))


def stop_of_april() -> DeductionLine:
    """10 April 16:30 to 11 April 9:30: 105 of 11,025 minutes."""
    stops = stop_total([april(stop("A-1", jst(4, 10, 16, 30), jst(4, 11, 9, 30)))], SIXTY_MINUTES)
    return DeductionLine(kind="stop", subject="2025-04", share=stops.share, working=stops.working)


def test_april_2025_with_its_stop_pays_990476_yen_of_which_90043_are_tax() -> None:
    fee = fee_due(1_000_000, [], TERMS, stop=[stop_of_april()])
    assert (fee.payable, fee.taxed.tax) == (990_476, 90_043)


def test_with_a_late_arrival_it_pays_890476_yen_of_which_80952_are_tax() -> None:
    fee = fee_due(1_000_000, [LATE], TERMS, stop=[stop_of_april()])
    assert (fee.payable, fee.taxed.tax) == (890_476, 80_952)


def test_in_the_other_reading_the_arrival_takes_its_share_of_what_availability_left() -> None:
    fee = fee_due(1_000_000, [LATE], REDUCED_FIRST, stop=[stop_of_april()])
    assert fee.payable == 891_428  # 990,476.19 x 90 %
    arrival, stopped = fee.lines
    assert stopped.amount == Fraction(1_000_000, 105)
    assert arrival.amount == (1_000_000 - stopped.amount) / 10


def test_without_deductions_the_whole_fee_is_payable() -> None:
    fee = fee_due(1_000_000, [], TERMS)
    assert (fee.payable, fee.taxed.net, fee.taxed.tax, fee.lines) == (1_000_000, 909_091, 90_909, ())


def test_a_fee_without_tax_has_its_tax_added_to_what_is_payable() -> None:
    fee = fee_due(1_000_005, [LATE], FeeTerms(tax=TaxTerms(rate=Fraction(1, 10), fee="excluded")))
    assert (fee.payable, fee.taxed.tax, fee.taxed.gross) == (900_004, 90_000, 990_004)


def test_the_sum_of_shares_stops_at_the_cap_and_never_passes_the_fee() -> None:
    lines = [LATE] * 12
    assert fee_due(1_000_000, lines, TERMS).payable == 0
    capped = fee_due(1_000_000, lines, FeeTerms(tax=TEN_PERCENT, cap=Fraction(30, 100)))
    assert (capped.payable, capped.sum_of_shares) == (700_000, Fraction(12, 10))
    assert capped.spared_by_caps == 900_000


def test_a_kind_of_deduction_may_have_a_cap_of_its_own() -> None:
    terms = FeeTerms(tax=TEN_PERCENT, kind_caps={"arrival": Fraction(15, 100)})
    parts = DeductionLine(kind="parts", subject="A-2", share=Fraction(5, 100))
    assert fee_due(1_000_000, [LATE, LATE, parts], terms).deducted_share == Fraction(20, 100)


@pytest.mark.parametrize(("rounding", "payable"), [("down", 333), ("up", 334), ("half_up", 333)])
def test_the_payable_amount_is_rounded_once_by_the_contracts_rule(rounding: Rounding, payable: int) -> None:
    two_thirds = DeductionLine(kind="arrival", subject="A-1", share=Fraction(2, 3))
    fee = fee_due(1_000, [two_thirds], FeeTerms(tax=TEN_PERCENT, rounding=rounding))
    assert fee.payable == payable


def test_half_a_yen_is_rounded_up_where_the_rule_rounds_halves_up() -> None:
    assert rounded(Fraction(5, 2), "half_up") == 3
    assert rounded(Fraction(7, 2), "half_up") == 4


@pytest.mark.parametrize(
    ("first", "pro_rata", "share"),
    [
        (date(2025, 4, 16), "none", 1),
        (date(2025, 4, 16), "calendar_month", Fraction(15, 30)),
        (date(2025, 4, 16), "year", Fraction(15 * 12, 365)),
        (date(2025, 4, 1), "year", 1),
        (date(2024, 9, 1), "calendar_month", 1),
    ],
)
def test_a_part_month_is_charged_by_days_only_where_a_term_says_so(
    first: date, pro_rata: ProRata, share: Fraction
) -> None:
    assert served_share_of(APRIL, first, date(2026, 3, 31), pro_rata) == share


def test_a_leap_year_has_366_days_to_share_a_fee_by() -> None:
    assert FiscalYear(2023) == Month(2024, 2).fiscal_year
    assert served_share_of(Month(2024, 2), date(2024, 2, 20), date(2024, 2, 29), "year") == Fraction(120, 366)


def test_a_month_without_service_has_no_share() -> None:
    with pytest.raises(ValueError, match="no day in 2025-04"):
        served_share_of(APRIL, date(2025, 5, 1), date(2025, 5, 31), "calendar_month")


def test_shares_of_a_part_month_are_taken_of_what_is_charged() -> None:
    fee = fee_due(1_000_000, [LATE], TERMS, served_share=Fraction(1, 2))
    assert fee.full_fee == 500_000
    assert fee.payable == 450_000


def test_impossible_fees_and_caps_are_refused() -> None:
    with pytest.raises(ValueError, match="is no fee"):
        fee_due(-1, [], TERMS)
    with pytest.raises(ValueError, match="negative share"):
        fee_due(1, [DeductionLine(kind="arrival", subject="A-1", share=Fraction(-1))], TERMS)
    with pytest.raises(ValueError, match="bonus has none"):
        fee_due(1, [], TERMS, bonuses=[DeductionLine(kind="bonus", subject="month", share=Fraction(1, 100))])
    with pytest.raises(ValueError, match="a cap lies between"):
        FeeTerms(tax=TEN_PERCENT, cap=Fraction(2))


# For any month

KINDS = ("arrival", "parts", "report", "stop")
shares = st.fractions(0, 1, max_denominator=200)
some_lines = st.lists(
    st.builds(
        DeductionLine, kind=st.sampled_from(["arrival", "parts", "report"]), subject=st.just("A-1"), share=shares
    ),
    max_size=8,
)
some_terms = st.builds(
    FeeTerms,
    tax=st.builds(
        TaxTerms,
        rate=st.sampled_from([Fraction(8, 100), Fraction(1, 10)]),
        fee=st.sampled_from(["included", "excluded"]),
        rounding=st.sampled_from(["down", "up", "half_up"]),
    ),
    stop_composition=st.sampled_from(["share_of_full_fee", "of_reduced_fee"]),
    base=st.sampled_from(["tax_included", "tax_excluded"]),
    cap=shares,
    kind_caps=st.dictionaries(st.sampled_from(["arrival", "stop"]), shares),
    rolling=st.none()
    | st.builds(
        RollingCap,
        share=shares,
        charged_before=st.fractions(0, 100_000_000, max_denominator=3),
        credited_before=st.fractions(0, 10_000_000, max_denominator=3),
    ),
    bonus_caps=st.fixed_dictionaries({"bonus": shares, "second": shares}),
    rounding=st.sampled_from(["down", "up", "half_up"]),
)
some_bonuses = st.lists(
    st.builds(DeductionLine, kind=st.sampled_from(["bonus", "second"]), subject=st.just("month"), share=shares),
    max_size=3,
)


def some_fee(
    lines: list[DeductionLine],
    terms: FeeTerms,
    stop_share: Fraction,
    monthly_fee: int,
    bonuses: Sequence[DeductionLine] = (),
) -> FeeDue:
    stop_line = DeductionLine(kind="stop", subject="month", share=stop_share)
    return fee_due(monthly_fee, lines, terms, stop=[stop_line], bonuses=bonuses)


@given(some_lines, some_terms, shares, st.integers(0, 10_000_000))
def test_deductions_never_pass_a_cap_nor_the_fee(
    lines: list[DeductionLine], terms: FeeTerms, stop_share: Fraction, monthly_fee: int
) -> None:
    fee = some_fee(lines, terms, stop_share, monthly_fee)
    assert 0 <= fee.deducted_share <= terms.cap
    assert 0 <= fee.payable <= monthly_fee
    by_kind = {kind: sum(each.share for each in fee.lines if each.line.kind == kind) for kind in KINDS}
    assert fee.deducted_share <= sum(min(share, terms.kind_caps.get(kind, share)) for kind, share in by_kind.items())
    if terms.rolling is not None:
        assert fee.deducted_share * fee.full_fee <= terms.rolling.left(fee.full_fee)


@given(some_lines, some_terms, shares, st.integers(0, 10_000_000), some_bonuses)
def test_a_bonus_lies_within_its_cap_and_no_cap_of_deductions_raises_it(
    lines: list[DeductionLine], terms: FeeTerms, stop_share: Fraction, monthly_fee: int, bonuses: list[DeductionLine]
) -> None:
    fee = some_fee(lines, terms, stop_share, monthly_fee, bonuses)
    without = some_fee(lines, terms, stop_share, monthly_fee)
    largest = max(terms.bonus_caps.values())
    assert 0 <= fee.bonus_share <= min(largest, sum((line.share for line in bonuses), Fraction(0)))
    assert fee.bonus_share == some_fee([], terms, Fraction(0), monthly_fee, bonuses).bonus_share
    assert without.payable <= fee.payable <= monthly_fee * (1 + largest) + 2  # two roundings at most


@given(some_lines, some_terms, shares, st.integers(0, 10_000_000), some_bonuses)
def test_the_pieces_of_a_fee_add_up_to_what_is_charged(
    lines: list[DeductionLine], terms: FeeTerms, stop_share: Fraction, monthly_fee: int, bonuses: list[DeductionLine]
) -> None:
    fee = some_fee(lines, terms, stop_share, monthly_fee, bonuses)
    deducted = sum(line.amount for line in fee.lines)
    added = fee.bonus_share * fee.full_fee
    assert fee.full_fee - deducted + fee.spared_by_caps + added - fee.cut_by_rounding == fee.charged
    assert abs(fee.cut_by_rounding) < 1
    assert fee.taxed.net + fee.taxed.tax == fee.taxed.gross
    assert fee.payable == (fee.taxed.gross if terms.tax.fee == "included" else fee.taxed.net)


@given(some_lines, some_terms, shares, st.integers(0, 10_000_000), some_bonuses)
def test_what_the_caps_spared_is_the_whole_difference_between_the_sum_and_what_is_deducted(
    lines: list[DeductionLine], terms: FeeTerms, stop_share: Fraction, monthly_fee: int, bonuses: list[DeductionLine]
) -> None:
    fee = some_fee(lines, terms, stop_share, monthly_fee, bonuses)
    of_bonuses = {"bonus", "bonuses"}
    spared = sum(cap.spared for cap in fee.caps if cap.kind not in of_bonuses)
    assert fee.sum_of_shares - spared == fee.deducted_share
    kept_back = sum(cap.spared for cap in fee.caps if cap.kind in of_bonuses)
    assert sum(line.share for line in bonuses) - kept_back == fee.bonus_share
    assert all(cap.spared > 0 for cap in fee.caps)


@given(some_lines, some_terms, shares, st.integers(0, 10_000_000), shares)
def test_a_further_deduction_never_raises_what_is_payable(
    lines: list[DeductionLine], terms: FeeTerms, stop_share: Fraction, monthly_fee: int, further: Fraction
) -> None:
    more = [*lines, DeductionLine(kind="restore", subject="A-2", share=further)]
    assert (
        some_fee(more, terms, stop_share, monthly_fee).payable
        <= some_fee(lines, terms, stop_share, monthly_fee).payable
    )


@given(some_lines, some_terms, shares, st.integers(0, 10_000_000), some_bonuses)
def test_every_line_of_the_working_is_true_and_the_last_ones_give_the_sums(
    lines: list[DeductionLine], terms: FeeTerms, stop_share: Fraction, monthly_fee: int, bonuses: list[DeductionLine]
) -> None:
    fee = some_fee(lines, terms, stop_share, monthly_fee, bonuses)
    for working in (*fee.working, *stop_of_april().working):
        assert followed(working)
    results = {working.result.name: working.result.value for working in fee.working}
    assert results[Amount.PAYABLE] == fee.charged
    assert results.get(Amount.TAX, fee.taxed.tax) == fee.taxed.tax
    assert results.get(Amount.DEDUCTED_SHARE, fee.sum_of_shares) == fee.deducted_share
    assert results.get(Amount.BONUS_SHARE, 0) == fee.bonus_share


@given(some_lines, some_terms, shares, st.integers(0, 10_000_000))
def test_every_line_of_a_working_starts_from_values_that_stand_above_it_or_in_the_contract(
    lines: list[DeductionLine], terms: FeeTerms, stop_share: Fraction, monthly_fee: int
) -> None:
    fee = some_fee(lines, terms, stop_share, monthly_fee)
    known: dict[Amount, Value] = {}
    for working in fee.working:
        for operand in working.operands:
            if operand.name in known and operand.name not in {Amount.SHARE, Amount.RULE_SHARE, Amount.CAP}:
                assert operand.value == known[operand.name], operand.name
        known[working.result.name] = working.result.value


def followed(working: Working) -> bool:
    """Whether a person who does what the line says gets what it says."""
    first, *rest = (exact(quantity.value) for quantity in working.operands) if working.operands else (Fraction(0),)
    result = exact(working.result.value)
    match working.operation:
        case Operation.PLUS:
            return first + sum(rest) == result
        case Operation.MINUS:
            return first - rest[0] == result
        case Operation.TIMES:
            return first * rest[0] == result
        case Operation.DIVIDED_BY:
            return first / rest[0] == result
        case Operation.CAPPED:
            return result == min(first, *rest)
        case rounding:
            assert rounding in {Operation.ROUNDED_DOWN, Operation.ROUNDED_UP, Operation.ROUNDED_HALF_UP}
            return abs(first - result) < 1 and result.denominator == 1


def exact(value: Value) -> Fraction:
    assert isinstance(value, int | Fraction)  # a fee is made of money and shares, not of times
    return Fraction(value)


@given(st.integers(0, 10_000_000), st.sampled_from(["included", "excluded"]))
def test_tax_is_cut_to_whole_yen(amount: int, handling: TaxHandling) -> None:
    found = taxed(amount, TaxTerms(rate=Fraction(1, 10), fee=handling))
    of = found.gross if handling == "included" else found.net
    per = Fraction(10, 110) if handling == "included" else Fraction(10, 100)
    assert of == amount
    assert 0 <= amount * per - found.tax < 1
