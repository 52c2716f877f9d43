"""Cases of deductions, credits, tiers and caps."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from slm_domain.figures.buckets import BaseTerms
from slm_domain.figures.caps import RollingCap
from slm_domain.figures.deductions import Counting, Increments, excused, increments, restore_penalty
from slm_domain.figures.downtime import Downtime, DowntimeTerms, downtime
from slm_domain.figures.fee_caps import WHOLE, Shared, capped_deductions
from slm_domain.figures.fees import DeductionLine, FeeDue, FeeTerms, fee_due
from slm_domain.figures.judgement import Bound, Comparison, Verdict, judge_value
from slm_domain.figures.late_delivery import LateDeliveryTerms, late_delivery
from slm_domain.figures.money import TaxTerms
from slm_domain.figures.occurrences import Occurrence, Outage
from slm_domain.figures.periods import Interval
from slm_domain.figures.repeats import breached_again
from slm_domain.figures.stops import StopTotal, stop_total
from slm_domain.figures.tiers import AchievedUnit, TierTerms, tier_share
from tests.cases.outcomes import Given, Produced, Skipped
from tests.cases.reading import Number, bound, calendar, in_percent, in_units, length, only, percent

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
STARTS = datetime(2025, 4, 1, tzinfo=UTC)
APART = timedelta(minutes=1)
SIXTY_MINUTES = timedelta(minutes=60)
UNTAXED = TaxTerms(rate=Fraction(0), fee="excluded")
DAY_ROUNDING: dict[str, Counting] = {"whole_days_down": "passed", "whole_days_up": "started"}
# The three-minute rule's cases name their contract's threshold in words only: less than 99.95 % costs 10 %.
THREE_MINUTE_TIERS = (
    TierTerms(when=(Bound(comparison=Comparison.BELOW, value=percent(Decimal("99.95"))),), share=percent(10)),
)


def arrival_penalty(given: Given, expected: Given) -> Produced:
    """What a late arrival costs (S8)."""
    terms = Increments(
        due=length(given["limit_min"], MINUTE),
        first_share=percent(given["first_percent"]),
        step=length(given["step_min"], MINUTE),
        step_share=percent(given["step_percent"]),
        counting=given.get("counting", "passed"),
    )
    if excused(told_at=_told_at(given.get("exempt")), due_at=STARTS + terms.due):
        return Produced(figures={"penalty_percent": 0})
    share = increments(terms, length(given["arrived_after_min"], MINUTE)).share
    return Produced(figures={"penalty_percent": in_percent(share)})


def restoration_penalty(given: Given, expected: Given) -> Produced:
    """What a late restoration costs (S8)."""
    deduction = restore_penalty(
        length(given["restored_after_h"], HOUR),
        due=length(given["limit_h"], HOUR),
        step_length=length(given["step_min"], MINUTE),
        step_share=percent(given["step_percent"]),
    )
    return Produced(figures={"penalty_percent": in_percent(deduction.share)})


def sum_penalties(given: Given, expected: Given) -> Produced:
    """Shares are added."""
    lines = [
        DeductionLine(kind="miss", subject=str(number), share=percent(share))
        for number, share in enumerate(given["percents"])
    ]
    return Produced(figures={"total_percent": in_percent(fee_due(0, lines, FeeTerms(tax=UNTAXED)).sum_of_shares)})


def monthly_fee(given: Given, expected: Given) -> Produced:
    """Fee times availability once the stops have passed the threshold (S8, S9).

    Where single outages are given the clause is read in both ways: an outage needs 60 minutes, or every one adds up.
    """
    stated = given["outages_min"] if "outages_min" in given else [given["down_min"]]
    threshold = length(given.get("threshold_cumulative_min", 60), MINUTE)
    stops, fee = _fee(given, _stopped(stated, _hours(given["base_hours"])), threshold)
    needing_an_hour = _stopped(stated, _hours(given["base_hours"]), min_stop=SIXTY_MINUTES)
    return Produced(
        figures={
            "availability_percent": in_percent(stops.availability),
            "fee_factor": WHOLE - fee.deducted_share,
            "fee_yen_floor": fee.payable,
            "deduction_yen_if_fee_floored": given["monthly_fee_yen"] - fee.payable,
            "reading_a_outage_needs_60min": _reading(*_fee(given, needing_an_hour, threshold)),
            "reading_b_cumulative": _reading(stops, fee),
        }
    )


def availability_min_outage(given: Given, expected: Given) -> Produced:
    """An interruption counts only from a length on."""
    figure = _stopped(
        given["outages_min"],
        length(given["base_days"], timedelta(days=1)),
        min_stop=length(given["count_only_if_at_least_min"], MINUTE),
    )
    return Produced(
        figures={
            "counted_min": in_units(figure.down, MINUTE),
            "availability_percent": in_percent(figure.availability),
            "credit_percent": in_percent(tier_share(figure.availability, THREE_MINUTE_TIERS)),
        }
    )


def service_credit(given: Given, expected: Given) -> Produced:
    """The tier of a published table of credits."""
    share = tier_share(_percent_or_none(given["availability_percent"]), _below(given["tiers"]))
    return Produced(figures={"credit_percent": in_percent(share)})


def monthly_credit(given: Given, expected: Given) -> Produced:
    """A tier's credit after the cap of the month and that of twelve months."""
    charge = Fraction(given["monthly_charge"])
    unit = Fraction(1, charge.denominator)  # a fee is whole: the charge is told in a unit that makes it so
    rolling = given.get("rolling_12_month_cap_percent")
    terms = FeeTerms(
        tax=UNTAXED,
        cap=percent(given["monthly_cap_percent"]) if given.get("monthly_cap_percent") is not None else WHOLE,
        rolling=RollingCap(
            share=percent(rolling),
            charged_before=Fraction(given.get("last_11_months_charge") or 0) / unit,
            credited_before=Fraction(given.get("last_11_months_credit") or 0) / unit,
        )
        if rolling is not None
        else None,
    )
    share = tier_share(_percent_or_none(given["service_level_percent"]), _below(given["tiers"]))
    fee = fee_due(charge.numerator, [DeductionLine(kind="credit", subject="month", share=share)], terms)
    return Produced(figures={"credit": (fee.full_fee - fee.payable - fee.cut_by_rounding) * unit})


