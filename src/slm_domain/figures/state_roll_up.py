"""The state of a whole from those of its parts, and corrections of what monitoring said (C18, C23).

A correction replaces the state of what it names from its start up to its end; then what was monitored returns. It acts
on the level of the most detailed name in its target, before that level is rolled up. Where several name the same part,
the one that names more wins, and of equals the one given last.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from slm_domain.figures.periods import Interval
from slm_domain.figures.state_timeline import State, Timeline

Rule = Literal["all_needed", "any_suffices"]
Path = tuple[str, ...]

_FROM_WORST = (State.PLANNED, State.DOWN, State.MISSING, State.UNKNOWN, State.DEGRADED, State.UP)
_FROM_BEST = (State.UP, State.DEGRADED, State.DOWN, State.UNKNOWN, State.MISSING, State.PLANNED)


class UnknownPartError(ValueError):
    """A part was asked for of which nothing was monitored."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"nothing was monitored of {'/'.join(path)}")
        self.path = path


class StateCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """The state that replaces what was monitored in `interval`. `target` names levels: {"service": "tax"}."""

    interval: Interval
    state: State
    target: Mapping[str, str]


class Structure(msgspec.Struct, frozen=True, kw_only=True):
    """How parts make a whole: `levels` from the whole to the part, and how each level's parts combine.

    `rules` has one rule fewer than there are levels: the first says how the second level's parts make one of the first.
    Raises ValueError otherwise.
    """

    levels: tuple[str, ...]
    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        if len(self.rules) != len(self.levels) - 1:
            raise ValueError(f"{len(self.levels)} levels are rolled up by {len(self.levels) - 1} rules")


def combined(states: Iterable[State], rule: Rule) -> State:
    """The state of a whole. Parts that are excluded are left out; of nothing else the whole is excluded.

    All needed: the worst, a planned stop before a stop. Any suffices: the best; where none is up, a stop tells more
    than not knowing, and beside a planned stop it is the planned one that left nothing to fall back on. The order of
    the parts does not matter.
    """
    found = frozenset(states) - {State.EXCLUDED}
    if not found:
        return State.EXCLUDED
    best = next(state for state in (_FROM_WORST if rule == "all_needed" else _FROM_BEST) if state in found)
    if best is State.DOWN and State.PLANNED in found:
        return State.PLANNED
    return best


def rolled_up(timelines: Sequence[Timeline], rule: Rule) -> Timeline:
    """The states of a whole over time, changing where any of its parts does."""
    instants = sorted({at for timeline in timelines for at, _ in timeline.changes})
    return Timeline(tuple((at, combined((timeline.at(at) for timeline in timelines), rule)) for at in instants))


def corrected_timeline(
    monitored: Mapping[Path, Timeline],
    path: Path,
    *,
    period: Interval,
    structure: Structure,
    corrections: Sequence[StateCorrection] = (),
) -> Timeline:
    """The states of the part or whole at `path` in the period, corrected level by level and rolled up.

    `monitored` has the paths of the most detailed level. Raises `UnknownPartError`.
    """
    depth = len(path)
    if depth == len(structure.levels):
        if path not in monitored:
            raise UnknownPartError(path)
        timeline = monitored[path].within(period)
    else:
        below = sorted({known[: depth + 1] for known in monitored if known[:depth] == path})
        if not below:
            raise UnknownPartError(path)
        parts = [
            corrected_timeline(monitored, each, period=period, structure=structure, corrections=corrections)
            for each in below
        ]
        timeline = rolled_up(parts, structure.rules[depth - 1])
    return _corrected(timeline, _naming(path, corrections, structure), period)


def _naming(path: Path, corrections: Sequence[StateCorrection], structure: Structure) -> list[StateCorrection]:
    """The corrections whose most detailed name is on this level and that name this part; the strongest last."""
    names = dict(zip(structure.levels, path, strict=False))
    level = structure.levels[len(path) - 1]
    here = [each for each in corrections if level in each.target and each.target.items() <= names.items()]
    return sorted(here, key=lambda each: len(each.target))


def _corrected(timeline: Timeline, corrections: Sequence[StateCorrection], period: Interval) -> Timeline:
    if not corrections:
        return timeline
    inside = [(part, each.state) for each in corrections if (part := each.interval.clipped(period)) is not None]
    edges = {edge for part, _ in inside for edge in (part.start, part.end)}
    edges |= {at for at, _ in timeline.changes} | {period.start, period.end}
    changes = []
    for start, _ in pairwise(sorted(edges)):
        states = [state for part, state in inside if start in part]
        changes.append((start, states[-1] if states else timeline.at(start)))
    return Timeline(tuple(changes))
