"""The SLA document as a whole, and how its canonical JSON is read."""

from datetime import date
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from slm_domain.figures.spans import Start
from slm_domain.sla.grounds import Ground, OperatingRule
from slm_domain.sla.hours import WeeklyHours
from slm_domain.sla.levels import FaultLevel, Level, Scale
from slm_domain.sla.money import Bonus, DeductionRule
from slm_domain.sla.parties import Fee, Party, Site, System
from slm_domain.sla.terms import Terms
from slm_domain.sla.words import Words


class Sla(msgspec.Struct, frozen=True, kw_only=True):
    """The agreed set of service levels at a moment, with everything in G1 (SLA記述書)."""

    document: Literal["slm/sla/1"]
    contract: str
    title: Words
    municipality: Party
    provider: Party
    term_from: date
    term_to: date  # last day
    time_zone: str
    fee: Fee
    calendars: dict[str, WeeklyHours]
    availability_calendar: str
    support_calendar: str
    systems: tuple[System, ...]
    sites: tuple[Site, ...] = ()
    fault_levels: tuple[FaultLevel, ...] = ()
    scales: tuple[Scale, ...] = ()
    levels: tuple[Level, ...] = ()
    deductions: tuple[DeductionRule, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    grounds: tuple[Ground, ...] = ()
    operating_rules: tuple[OperatingRule, ...] = ()
    user_duties: tuple[Words, ...] = ()
    terms: Terms = Terms()

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the contract's months and calendars (C1)."""
        return ZoneInfo(self.time_zone)

    @property
    def start(self) -> Start:
        """Where the contract's months begin (C15)."""
        return Start(day_of_month=self.terms.month_first_day)


@lru_cache(maxsize=256)  # documents are immutable, some 30 kB, and read again with every command
def read_sla(canonical: bytes) -> Sla:
    """The SLA from its canonical JSON. Raises `msgspec.ValidationError` when it is not of this shape."""
    return msgspec.json.decode(canonical, type=Sla)
