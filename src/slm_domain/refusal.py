"""Refusals: what a rule of the record does not allow, said to the person who asked, with what mends it."""

from typing import ClassVar


class Refusal(Exception):  # noqa: N818 -- the field says refusal; "error" would blame the program
    """A command that a rule refuses. Nothing was recorded.

    One subclass per rule. `KIND` names the rule in API answers and never changes; `reason_*` and `mend_*` are templates
    filled from the facts given to the constructor, which are also answered as fields.
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
        return (self.REASON_JA if language == "ja" else self.REASON_EN).format(**self.facts)

    def mend(self, language: str) -> str:
        """What to do instead, in Japanese ("ja") or English."""
        return (self.MEND_JA if language == "ja" else self.MEND_EN).format(**self.facts)
