"""A document on its way in: every well-formed part by its place, and every name it declares.

Rules that hold between parts are checked on this, so that one misspelt field does not hide what else is wrong. A part
that is not well formed is set aside, but the names it declares still count: nobody is told that a calendar does not
exist because a shift in it is misspelt.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import TypeVar

import msgspec
from pydantic import TypeAdapter, ValidationError

from slm_api.documents.deductions import DeductionRule, FeeTimesAvailability, LateIncrements, PerOccasion
from slm_api.documents.finding import Path
from slm_api.documents.grounds import Ground
from slm_api.documents.hours import WeeklyHours
from slm_api.documents.levels import FaultLevel, Level
from slm_api.documents.parties import Fee, Party
from slm_api.documents.terms import Terms
from slm_api.documents.text import Tree

P = TypeVar("P")

_MENDING_ROUNDS = 50  # a part with more wrong places than this is set aside whole


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The well-formed parts by path, beside the tree as written."""

    tree: Mapping[str, Tree]
    calendars: dict[Path, WeeklyHours]
    levels: dict[Path, Level]
    fault_levels: dict[Path, FaultLevel]
    deductions: dict[Path, LateIncrements | PerOccasion | FeeTimesAvailability]
    grounds: dict[Path, Ground]
    parties: dict[Path, Party]
    fee: Fee | None
    terms: Terms | None

    def declared(self, part: str, name: str) -> list[tuple[Path, str]]:
        """Every name a list of the document declares (`part` "levels", `name` "key"), with its place, as written."""
        return list(_declared(self.tree.get(part), (part,), name))

    def names(self, part: str, name: str) -> set[str]:
        """The names alone."""
        return {value for _, value in self.declared(part, name)}

    def written(self, *path: str | int) -> Tree:
        """What was written at a path, None when nothing."""
        node: Tree = self.tree
        for step in path:
            if isinstance(node, dict) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return node


def drafted(tree: Mapping[str, Tree]) -> Draft:
    """The draft of a tree, however wrong parts of it are."""
    rule: TypeAdapter[LateIncrements | PerOccasion | FeeTimesAvailability] = TypeAdapter(DeductionRule)
    parties = {(side,): salvaged(TypeAdapter(Party), tree.get(side)) for side in ("municipality", "provider")}
    return Draft(
        tree=tree,
        calendars=dict(_each(TypeAdapter(WeeklyHours), tree, "calendars")),
        levels=dict(_each(TypeAdapter(Level), tree, "levels")),
        fault_levels=dict(_each(TypeAdapter(FaultLevel), tree, "fault_levels")),
        deductions=dict(_each(rule, tree, "deductions")),
        grounds=dict(_each(TypeAdapter(Ground), tree, "grounds")),
        parties={path: party for path, party in parties.items() if party is not None},
        fee=salvaged(TypeAdapter(Fee), tree.get("fee")),
        terms=salvaged(TypeAdapter(Terms), tree.get("terms", {})),
    )


def salvaged(adapter: TypeAdapter[P], value: Tree) -> P | None:
    """The part without what is wrong in it; None when nothing is left."""
    value = deepcopy(value)
    for _ in range(_MENDING_ROUNDS):
        try:
            return adapter.validate_python(value)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            place = located(value, first["loc"])
            if not place or first["type"] == "missing":
                place = place[:-1]
            if not place:
                return None
            _remove(value, place)
    return None


def located(tree: Tree, place: tuple[int | str, ...]) -> Path:
    """pydantic's place of an error as a path of the document: without the names of union members and validators."""
    path: list[int | str] = []
    for index, step in enumerate(place):
        inside = isinstance(tree, dict) and step in tree
        at = isinstance(tree, list) and isinstance(step, int) and step < len(tree)
        if inside or at:
            path.append(step)
            tree = tree[step]
        elif index == len(place) - 1 and isinstance(tree, dict) and step != "[key]":
            path.append(step)  # a field that is missing
    return tuple(path)


def _each(adapter: TypeAdapter[P], tree: Mapping[str, Tree], part: str) -> Iterator[tuple[Path, P]]:
    for step, value in _steps(tree.get(part)):
        item = salvaged(adapter, value)
        if item is not None:
            yield (part, step), item


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


def _remove(tree: Tree, path: Path) -> None:
    for step in path[:-1]:
        tree = tree[step]
    del tree[path[-1]]
