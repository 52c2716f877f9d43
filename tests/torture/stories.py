"""What the appenders send: stories of one to five commands, each following from its number alone.

A story that was interrupted is told again from its beginning, with the same keys: what of it was recorded is answered
as the first time, and nothing is recorded twice.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from tests.examples.deciding import EXAMPLES

CONTRACTS = 6
FIRST_DAY = datetime(2025, 4, 1, tzinfo=timezone(timedelta(hours=9)))
DAYS = 300
_AGREEMENT = ("DraftContract", "ProposeSla", "SignSla", "FixClosedDays")
_MUNICIPALITY = {"person": "M-02", "side": "municipality", "organisation": "shimanto-town"}
_PROVIDER = {"person": "P-02", "side": "provider", "organisation": "kakuu-systems"}


def contract(number: int) -> str:
    """The code of a tortured contract."""
    return f"tortured-{number % CONTRACTS}"


def agreement(number: int) -> Iterator[bytes]:
    """The commands that conclude a tortured contract: those of the Shimanto contract, by the real clock."""
    for line in (EXAMPLES / "shimanto-town" / "year.jsonl").read_text(encoding="utf-8").splitlines()[:20]:
        command = json.loads(line.replace("shimanto-town-2025", contract(number)))
        if command["type"] in _AGREEMENT:
            yield json.dumps({name: fact for name, fact in command.items() if name != "at"}).encode()


def story(appender: int, number: int) -> list[bytes]:
    """The commands of one story, in their order. Of four stories one is an incident."""
    moment = FIRST_DAY + timedelta(days=(number * 7 + appender) % DAYS, hours=9, minutes=number % 60)
    name = f"{appender}-{number}"
    if number % 4:
        return [
            _written(
                number, f"{name}.measured", "RecordMeasurement", _PROVIDER,
                occurred_at=moment, level="data-backup", measurement=f"backup-{name}",
            )
        ]  # fmt: skip
    incident = f"inc-{name}"
    told, ended = moment + timedelta(minutes=10), moment + timedelta(minutes=30 + number % 90)
    steps: list[tuple[str, dict[str, str], dict[str, Any]]] = [
        (
            "ReportIncident",
            _PROVIDER,
            {
                "occurred_at": moment,
                "level": "A",
                "systems": ["financial-accounting"],
                "organisations": ["shimanto-town"],
                "outage_started_at": moment,
                "phenomenon": "財務会計の画面が開かない。",
            },
        ),
        ("Notify", _PROVIDER, {"occurred_at": told, "means": "telephone"}),
        ("Contact", _MUNICIPALITY, {"occurred_at": told, "call": "call-1", "site": "computer-room"}),
        ("EndOutage", _PROVIDER, {"ended_at": ended}),
        ("HandInIncidentReport", _PROVIDER, {"occurred_at": ended, "summary": "電源部を交換した。"}),
    ]
    return [_written(number, f"{name}.{kind}", kind, by, incident=incident, **facts) for kind, by, facts in steps]


def key_of(command: bytes) -> str:
    """The key that a command of a story carries."""
    key: str = json.loads(command)["key"]
    return key


def _written(number: int, key: str, kind: str, by: dict[str, str], **facts: object) -> bytes:
    told = {name: fact.isoformat() if isinstance(fact, datetime) else fact for name, fact in facts.items()}
    return json.dumps({"type": kind, "key": key, "contract": contract(number), "by": by, **told}).encode()
