"""A revised level, held against the document that it is a part of: the same rules, told of where the command has it."""

from collections.abc import Callable, Iterable
from functools import lru_cache

import msgspec

from slm_api.documents.draft import Draft, drafted
from slm_api.documents.finding import Finding, Path, spelled
from slm_api.documents.json_text import read_json
from slm_api.documents.level_rules import LEVEL_RULES, LEVEL_WARNINGS
from slm_api.documents.levels import Level
from slm_api.documents.money_rules import MONEY_RULES, MONEY_WARNINGS
from slm_api.documents.parts import DEFINITION, PartRefused, read_part
from slm_api.documents.reasons import Said
from slm_domain import sla

FIELD = "definition"
_HERE: Path = (FIELD,)

Rules = tuple[Callable[[Draft], Iterable[Said]], ...]


def check_revision(definition: sla.Level, document: str) -> tuple[Finding, ...]:
    """What is worth a second look in a level that takes the place of the document's level with its key.

    `document` is the agreed one's canonical JSON. Raises `PartRefused` with everything that is wrong with the level by
    itself, in the document's terms, on its scales, and with the deductions and bonuses that follow from it.
    """
    written = read_part(DEFINITION, FIELD, msgspec.json.encode(definition).decode())
    level = Level.model_validate_json(written)
    before = _draft(document)
    alone = msgspec.structs.replace(before, levels={_HERE: level})
    others = {path: each for path, each in before.levels.items() if each.key != level.key}
    after = msgspec.structs.replace(before, levels={**others, _HERE: level})
    findings = [*_said(LEVEL_RULES, alone), *_brought_about(MONEY_RULES, before, after)]
    if findings:
        raise PartRefused(FIELD, _findings(findings))
    return _findings([*_said(LEVEL_WARNINGS, alone), *_brought_about(MONEY_WARNINGS, before, after)])


def _brought_about(rules: Rules, before: Draft, after: Draft) -> list[Said]:
    """What the rules say of the document with the level revised, and did not say before: of the level, and once."""
    known = _said(rules, before)
    found = dict.fromkeys(
        (reason, mend) for path, reason, mend in _said(rules, after) if (path, reason, mend) not in known
    )
    return [(_HERE, reason, mend) for reason, mend in found]


def _said(rules: Rules, draft: Draft) -> list[Said]:
    return [said for rule in rules for said in rule(draft)]


def _findings(said: Iterable[Said]) -> tuple[Finding, ...]:
    return tuple(Finding(path=spelled(path), line=None, reason=reason, mend=mend) for path, reason, mend in said)


@lru_cache(maxsize=16)  # a document is some 30 kB, and the same for every revision of its contract
def _draft(document: str) -> Draft:
    return drafted(read_json(document, "document").tree)
