"""Whether a stop was told as its ground demands (C21, G22, S17)."""

from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from slm_domain.facts import IncidentFacts, PlannedStop
from slm_domain.figures.local_time import in_utc, local_date
from slm_domain.sla import Ground, Sla
from slm_domain.times import picked

NoticeState = Literal["met", "not_met", "not_yet", "none_asked"]


class NoticeGiven(msgspec.Struct, frozen=True, kw_only=True):
    """How a stop was told. `due` is when notice right after has to be given at the latest, where a time is agreed."""

    state: NoticeState
    told_at: datetime | None = None
    due: datetime | None = None


def notice_given(
    sla: Sla, ground: Ground, incident: IncidentFacts, announced: PlannedStop | None, until: datetime
) -> NoticeGiven:
    """How the incident's stop was told by `until`, as a claim on this ground needs it; `announced` is what it names."""
    match ground.notice.kind:
        case "none":
            return NoticeGiven(state="none_asked", told_at=None if announced is None else announced.told_at)
        case "before":
            met = notice_met(ground, announced, sla.zone)
            return NoticeGiven(
                state="met" if met else "not_met", told_at=None if announced is None else announced.told_at
            )
        case "right_after":
            return _right_after(sla, ground, incident, announced, until)


def notice_met(ground: Ground, announced: PlannedStop | None, zone: ZoneInfo) -> bool | None:
    """Whether a stop on this ground was told early enough: so many calendar days before the day it was to start.

    A ground that wants notice beforehand is not met without an announcement; where the ground excuses it, whoever could
    not be reached by the fixed ways counts as told (S17). None where the ground asks for none beforehand.
    """
    if ground.notice.kind != "before":
        return None
    if announced is None:
        return False
    if _excused(ground, announced):
        return True
    latest = local_date(announced.starts_at, zone) - timedelta(days=ground.notice.lead_days)
    return local_date(announced.told_at, zone) <= latest and announced.told_at <= announced.starts_at


def notice_stands(
    sla: Sla, ground: Ground, incident: IncidentFacts, announced: PlannedStop | None, until: datetime
) -> bool:
    """Whether the notice comes to the same at any later instant, as long as the incident's outage does."""
    if ground.notice.kind != "right_after":
        return True
    given, notified = notice_given(sla, ground, incident, announced, until), incident.moment("notified")
    said = [*([] if notified is None else [notified.at]), *([] if announced is None else [announced.told_at])]
    return given.state != "not_yet" and all(in_utc(at) <= in_utc(until) for at in said)


def _right_after(
    sla: Sla, ground: Ground, incident: IncidentFacts, announced: PlannedStop | None, until: datetime
) -> NoticeGiven:
    """Told by the incident's notice or by an announcement, so many minutes after the start at the latest, or at all.

    Nobody is told of an incident before it is detected, so its cause has arisen then. What is announced has its cause
    before, too. Exactly at the latest moment is in time (C13).
    """
    lead, last = ground.notice.lead_minutes, in_utc(until)
    times = picked(incident, sla.terms.contested_times, until)
    start = in_utc(incident.detected_at if times is None else times.started_at)
    due = None if lead is None else start + timedelta(minutes=lead)
    notified = incident.moment("notified")
    said = [*([] if notified is None else [notified.at]), *([] if announced is None else [announced.told_at])]
    told_at = min((at for at in said if in_utc(at) <= last), default=None)
    if told_at is not None and (due is None or in_utc(told_at) <= due or _excused(ground, announced)):
        return NoticeGiven(state="met", told_at=told_at, due=due)
    runs = told_at is None and due is not None and last <= due
    return NoticeGiven(state="not_yet" if runs else "not_met", told_at=told_at, due=due)


def _excused(ground: Ground, announced: PlannedStop | None) -> bool:
    return announced is not None and announced.unreachable and ground.notice.excused_when_unreachable
