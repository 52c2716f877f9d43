"""Cases of availability, of monitored states, of groups, and of what monitoring systems send."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any, get_args

from slm_api.monitoring import MonitoringSystem, read_payload
from slm_domain.figures.buckets import BaseTerms, seconds
from slm_domain.figures.downtime import DowntimeTerms, Surroundings, downtime
from slm_domain.figures.occurrences import Occurrence, Outage
from slm_domain.figures.periods import Interval
from slm_domain.figures.roll_up import Member, group_availability, restored_share
from slm_domain.figures.state_roll_up import Rule, StateCorrection, Structure, combined, corrected_timeline
from slm_domain.figures.state_timeline import KnownTime, State, Timeline, known_time, share
from tests.cases.outcomes import Given, Produced, Skipped
from tests.cases.reading import Number, calendar, in_percent, in_units, instant, only, payload_text

ONE_DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
NO_FIGURE = -1  # how the cases of monitored states write it
STATES: Mapping[str, State] = {
    "OK": State.UP,
    "WARNING": State.DEGRADED,
    "UNKNOWN": State.UNKNOWN,
    "MISSING": State.MISSING,
    "CRITICAL": State.DOWN,
    "DOWNTIME": State.PLANNED,
    "EXCLUDED": State.EXCLUDED,
}
NAMES = {state: name for name, state in STATES.items()}
RULES: Mapping[str, Rule] = {"AND": "all_needed", "OR": "any_suffices"}
LEVELS = ("group", "service", "hostname", "metric")
ROLL_UPS = ("services_of_group", "endpoints_of_service", "metrics_of_endpoint")


def availability(given: Given, expected: Given) -> Produced:
    """Base, down time and availability of a period."""
    only(given["policy"], "exclusion")
    starts, ends = (instant(each) for each in given["period"])
    if starts == ends and expected.get("error") is not True:
        raise Skipped("an empty period is refused here (C1), it has no base")
    period = Interval(starts, ends)
    until = instant(given["now"]) if given.get("now") is not None else period.end
    outages = [each for each in given["outages"] if each.get("end") is None or each["start"] != each["end"]]
    figure = downtime(
        [Occurrence(incident=str(number), outages=(_outage(each),)) for number, each in enumerate(outages)],
        period=period,
        until=until,
        calendar=calendar(given.get("service_hours")),
        terms=DowntimeTerms(base=BaseTerms(exclusions=given["policy"]["exclusion"], unmeasured="remove")),
        surroundings=Surroundings(
            unmeasured=_lasting(given.get("unmeasured") or [], until),
            excluded=_lasting(given.get("exclusions") or [], until),
        ),
    )
    return Produced(
        figures={
            "base_s": Fraction(seconds(figure.base)),
            "down_s": figure.buckets.lost,
            "availability_percent": in_percent(figure.availability),
        }
    )


def availability_reliability(given: Given, expected: Given) -> Produced:
    """The two figures of a day of monitored states."""
    midnight = datetime.combine(date.fromisoformat(given["day"]), time(0), tzinfo=UTC)
    changes = [(_at(midnight, clock), _state(name)) for clock, name in given["states"]]
    spent = known_time(Timeline(tuple(changes)), Interval(midnight, midnight + ONE_DAY))
    return Produced(
        figures={
            "availability": _or_none(in_percent(spent.availability), expected.get("availability")),
            "reliability": _or_none(in_percent(spent.reliability), expected.get("reliability")),
            **_fractions(spent),
        }
    )


def combine_states(given: Given, expected: Given) -> Produced:
    """Two states become one."""
    states = (_state(given["a"]), _state(given["b"]))
    return Produced(figures={"state": NAMES[combined(states, _rule(given["operation"]))]})


def apply_corrections(given: Given, expected: Given) -> Produced:
    """The corrected states of a day."""
    raw = {tuple(path.split("/")): _timeline(changes) for path, changes in given["raw_states"].items()}
    first = min(timeline.changes[0][0] for timeline in raw.values())
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    timeline = corrected_timeline(
        raw,
        tuple(given["key"][level] for level in LEVELS if level in given["key"]),
        period=Interval(midnight, midnight + ONE_DAY),
        structure=Structure(levels=LEVELS, rules=tuple(_rule(given["roll_up"][name]) for name in ROLL_UPS)),
        corrections=[
            StateCorrection(
                interval=Interval(instant(each["from"]), instant(each["to"])),
                state=_state(each["state"]),
                target=each["target"],
            )
            for each in given["corrections"]
        ],
    )
    return Produced(figures={"timeline": [[at, NAMES[state]] for at, state in timeline.changes]})


def weighted_group(given: Given, expected: Given) -> Produced:
    """A group of sites over one day each: percentages of equal days are told as their seconds."""
    return Produced(
        figures={
            name: _or_none(
                in_percent(
                    group_availability(
                        [_member(site[name], site["weight"]) for site in given["sites"]],
                        added_to_weights=Fraction(given.get("weight_offset", 0)),
                    )
                ),
                expected.get(name),
            )
            for name in ("availability", "reliability")
        }
    )


def restored_ratio(given: Given, expected: Given) -> Produced:
    """How many systems are back."""
    return Produced(figures={"percent": in_percent(restored_share(given["restored"], given["affected_systems"]))})


def monitoring_payload(given: Given, expected: Given) -> Produced:
    """The outages that a message tells of, the same when it comes twice."""
    system = given["system"]
    if system not in get_args(MonitoringSystem):
        raise Skipped(f"messages of {system} are not read")
    payload = payload_text(given["payload"])
    once, twice = (read_payload(system, payload) for _ in range(2))
    incidents = [
        {
            "key": outage.key,
            "status": outage.status,
            "started_at": outage.started_at,
            "ended_at": outage.ended_at,
            "duration_s": in_units(outage.length, SECOND) if outage.length is not None else None,
        }
        for outage in once
    ]
    return Produced(figures={"incidents": incidents, "distinct_keys": len({outage.key for outage in [*once, *twice]})})


def _lasting(stated: list[list[Any]], until: datetime) -> tuple[Interval, ...]:
    """The intervals that take time at all: an empty one is none here (C1), an open one runs to `until` (C4)."""
    begun = ((instant(start), end) for start, end in stated)
    ended = ((start, instant(end) if end is not None else max(start, until)) for start, end in begun)
    return tuple(Interval(start, end) for start, end in ended if start != end)


def _outage(stated: Given) -> Outage:
    only(stated, "start", "end", "weight")
    end, weight = stated.get("end"), stated.get("weight")
    return Outage(
        start=instant(stated["start"]),
        end=instant(end) if end is not None else None,
        weight=Fraction(weight if weight is not None else 1),
    )


def _fractions(spent: KnownTime) -> dict[str, Any]:
    return {
        "up_fraction": share(spent.up, spent.total),
        "unknown_fraction": share(spent.unknown, spent.total),
        "down_fraction": share(spent.planned, spent.total),  # planned stops are called downtime there
    }


def _or_none(figure: Fraction | None, expected: Any) -> Fraction | int | None:
    return NO_FIGURE if figure is None and expected == NO_FIGURE else figure


def _at(midnight: datetime, clock: str) -> datetime:
    return datetime.combine(midnight.date(), time.fromisoformat(clock), tzinfo=UTC)


def _timeline(changes: list[list[str]]) -> Timeline:
    return Timeline(tuple((instant(at), _state(name)) for at, name in changes))


def _state(name: str) -> State:
    if name not in STATES:
        raise Skipped(f"a state that is not known here: {name}")
    return STATES[name]


def _rule(name: str) -> Rule:
    if name not in RULES:
        raise Skipped(f"a roll-up that is not known here: {name}")
    return RULES[name]


def _member(stated: Number | None, weight: Number) -> Member:
    if stated is None or stated < 0:  # no figure
        return Member(up=Fraction(0), base=Fraction(0), weight=Fraction(weight))
    day = Fraction(seconds(ONE_DAY))
    return Member(up=day * Fraction(stated) / 100, base=day, weight=Fraction(weight))
