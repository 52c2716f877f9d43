"""The embedded database: one PostgreSQL per data directory, shared by every process that uses it.

The first to come starts it, others attach to it, and the last to leave stops it. Who uses it is known by shared locks
(`flock`) on one file, which the operating system releases however a process ends: a server whose owner was killed goes
on running, the next to come attaches to it, and the last of those stops it. A server that was killed is started again
by the next to come, which waits until PostgreSQL has recovered what was committed.

Coming and leaving take a second lock, so that nobody attaches to a server that is being stopped.
"""

import asyncio
import fcntl
import logging
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import msgspec

from slm_journal.cluster import Cluster
from slm_journal.errors import EmbeddedFailed
from slm_journal.programs import installed_programs, within_reach

log = logging.getLogger("slm.postgresql")


def default_data_directory() -> Path:
    """`SLM_DATA_DIRECTORY`, or `/var/lib/slm` for root, or `slm` in the user's XDG data folder."""
    chosen = os.environ.get("SLM_DATA_DIRECTORY")
    if chosen:
        return Path(chosen).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/slm")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "slm"


@asynccontextmanager
async def embedded(data_directory: Path | None = None) -> AsyncIterator[str]:
    """Use the embedded database of a data directory: `async with embedded() as dsn`.

    Raises:
        EmbeddedFailed: It cannot be made, started or reached; the message says what would mend it.
    """
    use = running(data_directory or default_data_directory())
    dsn = await asyncio.to_thread(use.__enter__)
    try:
        yield dsn
    finally:
        await asyncio.to_thread(use.__exit__, None, None, None)


@contextmanager
def running(data_directory: Path, *, programs: Path | None = None, durable: bool = True) -> Iterator[str]:
    """The same for code without an event loop; gives the DSN.

    `programs` takes another PostgreSQL than the installed wheel's; `durable=False` is for databases nobody will miss.
    """
    folder = data_directory.expanduser().resolve()
    cluster = Cluster(folder=folder, programs=(programs or installed_programs()).resolve(), durable=durable)
    try:
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o711)  # root's server runs as another user, who passes through
        users = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as failure:
        raise EmbeddedFailed(f"the data directory {folder}: {failure.strerror}; set SLM_DATA_DIRECTORY") from failure
    try:
        with _alone(folder):
            fcntl.flock(users, fcntl.LOCK_SH)
            if os.geteuid() == 0:
                within = within_reach(cluster.owner(), cluster.programs, folder)
                cluster = msgspec.structs.replace(cluster, programs=within)
            _attach(cluster)
        try:
            yield cluster.dsn
        finally:
            with _alone(folder):
                _leave(cluster, users)
    finally:
        os.close(users)


def _attach(cluster: Cluster) -> None:
    cluster.make()
    while cluster.is_running() and not cluster.is_ready():  # whoever started or stopped it was killed meanwhile
        time.sleep(0.05)
    if not cluster.is_running():
        if cluster.server_pid() is not None:
            log.warning("PostgreSQL was not stopped the last time; it recovers what was committed")
        cluster.start()


def _leave(cluster: Cluster, users: int) -> None:
    fcntl.flock(users, fcntl.LOCK_UN)
    with suppress(BlockingIOError):  # others still use it: the last of them stops it
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        cluster.stop()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock under which processes come and leave, one at a time."""
    lock = os.open(folder / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
