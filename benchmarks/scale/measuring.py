"""What one database of a nationwide year shows: costs of a unit, rebuilds, and how much room it takes.

Databases take turns, so that a machine that is busy for a while is busy for all of them. What was measured is kept
beside each database, so that a part can be measured anew.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec

from benchmarks.nationwide.country import Contracted, contracted
from benchmarks.nationwide.making import Made
from benchmarks.rebuilding import Rebuild, rebuilt
from benchmarks.scale.beside_peer import Peer, PeerRun, peer_with
from benchmarks.scale.costs import append_cost, command_cost, read_cost, report_cost
from benchmarks.scale.processor import Spent, Watch
from projections.catalogue import PROJECTIONS
from slm_api.wiring import wired
from slm_journal import database
from slm_journal.cluster import Cluster
from slm_journal.embedded import running
from slm_journal.programs import installed_programs

KEPT = "scale.json"
_SIZES = """
SELECT CASE WHEN n.nspname = 'slm_journal' THEN 'journal' ELSE 'read models' END AS part, x.relkind,
       sum(CASE x.relkind WHEN 'i' THEN pg_relation_size(x.oid) ELSE pg_table_size(x.oid) END)::bigint AS bytes
FROM pg_class x JOIN pg_namespace n ON n.oid = x.relnamespace
WHERE x.relkind IN ('r', 'i') AND (n.nspname = 'slm_journal' OR n.nspname ~ '_v[0-9]+_g[0-9]+$')
GROUP BY 1, 2
"""


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes on disk."""

    journal: int
    journal_indexes: int
    read_models: int
    read_model_indexes: int


class RebuildCost(msgspec.Struct, frozen=True, kw_only=True):
    """A rebuild: of which read models, by how many workers, and what it took."""

    of: str
    workers: int
    rebuild: Rebuild


class Scale(msgspec.Struct, kw_only=True):
    """What one database showed, round by round. `made` is as it was made; `entries` are those at the last look."""

    made: Made
    entries: int = 0
    costs: dict[str, list[Spent]] = {}
    rebuilds: list[RebuildCost] = []
    sizes: Sizes | None = None
    peer: list[PeerRun] = []


class Place:
    """A database that was made by `python -m benchmarks.nationwide make`, with its server running."""

    def __init__(self, folder: Path, dsn: str) -> None:
        self._folder = folder
        self._dsn = dsn
        pid = Cluster(folder=folder.resolve(), programs=installed_programs()).server_pid()
        if pid is None:
            raise AssertionError("its server runs")
        self._server = pid
        self.scale = kept(folder)

    def weigh(self) -> None:
        """Count its entries, and how much room all takes."""
        self.scale.entries, self.scale.sizes = asyncio.run(_weighed(self._dsn))
        self._keep()

    def rebuild(self, workers: int, names: Sequence[str] = (), *, verify: bool = False) -> None:
        """Rebuild once, and keep what that took."""
        found = rebuilt(self._dsn, workers, names, verify=verify)
        self.scale.rebuilds.append(RebuildCost(of=" ".join(names) or ALL, workers=workers, rebuild=found))
        self._keep()

    def peer(self, other: Peer) -> None:
        """Let the peer project, and rebuild once."""
        self.scale.peer.append(other.run())
        self.rebuild(1)

    def cost(self, name: str, contracts: Sequence[Contracted], units: int) -> None:
        """Do so many units of this work on these contracts, and keep what it cost."""
        spent = asyncio.run(_COSTS[name](self._dsn, Watch(self._server), contracts, units))
        self.scale.costs.setdefault(name, []).append(spent)
        self._keep()

    def _keep(self) -> None:
        (self._folder / KEPT).write_bytes(msgspec.json.format(msgspec.json.encode(self.scale)) + b"\n")


ALL = "all"
UNITS = {"append": 10_000, "read": 20_000, "command": 600, "report": 200}  # about so many in a round


def kept(folder: Path) -> Scale:
    """What was measured so far of a database. Raises SystemExit when none was made there."""
    try:
        made = msgspec.json.decode((folder / "made.json").read_bytes(), type=Made)
    except FileNotFoundError:
        raise SystemExit(f"{folder} holds no nationwide year: python -m benchmarks.nationwide make {folder}") from None
    found = folder / KEPT
    return msgspec.json.decode(found.read_bytes(), type=Scale) if found.exists() else Scale(made=made)


