"""The free text that entries refer to, read from the journal where it stands: once erased it is gone everywhere."""

from collections.abc import Iterable

from projections.answers.standpoint import Standpoint
from projections.catalogue import placed
from projections.projection import Placed
from slm_domain.aggregate import NoteWritten
from slm_journal.journal import Journal

NEARBY = 4  # a command's events stand together, its note right before or after the event that refers to it


async def texts(journal: Journal, standpoint: Standpoint, positions: Iterable[int]) -> dict[int, str]:
    """For each position whose entry refers to a note: the note's text. Erased notes are left out.

    Notes recorded after the standpoint are not known there, and left out too.
    """
    asked = set(positions)
    wanted = sorted(asked)
    if not wanted:
        return {}
    near = sorted({each for position in wanted for each in _around(position, standpoint.position)})
    entries: dict[int, Placed] = {}
    for first, last in _runs(near):
        for stored in await journal.read(standpoint.journal_id, after=first - 1, upto=last, limit=last - first + 1):
            if stored.position in asked or stored.name == NoteWritten.NAME:  # a neighbour need not be readable
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


def _around(position: int, last: int) -> range:
    return range(max(position - NEARBY, 1), min(position + NEARBY, last) + 1)


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """The numbers as runs without gaps, so that few reads fetch them all."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
