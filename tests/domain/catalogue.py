"""The catalogue of commands, events and refusals, written from the code: `python -m tests.domain.catalogue`."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import slm_domain
from slm_domain import (
    aggregate,
    clock_events,
    contract,
    exemptions,
    incident_events,
    review,
    service_level,
    unmeasured_events,
)
from slm_domain.codec import EVENTS
from slm_domain.commands.intake import COMMANDS
from slm_domain.refusal import Refusal

PAGE = Path(__file__).parents[2] / "docs" / "events.md"

HOMES = {
    contract.__name__: "Contract",
    unmeasured_events.__name__: "Contract",
    service_level.__name__: "ServiceLevel",
    exemptions.__name__: "ServiceLevel",
    incident_events.__name__: "Incident",
    clock_events.__name__: "Incident",
    review.__name__: "Review",
    aggregate.__name__: "any",
}


def refusals() -> list[type[Refusal]]:
    """Every refusal of the domain, wherever in it, by name."""
    for module in pkgutil.walk_packages(slm_domain.__path__, "slm_domain."):
        importlib.import_module(module.name)
    found = [kind for kind in Refusal.__subclasses__() if kind.__module__.startswith("slm_domain.")]
    return sorted(found, key=lambda kind: kind.KIND)


def catalogue() -> str:
    """The page as it should stand in docs."""
    events = sorted(EVENTS.values(), key=lambda kind: (list(HOMES).index(kind.__module__), kind.NAME))
    return "\n".join(
        [
            "# Events, commands, refusals",
            "",
            "Written from the code by `python -m tests.domain.catalogue`; a test keeps it true.",
            "",
            "## Events",
            "",
            "What can happen, by the name under which it is stored. Names never change. An erasable event is free",
            "text: no figure, state or refusal depends on it.",
            "",
            *_table(
                ("stored name", "happens to", "meaning", "erasable"),
                (
                    (f"`{kind.NAME}`", HOMES[kind.__module__], _meaning(kind), "yes" if kind.ERASABLE else "")
                    for kind in events
                ),
            ),
            "",
            "## Commands",
            "",
            "What can be asked for. Every command names its contract and who sends it for which side; it may carry a",
            "key (safe to send twice) and say when it was so (`occurred_at`).",
            "",
            *_table(
                ("command", "meaning", "its own fields (in brackets: may be left out)"),
                ((f"`{name}`", _meaning(kind), _fields(kind)) for name, kind in COMMANDS.items()),
            ),
            "",
            "## Refusals",
            "",
            "What a rule does not allow. Nothing is recorded; the answer says in both languages what is wrong and how",
            "to mend it.",
            "",
            *_table(
                ("refusal", "rule", "source"),
                ((f"`{kind.KIND}`", _meaning(kind), kind.SOURCE) for kind in refusals()),
            ),
            "",
        ]
    )


def _meaning(kind: type) -> str:
    return (inspect.getdoc(kind) or "").split("\n\n")[0].replace("\n", " ")


def _fields(kind: type) -> str:
    own = [
        name if parameter.default is inspect.Parameter.empty else f"[{name}]"
        for name, parameter in inspect.signature(kind).parameters.items()
        if name not in {"contract", "by", "key", "at", "occurred_at"}
    ]
    return ", ".join(own)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |".replace("|  |", "| |")


if __name__ == "__main__":
    PAGE.write_text(catalogue(), encoding="utf-8")
