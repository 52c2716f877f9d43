"""What a level can measure: the units of its bounds, and the pairs of moments that incidents have (S5, S8)."""

from typing import Literal

from slm_domain.plausible import is_countable
from slm_domain.sla import Bound, ComparisonWord, IncidentMoment, Level, Measure, MeasureKind

_CLOCK = ("seconds", "minutes", "hours")
_MEAN = (*_CLOCK, "days")  # days of 24 hours
_TIME = (*_MEAN, "months")
UNITS: dict[MeasureKind, tuple[str, ...]] = {
    "duration_at_most": _TIME,
    "lead_at_least": _TIME,
    "count_at_least": ("count",),
    "count_at_most": ("count",),
    "ratio_at_least": ("percent",),
    "ratio_at_most": ("percent",),
    "mean_at_most": _MEAN,
    "time_between_failures_at_least": _MEAN,
    "grade_at_least": ("grade",),
    "obligation": ("met",),
    "stopped_time_at_most": _CLOCK,
    "availability_at_least": ("percent",),
}
# The comparison words that a bound of the kind can be printed with; the first is meant where none is (C9).
COMPARISONS: dict[MeasureKind, tuple[ComparisonWord, ...]] = {
    kind: ("at_most", "below") if kind.endswith("at_most") else ("at_least", "above") for kind in UNITS
} | {"obligation": ("at_least",)}
# What is judged per period, and so changes only at a period's boundary (C12).
PER_PERIOD: frozenset[MeasureKind] = frozenset(UNITS) - {"duration_at_most", "lead_at_least", "obligation"}
# Moments of the incident itself: any of them can be timed from any earlier one.
MOMENTS: frozenset[IncidentMoment | None] = frozenset(
    (
        "occurred",
        "detected",
        "notified",
        "triaged",
        "triage_reported",
        "recovered",
        "report_handed_in",
        "meeting_reported",
    )
)
# What has happened by the moment, whatever else came in between. Timed the other way round, nothing is ever late.
_BY_DETECTION: frozenset[IncidentMoment] = frozenset(("occurred",))
_BY_REACTION: frozenset[IncidentMoment] = frozenset((*_BY_DETECTION, "detected"))
BEFORE: dict[IncidentMoment, frozenset[IncidentMoment]] = {
    "detected": _BY_DETECTION,
    "notified": _BY_REACTION,
    "triaged": _BY_REACTION,
    "recovered": _BY_REACTION,
    "triage_reported": frozenset((*_BY_REACTION, "triaged")),
    "report_handed_in": frozenset((*_BY_REACTION, "recovered")),
    "meeting_reported": _BY_REACTION,
}
# Moments of what belongs to an incident: a call, a piece of equipment.
PAIRS: frozenset[tuple[IncidentMoment | None, IncidentMoment | None]] = frozenset(
    (
        ("contacted", "dispatched"),
        ("dispatched", "arrived"),
        ("contacted", "arrived"),
        ("contacted", "work_started"),
        ("equipment_stop_told", "equipment_restored"),
    )
)
_WHOLE = ("count", "met", "grade", "months")

Needs = Literal[
    "start and end", "start, end and met", "met", "part and whole", "grade", "nothing but its moment"
]  # what a measurement of a level says


def is_timed(measure: Measure) -> bool:
    """Whether incidents have the two moments that a duration asks for."""
    pair = (measure.start, measure.end)
    return pair in PAIRS or (measure.start != measure.end and set(pair) <= MOMENTS)


def fits(definition: Level, bound: Bound) -> bool:
    """Whether the bound is one that a level of this kind can be judged by."""
    kind = definition.measure.kind
    if bound.unit not in UNITS[kind] or not is_countable(bound):
        return False
    if bound.comparison is not None and bound.comparison not in COMPARISONS[kind]:
        return False
    return bound.unit not in _WHOLE or bound.amount == bound.amount.to_integral_value()


def needs(  # noqa: PLR0911 -- one line for each kind
    measure: Measure, lead_kind: Literal["at_least", "cutoff_at_most"]
) -> Needs | None:
    """What a measurement of the level says; None where it is not measured by hand (G2).

    A lead that is read as a cut-off also says whether what was asked for was accepted (A31).
    """
    if measure.source != "measurements":
        return None
    match measure.kind:
        case "duration_at_most" | "mean_at_most":
            return "start and end"
        case "lead_at_least":
            return "start and end" if lead_kind == "at_least" else "start, end and met"
        case "ratio_at_least" | "ratio_at_most":
            return "part and whole" if measure.within is None else "start and end"
        case "grade_at_least":
            return "grade"
        case "obligation":
            return "met"
        case "count_at_least" | "count_at_most":
            return "nothing but its moment"
        case "stopped_time_at_most" | "availability_at_least" | "time_between_failures_at_least":
            return None
