"""Every rule is tried, and every refusal says in both languages what is wrong and how to mend it."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from slm_domain.commands import intake
from slm_domain.contract_refusals import SideMayNot
from slm_domain.refusal import Refusal
from slm_domain.sla import Words
from tests.domain.catalogue import refusals
from tests.domain.story import STORY

RULES = sorted(Path(__file__).parent.glob("test_*_rules.py"))


ALL = refusals()


def named_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_each_refusal_is_raised_by_a_test_of_its_rule() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in RULES)
    tried = set(re.findall(r"(?:refused|pytest\.raises)\((\w+)", text))
    assert {kind.__name__ for kind in ALL} == tried


def test_each_command_is_tried_with_what_it_records() -> None:
    used = {node.id for path in RULES for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
    assert set(intake.COMMANDS) <= used
    assert {type(command).__name__ for command in STORY} == set(intake.COMMANDS)


def test_each_refusal_has_a_name_of_its_own() -> None:
    kinds = [kind.KIND for kind in ALL]
    assert len(set(kinds)) == len(kinds)
    assert [kind for kind in kinds if not re.fullmatch(r"[a-z]+(-[a-z]+)*", kind)] == []


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.KIND)
def test_a_refusal_says_its_rule_its_source_what_is_wrong_and_how_to_mend_it(kind: type[Refusal]) -> None:
    assert (kind.__doc__ or "").strip().endswith(".")
    assert re.match(r"[A-Z][0-9]|docs/adr/|item \d", kind.SOURCE), "a clause, a convention or a decision"
    said = (kind.REASON_EN, kind.REASON_JA, kind.MEND_EN, kind.MEND_JA)
    facts = {name: "x" for text in said for name in named_in(text)}
    refusal = kind(**facts)
    assert refusal.reason("ja") != refusal.reason("en")
    assert refusal.mend("ja").endswith(("。", "x")), "a sentence, or a list of what is known"
    assert refusal.mend("en").endswith((".", "x"))


def test_a_refusal_names_a_side_as_the_contract_names_it() -> None:
    act = Words(ja="検査", en="inspection")
    refusal = SideMayNot(act=act, allowed="municipality", side="provider")
    assert refusal.reason("ja") == "検査 は 発注者 側だけができます（送信者: 受注者）。"
    assert refusal.reason("en") == "Only the municipality side may do this: inspection (sent by: provider)."
