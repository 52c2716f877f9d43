"""Which notices of an incident wait for the next service day (S6, A16)."""

from datetime import date

from slm_domain.facts import IncidentFacts
from slm_domain.register import Register
from slm_domain.sla import FaultGrade, Measure, Sla

# When a level is told, where the document does not say it
_REPORTED: dict[FaultGrade, str] = {"A": "at_once", "B": "at_once_in_hours", "C": "at_once"}


def told_on_the_next_service_day(register: Register, measure: Measure, incident: IncidentFacts, day: date) -> bool:
    """Whether the notice waits for the next service day, whatever the item's minutes say (S6, A16)."""
    sla = register.sla_on(day)
    if measure.end != "notified" or sla.terms.notify_levels_covered == "all":
        return False
    match _reported(sla, incident.level):
        case "next_service_day":
            return True
        case "at_once_in_hours":
            return not register.support_calendar(day).is_open(incident.detected_at)
        case _:
            return False


def _reported(sla: Sla, level: FaultGrade) -> str:
    return next((each.report for each in sla.fault_levels if each.code == level), _REPORTED[level])
