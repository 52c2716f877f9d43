"""What a month's deductions and bonuses leave payable, and what the provider pays besides (C16, A4–A6, A20, T1)."""

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from slm_domain.charged_month import ChargedMonth, EarlierMonth
from slm_domain.deducting import Deductions
from slm_domain.deduction_lines import Line, of_percent, steps
from slm_domain.figures.caps import RollingCap
from slm_domain.figures.fee_caps import Cap, Shared
from slm_domain.figures.fees import FeeDue, FeeTerms, fee_due
from slm_domain.figures.money import TaxTerms, taxed
from slm_domain.figures.part_months import served_share_of
from slm_domain.figures.payments import payment_due
from slm_domain.figures.periods import Month
from slm_domain.month_figures import CapFigure, Ratio, WorkingStep
from slm_domain.register import Register
from slm_domain.sla import FeeTimesAvailability, Sla, Terms

_MONTHS_LOOKED_BACK = 11  # of twelve, this one included


class Paid(msgspec.Struct, frozen=True, kw_only=True):
    """What the month comes to in money. `payment` is what the provider pays for its stops (A5), in whole yen.

    `payment_share` of the full fee after caps; None where the contract lets it pay nothing.
    """

    due: FeeDue
    payment: int
    payment_share: Ratio | None
    payment_working: tuple[WorkingStep, ...]
    caps: tuple[CapFigure, ...]


def paid(charged: ChargedMonth, deductions: Deductions, bonuses: Sequence[Line]) -> Paid:
    """Compose the month's fee. What is excused is shown elsewhere and not added."""
    sla = charged.sla
    terms = fee_terms(sla, charged.month, charged.earlier)
    stops = [each for each in deductions.stops if not each.excused]
    due = fee_due(
        sla.fee.monthly_yen,
        [each.of_fee for each in deductions.lines if not each.excused],
        terms,
        stop=[] if sla.terms.stop_remedy == "payment" else [each.of_fee for each in stops],
        bonuses=[each.of_fee for each in bonuses],
        served_share=_served(sla, charged.month),
    )
    if sla.terms.stop_remedy == "deduction":
        return Paid(due=due, payment=0, payment_share=None, payment_working=(), caps=_cap_figures(due.caps))
    payment = payment_due([Shared(kind=each.figure.rule, share=each.share) for each in stops], terms, due)
    return Paid(
        due=due,
        payment=payment.yen,
        payment_share=Ratio.of(payment.share),
        payment_working=steps(payment.working) if stops else (),
        caps=_cap_figures((*due.caps, *payment.caps)),
    )


def tax_terms(sla: Sla) -> TaxTerms:
    """How tax is computed under the contract's fee (A6, S1)."""
    return TaxTerms(
        rate=of_percent(sla.fee.tax_percent),
        fee="included" if sla.fee.includes_tax else "excluded",
        rounding=sla.fee.tax_rounding,
    )


def tax_terms_of(register: Register, month: str) -> TaxTerms:
    """How a month is taxed: by the SLA by which it is paid."""
    return tax_terms(_sla_of(register, month))


def terms_of(register: Register, month: str) -> Terms:
    """The terms by which a month is paid."""
    return _sla_of(register, month).terms


def _sla_of(register: Register, month: str) -> Sla:
    """The SLA in force when the month begins, or, in the first month, when the first SLA does."""
    return register.sla_for(register.days_of(Month.parse(month)).first)


def full_fee(sla: Sla, month: Month) -> Fraction:
    """What the shares of a month are taken of, in exact yen: of a part month its part (A6, A20)."""
    return fee_charged(sla, month, with_tax=_is_with_tax(sla))


def fee_charged(sla: Sla, month: Month, *, with_tax: bool) -> Fraction:
    """The fee of the month, or of its part, before deductions, in exact yen: with its tax or without."""
    whole = taxed(sla.fee.monthly_yen, tax_terms(sla))
    return (whole.gross if with_tax else whole.net) * _served(sla, month)


def _is_with_tax(sla: Sla) -> bool:
    """Whether shares are taken of a fee that has its tax inside (A6)."""
    return sla.fee.includes_tax and sla.terms.deduction_base == "tax_included"


def fee_terms(sla: Sla, month: Month, earlier: Sequence[EarlierMonth]) -> FeeTerms:
    """How deductions and bonuses reach the fee under the SLA, with what the eleven months before leave room for."""
    stop_rules = [rule for rule in sla.deductions if isinstance(rule, FeeTimesAvailability)]
    return FeeTerms(
        tax=tax_terms(sla),
        stop_composition=stop_rules[0].composition if stop_rules else "share_of_full_fee",
        base=sla.terms.deduction_base,
        cap=_share(of_percent(sla.terms.deduction_cap_percent)),
        kind_caps={
            rule.code: _share(of_percent(rule.cap_percent)) for rule in sla.deductions if rule.cap_percent is not None
        },
        rolling=_rolling(sla, month, earlier),
        bonus_caps={bonus.code: _share(of_percent(bonus.cap_percent)) for bonus in sla.bonuses},
        rounding=sla.fee.rounding,
    )


def damages_cap_yen(sla: Sla) -> int | None:
    """The most that other damages come to, for a cause in a month: so many times its fee (G10 art. 23).

    None where nothing is agreed. Lost profits and special damages are never owed; intent and gross negligence know no
    such limit.
    """
    months = sla.terms.damages_cap_months
    return None if months is None else months * sla.fee.monthly_yen


def _served(sla: Sla, month: Month) -> Fraction:
    return served_share_of(month, sla.term_from, sla.term_to, sla.terms.pro_rata, first_day=sla.terms.month_first_day)


def _rolling(sla: Sla, month: Month, earlier: Sequence[EarlierMonth]) -> RollingCap | None:
    percent = sla.terms.rolling_cap_percent
    if percent is None:
        return None
    window = [each for each in earlier if each.month >= month.plus(-_MONTHS_LOOKED_BACK)]
    with_tax = _is_with_tax(sla)  # this month's yen and those before are alike
    fees = [(each.gross if with_tax else each.net, each.credited_share) for each in window]
    return RollingCap(
        share=of_percent(percent),
        charged_before=sum((fee for fee, _ in fees), Fraction(0)),
        credited_before=sum((fee * share for fee, share in fees), Fraction(0)),
    )


def _cap_figures(caps: Sequence[Cap]) -> tuple[CapFigure, ...]:
    return tuple(
        CapFigure(
            kind=cap.kind,
            rule=cap.subject,
            before=Ratio.of(cap.before),
            after=Ratio.of(cap.after),
            spared=Ratio.of(cap.spared),
            paid=cap.paid,
        )
        for cap in caps
    )


def _share(share: Fraction) -> Fraction:
    """A cap of more than all of the fee caps nothing."""
    return min(share, Fraction(1))
