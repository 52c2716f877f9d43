"""The stops of a month: what of each counts, why, and within which bounds (C11, C23, C25)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from slm_domain.availability import Stretch
from slm_domain.facts import IncidentFacts
from slm_domain.figures.downtime import Counting, Downtime, OccurrenceLine
from slm_domain.figures.line_bounds import LineBounds, line_bounds
from slm_domain.month_figures import StopFigure
from slm_domain.sla import Sla
from slm_domain.times import Times, picked

_NONE = timedelta()


def stop_figures(
    parts: Sequence[Stretch], incidents: Mapping[str, IncidentFacts], sla: Sla, until: datetime
) -> tuple[StopFigure, ...]:
    """One figure per occurrence that touches the month, in the order of their starts."""
    picked_lines = _lines(part.bounds.picked for part in parts)
    possible = _possible(parts)
    touching = {stop.incident for part in parts for each in _all(part) for stop in each.stops if stop.touches}
    found = [
        _stop(incidents[code], times, picked_lines.get(code, ()), possible.get(code, (_NONE, _NONE)))
        for code in touching
        if (times := picked(incidents[code], sla.terms.contested_times, until)) is not None
    ]
    return tuple(sorted(found, key=lambda stop: (stop.started_at, stop.incident)))


def _all(part: Stretch) -> tuple[Downtime, ...]:
    bounds = part.bounds
    return (bounds.picked,) if bounds.lowest is bounds.highest else (bounds.lowest, bounds.picked, bounds.highest)


def _lines(figures: Iterable[Downtime]) -> dict[str, list[OccurrenceLine]]:
    """The lines of each incident, one from each part of the month that it touches."""
    found: dict[str, list[OccurrenceLine]] = {}
    for figure in figures:
        for line in figure.lines:
            found.setdefault(line.incident, []).append(line)
    return found


def _possible(parts: Sequence[Stretch]) -> dict[str, LineBounds]:
    """The least and the most counted time that each incident can bring."""
    found: dict[str, LineBounds] = {}
    for part in parts:
        for incident, (least, most) in line_bounds(part.bounds).items():
            before = found.get(incident, (_NONE, _NONE))
            found[incident] = before[0] + least, before[1] + most
    return found


def _stop(incident: IncidentFacts, times: Times, lines: Sequence[OccurrenceLine], bounds: LineBounds) -> StopFigure:
    line = lines[0] if len(lines) == 1 else _together(incident.incident, lines)
    return StopFigure(
        incident=incident.incident,
        started_at=times.started_at,
        ended_at=times.ended_at,
        in_month=line.in_period,
        whole=line.stop_length,
        excluded=line.excluded,
        counted=line.counted,
        reason=line.counting.value,
        lowest=bounds[0],
        highest=bounds[1],
        contested=incident.is_contested,
        entries=evidence(incident),
        beyond_announced=line.beyond_announced,
        extraordinary=line.extraordinary,
    )


def _together(incident: str, lines: Sequence[OccurrenceLine]) -> OccurrenceLine:
    """The lines of an incident, one from each part of the month that it touches, as one; an empty one for none."""
    return OccurrenceLine(
        incident=incident,
        counting=_reason(lines),
        in_period=_sum(line.in_period for line in lines),
        stop_length=max((line.stop_length for line in lines), default=_NONE),
        excluded=_sum(line.excluded for line in lines),
        counted=_sum(line.counted for line in lines),
        beyond_announced=_sum(line.beyond_announced for line in lines),
        extraordinary=_sum(line.extraordinary for line in lines),
        intervals=tuple(interval for line in lines for interval in line.intervals),
    )


def evidence(incident: IncidentFacts) -> tuple[int, ...]:
    """The entries that a stop's length rests on: the report, the statements, the settlement, the exclusions."""
    return incident.evidence


def _reason(lines: Sequence[OccurrenceLine]) -> Counting:
    """Why it counts; where an SLA's change splits the month, the part that counts speaks for the whole."""
    reasons = [line.counting for line in lines]
    for strongest in (
        Counting.CLAIMED_COUNTS_AS_DOWN,
        Counting.BEYOND_ANNOUNCED,
        Counting.ACCEPTED_WITHOUT_EFFECT,
        Counting.COUNTED,
    ):
        if strongest in reasons:
            return strongest
    return reasons[0] if reasons else Counting.OUTSIDE_HOURS


def _sum(lengths: Iterable[timedelta]) -> timedelta:
    return sum(lengths, _NONE)
