"""How far the building of read models is, on a terminal: the stage, how much of it is done, and what time is left."""

from typing import Self

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from projections.engine import Progress as Told
from projections.engine.rebuild import Stage
from slm_api.cli.screen import Screen
from slm_domain.sla import Words

_STAGES: dict[Stage, Words] = {
    "reading": Words(ja="集計中", en="reading"),
    "indexing": Words(ja="索引作成中", en="making keys"),
    "catching up": Words(ja="追いつき中", en="catching up"),
    "verifying": Words(ja="記録と照合中", en="comparing with the record"),
    "comparing": Words(ja="これまでの内容と照合中", en="comparing with the rows so far"),
    "live": Words(ja="切替済み", en="live"),
}
_COUNTED: frozenset[Stage] = frozenset({"reading", "verifying", "live"})  # of the others nobody knows how much is done


class BuildBar:
    """The bar. Nothing is shown unless errors go to a terminal, nor before something was told."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TextColumn(screen.both("残り", "left")),
            TimeRemainingColumn(),
        )
        terminal = screen.error.is_terminal
        self._bar = Progress(*columns, console=screen.error, transient=True, disable=not terminal)
        self._task: TaskID | None = None
        self._stage: Stage | None = None

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def tell(self, told: Told) -> None:
        """What the engine tells."""
        counted = told.stage in _COUNTED
        if self._task is None or told.stage != self._stage:
            self._stage = told.stage
            if self._task is not None:  # what is left does not follow from how fast the stage before was
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(
                self._screen.say(_STAGES[told.stage]), total=told.total if counted else None
            )
        if counted:
            self._bar.update(self._task, completed=told.entries)
