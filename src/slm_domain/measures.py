"""What a level can measure: the units of its bounds, and the pairs of moments that incidents have (S5, S8)."""

from slm_domain.sla import Bound, IncidentMoment, Level, Measure, MeasureKind

_TIME = ("minutes", "hours", "days")
UNITS: dict[MeasureKind, tuple[str, ...]] = {
    "duration_at_most": _TIME,
    "lead_at_least": _TIME,
    "count_at_least": ("count",),
    "obligation": ("met",),
    "stopped_time_at_most": ("minutes", "hours"),
    "availability_at_least": ("percent",),
}
# Moments of the incident itself: any of them can be timed from any earlier one.
MOMENTS: frozenset[IncidentMoment | None] = frozenset(
    ("detected", "notified", "triaged", "triage_reported", "recovered", "report_handed_in")
)
# Moments of what belongs to an incident: a call, a piece of equipment.
PAIRS: frozenset[tuple[IncidentMoment | None, IncidentMoment | None]] = frozenset(
    (
        ("contacted", "arrived"),
        ("contacted", "work_started"),
        ("equipment_stop_told", "equipment_restored"),
    )
)
_WHOLE = ("count", "met")
_MOST_PERCENT = 100


def is_timed(measure: Measure) -> bool:
    """Whether incidents have the two moments that a duration asks for."""
    pair = (measure.start, measure.end)
    return pair in PAIRS or (measure.start != measure.end and set(pair) <= MOMENTS)


def fits(definition: Level, bound: Bound) -> bool:
    """Whether the bound is one that a level of this kind can be judged by."""
    if bound.unit not in UNITS[definition.measure.kind] or bound.amount < 0:
        return False
    if bound.unit == "percent" and bound.amount > _MOST_PERCENT:
        return False
    return bound.unit not in _WHOLE or bound.amount == bound.amount.to_integral_value()
