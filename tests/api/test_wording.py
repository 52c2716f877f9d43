"""What people read is there in both languages, for every name that the record uses."""

from projections.answers import listed
from projections.answers.explanation import FIGURE_NAMES
from projections.answers.listed import LIST_NAMES
from projections.answers.periods import PERIOD_NAMES
from projections.answers.rolled import ROLLED_BY
from slm_api.wording import (
    AMOUNTS,
    EVENT_NAMES,
    EXPLAINED,
    LISTS,
    OPERATIONS,
    PERIODS,
    REASONS,
    ROLLED,
    VERDICTS,
    event_name,
    window_name,
)
from slm_domain.codec import EVENTS
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.workings import Amount, Operation


def test_every_stored_event_has_words() -> None:
    assert {name.partition(".")[0] for name in EVENTS} == set(EVENT_NAMES)


def test_every_verdict_and_every_step_of_a_working_has_words() -> None:
    assert set(VERDICTS) == {verdict.value for verdict in Verdict}
    assert set(AMOUNTS) == {amount.value for amount in Amount}
    assert set(OPERATIONS) == {operation.value for operation in Operation}


def test_every_kind_of_period_and_every_rolling_window_has_words() -> None:
    assert set(PERIODS) == set(PERIOD_NAMES)
    assert set(ROLLED) == set(ROLLED_BY)
    assert set(LISTS) == set(LIST_NAMES)
    assert set(REASONS) == set(listed.REASONS)
    assert set(EXPLAINED) == {*FIGURE_NAMES, "level"}
    assert window_name("last_30_days").en == "last 30 days"
    assert window_name("last_12_months").ja == "直近12か月"
    assert window_name("fiscal_year_to_date").ja == "年度累計"
    assert window_name("2025-Q1").en == "2025-Q1"


def test_an_event_that_is_newer_than_the_words_is_shown_by_its_name() -> None:
    assert event_name("SomethingNew.2").ja == "SomethingNew"
