"""The readings that a level has of its own are printed on the report in words, in both languages."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from msgspec.structs import replace

from slm_api.measure_words import (
    CLOCKS,
    COUNTED_DAYS,
    DAY_KINDS,
    DUE_ENDS,
    EACH,
    MISSED,
    MOMENTS,
    PERIODS,
    ROUNDINGS,
    SHIFTS,
    ground_words,
    measure_words,
)
from slm_domain.sla import Allowance, Bound, BoundUnit, Fee, Measure, Notice, Words
from tests.domain.agreement import SLA, level


def known(shape: type, field: str) -> set[str]:
    """Every value that the field's type names."""
    hint = get_type_hints(shape)[field]
    each = [hint] if get_origin(hint) is Literal else get_args(hint)
    return {str(value) for part in each if get_origin(part) is Literal for value in get_args(part)}


@pytest.mark.parametrize(
    ("shape", "field", "words", "unsaid"),
    [
        (Measure, "start", MOMENTS, set()),
        (Measure, "clock", CLOCKS, set()),
        (Measure, "day_kind", DAY_KINDS, set()),
        (Measure, "due_shift", SHIFTS, set()),
        (Measure, "due_end", DUE_ENDS, set()),
        (Measure, "period_days", COUNTED_DAYS, set()),
        (Measure, "period", PERIODS, {"rolling"}),  # said with its days or months
        (Measure, "per", EACH, {"contract"}),
        (Notice, "when_missed", MISSED, set()),
        (Fee, "rounding", ROUNDINGS, set()),
    ],
)
def test_every_reading_of_a_level_has_words(
    shape: type, field: str, words: Mapping[str, Words], unsaid: set[str]
) -> None:
    assert set(words) == known(shape, field) - unsaid
    assert all(each.ja and each.en for each in words.values())


def said(guaranteed: tuple[int, BoundUnit], **measure: Any) -> Words:
    amount, unit = guaranteed
    return measure_words(level("l", Measure(**measure), Bound(amount=Decimal(amount), unit=unit)))


@pytest.mark.parametrize(
    ("guaranteed", "measure", "ja", "en"),
    [
        (
            (30, "minutes"),
            {"kind": "duration_at_most", "source": "incidents", "start": "detected", "end": "notified"},
            "検知 → 通知、実時間",
            "detected → notified; elapsed time",
        ),
        (  # its clock is a term (A9)
            (30, "minutes"),
            {"kind": "duration_at_most", "source": "incidents", "start": "contacted", "end": "arrived"},
            "連絡 → 到着",
            "contacted → arrived",
        ),
        (
            (3, "days"),
            {"kind": "duration_at_most", "source": "measurements", "day_kind": "opening", "count_first_day": True},
            "開庁日（A13）、当日を含む（A21）、閉庁日でも動かさない（A36）、その日の終わりまで",
            "opening days (A13); the first day counts (A21); not moved from a closed day (A36); to the end of the day",
        ),
        (
            (3, "days"),
            {"kind": "duration_at_most", "source": "measurements", "day_kind": "24h"},
            "実時間、1日は24時間（A13）",
            "elapsed time; days of 24 hours (A13)",
        ),
        (
            (1, "months"),
            {
                "kind": "duration_at_most",
                "source": "measurements",
                "due_shift": "next_opening_day",
                "due_end": "end_of_opening_hours",
            },
            "翌日から（A21）、閉庁日は次の開庁日へ（A36）、開庁時間の終わりまで",
            "from the next day (A21); from a closed day to the next opening day (A36); to the end of opening hours",
        ),
        (
            (1, "count"),
            {
                "kind": "count_at_least",
                "source": "measurements",
                "period": "day",
                "period_days": "scheduled",
                "weekdays": ("tue", "sat"),
            },
            "日ごと、予定の曜日（A14）：火・土",
            "each day; the scheduled weekdays (A14): tue, sat",
        ),
        (
            (99, "percent"),
            {
                "kind": "availability_at_least",
                "source": "stops",
                "period": "rolling",
                "rolling_months": 12,
                "per": "system",
            },
            "月末までの 12 か月、システムごと",
            "12 months to each month's end; for each system",
        ),
        (
            (2, "count"),
            {"kind": "count_at_most", "source": "stops", "period": "week", "week_starts_on": "sat"},
            "週ごと（土曜始まり）",
            "each week from sat",
        ),
        (
            (8, "hours"),
            {
                "kind": "duration_at_most",
                "source": "incidents",
                "start": "occurred",
                "end": "recovered",
                "clock": "support_hours",
                "runs_from": "support_hours",
                "pausable": True,
            },
            "発生 → 復旧、業務時間内だけ進む、時間外の受付は次の業務時間から（S28）、理由のある中断を除く（C14）",
            (
                "occurred → recovered; support hours only; outside support hours from their next start (S28); "
                "pauses with a reason left out (C14)"
            ),
        ),
        ((1, "met"), {"kind": "obligation", "source": "measurements"}, "", ""),
    ],
)
def test_a_level_says_from_when_to_when_in_which_clock_or_days_and_for_which_period(
    guaranteed: tuple[int, BoundUnit], measure: dict[str, Any], ja: str, en: str
) -> None:
    assert said(guaranteed, **measure) == Words(ja=ja, en=en)


@pytest.mark.parametrize(
    ("leaves", "frees", "en"),
    [
        (True, True, "leaves the measurement, so that nothing is deducted; frees from other damages too"),
        (True, False, "leaves the measurement, so that nothing is deducted; other damages stay open"),
        (False, True, "stays in the measurement; frees from deductions and damages"),
    ],
)
def test_a_ground_says_both_of_its_flags(leaves: bool, frees: bool, en: str) -> None:
    ground = replace(SLA.grounds[0], leaves_measurement=leaves, frees_from_damages=frees)
    assert ground_words(ground).en.startswith(en)
    japanese = ground_words(ground).ja
    assert ("減額はない" in japanese, "免れない" in japanese) == (leaves, not frees)


@pytest.mark.parametrize(
    ("notice", "allowance", "en"),
    [
        (Notice(kind="none"), None, ""),
        (Notice(kind="before"), None, "; told beforehand; without notice as accepted"),
        (
            Notice(kind="before", lead_days=7, when_missed="counts_as_down"),
            Allowance(per="month", minutes=240),
            "; told 7 days before; down without notice; at most 240 min each month",
        ),
        (
            Notice(kind="right_after", lead_minutes=60, excused_when_unreachable=True),
            Allowance(per="fiscal_year", minutes=1440),
            (
                "; told within 60 min of its start; excused when nobody can be reached; without notice as accepted; "
                "at most 1440 min each fiscal year"
            ),
        ),
        (Notice(kind="right_after"), None, "; told after it arises; without notice as accepted"),
    ],
)
def test_a_ground_says_how_it_is_told_and_how_much_it_allows(
    notice: Notice, allowance: Allowance | None, en: str
) -> None:
    ground = replace(SLA.grounds[0], notice=notice, allowance=allowance)
    assert (
        ground_words(ground).en
        == f"leaves the measurement, so that nothing is deducted; frees from other damages too{en}"
    )
