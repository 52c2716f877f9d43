"""Commands on the contract: draft it, propose and sign its SLA, fix closed days, announce planned stops."""

import hashlib
from datetime import date

import msgspec

from slm_domain.commands.checks import check_ground, check_organisations, check_systems
from slm_domain.commands.envelope import Code, Command, Day, FiscalYearNumber, Moment, Name, Number, Text
from slm_domain.contract import ClosedDaysFixed, Contract, ContractDrafted, PlannedStopAnnounced, SlaProposed
from slm_domain.contract_refusals import (
    ContractAlreadyDrafted,
    NothingStated,
    OutsideTheTerm,
    SlaDocumentUnreadable,
    SlaOfAnotherContract,
)
from slm_domain.desk import Desk
from slm_domain.service_level import LevelDefined, LevelRetired, ServiceLevel, check_bounds
from slm_domain.sla import Party, Side, Sla, Words, read_sla


class DraftContract(Command, frozen=True, tag=True):
    """Open the record of a contract: its code, title, zone and the organisations on both sides."""

    title: Words
    time_zone: Name
    municipality: Party
    provider: Party

    def _sides(self, _desk: Desk) -> dict[Side, Party]:
        return {"municipality": self.municipality, "provider": self.provider}

    def _decide(self, desk: Desk) -> None:
        if desk.drafted() is not None:
            raise ContractAlreadyDrafted(code=self.contract)
        desk.put(
            Contract.draft(
                desk.journal,
                ContractDrafted(
                    occurred_at=self.moment(desk),
                    code=self.contract,
                    title=self.title,
                    time_zone=self.time_zone,
                    municipality=self.municipality,
                    provider=self.provider,
                ),
            )
        )


class ProposeSla(Command, frozen=True, tag=True):
    """Put an SLA document forward. The body is the document itself; it is checked whole before anything is recorded."""

    document: msgspec.Raw
    effective_from: Day

    def _decide(self, desk: Desk) -> None:
        contract = desk.contract()
        text = bytes(self.document)
        try:
            sla = read_sla(text)
        except msgspec.DecodeError as error:
            raise SlaDocumentUnreadable(problem=str(error)) from None
        for level in sla.levels:
            check_bounds(level)
        for what, found, expected in (
            ("contract", sla.contract, contract.code),
            ("time_zone", sla.time_zone, contract.time_zone),
            ("municipality", _codes(sla.municipality), _codes(contract.sides["municipality"])),
            ("provider", _codes(sla.provider), _codes(contract.sides["provider"])),
        ):
            if found != expected:
                raise SlaOfAnotherContract(what=what, found=found, expected=expected)
        if not sla.term_from <= self.effective_from <= sla.term_to:
            raise OutsideTheTerm(
                what=Words(ja="SLAの適用開始日", en="the day the SLA takes effect"),
                asked=self.effective_from,
                term_from=sla.term_from,
                term_to=sla.term_to,
            )
        if contract.agreed is not None:
            _check_levels_change_at_a_boundary(desk, contract.sla, sla, self.effective_from)
        contract.propose(
            SlaProposed(
                occurred_at=self.moment(desk),
                number=contract.sla_numbers + 1,
                document=text.decode(),
                digest=hashlib.sha256(text).hexdigest(),
                effective_from=self.effective_from,
                proposed_by=self.by.side,
            )
        )


class SignSla(Command, frozen=True, tag=True):
    """Agree, for one side, to the SLA document that was proposed. With the second side the levels are defined."""

    BINDS = True

    number: Number

    def _decide(self, desk: Desk) -> None:
        contract = desk.contract()
        at = self.moment(desk)
        before = None if contract.agreed is None else contract.sla
        agreed = contract.sign(at=at, side=self.by.side, number=self.number)
        if agreed is None:
            return
        sla = contract.sla
        for definition in sla.levels:
            fact = LevelDefined(
                occurred_at=at,
                key=definition.key,
                definition=definition,
                effective_from=agreed.effective_from,
                sla_number=agreed.number,
            )
            level = desk.find(ServiceLevel, definition.key)
            if level is None:
                desk.put(ServiceLevel.define(desk.id_of(ServiceLevel, definition.key), fact))
            else:
                level.define_again(fact, sla=sla)
        for key in _left_out(before, sla):
            desk.level(key).leave_out(LevelRetired(occurred_at=at, effective_from=agreed.effective_from), sla=sla)


class FixClosedDays(Command, frozen=True, tag=True):
    """Fix the closed days of a fiscal year (C22): holidays and year-end, beside the weekly closing days."""

    BINDS = True

    fiscal_year: FiscalYearNumber
    closed: tuple[Day, ...]
    reason: Text | None = None

    def _decide(self, desk: Desk) -> None:
        contract = desk.contract()
        at = self.moment(desk)
        contract.fix_closed_days(
            ClosedDaysFixed(
                occurred_at=at,
                fiscal_year=self.fiscal_year,
                closed=tuple(sorted(set(self.closed))),
                fixed_by=self.by.side,
                note=contract.write(self.reason, at=at),
            )
        )


class AnnouncePlannedStop(Command, frozen=True, tag=True):
    """Tell a planned stop beforehand (item 41, S26). `occurred_at` is when the municipality was told.

    `unreachable`: it could not be reached by the fixed ways; where the ground excuses that, it counts as told (S17).
    """

    planned_stop: Code
    ground: Code
    starts_at: Moment
    ends_at: Moment
    systems: tuple[Code, ...]
    organisations: tuple[Code, ...]
    purpose: Text | None = None
    unreachable: bool = False

    def _decide(self, desk: Desk) -> None:
        contract = desk.contract()
        sla = contract.sla
        if not self.systems:
            raise NothingStated(fields="systems")
        check_ground(sla, self.ground)
        check_systems(sla, self.systems)
        check_organisations(sla, self.organisations, self.systems)
        at = self.moment(desk)
        contract.announce_planned_stop(
            PlannedStopAnnounced(
                occurred_at=at,
                planned_stop=self.planned_stop,
                ground=self.ground,
                starts_at=self.starts_at,
                ends_at=self.ends_at,
                systems=self.systems,
                organisations=self.organisations,
                announced_by=self.by.side,
                note=contract.write(self.purpose, at=at),
                unreachable=self.unreachable,
            )
        )


def _check_levels_change_at_a_boundary(desk: Desk, before: Sla, now: Sla, day: date) -> None:
    """Whether each level can change, or be left out, from that day on. Raises `NotAtABoundary` (C12)."""
    defined = {level.key: level for level in now.levels}
    for level in before.levels:
        desk.level(level.key).check_change(defined.get(level.key), day, before)


def _codes(party: Party) -> tuple[str, tuple[str, ...]]:
    return party.lead, tuple(sorted(organisation.code for organisation in party.organisations))


def _left_out(before: Sla | None, now: Sla) -> list[str]:
    if before is None:
        return []
    kept = {level.key for level in now.levels}
    return [level.key for level in before.levels if level.key not in kept]
