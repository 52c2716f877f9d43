"""What a check of a database finds: kinds of findings, each with how bad it is. Words for people are the rim's."""

from enum import StrEnum
from typing import Final, TypeAlias

import msgspec

Fact: TypeAlias = str | int


class Severity(StrEnum):
    """How bad a finding is."""

    DANGER = "danger"  # something recorded was changed or lost, or can be
    WRONG = "wrong"  # something does not agree; the entries are not at risk
    NOTE = "note"  # worth knowing; nothing is wrong


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was found. `facts` say where and what this time; which there are depends on the kind."""

    kind: str
    severity: Severity
    facts: dict[str, Fact] = {}


# Of the server, its settings and the schema.
ABOUT_THE_SERVER: Final = {
    "standby": Severity.NOTE,
    "durability-off": Severity.DANGER,
    "damage-hidden": Severity.DANGER,
    "checksums-off": Severity.WRONG,
    "autovacuum-off": Severity.WRONG,
    "no-standby-possible": Severity.NOTE,
    "no-archive": Severity.NOTE,
    "buffers-small": Severity.NOTE,
    "schema-missing": Severity.WRONG,
    "schema-outstanding": Severity.WRONG,
    "schema-too-new": Severity.WRONG,
    "trigger-off": Severity.DANGER,
    "index-unusable": Severity.WRONG,
}
# Of what was recorded.
ABOUT_THE_RECORD: Final = {
    "head-differs": Severity.DANGER,
    "clock-behind": Severity.DANGER,
    "order-broken": Severity.DANGER,
    "order-crossed": Severity.DANGER,
    "journal-head-differs": Severity.DANGER,
    "journal-head-missing": Severity.DANGER,
    "entry-missing": Severity.DANGER,
    "recorded-backwards": Severity.DANGER,
    "version-broken": Severity.DANGER,
    "command-missing": Severity.DANGER,
    "metadata-changed": Severity.DANGER,
    "payload-changed": Severity.DANGER,
    "leaf-differs": Severity.DANGER,
}
KINDS: Final = ABOUT_THE_SERVER | ABOUT_THE_RECORD


def found(kind: str, **facts: Fact) -> Finding:
    """A finding of a kind of this module."""
    return Finding(kind=kind, severity=KINDS[kind], facts=facts)
