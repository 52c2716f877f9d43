"""The agreed SLA as the domain reads it: the shape of the canonical SLA document (G1).

People author the document at the rim, where every error is told with path, reason and mend; what arrives here is its
canonical JSON, already checked. Percentages and amounts are decimals, never floats.
"""

from slm_domain.sla.document import Sla, read_sla
from slm_domain.sla.grounds import Allowance, Ground, Notice, OperatingRule
from slm_domain.sla.hours import HoursChange, SpecialDay, Week, WeeklyHours
from slm_domain.sla.levels import (
    Bound,
    BoundUnit,
    ComparisonWord,
    DocumentKeys,
    FaultGrade,
    FaultLevel,
    Grade,
    IncidentMoment,
    Level,
    Measure,
    MeasureKind,
    PeriodKind,
    Scale,
    Weekday,
)
from slm_domain.sla.money import (
    Bonus,
    DeductionRule,
    FeeTimesAvailability,
    LateIncrements,
    PerOccasion,
    RepeatBreach,
    Tier,
    Tiers,
)
from slm_domain.sla.parties import Fee, Organisation, Party, Site, System
from slm_domain.sla.terms import Terms
from slm_domain.sla.words import SIDES, Side, Words

__all__ = [
    "SIDES",
    "Allowance",
    "Bonus",
    "Bound",
    "BoundUnit",
    "ComparisonWord",
    "DeductionRule",
    "DocumentKeys",
    "FaultGrade",
    "FaultLevel",
    "Fee",
    "FeeTimesAvailability",
    "Grade",
    "Ground",
    "HoursChange",
    "IncidentMoment",
    "LateIncrements",
    "Level",
    "Measure",
    "MeasureKind",
    "Notice",
    "OperatingRule",
    "Organisation",
    "Party",
    "PerOccasion",
    "PeriodKind",
    "RepeatBreach",
    "Scale",
    "Side",
    "Site",
    "Sla",
    "SpecialDay",
    "System",
    "Terms",
    "Tier",
    "Tiers",
    "Week",
    "Weekday",
    "WeeklyHours",
    "Words",
    "read_sla",
]
