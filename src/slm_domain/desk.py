"""The desk a decision is made at: the aggregates it asked for, and what it changed.

A decision asks for what it needs; what does not lie on the desk yet is named by `NotOnTheDesk`, fetched by the caller,
and the decision starts again from aggregates that it has not changed. So decisions stay free of input and output, and
the append can check the version of everything that was read, not only of what is written.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID

from slm_domain.aggregate import Aggregate, Recorded
from slm_domain.contract import Contract
from slm_domain.contract_refusals import ContractNotDrafted, InTheFuture
from slm_domain.identity import aggregate_id
from slm_domain.incident import Incident
from slm_domain.incident_refusals import NoSuchIncident
from slm_domain.month_figures import MonthFigures
from slm_domain.review import Review
from slm_domain.review_refusals import NoSuchReview
from slm_domain.service_level import ServiceLevel
from slm_domain.service_level_refusals import NoSuchLevel
from slm_domain.sla import Words

Kind = TypeVar("Kind", bound=Aggregate)


class NotOnTheDesk(Exception):
    """The decision needs an aggregate that was not fetched yet."""

    def __init__(self, originator_id: UUID, kind: type[Aggregate]) -> None:
        self.originator_id = originator_id
        self.kind = kind
        super().__init__(f"{kind.KIND} {originator_id}")


class FiguresNeeded(Exception):
    """The decision needs the figures of a month as the record has them now."""

    def __init__(self, month: str) -> None:
        self.month = month
        super().__init__(month)


class Quoted:
    """Figures computed from the journal at a position and until an instant, by a version of the rules."""

    def __init__(self, *, figures: MonthFigures, position: int, until: datetime, rules_version: str) -> None:
        self.figures = figures
        self.position = position
        self.until = until
        self.rules_version = rules_version


class Desk:
    """What one decision has before it. `now` is the clock of the record, given by the caller.

    `loaded` are the aggregates at hand, None where there is none; what the decision asks for is what it has `read`.
    """

    def __init__(
        self,
        *,
        journal: UUID,
        contract_code: str,
        now: datetime,
        loaded: Mapping[UUID, Aggregate | None],
        quoted: Mapping[str, Quoted] | None = None,
    ) -> None:
        self.journal = journal
        self.contract_code = contract_code
        self.now = now
        self._at_hand = loaded
        self._loaded: dict[UUID, Aggregate | None] = {}  # what was asked for
        self._quoted = dict(quoted or {})
        self._began: list[Aggregate] = []
        self.read: dict[UUID, int] = {}  # the versions at which it was
        self.kinds: dict[UUID, type[Aggregate]] = {}  # of what was read

    def happened(self, moment: datetime, what: Words) -> datetime:
        """The moment of something that is said to have happened. Raises `InTheFuture` when it lies after now."""
        if moment > self.now:
            raise InTheFuture(what=what, at=moment, now=self.now)
        return moment

    def drafted(self) -> Contract | None:
        """The contract, or None when this journal has none yet."""
        return self._fetched(self.journal, Contract)

    def contract(self) -> Contract:
        """The contract. Raises `ContractNotDrafted`."""
        contract = self.drafted()
        if contract is None:
            raise ContractNotDrafted(code=self.contract_code)
        return contract

    def find(self, kind: type[Kind], code: str) -> Kind | None:
        """The aggregate of this kind that people call `code`, or None."""
        return self._fetched(self.id_of(kind, code), kind)

    def id_of(self, kind: type[Aggregate], code: str) -> UUID:
        """The id that an aggregate of this kind and code has in this journal."""
        return aggregate_id(self.journal, kind.KIND, code)

    def incident(self, code: str) -> Incident:
        """The incident. Raises `NoSuchIncident`."""
        incident = self.find(Incident, code)
        if incident is None:
            raise NoSuchIncident(incident=code)
        return incident

    def level(self, key: str) -> ServiceLevel:
        """The service level. Raises `NoSuchLevel`."""
        level = self.find(ServiceLevel, key)
        if level is None:
            raise NoSuchLevel(level=key)
        return level

    def review(self, code: str) -> Review:
        """The review. Raises `NoSuchReview`."""
        review = self.find(Review, code)
        if review is None:
            raise NoSuchReview(review=code)
        return review

    def quoted(self, month: str) -> Quoted:
        """The month's figures as the record has them."""
        if month not in self._quoted:
            raise FiguresNeeded(month)
        return self._quoted[month]

    def put(self, aggregate: Aggregate) -> None:
        """Lay a new aggregate on the desk."""
        self._began.append(aggregate)

    def changed(self) -> list[Aggregate]:
        """The aggregates that have new events: those fetched first, then those begun."""
        present = [aggregate for aggregate in self._loaded.values() if aggregate is not None] + self._began
        return [aggregate for aggregate in present if aggregate.pending_events]

    def decided(self) -> list[Recorded]:
        """The new events, aggregate by aggregate, as they are `changed`."""
        return [cast(Recorded, event) for aggregate in self.changed() for event in aggregate.collect_events()]

    def _fetched(self, originator: UUID, kind: type[Kind]) -> Kind | None:
        if originator not in self._loaded:
            if originator not in self._at_hand:
                raise NotOnTheDesk(originator, kind)
            taken = self._loaded[originator] = self._at_hand[originator]
            self.read[originator] = 0 if taken is None else taken.version
            self.kinds[originator] = kind
        found = self._loaded[originator]
        return None if found is None else cast(Kind, found)
