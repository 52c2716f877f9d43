"""What a document says in both languages, and who its two sides are."""

from typing import Literal

import msgspec

Side = Literal["municipality", "provider"]
SIDES: tuple[Side, Side] = ("municipality", "provider")


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """A name or sentence for people, in both languages."""

    ja: str
    en: str
