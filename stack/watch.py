"""Noticing edits: files are compared by time and size twice a second, on every system alike."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

_INTERVAL = 0.4
_State = dict[Path, tuple[int, int]]


@dataclass
class Watch:
    """Tells which files have changed since it was made, once they have been quiet for a moment.

    `files` lists what is watched anew each time, so that files may come and go.
    """

    files: Callable[[], Iterable[Path]]
    _seen: _State = field(init=False)
    _pending: set[Path] = field(default_factory=set[Path])
    _next: float = field(default=0.0)

    def __post_init__(self) -> None:
        self._seen = self._look()

    def edits(self) -> list[Path]:
        """What was changed, added or removed and is quiet now; to be asked often."""
        now = time.monotonic()
        if now < self._next:
            return []
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
            return []
        settled, self._pending = sorted(self._pending), set()
        return settled

    def _look(self) -> _State:
        state: _State = {}
        for path in self.files():
            try:
                status = path.stat()
            except OSError:
                continue
            state[path] = (status.st_mtime_ns, status.st_size)
        return state
