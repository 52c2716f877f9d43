"""Reading a request to record something: the JSON of a command, and the SLA document that one of them carries."""

import msgspec

from slm_api.documents import Finding, canonical, read_document
from slm_domain.commands.contract import ProposeSla
from slm_domain.commands.envelope import Command
from slm_domain.commands.intake import read_command


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """A command that can be decided, and what is worth a second look in its document."""

    command: Command
    warnings: tuple[Finding, ...] = ()


def received(text: bytes) -> Received:
    """The command of a JSON text.

    The document of `ProposeSla` is checked whole and replaced by its canonical JSON, so that the same document gives
    the same digest however it was written.

    Raises:
        msgspec.DecodeError: It is no JSON, or (`msgspec.ValidationError`, with the path) no command.
        DocumentRefused: The SLA document is not accepted; everything that is wrong with it is told.
    """
    command = read_command(text)
    if not isinstance(command, ProposeSla):
        return Received(command=command)
    checked = read_document(bytes(command.document), source="document")
    document = msgspec.Raw(canonical(checked.document))
    return Received(command=msgspec.structs.replace(command, document=document), warnings=checked.warnings)
