"""How a question says as of when: a position, an instant, a day, or the token of a cut."""

import re
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slm_domain.figures.periods import Month
from slm_domain.sla import Words

JAPAN = ZoneInfo("Asia/Tokyo")
_POSITION = re.compile(r"[0-9]{1,18}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LOST_PLUS = re.compile(r"(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?) (\d\d:?\d\d)$")


class QuestionRefused(Exception):  # noqa: N818 - named after what is so, as refusals are
    """A question that cannot be answered as it was asked. `kind` is one of `explanations.KINDS`."""

    def __init__(self, reason: Words, *, kind: str = "invalid-question", facts: dict[str, Any] | None = None) -> None:
        super().__init__(reason.en)
        self.reason = reason
        self.kind = kind
        self.facts = facts or {}


def moment_asked(text: str) -> int | datetime | str:
    """What `as_of` says: a position (digits), an aware instant, or anything else, which can only be a cut's token.

    A day stands for its end in Japan (Asia/Tokyo): "as known on 2019-12-15". Raises `QuestionRefused`.
    """
    if _POSITION.fullmatch(text):
        return int(text)
    if _DAY.fullmatch(text):
        return _end_of_day(text)
    if not text[:4].isdigit() or "T" not in text:
        return text
    try:  # a plus sign that was not escaped in a query arrives as a space
        instant = datetime.fromisoformat(_LOST_PLUS.sub(r"\1+\2", text))
    except ValueError:
        raise _refused("as_of", text) from None
    if instant.tzinfo is None:
        raise QuestionRefused(
            Words(
                ja=f"as_of の日時 {text} に時差（+09:00 など）がありません。",
                en=f"The instant {text} of as_of has no offset (such as +09:00).",
            ),
            facts={"as_of": text},
        )
    return instant


def month_asked(text: str) -> str:
    """A month, `YYYY-MM`. Raises `QuestionRefused`."""
    try:
        return str(Month.parse(text))
    except ValueError:
        raise _refused("month", text) from None


def _end_of_day(text: str) -> datetime:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day; its zone follows
    except ValueError:
        raise _refused("as_of", text) from None
    return datetime.combine(day, time(), JAPAN) + timedelta(days=1, microseconds=-1)


def _refused(name: str, text: str) -> QuestionRefused:
    return QuestionRefused(
        Words(ja=f"{name} の値 {text} を読み取れません。", en=f"{name} cannot be read: {text}."), facts={name: text}
    )
