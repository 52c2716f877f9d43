"""The catalogue in docs says what the code says."""

from slm_domain.codec import EVENTS
from slm_domain.commands.intake import COMMANDS
from tests.domain.catalogue import PAGE, catalogue, refusals


def test_the_catalogue_in_docs_is_the_one_that_the_code_gives() -> None:
    assert PAGE.read_text(encoding="utf-8") == catalogue(), "write it again: python -m tests.domain.catalogue"


def test_the_catalogue_names_every_event_command_and_refusal_once() -> None:
    lines = catalogue().splitlines()
    for name in [*EVENTS, *COMMANDS, *(kind.KIND for kind in refusals())]:
        assert len([line for line in lines if line.startswith(f"| `{name}` |")]) == 1, name


def test_everything_in_the_catalogue_has_a_meaning() -> None:
    for kind in [*EVENTS.values(), *COMMANDS.values(), *refusals()]:
        meaning = (kind.__doc__ or "").partition("\n")[0]
        assert meaning, kind.__name__
        assert not meaning.startswith(f"{kind.__name__}("), f"{kind.__name__} has no docstring of its own"
