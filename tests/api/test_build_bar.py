"""How far a build is, is shown stage by stage, on a terminal only."""

import io

from rich.console import Console

from projections.engine import Progress
from projections.engine.rebuild import Stage
from slm_api.cli.build_bar import BuildBar
from slm_api.cli.screen import Screen


def shown(*told: tuple[Stage, int], terminal: bool = True) -> tuple[BuildBar, str]:
    """A bar after it was told these of 42 entries, and what stood on the screen last."""
    screen, text = Screen("en"), io.StringIO()
    screen.error = Console(file=text, force_terminal=terminal, width=120, _environ={})
    bar = BuildBar(screen)
    with bar:
        for stage, entries in told:
            bar.tell(Progress(stage=stage, entries=entries, total=42))
    return bar, text.getvalue()


def test_nothing_is_shown_where_nothing_is_built() -> None:
    assert "reading" not in shown()[1]
    assert "0%" not in shown()[1]


def test_nothing_is_shown_where_errors_go_to_a_file() -> None:
    assert shown(("reading", 0), ("reading", 40), terminal=False)[1] == ""


def test_what_was_read_is_counted_and_what_is_compared_is_counted_from_nought() -> None:
    bar, text = shown(("reading", 0), ("reading", 42), ("verifying", 0), ("verifying", 21))
    (task,) = bar._bar.tasks
    assert (task.completed, task.total, task.description) == (21, 42, "comparing with the record")
    assert "21/42" in text


def test_no_share_is_claimed_of_stages_that_nobody_counts() -> None:
    for stage in ("indexing", "catching up", "comparing"):
        bar, text = shown(("reading", 42), (stage, 42))
        (task,) = bar._bar.tasks
        assert (task.completed, task.total) == (0, None)
        assert text.rstrip().count("100%") == 0
