"""A revised level is held to the rules of the document that it belongs to: what a value may be, on its scale, its use.

What is wrong is told with the place in the command, over HTTP and on the command line alike, and nothing is stored.
"""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.api.requests import Tree, agreed, command, lines, propose, record_all
from tests.api.serving import serving
from tests.api.test_bad_input import AT, GRADE_MEASURE, GRADED, entries, level_of
from tests.api.test_command_line import slm
from tests.documents.paper import level, paper, words

TIERS = {
    "rule": "tiers",
    "code": "tiers",
    "clause": "5",
    "name": words("Tiers"),
    "level": "availability",
    "tiers": [{"when": "< 99.5 %", "percent": 5}],
}
COUNT = {"kind": "count_at_least", "source": "measurements", "period": "month"}
OPENING = {"kind": "duration_at_most", "source": "measurements", "clock": "opening_hours"}


def document() -> Tree:
    written = paper()
    written["scales"] = [GRADED]
    written["levels"] += [
        level_of(written, "grade", measure=GRADE_MEASURE, guaranteed="grade 4"),
        level("count", COUNT, guaranteed="1 time"),
        level("opening", OPENING, guaranteed="3 hours"),
    ]
    written["deductions"].append(TIERS)
    return written


def revised(key: str, **facts: Any) -> Tree:
    """The proposal to revise a level of the document, as people write it there."""
    definition = next(deepcopy(each) for each in document()["levels"] if each["key"] == key)
    told = {"level": key, "revision": "r", "effective_from": "2025-06-01", "reason": "x", "key": "revise", "at": AT}
    return command("ProposeRevision", definition={**definition, **facts}, **told)


def without(tree: Tree, field: str) -> Tree:
    del tree["definition"][field]
    return tree


def story() -> list[Tree]:
    first, _, *signed = agreed()
    return [first, propose(document()), *signed]


WRONG: dict[str, tuple[Tree, str, str]] = {
    "no number": (revised("availability", guaranteed={"amount": "NaN", "unit": "percent"}), "amount", "99.5"),
    "without end": (revised("availability", guaranteed={"amount": "Infinity", "unit": "percent"}), "amount", "99.5"),
    "beyond every number": (revised("arrival", guaranteed={"amount": "1e400", "unit": "minutes"}), "amount", "99.5"),
    "no value": (revised("availability", guaranteed="soon"), "", "30 minutes"),
    "below nothing": (revised("arrival", guaranteed={"amount": -5, "unit": "minutes"}), "amount", "at least 0"),
    "over 100": (revised("availability", guaranteed="101 %"), "amount", "at most 100"),
    "above 100": (revised("availability", guaranteed="> 100 %"), "amount", ">= 100 %"),
    "below 0": (revised("arrival", guaranteed="< 0 minutes"), "amount", "<= 0"),
    "a century too long": (revised("arrival", guaranteed="999999999999 minutes"), "amount", "52596000"),
    "uncountable": (revised("count", guaranteed={"amount": 10**11, "unit": "minutes"}), "unit", "count"),
    "a part of a count": (revised("count", guaranteed="1.5 times"), "amount", "whole"),
    "off its scale": (revised("grade", guaranteed="grade 3"), "amount", "0, 4"),
    "above its scale": (revised("grade", guaranteed="> grade 4"), "amount", "at least"),
    "the wrong way round": (revised("availability", guaranteed="99.5 % 以下"), "comparison", "at_least"),
    "never over": (revised("opening", guaranteed="800000 hours"), "amount", "elapsed"),
}
ELSEWHERE: dict[str, tuple[Tree, str, str]] = {
    "no value left": (without(revised("arrival"), "guaranteed"), "definition", "guaranteed, target, or both"),
    "nothing left to miss": (
        without(revised("arrival", target="60 minutes"), "guaranteed"),
        "definition",
        "drop the deduction",
    ),
    "an unknown field": (revised("arrival", garanteed="60 minutes"), "definition.garanteed", "guaranteed"),
    "without its method": (without(revised("arrival"), "method"), "definition.method", "how it is measured"),
    "no level": (command("ProposeRevision", at=AT, level="x", revision="r", effective_from="2025-06-01", definition=1),
                 "definition", "Write it like {"),
    "a control character": (revised("arrival", name=words("a\x1bb")), "definition.name.ja", "visible"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "path", "mend"),
    [(tree, f"definition.guaranteed.{field}".rstrip("."), mend) for tree, field, mend in WRONG.values()]
    + list(ELSEWHERE.values()),
    ids=[*WRONG, *ELSEWHERE],
)
async def test_a_level_is_refused_where_its_revision_is_wrong(dsn: str, wrong: Tree, path: str, mend: str) -> None:
    async with serving(dsn) as api:
        before = await record_all(api, story())
        answer = await api.post("/commands", json=wrong, headers={"Accept-Language": "en"})
        japanese = await api.post("/commands", json=wrong)
    assert answer.status_code == 422, answer.text
    assert answer.json()["type"] == "urn:slm:problem:content-refused"
    told = {one["path"]: one for one in answer.json()["errors"]}
    assert path in told, answer.text
    assert mend in told[path]["mend"]
    assert [one["path"] for one in japanese.json()["errors"]] == [one["path"] for one in answer.json()["errors"]]
    assert japanese.json()["errors"][0]["reason"] != answer.json()["errors"][0]["reason"]
    assert await entries(dsn) == before


