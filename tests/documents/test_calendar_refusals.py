"""What calendars, organisations and scales may not say: the place, the reason and the mend."""

import pytest

from slm_api.documents import read_document
from tests.documents.bending import Bend, assert_refused, both, put
from tests.documents.paper import Tree, paper, words, written

SECOND = {"code": "village", "name": words("Village")}


def calendar(**fields: object) -> Bend:
    return lambda tree: tree["calendars"]["opening"].update(fields)


def joined(**fields: object) -> Bend:
    """A second municipality with these fields."""
    return lambda tree: tree["municipality"]["organisations"].append({**SECOND, **fields})


def first(**fields: object) -> Bend:
    return lambda tree: tree["municipality"]["organisations"][0].update(fields)


def scaled(*grades: object) -> Bend:
    """A scale with these grades."""
    scale = {
        "code": "backup",
        "name": words("Backup"),
        "grades": [{"grade": each, "name": words("-")} for each in grades],
    }
    return put("scales", to=[scale])


@pytest.mark.parametrize(
    ("bend", "path", "reason", "mend"),
    [
        (calendar(breaks="13:00-12:00"), "calendars.opening.breaks", "ends before it begins", "00:00-06:00"),
        (calendar(breaks="17:00-18:00"), "calendars.opening.breaks", "17:00-18:00 is inside no shift", "inside the"),
        (calendar(breaks="08:30-17:15"), "calendars.opening", "no hours at all", "Write the shifts"),
        (
            calendar(breaks=["12:00-13:00", "12:30-13:30"]),
            "calendars.opening.breaks",
            "12:00-13:00 and 12:30-13:30 overlap",
            "one shift",
        ),
        (
            calendar(special_days=[{"day": "2025-05-01"}, {"day": "2025-05-01", "hours": "09:00-12:00"}]),
            "calendars.opening.special_days[1].day",
            "2025-05-01 is already written",
            "one entry for each day",
        ),
        (
            calendar(special_days=[{"day": "2025-05-01"}], also_closed=["2025-05-01"]),
            "calendars.opening.also_closed[0]",
            "2025-05-01 is already written",
            "one entry for each day",
        ),
        (
            calendar(breaks="12:00-13:00", special_days=[{"day": "2025-05-01", "hours": "12:00-13:00"}]),
            "calendars.opening.special_days[0].hours",
            "Nothing is left of these hours",
            "none for a closed day",
        ),
        (
            calendar(special_days=[{"day": "2025-02-30"}]),
            "calendars.opening.special_days[0].day",
            "not a date",
            "a day that exists",
        ),
        (
            calendar(changes=[{"effective_from": "2026-04-01"}]),
            "calendars.opening.changes[0]",
            "no hours at all",
            "Write the shifts",
        ),
        (
            calendar(
                changes=[
                    {"effective_from": "2027-04-01", "mon": "09:00-17:00"},
                    {"effective_from": "2026-04-01", "mon": "09:00-16:00"},
                ]
            ),
            "calendars.opening.changes[1].effective_from",
            "2026-04-01 is not after the change before it, 2027-04-01",
            "Order changes by day",
        ),
        (
            calendar(
                changes=[
                    {"effective_from": "2026-04-01", "mon": "09:00-17:00"},
                    {"effective_from": "2026-04-01", "mon": "09:00-16:00"},
                ]
            ),
            "calendars.opening.changes[1].effective_from",
            "2026-04-01 is not after the change before it, 2026-04-01",
            "one for each day",
        ),
        (
            calendar(changes=[{"effective_from": "2026-04-01", "mon": "09:00-12:00", "breaks": "12:00-13:00"}]),
            "calendars.opening.changes[0].breaks",
            "12:00-13:00 is inside no shift",
            "inside the hours",
        ),
        (
            calendar(time_zone="Asia/Tokio"),
            "calendars.opening.time_zone",
            "is not a time zone",
            "Did you mean Asia/Tokyo?",
        ),
        (
            first(calendar="openning"),
            "municipality.organisations[0].calendar",
            "“openning” is not defined in calendars",
            "Did you mean “opening”?",
        ),
        (first(weight=0), "municipality.organisations[0].weight", "“0” is out of range", "at least 1"),
        (put("systems", 0, "weight", to=0), "systems[0].weight", "“0” is out of range", "at least 1"),
        (
            first(fee_share_percent=90),
            "municipality.organisations",
            "add up to 90 %, not 100 %",
            "Let the shares add up to 100",
        ),
        (
            both(joined(), first(fee_share_percent=100)),
            "municipality.organisations[1].fee_share_percent",
            "“fee_share_percent” is missing",
            "Write “fee_share_percent”",
        ),
        (
            both(joined(fee_share_percent="33.3 %"), first(fee_share_percent="66.6 %")),
            "municipality.organisations",
            "add up to 99.9 %",
            "add up to 100",
        ),
        (
            put("provider", "organisations", 0, "calendar", to="opening"),
            "provider.organisations[0].calendar",
            "means nothing for an organisation of the provider",
            "Leave “calendar” out",
        ),
        (
            put("provider", "organisations", 0, "weight", to=2),
            "provider.organisations[0].weight",
            "means nothing for an organisation of the provider",
            "Leave “weight” out",
        ),
        (scaled(0, 2, 1), "scales[0].grades[2].grade", "Grade 1 is not above the grade before it, 2", "lowest first"),
        (
            scaled(0, 1, 1),
            "scales[0].grades[2].grade",
            "Grade 1 is not above the grade before it, 1",
            "each grade once",
        ),
        (scaled(), "scales[0].grades", "“grades” is missing: a scale needs it", "Write “grades”"),
    ],
)
def test_a_calendar_an_organisation_or_a_scale_that_breaks_one_rule_is_refused_at_its_place(
    bend: Bend, path: str, reason: str, mend: str
) -> None:
    assert_refused(bend, path, reason, mend)


@pytest.mark.parametrize(
    "bend",
    [
        calendar(breaks="12:00-13:00", also_closed=["2025-12-28"], time_zone="Europe/Berlin"),
        calendar(special_days=[{"day": "2025-05-03", "hours": ["09:00-12:00", "13:00-15:00"]}, {"day": "2025-05-07"}]),
        calendar(
            changes=[
                {"effective_from": "2026-04-01", "mon": "09:00-17:00"},
                {"effective_from": "2027-04-01", "sat": "09:00-12:00"},
            ]
        ),
        both(joined(fee_share_percent="33.3 %", weight=3, calendar="opening"), first(fee_share_percent="66.7 %")),
        scaled(0, 1, 5),
    ],
)
def test_what_keeps_the_rules_of_calendars_organisations_and_scales_is_taken(bend: Bend) -> None:
    tree: Tree = paper()
    bend(tree)
    assert read_document(written(tree), source="sla.json").warnings == ()
