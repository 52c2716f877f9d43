"""What each occurrence may bring to a figure at the least and at the most, where not all is known (C3, C4, C23).

Time that several occurrences share is brought by one of them. So what one brings is least where its own outage is the
shortest that is possible and those of the others the longest, and most the other way round.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter

from slm_domain.figures.downtime import slices_of
from slm_domain.figures.downtime_figure import DowntimeBounds
from slm_domain.figures.judged_stops import Stop

LineBounds = tuple[timedelta, timedelta]
_NONE = timedelta()
_BEGINS = itemgetter(0)


def line_bounds(bounds: DowntimeBounds) -> Mapping[str, LineBounds]:
    """The least and the most counted time of each incident; of those without any in neither figure, nothing."""
    if bounds.lowest is bounds.highest:
        return {incident: (counted, counted) for incident, counted in bounds.picked.counted.items()}
    least = {stop.incident: stop for stop in bounds.lowest.stops}
    found: dict[str, LineBounds] = {}
    for together in _overlapping([stop for stop in bounds.highest.stops if stop.is_stop and stop.pieces]):
        fewest = [least[stop.incident] for stop in together]
        for place, most in enumerate(together):
            counted = bounds.picked.counted.get(most.incident, _NONE)
            if len(together) == 1 and fewest[place] is most:  # most are: nothing to share, nothing contested
                found[most.incident] = counted, counted
                continue
            more = _brought(most.incident, [*fewest[:place], most, *fewest[place + 1 :]])
            fewer = _brought(most.incident, [*together[:place], fewest[place], *together[place + 1 :]])
            # of equal stops another one may bring the time
            found[most.incident] = min(fewer, more, counted), max(fewer, more, counted)
    return found


def _brought(incident: str, stops: Sequence[Stop]) -> timedelta:
    return sum((each.interval.length for each in slices_of(stops) if each.incident == incident), _NONE)


def _overlapping(stops: Sequence[Stop]) -> Iterator[list[Stop]]:
    """Stops whose time touches that of the one before, directly or through others: they may share it."""
    together: list[Stop] = []
    last: datetime | None = None
    for begins, ends, stop in sorted([_spanned(stop) for stop in stops], key=_BEGINS):
        if last is not None and begins >= last:
            yield together
            together, last = [], None
        together.append(stop)
        last = ends if last is None else max(last, ends)
    if together:
        yield together


def _spanned(stop: Stop) -> tuple[datetime, datetime, Stop]:
    """The stop, from its first counted instant to its last."""
    if len(stop.pieces) == 1:
        time = stop.pieces[0].interval
        return time.start, time.end, stop
    times = [piece.interval for piece in stop.pieces]
    return min(time.start for time in times), max(time.end for time in times), stop
