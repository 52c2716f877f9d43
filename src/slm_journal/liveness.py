"""Which processes of this machine live, and which of them work in a folder, as far as /proc can tell (Linux)."""

import os
from pathlib import Path

PROC = Path("/proc")


def lives(pid: int) -> bool:
    """Whether there is such a process, and not only the remains of one that nobody has noticed yet (state Z)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it is somebody else's
    try:
        return not (PROC / str(pid) / "stat").read_text().rpartition(")")[2].lstrip().startswith("Z")
    except OSError:
        return True


def works_in(pid: int, folder: Path) -> bool | None:
    """Whether the folder is the process's current one; None when that cannot be known."""
    try:
        return (PROC / str(pid) / "cwd").readlink() == folder
    except FileNotFoundError:
        return False if (PROC / "self").exists() else None
    except OSError:
        return None


def nobody_works_in(folder: Path, *, uid: int) -> bool:
    """Whether it is certain that no process of an OS user has the folder as its current one."""
    for process in PROC.glob("[0-9]*"):
        try:
            suspect = process.stat().st_uid == uid
        except FileNotFoundError:
            continue  # it has ended since
        if suspect and works_in(int(process.name), folder) is not False:
            return False
    return (PROC / "self").exists()