def late_penalty(given: Given, expected: Given) -> Produced:
    """What a late delivery costs."""
    rounding = given.get("day_rounding", "whole_days_down")
    if rounding not in DAY_ROUNDING:
        raise Skipped(f"a rounding of days that no term here has: {rounding}")
    result = late_delivery(
        LateDeliveryTerms(
            per_days=given["per_days"],
            share=percent(given["percent"]),
            cap=_percent_or_none(given.get("cap_percent")),
            terminable_after_days=given.get("terminate_after_days"),
            counting=DAY_ROUNDING[rounding],
        ),
        agreed=datetime.fromisoformat(given["agreed"]),
        delivered=datetime.fromisoformat(given["delivered_or_now"]),
        value=Fraction(given["value"]),
        force_majeure=bool(given.get("force_majeure")),
    )
    return Produced(figures={"penalty": result.penalty, "may_terminate": result.may_terminate})


def ratio_guarantee(given: Given, expected: Given) -> Produced:
    """A ratio against its objective and its tiers."""
    total = given["flags_total"]
    ratio = Fraction(given["flags_true"], total) if total else None
    return Produced(figures={"percent": in_percent(ratio)} | _judged(given, ratio, "share"))


def count_guarantee(given: Given, expected: Given) -> Produced:
    """A count against its objective and its tiers."""
    value = given["value"]
    return Produced(figures=_judged(given, Fraction(value) if value is not None else None, "count"))


def tier_lookup(given: Given, expected: Given) -> Produced:
    """A value on the edge of a tier. Tables that reach 100, or ask for much below it, are of percentages."""
    edges = {Fraction(value) for tier in given["tiers"] for _, value in tier["when"]}
    hundred = Fraction(100)
    of_share = max(edges, default=hundred) <= hundred and (given["objective"][0] in {">=", ">"} or hundred in edges)
    value = percent(given["value"]) if of_share else Fraction(given["value"])
    return Produced(figures=_judged(given, value, "share" if of_share else "count"))


