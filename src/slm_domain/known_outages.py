"""What incidents stopped of the service, worked out once when nothing of it can change with the instant of judgement.

A rolling year asks for the outages of some hundred incidents that were over long ago, month after month.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from slm_domain.facts import IncidentFacts, SlaVersion
from slm_domain.figures.occurrences import Occurrence
from slm_domain.outages import occurrence, of_service
from slm_domain.units import Unit


class _Known(msgspec.Struct, frozen=True):
    incident: IncidentFacts
    version: SlaVersion
    since: datetime  # judged then or later, the outage is the same: the last end that anyone claims, or later
    occurrence: Occurrence


class KnownOutages:
    """What a contract's incidents that are over by every claim stopped of its service: at most one for each incident.

    It is kept with the very facts and the version of the SLA that it follows from, and only good for these.
    """

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def get(self, incident: IncidentFacts, version: SlaVersion, until: datetime) -> Occurrence | None:
        """What is known of the incident under this version, judged at `until`; None where it has to be worked out."""
        known = self._known.get(incident.incident)
        if known is not None and known.incident is incident and known.version is version and known.since <= until:
            return known.occurrence
        return None

    def keep(self, incident: IncidentFacts, version: SlaVersion, until: datetime, found: Occurrence) -> None:
        """Keep what was found at `until`, if no claim of the incident's times can change it later.

        The caller knows that nothing else in it can: what is claimed to leave the measurement, or what else is down.
        """
        ends = [times.ended_at for times in incident.claims.values() if times.ended_at is not None]
        if len(ends) == len(incident.claims) and max(ends) <= until:
            since = until if incident.exclusions else max(ends)
            self._known[incident.incident] = _Known(incident, version, since, found)

    def of_service(
        self, incident: IncidentFacts, version: SlaVersion, until: datetime, units: Sequence[Unit]
    ) -> Occurrence | None:
        """The incident's outage of the service with nothing excluded, as `outages.of_service` has it at `until`.

        `units` are those of the version that a partial stop is weighed by. None without an outage.
        """
        known = self.get(incident, version, until)
        if known is not None:
            return known
        possible = of_service(incident, version.sla.terms, until, units)
        if possible is None:
            return None
        found = occurrence(incident.incident, possible, ())
        self.keep(incident, version, until, found)
        return found
