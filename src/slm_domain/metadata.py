"""What surrounds an event: who brought it in, by which command, and what it belongs to."""

from uuid import UUID

import msgspec


class Metadata(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Stored beside the event, as JSON. People are named by id; who that is stands in a directory beside the journal.

    `side` is the side of the contract that the person acted for ("municipality", "provider"), `organisation` the code
    of the organisation within it. `correlation` joins incidents of several contracts that have one cause (J1).
    """

    person: str
    side: str
    command: str
    organisation: str | None = None
    correlation: UUID | None = None
    rules_version: str | None = None
    simulated: bool = False  # the clock was given, not read: said in every entry, so that no copy can pass as real
