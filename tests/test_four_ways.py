"""The demo's screen, `--json`, HTTP and the oracle state the same figures; a minute more changes all four."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import pytest

from tests import joint_oracle, oracle

EXAMPLES = Path(__file__).parents[1] / "examples"
CONTRACT = "shimanto-town-2025"
JOINT = "tosa-joint-desk-2025"
MONTHS = [f"2025-{month:02}" for month in range(4, 13)] + [f"2026-{month:02}" for month in range(1, 4)]
END = datetime.fromisoformat("2026-04-30T00:00:00+09:00")
PATIENCE = 150  # seconds; what is waited for takes some

Figures = dict[str, tuple[str, ...]]  # by month: what the screen shows, from the opening days to the invoice
Json = Any


class Installation:
    """The command line over a data directory of its own, with the examples of a folder."""

    def __init__(self, data: Path, examples: Path) -> None:
        self._examples = examples
        self._environment = {**os.environ, "SLM_DATA_DIRECTORY": str(data), "COLUMNS": "200", "NO_COLOR": "1"}
        self._environment.pop("SLM_DATABASE_URL", None)

    def started(self, *words: str) -> "subprocess.Popen[bytes]":
        # The demo looks its examples up through one function; here it finds them in the test's folder.
        program = (
            "import pathlib, slm_api.cli.demo as demo; from slm_api.cli import main; "
            f"demo.example = lambda name: pathlib.Path({str(self._examples)!r}) / name; main()"
        )
        return subprocess.Popen(
            [sys.executable, "-c", program, *words],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def said(self, *words: str) -> str:
        out, errors = (process := self.started(*words)).communicate(timeout=PATIENCE * 2)
        assert process.returncode == 0, errors.decode()
        return out.decode()


def of_screen(shown: str) -> Figures:
    """The rows of the demo's year: one line a month, its cells apart by two blanks or more."""
    lines = [line.split() for line in shown.splitlines() if re.match(r"\s*20\d\d-\d\d[*†]*\s+\d+\s+\d+:\d\d\s", line)]
    return {cells[0].rstrip("*†"): tuple(cells[1:]) for cells in lines}


def of_json(answer: Json) -> Figures:
    """The year's answer as the screen would show it."""
    return {month["month"]: _shown_json(month) for month in answer["months"]}


def of_oracle(path: Path) -> Figures:
    lines = oracle.read(path)
    return {month: _shown_oracle(oracle.figures(lines, month, END)) for month in MONTHS}


def of_joint_oracle(path: Path) -> Figures:
    lines = oracle.read(path)
    record = joint_oracle.as_of(lines, len(lines), lines[-1]["at"])
    return {month: _shown_joint(record, month, told) for month, told in joint_oracle.year(lines).items()}


def _shown_joint(record: joint_oracle.Record, month: str, told: oracle.Line) -> tuple[str, ...]:
    first, last = oracle.bounds(month)
    served = min(last, record.end) - max(first, record.first)  # around the clock, to the last day of the term
    return _cells(
        days=served // oracle.DAY,
        opening=Fraction(served),
        stopped=Fraction(told["stopped"]),
        availability=told["availability"],
        breaches=len(told["breached"]),
        shortfalls=told["shortfalls"],
        share=told["share"],
        bonus=told["bonus"],
        yen=(told["payable"], told["tax"], 0),
        invoice=told["invoice"],
    )


def _shown_json(month: Json) -> tuple[str, ...]:
    ratio, share, bonus = month["availability"]["ratio"], month["share"], month["bonus_share"]
    return _cells(
        days=month["opening_days"],
        opening=_minutes(month["opening_time"]),
        stopped=_minutes(month["stopped"]),
        availability=Fraction(ratio["numerator"], ratio["denominator"]),
        breaches=month["breaches"],
        shortfalls=month["shortfalls"],
        share=Fraction(share["numerator"], share["denominator"]),
        bonus=None if bonus is None else Fraction(bonus["numerator"], bonus["denominator"]),
        yen=(month["payable_yen"], month["tax_yen"], sum(one["yen"] for one in month["adjustments"])),
        invoice=month["invoice_yen"],
    )


def _shown_oracle(month: oracle.Line) -> tuple[str, ...]:
    return _cells(
        days=month["opening_days"],
        opening=month["opening_minutes"],
        stopped=month["stopped_minutes"],
        availability=month["availability"],
        breaches=month["breaches"],
        shortfalls=month["shortfalls"],
        share=sum((share for _, share in month["deductions"]), Fraction(0)),
        bonus=None,  # the SLA knows none
        yen=(month["payable"], month["tax"], month["adjustment"]),
        invoice=month["invoice"],
    )


