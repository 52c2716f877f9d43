"""Exemptions of a miss (免責): one side claims it on a ground of the SLA, the other accepts or rejects it (C5, G9).

A ground that leaves the measurement takes the item, or the whole period, out of the figure; one that frees from damages
leaves the verdict as it is and takes the deduction away. A claim that is open or rejected changes nothing.
"""

from typing import TYPE_CHECKING

from slm_domain.aggregate import Event
from slm_domain.contract_refusals import BeforeItsBeginning
from slm_domain.exemption_refusals import (
    ExemptionAlreadyClaimed,
    ExemptionAlreadyDecided,
    ExemptionIsForTheOtherSide,
    NoSuchExemption,
)
from slm_domain.sla import Side, Words

if TYPE_CHECKING:
    from slm_domain.service_level import ServiceLevel


class ExemptionClaimed(Event["ServiceLevel"], frozen=True):
    """A side claims that a miss is exempt: `subject` is the item's, as the ledger names it, or a period's label."""

    NAME = "ExemptionClaimed.1"

    exemption: str
    subject: str
    ground: str
    claimed_by: Side
    note: int | None = None

    def apply(self, level: "ServiceLevel", /) -> None:
        level.exemptions[self.exemption] = self


class ExemptionAccepted(Event["ServiceLevel"], frozen=True):
    """The other side accepted the exemption."""

    NAME = "ExemptionAccepted.1"

    exemption: str
    decided_by: Side

    def apply(self, level: "ServiceLevel", /) -> None:
        level.decided_exemptions.add(self.exemption)


class ExemptionRejected(Event["ServiceLevel"], frozen=True):
    """The other side rejected the exemption, with the reason: the miss stands."""

    NAME = "ExemptionRejected.1"

    exemption: str
    decided_by: Side
    note: int

    def apply(self, level: "ServiceLevel", /) -> None:
        level.decided_exemptions.add(self.exemption)


def claim(level: "ServiceLevel", fact: ExemptionClaimed) -> None:
    """Claim an exemption, also of a level that is retired. Raises `ExemptionAlreadyClaimed`."""
    if fact.exemption in level.exemptions:
        raise ExemptionAlreadyClaimed(level=level.key, exemption=fact.exemption)
    level.record(fact)


def decide(level: "ServiceLevel", fact: ExemptionAccepted | ExemptionRejected) -> None:
    """Decide on the other side's claim.

    Raises `NoSuchExemption`, `ExemptionAlreadyDecided`, `ExemptionIsForTheOtherSide`, `BeforeItsBeginning`.
    """
    claimed = level.exemptions.get(fact.exemption)
    if claimed is None:
        raise NoSuchExemption(level=level.key, exemption=fact.exemption)
    if fact.exemption in level.decided_exemptions:
        raise ExemptionAlreadyDecided(level=level.key, exemption=fact.exemption)
    if fact.decided_by == claimed.claimed_by:
        raise ExemptionIsForTheOtherSide(exemption=fact.exemption, side=fact.decided_by)
    if fact.occurred_at < claimed.occurred_at:
        what = Words(
            ja=f"免責の主張 {fact.exemption} への決定", en=f"the decision on the claim of exemption {fact.exemption}"
        )
        raise BeforeItsBeginning(what=what, at=fact.occurred_at, begin=claimed.occurred_at)
    level.record(fact)
