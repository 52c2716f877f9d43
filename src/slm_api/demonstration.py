"""The demonstration: a simulated database of its own, filled from the examples that ship with the software."""

from importlib.resources import files
from pathlib import Path

from slm_api.settings import Settings
from slm_journal.embedded import default_data_directory

YEAR = "shimanto-town/year.jsonl"
JOINT_YEAR = "tosa-joint-desk/year.jsonl"
RECOVERY = "jip-base/commands.jsonl"


def demo_settings(settings: Settings) -> Settings:
    """The same settings over the demo's own data directory, whatever database they name."""
    directory = (settings.data_directory or default_data_directory()) / "demo"
    return settings.model_copy(update={"database_url": None, "data_directory": directory})


def example(name: str) -> Path:
    """A file of the examples: from the installed package, or from the checkout. Raises `FileNotFoundError`."""
    package = Path(str(files("slm_api")))
    for folder in (package / "examples", package.parents[1] / "examples"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"the example {name} is not part of this installation")
