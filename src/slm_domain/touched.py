"""What an entry changed in the register."""

import msgspec

from slm_domain.facts import ExemptionFact, IncidentFacts, LevelVersion, Measured, UnmeasuredTime


class Touched(msgspec.Struct, frozen=True, kw_only=True, gc=False):  # one for each entry, and soon forgotten
    """What an entry changed: an incident, a measurement, a level, a planned stop, unmeasured time, or the agreement.

    `before` is what was known of the incident or the measurement until then. `version` is the version of a level that
    the entry brought, `exemption` the claim of an exemption as it stands now, `unmeasured_time` what was stated or
    withdrawn. `other_days`: the closed days of the fiscal year differ from those that figures were computed with.
    """

    incident: str | None = None
    level: str | None = None
    measurement: str | None = None
    fiscal_year: int | None = None
    agreement: bool = False
    planned_stop: str | None = None
    unmeasured: str | None = None
    before: IncidentFacts | Measured | None = None
    version: LevelVersion | None = None
    exemption: ExemptionFact | None = None
    unmeasured_time: UnmeasuredTime | None = None
    other_days: bool = False
