"""How long the service was down in a period, which occurrences that came from, and why others do not count.

C2 to C6, C11, C23 and C25.
"""

from collections.abc import Callable, Container, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import groupby

import msgspec

from slm_domain.figures.buckets import Buckets, seconds
from slm_domain.figures.calendars import Calendar
from slm_domain.figures.downtime_figure import Downtime, DowntimeBounds
from slm_domain.figures.downtime_terms import DowntimeTerms
from slm_domain.figures.edges import length
from slm_domain.figures.frame import NOTHING_ELSE, Frame, Surroundings
from slm_domain.figures.intervals import weighted_union
from slm_domain.figures.judged_stops import Stop
from slm_domain.figures.kept_stops import KeptStops
from slm_domain.figures.occurrence_lines import Counting, DownSlice, OccurrenceLine
from slm_domain.figures.occurrences import ExclusionStatus, Occurrence
from slm_domain.figures.periods import Interval
from slm_domain.figures.whereabouts import whereabouts

__all__ = [
    "Counting",
    "DownSlice",
    "Downtime",
    "DowntimeBounds",
    "DowntimeTerms",
    "OccurrenceLine",
    "Surroundings",
    "downtime",
    "downtime_bounds",
    "downtime_in",
]


def downtime(
    occurrences: Sequence[Occurrence],
    *,
    period: Interval,
    until: datetime,
    calendar: Calendar,
    terms: DowntimeTerms,
    surroundings: Surroundings = NOTHING_ELSE,
) -> Downtime:
    """The down time of the period from the outages that each occurrence picks, judged at `until`.

    Raises ValueError if two occurrences carry the same incident: the list could not add up to the figure.
    """
    return downtime_in(Frame.of(period, until, calendar, terms, surroundings), occurrences)


def downtime_in(frame: Frame, occurrences: Sequence[Occurrence], stops: Container[str] | None = None) -> Downtime:
    """The same in a frame that several figures share.

    `stops` says which incidents are stops, where something else than their own length decides it. What is too short
    brings no downtime; what is excluded of it is excluded all the same.
    """
    found = [Stop.of(each, each.outages, frame) for each in _distinct(occurrences)]
    if stops is not None:
        found = [msgspec.structs.replace(each, is_stop=each.incident in stops) for each in found]
    return _figure(found, frame)


def downtime_bounds(
    occurrences: Sequence[Occurrence],
    *,
    period: Interval,
    until: datetime,
    calendar: Calendar,
    terms: DowntimeTerms,
    surroundings: Surroundings = NOTHING_ELSE,
    kept: KeptStops | None = None,
) -> DowntimeBounds:
    """The down time of the period with the bounds that contested times leave it (C23).

    What is neither contested nor excluded is looked at once, and where nothing is contested the three figures are one.
    `kept` are stops of the same contract that earlier figures looked at.
    """
    frame = Frame.of(period, until, calendar, terms, surroundings)
    known = KeptStops() if kept is None else kept
    picked = [known.of(each, frame) for each in _distinct(occurrences)]

    uncertain = [each.has_bounds for each in occurrences]

    def figure(bound: Callable[[Occurrence], Occurrence]) -> Downtime:
        return _figure(
            [
                known.of(bound(own), frame) if in_doubt else stop
                for own, stop, in_doubt in zip(occurrences, picked, uncertain, strict=True)
            ],
            frame,
        )

    def whole(each: Occurrence, stop: Stop) -> Stop:
        return known.of(each.unexcluded(), frame) if each.exclusions else stop

    usual = _figure(picked, frame)
    contested = any(uncertain)
    excluded = any(claim.status is ExclusionStatus.ACCEPTED for each in occurrences for claim in each.exclusions)
    return DowntimeBounds(
        lowest=figure(Occurrence.at_least) if contested else usual,
        picked=usual,
        highest=figure(Occurrence.at_most) if contested else usual,
        unexcluded=_figure(list(map(whole, occurrences, picked)), frame) if excluded else None,
    )


def _distinct(occurrences: Sequence[Occurrence]) -> Sequence[Occurrence]:
    if len({occurrence.incident for occurrence in occurrences}) != len(occurrences):
        raise ValueError("each incident has one occurrence in a figure; put its outages together")
    return occurrences


def _figure(stops: Sequence[Stop], frame: Frame) -> Downtime:
    slices = slices_of(stops)
    went = whereabouts(stops, slices, frame)
    judged = frame.judged.length if frame.judged is not None else timedelta()
    stopped, left_out, unknown = length(went.down), length(went.excluded), length(went.unmeasured)
    return Downtime(
        period=frame.period,
        until=frame.until,
        terms=frame.terms,
        provisional=frame.provisional,
        buckets=Buckets(
            up=frame.open_time
            - stopped
            - left_out
            - unknown,  # no two of them share an instant, and all lie inside the hours
            down=stopped,
            excluded=left_out,
            unmeasured=unknown,
            outside_hours=judged - frame.open_time,
            to_come=frame.period.length - judged,
            lost=_lost(slices),
        ),
        slices=slices,
        frame=frame,
        stops=tuple(stops),
    )


def slices_of(stops: Sequence[Stop]) -> tuple[DownSlice, ...]:
    """The counted time, each instant brought by one stop: the heaviest, of equals the one that began first (C3)."""
    counted = sorted((stop for stop in stops if stop.is_stop and stop.pieces), key=lambda stop: stop.incident)
    found = [(piece, stop.incident) for stop in counted for piece in stop.pieces]
    found.sort(key=lambda each: each[0].began)
    pieces = [(piece.interval, piece.weight, incident) for piece, incident in found]
    if all(weight is pieces[0][1] or weight == pieces[0][1] for _, weight, _ in pieces):
        slices = _one_after_the_other(pieces)
        if slices is not None:
            return slices
    return tuple(
        DownSlice(interval=each.interval, weight=each.weight, incident=pieces[each.index][2])
        for each in weighted_union((interval, weight) for interval, weight, _ in pieces)
    )


def _one_after_the_other(pieces: Sequence[tuple[Interval, Fraction, str]]) -> tuple[DownSlice, ...] | None:
    """Where all weigh the same each brings what those before it have left; quicker than looking at each edge.

    None where one that began first goes on, after an exclusion, while another runs: it then takes over from that.
    """
    slices: list[DownSlice] = []
    over: datetime | None = None
    running = -1
    for place in sorted(range(len(pieces)), key=lambda place: pieces[place][0].start):
        interval, weight, incident = pieces[place]
        if over is None or interval.start >= over:
            slices.append(DownSlice(interval=interval, weight=weight, incident=incident))
        elif place < running:
            return None
        elif over < interval.end:
            slices.append(DownSlice(interval=Interval(over, interval.end), weight=weight, incident=incident))
        else:
            continue
        over, running = interval.end, place
    return tuple(slices)


def _lost(slices: Sequence[DownSlice]) -> Fraction:
    """Stopped time times its weight, in exact seconds: neighbours of one weight together, a fraction for each run."""
    runs = groupby(slices, key=lambda each: each.weight)
    stopped = ((sum((each.interval.length for each in run), timedelta()), weight) for weight, run in runs)
    return sum((seconds(together) * weight for together, weight in stopped), Fraction(0))
