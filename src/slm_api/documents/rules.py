"""The rules that hold between parts of a document, each with its name. They live in the lists at the end.

A rule is a function of the draft that yields what it finds: place, reason and mend.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from slm_api.documents.amounts import is_date
from slm_api.documents.calendar_rules import CALENDAR_RULES
from slm_api.documents.draft import Draft
from slm_api.documents.finding import Path, quoted
from slm_api.documents.level_rules import LEVEL_RULES, LEVEL_WARNINGS
from slm_api.documents.money_rules import MONEY_RULES, MONEY_WARNINGS
from slm_api.documents.reasons import Said
from slm_api.documents.saying import needless, twice, undefined, wanting
from slm_domain.sla import Words

Rule = Callable[[Draft], Iterable[Said]]

_UNIQUE = (
    ("systems", "code"),
    ("sites", "code"),
    ("fault_levels", "code"),
    ("scales", "code"),
    ("levels", "key"),
    ("deductions", "code"),
    ("bonuses", "code"),
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
                yield path, *twice(name)
            seen.add(name)


def the_lead_belongs_to_its_side(draft: Draft) -> Iterator[Said]:
    """The organisation that acts for a side is one of the side's organisations."""
    for path in (("municipality",), ("provider",)):
        members = {name for place, name in _organisations(draft) if place[:1] == path}
        lead = draft.written(*path, "lead")
        if isinstance(lead, str) and lead not in members and draft.written(*path, "organisations") is not None:
            yield (*path, "lead"), *undefined(lead, members, "organisations", "団体")


def systems_belong_to_organisations_of_the_municipality(draft: Draft) -> Iterator[Said]:
    """Every figure exists per organisation (C24), so a system names one that the contract has."""
    if draft.written("municipality", "organisations") is None:
        return
    members = {name for place, name in _organisations(draft) if place[:1] == ("municipality",)}
    for path, name in draft.declared("systems", "organisation"):
        if name not in members:
            yield path, *undefined(name, members, "municipality.organisations", "発注者の団体")


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


def grades_of_a_scale_rise(draft: Draft) -> Iterator[Said]:
    """A scale has grades, each once, the lowest first."""
    for path, scale in draft.scales.items():
        if not scale.grades and draft.written(*path, "grades") == []:
            yield (*path, "grades"), *wanting("grades", ja="尺度", en="a scale")
        for index, (lower, higher) in enumerate(pairwise(scale.grades), start=1):
            if higher.grade <= lower.grade:
                yield (
                    (*path, "grades", index, "grade"),
                    Words(
                        ja=f"グレード {higher.grade} は前のグレード {lower.grade} より上ではありません",
                        en=f"Grade {higher.grade} is not above the grade before it, {lower.grade}",
                    ),
                    Words(ja="低い順に一度ずつ書いてください", en="Write each grade once, the lowest first"),
                )


def a_lead_fits_its_kind_of_notice(draft: Draft) -> Iterator[Said]:
    """Days of lead mean something only where the notice comes before, minutes only where it comes after (C21)."""
    for path, ground in draft.grounds.items():
        if ground.notice.lead_days and ground.notice.kind != "before":
            yield (
                (*path, "notice", "lead_days"),
                Words(ja="事前でない通知に日数は付けられません", en="Only a notice beforehand has days of lead"),
                Words(
                    ja="kind を before にするか、lead_days を消してください", en="Write kind: before, or no lead_days"
                ),
            )
        if ground.notice.lead_minutes is not None and ground.notice.kind != "right_after":
            yield (
                (*path, "notice", "lead_minutes"),
                Words(ja="発生後でない通知に分数は付けられません", en="Only a notice right after has minutes of lead"),
                Words(
                    ja="kind を right_after にするか、lead_minutes を消してください",
                    en="Write kind: right_after, or no lead_minutes",
                ),
            )


def what_means_nothing_for_a_ground_is_left_out(draft: Draft) -> Iterator[Said]:
    """Who gives no notice misses none; and where no time leaves the measurement, no allowance limits it."""
    for path, ground in draft.grounds.items():
        notice = ground.notice
        if notice.kind == "none" and notice.excused_when_unreachable:
            yield (*path, "notice", "excused_when_unreachable"), *_without_notice("excused_when_unreachable")
        if notice.kind == "none" and notice.when_missed != "as_accepted":
            yield (*path, "notice", "when_missed"), *_without_notice("when_missed")
        if ground.allowance is not None and not ground.leaves_measurement:
            yield (
                (*path, "allowance"),
                *needless("allowance", ja="測定から除かない事由", en="a ground that does not leave the measurement"),
            )


def _without_notice(field: str) -> tuple[Words, Words]:
    return needless(field, ja="通知の要らない事由", en="a ground without notice")


def _organisations(draft: Draft) -> list[tuple[Path, str]]:
    places: list[tuple[Path, str]] = []
    for side in ("municipality", "provider"):
        members = draft.written(side, "organisations")
        for index, member in enumerate(members if isinstance(members, list) else ()):
            code = member.get("code") if isinstance(member, dict) else None
            if isinstance(code, str):
                places.append(((side, "organisations", index, "code"), code))
    return places


RULES: tuple[Rule, ...] = (
    names_are_unique,
    the_lead_belongs_to_its_side,
    the_term_does_not_end_before_it_begins,
    *CALENDAR_RULES,
    systems_belong_to_organisations_of_the_municipality,
    grades_of_a_scale_rise,
    *LEVEL_RULES,
    *MONEY_RULES,
    a_lead_fits_its_kind_of_notice,
    what_means_nothing_for_a_ground_is_left_out,
)
WARNINGS: tuple[Rule, ...] = (*LEVEL_WARNINGS, *MONEY_WARNINGS)
