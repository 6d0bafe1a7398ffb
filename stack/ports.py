"""The port numbers of a stack, and who holds one that is taken.

`make dev` has fixed ones from 5050. Every other stack takes a block of sixteen between 20000 and
30000: below the range from which systems give out ports for outgoing connections, and outside
8081 to 9080, where the functions emulator puts its Python workers. A block is held by a lock on
a file, so that two stacks that start at once never choose the same.
"""

import contextlib
import fcntl
import shutil
import socket
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stack.errors import StackError
from stack.layout import cache

HOST = "127.0.0.1"
DEV_BASE = 5050
_BLOCK = 16
_FIRST, _LAST = 20000, 30000


@dataclass(frozen=True)
class Ports:
    """One stack's ports, counted from its base."""

    base: int

    @property
    def web(self) -> int:
        """The Hosting emulator: the address that a person opens."""
        return self.base

    @property
    def functions(self) -> int:
        """The gunicorn process that serves all functions."""
        return self.base + 1

    @property
    def functions_emulator(self) -> int:
        """The functions emulator, which the Tasks emulator needs beside it."""
        return self.base + 2

    @property
    def firestore(self) -> int:
        """Firestore."""
        return self.base + 3

    @property
    def auth(self) -> int:
        """Firebase Auth."""
        return self.base + 4

    @property
    def storage(self) -> int:
        """Cloud Storage."""
        return self.base + 5

    @property
    def tasks(self) -> int:
        """Cloud Tasks."""
        return self.base + 6

    @property
    def eventarc(self) -> int:
        """Eventarc, which comes with the functions emulator."""
        return self.base + 7

    @property
    def hub(self) -> int:
        """The hub of the emulators, which exports their data."""
        return self.base + 8

    @property
    def logging(self) -> int:
        """The emulators' log stream."""
        return self.base + 9

    @property
    def firestore_websocket(self) -> int:
        """Where Firestore tells the emulators' own interface about requests."""
        return self.base + 12

    @property
    def ollama(self) -> int:
        """The model server, where the stack starts one."""
        return self.base + 13

    @property
    def provider(self) -> int:
        """Closed, unless a test opens it: the paid providers' address in stacks for tests."""
        return self.base + 14

    def named(self) -> dict[str, int]:
        """Every port that is opened, with the word for it in messages."""
        return {
            "the web app": self.web,
            "the functions": self.functions,
            "the functions emulator": self.functions_emulator,
            "Firestore": self.firestore,
            "Auth": self.auth,
            "Storage": self.storage,
            "Tasks": self.tasks,
            "Eventarc": self.eventarc,
            "the emulators' hub": self.hub,
            "the emulators' log": self.logging,
            "Firestore's websocket": self.firestore_websocket,
        }


def is_free(port: int) -> bool:
    """Whether a server could listen on the port of this machine's own address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def require_free(ports: Ports) -> None:
    """Raise a StackError that names each taken port, its holder, and what to do."""
    taken = {name: port for name, port in ports.named().items() if not is_free(port)}
    if not taken:
        return
    lines = [
        f"Port {port}, wanted for {name}, is taken by {holder(port)}."
        for name, port in taken.items()
    ]
    lines.append("Stop what holds it, or move all ports of make dev: make dev PORT=6050")
    raise StackError("\n".join(lines))


@contextmanager
def free_block() -> Generator[Ports]:
    """Hold sixteen ports that nothing listens on, for as long as the context lasts."""
    folder = cache() / "ports"
    folder.mkdir(exist_ok=True)
    for base in range(_FIRST, _LAST, _BLOCK):
        with (folder / str(base)).open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            ports = Ports(base)
            if all(is_free(base + offset) for offset in range(_BLOCK)):
                yield ports
                return
    raise StackError(f"No sixteen free ports in a row between {_FIRST} and {_LAST}.")


def holder(port: int) -> str:
    """Who listens on the port: `node (process 4711)`, as far as the system tells."""
    pid = _listener_by_proc(port) or _listener_by_lsof(port)
    if pid is None:
        return "another process (this user may not see which)"
    return f"{_command(pid)} (process {pid})"


def _listener_by_proc(port: int) -> int | None:
    inodes: set[str] = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with contextlib.suppress(OSError):
            for line in Path(table).read_text().splitlines()[1:]:
                fields = line.split()
                listening = fields[3] == "0A"
                if listening and int(fields[1].rsplit(":", 1)[1], 16) == port:
                    inodes.add(f"socket:[{fields[9]}]")
    if not inodes:
        return None
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            for descriptor in (process / "fd").iterdir():
                if str(descriptor.readlink()) in inodes:
                    return int(process.name)
    return None


def _listener_by_lsof(port: int) -> int | None:
    if not shutil.which("lsof"):
        return None
    answer = subprocess.run(
        ["lsof", "-nP", "-t", f"-iTCP:{port}", "-sTCP:LISTEN"],
        capture_output=True,
        text=True,
        check=False,
    )
    first = answer.stdout.split()
    return int(first[0]) if first else None


def _command(pid: int) -> str:
    answer = subprocess.run(
        ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    words = answer.stdout.split()
    if not words:
        return "a process"
    name = Path(words[0]).name
    script = next((Path(word).name for word in words[1:] if not word.startswith("-")), "")
    return f"{name} {script}".strip()
