"""How this program is called here: what a person has to type, so that a hint can be copied as it stands."""

import os
import shlex
import shutil
import sys
from pathlib import Path


def typed(arguments: str) -> str:
    """The command with these arguments: `slm` where the search path finds this very program, else its path."""
    return f"{shlex.quote(_program(Path(sys.argv[0])))} {arguments}"


def _program(started: Path) -> str:
    found = shutil.which("slm")
    if started.name != "slm" or (found is not None and Path(found).resolve() == started.resolve()):
        return "slm"
    try:
        return str(Path(os.path.abspath(started)).relative_to(Path.cwd()))  # noqa: PTH100 - keeps symbolic links
    except ValueError:
        return os.path.abspath(started)  # noqa: PTH100 - as above
