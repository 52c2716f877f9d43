"""The processes under torture: started, killed with SIGKILL, started again, and at last asked to end."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from slm_journal.cluster import Cluster
from slm_journal.embedded import running
from slm_journal.programs import installed_programs

PATIENCE = 120  # seconds for a process to come to its end; it takes a few
ENDED_AS_ASKED = (0, -signal.SIGTERM)  # the latter when it was asked before it had begun to listen


class Played:
    """One process in a role."""

    def __init__(self, folder: Path, role: str, number: int) -> None:
        self.role = role
        self._folder, self._number = folder, number
        self._log = folder / f"log-{role}-{number}"
        self.process = self._started()

    def kill(self) -> None:
        """SIGKILL: no chance to finish anything."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def start_again(self) -> None:
        """Begin anew, with what the one before has left."""
        self.process = self._started()

    def ended(self) -> bool:
        """Whether it has come to an end that nobody asked for."""
        return self.process.poll() is not None

    def end(self) -> bool:
        """Ask it to end, and wait; whether it ended as asked."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE) in ENDED_AS_ASKED
        except subprocess.TimeoutExpired:
            self.kill()
            return False

    def said(self) -> str:
        """The last of what it wrote about itself."""
        return self._log.read_text(encoding="utf-8", errors="replace")[-2000:]

    def _started(self) -> "subprocess.Popen[bytes]":
        words = [sys.executable, "-m", "tests.torture.roles", self.role, str(self._folder), str(self._number)]
        with self._log.open("ab") as log:
            return subprocess.Popen(words, stdout=log, stderr=log, env=dict(os.environ))


class Server:
    """PostgreSQL with durable settings, killed and recovered."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "data"
        self._cluster = Cluster(folder=self._data, programs=installed_programs().resolve())
        self._use = running(self._data)
        self.dsn = self._use.__enter__()

    def kill(self) -> None:
        """SIGKILL to the server; its own processes find that out by themselves."""
        self._cluster.kill()

    def start_again(self) -> None:
        """Wait for its recovery. Whoever comes starts it, and it stays for as long as this one user does."""
        with running(self._data):
            pass

    def stop(self) -> None:
        """Leave; the last to leave stops it."""
        self._use.__exit__(None, None, None)