def consecutive_breach(given: Given, expected: Given) -> Produced:
    """A surcharge for two months in a row. A month without a figure, or before the contract, was not breached."""
    months = [bool(given.get("last_month_penalty")), bool(given["this_month_penalty"])]
    again = breached_again(months, times=2, within_months=2)
    return Produced(figures={"met": not again, "penalty_percent": given["extra_penalty_percent"] if again else 0})


def penalty_total(given: Given, expected: Given) -> Produced:
    """Penalties of a month, negative where the cases come from, added and then capped."""
    if given["aggregate"] != "sum":
        raise Skipped(f"penalties are added here, not {given['aggregate']}")
    shares = [Shared(kind=str(number), share=-percent(each)) for number, each in enumerate(given["penalties_percent"])]
    cap = -percent(given["cap_percent"]) if given.get("cap_percent") is not None else WHOLE
    capped = capped_deductions(shares, kind_caps={}, cap=cap, full_fee=Fraction(1))
    return Produced(figures={"total_percent": -capped.share * 100})


def _judged(given: Given, value: Fraction | None, unit: AchievedUnit) -> dict[str, Any]:
    of_share = unit == "share"
    judgement = judge_value(value, guaranteed=bound(given["objective"], of_share=of_share), target=None)
    tiers = [
        TierTerms(
            when=tuple(bound(each, of_share=of_share) for each in tier["when"]),
            share=-percent(tier["percent_of_monthly_fee"]),
        )
        for tier in given["tiers"]
    ]
    missed = judgement.verdict is Verdict.BREACH
    share = tier_share(value, tiers, unit=unit)
    return {"met": not missed, "penalty_percent": -share * 100}


def _below(tiers: Sequence[Given]) -> list[TierTerms]:
    for tier in tiers:
        only(tier, "below_percent", "credit_percent")
    return [
        TierTerms(
            when=(Bound(comparison=Comparison.BELOW, value=percent(tier["below_percent"])),),
            share=percent(tier["credit_percent"]),
        )
        for tier in tiers
    ]


def _told_at(exempt: str | bool | None) -> datetime | None:
    """ "provider called at minute 20" or "after 20 minutes" is told then; what says no minute was not told in time.

    A plain yes is told at once.
    """
    if not isinstance(exempt, str):
        return STARTS if exempt else None
    minute = re.search(r"minute (\d+(?:\.\d+)?)|(\d+(?:\.\d+)?) ?min", exempt)
    return STARTS + length(Decimal(minute[1] or minute[2]), MINUTE) if minute is not None else None


def _percent_or_none(number: Number | None) -> Fraction | None:
    return percent(number) if number is not None else None


def _hours(number: Number) -> timedelta:
    return length(number, HOUR)


def _stopped(stated: Sequence[Number], base: timedelta, *, min_stop: timedelta | None = None) -> Downtime:
    """A month of so much service time with stops of so many minutes, one minute apart."""
    outages: list[Occurrence] = []
    start = STARTS
    for number, stop in enumerate(length(each, MINUTE) for each in stated):
        if stop:
            outages.append(Occurrence(incident=str(number), outages=(Outage(start=start, end=start + stop),)))
            start += stop + APART
    return downtime(
        outages,
        period=Interval(STARTS, STARTS + base),
        until=STARTS + base,
        calendar=calendar(None),
        terms=DowntimeTerms(base=BaseTerms(exclusions="count_as_up", unmeasured="stays_in_base"), min_stop=min_stop),
    )


def _fee(given: Given, figure: Downtime, threshold: timedelta) -> tuple[StopTotal, FeeDue]:
    stops = stop_total([figure], threshold)
    line = DeductionLine(kind="stop", subject="month", share=stops.share, working=stops.working)
    return stops, fee_due(given["monthly_fee_yen"], [], FeeTerms(tax=UNTAXED), stop=[line])


def _reading(stops: StopTotal, fee: FeeDue) -> dict[str, Any]:
    return {"down_min": in_units(stops.stopped, MINUTE), "fee_yen": fee.payable}
