"""The rows of S5, S8, G4, T2 and J6, in the order of the sources."""

from collections.abc import Iterator

from slm_api.documents.catalogue import Entry, entries
from tests.where_used.row import Row, Use, jip, lines, shimanto, tosa

_VALUES_OF_G4 = "tests/documents/test_catalogue.py::test_the_reference_values_of_g4_are_those_of_its_three_patterns"
_GRADES = "tests/domain/test_level_values.py::test_a_grade_is_the_lowest_in_force_in_the_period"
_SHARES = "tests/figures/test_deductions.py"
_MONEY = "tests/test_rules_of_money.py"
_BY_HAND = "tests/test_hand_computed.py"


def s5() -> Iterator[Row]:
    """The nineteen levels of the SLA table: each in the document of the town whose table it is."""
    for name in _named("S5"):
        key = name.removeprefix("s5/")
        uses = (shimanto(f"- key: {key}"), *_by_reference(name))
        yield Row(source="S5", row=f"{key}: {entries()[name].title.ja}", uses=uses)


S8 = (
    Row(
        source="S8",
        row="late arrival at the computer room: 5 %, and 5 % for each 15 minutes",
        uses=(shimanto("code: late-computer-room"),),
        tests=(f"{_SHARES}::test_increments_count_when_passed_or_when_started",),
    ),
    Row(
        source="S8",
        row="late arrival at a town hall for hardware: 5 %, and 5 % for each 30 minutes",
        uses=(shimanto("code: late-hardware"),),
        tests=(f"{_BY_HAND}::test_an_arrival_after_121_minutes_takes_ten_percent_more_of_the_full_fee",),
    ),
    Row(
        source="S8",
        row="late arrival at a town hall for system maintenance: likewise",
        uses=(shimanto("code: late-system"),),
        tests=(f"{_MONEY}::test_a_late_arrival_costs_steps_passed_or_started",),
    ),
    Row(
        source="S8",
        row="spare parts missing: 5 %",
        uses=(shimanto("code: spare-parts-missing"),),
        tests=(f"{_MONEY}::test_missing_parts_are_counted_by_incident_by_part_or_once_a_month",),
    ),
    Row(
        source="S8",
        row="stop of at least 60 minutes; more than 60 in the month: fee × availability",
        uses=(shimanto("code: stop"), shimanto("min_stop_minutes: 60"), shimanto("cumulative_threshold_minutes: 60")),
        tests=(f"{_BY_HAND}::test_exactly_60_minutes_are_a_stop_and_keep_the_fee_61_do_not",),
    ),
    Row(
        source="S8",
        row="equipment in the town hall not restored within 24 hours: 1 % for each 60 minutes",
        uses=(shimanto("code: late-equipment"),),
        tests=(f"{_SHARES}::test_town_hall_equipment_costs_one_percent_for_each_hour_passed_after_a_day",),
    ),
    Row(
        source="S8",
        row="a late arrival is not counted when the hindrance was told before the due time",
        uses=(shimanto("excused_when_told_in_time: true"),),
        tests=(f"{_BY_HAND}::test_a_late_arrival_is_excused_when_told_by_the_due_time_and_not_after_it",),
    ),
    Row(
        source="S8",
        row="arrival is arriving and working; which room is meant",
        uses=(shimanto("- key: arrival-computer-room"), shimanto("- code: computer-room", after="sites:")),
    ),
    Row(
        source="S8",
        row="shares are added up; the document has no cap",
        uses=(shimanto("deduction_cap_percent: 100"),),
        tests=("tests/figures/test_fees.py::test_the_sum_of_shares_stops_at_the_cap_and_never_passes_the_fee",),
    ),
)


def g4() -> Iterator[Row]:
    """Items 38 to 43 in each of the three patterns that asks something of them."""
    for name in _named("G4"):
        uses = tuple(_by_reference(name))
        if name == "g4/42b-notification@basic":
            uses = (jip("guaranteed: 20 minutes # item 42b"), *uses)
        pattern = name.partition("@")[2]
        reason = "" if uses else f"no example is of the pattern {pattern}; its values are in the catalogue"
        yield Row(source="G4", row=_told(name), uses=uses, tests=(_VALUES_OF_G4,), reason=reason)


def t2() -> Iterator[Row]:
    """The typical items: what can be measured is a level, the rest is named with the reason why it is none."""
    for name in _named("T2"):
        each = entries()[name]
        uses = (*_of_what_is_no_level(name), *_by_reference(name))
        if name == "t2/mean-time-to-recover":
            uses = (jip("target: 3 hours # mean time to recover"), *uses)
        yield Row(source="T2", row=_told(name), uses=uses, reason=each.note.en if _no_level(each) and each.note else "")


def j6() -> Iterator[Row]:
    """Each grade of the four scales: as a guaranteed value, or on a scale that a document takes over whole."""
    for each in (each for each in entries().values() if each.kind == "scale"):
        scale = tosa(f"- use: {each.name}", after="scales:")
        for grade in each.item["grades"]:
            number = grade["grade"]
            pattern = f"{each.name}@grade-{number}"
            uses = tuple(_by_reference(pattern))
            if pattern == "j6/C.1.2.5@grade-4":
                uses = (*uses, jip("# grade 4 of C.1.2.5"))
            asked = "levels of the catalogue ask for it" if pattern in entries() else "no group ①–④ calls for it"
            reason = "" if uses else f"a grade of the scale alone: {asked}, no example guarantees it"
            name = f"{each.name.removeprefix('j6/')} grade {number}: {grade['name']['en']}"
            yield Row(source="J6", row=name, uses=uses or (scale,), tests=(_GRADES,), reason=reason)


def _named(source: str) -> Iterator[str]:
    return (each.name for each in entries().values() if each.source == source and each.kind != "scale")


def _told(name: str) -> str:
    return f"{name.partition('/')[2]}: {entries()[name].title.en}"


def _by_reference(name: str) -> Iterator[Use]:
    for number, line in enumerate(lines("tosa-joint-desk"), start=1):
        if line.partition(" #")[0].rstrip() == f"  - use: {name}":
            yield Use(example="tosa-joint-desk", line=number, text=f"use: {name}")
            return


def _no_level(each: Entry) -> bool:
    return each.kind == "not_a_level"


def _of_what_is_no_level(name: str) -> Iterator[Use]:
    match name:
        case "t2/service-time":
            yield shimanto("availability_calendar: opening")
            yield tosa("support_calendar: support")
        case "t2/disaster-recovery":
            yield tosa("use: j6/A.3.2.2@grade-2")
        case "t2/backup-method":
            yield tosa("use: s5/data-backup")
            yield tosa("use: j6/C.1.2.5@grade-4")
        case "t2/backup-retention":
            yield tosa("use: j6/B.1.3.1@grade-3")
        case _:
            return
