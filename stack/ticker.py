"""What is scheduled, on one machine: each scheduled function is called once a minute."""

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from stack import console

_INTERVAL = 60


class Ticker:
    """Calls the scheduled functions at `address` each minute, never two calls at a time.

    `names()` gives them anew each minute, since an edit may add one.
    """

    def __init__(self, address: str, names: Callable[[], list[str]]) -> None:
        self._address = address
        self._names = names
        self._next = time.monotonic() + _INTERVAL
        self._calls: threading.Thread | None = None

    def tick(self) -> None:
        """Begin a round when a minute has passed; to be called often."""
        if time.monotonic() < self._next or (self._calls and self._calls.is_alive()):
            return
        self._next = time.monotonic() + _INTERVAL
        self._calls = threading.Thread(target=self._round, daemon=True)
        self._calls.start()

    def _round(self) -> None:
        try:
            for name in self._names():
                call(f"{self._address}/{name}", name)
        except OSError as error:
            console.warn(f"schedule: {error}")


def call(address: str, name: str) -> None:
    """Call one scheduled function as Cloud Scheduler would."""
    headers = {"Content-Type": "application/json", "X-CloudScheduler-JobName": name}
    request = urllib.request.Request(address, b"{}", headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=540):
            pass
    except urllib.error.HTTPError as refused:
        console.warn(f"schedule: {name} answered HTTP {refused.code}; see functions.log")
