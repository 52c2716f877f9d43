"""What a check found, said to the operator: what it is, where, and what to do, in both languages.

Places are templates over a finding's facts. A test holds the kinds to those of the checks.
"""

from typing import Final

import msgspec

from slm_api.diagnosis_words_read_models import READ_MODELS
from slm_api.diagnosis_words_record import RECORD
from slm_api.diagnosis_words_server import SERVER
from slm_api.finding_words import FindingWords
from slm_domain.sla import Words
from slm_journal.diagnosis import Finding, Severity

WORDS: Final[dict[str, FindingWords]] = SERVER | RECORD | READ_MODELS
SEVERITIES: Final = {
    Severity.DANGER: Words(ja="危険", en="danger"),
    Severity.WRONG: Words(ja="不整合", en="wrong"),
    Severity.NOTE: Words(ja="参考", en="note"),
}


class ToldFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding with its words. `place` is empty where there is nothing more to say."""

    finding: Finding
    title: Words
    place: Words
    mend: Words


def told_finding(finding: Finding) -> ToldFinding:
    """The finding, said."""
    words = WORDS[finding.kind]
    place = Words(ja=words.place.ja.format(**finding.facts), en=words.place.en.format(**finding.facts))
    return ToldFinding(finding=finding, title=words.title, place=place, mend=words.mend)
