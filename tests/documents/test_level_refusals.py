"""What a level may not say: bounds and measures that do not fit its kind, and fields that mean nothing for it."""

from typing import Any

import pytest

from slm_api.documents import read_document
from tests.documents.bending import Bend, assert_refused, put
from tests.documents.paper import Tree, level, paper, words, written

BACKUP = {
    "code": "backup",
    "name": words("Backup"),
    "grades": [{"grade": each, "name": words("-")} for each in (0, 1, 4)],
}
ANSWERED: Tree = {"kind": "ratio_at_least", "source": "measurements", "period": "month"}
ABANDONED: Tree = {"kind": "ratio_at_most", "source": "measurements", "period": "month"}
TOLD_IN_TIME: Tree = {
    "kind": "ratio_at_least",
    "source": "incidents",
    "period": "month",
    "start": "detected",
    "end": "notified",
    "within": "20 minutes",
}
MEAN: Tree = {"kind": "mean_at_most", "source": "stops", "period": "month"}
BETWEEN: Tree = {"kind": "time_between_failures_at_least", "source": "stops", "period": "quarter"}
GRADE: Tree = {"kind": "grade_at_least", "source": "measurements", "period": "month", "scale": "backup"}
CALLS: Tree = {"kind": "count_at_most", "source": "measurements", "period": "month"}
DURATION: Tree = {"kind": "duration_at_most", "source": "measurements"}
AVAILABLE: Tree = {"kind": "availability_at_least", "source": "stops", "period": "month"}


def without(measure: Tree, field: str) -> Tree:
    return {name: value for name, value in measure.items() if name != field}


def another(measure: Tree, guaranteed: Any, **bounds: Any) -> Bend:
    """One more level, at levels[4], beside a scale it may name."""

    def bend(tree: Tree) -> None:
        tree["scales"] = [BACKUP]
        tree["levels"].append(level("other", measure, guaranteed=guaranteed, **bounds))

    return bend


