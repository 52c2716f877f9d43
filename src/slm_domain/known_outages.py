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
    since: datetime  # the last end that anyone claims: judged then or later, the outage is the same
    occurrence: Occurrence


class KnownOutages:
    """The outages of a contract's incidents that are over by every claim: at most one for each incident.

    It is kept with the very facts and the version of the SLA that it follows from, and only good for these.
    """

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def of_service(
        self, incident: IncidentFacts, version: SlaVersion, until: datetime, units: Sequence[Unit]
    ) -> Occurrence | None:
        """The incident's outage of the service with nothing excluded, as `outages.of_service` has it at `until`.

        `units` are those of the version that a partial stop is weighed by. None without an outage.
        """
        known = self._known.get(incident.incident)
        if known is not None and known.incident is incident and known.version is version and known.since <= until:
            return known.occurrence
        possible = of_service(incident, version.sla.terms, until, units)
        if possible is None:
            return None
        found = occurrence(incident.incident, possible, ())
        ends = [times.ended_at for times in incident.claims.values() if times.ended_at is not None]
        if len(ends) == len(incident.claims) and max(ends) <= until:
            self._known[incident.incident] = _Known(incident, version, max(ends), found)
        return found
