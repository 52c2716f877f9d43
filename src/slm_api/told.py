"""Asking the record: what goes wrong is told so that a person can mend it, which takes a second look at the record."""

from collections.abc import Awaitable
from datetime import date
from difflib import get_close_matches
from typing import TypeVar
from zoneinfo import ZoneInfo

from projections.answers.contracts import contracts
from projections.answers.standpoint import Standpoint, UnknownContract
from slm_api.asking import JAPAN, QuestionRefused
from slm_api.wiring import Wired
from slm_domain.figures.local_time import start_of_day
from slm_domain.figures.periods import Month
from slm_domain.identity import journal_id
from slm_domain.sla import Words

T = TypeVar("T")

NEAREST = 3  # codes that are suggested at most


async def told(wired: Wired, question: Awaitable[T]) -> T:
    """The answer to a question.

    Raises:
        QuestionRefused: For `UnknownContract`: with the codes that come near, or when its record begins.
    """
    try:
        return await question
    except UnknownContract as unknown:
        raise await _second_look(wired, unknown.contract) from None


def begun(month: Month, standpoint: Standpoint, *, first: date) -> None:
    """Refuse a month that has not begun at the standpoint: it has no figures yet. Raises `QuestionRefused`.

    `first` is the first day of the contract's month.
    """
    zone = ZoneInfo(standpoint.time_zone)
    if start_of_day(first, zone) <= standpoint.until:
        return
    seen = standpoint.until.astimezone(zone).date()
    raise QuestionRefused(
        Words(
            ja=f"{month} はまだ始まっていません（{seen} 現在）。",
            en=f"{month} has not begun (as of {seen}).",
        ),
        kind="not-in-the-record",
        facts={"contract": standpoint.contract, "month": str(month)},
    )


async def _second_look(wired: Wired, code: str) -> QuestionRefused:
    journal = journal_id(code)
    if await wired.journal.head(journal) is not None:
        began = (await wired.journal.recorded_at(journal, 1)).astimezone(JAPAN)
        shown = began.strftime("%Y-%m-%d %H:%M")
        return QuestionRefused(
            Words(
                ja=f"契約 {code} の記録は {shown} に始まりました。それより前の時点では答えられません。",
                en=f"The record of {code} begins at {shown}; there is no answer as of an earlier moment.",
            ),
            kind="not-in-the-record",
            facts={"contract": code, "began": began},
        )
    near = get_close_matches(code, [one.contract for one in (await contracts(wired.source)).contracts], NEAREST)
    return QuestionRefused(
        Words(ja=f"契約 {code} は記録にありません。", en=f"The contract {code} is not in the record."),
        kind="unknown-contract",
        facts={"contract": code} | ({"near": near} if near else {}),
        mend=Words(ja=f"近いコード: {'、'.join(near)}", en=f"Codes that come near: {', '.join(near)}.")
        if near
        else None,
    )
