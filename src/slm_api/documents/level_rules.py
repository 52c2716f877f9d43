"""What makes a level one that can be judged: a value, bounds and a measure that fit each other and the terms."""

from collections.abc import Callable, Iterable, Iterator

from slm_api.documents.bound_rules import (
    bounds_fit_the_kind_of_measure,
    ratios_are_in_time_within_a_time,
    targets_are_not_looser_than_guarantees,
    values_are_not_met_by_everything,
)
from slm_api.documents.clock_rules import times_in_hours_come_to_an_end
from slm_api.documents.draft import Draft
from slm_api.documents.due_rules import inspections_leave_days_between, shifts_leave_days_between
from slm_api.documents.measure_rules import MEASURE_RULES
from slm_api.documents.reasons import Said
from slm_domain.sla import Terms, Words

_CLOCK_TERMS = {"arrived": "arrival_clock", "equipment_restored": "restore_clock"}
_CLOCKS = {"elapsed": "elapsed", "support_hours": "support_hours", "opening": "opening_hours"}
_DEFAULTS = Terms()


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
    """The terms print one reading for all arrivals (A9) and restorations (A12), so a level says no other."""
    for path, level in draft.levels.items():
        measure = level.measure
        starts = {"contacted", None, *(("dispatched",) if _term(draft, "arrival_clock_start") == "dispatch" else ())}
        if measure.end == "arrived" and measure.start not in starts:
            yield (*path, "measure", "start"), *_against_the_terms(measure.start, "arrival_clock_start", "contacted")
        term = _CLOCK_TERMS.get(measure.end or "")
        if term is not None and measure.clock not in {"elapsed", _CLOCKS.get(_term(draft, term))}:
            yield (*path, "measure", "clock"), *_against_the_terms(measure.clock, term, "elapsed")


def _term(draft: Draft, name: str) -> str:
    """A term as written, else its default; anything else is told of where it is written."""
    written = draft.written("terms", name)
    return written if isinstance(written, str) else str(getattr(_DEFAULTS, name))


def _against_the_terms(value: str | None, term: str, offered: str) -> tuple[Words, Words]:
    return (
        Words(ja=f"「{value}」は条件 {term} の読み方と合いません", en=f"“{value}” contradicts the term {term}"),
        Words(
            ja=f"{offered} と書いてください。読み方は条件 {term} で選びます",
            en=f"Write {offered}; the reading is chosen by the term {term}",
        ),
    )


LEVEL_RULES: tuple[Callable[[Draft], Iterable[Said]], ...] = (
    levels_have_a_value_to_keep,
    bounds_fit_the_kind_of_measure,
    ratios_are_in_time_within_a_time,
    times_in_hours_come_to_an_end,
    *MEASURE_RULES,
    arrivals_and_restorations_run_as_the_terms_say,
)
LEVEL_WARNINGS: tuple[Callable[[Draft], Iterable[Said]], ...] = (
    targets_are_not_looser_than_guarantees,
    values_are_not_met_by_everything,
    shifts_leave_days_between,
    inspections_leave_days_between,
)
