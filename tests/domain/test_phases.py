"""Every act of the history belongs to a phase of the cycle (G5)."""

from slm_domain.aggregate import NoteWritten
from slm_domain.codec import EVENTS
from slm_domain.phases import PHASE_NAMES, PHASES, Phase


def test_every_event_but_a_note_belongs_to_one_phase() -> None:
    assert set(PHASES) == set(EVENTS.values()) - {NoteWritten}


def test_every_phase_has_a_name_in_both_languages_and_events() -> None:
    assert set(PHASE_NAMES) == set(Phase) == set(PHASES.values())
    assert all(words.ja and words.en for words in PHASE_NAMES.values())
