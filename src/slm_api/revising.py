"""Whether a revised level keeps the rules that the SLA document it belongs to had to keep (S12, G2)."""

from slm_api.documents import Finding, check_revision
from slm_domain.commands.envelope import Command
from slm_domain.commands.service_level import ApproveRevision, ProposeRevision
from slm_domain.desk import Desk
from slm_domain.service_level import ServiceLevel
from slm_domain.sla import Level


def worth_a_look(command: Command, desk: Desk) -> tuple[Finding, ...]:
    """The warnings about the level that the command revises; nothing of any other command.

    What is approved is checked again: the SLA may be another since it was proposed, or the rules. Raises `PartRefused`,
    and as the desk does.
    """
    definition = _revised(command, desk)
    contract = None if definition is None else desk.drafted()
    if definition is None or contract is None or contract.agreed is None:
        return ()  # nothing is revised, or there is nothing to revise, of which the command's own rule tells
    return check_revision(definition, contract.agreed.document)


def _revised(command: Command, desk: Desk) -> Level | None:
    if isinstance(command, ProposeRevision):
        return command.definition
    if isinstance(command, ApproveRevision):
        level = desk.find(ServiceLevel, command.level)
        proposal = None if level is None else level.proposed.get(command.revision)
        return None if proposal is None else proposal.definition
    return None
