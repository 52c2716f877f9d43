"""The words of one kind of finding."""

import msgspec

from slm_domain.sla import Words


class FindingWords(msgspec.Struct, frozen=True, kw_only=True):
    """What it is, where (a template over the finding's facts), and what to do."""

    title: Words
    place: Words
    mend: Words
