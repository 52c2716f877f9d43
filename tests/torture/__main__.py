"""`python -m tests.torture [--rounds N] [--seed N]`: kill, count, print the table; fails when something is wrong."""

import argparse
import logging
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from tests.torture.rounds import VICTIMS, torture
from tests.torture.tally import Tally

ROUNDS = 200


def main() -> int:
    """Torture, and print what came of it."""
    asked = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    asked.add_argument("--rounds", type=int, default=ROUNDS, help="how often somebody is killed")
    asked.add_argument("--seed", type=int, default=None, help="of an earlier run, to kill the same again")
    options = asked.parse_args()
    seed = random.SystemRandom().randrange(2**32) if options.seed is None else options.seed
    logging.getLogger("slm.postgresql").setLevel(logging.ERROR)  # that it was not stopped is what is done to it here
    screen = Console()
    screen.print(f"seed {seed}, {options.rounds} rounds")
    folder = Path(tempfile.mkdtemp(prefix="slm-torture-", dir="/tmp"))  # short, as a socket's path must be
    folder.chmod(0o711)
    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen) as progress:
        task = progress.add_task("", total=options.rounds)
        found, killed, last_words = torture(
            folder,
            rounds=options.rounds,
            seed=seed,
            tell=lambda number, victim: progress.update(task, completed=number, description=victim),
        )
    for words in last_words:
        screen.print(f"[red]died by itself[/red] {words}", highlight=False)
    screen.print(_table(found, killed))
    screen.print("nothing lost, nothing doubled" if found.holds else f"WRONG; try it again with --seed {seed}")
    return 0 if found.holds else 1


def _table(found: Tally, killed: Counter[str]) -> Table:
    table = Table(box=None, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for victim in VICTIMS:
        table.add_row(f"killed: {victim}", f"{killed[victim]:,}")
    for row, count in (
        ("entries", found.entries),
        ("acknowledged", found.acknowledged),
        ("found", found.found),
        ("doubled", found.doubled),
        ("gaps", found.gaps),
        ("leaves invalid", found.leaves_invalid),
        ("projection differences", found.projection_differences),
        ("follower faults", found.follower_faults),
        ("died by themselves", found.died_by_themselves),
    ):
        table.add_row(row, f"{count:,}")
    return table


if __name__ == "__main__":
    sys.exit(main())
