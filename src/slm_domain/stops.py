"""The stops of a month: what of each counts, why, and within which bounds (C11, C23, C25)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from slm_domain.availability import Stretch
from slm_domain.facts import IncidentFacts
from slm_domain.figures.downtime import Counting, Downtime, OccurrenceLine
from slm_domain.month_figures import StopFigure
from slm_domain.sla import Sla
from slm_domain.times import is_contested, picked


def stop_figures(
    parts: Sequence[Stretch], incidents: Mapping[str, IncidentFacts], sla: Sla, until: datetime
) -> tuple[StopFigure, ...]:
    """One figure per occurrence that touches the month, in the order of their starts."""
    codes = sorted({line.incident for part in parts for which in _all(part) for line in which.lines})
    found = [_stop(code, parts, incidents[code], sla, until) for code in codes]
    return tuple(
        sorted((stop for stop in found if stop is not None), key=lambda stop: (stop.started_at, stop.incident))
    )


def _all(part: Stretch) -> tuple[Downtime, Downtime, Downtime]:
    return part.bounds.lowest, part.bounds.picked, part.bounds.highest


def _stop(code: str, parts: Sequence[Stretch], incident: IncidentFacts, sla: Sla, until: datetime) -> StopFigure | None:
    times = picked(incident, sla.terms.contested_times, until)
    if times is None:
        return None
    lines = [line for part in parts for line in part.bounds.picked.lines if line.incident == code]
    return StopFigure(
        incident=code,
        started_at=times.started_at,
        ended_at=times.ended_at,
        in_month=_sum(line.in_period for line in lines),
        whole=max((line.stop_length for line in lines), default=timedelta()),
        excluded=_sum(line.excluded for line in lines),
        counted=_sum(line.counted for line in lines),
        reason=_reason(lines),
        lowest=_sum(line.counted for part in parts for line in part.bounds.lowest.lines if line.incident == code),
        highest=_sum(line.counted for part in parts for line in part.bounds.highest.lines if line.incident == code),
        contested=is_contested(incident),
        entries=evidence(incident),
    )


def evidence(incident: IncidentFacts) -> tuple[int, ...]:
    """The entries that a stop's length rests on: the report, the statements, the settlement, the exclusions."""
    positions = {incident.positions[0], *(statement.position for statement in incident.statements)}
    if incident.settled is not None:
        positions.add(incident.settled.position)
    for claim in incident.exclusions:
        positions.update(claim.positions)
    return tuple(sorted(positions))


def _reason(lines: Sequence[OccurrenceLine]) -> str:
    """Why it counts; where an SLA's change splits the month, the part that counts speaks for the whole."""
    reasons = [line.counting for line in lines]
    for strongest in (Counting.CLAIMED_COUNTS_AS_DOWN, Counting.COUNTED):
        if strongest in reasons:
            return strongest.value
    return reasons[0].value if reasons else Counting.OUTSIDE_HOURS.value


def _sum(lengths: Iterable[timedelta]) -> timedelta:
    return sum(lengths, timedelta())
