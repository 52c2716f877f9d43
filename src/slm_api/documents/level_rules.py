"""What makes a level one that can be judged: bounds that fit its kind, and a measure that says all its kind needs."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from slm_api.documents.bounds import Bound
from slm_api.documents.draft import Draft
from slm_api.documents.finding import Path
from slm_api.documents.levels import Level
from slm_api.documents.measure import Measure
from slm_api.documents.reasons import Said
from slm_domain.measures import MOMENTS, PAIRS, UNITS
from slm_domain.sla import IncidentMoment, MeasureKind, Words

_SOURCES: dict[MeasureKind, tuple[str, ...]] = {
    "duration_at_most": ("incidents", "measurements"),
    "lead_at_least": ("measurements",),
    "count_at_least": ("measurements",),
    "count_at_most": ("measurements",),
    "ratio_at_least": ("incidents", "measurements"),
    "ratio_at_most": ("incidents", "measurements"),
    "mean_at_most": ("incidents", "stops", "measurements"),
    "time_between_failures_at_least": ("stops",),
    "grade_at_least": ("measurements",),
    "obligation": ("measurements", "incidents"),
    "stopped_time_at_most": ("stops",),
    "availability_at_least": ("stops",),
}
_PERIODIC: tuple[MeasureKind, ...] = (
    "count_at_least",
    "count_at_most",
    "ratio_at_least",
    "ratio_at_most",
    "mean_at_most",
    "time_between_failures_at_least",
    "grade_at_least",
    "stopped_time_at_most",
    "availability_at_least",
)
_AT_MOST: tuple[MeasureKind, ...] = (
    "duration_at_most",
    "count_at_most",
    "ratio_at_most",
    "mean_at_most",
    "stopped_time_at_most",
)
_MINUTES = {"minutes": 1, "hours": 60, "days": 24 * 60}
_ELAPSED = {"arrived": "arrival_clock", "equipment_restored": "restore_clock"}
_HUNDRED = Decimal(100)


def levels_have_a_value_to_keep(draft: Draft) -> Iterator[Said]:
    """A level without guaranteed and without target value judges nothing."""
    for path, level in draft.levels.items():
        if level.guaranteed is None and level.target is None:
            yield (
                path,
                Words(ja="保証値も目標値もありません", en="There is neither a guaranteed nor a target value"),
                Words(ja="guaranteed または target を書いてください", en="Write guaranteed, target, or both"),
            )


def bounds_fit_the_kind_of_measure(draft: Draft) -> Iterator[Said]:
    """A duration is not counted in percent; an obligation is met (1), not met twice; nothing exceeds 100 %."""
    for path, level in draft.levels.items():
        kind = level.measure.kind
        units = UNITS.get(kind)
        if units is None:
            continue
        for place, bound in _bounds(path, level):
            if bound.unit not in units:
                yield (
                    (*place, "unit"),
                    Words(
                        ja=f"種別 {kind} の値に単位 {bound.unit} は使えません",
                        en=f"A bound of kind {kind} cannot be in {bound.unit}",
                    ),
                    Words(ja=f"使える単位:{'、'.join(units)}", en=f"Write it in {' or '.join(units)}"),
                )
            elif bound.unit == "percent" and bound.amount > _HUNDRED:
                yield (
                    (*place, "amount"),
                    Words(ja="100 % を超えています", en="This is more than 100 %"),
                    Words(ja="100 以下にしてください", en="Let it be at most 100"),
                )
            elif bound.unit == "met" and bound.amount != 1:
                yield (
                    (*place, "amount"),
                    Words(ja="義務の値は 1(met)です", en="The amount of an obligation is 1 (met)"),
                    Words(ja="met と書いてください", en="Write met"),
                )
            elif bound.unit == "count" and bound.amount != bound.amount.to_integral_value():
                yield (
                    (*place, "amount"),
                    Words(ja="回数が整数ではありません", en="A count is a whole number"),
                    Words(ja="整数で書いてください", en="Write a whole number"),
                )


def measures_come_from_a_source_of_their_kind(draft: Draft) -> Iterator[Said]:
    """Stops give stopped time and availability; counts and leads are recorded; incidents give durations."""
    for path, level in draft.levels.items():
        measure = level.measure
        if measure.source not in _SOURCES[measure.kind]:
            sources = _SOURCES[measure.kind]
            yield (
                (*path, "measure", "source"),
                Words(
                    ja=f"種別 {measure.kind} は {measure.source} からは測れません",
                    en=f"A measure of kind {measure.kind} does not come from {measure.source}",
                ),
                Words(ja=f"使える元:{'、'.join(sources)}", en=f"Write {' or '.join(sources)}"),
            )


def incident_measures_name_their_moments(draft: Draft) -> Iterator[Said]:
    """A duration fed by incidents runs from a moment to another; an obligation fed by them arises at one."""
    for path, level in draft.levels.items():
        measure = level.measure
        wanted = {"duration_at_most": ("start", "end"), "obligation": ("start",)}.get(measure.kind, ())
        for moment in ("start", "end"):
            given = getattr(measure, moment) is not None
            needed = measure.source == "incidents" and moment in wanted
            if needed and not given:
                yield (*path, "measure", moment), *_wanting(moment, "a measure fed by incidents", "障害から測る項目")
            elif given and not needed:
                yield (*path, "measure", moment), *_needless(moment)
        if measure.start is not None and measure.start == measure.end:
            yield (
                (*path, "measure", "end"),
                Words(ja="起点と終点が同じです", en="It ends at the moment at which it starts"),
                Words(ja="別の時点を書いてください", en="Name a later moment"),
            )
        elif measure.start is not None and measure.end is not None and not _have_both(measure.start, measure.end):
            yield (
                (*path, "measure", "end"),
                Words(
                    ja=f"{measure.start} から {measure.end} までを測る障害の記録はありません",
                    en=f"No incident is timed from {measure.start} to {measure.end}",
                ),
                Words(
                    ja="到着・作業開始は contacted から、機器の復旧は equipment_stop_told から測ってください",
                    en="Time arrived and work_started from contacted, equipment_restored from equipment_stop_told",
                ),
            )


def periodic_measures_name_their_period(draft: Draft) -> Iterator[Said]:
    """A count, a stopped time and an availability are judged per period; a daily count says which days it expects."""
    for path, level in draft.levels.items():
        measure = level.measure
        for field, needed, en, ja in _period_fields(measure):
            given = bool(getattr(measure, field))
            if needed and not given:
                yield (*path, "measure", field), *_wanting(field, en, ja)
            elif given and not needed:
                yield (*path, "measure", field), *_needless(field)


def places_and_incident_levels_named_are_defined(draft: Draft) -> Iterator[Said]:
    """A measure's site is one of the document, and so are its incident levels when the document defines any."""
    sites, grades = draft.names("sites", "code"), draft.names("fault_levels", "code")
    for path, level in draft.levels.items():
        measure = level.measure
        if measure.site is not None and measure.site not in sites:
            yield (*path, "measure", "site"), *_unknown(measure.site, "sites", sites)
        end_is_wanting = measure.end is None and measure.source == "incidents"  # told by its own rule
        if measure.end != "arrived" and not end_is_wanting:
            for field in ("site", "work"):
                if getattr(measure, field) is not None:
                    yield (*path, "measure", field), *_needless(field)
        if measure.source == "incidents" and grades:
            for grade in measure.fault_levels:
                if grade not in grades:
                    yield (*path, "measure", "fault_levels"), *_unknown(grade, "fault_levels", grades)


