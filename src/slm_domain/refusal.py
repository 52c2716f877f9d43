"""Refusals: what a rule of the record does not allow, said to the person who asked, with what mends it."""

from typing import ClassVar

from slm_domain.sla import Words


class Refusal(Exception):
    """A command that a rule refuses. Nothing was recorded.

    One subclass per rule. `KIND` names the rule in API answers and never changes; `reason_*` and `mend_*` are templates
    filled from the facts given to the constructor, which are also answered as fields. A fact may be `Words`, said in
    the reader's language; a side is named as the contract names it (発注者, 受注者).
    """

    KIND: ClassVar[str]
    SOURCE: ClassVar[str]  # the clause or convention the rule comes from
    REASON_JA: ClassVar[str]
    REASON_EN: ClassVar[str]
    MEND_JA: ClassVar[str]
    MEND_EN: ClassVar[str]

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.reason("en"))

    def reason(self, language: str) -> str:
        """Why it was refused, in Japanese ("ja") or English."""
        return self._filled(self.REASON_JA if language == "ja" else self.REASON_EN, language)

    def mend(self, language: str) -> str:
        """What to do instead, in Japanese ("ja") or English."""
        return self._filled(self.MEND_JA if language == "ja" else self.MEND_EN, language)

    def _filled(self, template: str, language: str) -> str:
        return template.format(**{name: _said(fact, language) for name, fact in self.facts.items()})


_SIDES_JA = {"municipality": "発注者", "provider": "受注者"}


def _said(fact: object, language: str) -> object:
    if isinstance(fact, Words):
        return fact.ja if language == "ja" else fact.en
    if language == "ja" and isinstance(fact, str):
        return _SIDES_JA.get(fact, fact)
    return fact
