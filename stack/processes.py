"""Starting, stopping and reaping processes.

Every process gets a session of its own, so that Ctrl-C reaches the launcher alone, which then
stops the others in an order that loses nothing. Every process also carries the stack's folder in
its environment under `MARK`, and so do its descendants: those that escape their group (the
functions emulator's Python workers outlive every kind of stop) are found by it, and so are the
leftovers of a launcher that was killed.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from stack.errors import StackError, Stopped

MARK = "COLONYCRAFT_STACK"

stop_requested = threading.Event()


def stop_on_signals() -> None:
    """Turn SIGINT, SIGTERM and SIGHUP into a request that the loops of the launcher see."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _request_stop)


def _request_stop(_number: int, _frame: object) -> None:
    stop_requested.set()


def pause(duration: float) -> None:
    """Wait a moment; raise Stopped at once when the launcher is asked to stop."""
    if stop_requested.wait(duration):
        raise Stopped


def wait_until(ready: Callable[[], bool], deadline: float, what: str) -> None:
    """Poll until `ready()`; a StackError after `deadline` seconds names what did not come."""
    end = time.monotonic() + deadline
    while not ready():
        if time.monotonic() > end:
            raise StackError(f"{what} was not ready after {deadline:.0f} s.")
        pause(0.05)


@dataclass
class Child:
    """A process of ours in a session of its own, its output in a log file."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: int = signal.SIGTERM
    patience: float = 10
    expected_to_end: bool = field(default=False)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def output(self, lines: int = 25) -> str:
        """The last lines that it wrote."""
        return tail(self.log, lines)

    def signal_group(self, number: int) -> None:
        """Send a signal to the process and everything in its group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)

    def stop(self) -> None:
        """End it: its own signal first, and after its patience SIGKILL to the whole group."""
        self.expected_to_end = True
        if self.alive:
            self.signal_group(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience)
        self.signal_group(signal.SIGKILL)
        self.process.wait()


def start(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    environment: Mapping[str, str],
    folder: Path,
    stop_signal: int = signal.SIGTERM,
    patience: float = 10,
    inherit: Sequence[int] = (),
) -> Child:
    """Start a process whose output goes to `log`; `inherit` are descriptors it keeps open."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = _spawn(command, output, environment, folder, inherit)
    return Child(name, process, log, stop_signal, patience)


def run(
    command: Sequence[str | Path],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    nice: int = 0,
) -> int:
    """Run a command to its end, its output in `log`, and return its exit code.

    Raises Stopped, after ending the command, when the launcher is asked to stop.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    if nice:
        command = ["nice", "-n", str(nice), *command]
    with log.open("ab") as output:
        process = _spawn(command, output, environment or dict(os.environ), folder or Path.cwd())
    child = Child(Path(command[0]).name, process, log)
    try:
        while child.alive:
            pause(0.1)
    finally:
        child.stop()
    return process.returncode


def tail(log: Path, lines: int = 25) -> str:
    """The last lines of a log file."""
    try:
        text = log.read_text(errors="replace")
    except OSError:
        return ""
    return "\n".join(text.rstrip().splitlines()[-lines:])


def reap(mark: Path, patience: float = 3) -> list[str]:
    """End every process that carries the mark, at once when `patience` is 0; return what they
    were."""
    pids = marked(mark)
    names = [_describe(pid) for pid in pids]
    stages = ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0))
    for number, wait in stages if patience else stages[1:]:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)
        end = time.monotonic() + wait
        while pids and time.monotonic() < end:
            time.sleep(0.02)
            pids = [*marked(mark), *(pid for pid in pids if _still_ends(pid))]
        if not pids:
            break
    return names


def marked(mark: Path) -> list[int]:
    """The processes, other than this one, whose environment carries the mark."""
    wanted = f"{MARK}={mark}"
    if sys.platform == "linux":
        found = [
            int(entry.name)
            for entry in Path("/proc").glob("[0-9]*")
            if wanted.encode() in _environment(entry).split(b"\0")
        ]
    else:
        listing = subprocess.run(
            ["ps", "-axEww", "-o", "pid=,command="], capture_output=True, text=True, check=False
        )
        found = [
            int(line.split(None, 1)[0])
            for line in listing.stdout.splitlines()
            if wanted in line.split()
        ]
    return [pid for pid in found if pid != os.getpid()]


def _still_ends(pid: int) -> bool:
    """Whether a thread of it is there. What is killed loses its memory, and the mark with it,
    before its last thread lets go of the ports."""
    if sys.platform != "linux":
        return False
    for thread in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(OSError):
            if thread.read_text().rpartition(")")[2].split()[0] not in "ZX":
                return True
    return False


def _environment(entry: Path) -> bytes:
    # A zombie's environment reads as empty, so what has ended but is not waited for is not found.
    try:
        return (entry / "environ").read_bytes()
    except OSError:
        return b""


def _describe(pid: int) -> str:
    answer = subprocess.run(
        ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return f"{pid} {answer.stdout.strip()[:120]}"


def _spawn(
    command: Sequence[str | Path],
    output: IO[bytes],
    environment: Mapping[str, str],
    folder: Path,
    inherit: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
            pass_fds=tuple(inherit),
        )
    except FileNotFoundError as missing:
        raise StackError(f"{command[0]} is missing.") from missing
