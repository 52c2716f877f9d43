"""The joint desk's year with exclusions that came out otherwise: the product's figures against plain Python (C21)."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from slm_domain.commands.intake import read_command
from tests import joint_oracle
from tests.examples.test_joint_year_agrees_with_its_oracle import CONTRACT, YEAR, of_oracle, of_product
from tests.oracle import Line, read
from tests.projections.contract_histories import Desks

Change = Callable[[Line], Line | None]


def announced(**facts: object) -> Change:
    """The planned stop of 4 October is announced otherwise."""
    return lambda line: line | facts if line["key"] == "stop-2025-01.announce" else line


def not_told(line: Line) -> Line | None:
    """Nobody told the city of the stop for which it is to blame: within the hour nothing is told of it."""
    return None if line["key"] == "inc-2025-017.notify" else line


def told_late(line: Line) -> Line:
    """It was told 61 minutes after it began."""
    late = {"at": "2025-12-13T10:05:00+09:00", "occurred_at": "2025-12-13T10:01:00+09:00"}
    return line | late if line["key"] == "inc-2025-017.notify" else line


def half_an_hour_allowed(line: Line) -> Line:
    """Of planned stops 30 minutes a month may leave the measurement."""
    if "document" in line:
        for ground in line["document"]["grounds"]:
            if ground["code"] == "planned-maintenance":
                ground["allowance"]["minutes"] = 30
    return line


@pytest.mark.parametrize(
    ("change", "months"),
    [
        (announced(), set()),
        (announced(ends_at="2025-10-04T23:00:00+09:00"), {"2025-10"}),
        (announced(systems=["city-applications"], organisations=["kasou-city"]), {"2025-10"}),
        (not_told, {"2025-12"}),
        (told_late, {"2025-12"}),
        (half_an_hour_allowed, {"2025-10"}),
    ],
    ids=["as it was", "announced to 23:00", "one system announced", "not told", "told late", "less allowed"],
)
def test_what_was_not_announced_told_or_allowed_counts_in_both(
    change: Change, months: set[str], tmp_path: Path
) -> None:
    told = [json.loads(text) for text in YEAR.read_text(encoding="utf-8").splitlines()]
    changed = [found for line in told if (found := change(line)) is not None]
    changed.sort(key=lambda line: line["at"])
    file = tmp_path / "year.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in changed), encoding="utf-8")
    desks, lines, usual = Desks(CONTRACT), read(file), read(YEAR)
    for text in file.read_bytes().splitlines():
        command = read_command(text)
        assert command.at is not None
        assert desks.send(command, command.at), command.key
        last = command.at
    different = set()
    for month in joint_oracle.MONTHS:
        found = of_product(desks.figures(month, last))
        assert found == of_oracle(lines, len(lines), month), month
        before = joint_oracle.as_of(usual, len(usual), usual[-1]["at"]).month(month)
        if found["availability"] != before["availability"]:
            different.add(month)
    assert different == months
