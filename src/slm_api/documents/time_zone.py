"""The contract's time zone, by its IANA name."""

from difflib import get_close_matches
from typing import Annotated

from pydantic import AfterValidator, Field

from slm_api.documents.finding import quoted, refused
from slm_domain.time_zones import known_zones


def known_zone(value: str) -> str:
    """The name, when it is a zone of the IANA database."""
    if value in known_zones():
        return value
    near = get_close_matches(value, sorted(known_zones()), n=1, cutoff=0.5)
    suggestion = near[0] if near else "Asia/Tokyo"
    raise refused(
        "unknown_time_zone",
        ja=f"「{quoted(value)}」という時間帯はありません",
        en=f"“{quoted(value)}” is not a time zone",
        mend_ja=f"「{suggestion}」ではありませんか。IANA の名称を書いてください",
        mend_en=f"Did you mean {suggestion}? Write an IANA name",
    )


TimeZone = Annotated[str, Field(strict=True, max_length=64), AfterValidator(known_zone)]