@pytest.mark.parametrize(
    ("bend", "path", "reason", "mend"),
    [
        # units
        (
            another(ANSWERED, "30 seconds"),
            "levels[4].guaranteed.unit",
            "ratio_at_least cannot be in seconds",
            "percent",
        ),
        (
            another(GRADE, "4 times"),
            "levels[4].guaranteed.unit",
            "grade_at_least cannot be in count",
            "Write it in grade",
        ),
        (another(MEAN, "2 months"), "levels[4].guaranteed.unit", "cannot be in months", "seconds or minutes or hours"),
        (another(BETWEEN, "99 %"), "levels[4].guaranteed.unit", "cannot be in percent", "hours or days"),
        (another(CALLS, "99 %"), "levels[4].guaranteed.unit", "cannot be in percent", "Write it in count"),
        (another(DURATION, "grade 4"), "levels[4].guaranteed.unit", "cannot be in grade", "minutes"),
        # amounts
        (another(ANSWERED, "101 %"), "levels[4].guaranteed.amount", "more than 100 %", "at most 100"),
        (another(CALLS, "2.5 times"), "levels[4].guaranteed.amount", "A count is a whole number", "whole number"),
        (another(DURATION, "1.5 months"), "levels[4].guaranteed.amount", "number of months is a whole", "whole number"),
        (another(DURATION, "1.5 days"), "levels[4].guaranteed.amount", "Days that are counted are whole", "24h"),
        (another(GRADE, "grade 3"), "levels[4].guaranteed.amount", "Grade 3 is off its scale backup", "0, 1, 4"),
        (another(GRADE, "grade 4", target="grade 5"), "levels[4].target.amount", "Grade 5 is off its scale", "0, 1, 4"),
        (
            another(GRADE, {"amount": "0.5", "unit": "grade"}),
            "levels[4].guaranteed.amount",
            "A grade is a whole number",
            "whole number",
        ),
        # amounts that no clock counts to
        (another(DURATION, "36526 days"), "levels[4].guaranteed.amount", "longer than 100 years", "at most 36525 days"),
        (another(DURATION, "1201 months"), "levels[4].guaranteed.amount", "longer than 100", "at most 1200 months"),
        (another(DURATION, "876601 hours"), "levels[4].guaranteed.amount", "longer than 100", "at most 876600 hours"),
        (another(MEAN, "60000000 minutes"), "levels[4].guaranteed.amount", "longer than 100 years", "52596000 minutes"),
        (
            another({**TOLD_IN_TIME, "within": "999999999999 days"}, "90 %"),
            "levels[4].measure.within.amount",
            "longer than 100 years",
            "at most 36525 days",
        ),
        (
            another({**DURATION, "clock": "opening_hours"}, "300000 hours"),  # at 43.75 h a week, more than 131 years
            "levels[4].guaranteed.amount",
            "not over in 100 years at the 2625 minutes a week",
            "clock: elapsed",
        ),
        (
            another({**AVAILABLE, "period": "rolling", "rolling_days": 10**9}, "99 %"),
            "levels[4].measure.rolling_days",
            "out of range",
            "at most 36525",
        ),
        # values that no measurement can reach
        (another(AVAILABLE, "> 100 %"), "levels[4].guaranteed.amount", "lies above 100 %", "Write >= 100 %"),
        (another(ANSWERED, "100 % を超える"), "levels[4].guaranteed.amount", "lies above 100 %", "Write >= 100 %"),
        (another(ABANDONED, "< 0 %"), "levels[4].guaranteed.amount", "lies below 0", "Write <= 0"),
        (another(ABANDONED, "5 %", target="0 % 未満"), "levels[4].target.amount", "lies below 0", "Write <= 0"),
        (another(DURATION, "< 0 minutes"), "levels[4].guaranteed.amount", "lies below 0", "Write <= 0"),
        (another(CALLS, "< 0 times"), "levels[4].guaranteed.amount", "lies below 0", "Write <= 0"),
        (another(GRADE, "> grade 4"), "levels[4].guaranteed.amount", "no grade above 4", "at least"),
        (
            another({**TOLD_IN_TIME, "within": "< 0 minutes"}, "90 %"),
            "levels[4].measure.within.amount",
            "lies below 0",
            "Write <= 0",
        ),
        # comparison words
        (another(ANSWERED, "< 90 %"), "levels[4].guaranteed.comparison", "below goes against", "at_least or above"),
        (another(ABANDONED, "5 % 以上"), "levels[4].guaranteed.comparison", "at_least goes", "at_most or below"),
        (another(AVAILABLE, "<= 99 %"), "levels[4].guaranteed.comparison", "at_most goes", "at_least or above"),
        (
            put("levels", 0, "guaranteed", to=">= 90 minutes"),
            "levels[0].guaranteed.comparison",
            "at_least goes",
            "below",
        ),
        # sources
        (
            another({**without(ANSWERED, "source"), "source": "stops"}, "90 %"),
            "levels[4].measure.source",
            "ratio_at_least does not come from stops",
            "measurements or incidents",
        ),
        (
            another({**GRADE, "source": "incidents"}, "grade 4"),
            "levels[4].measure.source",
            "does not come from incidents",
            "Write measurements",
        ),
        (
            another({**BETWEEN, "source": "measurements"}, "30 days"),
            "levels[4].measure.source",
            "does not come from measurements",
            "Write stops",
        ),
        # what is missing
        (
            another(without(TOLD_IN_TIME, "within"), "90 %"),
            "levels[4].measure.within",
            "a ratio fed by incidents needs it",
            "Write “within”",
        ),
        (another(without(TOLD_IN_TIME, "end"), "90 %"), "levels[4].measure.end", "fed by incidents needs it", "Write"),
        (another(without(GRADE, "scale"), "grade 4"), "levels[4].measure.scale", "a grade needs it", "Write “scale”"),
        (
            another(without(MEAN, "period"), "3 hours"),
            "levels[4].measure.period",
            "judged per period needs it",
            "Write",
        ),
        (
            another({**CALLS, "period": "day"}, "10 times"),
            "levels[4].measure.period_days",
            "a daily count needs it",
            "Write “period_days”",
        ),
        (
            another({**AVAILABLE, "period": "day", "period_days": "scheduled"}, "99 %"),
            "levels[4].measure.weekdays",
            "a schedule of days needs it",
            "Write “weekdays”",
        ),
        # rolling periods
        (
            another({**AVAILABLE, "period": "rolling"}, "99 %"),
            "levels[4].measure",
            "exactly one length",
            "either rolling_days or rolling_months",
        ),
        (
            another({**AVAILABLE, "period": "rolling", "rolling_days": 30, "rolling_months": 12}, "99 %"),
            "levels[4].measure",
            "exactly one length",
            "either rolling_days or rolling_months",
        ),
        (
            another({**AVAILABLE, "period": "rolling", "rolling_months": 0}, "99 %"),
            "levels[4].measure.rolling_months",
            "“0” is out of range",
            "at least 1",
        ),
        # within
        (
            another({**TOLD_IN_TIME, "within": "99 %"}, "90 %"),
            "levels[4].measure.within.unit",
            "cannot be in percent",
            "minutes",
        ),
        (
            another({**TOLD_IN_TIME, "within": ">= 20 minutes"}, "90 %"),
            "levels[4].measure.within.comparison",
            "goes against the direction",
            "at_most or below",
        ),
        # names
        (
            another({**GRADE, "scale": "backups"}, "grade 4"),
            "levels[4].measure.scale",
            "“backups” is not defined in scales",
            "Did you mean “backup”?",
        ),
        (
            another({**AVAILABLE, "systems": ["tax", "taxi"]}, "99 %"),
            "levels[4].measure.systems",
            "“taxi” is not defined in systems",
            "Did you mean “tax”?",
        ),
        (
            another({**AVAILABLE, "organisations": ["firm"]}, "99 %"),
            "levels[4].measure.organisations",
            "“firm” is not defined in municipality.organisations",
            "town",
        ),
    ],
)
def test_a_level_that_breaks_one_rule_is_refused_at_its_place_with_reason_and_mend(
    bend: Bend, path: str, reason: str, mend: str
) -> None:
    assert_refused(bend, path, reason, mend)


