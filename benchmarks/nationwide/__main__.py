"""`python -m benchmarks.nationwide`: make a nationwide year, or a like sample, in a database; measure such ones."""

import argparse
import sys
from pathlib import Path

from rich.console import Console

from benchmarks.nationwide.country import MUNICIPALITIES, contracted
from benchmarks.nationwide.making import Made, make, municipalities_for
from benchmarks.rows import line
from benchmarks.scale.measuring import UNITS, kept, measure
from benchmarks.scale.telling import tell

_SECOND = 1_000_000_000


def main() -> None:
    """Read what is asked for, and do it."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.nationwide", description=__doc__)
    does = asked.add_subparsers(dest="does", required=True)
    making = does.add_parser("make", help="make a database with a nationwide year")
    making.add_argument("folder", type=Path, help="a folder for the embedded database, new or empty")
    size = making.add_mutually_exclusive_group()
    size.add_argument("--entries", type=int, help="about so many entries")
    size.add_argument("--municipalities", type=int, help=f"so many municipalities (all {MUNICIPALITIES} by default)")
    making.add_argument("--seed", type=int, default=1)
    making.add_argument("--processes", type=int, default=2, help="generating processes")
    making.add_argument("--durable", action="store_true", help="write as durably as the product does; slower")
    making.set_defaults(do=_make)
    scaling = does.add_parser("scale", help="measure the same work over databases of several sizes, by turns")
    scaling.add_argument("folders", type=Path, nargs="+", help="where such databases were made")
    scaling.add_argument("--into", type=Path, required=True, help="a folder for results.json and the charts")
    scaling.add_argument("--costs", choices=tuple(UNITS), nargs="*", default=tuple(UNITS), help="what is done")
    scaling.add_argument("--rounds", type=int, default=3, help="how often, by turns")
    scaling.add_argument("--workers", type=int, nargs="*", default=(1, 2), help="rebuild all once by each of these")
    scaling.add_argument("--verify", action="store_true", help="and let those compare with the record")
    scaling.add_argument("--models", action="store_true", help="rebuild each read model by itself, too")
    scaling.add_argument("--peer", type=int, default=0, metavar="EVENTS", help="beside stock eventsourcing with these")
    scaling.set_defaults(do=_scale)
    options = asked.parse_args()
    options.do(options)


def _scale(options: argparse.Namespace) -> None:
    measure(
        options.folders,
        costs=options.costs,
        workers=options.workers,
        models=options.models,
        verify=options.verify,
        rounds=options.rounds,
        peer_events=options.peer,
        tell=lambda what: print(what, file=sys.stderr),
    )
    for row in tell([kept(folder) for folder in options.folders], options.into):
        print(line(row))


def _make(options: argparse.Namespace) -> None:
    if (options.folder / "cluster").exists():
        raise SystemExit(f"{options.folder} already holds a database")
    if options.entries is not None:
        municipalities = municipalities_for(options.entries)
    else:
        municipalities = options.municipalities or MUNICIPALITIES
    made = make(
        options.folder,
        contracted(municipalities),
        seed=options.seed,
        processes=options.processes,
        durable=options.durable,
        console=Console(),
    )
    print(_told(made))


def _told(made: Made) -> str:
    return (
        f"{made.entries:,} entries in {made.journals:,} journals ({made.municipalities:,} municipalities), "
        f"seed {made.seed}: generated in {made.generating_ns // _SECOND} s by {made.processes} processes, "
        f"appended in {made.appending_ns // _SECOND} s "
        f"({made.entries * _SECOND // made.appending_ns:,} entries/s), {made.table_bytes // 1_000_000:,} MB"
    )


if __name__ == "__main__":
    main()
