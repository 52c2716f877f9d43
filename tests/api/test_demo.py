"""The demonstration: from nothing to the officer's view, and the same again."""

from pathlib import Path

from tests.api.test_command_line import slm


def test_the_demo_shows_the_same_every_time_it_runs(short_directory: Path) -> None:
    first, again = (slm("", "demo", SLM_DATA_DIRECTORY=str(short_directory / "demo")) for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert again.returncode == 0, again.stderr
    for shown in ("315 / 453", "346 / 453", "450 / 453", "令和7年度", "ＳＬＡチェックシート", "slm serve --demo"):
        assert shown in first.stdout
    assert _figures(first.stdout) == _figures(again.stdout)


def _figures(output: str) -> list[str]:
    """All but the line that says how many commands were new."""
    return [line for line in output.splitlines() if not line.startswith("記録 ")]
