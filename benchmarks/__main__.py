"""`python -m benchmarks [--json] [--quick]`: run the benchmarks and print what each took."""

import argparse
import platform
import sys

import msgspec

from benchmarks.append_rows import append_rows
from benchmarks.figures import report_figure, rolling_figure
from benchmarks.folding import folding_figures
from benchmarks.imports import import_figures
from benchmarks.rows import line
from benchmarks.timing import Figure

_SHORT = 100  # microseconds


def main() -> None:
    """Run all, print a table, or with `--json` the figures in nanoseconds."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("--json", action="store_true", help="print JSON")
    asked.add_argument("--quick", action="store_true", help="only the calculations that have a limit")
    options = asked.parse_args()
    figures = [report_figure(), rolling_figure()]
    if not options.quick:
        figures += [*import_figures(), *folding_figures()]
    rows = [] if options.quick else append_rows()
    if options.json:
        encoder = msgspec.json.Encoder(decimal_format="number")
        sys.stdout.buffer.write(msgspec.json.format(encoder.encode([*figures, *rows])) + b"\n")
        return
    print(f"Python {platform.python_version()}, {platform.machine()}; the median of the rounds, per unit\n")
    for figure in figures:
        print(_line(figure))
    for row in rows:
        print(line(row))


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
