"""What each occurrence may bring to a figure at the least and at the most, where not all is known (C3, C4, C23).

Time that several occurrences share is brought by one of them. So what one brings is least where its own outage is the
shortest that is possible and those of the others the longest, and most the other way round.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from slm_domain.figures.downtime import slices_of
from slm_domain.figures.downtime_figure import DowntimeBounds
from slm_domain.figures.judged_stops import Stop

LineBounds = tuple[timedelta, timedelta]
_NONE = timedelta()


def line_bounds(bounds: DowntimeBounds) -> Mapping[str, LineBounds]:
    """The least and the most counted time of each incident; of those without any in neither figure, nothing."""
    if bounds.lowest is bounds.highest:
        return {incident: (counted, counted) for incident, counted in bounds.picked.counted.items()}
    least = {stop.incident: stop for stop in bounds.lowest.stops}
    found: dict[str, LineBounds] = {}
    for together in _overlapping([stop for stop in bounds.highest.stops if stop.is_stop and stop.pieces]):
        fewest = [least[stop.incident] for stop in together]
        for place, most in enumerate(together):
            more = _brought(most.incident, [*fewest[:place], most, *fewest[place + 1 :]])
            alone = len(together) == 1 and fewest[place] is most  # most are: nothing to share, nothing contested
            fewer = (
                more if alone else _brought(most.incident, [*together[:place], fewest[place], *together[place + 1 :]])
            )
            counted = bounds.picked.counted.get(most.incident, _NONE)  # of equal stops another one may bring the time
            found[most.incident] = min(fewer, more, counted), max(fewer, more, counted)
    return found


def _brought(incident: str, stops: Sequence[Stop]) -> timedelta:
    return sum((each.interval.length for each in slices_of(stops) if each.incident == incident), _NONE)


def _overlapping(stops: Sequence[Stop]) -> Iterator[list[Stop]]:
    """Stops whose time touches that of the one before, directly or through others: they may share it."""
    together: list[Stop] = []
    last: datetime | None = None
    for stop in sorted(stops, key=_begins):
        if last is not None and _begins(stop) >= last:
            yield together
            together, last = [], None
        together.append(stop)
        ends = max(piece.interval.end for piece in stop.pieces)
        last = ends if last is None else max(last, ends)
    if together:
        yield together


def _begins(stop: Stop) -> datetime:
    return min(piece.interval.start for piece in stop.pieces)
