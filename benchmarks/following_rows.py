"""The rows about posting what comes: what 99 of 100 appends wait from commit to visible, beside what they may wait."""

import asyncio
import tempfile
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from benchmarks.following import Followed, caught_up, engine, followed, prepare
from benchmarks.nationwide.country import MUNICIPALITIES, contracted
from benchmarks.rows import Row, compared
from slm_journal.command import Append
from slm_journal.embedded import running

ROUNDS = 3
BEGUN = 50  # commands of each contract's year that are there before
_MICROSECOND = 1000


def following_rows(*, journals: int = 300, cold: int = MUNICIPALITIES, seconds: int = 10) -> list[Row]:
    """Three rows: 2,000 and 500 appends a second over so many journals, and 50 over so many that nobody has in memory.

    Each contract has the first weeks of its year; what comes are the weeks after. Of the two first rows each journal
    gets an append before, so that the engine has all of them in memory.
    """
    fast = _rounds(journals, a_second=2000, seconds=seconds, first=journals)
    calm = _rounds(journals, a_second=500, seconds=seconds, first=journals)
    once = _rounds(cold, a_second=50, seconds=seconds, first=0)
    return [
        _row(f"2,000 appends/s over {journals:,} journals", fast, may_take=20_000),
        _row(f"500 appends/s over {journals:,} journals", calm, may_take=20_000),
        _row(f"50 appends/s over {cold:,} journals, cold cache", once, may_take=500_000),
    ]


def _rounds(journals: int, *, a_second: int, seconds: int, first: int) -> list[Followed]:
    """Three rounds, each with an engine that begins with an empty cache; each goes on where the one before ended.

    The `first` appends of a round only see to it that the engine has their journals.
    """
    each = first + a_second * seconds
    coming = -(-each * ROUNDS // journals)
    with tempfile.TemporaryDirectory(prefix="slm-") as place:
        Path(place).chmod(0o711)  # root's server runs as another user, who passes through
        with running(Path(place) / "server") as dsn:
            contracts = contracted(max(1, journals * 96 // 100))[:journals]  # with the joint ones among them
            appends = list(chain(*asyncio.run(prepare(dsn, contracts, begun=BEGUN, coming=coming))))
            return [
                _round(dsn, appends[number * each : (number + 1) * each], a_second=a_second, first=first)
                for number in range(ROUNDS)
            ]


def _round(dsn: str, appends: Sequence[Append], *, a_second: int, first: int) -> Followed:
    with engine(dsn):
        if first:
            asyncio.run(followed(dsn, appends[:first], a_second=a_second))
            asyncio.run(caught_up(dsn))
        return asyncio.run(followed(dsn, appends[first:], a_second=a_second))


def _row(name: str, rounds: list[Followed], *, may_take: int) -> Row:
    came = sorted(each.a_second for each in rounds)[len(rounds) // 2]
    return compared(
        f"from commit to visible, 99 of 100, {name} ({came:,} came); what it may take",
        "µs",
        ours=[each.p99_ns // _MICROSECOND for each in rounds],
        peer=[may_take],
        at_most="1",
    )
