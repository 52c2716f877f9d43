"""What the provider pays keeps, with what it forgoes, to every cap, and the working leads to it (A5, C16)."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.fee_caps import Shared
from slm_domain.figures.fees import DeductionLine, FeeTerms, fee_due
from slm_domain.figures.payments import payment_due
from slm_domain.figures.workings import Amount
from tests.figures.test_fees import some_lines, some_terms

shares = st.fractions(0, 1, max_denominator=200)
some_stops = st.lists(st.builds(Shared, kind=st.sampled_from(["stop", "second-stop"]), share=shares), max_size=4)


@given(some_lines, some_terms, some_stops, st.booleans(), st.integers(0, 10_000_000))
def test_what_is_deducted_and_paid_never_passes_a_cap_together(
    lines: list[DeductionLine], terms: FeeTerms, stops: list[Shared], both: bool, monthly_fee: int
) -> None:
    reduced = [DeductionLine(kind=each.kind, subject="month", share=each.share) for each in stops]
    due = fee_due(monthly_fee, lines, terms, stop=reduced if both else [])
    paid = payment_due(stops, terms, due)
    together = due.deducted_share + paid.share
    assert paid.share >= 0
    assert together <= terms.cap
    if terms.rolling is not None and due.full_fee:
        assert together * due.full_fee <= terms.rolling.left(due.full_fee)
    for kind, cap in terms.kind_caps.items():
        of_rule = sum(each.share for each in stops if each.kind == kind)
        deducted = due.deducted_by_rule.get(kind, Fraction(0))
        assert deducted <= cap
        assert paid.share <= sum(each.share for each in stops if each.kind != kind) + min(of_rule, cap - deducted)


@given(some_lines, some_terms, some_stops, st.integers(0, 10_000_000))
def test_what_the_caps_spared_is_the_difference_between_what_is_asked_and_paid(
    lines: list[DeductionLine], terms: FeeTerms, stops: list[Shared], monthly_fee: int
) -> None:
    due = fee_due(monthly_fee, lines, terms)
    paid = payment_due(stops, terms, due)
    asked = sum((each.share for each in stops), Fraction(0))
    assert asked - sum((cap.spared for cap in paid.caps), Fraction(0)) == paid.share
    assert all(cap.paid for cap in paid.caps)
    assert paid.working[-1].result.name == Amount.PAYMENT
    assert paid.working[-1].result.value == paid.yen
