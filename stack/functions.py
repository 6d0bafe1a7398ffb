"""The functions: one gunicorn process that serves functions/main.py, replaced when code changes.

The launcher holds the listening socket and hands it to each gunicorn, so that a replacement loses
no request: the new process takes over once it has imported main.py, and the old one finishes what
it is answering. Code that does not import leaves the old process in place.
"""

import json
import os
import socket
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from stack import console, processes
from stack.errors import StackError
from stack.layout import FUNCTIONS, VENV
from stack.ports import HOST

_DRAIN = 30
# Seconds that a connection is kept: longer than clients do, or one asks on what is being closed.
_KEPT = 65


class Functions:
    """The running functions of a stack.

    `settings()` gives the environment, read anew for each process: it raises StackError for a
    file of settings that cannot be read.
    """

    def __init__(self, port: int, folder: Path, settings: Callable[[], Mapping[str, str]]) -> None:
        self._folder = folder
        self._settings = settings
        self._address = f"http://{HOST}:{port}"
        self._count = 0
        self._current: processes.Child | None = None
        self._next: processes.Child | None = None
        self._draining: list[processes.Child] = []
        self._again = False
        self._begun = 0.0
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((HOST, port))
        self._socket.listen(2048)

    @property
    def serving(self) -> bool:
        """Whether a process has imported main.py and answers."""
        return self._current is not None

    def replace(self) -> None:
        """Start a new process from the code and settings as they are now; `tick` follows it."""
        if self._next is not None:
            self._again = True
            return
        try:
            settings = dict(self._settings())
        except StackError as wrong:
            console.warn(f"functions: {wrong}\n    {self._consequence()}")
            return
        self._begun = time.monotonic()
        self._count += 1
        self._ready.unlink(missing_ok=True)
        threads = settings.get("THREADS", "80")
        options = ["--worker-class", "gthread", "--workers", "1", "--threads", threads]
        unlimited = ["--timeout", "0", "--graceful-timeout", str(_DRAIN), "--no-control-socket"]
        unlimited += ["--keep-alive", str(_KEPT)]
        config = Path(__file__).with_name("gunicorn_ready.py")
        bind = ["--bind", f"fd://{self._socket.fileno()}", "--config", config]
        self._next = processes.start(
            "the functions",
            [VENV / "bin" / "gunicorn", *options, *unlimited, *bind, "serve:app"],
            log=self._log,
            environment=settings | {"COLONYCRAFT_READY": str(self._ready)},
            folder=FUNCTIONS,
            patience=5,
            inherit=[self._socket.fileno()],
        )

    def tick(self) -> None:
        """Follow a starting process, finish old ones; StackError when the serving one has died."""
        self._draining = [child for child in self._draining if child.alive]
        if self._next is not None:
            if self._ready.exists():
                self._take_over(self._next)
            elif not self._next.alive:
                self._next.stop()
                console.warn(
                    f"functions do not start:\n{_cause(self._log)}\n    {self._consequence()}"
                )
                self._next = None
            if self._next is None and self._again:
                self._again = False
                self.replace()
        elif self._current is not None and not self._current.alive:
            raise StackError(
                f"The functions ended by themselves; the end of {self._log}:\n"
                f"{processes.tail(self._log)}"
            )

    @property
    def starting(self) -> bool:
        """Whether a process has been started of which it is not known yet if it will serve."""
        return self._next is not None

    def triggers(self) -> dict[str, str]:
        """The kind of trigger of each function, by name."""
        with urllib.request.urlopen(f"{self._address}/__/functions", timeout=10) as answer:
            return json.load(answer)

    def stop(self) -> None:
        """End all processes; what they answer gets a few seconds."""
        for child in (self._next, self._current, *self._draining):
            if child is not None:
                child.stop()
        self._socket.close()

    def _take_over(self, child: processes.Child) -> None:
        if self._current is not None:
            self._current.expected_to_end = True
            os.kill(self._current.process.pid, self._current.stop_signal)
            self._draining.append(self._current)
            console.say(
                f"  ↻ functions restarted ({console.seconds(time.monotonic() - self._begun)})"
            )
        self._current, self._next = child, None

    def _consequence(self) -> str:
        if self._current is None:
            return "Nothing is served until that is put right."
        return "The functions from before the edit go on."

    @property
    def _ready(self) -> Path:
        return self._folder / "tmp" / f"functions-{self._count}.ready"

    @property
    def _log(self) -> Path:
        return self._folder / "logs" / "functions.log"


def _cause(log: Path) -> str:
    """The traceback of a failed import, without gunicorn's own part of it."""
    lines = processes.tail(log, 60).splitlines()
    starts = [n for n, line in enumerate(lines) if line.startswith("Traceback")]
    if not starts:
        return "\n".join(lines[-12:])
    trace = lines[starts[-1] :]
    own = (n for n, line in enumerate(trace) if f"{FUNCTIONS}/" in line and f"{VENV}/" not in line)
    first_own = next(own, 1)
    end = next((n for n, line in enumerate(trace) if n and line.startswith("[")), len(trace))
    return "\n".join(f"    {line}" for line in trace[first_own:end])
