"""What is stored is for ever: names, bytes, recorded histories, and what of it may be erased."""

import re
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_type_hints
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain import codec
from slm_domain.aggregate import Aggregate, Erased, Event, NoteWritten
from slm_domain.codec import EVENTS, UnknownEventError
from slm_domain.contract import Contract
from slm_domain.incident import Incident
from slm_domain.review import Review
from slm_domain.service_level import ServiceLevel
from tests.domain.agreement import CODE, NOW
from tests.domain.plain_values import plain
from tests.domain.scenario import Entry, KeptJournal, state
from tests.domain.story import FREE_TEXT, HISTORIES, told

NAMES = HISTORIES / "event-names.txt"
KINDS = sorted(EVENTS.values(), key=lambda kind: kind.NAME)
BEGINNINGS: dict[str, type[Aggregate]] = {
    "ContractDrafted.1": Contract,
    "LevelDefined.1": ServiceLevel,
    "IncidentReported.1": Incident,
    "ReviewOpened.1": Review,
}

# Every text in an event is a code that people use, or one of these. Whoever adds a field decides here that it can
# never hold a name, a telephone number or a sentence: those are written as notes, which can be erased.
CODES = {
    "because_of_month", "call", "code", "equipment", "exclusion", "exemption", "ground", "improvement", "incident",
    "key", "level", "measurement", "month", "organisation", "organisations", "part", "planned_stop", "review",
    "revision", "site", "subject", "system", "systems", "unmeasured",
}  # fmt: skip
AGREED_TEXT = {"document", "digest", "rules_version", "time_zone"}


class Kept(NamedTuple):
    """A line of a recorded history."""

    originator: UUID
    version: int
    name: str
    payload: str


def histories() -> list[Path]:
    return sorted(HISTORIES.glob("*.jsonl"))


def lines(history: Path) -> list[Kept]:
    return [
        Kept(**msgspec.json.decode(text, type=dict[str, Any]) | {"originator": originator_of(text)})
        for text in history.read_bytes().splitlines()
    ]


def originator_of(text: bytes) -> UUID:
    return UUID(msgspec.json.decode(text)["originator"])


# --- Names


def test_stored_names_never_change() -> None:
    assert NAMES.read_text(encoding="ascii").split() == [kind.NAME for kind in KINDS]


def test_stored_names_are_short_ascii_and_end_in_their_version() -> None:
    for kind in KINDS:
        assert re.fullmatch(r"[A-Z][A-Za-z]{1,60}\.[1-9][0-9]*", kind.NAME), kind.NAME


def test_each_event_class_has_a_stored_name_of_its_own() -> None:
    def concrete(kind: type[Event[Any]]) -> list[type[Event[Any]]]:
        return [one for below in kind.__subclasses__() for one in [below, *concrete(below)] if "NAME" in vars(one)]

    found = [kind for kind in concrete(Event) if not kind.__module__.startswith("tests.")]  # toys are stored nowhere
    assert len({kind.NAME for kind in found}) == len(found)
    assert set(found) == set(KINDS), "an event that the codec does not know cannot be read again"


# --- Bytes


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.NAME)
def test_an_event_comes_back_from_its_bytes_and_gives_them_again(kind: type[Event[Any]]) -> None:
    event = plain(kind)
    payload = codec.encode(event)
    again = codec.decode(kind.NAME, payload)
    assert again == event
    assert isinstance(again, kind)
    assert codec.encode(again) == payload


def offset(minutes: int) -> st.SearchStrategy[timezone]:
    """As instants are written: with an offset of whole minutes."""
    return st.just(timezone(timedelta(minutes=minutes)))


@given(st.text(min_size=1), st.datetimes(timezones=st.integers(-23 * 60, 23 * 60).flatmap(offset)))
def test_any_text_at_any_time_comes_back_from_its_bytes(text: str, at: datetime) -> None:
    event = NoteWritten(occurred_at=at, text=text)
    payload = codec.encode(event)
    again = codec.decode(NoteWritten.NAME, payload)
    assert again == event
    assert codec.encode(again) == payload


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.NAME)
def test_an_event_without_payload_is_erased_and_keeps_its_name(kind: type[Event[Any]]) -> None:
    assert codec.decode(kind.NAME, None) == Erased(name=kind.NAME)


def test_an_event_of_a_newer_version_is_not_guessed_at() -> None:
    with pytest.raises(UnknownEventError, match=r"OutageStarted\.9"):
        codec.decode("OutageStarted.9", b"{}")


