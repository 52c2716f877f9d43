"""The stops of a month that a rule charges for: those that the level it names asks about (S8, C24)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from slm_domain.availability import (
    Stretch,
    frees_from_damages,
    narrowed_stretches,
    stretches,
    stretches_for_damages,
    unit_stretches,
)
from slm_domain.facts import IncidentFacts
from slm_domain.figures.periods import Interval
from slm_domain.level_units import EVERYTHING, Unit
from slm_domain.register import Register
from slm_domain.sla import FaultGrade, Sla
from slm_domain.stopped import incidents_of


class ChargedStops(msgspec.Struct, frozen=True, kw_only=True):
    """Stops: `counted` as the figure has them, `charged` as they cost.

    What is freed from damages is charged to nobody, whatever the figure says of it (G9, G32).
    """

    counted: Sequence[Stretch] = ()
    charged: Sequence[Stretch] = ()


class MonthStops:
    """The stops of a month, asked for what a level asks about: `known` are those of the whole contract."""

    def __init__(
        self,
        register: Register,
        incidents: Sequence[IncidentFacts],
        interval: Interval,
        until: datetime,
        known: tuple[Stretch, ...],
    ) -> None:
        self._register = register
        self._incidents = incidents
        self._interval = interval
        self._until = until
        self._known = known

    def of(self, unit: Unit = EVERYTHING) -> ChargedStops:
        """The stops of the contract, or of the systems, organisations and incident levels that are asked about."""
        if unit.is_part:
            return self._of_part(unit)
        counted, incidents, levels = self._known, self._asked(unit), unit.stops_of
        asked = self._register, incidents, self._interval, self._until
        if unit != EVERYTHING:
            counted = stretches(*asked, stops_of=levels)
        charged = stretches_for_damages(*asked, known=counted, stops_of=levels)
        return ChargedStops(counted=counted, charged=charged)

    def by_organisation(self, sla: Sla, unit: Unit = EVERYTHING) -> Mapping[str, ChargedStops]:
        """The same of each organisation, where each is held against the threshold by itself (C24)."""
        if not unit.is_part:
            return self._of_each(self._asked(unit), unit.stops_of)
        codes = [each.code for each in sla.municipality.organisations]
        asked = [code for code in codes if not unit.organisations or code in unit.organisations]
        found = {code: self._of_part(replace(unit, organisations=(code,))) for code in asked}
        return {code: stops for code, stops in found.items() if stops.counted}  # without a system asked about: none

    def _of_part(self, unit: Unit) -> ChargedStops:
        incidents = self._asked(unit)
        asked = self._register, incidents, self._interval, self._until, unit.systems, unit.organisations
        counted = narrowed_stretches(*asked, stops_of=unit.stops_of)
        if not self._any_freed(incidents):
            return ChargedStops(counted=counted, charged=counted)
        charged = narrowed_stretches(*asked, for_damages=True, stops_of=unit.stops_of)
        return ChargedStops(counted=counted, charged=charged)

    def _of_each(self, incidents: Sequence[IncidentFacts], stops_of: Sequence[FaultGrade]) -> dict[str, ChargedStops]:
        asked = self._register, incidents, self._interval, self._until
        counted = unit_stretches(*asked, "organisations", stops_of=stops_of)
        if not self._any_freed(incidents):
            return {code: ChargedStops(counted=parts, charged=parts) for code, parts in counted.items()}
        charged = unit_stretches(*asked, "organisations", for_damages=True, stops_of=stops_of)
        return {code: ChargedStops(counted=parts, charged=charged[code]) for code, parts in counted.items()}

    def _asked(self, unit: Unit) -> Sequence[IncidentFacts]:
        return self._incidents if unit == EVERYTHING else incidents_of(self._register, self._incidents, unit)

    def _any_freed(self, incidents: Sequence[IncidentFacts]) -> bool:
        return frees_from_damages(self._register, incidents, self._until, self._known)
