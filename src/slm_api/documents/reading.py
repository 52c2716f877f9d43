"""Reading an authored SLA document: all of it is checked, and everything that is wrong is told at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from slm_api.documents.catalogue import expanded
from slm_api.documents.draft import drafted
from slm_api.documents.finding import DocumentRefused, Finding, Path, spelled
from slm_api.documents.reasons import Said, told
from slm_api.documents.rules import RULES, WARNINGS
from slm_api.documents.sla_document import SlaDocument
from slm_api.documents.text import written
from slm_api.documents.written import Tree, Written


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A document that keeps every rule, and what is still worth a second look."""

    document: SlaDocument
    warnings: tuple[Finding, ...]


def read_document(text: bytes | str, *, source: str) -> Checked:
    """Read an SLA document from YAML, or from JSON when it begins with a brace. `source` names it in messages.

    Raises `DocumentRefused` with every finding: path, line, reason and mend; YAML's in the order of their lines.
    """
    paper = written(text, source=source)
    full = expanded(paper.tree)
    document, wrong = _shaped(full.tree)
    draft = drafted(full.tree)
    places = [path for path, _, _ in wrong]
    broken = [said for rule in RULES for said in rule(draft) if not _follows_from(said[0], places)]
    worth_telling = [said for said in (*wrong, *broken) if said[0][:2] not in full.lost]
    findings = (*paper.repeated, *_findings((*full.refused, *worth_telling), paper))
    if document is None or findings:
        raise DocumentRefused(source, tuple(sorted(findings, key=lambda finding: finding.line or 0)))
    warnings = _findings((*full.notes, *(said for rule in WARNINGS for said in rule(draft))), paper)
    return Checked(document=document, warnings=tuple(warnings))


def _shaped(tree: Mapping[str, Tree]) -> tuple[SlaDocument | None, list[Said]]:
    try:
        return SlaDocument.model_validate(tree), []
    except ValidationError as error:
        return None, [told(detail, tree) for detail in error.errors(include_url=False)]


def _follows_from(path: Path, wrong: Iterable[Path]) -> bool:
    """Whether a rule's finding stands at or around a place already told, and so may only be its consequence."""
    return any(place[: len(path)] == path for place in wrong)


def _findings(said: Iterable[Said], paper: Written) -> list[Finding]:
    return [Finding(path=spelled(path), line=paper.line(path), reason=reason, mend=mend) for path, reason, mend in said]
