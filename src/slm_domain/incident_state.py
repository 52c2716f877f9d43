"""The state of an incident (障害): what later decisions need to know of it, and what all its rules have in common."""

from datetime import datetime

from slm_domain.aggregate import Aggregate
from slm_domain.clock_events import PausedSince, ResponseMoment
from slm_domain.contract_refusals import BeforeItsBeginning, EndsBeforeItStarts
from slm_domain.incident_events import ExclusionClaimed, SettlementProposed, TimesSettled, VoidProposed
from slm_domain.incident_refusals import IncidentIsVoid, NotYoursToDecide, TimesAreSettled
from slm_domain.sla import SIDES, Side, Words
from slm_domain.stated_moments import StatedMoments

OUTAGE = Words(ja="停止", en="the outage")


class IncidentState(Aggregate):
    """The state of one incident. Its outage has up to one start and one end per side."""

    def __init__(self) -> None:
        self.code = ""
        self.level = "C"
        self.systems: tuple[str, ...] = ()
        self.detected_at: datetime | None = None
        self.triaged_at: datetime | None = None
        self.recovered = False
        self.starts: dict[Side, datetime] = {}
        self.ends: dict[Side, datetime] = {}
        self.settlement: SettlementProposed | None = None
        self.settled: TimesSettled | None = None
        self.void_proposed: VoidProposed | None = None
        self.voided = False
        self.calls: dict[str, datetime] = {}
        self.arrived: dict[str, datetime] = {}
        self.equipment: dict[str, datetime] = {}
        self.paused: PausedSince = {}
        self.stated = StatedMoments()
        self.exclusions: set[str] = set()
        self.open_claims: dict[str, ExclusionClaimed] = {}

    def claim(self, side: Side, *, started_at: datetime | None = None, ended_at: datetime | None = None) -> None:
        """A side's statement of the outage's times; what it leaves out stays as it stated before."""
        if started_at is not None:
            self.starts[side] = started_at
        if ended_at is not None:
            self.ends[side] = ended_at

    def said(self, moment: ResponseMoment, code: str | None, side: Side, at: datetime) -> None:
        """A side stated a moment of the response: the incident's, or a call's or equipment's by its code."""
        self.stated.say(moment, code, side, at)

    def restate(self, moment: ResponseMoment, code: str | None, side: Side, at: datetime) -> None:
        """A side corrected what it stated."""
        self.stated.correct(moment, code, side, at)
        if moment == "triaged":
            self.triaged_at = at
        elif code is not None and moment == "contacted":
            self.calls[code] = at
        elif code is not None and moment == "arrived":
            self.arrived[code] = at
        elif code in self.equipment and moment == "equipment_stop_told":
            self.equipment[code] = at

    def outage(self) -> tuple[datetime | None, datetime | None]:
        """The first start and the last end that any side states, or the settled ones; no end while it is open."""
        if self.settled is not None:
            return self.settled.started_at, self.settled.ended_at
        return min(self.starts.values(), default=None), max(self.ends.values(), default=None)

    def require_stands(self) -> None:
        """Raises `IncidentIsVoid`."""
        if self.voided:
            raise IncidentIsVoid(incident=self.code)

    def require_unsettled(self) -> None:
        """Raises `IncidentIsVoid`, and `TimesAreSettled` once both sides agreed to them."""
        self.require_stands()
        if self.settled is not None:
            raise TimesAreSettled(incident=self.code)

    def require_order(self, side: Side, *, started_at: datetime | None, ended_at: datetime | None) -> None:
        """The outage ends after it starts as either side has it: where a side is silent, the other's time stands.

        Raises `EndsBeforeItStarts`.
        """
        starts = self.starts if started_at is None else {**self.starts, side: started_at}
        ends = self.ends if ended_at is None else {**self.ends, side: ended_at}
        for one in SIDES:
            start = starts.get(one) or starts.get(other_side(one))
            end = ends.get(one) or ends.get(other_side(one))
            if start is not None and end is not None and end <= start:
                raise EndsBeforeItStarts(what=OUTAGE, start=start, end=end)


def other_side(side: Side) -> Side:
    """The side that faces this one."""
    return SIDES[1] if side == SIDES[0] else SIDES[0]


def require_answers(
    at: datetime,
    side: Side,
    proposal: SettlementProposed | VoidProposed | ExclusionClaimed,
    what: Words,
) -> None:
    """Only the other side answers, and later. Raises `NotYoursToDecide`, `BeforeItsBeginning`."""
    brought_by = proposal.claimed_by if isinstance(proposal, ExclusionClaimed) else proposal.proposed_by
    if brought_by == side:
        raise NotYoursToDecide(what=what, side=side)
    if at < proposal.occurred_at:
        answer = Words(ja="相手方の提起への回答", en="the answer to what the other side brought forward")
        raise BeforeItsBeginning(what=answer, at=at, begin=proposal.occurred_at)
