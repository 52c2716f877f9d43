"""`python -m benchmarks.nationwide make FOLDER`: make a nationwide year, or a like sample, in its own database."""

import argparse
from pathlib import Path

from rich.console import Console

from benchmarks.nationwide.country import MUNICIPALITIES, contracted
from benchmarks.nationwide.making import Made, make, municipalities_for

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
    options = asked.parse_args()
    _make(options)


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
