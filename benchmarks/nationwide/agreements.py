"""What is agreed: SLA documents in four families, made of the examples' documents and varied contract by contract.

- `table`: the town's table of 25 levels with its deductions (examples/shimanto-town).
- `guideline`: that table, the support desk of the guideline (G4 38 to 43) and availability (T2).
- `graded`: availability around the clock in four periods, the support desk, grades of backup (J6), tiers and bonuses.
- `joint`: the same for two to five municipalities, with weights and shares of the fee (examples/tosa-joint-desk).
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from benchmarks.nationwide.country import YEAR, Contracted, Municipality, Size
from slm_api.documents import canonical, read_document
from slm_domain.sla import (
    Fee,
    FeeTimesAvailability,
    Level,
    Organisation,
    Party,
    Sla,
    System,
    WeeklyHours,
    Words,
    read_sla,
)

Family = Literal["table", "guideline", "graded", "joint"]
EXAMPLES = Path(__file__).parents[2] / "examples"
EQUIPMENT = "town-hall-equipment"
APPLICATIONS = "electronic-applications"

# Which family a municipality of a size chose, by the last digit of a number of its own.
_FAMILIES: dict[Size, tuple[Family, ...]] = {
    "village": ("table",) * 10,
    "town": (*("table",) * 7, *("guideline",) * 3),
    "city": (*("table",) * 2, *("guideline",) * 6, *("graded",) * 2),
    "metropolis": (*("guideline",) * 3, *("graded",) * 7),
}
_SYSTEMS: dict[Size, int] = {"village": 3, "town": 4, "city": 7, "metropolis": 12}
_NAMES: tuple[tuple[str, str, str], ...] = (
    (APPLICATIONS, "電子申請", "Electronic applications"),
    ("resident-records", "住民記録", "Resident records"),
    ("local-taxes", "地方税", "Local taxes"),
    ("financial-accounting", "財務会計", "Financial accounting"),
    ("health-insurance", "国民健康保険", "Health insurance"),
    ("long-term-care", "介護保険", "Long-term care"),
    ("welfare", "福祉総合", "Welfare"),
    ("personnel", "人事給与", "Personnel and payroll"),
    ("documents", "文書管理", "Documents"),
    ("libraries", "図書館", "Libraries"),
    ("water", "上下水道", "Water and sewerage"),
    ("school-affairs", "校務支援", "School affairs"),
)
_HOURS = ("08:30-17:15", "08:30-17:15", "08:30-17:15", "08:45-17:30", "09:00-17:00", "08:15-17:00")
_FEES: dict[Size, int] = {"village": 400_000, "town": 900_000, "city": 2_400_000, "metropolis": 7_800_000}
_TERM_YEARS = (5, 5, 5, 3, 1)


def family_of(who: Contracted) -> Family:
    """Which kind of document was agreed."""
    return "joint" if who.joint else _FAMILIES[who.lead.size][(who.lead.number + 3 * who.lead.prefecture) % 10]


def agreement(who: Contracted) -> Sla:
    """The SLA that a contract begins with."""
    match family_of(who):
        case "table":
            return _single(who, _example("shimanto-town"))
        case "guideline":
            return _single(who, _guideline())
        case "graded":
            return _single(who, _graded())
        case "joint":
            return _joint(who)


@cache
def _example(name: str) -> Sla:
    file = EXAMPLES / name / "sla.yaml"
    return read_sla(canonical(read_document(file.read_bytes(), source=file.name).document))


@cache
def _guideline() -> Sla:
    table, desk = _example("shimanto-town"), _example("tosa-joint-desk")
    availability = _level(desk, "availability")
    added = (
        replace(availability, measure=replace(availability.measure, clock="opening_hours")),
        *_support_desk(desk),
    )
    tiers = [rule for rule in desk.deductions if rule.level == "39-answered-within-30s"]
    return replace(table, levels=(*table.levels, *added), deductions=(*table.deductions, *tiers))


@cache
def _graded() -> Sla:
    """The joint desk's document for one municipality: nothing per organisation, and two systems' worth of grades."""
    desk = _example("tosa-joint-desk")
    levels = [*(_of_one(level) for level in desk.levels if level.key[:2].isdigit() is False), *_support_desk(desk)]
    return replace(
        desk,
        levels=tuple(levels),
        terms=replace(desk.terms, availability_of="service", threshold_scope="contract", pro_rata="none"),
    )


def _support_desk(desk: Sla) -> tuple[Level, ...]:
    return tuple(_of_one(level) for level in desk.levels if level.key[:2].isdigit())


def _of_one(level: Level) -> Level:
    """The level for a contract of one municipality, whose graded systems are those of the applications."""
    measure = level.measure
    return replace(
        level,
        measure=replace(
            measure,
            per="contract" if measure.per == "organisation" else measure.per,
            systems=(APPLICATIONS,) if measure.systems else (),
        ),
    )


def _single(who: Contracted, family: Sla) -> Sla:
    lead, varied = who.lead, who.lead.number * 7 + who.lead.prefecture
    hours = _HOURS[varied % len(_HOURS)]
    return replace(
        family,
        contract=who.code,
        title=Words(
            ja=f"{lead.name.ja} 業務システム サービスレベル合意書",
            en=f"Service level agreement for the systems of {lead.name.en}",
        ),
        municipality=Party(lead=lead.code, organisations=(Organisation(code=lead.code, name=lead.name),)),
        provider=_provider(lead),
        term_from=date(YEAR, 4, 1),
        term_to=date(YEAR + _TERM_YEARS[varied % len(_TERM_YEARS)], 3, 31),
        fee=_fee(family.fee, lead, varied),
        calendars={name: _with_hours(calendar, hours) for name, calendar in family.calendars.items() if name != "town"},
        systems=(*_systems_of(lead, _SYSTEMS[lead.size], prefix=""), _equipment(lead)),
        terms=replace(
            family.terms,
            exclusion_policy="remove" if varied % 3 == 0 else family.terms.exclusion_policy,
            contested_times="lowest" if varied % 11 == 0 else family.terms.contested_times,
            inspection_days=10 + varied % 2 * 4,
        ),
    )


def _joint(who: Contracted) -> Sla:
    desk, count = _example("tosa-joint-desk"), len(who.members)
    systems = [
        system for place, member in enumerate(who.members, 1) for system in _systems_of(member, 2, prefix=f"o{place}-")
    ]
    first = tuple(system.code for system in systems if system.code.endswith(APPLICATIONS))
    shares = _shares(count)
    return replace(
        desk,
        contract=who.code,
        title=Words(ja=f"共同利用サービス サービスレベル合意書({who.code})", en=f"Joint service, {who.code}"),
        municipality=Party(
            lead=who.lead.code,
            organisations=tuple(
                Organisation(
                    code=member.code,
                    name=member.name,
                    calendar="town" if place == count else None,
                    weight=count - place + 1,
                    fee_share_percent=Decimal(shares[place - 1]),
                )
                for place, member in enumerate(who.members, 1)
            ),
        ),
        provider=_provider(who.lead),
        term_to=date(YEAR + 1, 3, 15 if who.lead.prefecture % 2 else 31),
        fee=replace(desk.fee, monthly_yen=200_000 * count + 10_000 * who.lead.prefecture),
        systems=tuple(systems),
        levels=tuple(
            replace(level, measure=replace(level.measure, systems=first)) if level.measure.systems else level
            for level in desk.levels
        ),
    )


def _shares(count: int) -> list[int]:
    """Percentages that add up to a hundred, the first the largest."""
    least = 60 // count
    return [100 - least * (count - 1), *[least] * (count - 1)]


def _provider(lead: Municipality) -> Party:
    code = f"provider-{lead.provider + 1}"
    name = Words(ja=f"仮名事業者{lead.provider + 1}(仮)", en=f"Provider {lead.provider + 1} (made up)")
    return Party(lead=code, organisations=(Organisation(code=code, name=name),))


def _fee(fee: Fee, lead: Municipality, varied: int) -> Fee:
    return replace(fee, monthly_yen=_FEES[lead.size] + varied % 37 * 10_000, includes_tax=varied % 4 != 0)


def _with_hours(calendar: WeeklyHours, hours: str) -> WeeklyHours:
    """Other opening hours on weekdays; a calendar that is open at weekends too stays as it is."""
    if calendar.sat:
        return calendar
    return replace(calendar, mon=(hours,), tue=(hours,), wed=(hours,), thu=(hours,), fri=(hours,))


def _systems_of(owner: Municipality, count: int, *, prefix: str) -> Iterable[System]:
    for place, (code, ja, en) in enumerate(_NAMES[:count]):
        yield System(
            code=prefix + code,
            name=Words(ja=ja, en=en),
            organisation=owner.code,
            weight=2 if place == 0 else 1,
            group=f"group-{1 + place % 4}",
        )


def _equipment(owner: Municipality) -> System:
    return System(code=EQUIPMENT, name=Words(ja="庁舎内設置機器", en="Equipment in the hall"), organisation=owner.code)


def _level(sla: Sla, key: str) -> Level:
    return next(level for level in sla.levels if level.key == key)


def has_threshold(sla: Sla) -> bool:
    """Whether long stops of a month cost a share of the fee."""
    return any(isinstance(rule, FeeTimesAvailability) for rule in sla.deductions)