def common(folders: Sequence[Path], most: int) -> list[Contracted]:
    """Contracts of one municipality each that all these databases have, spread over all sizes, at most so many.

    Raises SystemExit when they have none: 11 municipalities are among the 33 of a larger sample, and not among 22.
    """
    each = [contracted(kept(folder).made.municipalities) for folder in folders]
    shared = set.intersection(*({who.code for who in one} for one in each))
    found = [who for who in min(each, key=len) if who.code in shared and not who.joint]
    if not found:
        raise SystemExit("no contract is in all of these: take sizes that are odd multiples of the smallest, or all")
    step = -(-len(found) // most)
    return found[::step]


def measure(
    folders: Sequence[Path],
    *,
    costs: Sequence[str],
    workers: Sequence[int],
    models: bool,
    verify: bool,
    rounds: int,
    units: dict[str, int] = UNITS,
    peer_events: int = 0,
    tell: Callable[[str], None] = print,
) -> None:
    """Measure these databases by turns: `costs` in so many rounds, then one rebuild of all by each of `workers`.

    With `verify` these are compared with the record. With `models` each read model is also rebuilt by itself, and with
    `peer_events` the peer takes turns with the smallest database.
    """
    with ExitStack() as servers:
        places = [Place(folder, servers.enter_context(running(folder))) for folder in folders]
        contracts = common(folders, 10)
        for number in workers:
            for place in places:
                tell(f"rebuilding {place.scale.made.entries:,} entries by {number}")
                place.rebuild(number, verify=verify)
        if models:
            for place in places:
                for projection in PROJECTIONS:
                    tell(f"rebuilding {projection.name} over {place.scale.made.entries:,} entries")
                    place.rebuild(1, [projection.name])
        if peer_events:
            smallest = min(places, key=lambda place: place.scale.made.entries)
            tell(f"saving {peer_events:,} events of the peer")
            with peer_with(peer_events) as other:
                for turn in range(rounds):
                    tell(f"the peer's projection, and a rebuild, round {turn + 1}")
                    smallest.peer(other)
        for turn in range(rounds):
            for name in costs:
                for place in places:
                    tell(f"{name} over {place.scale.made.entries:,} entries, round {turn + 1}")
                    place.cost(name, contracts, units[name])
        for place in places:
            place.weigh()


async def _append(dsn: str, watch: Watch, _contracts: Sequence[Contracted], units: int) -> Spent:
    async with database.connect(dsn) as pool:
        return await append_cost(pool, watch, units)


async def _read(dsn: str, watch: Watch, contracts: Sequence[Contracted], _units: int) -> Spent:
    async with database.connect(dsn) as pool:
        return await read_cost(pool, watch, contracts)


async def _command(dsn: str, watch: Watch, contracts: Sequence[Contracted], units: int) -> Spent:
    async with database.connect(dsn) as pool:
        product = await wired(pool)
        spent = await command_cost(product, watch, contracts, max(1, units // len(contracts)))
        await product.commanding.close()
        await product.engine.post_outstanding()  # now, and not while something else is measured
        return spent


async def _report(dsn: str, watch: Watch, contracts: Sequence[Contracted], units: int) -> Spent:
    return await report_cost(dsn, watch, contracts, max(1, units // len(contracts)))


_COSTS = {"append": _append, "read": _read, "command": _command, "report": _report}


async def _weighed(dsn: str) -> tuple[int, Sizes]:
    async with database.connect(dsn) as pool:
        entries: int = await pool.fetchval("SELECT global_position FROM slm_journal.head")
        found = {(row["part"], row["relkind"]): row["bytes"] for row in await pool.fetch(_SIZES)}
    return entries, Sizes(
        journal=found.get(("journal", b"r"), 0),
        journal_indexes=found.get(("journal", b"i"), 0),
        read_models=found.get(("read models", b"r"), 0),
        read_model_indexes=found.get(("read models", b"i"), 0),
    )
