"""What makes a level one that can be judged: a value, bounds and a measure that fit each other and the terms."""

from collections.abc import Callable, Iterable, Iterator

from slm_api.documents.bound_rules import (
    bounds_fit_the_kind_of_measure,
    ratios_are_in_time_within_a_time,
    targets_are_not_looser_than_guarantees,
)
from slm_api.documents.draft import Draft
from slm_api.documents.measure_rules import MEASURE_RULES
from slm_api.documents.reasons import Said
from slm_domain.sla import Words

_ELAPSED = {"arrived": "arrival_clock", "equipment_restored": "restore_clock"}


def levels_have_a_value_to_keep(draft: Draft) -> Iterator[Said]:
    """A level without guaranteed and without target value judges nothing."""
    for path, level in draft.levels.items():
        if level.guaranteed is None and level.target is None:
            yield (
                path,
                Words(ja="保証値も目標値もありません", en="There is neither a guaranteed nor a target value"),
                Words(ja="guaranteed または target を書いてください", en="Write guaranteed, target, or both"),
            )


def arrivals_and_restorations_run_as_the_terms_say(draft: Draft) -> Iterator[Said]:
    """The terms print one reading for all arrivals (from the call, A9) and restorations (A12): elapsed time."""
    for path, level in draft.levels.items():
        measure = level.measure
        if measure.end == "arrived" and measure.start not in ("contacted", None):
            yield (*path, "measure", "start"), *_against_the_terms(measure.start, "arrival_clock_start", "contacted")
        if measure.end in _ELAPSED and measure.clock != "elapsed":
            yield (*path, "measure", "clock"), *_against_the_terms(measure.clock, _ELAPSED[measure.end], "elapsed")


def _against_the_terms(value: str, term: str, offered: str) -> tuple[Words, Words]:
    return (
        Words(ja=f"「{value}」は条件 {term} の読み方と合いません", en=f"“{value}” contradicts the term {term}"),
        Words(
            ja=f"{offered} と書いてください(提供している唯一の読み方)", en=f"Write {offered}, the one reading offered"
        ),
    )


LEVEL_RULES: tuple[Callable[[Draft], Iterable[Said]], ...] = (
    levels_have_a_value_to_keep,
    bounds_fit_the_kind_of_measure,
    ratios_are_in_time_within_a_time,
    *MEASURE_RULES,
    arrivals_and_restorations_run_as_the_terms_say,
)
LEVEL_WARNINGS: tuple[Callable[[Draft], Iterable[Said]], ...] = (targets_are_not_looser_than_guarantees,)