def arrivals_and_restorations_run_as_the_terms_say(draft: Draft) -> Iterator[Said]:
    """The terms print one reading for all arrivals (from the call, A9) and restorations (A12): elapsed time."""
    for path, level in draft.levels.items():
        measure = level.measure
        if measure.end == "arrived" and measure.start not in ("contacted", None):
            yield (*path, "measure", "start"), *_against_the_terms(measure.start, "arrival_clock_start", "contacted")
        if measure.end in _ELAPSED and measure.clock != "elapsed":
            yield (*path, "measure", "clock"), *_against_the_terms(measure.clock, _ELAPSED[measure.end], "elapsed")


def targets_are_not_looser_than_guarantees(draft: Draft) -> Iterator[Said]:
    """Targets are meant to be stricter (S40). A looser one is accepted, with this warning (A31)."""
    for path, level in draft.levels.items():
        if level.guaranteed is None or level.target is None:
            continue
        guaranteed, target = _size(level.guaranteed), _size(level.target)
        looser = target > guaranteed if level.measure.kind in _AT_MOST else target < guaranteed
        if looser and _comparable(level.guaranteed, level.target):
            yield (
                (*path, "target"),
                Words(
                    ja=f"「{level.name.ja}」の目標値が保証値より緩くなっています",
                    en=f"The target of “{level.name.en}” is looser than its guarantee",
                ),
                Words(ja="意図したものか確かめてください(A31)", en="Make sure that this is meant (A31)"),
            )


