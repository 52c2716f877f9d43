"""The engine: posts what journals hold into tables, rebuilds them, and reads them at one moment."""

from projections.engine.comparing import Difference
from projections.engine.engine import Engine, Posted
from projections.engine.feed import Decode, Feed, Reading
from projections.engine.folding import AnyProjection
from projections.engine.generations import Generation
from projections.engine.memory import fold_in_memory, rows_in_memory
from projections.engine.reader import Snapshot, reader
from projections.engine.rebuild import Progress, Rebuilt
from projections.engine.standing import Run, Standing, Stopped

__all__ = [
    "AnyProjection",
    "Decode",
    "Difference",
    "Engine",
    "Feed",
    "Generation",
    "Posted",
    "Progress",
    "Reading",
    "Rebuilt",
    "Run",
    "Snapshot",
    "Standing",
    "Stopped",
    "fold_in_memory",
    "reader",
    "rows_in_memory",
]
