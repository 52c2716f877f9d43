"""What a measure has to say, and what means nothing for its kind: a field that means nothing is not passed over."""

from collections.abc import Callable, Iterable, Iterator

from slm_api.documents.bound_rules import is_counted_in_days
from slm_api.documents.draft import Draft
from slm_api.documents.finding import Path
from slm_api.documents.levels import Level
from slm_api.documents.measure import Measure
from slm_api.documents.reasons import Said
from slm_api.documents.saying import needless, undefined, wanting
from slm_api.measure_words import MOMENTS as MOMENTS_SAID
from slm_domain.measures import BEFORE, MOMENTS, PAIRS, PER_PERIOD
from slm_domain.sla import IncidentMoment, MeasureKind, Words

_SOURCES: dict[MeasureKind, tuple[str, ...]] = {
    "duration_at_most": ("incidents", "measurements"),
    "lead_at_least": ("measurements",),
    "count_at_least": ("measurements",),
    "count_at_most": ("measurements", "stops"),
    "ratio_at_least": ("measurements", "incidents"),
    "ratio_at_most": ("measurements", "incidents"),
    "mean_at_most": ("incidents", "stops", "measurements"),
    "time_between_failures_at_least": ("stops",),
    "grade_at_least": ("measurements",),
    "obligation": ("measurements", "incidents"),
    "stopped_time_at_most": ("stops",),
    "availability_at_least": ("stops",),
}
_RATIOS = ("ratio_at_least", "ratio_at_most")
_COUNTS = ("count_at_least", "count_at_most")


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
    """A time fed by incidents runs from a moment to another; an obligation fed by them arises at one."""
    for path, level in draft.levels.items():
        measure = level.measure
        start, end = measure.start, measure.end
        if start is not None and start == end:
            yield (
                (*path, "measure", "end"),
                Words(ja="起点と終点が同じです", en="It ends at the moment at which it starts"),
                Words(ja="別の時点を書いてください", en="Name a later moment"),
            )
        elif start is not None and end is not None and end in BEFORE.get(start, ()):
            yield (
                (*path, "measure", "end"),
                Words(
                    ja=f"終点の{_in_words(end)}は、起点の{_in_words(start)}までに必ず済んでいます。"
                    "期限に遅れることがなく、何も保証しない項目になります",
                    en=f"“{end}” has always happened by “{start}”: nothing could ever be late, and the level would "
                    "promise nothing",
                ),
                Words(
                    ja=f"起点と終点を入れ替えてください（start を {end}、end を {start}）。"
                    "ほかの時間を測るなら、起点より後に起こる時点を end に書いてください",
                    en=f"Swap the two (start: {end}, end: {start}), or end with something that happens after the start",
                ),
            )
        elif start is not None and end is not None and not _have_both(start, end):
            yield (
                (*path, "measure", "end"),
                Words(
                    ja=f"{start} から {end} までを測る障害の記録はありません",
                    en=f"No incident is timed from {start} to {end}",
                ),
                Words(
                    ja="出動・到着・作業開始は contacted から、機器の復旧は equipment_stop_told から測ってください",
                    en="Time dispatched, arrived and work_started from contacted, equipment_restored from "
                    "equipment_stop_told",
                ),
            )


def _in_words(moment: IncidentMoment) -> str:
    """The moment as an officer says it, with the word that the document has for it."""
    return f"「{MOMENTS_SAID[moment].ja}」（{moment}）"


def measures_say_what_their_kind_needs(draft: Draft) -> Iterator[Said]:
    """Moments of incidents, the period that is judged, the days a daily count expects, a ratio's time, a scale."""
    for path, level in draft.levels.items():
        for field, needed, ja, en in _NEEDED:
            if needed(level.measure) and not getattr(level.measure, field):
                yield (*path, "measure", field), *wanting(field, ja=ja, en=en)


