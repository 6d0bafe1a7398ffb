"""What has been streamed, on its way to Firestore: each second, never in the stream's way."""

import time
from typing import Any

from colonycraft.chat import store
from colonycraft.platform import log
from colonycraft.platform.firestore import UnitOfWork, database

EVERY = 1.0
LARGEST = 16_000
"""Characters in a segment: under 64 KiB in any script."""


def utf16_length(text: str) -> int:
    """What JavaScript calls the length of a string."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Segments:
    """Collects deltas and sends them off when a second has passed. `text` and `reasoning` hold all
    that has come; the last piece never becomes a segment: it is in the answer."""

    def __init__(self, run: str, conversation_id: str) -> None:
        self._run = run
        self._conversation_id = conversation_id
        self._all: dict[str, list[str]] = {"text-delta": [], "reasoning-delta": []}
        self._pending: list[dict[str, Any]] = []
        self._pending_size = 0
        self._start = 0
        self._sent: list[Any] = []
        self._last = time.monotonic()
        self.size = 0

    @property
    def text(self) -> str:
        return "".join(self._all["text-delta"])

    @property
    def reasoning(self) -> str:
        return "".join(self._all["reasoning-delta"])

    def add(self, kind: str, text: str) -> None:
        if time.monotonic() - self._last >= EVERY or self._pending_size >= LARGEST:
            self._send()
        self._all[kind].append(text)
        if self._pending and self._pending[-1]["type"] == kind:
            self._pending[-1]["pieces"].append(text)
        else:
            self._pending.append({"type": kind, "pieces": [text]})
        self._pending_size += len(text)
        self.size += len(text.encode("utf-8", "surrogatepass"))

    def _send(self) -> None:
        self._last = time.monotonic()
        if not self._pending:
            return
        events = [
            {"type": event["type"], "text": "".join(event["pieces"])} for event in self._pending
        ]
        self._pending, self._pending_size = [], 0
        unit = database().unit_of_work()
        store.add_segment(
            unit,
            self._run,
            len(self._sent),
            conversation_id=self._conversation_id,
            start=self._start,
            events=events,
        )
        self._sent.append(unit.commit_later())
        self._start += sum(
            utf16_length(event["text"]) for event in events if event["type"] == "text-delta"
        )

    def remove(self, unit: UnitOfWork) -> None:
        """Waits for what is on its way, then adds the removal of all segments to the unit."""
        for number, sent in enumerate(self._sent):
            try:
                sent.result()
            except Exception as error:  # a follower sees a gap until the answer is there
                log.error("segment not written", error, run=self._run)
            else:
                unit.delete(store.segment_path(self._run, number))
