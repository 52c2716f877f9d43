"""An incident (障害): its response, its outage's times and what is claimed of them are each a file of their own."""

from typing import Self
from uuid import UUID

from slm_domain.contract_refusals import SideMayNot
from slm_domain.incident_claims import IncidentClaims
from slm_domain.incident_events import IncidentReclassified, IncidentReported
from slm_domain.incident_refusals import LevelUnchanged, NoOutageAtLevelC
from slm_domain.incident_response import IncidentResponse
from slm_domain.incident_times import IncidentTimes
from slm_domain.sla import Words


class Incident(IncidentResponse, IncidentTimes, IncidentClaims):
    """One incident, from its report on."""

    KIND = "incident"

    @classmethod
    def report(cls, incident_id: UUID, fact: IncidentReported) -> Self:
        """Open the record of an incident."""
        return cls.begin(incident_id, fact)

    def reclassify(self, fact: IncidentReclassified) -> None:
        """Give the incident another level. The provider may raise it, not lower it: less is deducted at a lower one.

        Raises `LevelUnchanged`, `SideMayNot`, `NoOutageAtLevelC`.
        """
        self.require_stands()
        if fact.level == self.level:
            raise LevelUnchanged(incident=self.code, level=fact.level)
        if fact.level > self.level and fact.stated_by != "municipality":  # A is the highest
            act = Words(ja="障害レベルの引下げ", en="lowering the level of an incident")
            raise SideMayNot(act=act, allowed="municipality", side=fact.stated_by)
        if fact.level == "C" and self.starts:
            raise NoOutageAtLevelC(incident=self.code)
        self.record(fact)
