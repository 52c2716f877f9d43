"""The terms name one clock and one start for all arrivals (A9) and restorations (A12); a level says no other."""

import pytest

from slm_api.documents import read_document
from tests.documents.bending import assert_refused, both, put
from tests.documents.paper import level, paper, written

RESTORED = {
    "kind": "duration_at_most",
    "source": "incidents",
    "start": "equipment_stop_told",
    "end": "equipment_restored",
}


@pytest.mark.parametrize(
    ("terms", "start", "clock"),
    [
        ({}, "contacted", "elapsed"),
        ({"arrival_clock": "support_hours"}, "contacted", "elapsed"),  # as where no clock is written
        ({"arrival_clock": "support_hours"}, "contacted", "support_hours"),
        ({"arrival_clock_start": "dispatch"}, "contacted", "elapsed"),
        ({"arrival_clock_start": "dispatch"}, "dispatched", "elapsed"),
    ],
)
def test_an_arrival_may_say_what_the_terms_say_or_nothing(terms: dict[str, str], start: str, clock: str) -> None:
    tree = paper()
    tree["terms"] = terms
    tree["levels"][0]["measure"] |= {"start": start, "clock": clock}
    (arrival, *_) = read_document(written(tree), source="sla.json").document.levels
    assert (arrival.measure.start, arrival.measure.clock) == (start, clock)


@pytest.mark.parametrize(
    ("terms", "field", "value", "mend"),
    [
        ({}, "clock", "support_hours", "Write elapsed"),
        ({"arrival_clock": "support_hours"}, "clock", "opening_hours", "Write elapsed"),
        ({}, "start", "dispatched", "Write contacted; the reading is chosen by the term arrival_clock_start"),
        ({"arrival_clock_start": "triage"}, "start", "triaged", "Write contacted"),
    ],
)
def test_an_arrival_that_contradicts_the_terms_is_refused(
    terms: dict[str, str], field: str, value: str, mend: str
) -> None:
    bend = both(put("terms", to=terms), put("levels", 0, "measure", field, to=value))
    assert_refused(bend, f"levels[0].measure.{field}", "contradicts the term arrival_clock", mend)


@pytest.mark.parametrize(("clock", "term"), [("opening_hours", "elapsed"), ("support_hours", "opening")])
def test_a_restoration_that_contradicts_the_terms_is_refused(clock: str, term: str) -> None:
    restored = level("restored", {**RESTORED, "clock": clock}, guaranteed="24 hours")
    bend = both(put("terms", to={"restore_clock": term}), lambda tree: tree["levels"].append(restored))
    assert_refused(bend, "levels[4].measure.clock", "contradicts the term restore_clock", "Write elapsed")


def test_a_restoration_may_run_in_opening_hours_where_the_terms_say_so() -> None:
    tree = paper()
    tree["terms"] = {"restore_clock": "opening"}
    tree["levels"].append(level("restored", {**RESTORED, "clock": "opening_hours"}, guaranteed="24 hours"))
    assert read_document(written(tree), source="sla.json").document.terms.restore_clock == "opening"
