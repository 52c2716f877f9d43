"""The shape of an explanation: what a person is told when something went wrong."""

from typing import Any

import msgspec

from slm_api.documents import Finding
from slm_api.problem_kinds import KINDS
from slm_domain.sla import Words


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """An error as a person is told it, in both languages. `source` is the clause or convention behind it."""

    kind: str
    status: int
    title: Words
    detail: Words
    mend: Words
    source: str | None = None
    facts: dict[str, Any] = {}
    errors: tuple[Finding, ...] = ()


def of_kind(
    kind: str, *, ja: str, en: str, facts: dict[str, Any] | None = None, mend: Words | None = None
) -> Explained:
    """The explanation of a kind of problem, with what is so this time; what mends it is the kind's unless given."""
    known = KINDS[kind]
    return Explained(
        kind=kind,
        status=known.status,
        title=known.title,
        detail=Words(ja=ja, en=en),
        mend=mend or known.mend,
        facts=facts or {},
    )
