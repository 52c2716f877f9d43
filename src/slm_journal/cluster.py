"""One PostgreSQL of our own on this machine: made, started and stopped with the programs of the installed wheel.

The server listens on a Unix socket alone, in a folder that only its own OS user (and root) can enter; that folder is
what keeps others out, and inside it every connection is trusted. What is written is durable (`fsync`,
`synchronous_commit`, `full_page_writes`), whatever the cluster's configuration file says. Its memory follows the size
of what it holds (`buffers`), unless that file says how much it is to be.

Run by root, PostgreSQL refuses to work; so the server then runs as the first of the OS users `slm`, `postgres` and
`nobody` that exists (make a user `slm` to keep it apart from everything else). Only the folders made here are given to
that user. It must be able to reach them: no parent folder's permissions are ever changed.
"""

import hashlib
import logging
import os
import pwd
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import msgspec

from slm_journal.buffers import buffers_for
from slm_journal.errors import EmbeddedFailed
from slm_journal.liveness import lives, nobody_works_in, works_in
from slm_journal.programs import can_reach, version_of

DATABASE_USER = "slm"
LONGEST_SOCKET_DIRECTORY = 90  # bytes; a socket's whole path has 107 at most (Linux; 103 on macOS)
PATIENCE = 24 * 60 * 60  # seconds that a crash recovery or a shutdown may take: it must never be cut short
PRIVATE = 0o700  # only the owner may enter
# What PostgreSQL says while the remains of a killed server (its backends, its process id) are not gone yet.
TRACES_OF_THE_DEAD = ("pre-existing shared memory block", "Is another postmaster")
SERVER_USERS = ("slm", "postgres", "nobody")

