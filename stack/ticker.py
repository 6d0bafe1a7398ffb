"""What happens again and again on one machine, as Cloud Scheduler makes it happen when deployed."""

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from stack import console


class Ticker:
    """Does `work` on a thread every `interval` seconds, never twice at a time.

    What the network raises is told and is no end.
    """

    def __init__(self, interval: float, work: Callable[[], None]) -> None:
        self._interval = interval
        self._work = work
        self._next = time.monotonic() + interval
        self._thread: threading.Thread | None = None

    def tick(self) -> None:
        """Begin when it is time; to be called often."""
        if time.monotonic() < self._next or (self._thread and self._thread.is_alive()):
            return
        self._next = time.monotonic() + self._interval
        self._thread = threading.Thread(target=self._round, daemon=True)
        self._thread.start()

    def finish(self, patience: float) -> None:
        """Let what has begun end, for at most `patience` seconds."""
        if self._thread is not None:
            self._thread.join(patience)

    def _round(self) -> None:
        try:
            self._work()
        except OSError as error:
            console.warn(str(error))


def call(address: str, name: str) -> None:
    """Call one scheduled function as Cloud Scheduler would."""
    headers = {"Content-Type": "application/json", "X-CloudScheduler-JobName": name}
    request = urllib.request.Request(f"{address}/{name}", b"{}", headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=540):
            pass
    except urllib.error.HTTPError as refused:
        console.warn(f"{name}, which is scheduled, answered HTTP {refused.code}; see functions.log")
