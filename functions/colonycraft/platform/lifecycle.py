"""The end of a process: SIGTERM gives a few seconds to bring things to an end."""

import signal
import threading
from collections.abc import Callable
from types import FrameType

_callbacks: list[Callable[[], None]] = []


def on_terminate(callback: Callable[[], None]) -> None:
    """Runs `callback` on SIGTERM, before what the server itself does. It must not block."""
    if not _callbacks and threading.current_thread() is threading.main_thread():
        previous = signal.getsignal(signal.SIGTERM)

        def handle(number: int, frame: FrameType | None) -> None:
            for one in _callbacks:
                one()
            if callable(previous):
                previous(number, frame)
            elif previous == signal.SIG_DFL:
                raise SystemExit(0)

        signal.signal(signal.SIGTERM, handle)
    _callbacks.append(callback)