def test_the_command_line_refuses_it_with_the_same_place(dsn: str, tmp_path: Path) -> None:
    file = tmp_path / "commands.jsonl"
    file.write_text(lines([*story(), revised("availability", guaranteed="101 %"), revised("grade", target="grade 2")]))
    applied = slm(dsn, "apply", str(file), "--continue", "--lang", "en")
    assert applied.returncode == 1
    assert "4 recorded, 0 recorded before, 2 refused" in applied.stdout
    assert "definition.guaranteed.amount: This is more than 100 % → Let it be at most 100" in applied.stderr
    assert "definition.target.amount: Grade 2 is off its scale backup → Write one of its grades: 0, 4" in applied.stderr


@pytest.mark.parametrize(
    ("proposed", "path"),
    [
        (revised("arrival", target="2 hours"), "definition.target"),
        (revised("count", guaranteed="0 times"), "definition.guaranteed"),
        (revised("availability", guaranteed="99 %"), "definition"),  # the tier below 99.5 % holds of 99.2 %
    ],
    ids=["a looser target", "met by everything", "a tier that holds while it is kept"],
)
async def test_what_is_worth_a_second_look_is_taken_with_a_warning(dsn: str, proposed: Tree, path: str) -> None:
    async with serving(dsn) as api:
        await record_all(api, story())
        answer = await api.post("/commands", json=proposed)
        again = await api.post("/commands", json=proposed)
    assert answer.status_code == 201, answer.text
    assert [one["path"] for one in answer.json()["warnings"]] == [path]
    assert (again.status_code, again.json()["repeated"]) == (200, True)


async def test_a_value_is_written_as_in_a_document_and_is_the_same_command_however_it_is_written(dsn: str) -> None:
    ways: list[object] = ["98 %", "98.0 % 以上", {"amount": 98, "unit": "percent"}, {"amount": "98", "unit": "percent"}]
    async with serving(dsn) as api:
        before = await record_all(api, story())
        first, said, *others = [await api.post("/commands", json=revised("availability", target=way)) for way in ways]
        approved = command("ApproveRevision", side="provider", level="availability", revision="r", at=AT)
        await record_all(api, [approved])
        replay = (await api.get(f"/contracts/town-2025/replay?wait_for={before + 3}&as_of=2025-06-02")).json()
    assert first.status_code == 201, first.text
    assert said.json()["type"] == "urn:slm:problem:key-reused", "it prints another word"
    assert [answer.status_code for answer in others] == [200, 200]
    (level,) = [each for each in replay["levels"] if each["level"] == "availability"]
    assert level["target"]["amount"] == "98"


async def test_a_level_is_revised_by_a_ready_made_one(dsn: str) -> None:
    used = {"use": "s5/fault-notification", "key": "notice", "document": {"clause": "1"}}
    written = document()
    written["levels"].append(used)
    told = {"level": "notice", "revision": "r", "effective_from": "2025-06-01", "reason": "x", "at": AT}
    async with serving(dsn) as api:
        first, _, *signed = agreed()
        await record_all(api, [first, propose(written), *signed])
        wrong = {"use": "s5/fault-notificatoin", "key": "notice"}
        refused = await api.post("/commands", json=command("ProposeRevision", definition=wrong, **told))
        taken = await api.post(
            "/commands", json=command("ProposeRevision", definition={**used, "guaranteed": "20 minutes"}, **told)
        )
    assert [one["path"] for one in refused.json()["errors"]] == ["definition.use"]
    assert taken.status_code == 201, taken.text


def drafted(**facts: Any) -> Tree:
    tree = agreed()[0]
    return {**tree, **facts}


def named(bend: Callable[[Tree], object]) -> Tree:
    municipality = deepcopy(paper()["municipality"])
    bend(municipality)
    return drafted(municipality=municipality)


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (drafted(title={"ja": "町"}), "title.en"),
        (drafted(title=words("x" * 5_000)), "title.ja"),
        (named(lambda one: one.update(lead="a b")), "municipality.lead"),
        (named(lambda one: one["organisations"][0].update(weight=0)), "municipality.organisations[0].weight"),
        (named(lambda one: one["organisations"][0].update(colour=1)), "municipality.organisations[0].colour"),
        (
            named(lambda one: one["organisations"][0].update(fee_share_percent="NaN")),
            "municipality.organisations[0].fee_share_percent",
        ),
    ],
)
async def test_a_contract_is_drafted_with_parties_that_a_document_could_name(dsn: str, wrong: Tree, path: str) -> None:
    async with serving(dsn) as api:
        answer = await api.post("/commands", json=wrong)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:slm:problem:content-refused")
    assert path in {one["path"] for one in answer.json()["errors"]}
    assert await entries(dsn) == 0
