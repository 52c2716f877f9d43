"""Commands as a client writes them: one contract, drafted and agreed, on a simulated clock."""

import json
from typing import Any

import httpx

from tests.documents.paper import paper, words

Tree = dict[str, Any]

CONTRACT = "town-2025"
AT = "2025-03-01T09:00:00+09:00"


def command(kind: str, /, *, side: str = "municipality", at: str | None = AT, **facts: Any) -> Tree:
    organisation = "town" if side == "municipality" else "firm"
    by = {"person": f"{side[0].upper()}-01", "side": side, "organisation": organisation}
    when = {} if at is None else {"at": at}
    return {"type": kind, "contract": CONTRACT, "by": by, **when, **facts}


def draft(**facts: Any) -> Tree:
    written = paper()
    return command(
        "DraftContract",
        **{
            "title": words("Town"),
            "time_zone": "Asia/Tokyo",
            "municipality": written["municipality"],
            "provider": written["provider"],
            "key": "draft",
            **facts,
        },
    )


def propose(document: Tree | None = None, **facts: Any) -> Tree:
    body = {"document": document or paper(), "effective_from": "2025-04-01", "key": "propose"}
    return command("ProposeSla", side="provider", **{**body, **facts})


def agreed(**facts: Any) -> list[Tree]:
    """The commands that lead to an agreed SLA."""
    signing = [
        command("SignSla", side=side, number=1, key=f"sign-{side}", **facts) for side in ("municipality", "provider")
    ]
    return [draft(**facts), propose(**facts), *signing]


def incident(code: str = "inc-1", **facts: Any) -> Tree:
    told = {"incident": code, "level": "A", "systems": [system()], "organisations": ["town"]}
    when = {"occurred_at": "2025-04-10T16:30:00+09:00", "outage_started_at": "2025-04-10T16:30:00+09:00"}
    return command("ReportIncident", side="provider", **{"at": "2025-04-10T16:40:00+09:00", **told, **when, **facts})


def end(code: str = "inc-1", at: str = "2025-04-11T10:00:00+09:00", **facts: Any) -> Tree:
    return command("EndOutage", side="provider", at=at, incident=code, ended_at="2025-04-11T09:30:00+09:00", **facts)


def system() -> str:
    code: str = paper()["systems"][0]["code"]
    return code


def lines(commands: list[Tree]) -> str:
    """A command file."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in commands)


async def record_all(api: httpx.AsyncClient, commands: list[Tree]) -> int:
    """Send them in order; the last position."""
    last = 0
    for each in commands:
        answer = await api.post("/commands", json=each)
        assert answer.status_code == 201, answer.text
        last = answer.json()["last_position"]
    return last
