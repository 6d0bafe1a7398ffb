"""Deadlines for blocked reads: one thread a process that ends calls which have gone quiet.

A read that is blocked cannot look at the clock. The thread that pumps a call only stores when it
last saw something; this one looks at the earliest deadline, and shuts the socket when it passes.
"""

import threading
import time
from collections.abc import Callable
from typing import Literal

Deadline = Literal["first-token", "idle", "total"]


class Watch:
    """The deadlines of one call. `missed` names the one that passed, once it has."""

    __slots__ = ("_abort", "_end", "_idle", "_next", "missed", "seen_any")

    def __init__(
        self, abort: Callable[[], None], *, first_token: float, idle: float, total: float
    ) -> None:
        now = time.monotonic()
        self._abort = abort
        self._idle = idle
        self._end = now + total
        self._next = now + first_token
        self.seen_any = False
        self.missed: Deadline | None = None

    def seen(self) -> None:
        """Something came: the idle deadline starts anew."""
        self._next = time.monotonic() + self._idle
        if not self.seen_any:
            self.seen_any = True
            # It may be due before the first token was; from now on it only moves away.
            watchdog.look_at(self)

    @property
    def due(self) -> float:
        return min(self._next, self._end)

    def fire(self) -> None:
        if self._end <= self._next:
            self.missed = "total"
        else:
            self.missed = "idle" if self.seen_any else "first-token"
        self._abort()


class Watchdog:
    """Watches any number of calls with one thread, which sleeps until the earliest deadline."""

    def __init__(self) -> None:
        self._watches: set[Watch] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._wakes_at = float("inf")

    def add(self, watch: Watch) -> None:
        with self._changed:
            self._watches.add(watch)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)
                self._thread.start()
            self._wake_for(watch)

    def look_at(self, watch: Watch) -> None:
        """To be told when a deadline has come nearer."""
        with self._changed:
            self._wake_for(watch)

    def remove(self, watch: Watch) -> None:
        with self._changed:
            self._watches.discard(watch)

    def _wake_for(self, watch: Watch) -> None:
        if watch.due < self._wakes_at:
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                due = [watch for watch in self._watches if watch.due <= now]
                self._watches.difference_update(due)
                for watch in due:
                    watch.fire()
                self._wakes_at = min((watch.due for watch in self._watches), default=float("inf"))
                wait = None if self._wakes_at == float("inf") else max(0, self._wakes_at - now)
                self._changed.wait(wait)


watchdog = Watchdog()
