"""The log of a run on its way to Firestore: each second, and never in the stream's way.

The thread that pumps the answer only adds to it; one keeper a process sends what is due. An entry
is sent when the one before it is known to be written, so the log has no gap, and the one who finds
its number taken by another has lost the run.
"""

import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

from colonycraft.chat import run as runs
from colonycraft.chat.run import Run, utf16_length
from colonycraft.platform import log as logging
from colonycraft.platform.firestore import AlreadyThere, UnitOfWork, database

EVERY = 1.0
LARGEST = 16_000
"""Characters in an entry: under 64 KiB in any script."""
TICK = 0.2


class Log:
    """What a holder has written of an answer. `text` and `reasoning` hold all of it, also what was
    there before; the last piece never becomes an entry: it is in the answer."""

    def __init__(
        self, run: Run, *, text: str = "", reasoning: str = "", on_lost: Callable[[], None]
    ) -> None:
        self._run = run
        self._on_lost = on_lost
        self._holder = uuid.uuid4().hex
        self._all: dict[str, list[str]] = {"text-delta": [text], "reasoning-delta": [reasoning]}
        self.size = len(text.encode("utf-8", "surrogatepass"))
        self._start = utf16_length(text)
        self._pending: list[tuple[str, str]] = []
        self._next = run.next_segment
        self._entry: dict[str, Any] | None = None
        self._sent: Any = None
        self._last = time.monotonic()
        self._guard = threading.Lock()
        self._lost = False
        self._closed = False

    @property
    def text(self) -> str:
        return "".join(self._all["text-delta"])

    @property
    def reasoning(self) -> str:
        return "".join(self._all["reasoning-delta"])

    def add(self, kind: str, text: str) -> None:
        self._all[kind].append(text)
        self.size += len(text.encode("utf-8", "surrogatepass"))
        with self._guard:
            self._pending.append((kind, text))

    def tick(self) -> None:
        """Sends what is due; never waits. An entry that did not arrive is due again."""
        with self._guard:
            if self._closed or self._lost:
                return
            if self._sent is not None:
                if not self._sent.done():
                    return
                self._settle()
            silent = time.monotonic() - self._last
            unsent = self._entry is not None or self._pending
            if not self._lost and silent >= (EVERY if unsent else runs.HEARTBEAT.total_seconds()):
                self._entry = self._entry or self._take()
                self._send()
            lost = self._lost
        if lost:
            self._on_lost()

    def close(self, unit: UnitOfWork) -> None:
        """Waits for what is on its way, then adds the removal of the whole log to the unit."""
        with self._guard:
            self._closed = True
            if self._sent is not None:
                self._settle()
        # One entry more, in case that it was written and its reply lost.
        runs.remove_log(unit, self._run, self._next + (self._entry is not None))

    def _take(self) -> dict[str, Any]:
        """An entry of what is pending, as much as one may hold."""
        events: list[dict[str, Any]] = []
        size = 0
        while self._pending and size < LARGEST:
            kind, text = self._pending[0]
            piece, rest = text[: LARGEST - size], text[LARGEST - size :]
            if rest:
                self._pending[0] = (kind, rest)
            else:
                self._pending.pop(0)
            size += len(piece)
            if events and events[-1]["type"] == kind:
                events[-1]["text"] += piece
            else:
                events.append({"type": kind, "text": piece})
        return {"start": self._start, "events": events}

    def _send(self) -> None:
        self._last = time.monotonic()
        unit = database().unit_of_work()
        runs.append(unit, self._run, self._next, holder=self._holder, **(self._entry or {}))
        self._sent = unit.commit_later()

    def _settle(self) -> None:
        """Learns what became of the entry that was sent; one that may not be written is kept."""
        sent, self._sent = self._sent, None
        try:
            sent.result()
        except AlreadyThere:
            stored = database().get(runs.segment_path(self._run.id, self._next)).data
            if stored is None or stored["holder"] != self._holder:
                self._lost = True
                self._entry = None
                return
        except Exception as error:
            logging.error("a run's log is not written yet", error, run=self._run.id)
            return
        entry, self._entry = self._entry or {}, None
        self._next += 1
        texts = [one["text"] for one in entry["events"] if one["type"] == "text-delta"]
        self._start += utf16_length("".join(texts))


class Keeper:
    """Ticks the logs of this process, on one thread that ends when there is none."""

    def __init__(self) -> None:
        self.logs: set[Log] = set()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, log: Log) -> None:
        with self._guard:
            self.logs.add(log)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)
                self._thread.start()

    def discard(self, log: Log) -> None:
        with self._guard:
            self.logs.discard(log)

    def tick(self) -> None:
        for log in list(self.logs):
            try:
                log.tick()
            except Exception as error:
                logging.error("a run's log could not be kept", error)

    def _run(self) -> None:
        while True:
            time.sleep(TICK)
            self.tick()
            with self._guard:
                if not self.logs:
                    self._thread = None
                    return


keeper = Keeper()
