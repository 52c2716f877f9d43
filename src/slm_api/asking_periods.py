"""How a question about availability says which periods it means: by what, from when to when, or rolling to when."""

import re
from datetime import date, datetime

from projections.answers.periods import PERIOD_NAMES, Asked, PeriodName, Rolling
from slm_api.asking import QuestionRefused, instant_asked
from slm_domain.sla import Words

MOST_DAYS, MOST_MONTHS = 3660, 120
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
_ROLLING = re.compile(r"(\d{1,5})([dm])")
_NAMED: dict[str, PeriodName] = {name: name for name in PERIOD_NAMES}


def periods_asked(by: str | None, first: str | None, last: str | None, rolling: str | None, at: str | None) -> Asked:
    """What `by`, `from`, `to`, `last` and `at` ask for. Raises `QuestionRefused`, with what to write instead."""
    asked = Asked(
        by=None if by is None else _by(by),
        first=None if first is None else _day("from", first),
        last=None if last is None else _day("to", last),
        rolling=None if rolling is None else rolling_asked(rolling),
        at=None if at is None else _at(at),
    )
    if asked.first is not None and asked.last is not None and asked.last < asked.first:
        raise QuestionRefused(
            Words(
                ja=f"期間の終わり {asked.last} が始まり {asked.first} より前です。",
                en=f"The range ends on {asked.last}, before it starts on {asked.first}.",
            ),
            facts={"from": asked.first, "to": asked.last},
            mend=Words(ja="from と to を入れ替えてください。", en="Swap from and to."),
        )
    if asked.by == "term" and (asked.first is not None or asked.last is not None):
        raise QuestionRefused(
            Words(ja="契約期間（term）は全体で一つです。", en="The term is one period, the whole of it."),
            facts={"by": "term"},
            mend=Words(
                ja="from と to を外すか、month などの単位を指定してください。",
                en="Leave from and to out, or ask by month and the like.",
            ),
        )
    return asked


def rolling_asked(text: str) -> Rolling:
    """A rolling window: `30d` for days, `12m` for months. Raises `QuestionRefused`."""
    found = _ROLLING.fullmatch(text)
    amount, days = (int(found[1]), found[2] == "d") if found else (0, True)
    if not 1 <= amount <= (MOST_DAYS if days else MOST_MONTHS):
        raise QuestionRefused(
            Words(ja=f"直近の期間 {text} を読み取れません。", en=f"{text} is no rolling window."),
            facts={"last": text},
            mend=Words(
                ja=f"30d（日、{MOST_DAYS} まで）または 12m（月、{MOST_MONTHS} まで）のように指定してください。",
                en=f"Write 30d (days, at most {MOST_DAYS}) or 12m (months, at most {MOST_MONTHS}).",
            ),
        )
    return Rolling(amount=amount, unit="days" if days else "months")


def _by(text: str) -> PeriodName:
    if text in _NAMED:
        return _NAMED[text]
    known = ", ".join(PERIOD_NAMES)
    raise QuestionRefused(
        Words(ja=f"期間の単位 {text} はありません。", en=f"There is no period {text}."),
        facts={"by": text, "known": PERIOD_NAMES},
        mend=Words(ja=f"次のどれかを指定してください: {known}", en=f"Give one of: {known}."),
    )


def _day(name: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.max
    if EARLIEST <= day <= LATEST:
        return day
    raise QuestionRefused(
        Words(ja=f"{name} の値 {text} を日付として扱えません。", en=f"{name} is no day that can be asked for: {text}."),
        facts={name: text},
        mend=Words(
            ja=f"日付は YYYY-MM-DD で、{EARLIEST} から {LATEST} までで指定してください。",
            en=f"Give a day as YYYY-MM-DD, from {EARLIEST} to {LATEST}.",
        ),
    )


def _at(text: str) -> datetime:
    at = instant_asked("at", text)
    if EARLIEST < at.date() < LATEST:
        return at
    raise QuestionRefused(
        Words(ja=f"at の日時 {text} は扱えません。", en=f"The instant {text} of at cannot be asked for."),
        facts={"at": text},
        mend=Words(ja=f"{EARLIEST} より後の日時を指定してください。", en=f"Give an instant after {EARLIEST}."),
    )
