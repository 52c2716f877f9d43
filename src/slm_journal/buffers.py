"""How much memory our own server keeps pages in: enough for its record, up to a quarter of what the machine has.

A journal's entries lie between those of all others, so reading one from first to last touches about a page for each
entry. A page that is not in the server's buffers costs about as much as all else of reading it (docs/scale.md). A
quarter of the memory is what PostgreSQL's manual advises; a small record takes no more than PostgreSQL takes by itself.
"""

import os
import subprocess
from pathlib import Path

BLOCK = 8192  # bytes of a page
BY_ITSELF = 128 * 1024 * 1024 // BLOCK  # pages; what PostgreSQL writes into the configuration of a new cluster
SHARE = 4
ROOM = 2  # times the files there are: they grow until the next start
# What a container may use, by either version of control groups.
LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def buffers_for(files: Path, programs: Path) -> int | None:
    """The pages that the server of this cluster is to keep; None to leave it at what the configuration says.

    Whoever wrote another size into the configuration meant it.
    """
    if _configured(files, programs) != BY_ITSELF:
        return None
    wanted = min(ROOM * _size_of(files / "base"), memory() // SHARE) // BLOCK
    return wanted if wanted > BY_ITSELF else None


def memory() -> int:
    """The bytes of memory that the machine has, or the container that we run in."""
    found = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for limit in LIMITS:
        try:
            said = limit.read_text().strip()
        except OSError:
            continue  # another version of control groups, or none
        if said.isdigit():
            found = min(found, int(said))
    return found


def _configured(files: Path, programs: Path) -> int | None:
    """The pages that the configuration asks for; None where it cannot be read, which the server's start will tell."""
    asked = subprocess.run(  # noqa: S603 - a program of the installed wheel; root may ask it if the question comes first
        [programs / "postgres", "-C", "shared_buffers", "-D", files], check=False, capture_output=True, text=True
    )
    said = asked.stdout.strip()
    return int(said) if said.isdigit() else None


def _size_of(folder: Path) -> int:
    return sum((Path(place) / name).stat().st_size for place, _, names in os.walk(folder) for name in names)
