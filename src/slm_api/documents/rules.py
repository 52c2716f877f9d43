"""The rules that hold between parts of a document, each with its name. They live in the lists at the end.

A rule is a function of the draft that yields what it finds: place, reason and mend.
"""

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import get_args

from slm_api.documents.amounts import is_date
from slm_api.documents.draft import Draft
from slm_api.documents.finding import Path, quoted
from slm_api.documents.hours import WEEKDAYS, week
from slm_api.documents.level_rules import LEVEL_RULES, LEVEL_WARNINGS
from slm_api.documents.reasons import Said
from slm_domain.sla import MeasureKind, Words

Rule = Callable[[Draft], Iterable[Said]]

_FITTING_LEVEL = {
    "late_increments": ("duration_at_most",),
    "per_occasion": ("obligation",),
    "fee_times_availability": ("stopped_time_at_most",),
    "tiers": ("availability_at_least", "ratio_at_least", "ratio_at_most", "stopped_time_at_most", "mean_at_most"),
    "repeat_breach": get_args(MeasureKind),
}
_UNIQUE = (
    ("systems", "code"),
    ("sites", "code"),
    ("fault_levels", "code"),
    ("levels", "key"),
    ("deductions", "code"),
    ("grounds", "code"),
    ("operating_rules", "code"),
)


def names_are_unique(draft: Draft) -> Iterator[Said]:
    """No two systems, sites, levels, … share a name; an organisation belongs to one side, once."""
    groups = [draft.declared(part, name) for part, name in _UNIQUE]
    groups.append(_organisations(draft))
    for group in groups:
        seen: set[str] = set()
        for path, name in group:
            if name in seen:
                yield (
                    path,
                    Words(ja=f"「{quoted(name)}」は既に使われています", en=f"“{quoted(name)}” is already used"),
                    Words(ja="別の名前にしてください", en="Give it another name"),
                )
            seen.add(name)


def the_lead_belongs_to_its_side(draft: Draft) -> Iterator[Said]:
    """The organisation that acts for a side is one of the side's organisations."""
    for path in (("municipality",), ("provider",)):
        members = {name for place, name in _organisations(draft) if place[:1] == path}
        lead = draft.written(*path, "lead")
        if isinstance(lead, str) and lead not in members and draft.written(*path, "organisations") is not None:
            yield (*path, "lead"), *_undefined(lead, members, "organisations", "団体")


def systems_belong_to_organisations_of_the_municipality(draft: Draft) -> Iterator[Said]:
    """Every figure exists per organisation (C24), so a system names one that the contract has."""
    if draft.written("municipality", "organisations") is None:
        return
    members = {name for place, name in _organisations(draft) if place[:1] == ("municipality",)}
    for path, name in draft.declared("systems", "organisation"):
        if name not in members:
            yield path, *_undefined(name, members, "municipality.organisations", "発注者の団体")


def the_term_does_not_end_before_it_begins(draft: Draft) -> Iterator[Said]:
    """`term_to` is the last day."""
    first, last = draft.written("term_from"), draft.written("term_to")
    if is_date(first) and is_date(last) and last < first:  # so written, dates sort as text
        yield (
            ("term_to",),
            Words(
                ja=f"契約期間の末日 {quoted(last)} が初日 {quoted(first)} より前です",
                en=f"The last day {quoted(last)} lies before the first day {quoted(first)}",
            ),
            Words(ja="末日を初日以後にしてください", en="Let the term end on or after its first day"),
        )


def calendars_named_are_defined(draft: Draft) -> Iterator[Said]:
    """Availability and support each name a calendar of the document (A1)."""
    calendars = draft.tree.get("calendars")
    if not isinstance(calendars, dict):
        return
    for field in ("availability_calendar", "support_calendar"):
        name = draft.written(field)
        if isinstance(name, str) and name not in calendars:
            yield (field,), *_undefined(name, set(calendars), "calendars", "カレンダー")


