"""A hint can be typed as it stands, from where the person is."""

from pathlib import Path

import pytest

from slm_api.cli.typed import typed


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "checkout" / ".venv" / "bin" / "slm"
    file.parent.mkdir(parents=True)
    file.touch(mode=0o755)
    monkeypatch.setattr("sys.argv", [str(file)])
    monkeypatch.setenv("PATH", "")
    return file


def test_a_program_below_the_folder_one_is_in_is_called_by_its_way_from_there(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(program.parents[2])
    assert typed("status --demo") == ".venv/bin/slm status --demo"


def test_a_program_elsewhere_is_called_by_its_whole_path(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere := tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(elsewhere)
    assert typed("status") == f"{program} status"


def test_a_program_on_the_search_path_is_called_by_its_name(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(program.parent))
    assert typed("status") == "slm status"
