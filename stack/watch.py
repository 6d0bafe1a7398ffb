"""Noticing edits: files are compared by time and size twice a second, on every system alike."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

_INTERVAL = 0.4
_State = dict[Path, tuple[int, int]]


@dataclass
class Watch:
    """Calls `changed` once after files have changed and then been quiet for an interval.

    `files` lists what is watched anew each time, so that files may come and go.
    """

    files: Callable[[], Iterable[Path]]
    changed: Callable[[list[Path]], None]
    _seen: _State = field(init=False)
    _pending: set[Path] = field(default_factory=set[Path])
    _next: float = field(default=0.0)

    def __post_init__(self) -> None:
        self._seen = self._look()

    def tick(self) -> None:
        """Look, when the interval has passed; to be called often."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _INTERVAL
        state = self._look()
        touched = {
            path
            for path in state.keys() | self._seen.keys()
            if state.get(path) != self._seen.get(path)
        }
        self._seen = state
        if touched:
            self._pending |= touched
        elif self._pending:
            pending, self._pending = sorted(self._pending), set()
            self.changed(pending)

    def _look(self) -> _State:
        state: _State = {}
        for path in self.files():
            try:
                status = path.stat()
            except OSError:
                continue
            state[path] = (status.st_mtime_ns, status.st_size)
        return state
