"""An entry names every sheet whose rows it changes, and a key belongs to one sheet for ever."""

from functools import cache

import pytest

from projections.catalogue import PROJECTIONS
from projections.engine.folding import AnyProjection
from tests.projections.drawn_histories import history
from tests.projections.engine.histories import Draft
from tests.projections.folds import Fold, entries, key_of

SEEDS = range(6)
COMMANDS = 60


@cache
def year(seed: int) -> list[Draft]:
    return history(seed, COMMANDS)


@pytest.mark.parametrize("model", PROJECTIONS, ids=lambda model: model.name)
def test_rows_of_sheets_that_an_entry_does_not_name_stay_as_they_are(model: AnyProjection) -> None:
    for seed in SEEDS:
        fold = Fold(model)
        for entry in entries(year(seed)):
            fold.take(entry)
            for sheet, stored in fold.stored.items():
                assert fold.rendered(sheet) == stored, (seed, entry.position, type(entry.event).__name__, sheet)


@pytest.mark.parametrize("model", PROJECTIONS, ids=lambda model: model.name)
def test_a_key_belongs_to_one_sheet_and_to_one_row_of_it(model: AnyProjection) -> None:
    for seed in SEEDS:
        homes: dict[tuple[object, ...], str] = {}
        fold = Fold(model)
        for entry in entries(year(seed)):
            for sheet in fold.take(entry):
                keys = [key_of(row) for row in fold.stored[sheet]]
                assert len(set(keys)) == len(keys), (seed, entry.position, sheet)
                assert {homes.setdefault(key, sheet) for key in keys} <= {sheet}, (seed, entry.position)
