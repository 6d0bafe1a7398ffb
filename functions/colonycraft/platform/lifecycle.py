"""The end of a process: SIGTERM leaves a few seconds to bring things to an end."""

import signal
import threading
from collections.abc import Callable
from types import FrameType

GRACE = 7.0
"""Seconds in which what is under way may end by itself; Cloud Run kills after ten."""


def on_terminate(callback: Callable[[], None]) -> None:
    """Runs `callback` once, `GRACE` after SIGTERM; what the server itself does on it goes on.

    Does nothing outside the main thread, where no handler can be set.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    previous = signal.getsignal(signal.SIGTERM)

    def handle(number: int, frame: FrameType | None) -> None:
        timer = threading.Timer(GRACE, callback)
        timer.daemon = True
        timer.start()
        if callable(previous):
            previous(number, frame)
        elif previous == signal.SIG_DFL:
            raise SystemExit(0)

    signal.signal(signal.SIGTERM, handle)
