"""The domain decides without clock and chance: time and identity are arguments, whatever the library would do."""

import dataclasses
from typing import Any, NoReturn

import eventsourcing.domain
import pytest

from slm_domain.aggregate import Aggregate
from slm_domain.contract import Contract
from slm_domain.incident import Incident
from slm_domain.review import Review
from slm_domain.service_level import ServiceLevel
from tests.domain.story import told

AGGREGATES = (Aggregate, Contract, Incident, Review, ServiceLevel)


def asked(*_arguments: Any, **_named: Any) -> NoReturn:
    raise AssertionError("the domain asked for the time or for a random number")


@pytest.fixture
def _neither_clock_nor_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("datetime_now_with_tzinfo", "create_utc_datetime_now", "uuid4"):
        monkeypatch.setattr(eventsourcing.domain, name, asked)
    monkeypatch.setattr("uuid.uuid1", asked)
    monkeypatch.setattr("uuid.uuid4", asked)
    monkeypatch.setattr("os.urandom", asked)
    monkeypatch.setattr("time.time", asked)
    monkeypatch.setattr("random.Random.random", asked)


@pytest.mark.usefixtures("_neither_clock_nor_chance")
def test_every_command_is_decided_without_clock_and_chance() -> None:
    with pytest.raises(AssertionError, match="asked for the time"):
        eventsourcing.domain.CanCreateTimestamp.create_timestamp()  # the trap is set
    assert len(told().entries) > len(AGGREGATES)


def test_a_story_told_twice_is_the_same_to_the_byte() -> None:
    assert told().entries == told().entries


@pytest.mark.parametrize("kind", AGGREGATES, ids=lambda kind: kind.__name__)
def test_no_annotation_turns_an_aggregate_into_a_dataclass(kind: type[Aggregate]) -> None:
    assert not dataclasses.is_dataclass(kind)
    assert vars(kind).get("__annotations__", {}) == {}