log = logging.getLogger("slm.postgresql")


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """A PostgreSQL cluster in a folder of ours: `cluster/` (its files), `socket/`, `server.log`.

    The caller sees to it that no two processes start or stop it at once.
    """

    folder: Path  # absolute
    programs: Path  # of PostgreSQL; the server's OS user can run them
    durable: bool = True  # False only for databases that nobody will miss, as in tests

    @property
    def files(self) -> Path:
        """PostgreSQL's data directory."""
        return self.folder / "cluster"

    @property
    def dsn(self) -> str:
        """How to connect: as `slm` to `postgres`, through the running server's socket."""
        return f"postgresql://{DATABASE_USER}@/postgres?host={quote(str(self.socket_directory()), safe='')}"

    def socket_directory(self) -> Path:
        """Where the socket is: beside the files, or under the temporary directory when that path is too long."""
        beside = self.folder / "socket"
        if len(os.fsencode(beside)) <= LONGEST_SOCKET_DIRECTORY:
            return beside
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        # Not TMPDIR: every process must find the same place. A folder that another user laid there is refused.
        return Path(f"/tmp/slm-{self.owner().pw_uid}-{digest}")  # noqa: S108 - made 0700, and checked

    def owner(self) -> pwd.struct_passwd:
        """The OS user that the server runs as: ours, or, for root, one without privileges."""
        if os.geteuid() != 0:
            return _user(os.geteuid())
        if self.files.exists():
            return _user(self.files.stat().st_uid)
        for name in SERVER_USERS:
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise EmbeddedFailed(f"run by root, PostgreSQL needs one of the OS users {', '.join(SERVER_USERS)}")

    def make(self) -> None:
        """Make the cluster where there is none. An attempt that was interrupted is begun anew.

        Raises:
            EmbeddedFailed: The folder cannot be used or the cluster cannot be made.
        """
        self._check_folder()
        if self.files.exists():
            self._check_version()
            return
        log.info("making a PostgreSQL cluster in %s", self.folder)
        unfinished = self.folder / "cluster.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        _private(unfinished, self.owner())
        options = [f"--pgdata={unfinished}", f"--username={DATABASE_USER}", "--encoding=UTF8", "--locale=C"]
        options += ["--auth=trust", "--no-instructions", "--data-checksums"]
        if not self.durable:
            options.append("--no-sync")
        self._run("initdb", *options)
        unfinished.rename(self.files)

    def is_running(self) -> bool:
        """Whether a server process holds the cluster (it may still be recovering, or already stopping)."""
        pid = self.server_pid()
        return pid is not None and lives(pid) and works_in(pid, self.files) is not False

    def is_ready(self) -> bool:
        """Whether the running server says that it takes connections."""
        return self._pid_file()[7:8] in (["ready"], ["standby"])

    def server_pid(self) -> int | None:
        """The process id that `postmaster.pid` names; None without such a file."""
        first = self._pid_file()[:1]
        return int(first[0]) if first and first[0].isdigit() else None

    def start(self) -> None:
        """Start the server and wait until it takes connections, however long it recovers from a crash.

        Raises:
            EmbeddedFailed: It does not start; the last lines of its log are in the message.
        """
        _private(self.socket_directory(), self.owner())
        logfile = self.folder / "server.log"
        logfile.touch(mode=0o600)
        self._give(logfile)
        settings, buffers = self._settings(), buffers_for(self.files, self.programs)
        deadline = time.monotonic() + 60
        while True:
            self._forget_the_dead()
            sized = settings if buffers is None else settings | {"shared_buffers": str(buffers)}
            options = shlex.join(part for name, value in sized.items() for part in ("-c", f"{name}={value}"))
            begun = logfile.stat().st_size
            try:
                self._run("pg_ctl", "start", "-D", str(self.files), "-l", str(logfile), "-o", options, *_waiting())
            except EmbeddedFailed as failure:
                said = _tail(logfile, begun)
                if any(trace in said for trace in TRACES_OF_THE_DEAD) and time.monotonic() < deadline:
                    time.sleep(0.1)
                    continue
                if buffers is not None:  # perhaps the machine does not let one process have so much
                    log.warning("it does not start with %s pages of memory, now with as many as configured", buffers)
                    buffers = None
                    continue
                raise EmbeddedFailed(f"it does not start: {said or failure}") from failure
            return

    def stop(self) -> None:
        """Stop the server, letting it write a last checkpoint. Connections that are still open are closed."""
        if not self.is_running():
            return
        try:
            self._run("pg_ctl", "stop", "-D", str(self.files), "-m", "fast", *_waiting())
        except EmbeddedFailed:
            if self.is_running():
                raise
            log.warning("PostgreSQL was killed while it stopped; the next start recovers what was committed")

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Kill the server, as a power cut would: for trying out recovery."""
        pid = self.server_pid()
        if pid is not None:
            os.kill(pid, how)

    def _forget_the_dead(self) -> None:
        """Remove what a killed server wrote about itself, once no process works in its files any more.

        PostgreSQL looks only at whether the process id that was written down lives: it would take for a server an ended
        process that nobody has noticed yet, or, after a restart of the machine or a container, whatever has that id
        now. Its own backends, which outlive it for a moment, are waited for.
        """
        if self.server_pid() is not None and nobody_works_in(self.files, uid=self.owner().pw_uid):
            (self.files / "postmaster.pid").unlink()
            (self.socket_directory() / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _pid_file(self) -> list[str]:
        try:
            return [line.strip() for line in (self.files / "postmaster.pid").read_text().splitlines()]
        except FileNotFoundError:
            return []

    def _settings(self) -> dict[str, str]:
        durable = "on" if self.durable else "off"
        return {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_directory()),
            "unix_socket_permissions": "0700",
            "fsync": durable,
            "synchronous_commit": durable,
            "full_page_writes": durable,
            "timezone": "UTC",
            "log_timezone": "UTC",
            "jit": "off",
        }

    def _check_folder(self) -> None:
        if not os.access(self.folder, os.W_OK | os.X_OK):
            raise EmbeddedFailed(f"the data directory {self.folder} belongs to another user; set SLM_DATA_DIRECTORY")
        if os.geteuid() == 0:
            self._check_reach()

    def _check_reach(self) -> None:
        if not can_reach(self.owner(), self.folder):
            raise EmbeddedFailed(
                f"root runs PostgreSQL as the OS user {self.owner().pw_name}, which cannot reach the data directory "
                f"{self.folder}: set SLM_DATA_DIRECTORY to a place that it can reach, or run as an ordinary user"
            )

    def _check_version(self) -> None:
        try:
            found = (self.files / "PG_VERSION").read_text().strip()
        except OSError as failure:
            raise EmbeddedFailed(f"{self.files} is not readable as a cluster: {failure.strerror}") from failure
        installed = version_of(self.programs)
        if found != installed.partition(".")[0]:
            raise EmbeddedFailed(f"{self.files} was made by PostgreSQL {found}, but the installed one is {installed}")

    def _give(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self.owner().pw_uid, self.owner().pw_gid)

    def _run(self, program: str, *arguments: str) -> None:
        """Run a PostgreSQL program as the cluster's owner, in no terminal and with no pipe a server could inherit."""
        command = [str(self.programs / program), *arguments]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        with tempfile.TemporaryFile() as complaints:
            owner = self.owner() if os.geteuid() == 0 else None
            try:
                with subprocess.Popen(  # noqa: S603 - a program of the installed wheel, with arguments made here
                    command,
                    cwd=self.folder,
                    env=environment,
                    start_new_session=True,  # Ctrl-C in a terminal is for us, not for the server
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=complaints,
                    user=owner.pw_uid if owner else None,
                    group=owner.pw_gid if owner else None,
                    extra_groups=[] if owner else None,
                ) as running:
                    code = _wait(running, program)
            except OSError as failure:
                raise EmbeddedFailed(f"{command[0]} cannot be run: {failure.strerror}") from failure
            if code != 0:
                complaints.seek(0)
                raise EmbeddedFailed(f"{program}: {complaints.read().decode(errors='replace').strip()}")


def _waiting() -> tuple[str, ...]:
    return ("-w", "-s", "-t", str(PATIENCE))


def _wait(running: subprocess.Popen[bytes], program: str) -> int:
    told_after = 5.0
    while True:
        try:
            return running.wait(told_after)
        except subprocess.TimeoutExpired:
            log.warning("%s is still at work (after a crash, PostgreSQL first recovers what was committed)", program)
            told_after = min(told_after * 2, 60)


def _private(folder: Path, owner: pwd.struct_passwd) -> None:
    """Make a folder that its owner alone can enter; refuse one that somebody else laid there."""
    try:
        folder.mkdir(mode=PRIVATE)
        if os.geteuid() == 0:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.pw_uid or stat.S_IMODE(found.st_mode) != PRIVATE:
            raise EmbeddedFailed(f"{folder} is not a private folder of the OS user {owner.pw_name}") from None


def _user(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedFailed(f"PostgreSQL needs an OS user with a name, and {uid} has none in the user list") from None


def _tail(logfile: Path, begun: int) -> str:
    with logfile.open("rb") as text:
        text.seek(begun)
        return "\n".join(text.read().decode(errors="replace").splitlines()[-12:])
