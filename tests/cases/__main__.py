"""`python -m tests.cases FILE…` runs files of cases through the product and ends with how many passed.

Exits with 1 when a case failed or a file could not be read, with 2 when no file is named.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.cases.outcomes import Outcome, shown
from tests.cases.running import outcomes


def main(files: Sequence[str]) -> int:
    """Run the files, say what failed, what was skipped and what was not compared, and how many there were of each."""
    if not files:
        sys.stderr.write("usage: python -m tests.cases FILE…\n")
        return 2
    results = [(file, each) for file in files for each in outcomes(Path(file))]
    for file, each in results:
        if each.result == "failed":
            say(f"FAILED  {Path(file).name} {each.case} ({each.function})")
            say(f"        expected {shown(each.expected)}")
            say(f"        got      {shown(each.got)}")
    _tell_skipped([each for _, each in results if each.result == "skipped"])
    _tell_apart([each for _, each in results if each.apart])
    counted = Counter(each.result for _, each in results)
    say(f"{counted['passed']} passed, {counted['failed']} failed, {counted['skipped']} skipped")
    return 1 if counted["failed"] else 0


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(f"{line}\n")


def _tell_skipped(skipped: Sequence[Outcome]) -> None:
    reasons = Counter((each.function, each.reason) for each in skipped)
    for (function, reason), number in reasons.items():
        named = ", ".join(each.case for each in skipped if (each.function, each.reason) == (function, reason))
        say(f"SKIPPED {function or '(no function)'}: {number}, {reason} [{named}]")


def _tell_apart(results: Sequence[Outcome]) -> None:
    for (function, name, why), number in Counter(
        (each.function, name, why) for each in results for name, why in each.apart.items()
    ).items():
        say(f"NOTE    {function}: {name} not compared in {number}: {why}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
