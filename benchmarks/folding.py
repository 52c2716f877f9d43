"""What folding costs: each read model over the example's year, entry by entry, with the sheets it touches rendered."""

from functools import partial

from benchmarks.timing import Figure, timed
from projections.catalogue import PROJECTIONS
from projections.engine.feed import Page
from projections.engine.folding import AnyProjection, Folding
from projections.projection import Placed
from tests.projections.examples import shimanto_year
from tests.projections.folds import entries


def folding_figures(*, rounds: int = 5, most: int | None = None) -> list[Figure]:
    """The time an entry takes in each read model: those entries of the year that it looks at, the first `most`."""
    year = tuple(entries(shimanto_year()[:most]))
    figures = []
    for model in PROJECTIONS:
        handled = [entry for entry in year if getattr(entry.event, "NAME", "") in model.handles]
        figures.append(
            timed(
                partial(fold, model, handled),
                name=f"fold the Shimanto year: {model.name} ({len(handled)} entries)",
                unit="entry",
                units=len(handled),
                rounds=rounds,
                warm="nothing: each round begins with an empty state; entries are decoded",
            )
        )
    return figures


def fold(model: AnyProjection, handled: list[Placed]) -> int:
    """Fold the entries, then render every sheet they touched; how many rows there are."""
    first, last = handled[0], handled[-1]
    folding = Folding([model], first.journal_id)
    folding.take(Page(journal_id=first.journal_id, first=first.position, last=last.position, entries=[*handled]))
    state = folding.state(model)
    return sum(1 for sheet in folding.touched[model.name] for _ in model.rows(state, sheet))
