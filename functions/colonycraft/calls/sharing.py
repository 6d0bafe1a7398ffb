"""What processes tell each other of their connections, at most once in `EVERY` seconds.

Only while calls happen: a call says that it wants to know of its connections, and a thread reads
what others found and writes what has changed here. No call waits for it. Within those seconds each
process goes by what it found itself.
"""

import threading
import time
from collections.abc import Iterable
from typing import Any

from colonycraft.calls.health import Registry, registry
from colonycraft.calls.store import SCHEMA_VERSION, read_health, write_health
from colonycraft.errors import Unavailable
from colonycraft.platform import log
from colonycraft.platform.firestore import AlreadyThere, GuardLost, Snapshot

EVERY = 5.0


class Sharing:
    """Exchanges what a registry knows with the database. Safe between threads."""

    def __init__(self, registry: Registry, every: float = EVERY) -> None:
        self.enabled = True
        self._registry = registry
        self._every = every
        self._wanted: set[str] = set()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._exchanging = threading.Lock()
        self._read_at: dict[str, float] = {}

    def want(self, connection_ids: Iterable[str]) -> None:
        """Exchanges soon, on a thread: what is known of these connections, and what has changed."""
        if not self.enabled:
            return
        with self._wake:
            self._wanted.update(connection_ids)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="health", daemon=True)
                self._thread.start()
            self._wake.notify()

    def refresh(self, connection_ids: Iterable[str]) -> None:
        """Exchanges now what was not in the last seconds. Waits for the database."""
        if not self.enabled:
            return
        oldest = time.monotonic() - self._every
        self.exchange([id for id in connection_ids if self._read_at.get(id, oldest) <= oldest])

    def exchange(self, connection_ids: Iterable[str]) -> None:
        """Reads what others know and writes what has changed here. Never raises: what could not be
        written is written the next time."""
        with self._exchanging:
            changed = self._registry.take_changed()
            wanted = sorted({*connection_ids, *changed})
            if not wanted:
                return
            try:
                found = read_health(wanted)
            except Unavailable as error:
                log.error("health not read", error)
                self._registry.give_back(changed)
                return
            at = time.monotonic()
            for stored in found:
                self._read_at[stored.id] = at
                self._registry.learn(_entries(stored))
                if stored.id in changed:
                    self._write(stored)

    def _write(self, stored: Snapshot) -> None:
        try:
            write_health(stored, self._registry.known(stored.id))
        except (AlreadyThere, GuardLost):  # another process was quicker: the next time
            self._registry.give_back({stored.id})
        except Unavailable as error:
            log.error("health not written", error)
            self._registry.give_back({stored.id})

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._wanted:
                    self._wake.wait()
                wanted, self._wanted = self._wanted, set()
            try:
                self.exchange(wanted)
            except Exception as error:  # the thread lives as long as the process
                log.error("health not exchanged", error)
            time.sleep(self._every)


def _entries(stored: Snapshot) -> dict[str, Any]:
    """Nothing of a document that a later version wrote."""
    data = stored.data or {}
    return data["entries"] if data.get("schemaVersion") == SCHEMA_VERSION else {}


sharing = Sharing(registry)
"""The process's own."""
