"""A document on its way in: every well-formed part by its place, and every name it declares.

Rules that hold between parts are checked on this, so that one misspelt field does not hide what else is wrong. A part
that is not well formed is set aside, but the names it declares still count: nobody is told that a calendar does not
exist because a shift in it is misspelt.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import TypeVar

import msgspec
from pydantic import TypeAdapter, ValidationError

from slm_api.documents.finding import Path
from slm_api.documents.grounds import Ground
from slm_api.documents.hours import WeeklyHours
from slm_api.documents.levels import Level, Scale
from slm_api.documents.money import (
    Bonus,
    DeductionRule,
    FeeTimesAvailability,
    LateIncrements,
    PerOccasion,
    RepeatBreach,
    Tiers,
)
from slm_api.documents.parties import Organisation
from slm_api.documents.written import Tree

P = TypeVar("P")

Rule = LateIncrements | PerOccasion | FeeTimesAvailability | Tiers | RepeatBreach

_MENDING_ROUNDS = 100  # a part that takes more than this to mend is set aside whole
_STAND_INS: tuple[Tree, ...] = ({"ja": "-", "en": "-"}, "x")  # for a missing name or sentence, and a missing code


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The well-formed parts by path, beside the tree as written."""

    tree: Mapping[str, Tree]
    calendars: dict[Path, WeeklyHours]
    levels: dict[Path, Level]
    deductions: dict[Path, Rule]
    bonuses: dict[Path, Bonus]
    scales: dict[Path, Scale]
    organisations: dict[Path, Organisation]  # those of the municipality
    grounds: dict[Path, Ground]

    def declared(self, part: str, name: str) -> list[tuple[Path, str]]:
        """Every name a list of the document declares (`part` "levels", `name` "key"), with its place, as written."""
        return list(_declared(self.tree.get(part), (part,), name))

    def names(self, part: str, name: str) -> set[str]:
        """The names alone."""
        return {value for _, value in self.declared(part, name)}

    def written(self, *path: str | int) -> Tree:
        """What was written at a path, None when nothing."""
        return at(self.tree, path)


def drafted(tree: Mapping[str, Tree]) -> Draft:
    """The draft of a tree, however wrong parts of it are."""
    rule: TypeAdapter[Rule] = TypeAdapter(DeductionRule)
    return Draft(
        tree=tree,
        calendars=dict(_each(TypeAdapter(WeeklyHours), tree, "calendars")),
        levels=dict(_each(TypeAdapter(Level), tree, "levels")),
        deductions=dict(_each(rule, tree, "deductions")),
        bonuses=dict(_each(TypeAdapter(Bonus), tree, "bonuses")),
        scales=dict(_each(TypeAdapter(Scale), tree, "scales")),
        organisations=dict(_each(TypeAdapter(Organisation), tree, "municipality", "organisations")),
        grounds=dict(_each(TypeAdapter(Ground), tree, "grounds")),
    )


def salvaged(adapter: TypeAdapter[P], value: Tree) -> P | None:
    """The part with what is wrong left out, and a stand-in for missing words; None when that is not enough."""
    value = deepcopy(value)
    stood_in: Counter[Path] = Counter()
    for _ in range(_MENDING_ROUNDS):
        try:
            return adapter.validate_python(value)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = located(value, first["loc"])
        if first["type"] == "missing" and stood_in[place] < len(_STAND_INS):
            around = at(value, place[:-1])
            around[place[-1]] = deepcopy(_STAND_INS[stood_in[place]])
            stood_in[place] += 1
            continue
        if first["type"] == "missing":
            place = place[:-1]
        if not place:
            return None
        del at(value, place[:-1])[place[-1]]
    return None


def at(tree: Tree, path: Path) -> Tree:
    """What stands at a path; None when nothing does."""
    for step in path:
        if isinstance(tree, dict):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            return None
    return tree


def located(tree: Tree, place: tuple[int | str, ...]) -> Path:
    """pydantic's place of an error as a path of the document: without the names of union members and validators.

    Before a field of a deduction it names the deduction's rule, which may also be the name of a field ("tiers").
    """
    path: list[int | str] = []
    named = False  # whether the rule of the part that we stand in was passed over
    for index, step in enumerate(place):
        if not named and isinstance(tree, dict) and tree.get("rule") == step:
            named = True
            continue
        inside = isinstance(tree, dict) and step in tree
        if inside or (isinstance(tree, list) and isinstance(step, int) and step < len(tree)):
            path.append(step)
            tree, named = tree[step], False
        elif index == len(place) - 1 and isinstance(tree, dict) and step != "[key]":
            path.append(step)  # a field that is missing
    return tuple(path)


def _each(adapter: TypeAdapter[P], tree: Mapping[str, Tree], *part: str) -> Iterator[tuple[Path, P]]:
    for step, value in _steps(at(tree, part)):
        item = salvaged(adapter, value)
        if item is not None:
            yield (*part, step), item


def _steps(node: Tree) -> Iterator[tuple[str | int, Tree]]:
    if isinstance(node, list):
        yield from enumerate(node)
    elif isinstance(node, dict):
        yield from node.items()


def _declared(node: Tree, path: Path, name: str) -> Iterator[tuple[Path, str]]:
    for step, item in _steps(node):
        value = item.get(name) if isinstance(item, dict) else None
        if isinstance(value, str):
            yield (*path, step, name), value
