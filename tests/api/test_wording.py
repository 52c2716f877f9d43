"""What people read is there in both languages, for every name that the record uses."""

from slm_api.wording import AMOUNTS, EVENT_NAMES, OPERATIONS, VERDICTS, event_name
from slm_domain.codec import EVENTS
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.workings import Amount, Operation


def test_every_stored_event_has_words() -> None:
    assert {name.partition(".")[0] for name in EVENTS} == set(EVENT_NAMES)


def test_every_verdict_and_every_step_of_a_working_has_words() -> None:
    assert set(VERDICTS) == {verdict.value for verdict in Verdict}
    assert set(AMOUNTS) == {amount.value for amount in Amount}
    assert set(OPERATIONS) == {operation.value for operation in Operation}


def test_an_event_that_is_newer_than_the_words_is_shown_by_its_name() -> None:
    assert event_name("SomethingNew.2").ja == "SomethingNew"
