"""What a correction adds to the invoice that settles it: in that one's basis, with the corrected month's tax (C20)."""

from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.adjustments import Adjustment, adjustment_of
from slm_domain.figures.invoice import invoice_due
from slm_domain.figures.money import Rounding, TaxHandling, TaxTerms, taxed

TEN_INSIDE = TaxTerms(rate=Fraction(1, 10))
TEN_ADDED = TaxTerms(rate=Fraction(1, 10), fee="excluded")
EIGHT_INSIDE = TaxTerms(rate=Fraction(8, 100))
EIGHT_ADDED = TaxTerms(rate=Fraction(8, 100), fee="excluded")
CUT_UP = TaxTerms(rate=Fraction(1, 10), rounding="up")

terms = st.builds(
    TaxTerms,
    rate=st.sampled_from([Fraction(0), Fraction(8, 100), Fraction(1, 10)]),
    fee=st.sampled_from(get_args(TaxHandling)),
    rounding=st.sampled_from(get_args(Rounding)),
)
yen = st.integers(min_value=0, max_value=10_000_000)


@pytest.mark.parametrize(
    ("own", "settling", "adds", "invoice"),
    [
        # inside of 1,000,000: 90,909.09, of 950,000: 86,363.63; 90,909 - 86,363 = 4,546. 50,000 - 4,546 = 45,454.
        # The settling month adds 114,000 to its own 1,140,000: 1,185,454 + 118,546 = 1,254,000 + 50,000
        (TEN_INSIDE, TEN_ADDED, (45_454, 4_546), (1_185_454, 118_546)),
        # on 1,000,000: 100,000, on 950,000: 95,000. Inside of 1,140,000: 103,636.36
        (TEN_ADDED, TEN_INSIDE, (55_000, 5_000), (1_195_000, 108_636)),
        # 8/108 of 1,000,000: 74,074.07, of 950,000: 70,370.37; 3,704 in the 50,000
        (EIGHT_INSIDE, TEN_INSIDE, (50_000, 3_704), (1_190_000, 107_340)),
        # 8 % of 1,000,000 less 8 % of 950,000, and 10 % of 1,140,000
        (EIGHT_ADDED, TEN_ADDED, (50_000, 4_000), (1_190_000, 118_000)),
        # cut in the one, 103,637 in the other
        (TEN_INSIDE, CUT_UP, (50_000, 4_546), (1_190_000, 108_183)),
        # alike: 10/110 of 1,190,000 are 108,181.81; 10 % of it 119,000
        (TEN_INSIDE, TEN_INSIDE, (50_000, None), (1_190_000, 108_181)),
        (TEN_ADDED, TEN_ADDED, (50_000, None), (1_190_000, 119_000)),
    ],
)
def test_a_correction_of_950_000_to_1_000_000_in_the_invoice_of_1_140_000(
    own: TaxTerms, settling: TaxTerms, adds: tuple[int, int | None], invoice: tuple[int, int]
) -> None:
    adjustment = adjustment_of(950_000, 1_000_000, own=own, settling=settling)
    assert (adjustment.yen, adjustment.tax) == adds
    payable = 1_140_000
    found = invoice_due(payable, taxed(payable, settling).tax, settling, accepted=None, adjustments=[adjustment])
    assert (found.amount, found.tax) == invoice


def test_the_working_leads_from_the_corrected_fee_to_what_is_added() -> None:
    adjustment = adjustment_of(950_000, 1_000_000, own=TEN_INSIDE, settling=TEN_ADDED)
    assert told(adjustment) == [
        ("tax_exact", "1000000/11"),
        ("corrected_tax", "90909"),
        ("tax_exact", "950000/11"),
        ("tax_before_correction", "86363"),
        ("adjustment_tax", "4546"),
        ("change", "50000"),
        ("adjustment", "45454"),
    ]
    alike = adjustment_of(950_000, 1_000_000, own=EIGHT_INSIDE, settling=TEN_INSIDE)
    assert told(alike)[-2:] == [("adjustment_tax", "3704"), ("adjustment", "50000")]


def test_an_invoice_taxes_what_is_alike_together_and_adds_the_others_with_their_own_tax() -> None:
    apart = adjustment_of(950_000, 1_000_000, own=TEN_INSIDE, settling=TEN_ADDED)
    found = invoice_due(
        1_140_000, 114_000, TEN_ADDED, accepted=1_100_000, adjustments=[apart, Adjustment(yen=-9), apart]
    )
    # 1,100,000 - 9 = 1,099,991, its tax 109,999.1; twice 45,454 and 4,546 more
    assert [(str(each.result.name), each.result.value) for each in found.working] == [
        ("taxed_together", 1_099_991),
        ("tax_exact", Fraction(1_099_991, 10)),
        ("tax_together", 109_999),
        ("invoice", 1_190_899),
        ("tax", 119_091),
        ("gross", 1_309_990),
    ]


def test_the_fee_beside_such_an_adjustment_keeps_its_own_tax() -> None:
    apart = adjustment_of(950_000, 1_000_000, own=EIGHT_INSIDE, settling=TEN_INSIDE)
    found = invoice_due(1_140_000, 103_636, TEN_INSIDE, accepted=None, adjustments=[apart])
    assert [(str(each.result.name), each.result.value) for each in found.working] == [
        ("taxed_together", 1_140_000),
        ("invoice", 1_190_000),
        ("tax", 107_340),
        ("net", 1_082_660),
    ]


@given(yen, yen, terms, terms)
def test_what_was_invoiced_and_the_adjustment_are_the_fee_as_corrected_with_and_without_its_tax(
    before: int, after: int, own: TaxTerms, settling: TaxTerms
) -> None:
    found = adjustment_of(before, after, own=own, settling=settling)
    if own == settling:
        assert found == Adjustment(yen=after - before)
        return
    assert found.tax is not None
    net, gross = (
        (found.yen - found.tax, found.yen) if settling.fee == "included" else (found.yen, found.yen + found.tax)
    )
    was, now = taxed(before, own), taxed(after, own)
    assert (was.net + net, was.tax + found.tax, was.gross + gross) == (now.net, now.tax, now.gross)


@given(yen, yen, yen, terms, terms)
def test_an_invoice_and_its_tax_go_up_by_the_adjustment_and_its_tax(
    payable: int, before: int, after: int, own: TaxTerms, settling: TaxTerms
) -> None:
    adjustment = adjustment_of(before, after, own=own, settling=settling)
    own_tax = taxed(payable, settling).tax
    found = invoice_due(payable, own_tax, settling, accepted=None, adjustments=[adjustment])
    assert found.amount == payable + adjustment.yen
    if adjustment.tax is None:
        assert found.tax == taxed(found.amount, settling).tax
    else:
        assert found.tax == own_tax + adjustment.tax


def told(adjustment: Adjustment) -> list[tuple[str, str]]:
    return [(str(each.result.name), str(each.result.value)) for each in adjustment.working]