@pytest.mark.parametrize("payload", [b"{}", b'{"occurred_at":"2025-04-10T16:30:00"', b'{"occurred_at":7,"text":"x"}'])
def test_a_damaged_payload_is_not_read(payload: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        codec.decode(NoteWritten.NAME, payload)


def test_an_old_shape_is_turned_into_the_next_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def to_first(value: dict[str, Any]) -> dict[str, Any]:
        return {"occurred_at": value["when"], "text": value["words"]}

    monkeypatch.setitem(codec.UPCASTS, "NoteWritten.-1", ("NoteWritten.0", lambda value: value | {"words": "x"}))
    monkeypatch.setitem(codec.UPCASTS, "NoteWritten.0", (NoteWritten.NAME, to_first))
    note = codec.decode("NoteWritten.-1", b'{"when":"2025-04-10T16:30:00+09:00"}')
    assert note == NoteWritten(occurred_at=NOW.replace(month=4, day=10, hour=16, minute=30), text="x")


# --- Recorded histories


def test_the_recorded_histories_hold_every_event() -> None:
    recorded = {line.name for history in histories() for line in lines(history)}
    assert recorded == set(EVENTS) | set(codec.UPCASTS)


@pytest.mark.parametrize("history", histories(), ids=lambda path: path.stem)
def test_a_recorded_history_loads_for_ever(history: Path) -> None:
    kept = lines(history)
    journal = KeptJournal(CODE)
    journal.entries = [Entry(one.originator, one.version, one.name, one.payload.encode(), NOW) for one in kept]
    for first in kept:
        if first.version == 1:
            aggregate = journal.load(first.originator, BEGINNINGS[first.name])
            assert aggregate is not None
            assert aggregate.version == max(one.version for one in kept if one.originator == first.originator)


@pytest.mark.parametrize("history", histories(), ids=lambda path: path.stem)
def test_what_a_recorded_history_says_is_still_what_we_would_write(history: Path) -> None:
    for line in lines(history):
        if line.name in EVENTS:
            event = codec.decode(line.name, line.payload.encode())
            assert not isinstance(event, Erased)
            assert says(msgspec.json.decode(codec.encode(event)), msgspec.json.decode(line.payload)), line.name


def says(now: object, then: object) -> bool:
    """Whether what is written now says all that was written then; optional fields may have come since."""
    if isinstance(now, dict) and isinstance(then, dict):
        return all(name in now and says(now[name], value) for name, value in then.items())
    if isinstance(now, list) and isinstance(then, list):
        return len(now) == len(then) and all(says(one, other) for one, other in zip(now, then, strict=True))
    return now == then


# --- What may be erased


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.ERASABLE], ids=lambda kind: kind.NAME)
def test_what_can_be_erased_has_no_effect(kind: type[Event[Any]]) -> None:
    assert kind.apply is Event.apply


def test_only_free_text_can_be_erased() -> None:
    assert [kind.NAME for kind in KINDS if kind.ERASABLE] == ["NoteWritten.1"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.ERASABLE], ids=lambda kind: kind.NAME)
def test_what_cannot_be_erased_holds_no_free_text(kind: type[Event[Any]]) -> None:
    texts = {
        field.name
        for field in msgspec.structs.fields(kind)
        if str in (hint := get_type_hints(kind)[field.name], *get_args(hint))
    }
    assert texts - CODES - AGREED_TEXT == set()


def test_what_people_wrote_freely_stands_in_notes_alone() -> None:
    holding = {entry.name for entry in told().entries if FREE_TEXT.encode() in (entry.payload or b"")}
    assert holding == {NoteWritten.NAME}


def test_with_all_that_can_be_erased_gone_every_aggregate_is_as_before() -> None:
    journal, erased = told(), told()
    gone = {name for name, kind in EVENTS.items() if kind.ERASABLE}
    erased.entries = [one._replace(payload=None) if one.name in gone else one for one in erased.entries]
    assert erased.entries != journal.entries
    for first in [entry for entry in journal.entries if entry.version == 1]:
        kind = BEGINNINGS[first.name]
        assert state(erased.load(first.originator, kind)) == state(journal.load(first.originator, kind))


def test_a_reference_to_a_note_is_the_place_of_that_note() -> None:
    journal = told()
    notes = {(one.originator, one.version) for one in journal.entries if one.name == NoteWritten.NAME}
    referred = set()
    for entry in journal.entries:
        note = getattr(codec.decode(entry.name, entry.payload), "note", None)
        if note is not None:
            referred.add((entry.originator, note))
    assert referred == notes


def test_events_stand_at_module_level() -> None:
    nested = [
        f"{kind.__name__}.{name}"
        for kind in (Aggregate, Contract, Incident, Review, ServiceLevel)
        for name, value in vars(kind).items()
        if isinstance(value, type)
    ]
    assert nested == []
    assert [kind.__qualname__ for kind in KINDS if kind.__qualname__ != kind.__name__] == []
