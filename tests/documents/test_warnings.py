"""What is accepted, and still worth a second look."""

from slm_api.documents import read_document
from tests.documents.paper import level, paper, written

LEAD = {"kind": "lead_at_least", "source": "measurements"}


def warned(guaranteed: str, target: str, **measure: str) -> list[str]:
    tree = paper()
    tree["levels"].append(level("other", {**LEAD, **measure}, guaranteed=guaranteed, target=target))
    return [finding.path for finding in read_document(written(tree), source="sla.json").warnings]


def test_a_target_looser_than_its_guarantee_is_accepted_with_a_warning() -> None:
    assert warned("3 days", "60 minutes") == ["levels[4].target"]
    assert warned("30 minutes", "1 hour", kind="duration_at_most") == ["levels[4].target"]
    assert warned("2 times", "1 time", kind="count_at_least", period="month") == ["levels[4].target"]


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