def what_means_nothing_for_a_measure_is_left_out(draft: Draft) -> Iterator[Said]:
    """Somebody who writes a field that changes nothing meant something else."""
    for path, level in draft.levels.items():
        for field, default in _defaults():
            written, means = getattr(level.measure, field), _MEANS[field]
            if written != default and not means(level):
                yield (*path, "measure", field), *needless(field)


def rolling_periods_have_one_length(draft: Draft) -> Iterator[Said]:
    """A rolling period has so many days or so many months, not both."""
    for path, level in draft.levels.items():
        measure = level.measure
        if measure.period == "rolling" and (measure.rolling_days is None) == (measure.rolling_months is None):
            yield (
                (*path, "measure"),
                Words(ja="移動期間の長さが一つに決まりません", en="A rolling period has exactly one length"),
                Words(
                    ja="rolling_days と rolling_months のどちらか一つを書いてください",
                    en="Write either rolling_days or rolling_months",
                ),
            )


def what_measures_name_is_defined(draft: Draft) -> Iterator[Said]:
    """Its site, scale, systems and organisations are of the document; its incident levels too when it defines any."""
    grades = draft.names("fault_levels", "code")
    members = {organisation.code for organisation in draft.organisations.values()}
    for path, level in draft.levels.items():
        measure = level.measure
        yield from _among(path, "site", measure.site, draft.names("sites", "code"), ("sites", "拠点"))
        yield from _among(path, "scale", measure.scale, draft.names("scales", "code"), ("scales", "尺度"))
        for system in measure.systems:
            yield from _among(path, "systems", system, draft.names("systems", "code"), ("systems", "システム"))
        for organisation in measure.organisations:
            yield from _among(
                path, "organisations", organisation, members, ("municipality.organisations", "発注者の団体")
            )
        if measure.source == "incidents" and grades:
            for grade in measure.fault_levels:
                yield from _among(path, "fault_levels", grade, grades, ("fault_levels", "障害レベル"))


def systems_are_of_the_organisations_asked_about(draft: Draft) -> Iterator[Said]:
    """With systems and organisations, it is those systems of those organisations: of each system its own is named."""
    codes = {path[:2]: code for path, code in draft.declared("systems", "code")}
    owners = {codes[path[:2]]: owner for path, owner in draft.declared("systems", "organisation") if path[:2] in codes}
    for path, level in draft.levels.items():
        named = level.measure.organisations
        for system in level.measure.systems:
            owner = owners.get(system)
            if named and owner is not None and owner not in named:
                yield (
                    (*path, "measure", "systems"),
                    Words(
                        ja=f"「{system}」は organisations に書かれた団体のシステムではありません",
                        en=f"“{system}” is a system of none of the organisations named",
                    ),
                    Words(
                        ja=f"organisations に「{owner}」を加えるか、「{system}」を除いてください",
                        en=f"Add “{owner}” to organisations, or leave “{system}” out",
                    ),
                )


def _among(path: Path, field: str, name: str | None, defined: set[str], where: tuple[str, str]) -> Iterator[Said]:
    if name is not None and name not in defined:
        yield (*path, "measure", field), *undefined(name, defined, *where)


def _have_both(start: IncidentMoment, end: IncidentMoment) -> bool:
    """Whether incidents are timed so. An arrival's start is the terms' to say (A9), and told of there."""
    return (start, end) in PAIRS or {start, end} <= MOMENTS or end == "arrived"


def _takes_times(measure: Measure) -> bool:
    """Whether it compares or adds times from a start to an end."""
    if measure.kind in _RATIOS:
        return measure.source == "incidents" or measure.within is not None
    return measure.kind == "duration_at_most" or (measure.kind == "mean_at_most" and measure.source != "stops")


def _is_due(measure: Measure) -> bool:
    """Whether each of its items has a time until which it is in time."""
    return measure.kind == "lead_at_least" or (_takes_times(measure) and measure.kind != "mean_at_most")


def _counts_days(level: Level) -> bool:
    bounds = (level.guaranteed, level.target) if level.measure.within is None else (level.measure.within,)
    return _is_due(level.measure) and any(
        bound is not None and is_counted_in_days(bound, level.measure) for bound in bounds
    )