def calendars_have_hours(draft: Draft) -> Iterator[Said]:
    """A base of zero gives no figure in any month (C6), so a calendar without hours is a mistake."""
    for path, hours in draft.calendars.items():
        written = any(draft.written(*path, weekday) for weekday in WEEKDAYS)  # a misspelt shift is told by itself
        if not written and not any(shifts for _, shifts in week(hours)):
            yield (
                path,
                Words(ja="時間帯が一つもありません", en="This calendar has no hours at all"),
                Words(
                    ja='曜日ごとに時間帯を書いてください(例 mon: "08:30-17:15")',
                    en='Write the shifts of each weekday, like mon: "08:30-17:15"',
                ),
            )


def deductions_name_a_fitting_level(draft: Draft) -> Iterator[Said]:
    """A deduction follows from a level of the document, of the kind its rule can count on."""
    keys = draft.names("levels", "key")
    kinds = {level.key: level.measure.kind for level in draft.levels.values()}
    for path, rule in draft.deductions.items():
        kind, fitting = kinds.get(rule.level), _FITTING_LEVEL[rule.rule]
        if draft.tree.get("levels") is None or rule.level not in keys:
            yield (*path, "level"), *_undefined(rule.level, keys, "levels", "サービスレベル")
        elif kind is not None and kind not in fitting:
            yield (
                (*path, "level"),
                Words(
                    ja=f"規則 {rule.rule} は種別 {kind} の評価項目には使えません",
                    en=f"The rule {rule.rule} cannot count on a level of kind {kind}",
                ),
                Words(ja=f"種別 {fitting[0]} の項目を指定してください", en=f"Name a level of kind {fitting[0]}"),
            )


def deductions_follow_from_guaranteed_values(draft: Draft) -> Iterator[Said]:
    """Missing a target has no contractual consequence (S40), so a level with a deduction has a guaranteed value."""
    bare = {level.key for level in draft.levels.values() if level.guaranteed is None and level.target is not None}
    for path, rule in draft.deductions.items():
        if rule.level in bare:
            yield (
                (*path, "level"),
                Words(
                    ja=f"評価項目「{rule.level}」には保証値がありません",
                    en=f"The level “{rule.level}” has no guaranteed value to miss",
                ),
                Words(
                    ja="保証値を書くか、減額を消してください", en="Give it a guaranteed value, or drop the deduction"
                ),
            )


def notice_days_belong_to_notice_beforehand(draft: Draft) -> Iterator[Said]:
    """A lead of days means something only where the notice comes before (C21)."""
    for path, ground in draft.grounds.items():
        if ground.notice.lead_days and ground.notice.kind != "before":
            yield (
                (*path, "notice", "lead_days"),
                Words(ja="事前でない通知に日数は付けられません", en="Only a notice beforehand has days of lead"),
                Words(
                    ja="kind を before にするか、lead_days を消してください", en="Write kind: before, or no lead_days"
                ),
            )


def _organisations(draft: Draft) -> list[tuple[Path, str]]:
    places: list[tuple[Path, str]] = []
    for side in ("municipality", "provider"):
        members = draft.written(side, "organisations")
        for index, member in enumerate(members if isinstance(members, list) else ()):
            code = member.get("code") if isinstance(member, dict) else None
            if isinstance(code, str):
                places.append(((side, "organisations", index, "code"), code))
    return places


def _undefined(name: str, defined: Iterable[str], where: str, ja: str) -> tuple[Words, Words]:
    defined = sorted(defined)
    near = get_close_matches(name, defined, n=1)
    if near:
        mend = Words(ja=f"「{near[0]}」ではありませんか", en=f"Did you mean “{near[0]}”?")
    else:
        listed = ", ".join(defined) or "-"
        mend = Words(
            ja=f"{where} に定義するか、次から選んでください:{listed}",
            en=f"Define it in {where}, or name one of: {listed}",
        )
    return Words(
        ja=f"{ja}「{quoted(name)}」は定義されていません", en=f"“{quoted(name)}” is not defined in {where}"
    ), mend


RULES: tuple[Rule, ...] = (
    names_are_unique,
    the_lead_belongs_to_its_side,
    the_term_does_not_end_before_it_begins,
    calendars_named_are_defined,
    calendars_have_hours,
    systems_belong_to_organisations_of_the_municipality,
    *LEVEL_RULES,
    deductions_name_a_fitting_level,
    deductions_follow_from_guaranteed_values,
    notice_days_belong_to_notice_beforehand,
)
WARNINGS: tuple[Rule, ...] = LEVEL_WARNINGS
