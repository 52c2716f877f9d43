"""The two example documents say what their sources say: values typed from the printed tables (S5, S6, S8, C11)."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from slm_api.documents import Checked, SlaDocument, read_document
from slm_api.documents.bounds import Bound
from slm_api.documents.hours import week
from slm_api.documents.levels import Level
from slm_api.documents.money import FeeTimesAvailability, LateIncrements, PerOccasion, Tiers
from slm_api.documents.terms import Terms
from slm_domain.sla import MeasureKind, PeriodKind

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def checked(example: str) -> Checked:
    return read_document((EXAMPLES / example / "sla.yaml").read_bytes(), source=f"{example}/sla.yaml")


def shimanto() -> SlaDocument:
    return checked("shimanto-town").document


def level(key: str) -> Level:
    [found] = [level for level in shimanto().levels if level.key == key]
    return found


def bound(value: Bound | None) -> tuple[int, str] | None:
    return None if value is None else (int(value.amount), value.unit)


TABLE_7_1 = [  # key, kind, guaranteed, target, as printed
    ("software-configuration", "duration_at_most", (3, "days"), (1, "days")),
    ("hardware-configuration", "duration_at_most", (3, "days"), (1, "days")),
    ("licence-versions", "duration_at_most", (3, "days"), (1, "days")),
    ("manuals-media", "duration_at_most", (3, "days"), (1, "days")),
    ("fault-notification", "duration_at_most", (30, "minutes"), (30, "minutes")),
    ("first-triage", "duration_at_most", (60, "minutes"), (30, "minutes")),
    ("recovery-work", "duration_at_most", (60, "minutes"), (10, "minutes")),
    ("fault-report", "duration_at_most", (3, "days"), (1, "days")),
    ("system-backup", "obligation", (1, "met"), (1, "met")),
    ("data-backup", "count_at_least", (1, "count"), (1, "count")),
    ("generation-ledger", "duration_at_most", (2, "days"), (1, "days")),
    ("restore-work", "duration_at_most", (2, "days"), (1, "days")),
    ("access-rights", "duration_at_most", (3, "days"), (1, "days")),
    ("job-registration", "lead_at_least", (3, "days"), (60, "minutes")),
    ("job-schedule", "lead_at_least", (3, "days"), (2, "days")),
    ("job-execution", "duration_at_most", (30, "minutes"), (0, "minutes")),
    ("job-report", "count_at_least", (1, "count"), (1, "count")),
    ("yearly-calendar", "count_at_least", (1, "count"), (1, "count")),
    ("regular-meeting", "count_at_least", (1, "count"), (1, "count")),
]
SPECIFICATION = [  # the service-level specification, which names no targets
    ("arrival-computer-room", "duration_at_most", (30, "minutes")),
    ("arrival-hardware", "duration_at_most", (90, "minutes")),
    ("arrival-system", "duration_at_most", (210, "minutes")),
    ("spare-parts", "obligation", (1, "met")),
    ("stop", "stopped_time_at_most", (60, "minutes")),
    ("town-hall-equipment", "duration_at_most", (24, "hours")),
]
MOMENTS = [  # what starts and what ends the clock of the levels that incidents feed
    ("fault-notification", "detected", "notified"),
    ("first-triage", "triaged", "triage_reported"),
    ("recovery-work", "contacted", "work_started"),
    ("fault-report", "recovered", "report_handed_in"),
    ("arrival-computer-room", "contacted", "arrived"),
    ("arrival-hardware", "contacted", "arrived"),
    ("arrival-system", "contacted", "arrived"),
    ("spare-parts", "parts_needed", None),
    ("town-hall-equipment", "equipment_stop_told", "equipment_restored"),
]


def test_the_shimanto_document_has_the_19_levels_of_the_table_and_the_six_of_the_specification() -> None:
    keys = [level.key for level in shimanto().levels]
    assert keys == [row[0] for row in TABLE_7_1] + [row[0] for row in SPECIFICATION]
    assert len(TABLE_7_1) == 19


@pytest.mark.parametrize(("key", "kind", "guaranteed", "target"), TABLE_7_1, ids=[row[0] for row in TABLE_7_1])
def test_a_level_of_table_7_1_has_its_printed_values(
    key: str, kind: str, guaranteed: tuple[int, str], target: tuple[int, str]
) -> None:
    found = level(key)
    assert found.measure.kind == kind
    assert bound(found.guaranteed) == guaranteed
    assert bound(found.target) == target
    assert found.document.clause == "運用計画書 表7-1"


@pytest.mark.parametrize(("key", "kind", "guaranteed"), SPECIFICATION, ids=[row[0] for row in SPECIFICATION])
def test_a_level_of_the_specification_has_its_printed_value_and_no_target(
    key: str, kind: str, guaranteed: tuple[int, str]
) -> None:
    found = level(key)
    assert found.measure.kind == kind
    assert bound(found.guaranteed) == guaranteed
    assert found.target is None


@pytest.mark.parametrize(("key", "start", "end"), MOMENTS, ids=[row[0] for row in MOMENTS])
def test_a_level_fed_by_incidents_names_its_moments(key: str, start: str, end: str | None) -> None:
    measure = level(key).measure
    assert (measure.source, measure.start, measure.end) == ("incidents", start, end)


def test_only_incidents_told_at_once_have_to_be_notified_in_30_minutes() -> None:
    assert level("fault-notification").measure.fault_levels == ("A", "B")


def test_arrivals_are_told_apart_by_site_and_work() -> None:
    places = {key: (level(key).measure.site, level(key).measure.work) for key in (row[0] for row in SPECIFICATION[:3])}
    assert places == {
        "arrival-computer-room": ("computer-room", None),
        "arrival-hardware": ("town-hall", "hardware"),
        "arrival-system": ("town-hall", "system"),
    }


def test_the_data_is_backed_up_on_the_mornings_of_the_schedule() -> None:
    measure = level("data-backup").measure
    assert (measure.period, measure.period_days) == ("day", "scheduled")
    assert measure.weekdays == ("tue", "wed", "thu", "fri", "sat")


def test_the_deductions_are_those_of_clause_3() -> None:
    rules = [
        (
            rule.clause[-4:],
            rule.level,
            int(rule.first_percent),
            rule.step_minutes,
            int(rule.step_percent),
            rule.counting,
        )
        for rule in shimanto().deductions
        if isinstance(rule, LateIncrements)
    ]
    assert rules == [
        ("3(1)", "arrival-computer-room", 5, 15, 5, "passed"),
        ("3(2)", "arrival-hardware", 5, 30, 5, "passed"),
        ("3(2)", "arrival-system", 5, 30, 5, "passed"),
        ("3(5)", "town-hall-equipment", 0, 60, 1, "passed"),
    ]
    [parts] = [rule for rule in shimanto().deductions if isinstance(rule, PerOccasion)]
    assert (parts.clause[-4:], parts.level, int(parts.percent)) == ("3(3)", "spare-parts", 5)
    [stop] = [rule for rule in shimanto().deductions if isinstance(rule, FeeTimesAvailability)]
    assert (stop.clause[-4:], stop.level, stop.composition) == ("3(4)", "stop", "share_of_full_fee")


def test_an_accident_told_in_time_excuses_late_arrivals_alone() -> None:
    excused = {
        rule.level
        for rule in shimanto().deductions
        if isinstance(rule, LateIncrements) and rule.excused_when_told_in_time
    }
    assert excused == {"arrival-computer-room", "arrival-hardware", "arrival-system"}


def test_the_fee_the_term_and_the_hours_are_those_the_figures_are_computed_with() -> None:
    document = shimanto()
    assert (document.fee.monthly_yen, document.fee.includes_tax, document.fee.tax_percent) == (
        1000000,
        True,
        Decimal(10),
    )
    assert (document.term_from.isoformat(), document.term_to.isoformat()) == ("2025-04-01", "2030-03-31")
    for name in (document.availability_calendar, document.support_calendar):
        hours = document.calendars[name]
        assert hours.mon == hours.tue == hours.wed == hours.thu == hours.fri == ("08:30-17:15",)
        assert hours.sat == hours.sun == ()
        assert hours.closed == "japanese_municipal"


def test_the_stop_rule_uses_both_thresholds_as_printed() -> None:
    assert shimanto().terms.min_stop_minutes == 60
    assert shimanto().terms.cumulative_threshold_minutes == 60


def test_incident_levels_are_reported_as_table_6_3_says() -> None:
    assert {grade.code: grade.report for grade in shimanto().fault_levels} == {
        "A": "at_once",
        "B": "at_once_in_hours",
        "C": "next_service_day",
    }


def test_leaving_the_measurement_and_freedom_from_damages_are_chosen_apart() -> None:
    flags = {(ground.leaves_measurement, ground.frees_from_damages) for ground in shimanto().grounds}
    assert flags == {(True, True), (True, False), (False, True)}
    [planned] = [ground for ground in shimanto().grounds if ground.code == "planned-maintenance"]
    assert (planned.leaves_measurement, planned.notice.kind, planned.notice.lead_days) == (True, "before", 7)


def test_only_the_two_job_lead_times_are_warned_of() -> None:
    assert [finding.path for finding in checked("shimanto-town").warnings] == ["levels[13].target", "levels[14].target"]
    assert [level.key for level in shimanto().levels[13:15]] == ["job-registration", "job-schedule"]
    assert checked("jip-base").warnings == ()


def test_the_jip_base_document_covers_nine_systems_of_one_organisation_at_all_hours() -> None:
    document = checked("jip-base").document
    assert document.contract == "jip-base-01"
    assert [system.code for system in document.systems] == [f"S-0{number}" for number in range(1, 10)]
    assert {system.organisation for system in document.systems} == {document.municipality.lead}
    always = document.calendars[document.availability_calendar]
    assert [shifts for _, shifts in week(always)] == [("00:00-24:00",)] * 7
    assert always.closed == "never"
    assert {level.key for level in document.levels} == {"availability", "notification", "recovery", "data-backup"}


JOINT = "tosa-joint-desk"


def test_the_joint_contract_is_accepted_with_the_warnings_of_the_entries_it_uses() -> None:
    about_hours, about_the_printed_word, about_no_candidate = checked(JOINT).warnings
    assert "about 3 hours" in about_hours.reason.en
    assert "A22" in about_the_printed_word.reason.en
    assert "G16" in about_no_candidate.reason.en


def test_the_joint_contract_uses_every_kind_of_level_and_every_rule_of_money() -> None:
    document = checked(JOINT).document
    kinds = {level.measure.kind for level in document.levels}
    assert kinds == set(get_args(MeasureKind))
    assert {rule.rule for rule in document.deductions} == {
        "late_increments",
        "per_occasion",
        "fee_times_availability",
        "tiers",
        "repeat_breach",
    }
    assert {(bonus.percent, bonus.cap_percent) for bonus in document.bonuses} == {(Decimal(2), Decimal(3))}


def test_the_joint_contract_judges_by_every_period() -> None:
    periods = {level.measure.period for level in checked(JOINT).document.levels} - {None}
    assert periods == set(get_args(PeriodKind))


def test_the_credits_of_the_joint_contract_are_those_of_its_three_tiers() -> None:
    [tiers, *_] = [rule for rule in checked(JOINT).document.deductions if isinstance(rule, Tiers)]
    assert [tier.when.amount for tier in tiers.tiers] == [Decimal("99.5"), Decimal(99), Decimal(95)]
    assert {tier.when.comparison for tier in tiers.tiers} == {"below"}
    assert [tier.percent for tier in tiers.tiers] == [Decimal(10), Decimal(15), Decimal(50)]


def test_the_joint_contract_takes_the_other_reading_of_what_shimanto_chose() -> None:
    one, other = checked("shimanto-town").document.terms, checked(JOINT).document.terms
    same = {field for field in Terms.model_fields if getattr(one, field) == getattr(other, field)}
    assert same == {
        "report_due_opening_day",  # S2 in both
        "month_first_day",  # C15: contract months are calendar months
        "partial_weight_by",  # A28: says something where parts are weighted
        "planned_stop_counts",  # A35: both leave a planned stop out that was told in time
    }


def test_two_municipalities_bear_the_fee_and_weigh_by_their_size() -> None:
    city, town = checked(JOINT).document.municipality.organisations
    assert [(each.weight, each.calendar) for each in (city, town)] == [(3, None), (1, "town")]
    assert [each.fee_share_percent for each in (city, town)] == [Decimal(70), Decimal(30)]
