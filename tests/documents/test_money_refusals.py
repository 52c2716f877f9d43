"""What deductions, bonuses and grounds may not say: the place, the reason and the mend."""

from typing import Any

import pytest

from slm_api.documents import read_document
from tests.documents.bending import Bend, add, assert_refused, both, leave_out, put
from tests.documents.paper import Tree, level, paper, words, written


def rule(kind: str, of: str, **fields: Any) -> Bend:
    """One more deduction, at deductions[3]."""
    return add(
        "deductions", {"rule": kind, "code": "more", "clause": "4", "name": words("More"), "level": of, **fields}
    )


def tiers(*whens: str, of: str = "availability", percent: object = 5) -> Bend:
    return rule("tiers", of, tiers=[{"when": when, "percent": percent} for when in whens])


WORSE: Tree = {"when": "< 99 %", "percent": 5}


def repeated(times: int, within: int, of: str = "availability") -> Bend:
    return rule("repeat_breach", of, times=times, within_months=within, percent=5)


def bonus(of: str = "availability", **fields: Any) -> Bend:
    item = {"code": "more", "clause": "5", "name": words("More"), "level": of, "percent": 2, "cap_percent": 5}
    return add("bonuses", {**item, **fields})


@pytest.mark.parametrize(
    ("bend", "path", "reason", "mend"),
    [
        # tiers
        (tiers("< 99 %", of="availabilty"), "deductions[3].level", "“availabilty” is not defined", "“availability”"),
        (tiers("< 99 %", of="arrival"), "deductions[3].level", "tiers cannot count on", "availability_at_least"),
        (tiers(), "deductions[3].tiers", "a deduction by tiers needs it", "Write “tiers”"),
        (tiers("< 99 minutes"), "deductions[3].tiers[0].when.unit", "cannot be in minutes", "percent"),
        (tiers("< 101 %"), "deductions[3].tiers[0].when.amount", "more than 100 %", "at most 100"),
        (tiers(">= 99 %"), "deductions[3].tiers[0].when.comparison", "goes against", "below or at_most"),
        (
            tiers("< 60 minutes", of="stop"),
            "deductions[3].tiers[0].when.comparison",
            "goes against",
            "above or at_least",
        ),
        (tiers("< 99 %", "< 95 %", "< 99.0 %"), "deductions[3].tiers[2].when", "already a tier", "each condition"),
        (tiers("< 99 %", percent=101), "deductions[3].tiers[0].percent", "out of range", "at most 100"),
        (rule("tiers", "availability", tiers="none"), "deductions[3].tiers", "“none” is not a list", "[…, …]"),
        (
            rule("tiers", "availability", tiers=[WORSE], cap_percent=101),
            "deductions[3].cap_percent",
            "out of",
            "at most 100",
        ),
        (rule("tiers", "availability"), "deductions[3].tiers", "“tiers” is missing", "Write “tiers”"),
        (tiers("below par"), "deductions[3].tiers[0].when", "is not an amount with a unit", "99.5 %"),
        # repeated breaches
        (repeated(1, 3), "deductions[3].times", "Once is not repeated", "at least 2"),
        (repeated(3, 2), "deductions[3].within_months", "no 3 months of breach within 2", "at least 3"),
        (
            both(put("levels", 3, "measure", "period", to="quarter"), repeated(2, 3)),
            "deductions[3].within_months",
            "No 2 periods (quarter) of the level end within 3 months",
            "at least 4",
        ),
        (
            both(put("levels", 3, "measure", "period", to="term"), repeated(2, 12)),
            "deductions[3].level",
            "judged once, for the term",
            "shorter period",
        ),
        (repeated(2, 2, of="none"), "deductions[3].level", "“none” is not defined", "availability"),
        # stops
        (
            rule("fee_times_availability", "stop", composition="of_reduced_fee"),
            "deductions[3].composition",
            "says share_of_full_fee: other shares combine with the stops in one way",
            "Write share_of_full_fee",
        ),
        # caps and shares
        (put("deductions", 0, "cap_percent", to=101), "deductions[0].cap_percent", "out of range", "at most 100"),
        # bonuses
        (
            both(bonus(), leave_out("bonuses", 0, "cap_percent")),
            "bonuses[0].cap_percent",
            "no cap on this bonus",
            "5 %",
        ),
        (bonus(cap_percent=None), "bonuses[0].cap_percent", "not an exact decimal", "99.5"),
        (bonus(of="availabilty"), "bonuses[0].level", "“availabilty” is not defined", "“availability”"),
        (bonus(of="arrival"), "bonuses[0].level", "“arrival” has no target value to meet", "drop the bonus"),
        (bonus(percent=101), "bonuses[0].percent", "out of range", "at most 100"),
        (both(bonus(), bonus()), "bonuses[1].code", "“more” is already used", "another name"),
        # grounds
        (
            put("grounds", 0, "allowance", to={"per": "month", "minutes": 0}),
            "grounds[0].allowance.minutes",
            "“0” is out of range",
            "at least 1",
        ),
        (
            put("grounds", 1, "allowance", to={"per": "month", "minutes": 60}),
            "grounds[1].allowance",
            "means nothing for a ground that does not leave the measurement",
            "Leave “allowance” out",
        ),
        (
            put("grounds", 1, "notice", to={"kind": "none", "excused_when_unreachable": True}),
            "grounds[1].notice.excused_when_unreachable",
            "means nothing for a ground without notice",
            "Leave",
        ),
        (
            put("grounds", 1, "notice", to={"kind": "none", "when_missed": "counts_as_down"}),
            "grounds[1].notice.when_missed",
            "means nothing for a ground without notice",
            "Leave",
        ),
    ],
)
def test_money_or_a_ground_that_breaks_one_rule_is_refused_at_its_place(
    bend: Bend, path: str, reason: str, mend: str
) -> None:
    assert_refused(bend, path, reason, mend)


