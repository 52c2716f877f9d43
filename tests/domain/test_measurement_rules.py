"""What a measurement says, by the kind of its level: counts of a ratio, grades, of whom, asked for and accepted."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.commands.contract import DraftContract, ProposeSla, SignSla
from slm_domain.commands.envelope import Command
from slm_domain.commands.service_level import (
    ApproveRevision,
    CorrectMeasurement,
    ProposeRevision,
    RecordMeasurement,
    RetireLevel,
)
from slm_domain.service_level import MeasurementRecorded
from slm_domain.service_level_refusals import (
    BoundDoesNotFit,
    MeasuredOfAnother,
    NotAtABoundary,
    NotMeasuredByHand,
    OffTheScale,
    PartExceedsTheWhole,
    VersionsOverlap,
    WrongShapeOfMeasurement,
)
from slm_domain.sla import Bound, Grade, Level, Measure, Scale, Terms
from tests.domain.agreement import AGREED, NOW, SLA, document, jst, level, municipality, provider, words
from tests.domain.scenario import refused, scenario

ANSWERED = level(
    "answered",
    Measure(kind="ratio_at_least", source="measurements", period="month"),
    Bound(amount=Decimal(90), unit="percent"),
)
QUICKLY = level(
    "quickly",
    Measure(
        kind="ratio_at_least",
        source="measurements",
        period="week",
        within=Bound(amount=Decimal(30), unit="seconds"),
    ),
    Bound(amount=Decimal(90), unit="percent"),
)
RECOVERY = level(
    "recovery",
    Measure(kind="mean_at_most", source="measurements", period="quarter"),
    Bound(amount=Decimal(3), unit="hours"),
)
BACKUPS = level(
    "backups",
    Measure(kind="grade_at_least", source="measurements", period="half_year", scale="C.1.2.5"),
    Bound(amount=Decimal(4), unit="grade"),
)
EACH_TOWN = level(
    "each-town",
    Measure(kind="count_at_most", source="measurements", period="year", per="organisation"),
    Bound(amount=Decimal(2), unit="count"),
)
ONE_SYSTEM = level(
    "one-system",
    Measure(kind="count_at_least", source="measurements", period="term", systems=("library",)),
    Bound(amount=Decimal(1), unit="count"),
)
APART = level(
    "apart",
    Measure(kind="time_between_failures_at_least", source="stops", period="rolling", rolling_months=12),
    Bound(amount=Decimal(240), unit="hours"),
)
JOBS = next(each for each in SLA.levels if each.key == "jobs")
SCALE = Scale(
    code="C.1.2.5", name=words("backup interval"), grades=tuple(Grade(grade=n, name=words(str(n))) for n in range(6))
)
MEASURED = replace(
    SLA, levels=(ANSWERED, QUICKLY, RECOVERY, BACKUPS, EACH_TOWN, ONE_SYSTEM, APART, JOBS), scales=(SCALE,)
)


def agreed(sla: Any = MEASURED) -> list[Command]:
    return [
        next(command for command in AGREED if isinstance(command, DraftContract)),
        municipality(ProposeSla, document=document(sla), effective_from=date(2025, 4, 1)),
        municipality(SignSla, number=1),
        provider(SignSla, number=1),
    ]


def recorded(**facts: Any) -> MeasurementRecorded:
    return MeasurementRecorded(occurred_at=NOW, measurement="m-1", stated_by="provider", **facts)


@pytest.mark.parametrize(
    ("key", "facts"),
    [
        ("answered", {"part": 97, "whole": 100}),
        ("answered", {"part": 0, "whole": 0}),  # nobody called: it brings nothing
        ("quickly", {"start": jst(6, 16, 9), "end": jst(6, 16, 9, 1)}),
        ("recovery", {"start": jst(6, 16, 9), "end": jst(6, 16, 12)}),
        ("backups", {"grade": 4}),
        ("each-town", {"organisation": "village"}),
        ("each-town", {"system": "library"}),  # the village's
        ("one-system", {"system": "library"}),
        ("jobs", {"start": jst(6, 16), "end": jst(7, 1), "extraordinary": True}),
    ],
)
def test_a_measurement_says_what_the_kind_of_its_level_asks_for(key: str, facts: dict[str, Any]) -> None:
    when = provider(RecordMeasurement, level=key, measurement="m-1", **facts)
    scenario(given=agreed(), when=when, then=[recorded(**facts)])


@pytest.mark.parametrize(
    ("key", "facts"),
    [
        ("answered", {"part": 97}),
        ("answered", {}),
        ("answered", {"start": jst(6, 16), "end": jst(6, 16)}),
        ("quickly", {"part": 1, "whole": 1}),
        ("recovery", {"start": jst(6, 16)}),
        ("backups", {"grade": 4, "met": True}),
        ("one-system", {"system": "library", "grade": 1}),
        ("jobs", {"start": jst(6, 16), "end": jst(7, 1), "met": True}),
    ],
)
def test_a_measurement_says_nothing_else(key: str, facts: dict[str, Any]) -> None:
    when = provider(RecordMeasurement, level=key, measurement="m-1", **facts)
    scenario(given=agreed(), when=when, then=refused(WrongShapeOfMeasurement, level=key))


@pytest.mark.parametrize(("part", "whole"), [(101, 100), (-1, 100), (1, 0), (-2, -1)])
def test_a_part_lies_between_nothing_and_the_whole(part: int, whole: int) -> None:
    when = provider(RecordMeasurement, level="answered", measurement="m-1", part=part, whole=whole)
    scenario(given=agreed(), when=when, then=refused(PartExceedsTheWhole, part=part, whole=whole))


def test_a_correction_has_the_same_shape() -> None:
    first = provider(RecordMeasurement, level="answered", measurement="m-1", part=9, whole=10)
    when = provider(CorrectMeasurement, level="answered", measurement="m-1", part=11, whole=10, reason="counted again")
    scenario(given=[*agreed(), first], when=when, then=refused(PartExceedsTheWhole, part=11))


def test_a_grade_stands_on_the_scale_of_its_level() -> None:
    when = provider(RecordMeasurement, level="backups", measurement="m-1", grade=6)
    scenario(given=agreed(), when=when, then=refused(OffTheScale, grade=6, known="0, 1, 2, 3, 4, 5"))


@pytest.mark.parametrize(
    ("key", "facts", "field"),
    [
        ("each-town", {}, "organisation"),
        ("each-town", {"organisation": "cloud"}, "organisation"),
        ("each-town", {"organisation": "town", "system": "library"}, "organisation"),
        ("one-system", {}, "system"),
        ("one-system", {"system": "payroll"}, "system"),
    ],
)
def test_a_measurement_names_one_that_its_level_is_judged_for(key: str, facts: dict[str, Any], field: str) -> None:
    when = provider(RecordMeasurement, level=key, measurement="m-1", **facts)
    scenario(given=agreed(), when=when, then=refused(MeasuredOfAnother, level=key, field=field))


def test_what_stops_tell_is_not_measured_by_hand() -> None:
    when = provider(RecordMeasurement, level="apart", measurement="m-1")
    scenario(given=agreed(), when=when, then=refused(NotMeasuredByHand, level="apart"))


def test_under_a_cut_off_a_lead_says_whether_it_was_accepted() -> None:
    cutoff = replace(MEASURED, terms=Terms(lead_kind="cutoff_at_most"))
    facts = {"start": jst(6, 16), "end": jst(7, 1)}
    when = provider(RecordMeasurement, level="jobs", measurement="m-1", **facts)
    scenario(given=agreed(cutoff), when=when, then=refused(WrongShapeOfMeasurement, needs="start, end and met"))
    scenario(given=agreed(cutoff), when=replace(when, met=False), then=[recorded(**facts, met=False)])


# --- Versions


def revision(definition: Level, day: date, code: str = "v-1") -> ProposeRevision:
    return provider(ProposeRevision, level=definition.key, revision=code, definition=definition, effective_from=day)


@pytest.mark.parametrize(
    ("definition", "asked", "boundary"),
    [
        (ANSWERED, date(2025, 7, 2), date(2025, 8, 1)),
        (QUICKLY, date(2025, 7, 1), date(2025, 7, 7)),  # a Tuesday; weeks start on Monday
        (RECOVERY, date(2025, 8, 1), date(2025, 10, 1)),
        (BACKUPS, date(2025, 7, 1), date(2025, 10, 1)),
        (EACH_TOWN, date(2025, 7, 1), date(2026, 1, 1)),
        (ONE_SYSTEM, date(2026, 4, 1), date(2030, 4, 1)),  # the term ends on 2030-03-31
        (APART, date(2025, 7, 15), date(2025, 8, 1)),  # windows end with the month
    ],
)
def test_what_is_judged_per_period_changes_only_at_its_boundary(definition: Level, asked: date, boundary: date) -> None:
    scenario(given=agreed(), when=revision(definition, asked), then=refused(NotAtABoundary, boundary=boundary))
    retired = municipality(RetireLevel, level=definition.key, effective_from=asked)
    scenario(given=agreed(), when=retired, then=refused(NotAtABoundary, boundary=boundary))


def test_a_new_sla_changes_such_a_level_at_its_boundary_too() -> None:
    stricter = replace(RECOVERY, guaranteed=Bound(amount=Decimal(2), unit="hours"))
    others = tuple(each for each in MEASURED.levels if each.key != "recovery")
    for levels in ((*others, stricter), others):  # changed, or left out
        when = municipality(
            ProposeSla, document=document(replace(MEASURED, levels=levels)), effective_from=date(2025, 8, 1)
        )
        scenario(given=agreed(), when=when, then=refused(NotAtABoundary, level="recovery", boundary=date(2025, 10, 1)))


def test_two_versions_do_not_take_effect_on_the_same_day() -> None:
    stricter = replace(ANSWERED, guaranteed=Bound(amount=Decimal(95), unit="percent"))
    july = date(2025, 7, 1)
    given = [*agreed(), revision(stricter, july), revision(ANSWERED, july, "v-2")]
    given.append(municipality(ApproveRevision, level="answered", revision="v-1"))
    when = municipality(ApproveRevision, level="answered", revision="v-2")
    scenario(given=given, when=when, then=refused(VersionsOverlap, asked=july))
    scenario(given=given, when=revision(ANSWERED, july, "v-3"), then=refused(VersionsOverlap, asked=july))


@pytest.mark.parametrize(
    ("definition", "bound"),
    [
        (ANSWERED, Bound(amount=Decimal(90), unit="percent", comparison="at_most")),
        (ANSWERED, Bound(amount=Decimal(101), unit="percent")),
        (RECOVERY, Bound(amount=Decimal(1), unit="months")),
        (RECOVERY, Bound(amount=Decimal(3), unit="hours", comparison="above")),
        (BACKUPS, Bound(amount=Decimal("3.5"), unit="grade")),
        (EACH_TOWN, Bound(amount=Decimal(2), unit="count", comparison="at_least")),
    ],
)
def test_a_bound_is_in_the_unit_and_the_direction_of_its_kind(definition: Level, bound: Bound) -> None:
    when = revision(replace(definition, guaranteed=bound), date(2026, 4, 1))
    scenario(given=agreed(), when=when, then=refused(BoundDoesNotFit, level=definition.key))
