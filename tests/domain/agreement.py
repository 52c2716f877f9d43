"""A small agreement to try rules on: two municipalities, one provider, a level of each shape, boring values."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from slm_domain.commands.contract import DraftContract, ProposeSla, SignSla
from slm_domain.commands.envelope import By, Command
from slm_domain.month_figures import MonthFigures
from slm_domain.sla import (
    Bound,
    DocumentKeys,
    Fee,
    Ground,
    Level,
    Measure,
    Notice,
    Organisation,
    Party,
    Site,
    Sla,
    System,
    WeeklyHours,
    Words,
)
from tests.domain.plain_values import plain

TOKYO = ZoneInfo("Asia/Tokyo")
CODE = "town-2025"

Kind = TypeVar("Kind", bound=Command)


def jst(month: int, day: int, hour: int = 9, minute: int = 0, *, year: int = 2025) -> datetime:
    """A wall time in Japan."""
    return datetime(year, month, day, hour, minute, tzinfo=TOKYO)


NOW = jst(6, 20, 12)  # the record's clock, where a command does not set it


def municipality(kind: type[Kind], /, **facts: Any) -> Kind:
    """A command sent for the municipality's side."""
    return kind(**{"contract": CODE, "by": By(person="m1", side="municipality", organisation="town"), **facts})


def provider(kind: type[Kind], /, **facts: Any) -> Kind:
    """A command sent for the provider's side."""
    return kind(**{"contract": CODE, "by": By(person="p1", side="provider", organisation="cloud"), **facts})


def words(text: str) -> Words:
    return Words(ja=text, en=text)


def party(lead: str, *others: str) -> Party:
    named = tuple(Organisation(code=code, name=words(code)) for code in (lead, *others))
    return Party(lead=lead, organisations=named)


TOWNS = party("town", "village")
CLOUD = party("cloud")


def level(key: str, measure: Measure, guaranteed: Bound | None = None) -> Level:
    printed = DocumentKeys(major=key, menu=key, item=key, content=key, criterion=key, clause="1")
    return Level(
        key=key,
        name=words(key),
        document=printed,
        measure=measure,
        method=words("as agreed"),
        evidence=words("register"),
        guaranteed=guaranteed,
    )


NOTICE_OF_FAULTS = level(
    "notice-of-faults",
    Measure(kind="duration_at_most", source="incidents", start="detected", end="notified"),
    Bound(amount=Decimal(30), unit="minutes"),
)
REGISTER = level(
    "register", Measure(kind="duration_at_most", source="measurements"), Bound(amount=Decimal(3), unit="days")
)
JOBS = level("jobs", Measure(kind="lead_at_least", source="measurements"), Bound(amount=Decimal(3), unit="days"))
BACKUP = level(
    "backup",
    Measure(kind="count_at_least", source="measurements", period="day", period_days="calendar"),
    Bound(amount=Decimal(1), unit="count"),
)
YEARLY_PLAN = level(
    "yearly-plan",
    Measure(kind="count_at_least", source="measurements", period="fiscal_year"),
    Bound(amount=Decimal(1), unit="count"),
)
DRILL = level("drill", Measure(kind="obligation", source="measurements"), Bound(amount=Decimal(1), unit="met"))
LEVELS = (NOTICE_OF_FAULTS, REGISTER, JOBS, BACKUP, YEARLY_PLAN, DRILL)

SLA = Sla(
    document="slm/sla/1",
    contract=CODE,
    title=words("Town"),
    municipality=TOWNS,
    provider=CLOUD,
    term_from=date(2025, 4, 1),
    term_to=date(2030, 3, 31),
    time_zone="Asia/Tokyo",
    fee=Fee(monthly_yen=1_000_000, includes_tax=True, tax_percent=Decimal(10)),
    calendars={"opening": WeeklyHours(name=words("opening"), mon=("08:30-17:15",))},
    availability_calendar="opening",
    support_calendar="opening",
    systems=(
        System(code="payroll", name=words("payroll"), organisation="town"),
        System(code="server", name=words("server"), organisation="town"),
        System(code="library", name=words("library"), organisation="village"),
    ),
    sites=(Site(code="town-hall", name=words("town hall")),),
    levels=LEVELS,
    grounds=(
        Ground(
            code="maintenance",
            clause="12",
            name=words("maintenance"),
            leaves_measurement=True,
            frees_from_damages=True,
            notice=Notice(kind="before", lead_days=7),
        ),
        Ground(
            code="disaster",
            clause="24",
            name=words("disaster"),
            leaves_measurement=False,
            frees_from_damages=True,
            notice=Notice(kind="right_after"),
        ),
    ),
)


def document(sla: Sla) -> msgspec.Raw:
    """The document as it is sent and kept: canonical JSON."""
    return msgspec.Raw(msgspec.json.encode(sla, order="sorted"))


DRAFT = municipality(
    DraftContract,
    title=words("Town"),
    time_zone="Asia/Tokyo",
    municipality=TOWNS,
    provider=CLOUD,
    occurred_at=jst(3, 3),
)
PROPOSE = provider(ProposeSla, document=document(SLA), effective_from=date(2025, 4, 1), occurred_at=jst(3, 10))
PROVIDER_SIGNS = provider(SignSla, number=1, occurred_at=jst(3, 11))
TOWN_SIGNS = municipality(SignSla, number=1, occurred_at=jst(3, 12))
AGREED = [DRAFT, PROPOSE, PROVIDER_SIGNS, TOWN_SIGNS]


def figures(month: str) -> MonthFigures:
    """A month's figures: decisions keep them and do not look inside."""
    return replace(plain(MonthFigures), month=month)
