"""A check of the whole database that the settings name. It changes nothing, and posts nothing."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from projections.catalogue import PROJECTIONS
from projections.engine.checkup import check_read_models
from projections.engine.engine import on_standby
from slm_api.diagnosis_words import ToldFinding, told_finding
from slm_api.opening import dsn
from slm_api.settings import Settings
from slm_journal import database
from slm_journal.diagnosis import Finding, Severity
from slm_journal.doctor import UNREADABLE, examine
from slm_journal.queries import QUERIES

if TYPE_CHECKING:
    from slm_journal.database import Connection

Advance: TypeAlias = Callable[[int], None]
Progress: TypeAlias = Callable[[int], AbstractContextManager[Advance]]

MOST_OF_A_KIND = 100  # findings that are kept; more are counted
SAMPLE = 10_000  # entries that are recomputed unless more are asked for


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """What was looked at, and what was found. `more`: findings beyond those listed, by kind.

    `recomputed` entries of `entries` had their content checked against what was committed to.
    """

    server: str
    journals: int
    entries: int
    recomputed: int
    findings: tuple[ToldFinding, ...]
    more: dict[str, int]

    @property
    def differs(self) -> bool:
        """Whether anything was found that is more than worth knowing."""
        return any(one.finding.severity is not Severity.NOTE for one in self.findings)


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """How much there is to look at."""

    journals: int
    entries: int


async def diagnose(
    settings: Settings,
    *,
    sample: int | None = SAMPLE,
    progress: Progress | None = None,
) -> Diagnosis:
    """Look at everything; of the entries' content at `sample`, all when None.

    `progress` is entered with how many journals and entries are to be looked at, and gives what hears of those that are
    done. Raises when nothing can be looked at: `Unreachable`, `ServerTooOld`, `EmbeddedFailed`.
    """
    async with dsn(settings) as address, database.connect(address, most=1) as pool, pool.acquire() as link:
        async with link.transaction(isolation="repeatable_read", readonly=True):  # one moment
            size = await _size(link)
            recomputed = size.entries if sample is None else min(sample, size.entries)
            listed: list[ToldFinding] = []
            number: dict[str, int] = {}
            with (progress or _unseen)(size.journals + recomputed) as advance:
                async for finding in _everything(link, sample, advance):
                    number[finding.kind] = number.get(finding.kind, 0) + 1
                    if number[finding.kind] <= MOST_OF_A_KIND:
                        listed.append(told_finding(finding))
        version = link.get_server_version()
    return Diagnosis(
        server=f"{version.major}.{version.minor}",
        journals=size.journals,
        entries=size.entries,
        recomputed=recomputed,
        findings=tuple(listed),
        more={kind: count - MOST_OF_A_KIND for kind, count in number.items() if count > MOST_OF_A_KIND},
    )


@contextmanager
def _unseen(_total: int) -> Iterator[Advance]:
    """Nobody watches."""
    yield lambda _: None


async def _everything(link: "Connection", sample: int | None, advance: Advance) -> AsyncIterator[Finding]:
    readable = True
    async for finding in examine(link, sample=sample, advance=advance):
        readable &= finding.kind not in UNREADABLE
        yield finding
    if readable:
        async for finding in check_read_models(link, PROJECTIONS, standby=on_standby(link)):
            yield finding


async def _size(link: "Connection") -> Size:
    if not await link.fetchval(QUERIES["has_migrations"]):
        return Size(journals=0, entries=0)
    (row,) = await link.fetch(QUERIES["size"])
    return Size(journals=row["journals"], entries=row["entries"])