def _bounds(path: Path, level: Level) -> Iterator[tuple[Path, Bound]]:
    for field, bound in (("guaranteed", level.guaranteed), ("target", level.target)):
        if bound is not None:
            yield (*path, field), bound


def _period_fields(measure: Measure) -> Iterator[tuple[str, bool, str, str]]:
    daily = measure.kind == "count_at_least" and measure.period == "day"
    yield "period", measure.kind in _PERIODIC, "a measure judged per period", "期間ごとに判定する項目"
    yield "period_days", daily, "a daily count", "日ごとの回数"
    yield "weekdays", daily and measure.period_days == "scheduled", "a count by schedule", "予定による回数"


def _comparable(one: Bound, other: Bound) -> bool:
    return one.unit == other.unit or (one.unit in _MINUTES and other.unit in _MINUTES)


def _size(bound: Bound) -> Decimal:
    return bound.amount * _MINUTES.get(bound.unit, 1)


def _wanting(field: str, en: str, ja: str) -> tuple[Words, Words]:
    return (
        Words(ja=f"{ja}には {field} が要ります", en=f"“{field}” is missing: {en} needs it"),
        Words(ja=f"{field} を書いてください", en=f"Write “{field}”"),
    )


def _needless(field: str) -> tuple[Words, Words]:
    return (
        Words(ja=f"この項目で {field} は意味を持ちません", en=f"“{field}” means nothing for this measure"),
        Words(ja=f"{field} を消してください", en=f"Leave “{field}” out"),
    )


def _against_the_terms(value: str, term: str, offered: str) -> tuple[Words, Words]:
    return (
        Words(ja=f"「{value}」は条件 {term} の読み方と合いません", en=f"“{value}” contradicts the term {term}"),
        Words(
            ja=f"{offered} と書いてください(提供している唯一の読み方)", en=f"Write {offered}, the one reading offered"
        ),
    )


def _unknown(name: str, where: str, defined: Iterable[str]) -> tuple[Words, Words]:
    listed = ", ".join(sorted(defined)) or "-"
    return (
        Words(ja=f"「{name}」は {where} に定義されていません", en=f"“{name}” is not defined in {where}"),
        Words(ja=f"{where} に定義するか、次から選んでください:{listed}", en=f"Define it, or name one of: {listed}"),
    )


LEVEL_RULES: tuple[Callable[[Draft], Iterable[Said]], ...] = (
    levels_have_a_value_to_keep,
    bounds_fit_the_kind_of_measure,
    measures_come_from_a_source_of_their_kind,
    incident_measures_name_their_moments,
    periodic_measures_name_their_period,
    places_and_incident_levels_named_are_defined,
    arrivals_and_restorations_run_as_the_terms_say,
)
LEVEL_WARNINGS: tuple[Callable[[Draft], Iterable[Said]], ...] = (targets_are_not_looser_than_guarantees,)


def _have_both(start: IncidentMoment, end: IncidentMoment) -> bool:
    """Whether incidents are timed so. An arrival's start is the terms' to say (A9), and told of there."""
    return (start, end) in PAIRS or {start, end} <= MOMENTS or end == "arrived"
