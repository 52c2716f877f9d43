"""`python -m benchmarks [--json] [--quick | --only WHAT]`: run the benchmarks and print what each took."""

import argparse
import platform
import sys

import msgspec

from benchmarks.append_rows import append_rows
from benchmarks.figures import report_figure, rolling_figure
from benchmarks.folding import folding_figures
from benchmarks.following_rows import following_rows
from benchmarks.imports import import_figures
from benchmarks.nationwide.country import MUNICIPALITIES
from benchmarks.rebuild_rows import rebuild_rows
from benchmarks.rows import Row, line
from benchmarks.timing import Figure

_SHORT = 100  # microseconds
_COMPARED = ("append", "rebuild", "follow")


def main() -> None:
    """Run all, print a table, or with `--json` the figures in nanoseconds."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("--json", action="store_true", help="print JSON")
    asked.add_argument("--quick", action="store_true", help="only the calculations that have a limit")
    asked.add_argument("--only", choices=_COMPARED, action="append", help="only these rows beside a peer or a limit")
    asked.add_argument("--municipalities", type=int, default=30, help="whose year is rebuilt: about 3,000 entries each")
    asked.add_argument("--journals", type=int, default=300, help="appended to at 2,000 a second")
    asked.add_argument("--cold", type=int, default=MUNICIPALITIES, help="journals appended to at 50 a second")
    asked.add_argument("--seconds", type=int, default=10, help="how long it is appended, three times")
    options = asked.parse_args()
    figures = [] if options.only else [report_figure(), rolling_figure()]
    if not options.quick and not options.only:
        figures += [*import_figures(), *folding_figures()]
    rows = [] if options.quick else _rows(options)
    if options.json:
        encoder = msgspec.json.Encoder(decimal_format="number")
        sys.stdout.buffer.write(msgspec.json.format(encoder.encode([*figures, *rows])) + b"\n")
        return
    print(f"Python {platform.python_version()}, {platform.machine()}; the median of the rounds, per unit\n")
    for figure in figures:
        print(_line(figure))
    for row in rows:
        print(line(row))


def _rows(options: argparse.Namespace) -> list[Row]:
    chosen = options.only or _COMPARED
    rows = append_rows() if "append" in chosen else []
    if "rebuild" in chosen:
        rows += rebuild_rows(municipalities=options.municipalities)
    if "follow" in chosen:
        rows += following_rows(journals=options.journals, cold=options.cold, seconds=options.seconds)
    return rows


def _line(figure: Figure) -> str:
    told = f"{figure.name}\n  {_shown(figure.median_ns)} per {figure.unit}"
    if figure.limit_ns is not None:
        told += f"   limit {_shown(figure.limit_ns)}: {'kept' if figure.kept else 'NOT KEPT'}"
    told += f"   fastest {_shown(figure.fastest_ns)}, first time {_shown(figure.first_ns)}, {figure.rounds} rounds"
    if figure.unit == "entry":
        told += f"   {1_000_000_000 // figure.median_ns:,} entries/s"
    return f"{told}\n  kept between rounds: {figure.warm}\n"


def _shown(nanoseconds: int) -> str:
    """Milliseconds with three digits; microseconds where that is less than a tenth of one."""
    microseconds = nanoseconds // 1000
    if microseconds < _SHORT:
        return f"{microseconds}.{nanoseconds % 1000 // 100} µs"
    return f"{microseconds // 1000}.{microseconds % 1000:03} ms"


if __name__ == "__main__":
    main()
