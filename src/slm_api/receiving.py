"""Reading a request to record something: the JSON of a command, and what of an SLA document some of them carry."""

import msgspec

from slm_api.documents import PARTS, Finding, canonical, read_document, read_part
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
    the same digest however it was written; so are the parts of a document that other commands carry.

    Raises:
        msgspec.DecodeError: It is no JSON, or (`msgspec.ValidationError`, with the path) no command.
        DocumentRefused: The SLA document, or (`PartRefused`) a part of one, is not accepted; everything that is wrong
            with it is told.
    """
    try:
        command = read_command(_with_parts_read(text))
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError(f"it is not UTF-8 at byte {error.start}") from None
    except RecursionError:
        raise msgspec.DecodeError("its parts are nested too deeply") from None
    if not isinstance(command, ProposeSla):
        return Received(command=command)
    checked = read_document(bytes(command.document), source="document")
    document = msgspec.Raw(canonical(checked.document))
    return Received(command=msgspec.structs.replace(command, document=document), warnings=checked.warnings)


class _Told(msgspec.Struct):
    """As much of a text as says which command it is."""

    type: str = ""


_which = msgspec.json.Decoder(_Told)
_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encoder = msgspec.json.Encoder()


def _with_parts_read(text: bytes) -> bytes:
    """The text with the parts of a document that its command carries in canonical JSON.

    Raises `PartRefused`, UnicodeDecodeError, RecursionError.
    """
    try:
        parts = PARTS.get(_which.decode(text).type, {})
        fields = _fields.decode(text) if parts else {}
    except msgspec.DecodeError:
        return text  # no command: it is told of where the whole is read
    for name, part in parts.items():
        if name in fields:
            fields[name] = msgspec.Raw(read_part(part, name, bytes(fields[name]).decode()))
    return _encoder.encode(fields) if parts else text
