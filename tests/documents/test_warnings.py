"""What is accepted, and still worth a second look."""

from slm_api.documents import read_document
from tests.documents.paper import level, paper, words, written

LEAD = {"kind": "lead_at_least", "source": "measurements"}


def warned(guaranteed: str, target: str, **measure: str) -> list[str]:
    tree = paper()
    tree["levels"].append(level("other", {**LEAD, **measure}, guaranteed=guaranteed, target=target))
    return [finding.path for finding in read_document(written(tree), source="sla.json").warnings]


def test_a_target_looser_than_its_guarantee_is_accepted_with_a_warning() -> None:
    assert warned("3 days", "60 minutes") == ["levels[4].target"]
    assert warned("30 minutes", "1 hour", kind="duration_at_most") == ["levels[4].target"]
    assert warned("2 times", "1 time", kind="count_at_least", period="month") == ["levels[4].target"]


def test_a_looser_target_is_warned_of_whatever_the_kind() -> None:
    period = {"period": "month"}
    assert warned("90 %", "80 %", kind="ratio_at_least", **period) == ["levels[4].target"]
    assert warned("< 5 %", "<= 5 %", kind="ratio_at_most", **period) == ["levels[4].target"]
    assert warned("3 hours", "90 minutes", kind="mean_at_most", **period) == []
    assert warned("180 minutes", "4 hours", kind="mean_at_most", **period) == ["levels[4].target"]
    assert warned("3 times", "4 times", kind="count_at_most", **period) == ["levels[4].target"]
    assert warned("30 days", "29 days", kind="time_between_failures_at_least", source="stops", **period) == [
        "levels[4].target"
    ]


def test_a_value_that_everything_meets_is_accepted_with_a_warning() -> None:
    period = {"period": "month"}
    both = ["levels[4].guaranteed", "levels[4].target"]
    assert warned("0 %", "0 %", kind="ratio_at_least", **period) == both
    assert warned("100 %", "5 %", kind="ratio_at_most", **period) == ["levels[4].guaranteed"]
    assert warned("0 times", "1 time", kind="count_at_least", **period) == ["levels[4].guaranteed"]
    assert warned("0 minutes", "1 hour") == ["levels[4].guaranteed"]


def test_nothing_at_all_can_be_asked_for_and_is_no_reason_to_warn() -> None:
    period = {"period": "month"}
    assert warned("5 %", "0 %", kind="ratio_at_most", **period) == []
    assert warned("30 minutes", "0 minutes", kind="duration_at_most") == []
    assert warned("> 0 %", "100 %", kind="ratio_at_least", **period) == []


def test_a_cut_off_of_no_time_asks_for_the_most_and_is_no_reason_to_warn() -> None:
    tree = paper()
    tree["terms"] = {"lead_kind": "cutoff_at_most"}
    tree["levels"].append(level("until-the-last", LEAD, guaranteed="0 minutes"))
    assert read_document(written(tree), source="sla.json").warnings == ()


def test_a_looser_grade_is_warned_of() -> None:
    tree = paper()
    tree["scales"] = [
        {"code": "backup", "name": words("b"), "grades": [{"grade": n, "name": words("g")} for n in (1, 4)]}
    ]
    measure = {"kind": "grade_at_least", "source": "measurements", "scale": "backup", "period": "month"}
    tree["levels"].append(level("other", measure, guaranteed="grade 4", target="grade 1"))
    assert [each.path for each in read_document(written(tree), source="sla.json").warnings] == ["levels[4].target"]


def test_the_targets_of_leads_read_as_cut_offs_are_stricter_when_shorter() -> None:
    tree = paper()
    tree["terms"] = {"lead_kind": "cutoff_at_most"}
    tree["levels"] += [
        level("as-printed", LEAD, guaranteed="3 days", target="60 minutes"),
        level("looser", LEAD, guaranteed="3 days", target="4 days"),
    ]
    assert [each.path for each in read_document(written(tree), source="sla.json").warnings] == ["levels[5].target"]


def test_a_target_as_strict_as_its_guarantee_or_stricter_brings_no_warning() -> None:
    assert warned("60 minutes", "3 days") == []
    assert warned("1 hour", "60 minutes", kind="duration_at_most") == []
    assert warned("1 time", "1 time", kind="count_at_least", period="month") == []


def test_a_warning_names_the_level_in_both_languages_and_the_question_behind_it() -> None:
    tree = paper()
    tree["levels"].append(level("other", LEAD, guaranteed="3 days", target="2 days"))
    [finding] = read_document(written(tree), source="sla.json").warnings
    assert "“other”" in finding.reason.en
    assert "「other」" in finding.reason.ja
    assert "A31" in finding.mend.en


DURATION = {"kind": "duration_at_most", "source": "measurements"}


def shifted(days: int, measure: dict[str, object]) -> list[str]:
    tree = paper()
    tree["levels"].append(level("other", measure, guaranteed=f"{days} days"))
    return [finding.path for finding in read_document(written(tree), source="sla.json").warnings]


def test_a_shift_that_may_leave_no_day_between_start_and_due_time_is_warned_of() -> None:
    back, on = {"due_shift": "previous_opening_day"}, {"due_shift": "next_opening_day"}
    assert shifted(3, {**DURATION, **back}) == ["levels[4].guaranteed"]
    assert shifted(10, {**DURATION, **back, "count_first_day": True}) == ["levels[4].guaranteed"]
    assert shifted(3, {**LEAD, **on}) == ["levels[4].guaranteed"]


def test_a_shift_away_from_the_start_or_of_more_days_than_offices_close_is_no_reason_to_warn() -> None:
    back, on = {"due_shift": "previous_opening_day"}, {"due_shift": "next_opening_day"}
    assert shifted(10, {**DURATION, **back}) == []
    assert shifted(3, {**DURATION, **back, "day_kind": "opening"}) == []
    assert shifted(3, {**DURATION, **on}) == []
    assert shifted(3, {**LEAD, **back}) == []


def test_an_inspection_whose_shift_may_leave_it_no_day_is_warned_of() -> None:
    def warnings(**terms: object) -> list[str]:
        tree = paper()
        tree["terms"] = {"due_shift": "previous_opening_day", **terms}
        return [finding.path for finding in read_document(written(tree), source="sla.json").warnings]

    assert warnings(inspection_days=3) == ["terms.due_shift"]
    assert warnings() == []  # 10 days
    assert warnings(inspection_days=3, inspection_days_kind="opening") == []


def test_the_warning_of_a_shift_says_what_is_due_then_and_what_to_write() -> None:
    tree = paper()
    tree["levels"].append(level("other", {**DURATION, "due_shift": "previous_opening_day"}, guaranteed="1 day"))
    [finding] = read_document(written(tree), source="sla.json").warnings
    assert "due at the end of the closed day" in finding.reason.en
    assert "閉庁日の終わりになります" in finding.reason.ja
    assert "measure.due_shift: none or next_opening_day" in finding.mend.en
