"""The rules of an outage's times, stated, contested, corrected and settled by the sides (C18, C23)."""

from datetime import datetime

from slm_domain.contract_refusals import BeforeItsBeginning, EndsBeforeItStarts, NothingStated
from slm_domain.incident_events import (
    IncidentVoided,
    OutageEnded,
    OutageReopened,
    OutageStarted,
    PartlyRestored,
    SettlementProposed,
    TimesContested,
    TimesCorrected,
    TimesSettled,
    VoidProposed,
)
from slm_domain.incident_refusals import (
    NoEndOfYours,
    NoOutageAtLevelC,
    NoSettlementProposed,
    NothingToContest,
    NothingToCorrect,
    NoVoidProposed,
    OtherTimesProposed,
    OutageAlreadyEnded,
    OutageAlreadyStarted,
    OutageNotStarted,
    UnknownSystem,
)
from slm_domain.incident_state import OUTAGE, IncidentState, other_side, require_answers
from slm_domain.sla import Side, Words


class IncidentTimes(IncidentState):
    """When service stopped and ran again, by each side, and whether it shall count at all."""

    def restore_partly(self, fact: PartlyRestored) -> None:
        """Some systems run again (J1).

        Raises `NothingStated`, `UnknownSystem`, `OutageNotStarted`, `BeforeItsBeginning`.
        """
        self.require_stands()
        if not fact.systems:
            raise NothingStated(fields="systems")
        for system in fact.systems:
            if system not in self.systems:
                raise UnknownSystem(system=system, known=", ".join(self.systems))
        if not self.starts:
            raise OutageNotStarted(incident=self.code)
        begin = min(self.starts.values())
        if fact.occurred_at < begin:
            what = Words(ja="一部復旧", en="the partial restoration")
            raise BeforeItsBeginning(what=what, at=fact.occurred_at, begin=begin)
        self.record(fact)

    def start_outage(self, fact: OutageStarted) -> None:
        """State when the outage began. Raises `OutageAlreadyStarted` when this side has, `NoOutageAtLevelC` (S6)."""
        self.require_unsettled()
        if self.level == "C":
            raise NoOutageAtLevelC(incident=self.code)
        if fact.stated_by in self.starts:
            raise OutageAlreadyStarted(incident=self.code, side=fact.stated_by)
        self.require_order(fact.stated_by, started_at=fact.occurred_at, ended_at=None)
        self.record(fact)

    def end_outage(self, fact: OutageEnded) -> None:
        """State when the outage ended. Raises `OutageNotStarted`, `OutageAlreadyEnded`, `EndsBeforeItStarts`."""
        self.require_unsettled()
        if not self.starts:
            raise OutageNotStarted(incident=self.code)
        if fact.stated_by in self.ends:
            raise OutageAlreadyEnded(incident=self.code, side=fact.stated_by)
        self.require_order(fact.stated_by, started_at=None, ended_at=fact.occurred_at)
        self.record(fact)

    def reopen_outage(self, fact: OutageReopened) -> None:
        """Take back the end that one's own side stated (C18). Raises `NoEndOfYours`, `TimesAreSettled`."""
        self.require_unsettled()
        if fact.stated_by not in self.ends:
            raise NoEndOfYours(incident=self.code, side=fact.stated_by)
        self.record(fact)

    def contest_times(self, fact: TimesContested) -> None:
        """State other times than the other side did (C23). Raises `NothingStated`, `NothingToContest`."""
        self.require_unsettled()
        _check_stated(fact)
        other = other_side(fact.stated_by)
        if (fact.started_at is not None and other not in self.starts) or (
            fact.ended_at is not None and other not in self.ends
        ):
            raise NothingToContest(incident=self.code, side=fact.stated_by)
        self.require_order(fact.stated_by, started_at=fact.started_at, ended_at=fact.ended_at)
        self.record(fact)

    def correct_times(self, fact: TimesCorrected) -> None:
        """Restate one's own times (C18, C23). Raises `NothingStated`, `NothingToCorrect`."""
        self.require_unsettled()
        _check_stated(fact)
        if (fact.started_at is not None and fact.stated_by not in self.starts) or (
            fact.ended_at is not None and fact.stated_by not in self.ends
        ):
            raise NothingToCorrect(incident=self.code, side=fact.stated_by)
        self.require_order(fact.stated_by, started_at=fact.started_at, ended_at=fact.ended_at)
        self.record(fact)

    def propose_settlement(self, fact: SettlementProposed) -> None:
        """Propose times to agree on; replaces an earlier proposal."""
        self.require_stands()
        if not self.starts:
            raise OutageNotStarted(incident=self.code)
        if fact.ended_at <= fact.started_at:
            raise EndsBeforeItStarts(what=OUTAGE, start=fact.started_at, end=fact.ended_at)
        self.record(fact)

    def settle(
        self, *, at: datetime, side: Side, started_at: datetime | None = None, ended_at: datetime | None = None
    ) -> None:
        """Agree to the times the other side proposed; named, they have to be those on the table.

        Raises `NoSettlementProposed`, `NotYoursToDecide`, `BeforeItsBeginning`, `OtherTimesProposed`.
        """
        self.require_stands()
        proposal = self.settlement
        if proposal is None:
            raise NoSettlementProposed(incident=self.code)
        require_answers(at, side, proposal, Words(ja="時刻の合意", en="the settlement of the times"))
        if (started_at or proposal.started_at, ended_at or proposal.ended_at) != (
            proposal.started_at,
            proposal.ended_at,
        ):
            raise OtherTimesProposed(incident=self.code, started_at=proposal.started_at, ended_at=proposal.ended_at)
        self.record(
            TimesSettled(occurred_at=at, agreed_by=side, started_at=proposal.started_at, ended_at=proposal.ended_at)
        )

    def propose_void(self, fact: VoidProposed) -> None:
        """Propose that the incident shall not count."""
        self.require_stands()
        self.record(fact)

    def void(self, *, at: datetime, side: Side) -> None:
        """Agree that it shall not count. Raises `NoVoidProposed`, `NotYoursToDecide`, `BeforeItsBeginning`."""
        self.require_stands()
        proposal = self.void_proposed
        if proposal is None:
            raise NoVoidProposed(incident=self.code)
        require_answers(at, side, proposal, Words(ja="取消", en="voiding the incident"))
        self.record(IncidentVoided(occurred_at=at, agreed_by=side))


def _check_stated(fact: TimesContested | TimesCorrected) -> None:
    if fact.started_at is None and fact.ended_at is None:
        raise NothingStated(fields="started_at, ended_at")