def _cells(
    *,
    days: int,
    opening: Fraction,
    stopped: Fraction,
    availability: Fraction,
    breaches: int,
    shortfalls: int,
    share: Fraction,
    bonus: Fraction | None,
    yen: tuple[int, int, int],
    invoice: int,
) -> tuple[str, ...]:
    def hours(minutes: Fraction) -> str:
        return f"{int(minutes) // 60}:{int(minutes) % 60:02}" if minutes else "—"

    payable, tax, adjusted = yen
    shown = floor(availability * 10_000)

    def in_percent(share: Fraction) -> str:
        percent = share * 100
        cut = f"{floor(percent * 100) // 100}.{floor(percent * 100) % 100:02}…"
        return "—" if not share else str(percent) if percent.denominator == 1 else cut

    return (
        str(days),
        hours(opening),
        hours(stopped),
        f"{shown // 100}.{shown % 100:02}",
        str(breaches or "—"),
        str(shortfalls or "—"),
        in_percent(share),
        *([] if bonus is None else [in_percent(bonus)]),
        f"{payable:,}",
        f"{tax:,}",
        f"{adjusted:+,}" if adjusted else "—",
        f"{invoice:,}",
    )


def _minutes(duration: str) -> Fraction:
    """Of an ISO 8601 duration of days and seconds, as the answers write them."""
    found = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)S)?)?", duration)
    assert found is not None, duration
    return Fraction(int(found[1] or 0) * 1440) + Fraction(int(found[2] or 0), 60)


def over_http(installed: Installation, path: str) -> Json:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serving = installed.started("serve", "--demo", "--as-root", "--port", str(port))
    try:
        patience = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
                    return json.load(answer)
            except ConnectionError:
                pass
            except urllib.error.URLError as failure:
                if not isinstance(failure.reason, ConnectionError):
                    raise
            assert serving.poll() is None, "it serves"
            assert time.monotonic() < patience, "it is reachable"
    finally:
        serving.terminate()
        serving.communicate()


def four_ways(installed: Installation, examples: Path) -> list[Figures]:
    screen = of_screen(installed.said("demo"))
    printed = json.loads(installed.said("report", "yearly", CONTRACT, "2025", "--demo", "--json"))
    served = over_http(installed, f"/contracts/{CONTRACT}/years/2025")
    assert printed == served, "the command line and HTTP answer with the same bytes"
    return [screen, of_json(printed), of_json(served), of_oracle(examples / "shimanto-town" / "year.jsonl")]


def joint_ways(installed: Installation) -> list[Figures]:
    """The joint contract's year, of the demo's database."""
    asked = ("report", "yearly", JOINT, "2025", "--demo")
    printed = json.loads(installed.said(*asked, "--json"))
    served = over_http(installed, f"/contracts/{JOINT}/years/2025")
    assert printed == served, "the command line and HTTP answer with the same bytes"
    reckoned = of_joint_oracle(EXAMPLES / "tosa-joint-desk" / "year.jsonl")
    return [of_screen(installed.said(*asked)), of_json(printed), of_json(served), reckoned]


@pytest.fixture(scope="module")
def changed(short_directory: Path) -> Path:
    """The examples, with one outage a minute longer."""
    folder = short_directory / "changed"
    for name in ("shimanto-town/year.jsonl", "tosa-joint-desk/year.jsonl", "jip-base/commands.jsonl"):
        (folder / name).parent.mkdir(parents=True)
        lines = [json.loads(line) for line in (EXAMPLES / name).read_text(encoding="utf-8").splitlines()]
        for line in lines:
            if line["contract"] == CONTRACT and line["type"] == "EndOutage" and line["ended_at"].startswith("2025-06-"):
                ended = datetime.fromisoformat(line["ended_at"]) + timedelta(minutes=1)
                line["ended_at"] = ended.isoformat()
                break
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_four_ways_state_the_same_twelve_months_and_a_minute_changes_all_four(
    short_directory: Path, changed: Path
) -> None:
    data = short_directory / "ways"
    before = four_ways(Installation(data, EXAMPLES), EXAMPLES)
    assert [list(figures) for figures in before] == [MONTHS] * 4
    assert before == [before[0]] * 4
    joint = joint_ways(Installation(data, EXAMPLES))
    assert [list(figures) for figures in joint] == [joint_oracle.MONTHS] * 4
    assert joint == [joint[0]] * 4
    after = four_ways(Installation(data, changed), changed)
    assert after == [after[0]] * 4
    for was, now in zip(before, after, strict=True):
        assert {month for month in MONTHS if was[month] != now[month]} == {"2025-06"}
