"""Background calls make way: a server that answers one at a time ends them when a person asks."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

from colonycraft.llm.port import Connection

_stops: dict[object, tuple[str, Callable[[], None]]] = {}
"""Of each background call under way: its connection's id, and how it is ended."""
_guard = threading.Lock()


@contextmanager
def in_background(connection: Connection, stop: Callable[[], None]) -> Generator[None]:
    """While it lasts, a person's call to the same connection may end this one by `stop`."""
    key = object()
    with _guard:
        _stops[key] = connection.id, stop
    try:
        yield
    finally:
        with _guard:
            del _stops[key]


def clear_way(connection: Connection) -> None:
    """Ends the background calls that a call to this connection would wait for."""
    if not connection.one_at_a_time or not _stops:
        return
    with _guard:
        waiting = [stop for id, stop in _stops.values() if id == connection.id]
    for stop in waiting:
        stop()
