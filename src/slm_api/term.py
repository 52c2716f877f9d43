"""A term in words: the convention or ambiguity it settles, its name, and what each of its readings says."""

import msgspec

from slm_domain.sla import Words


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A term: the convention or ambiguity it settles, its name, and the words of each reading.

    A number is worded by `number`, in which `{}` stands for it; `missing` words a number that is not set.
    """

    source: str
    name: Words
    readings: dict[str, Words] = {}
    number: Words | None = None
    missing: Words | None = None


def words(ja: str, en: str) -> Words:
    """The same in both languages."""
    return Words(ja=ja, en=en)
