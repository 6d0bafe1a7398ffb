"""Processes that carry out one turn each, and can be met at each of its writes.

Run as a script it imports everything once and forks a child for each line on its input,
`{"request": ..., "uid": ..., "gate": [number, "before" | "after"]}`. A child that reaches its gate
says `gate` and waits there for a byte; `done` says that the turn is over. Files of its own carry
both, since signals are about to hit it.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Gate:
    """The write number `number` (from 1), before it is sent or after it has been written."""

    number: int
    when: str


@dataclass
class Child:
    """A process that carries out a turn."""

    pid: int
    said: Any
    go_on: int

    def next_word(self) -> str:
        """`gate`, `done`, or "" when the process is gone."""
        return self.said.readline().strip()

    def pass_gate(self) -> None:
        os.write(self.go_on, b"\n")

    def send(self, signal: int) -> None:
        os.kill(self.pid, signal)


@contextmanager
def start_nursery(provider_url: str) -> Iterator["Nursery"]:
    process = subprocess.Popen(
        [sys.executable, __file__, provider_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Nursery(process)
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


class Nursery:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    @contextmanager
    def child(
        self, folder: Path, uid: str, request: dict[str, Any], gate: Gate | None
    ) -> Iterator[Child]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        says, hears = folder / "says", folder / "hears"
        os.mkfifo(says)
        os.mkfifo(hears)
        order = {
            "uid": uid,
            "request": request,
            "gate": None if gate is None else [gate.number, gate.when],
            "says": str(says),
            "hears": str(hears),
        }
        stdin.write(json.dumps(order) + "\n")
        stdin.flush()
        pid = int(stdout.readline())
        with says.open() as said:
            go_on = os.open(hears, os.O_WRONLY)
            try:
                yield Child(pid, said, go_on)
            finally:
                os.close(go_on)


class _GatedCommit:
    """The commit call, which stops at one write."""

    def __init__(self, commit: Any, gate: list[Any] | None, meet: Any) -> None:
        self._commit = commit
        self._gate = gate
        self._meet = meet
        self._count = 0
        self._lock = threading.Lock()

    def __call__(self, request: Any, **options: Any) -> Any:
        number = self._pass("before")
        answer = self._commit(request, **options)
        self._reach(number, "after")
        return answer

    def future(self, request: Any, **options: Any) -> Any:
        number = self._pass("before")
        sent = self._commit.future(request, **options)
        if self._gate == [number, "after"]:
            sent.result()
            self._reach(number, "after")
        return sent

    def _pass(self, when: str) -> int:
        with self._lock:
            self._count += 1
            number = self._count
        self._reach(number, when)
        return number

    def _reach(self, number: int, when: str) -> None:
        if self._gate == [number, when]:
            self._meet()


def _carry_out(order: dict[str, Any]) -> None:
    from colonycraft.chat import log, turn
    from colonycraft.chat.models import ChatRequest
    from colonycraft.platform import lifecycle
    from colonycraft.platform.firestore import database
    from colonycraft.platform.operations import Caller

    with Path(order["says"]).open("w") as says, Path(order["hears"]).open() as hears:

        def say(word: str) -> None:
            says.write(f"{word}\n")
            says.flush()

        def meet() -> None:
            say("gate")
            hears.readline()

        log.EVERY, log.TICK = 0.1, 0.02
        lifecycle.GRACE = 0.05
        lifecycle.on_terminate(turn.interrupt_all)
        store = database()
        store._commit = _GatedCommit(store._commit, order["gate"], meet)  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue]
        caller = Caller(uid=order["uid"], org_id=order["uid"], streamed=True)
        # What the framework does on SIGTERM is to go on until what is under way has ended.
        for _ in turn.chat(caller, ChatRequest.model_validate(order["request"])):
            pass
        say("done")


def _serve(provider_url: str) -> None:
    import signal

    from colonycraft import chat  # noqa: F401 - imported once, for all children
    from colonycraft.calls import catalogue
    from colonycraft.llm.port import Connection

    openai = Connection("openai", "openai_chat", "OpenAI", provider_url, "test-key")
    catalogue.connections = lambda: {"openai": openai}  # type: ignore[assignment]
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid:
            print(pid, flush=True)
            continue
        signal.signal(signal.SIGTERM, lambda number, frame: None)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for pids alone
        status = 1
        try:
            _carry_out(order)
            status = 0
        finally:
            os._exit(status)


if __name__ == "__main__":
    root = Path(__file__).resolve().parent.parent.parent
    sys.path[:0] = [str(root / "functions"), str(root / "tests")]
    _serve(sys.argv[1])
