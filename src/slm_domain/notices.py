"""Whether a stop was told as its ground demands (C21, G22, S17)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from slm_domain.facts import PlannedStop
from slm_domain.figures.local_time import local_date
from slm_domain.sla import Ground


def notice_met(ground: Ground, announced: PlannedStop | None, zone: ZoneInfo) -> bool | None:
    """Whether a stop on this ground was told early enough: so many calendar days before the day it was to start.

    A ground that wants notice beforehand is not met without an announcement; where the ground excuses it, whoever could
    not be reached by the fixed ways counts as told (S17). None where the ground asks for none beforehand: then there is
    nothing to meet.
    """
    if ground.notice.kind != "before":
        return None
    if announced is None:
        return False
    if announced.unreachable and ground.notice.excused_when_unreachable:
        return True
    latest = local_date(announced.starts_at, zone) - timedelta(days=ground.notice.lead_days)
    return local_date(announced.told_at, zone) <= latest and announced.told_at <= announced.starts_at