def graded(tree: Tree) -> None:
    grades = [{"grade": each, "name": words("-")} for each in (0, 1, 4)]
    tree["scales"] = [{"code": "backup", "name": words("Backup"), "grades": grades}]
    measure = {"kind": "grade_at_least", "source": "measurements", "period": "month", "scale": "backup"}
    tree["levels"].append(level("graded", measure, guaranteed="grade 4"))


@pytest.mark.parametrize(
    ("bend", "reason", "mend"),
    [
        (tiers("< 0 %"), "lies below 0", "larger value"),
        (tiers("0 %"), "lies below 0", "larger value"),  # without a word: worse than it
        (both(graded, tiers("grade 3", of="graded")), "Grade 3 is off its scale backup", "0, 1, 4"),
        (both(graded, tiers("grade 0", of="graded")), "no grade below 0", "at most"),
    ],
)
def test_a_tier_that_no_value_can_fall_into_is_refused(bend: Bend, reason: str, mend: str) -> None:
    assert_refused(bend, "deductions[3].tiers[0].when.amount", reason, mend)


@pytest.mark.parametrize(
    "bend",
    [
        tiers("< 99.5 %", "< 99 %", "<= 95 %"),
        tiers("99 %"),  # without a word: worse than it
        tiers("> 60 minutes", "> 2 hours", of="stop"),
        rule("fee_times_availability", "stop"),  # a second one that combines as the first does
        repeated(2, 2),
        repeated(3, 12, of="parts"),
        both(put("levels", 3, "measure", "period", to="quarter"), repeated(2, 4)),
        both(bonus(), put("deductions", 0, "cap_percent", to=30)),
        put("grounds", 0, "allowance", to={"per": "fiscal_year", "minutes": 600}),
        put("grounds", 1, "notice", to={"kind": "right_after", "excused_when_unreachable": True}),
    ],
)
def test_money_and_grounds_that_keep_the_rules_are_taken(bend: Bend) -> None:
    tree: Tree = paper()
    bend(tree)
    assert read_document(written(tree), source="sla.json").warnings == ()


@pytest.mark.parametrize(
    ("when", "warned"),
    [("< 99.5 %", []), ("<= 99.5 %", ["deductions[3].tiers[0].when"]), ("< 99.9 %", ["deductions[3].tiers[0].when"])],
)
def test_a_tier_that_takes_money_while_the_guarantee_of_99_5_is_kept_brings_a_warning(
    when: str, warned: list[str]
) -> None:
    tree: Tree = paper()
    tiers(when)(tree)
    found = read_document(written(tree), source="sla.json").warnings
    assert [finding.path for finding in found] == warned
