"""The free text that entries refer to, read from the journal where it stands: once erased it is gone everywhere."""

from collections.abc import Iterable
from uuid import UUID

from projections.catalogue import placed
from projections.projection import Placed
from slm_domain.aggregate import NoteWritten
from slm_journal.journal import Journal

NEARBY = 4  # a command's events stand together, its note right before or after the event that refers to it


async def texts(journal: Journal, journal_id: UUID, positions: Iterable[int]) -> dict[int, str]:
    """For each position whose entry refers to a note: the note's text. Erased notes are left out."""
    wanted = sorted(set(positions))
    if not wanted:
        return {}
    near = sorted({each for position in wanted for each in range(max(position - NEARBY, 1), position + NEARBY + 1)})
    entries: dict[int, Placed] = {}
    for first, last in _runs(near):
        for stored in await journal.read(journal_id, after=first - 1, upto=last, limit=last - first + 1):
            entries[stored.position] = placed(stored)
    notes = {
        (entry.originator_id, entry.originator_version): entry.event.text
        for entry in entries.values()
        if isinstance(entry.event, NoteWritten)
    }
    found = {}
    for position in wanted:
        if position in entries:
            entry = entries[position]
            text = notes.get((entry.originator_id, getattr(entry.event, "note", None) or 0))
            if text is not None:
                found[position] = text
    return found


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """The numbers as runs without gaps, so that few reads fetch them all."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
