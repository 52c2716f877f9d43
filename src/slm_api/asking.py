"""How a question says as of when: a position, an instant, or a day."""

import re
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from projections.answers.explanation import FIGURE_NAMES, FigureName
from projections.answers.rolled import ROLLED_BY, RolledBy
from projections.answers.standpoint import NOW, AsOf
from slm_domain.figures.periods import Month
from slm_domain.sla import Words

JAPAN = ZoneInfo("Asia/Tokyo")
_POSITION = re.compile(r"[0-9]{1,18}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_AS_A_MONTH = Words(ja="月は YYYY-MM（2025-04 など）で指定してください。", en="Give the month as YYYY-MM.")
_AS_A_YEAR = Words(ja="年度は始まる年（2025 など）で指定してください。", en="Give the year it begins in, such as 2025.")
_LOST_PLUS = re.compile(r"(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?) (\d\d:?\d\d)$")


class QuestionRefused(Exception):
    """A question that cannot be answered as it was asked. `kind` is one of `problem_kinds.KINDS`, which says what
    mends it unless `mend` does."""

    def __init__(
        self,
        reason: Words,
        *,
        kind: str = "invalid-question",
        facts: dict[str, Any] | None = None,
        mend: Words | None = None,
    ) -> None:
        super().__init__(reason.en)
        self.reason = reason
        self.kind = kind
        self.facts = facts or {}
        self.mend = mend


def as_of_asked(text: str | None) -> AsOf:
    """What `as_of` says: a position (digits), an aware instant, or a day; without it, now.

    A day stands for its end in Japan (Asia/Tokyo): "as known on 2019-12-15". Raises `QuestionRefused`.
    """
    if text is None:
        return NOW
    if _POSITION.fullmatch(text):
        return AsOf(position=int(text))
    return AsOf(instant=instant_asked("as_of", text))


def instant_asked(name: str, text: str) -> datetime:
    """What `name` says: an aware instant, or a day, meaning its end in Japan. Raises `QuestionRefused`."""
    return _end_of_day(name, text) if _DAY.fullmatch(text) else _instant(name, text)


def as_of_or_cut(text: str | None) -> tuple[AsOf, str | None]:
    """The same for a question over several journals: an instant, a day, or a cut, which says its instant itself.

    Raises `QuestionRefused`, also for a position: each journal has its own.
    """
    if text is not None and "~" in text:
        instant, _, digest = text.partition("~")
        return NOW, f"{_instant('as_of', instant).isoformat()}~{digest}"
    asked = as_of_asked(text)
    if asked.position is not None:
        raise QuestionRefused(
            Words(
                ja="複数の契約にまたがる問い合わせでは、位置は指定できません。",
                en="A question over several contracts cannot be asked as of a position.",
            ),
            facts={"as_of": text},
        )
    return asked, None


def month_asked(text: str) -> Month:
    """A month, `YYYY-MM`. Raises `QuestionRefused`."""
    try:
        return Month.parse(text)
    except ValueError:
        raise _refused("month", text, _AS_A_MONTH) from None


def rolled_by_asked(text: str) -> RolledBy:
    """What the rows of a roll-up are. Raises `QuestionRefused`."""
    for known in ROLLED_BY:
        if text == known:
            return known
    listed = ", ".join(ROLLED_BY)
    raise _refused("by", text, Words(ja=f"次のどれかを指定してください: {listed}", en=f"Give one of: {listed}."))


def figure_asked(text: str | None, level: str | None) -> FigureName:
    """Which figure is to be explained: the availability unless said otherwise. Raises `QuestionRefused`."""
    if text is not None and level is not None:
        raise QuestionRefused(
            Words(
                ja="項目（level）と数値（figure）は同時に指定できません。",
                en="A level and another figure cannot be explained at once.",
            ),
            facts={"figure": text, "level": level},
            mend=Words(ja="どちらか一方を指定してください。", en="Give one of the two."),
        )
    for known in FIGURE_NAMES:
        if text == known or text is None:
            return known
    listed = ", ".join(FIGURE_NAMES)
    raise _refused(
        "figure", text or "", Words(ja=f"次のどれかを指定してください: {listed}", en=f"Give one of: {listed}.")
    )


def fiscal_year_asked(year: int) -> int:
    """A fiscal year by the calendar year it begins in. Raises `QuestionRefused` for one that no calendar has."""
    if not MINYEAR < year < MAXYEAR:
        raise _refused("fiscal_year", str(year), _AS_A_YEAR)
    return year


def day_asked(day: date | None, month: Month) -> date | None:
    """A day that a month of that name can have, whichever day months begin on (C15). Raises `QuestionRefused`."""
    day_of_month(day, str(month), first=month.first, last=month.next.last)
    return day


def day_of_month(day: date | None, month: str, *, first: date, last: date) -> None:
    """Refuse a day outside the contract's month, which runs from `first` to `last`. Raises `QuestionRefused`."""
    if day is not None and not first <= day <= last:
        raise QuestionRefused(
            Words(ja=f"{day} は {month} の日ではありません。", en=f"{day} is no day of {month}."),
            facts={"day": day, "month": month},
            mend=Words(
                ja=f"{first} から {last} までの日を指定してください。", en=f"Give a day from {first} to {last}."
            ),
        )


def _instant(name: str, text: str) -> datetime:
    try:  # a plus sign that was not escaped in a query arrives as a space
        instant = datetime.fromisoformat(_LOST_PLUS.sub(r"\1+\2", text))
    except ValueError:
        raise _refused(name, text, _as_an_instant(name)) from None
    if instant.tzinfo is None:
        raise QuestionRefused(
            Words(
                ja=f"{name} の日時 {text} に時差（+09:00 など）がありません。",
                en=f"The instant {text} of {name} has no offset (such as +09:00).",
            ),
            facts={name: text},
            mend=_as_an_instant(name),
        )
    return instant


def _end_of_day(name: str, text: str) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _refused(name, text, _as_an_instant(name)) from None
    return datetime.combine(day, time(), JAPAN) + timedelta(days=1, microseconds=-1)


def _as_an_instant(name: str) -> Words | None:
    """What mends an instant other than `as_of`, which may be a position too."""
    if name == "as_of":
        return None
    return Words(
        ja=f"{name} には時差付きの日時（2019-12-15T12:00:00+09:00）、または日付を指定してください。",
        en=f"Give {name} as an instant with its offset (2019-12-15T12:00:00+09:00), or a day.",
    )


def _refused(name: str, text: str, mend: Words | None = None) -> QuestionRefused:
    return QuestionRefused(
        Words(ja=f"{name} の値 {text} を読み取れません。", en=f"{name} cannot be read: {text}."),
        facts={name: text},
        mend=mend,
    )
