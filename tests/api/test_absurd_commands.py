"""What no field of a command can hold is refused with a problem by HTTP and in a sentence on the command line.

Nothing of it is stored: the story whose commands are bent goes on beside it as if nothing had been sent, and at its end
every read model stands where the record does and every question is answered.
"""

from pathlib import Path

import httpx
import pytest

from slm_domain.commands.envelope import Command
from slm_domain.commands.intake import COMMANDS
from tests.api.absurd import NOWHERE, bent, told
from tests.api.requests import Tree, draft
from tests.api.serving import serving
from tests.api.test_command_line import slm
from tests.domain.agreement import CODE

QUESTIONS = (
    "/contracts",
    f"/contracts/{CODE}/replay",
    f"/contracts/{CODE}/history",
    f"/contracts/{CODE}/availability?by=month",
    f"/contracts/{CODE}/reports/2025-04",
    f"/contracts/{CODE}/years/2025",
    f"/contracts/{CODE}/ledger/2025-04",
    f"/contracts/{CODE}/months/2025-04/explanation",
    "/roll-ups?month=2025-04",
    "/verification",
)
LARGE = 9_000_000  # bytes: as much as HTTP takes
BYTES = {
    "nothing": b"",
    "no JSON": b"]",
    "a NUL": b"\0",
    "no UTF-8": b'{"type": "SignSla", "contract": "\xff"}',
    "half a pair": b'{"type": "SignSla", "contract": "\\ud800"}',
    "far too deep": b'{"type": "SignSla", "contract": ' + b"[" * 100_000,
    "far too deep in a document": b'{"type": "ProposeSla", "document": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "far too deep in a part of one": b'{"type": "DraftContract", "title": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a large text": b'{"type": "DraftContract", "title": {"ja": "' + b"x" * LARGE + b'", "en": "x"}}',
    "a large name": b'{"type": "' + b"x" * LARGE + b'"}',
}


async def refused(api: httpx.AsyncClient, text: bytes) -> str | None:
    """None when the answer is a problem that says what is wrong and how to mend it; else the answer."""
    answer = await api.post("/commands", content=text)
    problem = answer.json()
    fine = answer.status_code in (400, 409, 413, 422) and problem["detail"] and problem["mend"]
    return None if fine else f"{answer.status_code} {answer.text[:200]}"


async def test_a_story_goes_on_beside_what_no_field_of_its_commands_can_hold(dsn: str) -> None:
    answers: dict[str, str | None] = {}
    tried: set[type[Command]] = set()
    last = 0
    async with serving(dsn) as api:
        for kind, sent in told():
            if kind not in tried:
                answers |= {what: await refused(api, text) for what, text in bent(kind, sent, NOWHERE)}
                tried.add(kind)
            recorded = await api.post("/commands", json=sent)
            assert recorded.status_code == 201, recorded.text
            assert recorded.json()["first_position"] == last + 1, "nothing was stored meanwhile"
            last = recorded.json()["last_position"]
        assert {kind.__name__ for kind in tried} == set(COMMANDS)
        assert {what: answer for what, answer in answers.items() if answer is not None} == {}
        for question in QUESTIONS:
            answer = await api.get(question)
            assert answer.status_code == 200, f"{question}: {answer.text}"
        assert (await api.get(f"/contracts/{CODE}/replay?wait_for={last}")).json()["standpoint"]["position"] == last
        status = (await api.get("/status")).json()
    assert [each["stopped"] for each in status["projections"]] == [[], [], [], [], []]


@pytest.mark.parametrize("text", BYTES.values(), ids=BYTES)
async def test_bytes_that_are_no_command_are_refused_with_a_problem(dsn: str, text: bytes) -> None:
    async with serving(dsn) as api:
        assert await refused(api, text) is None


@pytest.mark.parametrize("key", ["", "x" * 201, "a\x7fb"], ids=["empty", "too long", "a control character"])
async def test_a_key_in_the_header_is_held_to_what_a_key_is(dsn: str, key: str) -> None:
    body: Tree = {name: value for name, value in draft().items() if name != "key"}
    async with serving(dsn) as api:
        answer = await api.post("/commands", json=body, headers={"Idempotency-Key": key})
        assert answer.status_code == 422, answer.text
        assert (await api.get("/status")).json()["entries"] == 0


def test_the_command_line_refuses_the_same_line_by_line(dsn: str, tmp_path: Path) -> None:
    file = tmp_path / "commands.jsonl"
    story = [(kind, sent) for kind, sent in told() if kind.__name__ in ("DraftContract", "ProposeSla", "SignSla")]
    some = {name: NOWHERE[name] for name in ("not a number", "a NUL", "half a pair", "no UTF-8", "endless text")}
    lines = [text for kind, sent in story for _, text in bent(kind, sent, some)]
    lines += [text for name, text in BYTES.items() if name != "nothing"]
    file.write_bytes(b"\n".join(lines) + b"\n")
    applied = slm(dsn, "apply", str(file), "--continue", "--lang", "en")
    assert applied.returncode == 1
    assert "Traceback" not in applied.stderr
    assert f"0 recorded, 0 recorded before, {len(lines)} refused" in applied.stdout
    assert applied.stderr.count("mend: ") == len(lines)
