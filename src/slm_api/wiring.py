"""How the parts hang together over one database: journals, read models, the engine, and what takes commands."""

from typing import TYPE_CHECKING

import msgspec

from projections.answers.reports import quote
from projections.answers.standpoint import Source
from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine
from slm_api.commanding import Commanding
from slm_api.metrics import Metrics
from slm_domain.rules import RULES_VERSION
from slm_journal.database import Identity
from slm_journal.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from projections.engine import Progress
    from slm_domain.desk import Quoted
    from slm_journal.database import Pool


class Wired(msgspec.Struct, frozen=True, kw_only=True):
    """One database in use. `source` answers, `commanding` takes commands, `engine` posts, `metrics` counts."""

    identity: Identity
    journal: Journal
    engine: Engine
    commanding: Commanding
    source: Source
    metrics: Metrics


async def wired(pool: "Pool", *, build: bool = True, building: "Callable[[Progress], None] | None" = None) -> Wired:
    """Everything over a database that was created and migrated; read models without a generation are built.

    `building` is told how far that is; with `build=False` the engine builds them with what it does first. Raises
    `NotCreated`.
    """
    metrics = Metrics()
    journal = Journal(pool, heard=metrics.heard)
    identity = await journal.identity()
    source = Source(pool=pool, journal=journal)

    async def quoted(contract: str, month: str, *, position: int, until: "datetime") -> "Quoted":
        return await quote(source, contract, month, position=position, until=until, rules_version=RULES_VERSION)

    engine = Engine(pool, journal, PROJECTIONS, placed)
    if build:
        await engine.start(progress=building)
    return Wired(
        identity=identity,
        journal=journal,
        engine=engine,
        commanding=Commanding(journal, quoted, simulated=identity.clock == "simulated", rules_version=RULES_VERSION),
        source=source,
        metrics=metrics,
    )
