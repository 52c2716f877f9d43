"""What a level's result costs by: of its stops what is only freed from damages counts as up (G9, G32)."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from msgspec.structs import replace

from slm_domain.exclusions import Effect, effect_of
from slm_domain.facts import IncidentFacts
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import Month
from slm_domain.level_figures import figure_of_stops
from slm_domain.month_figures import LevelFigure
from slm_domain.register import Register
from slm_domain.stopped import Stops


class ChargedLevels:
    """The results of levels as rules of money take them.

    An accepted exclusion that only frees from damages leaves its time down in the figure, and costs nothing: neither
    by the fee times availability nor by tiers, nor as a repeated breach.
    """

    def __init__(self, register: Register, incidents: Sequence[IncidentFacts], until: datetime) -> None:
        self._register = register
        self._incidents = incidents
        self._until = until

    def of(self, month: Month, found: LevelFigure) -> LevelFigure:
        """The level's result in the month; the figure itself where nothing of its stops is freed."""
        days = self._register.days_of(month)
        version = self._register.level_on(found.level, days.first) or self._register.level_on(found.level, days.last)
        definition = None if version is None else version.definition
        if definition is None or definition.measure.source != "stops" or self._stops is None:
            return found
        return figure_of_stops(self._register, definition, month, self._stops, self._until)

    def told(self, month: Month, found: LevelFigure) -> LevelFigure:
        """The level's result in the month, saying whether a breach costs nothing."""
        if found.verdict is not Verdict.BREACH or self.of(month, found).verdict is Verdict.BREACH:
            return found
        return replace(found, freed=True)

    @cached_property
    def _stops(self) -> Stops | None:
        if not any(self._frees(incident) for incident in self._incidents if incident.exclusions):
            return None
        return Stops(self._register, self._incidents, self._until, for_damages=True)

    def _frees(self, incident: IncidentFacts) -> bool:
        """Whether an accepted claim only frees it from damages, by any version of the SLA."""
        return any(
            effect_of(self._register, version.sla, incident, claim, self._until) is Effect.FREES_FROM_DAMAGES
            for claim in incident.exclusions
            for version in self._register.slas
        )