def _names_days(level: Level) -> bool:
    bounds = (level.guaranteed, level.target, level.measure.within)
    return _is_due(level.measure) and any(bound is not None and bound.unit == "days" for bound in bounds)


def _of_incidents(measure: Measure) -> bool:
    return measure.source == "incidents" and _takes_times(measure)


def _is_daily(measure: Measure) -> bool:
    return measure.kind in PER_PERIOD and measure.period == "day"


def _arrives(measure: Measure) -> bool:
    end_is_wanting = measure.end is None and measure.source == "incidents"  # told by its own rule
    return measure.end == "arrived" or end_is_wanting


def _defaults() -> Iterator[tuple[str, object]]:
    for field in _MEANS:
        yield field, Measure.model_fields[field].default


Needing = Callable[[Measure], bool]
_NEEDED: tuple[tuple[str, Needing, str, str], ...] = (
    (
        "start",
        lambda measure: _of_incidents(measure) or (measure.source == "incidents" and measure.kind == "obligation"),
        "障害から測る項目",
        "a measure fed by incidents",
    ),
    ("end", _of_incidents, "障害から測る項目", "a measure fed by incidents"),
    ("period", lambda measure: measure.kind in PER_PERIOD, "期間ごとに判定する項目", "a measure judged per period"),
    (
        "period_days",
        lambda measure: _is_daily(measure) and measure.kind in _COUNTS and measure.source == "measurements",
        "日ごとの回数",
        "a daily count",
    ),
    ("weekdays", lambda measure: measure.period_days == "scheduled", "予定による判定", "a schedule of days"),
    (
        "within",
        lambda measure: measure.kind in _RATIOS and measure.source == "incidents",
        "障害から測る割合",
        "a ratio fed by incidents",
    ),
    ("scale", lambda measure: measure.kind == "grade_at_least", "グレードの項目", "a grade"),
)
_MEANS: dict[str, Callable[[Level], bool]] = {  # for which levels each field of the measure means something
    "start": lambda level: (
        _of_incidents(level.measure) or (level.measure.source == "incidents" and level.measure.kind == "obligation")
    ),
    "end": lambda level: _of_incidents(level.measure),
    "clock": lambda level: (
        _takes_times(level.measure)
        or level.measure.kind == "lead_at_least"
        or (level.measure.source == "stops" and level.measure.clock == "opening_hours")
    ),
    "day_kind": _names_days,
    "period": lambda level: level.measure.kind in PER_PERIOD,
    "period_days": lambda level: _is_daily(level.measure),
    "weekdays": lambda level: level.measure.period_days == "scheduled",
    "fault_levels": lambda level: level.measure.source != "measurements",
    "site": lambda level: _arrives(level.measure),
    "work": lambda level: _arrives(level.measure),
    "runs_from": lambda level: _takes_times(level.measure) and _is_due(level.measure),
    "pausable": lambda level: _takes_times(level.measure) and level.measure.source == "incidents",
    "count_first_day": _counts_days,
    "due_shift": _counts_days,
    "due_end": _counts_days,
    "rolling_days": lambda level: level.measure.period == "rolling",
    "rolling_months": lambda level: level.measure.period == "rolling",
    "week_starts_on": lambda level: level.measure.period == "week",
    "within": lambda level: level.measure.kind in _RATIOS,
    "scale": lambda level: level.measure.kind == "grade_at_least",
    "covers_extraordinary": lambda level: level.measure.kind != "grade_at_least",
}
MEASURE_RULES: tuple[Callable[[Draft], Iterable[Said]], ...] = (
    measures_come_from_a_source_of_their_kind,
    incident_measures_name_their_moments,
    measures_say_what_their_kind_needs,
    what_means_nothing_for_a_measure_is_left_out,
    rolling_periods_have_one_length,
    what_measures_name_is_defined,
    systems_are_of_the_organisations_asked_about,
)
