"""The rows about posting what comes: what 99 of 100 appends wait from commit to visible, beside what they may wait."""

import asyncio
import tempfile
from itertools import chain
from pathlib import Path

from benchmarks.following import Followed, engine, followed, prepare
from benchmarks.nationwide.country import MUNICIPALITIES, contracted
from benchmarks.rows import Row, compared
from slm_journal.embedded import running

ROUNDS = 3
_MICROSECOND = 1000


def following_rows(*, journals: int = 300, cold: int = MUNICIPALITIES, seconds: int = 10) -> list[Row]:
    """Both rows: 2,000 appends a second over so many journals, and 50 a second over so many that nobody has in memory.

    Each contract has the first weeks of its year; what comes are the weeks after.
    """
    warm = _rounds(journals, a_second=2000, seconds=seconds, begun=50)
    once = _rounds(cold, a_second=50, seconds=seconds, begun=50)
    return [
        _row(f"2,000 appends/s over {journals:,} journals", warm, may_take=20_000),
        _row(f"50 appends/s over {cold:,} journals, cold cache", once, may_take=500_000),
    ]


def _rounds(journals: int, *, a_second: int, seconds: int, begun: int) -> list[Followed]:
    """Three rounds, each with an engine that begins with an empty cache; each goes on where the one before ended."""
    each = a_second * seconds
    coming = -(-each * ROUNDS // journals)
    with tempfile.TemporaryDirectory(prefix="slm-") as place:
        Path(place).chmod(0o711)  # root's server runs as another user, who passes through
        with running(Path(place) / "server") as dsn:
            contracts = contracted(max(1, journals * 96 // 100))[:journals]  # with the joint ones among them
            appends = list(chain(*asyncio.run(prepare(dsn, contracts, begun=begun, coming=coming))))
            found = []
            for number in range(ROUNDS):
                with engine(dsn):
                    found.append(
                        asyncio.run(followed(dsn, appends[number * each : (number + 1) * each], a_second=a_second))
                    )
            return found


def _row(name: str, rounds: list[Followed], *, may_take: int) -> Row:
    came = sorted(each.a_second for each in rounds)[len(rounds) // 2]
    return compared(
        f"from commit to visible, 99 of 100, {name} ({came:,} came); what it may take",
        "µs",
        ours=[each.p99_ns // _MICROSECOND for each in rounds],
        peer=[may_take],
        at_most="1",
    )