@pytest.mark.parametrize(
    ("measure", "guaranteed", "field", "value"),
    [
        (AVAILABLE, "99 %", "start", "detected"),
        (AVAILABLE, "99 %", "within", "30 seconds"),
        (AVAILABLE, "99 %", "scale", "backup"),
        (AVAILABLE, "99 %", "clock", "support_hours"),
        (AVAILABLE, "99 %", "pausable", True),
        (AVAILABLE, "99 %", "rolling_days", 30),
        (AVAILABLE, "99 %", "week_starts_on", "sat"),
        (AVAILABLE, "99 %", "period_days", "opening"),
        (AVAILABLE, "99 %", "weekdays", ["mon"]),
        (CALLS, "3 times", "fault_levels", ["A"]),
        (CALLS, "3 times", "day_kind", "opening"),
        (ANSWERED, "90 %", "clock", "support_hours"),
        (ANSWERED, "90 %", "runs_from", "support_hours"),
        (MEAN, "3 hours", "runs_from", "support_hours"),
        (MEAN, "3 hours", "pausable", True),
        (MEAN, "3 days", "day_kind", "opening"),
        (DURATION, "30 minutes", "period", "month"),
        (DURATION, "30 minutes", "count_first_day", True),
        (DURATION, "30 minutes", "due_shift", "next_opening_day"),
        (DURATION, "30 minutes", "due_end", "end_of_opening_hours"),
        (DURATION, "30 minutes", "day_kind", "opening"),
        (DURATION, "30 minutes", "work", "hardware"),
        (DURATION, "3 hours", "pausable", True),  # nobody pauses a measurement
        (GRADE, "grade 4", "covers_extraordinary", True),
    ],
)
def test_a_field_that_means_nothing_for_the_measure_is_refused(
    measure: Tree, guaranteed: str, field: str, value: object
) -> None:
    assert_refused(
        another({**measure, field: value}, guaranteed),
        f"levels[4].measure.{field}",
        f"“{field}” means nothing for this measure",
        f"Leave “{field}” out",
    )


def test_of_systems_and_organisations_named_together_each_system_belongs_to_one_of_them() -> None:
    def bend(tree: Tree) -> None:
        tree["municipality"]["organisations"].append({"code": "village", "name": {"ja": "村", "en": "Village"}})
        another({**AVAILABLE, "systems": ["tax"], "organisations": ["village"]}, "99 %")(tree)

    assert_refused(
        bend,
        "levels[4].measure.systems",
        "“tax” is a system of none of the organisations named",
        "Add “town” to organisations, or leave “tax” out",
    )


def test_days_of_24_hours_run_on_a_clock_and_so_have_no_first_day() -> None:
    on_a_clock = {**DURATION, "day_kind": "24h", "count_first_day": True}
    assert_refused(another(on_a_clock, "3 days"), "levels[4].measure.count_first_day", "means nothing", "Leave")


@pytest.mark.parametrize(
    ("measure", "guaranteed"),
    [
        (ANSWERED, ">= 90 %"),
        (ABANDONED, "< 5 %"),
        ({**ANSWERED, "within": "< 30 seconds", "clock": "support_hours"}, "90 %"),
        (TOLD_IN_TIME, "90 % 以上"),
        ({**TOLD_IN_TIME, "pausable": True}, "90 %"),
        ({**TOLD_IN_TIME, "within": "3 days", "day_kind": "opening", "count_first_day": True}, "90 %"),
        (MEAN, "≤ 3 hours"),
        ({**MEAN, "source": "measurements", "clock": "support_hours"}, "3 hours"),
        (BETWEEN, "> 30 days"),
        (GRADE, "グレード 4 以上"),
        (CALLS, "3 times"),
        ({**CALLS, "source": "stops", "period": "week", "week_starts_on": "sat"}, "1 time"),
        ({**AVAILABLE, "period": "rolling", "rolling_months": 12}, "99.5 %"),
        ({**AVAILABLE, "period": "day", "period_days": "opening", "per": "system", "systems": ["tax"]}, "99.5 %"),
        ({**AVAILABLE, "period": "term", "clock": "opening_hours", "organisations": ["town"]}, "99.5 %"),
        ({**DURATION, "runs_from": "support_hours"}, "30 minutes"),
        ({**DURATION, "day_kind": "opening", "due_shift": "next_opening_day"}, "3 days"),
        ({**DURATION, "due_end": "end_of_opening_hours", "covers_extraordinary": True}, "2 months"),
        ({**DURATION, "day_kind": "24h"}, "1.5 days"),
    ],
)
def test_a_level_that_keeps_the_rules_of_its_kind_is_taken(measure: Tree, guaranteed: str) -> None:
    tree = paper()
    another(measure, guaranteed)(tree)
    assert read_document(written(tree), source="sla.json").warnings == ()
