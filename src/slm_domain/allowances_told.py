"""How much of its allowance each ground has used and left, in a month or the fiscal year it belongs to (C21)."""

from datetime import date, datetime

import msgspec

from slm_domain.figures.allowances import Used
from slm_domain.figures.local_time import local_date
from slm_domain.figures.periods import Interval
from slm_domain.figures.spans import span_of
from slm_domain.in_force import in_force
from slm_domain.occurring import Occurring
from slm_domain.register import Register
from slm_domain.sla import Allowance, Ground


class AllowanceTold(msgspec.Struct, frozen=True, kw_only=True):
    """A ground's allowance in the figure of the service, and what of it is used up to the end of the month asked for.

    `period` names the month or fiscal year that it is for; `first` and `last` are its days inside the contract's term.
    """

    ground: Ground
    allowance: Allowance
    period: str
    first: date
    last: date
    used: Used


def allowances_told(register: Register, month: Interval, until: datetime) -> tuple[AllowanceTold, ...]:
    """The allowances of the month as they stand at `until`, in the order of the SLA that is in force last in it.

    A ground that this SLA does not have is told where something is used of what an earlier one allowed. None before
    the first SLA.
    """
    parts = in_force(register, month)
    if not parts:
        return ()
    version, part = parts[-1]
    sla, first_day = version.sla, local_date(part.start, version.sla.zone)
    occurring = Occurring(register, version, part, until)
    limited = {each.code: each for each in occurring.exclusions.grounds if each.leaves_measurement and each.allowance}
    if not limited:
        return ()
    agreed = {each.code for each in sla.grounds}
    found = []
    for used in occurring.used_allowances(register.availability_calendar(first_day)):
        ground = limited.get(used.allowed.ground)
        if ground is None or ground.allowance is None or (ground.code not in agreed and not used.most):
            continue
        span = span_of(ground.allowance.per, first_day, sla.start)
        found.append(
            AllowanceTold(
                ground=ground,
                allowance=ground.allowance,
                period=span.label,
                first=max(span.first, register.first_day),
                last=min(span.last, sla.term_to),
                used=used,
            )
        )
    return tuple(found)
