"""What a person reads: one line when a step starts, one with its seconds when it ends."""

import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

_lock = threading.Lock()
_started = time.monotonic()
steps: list[tuple[str, float]] = []


def say(text: str = "") -> None:
    """Print one or more whole lines, never mixed with another thread's."""
    with _lock:
        print(text, flush=True)


def warn(text: str) -> None:
    """Print something that went wrong but does not end the command."""
    say(f"  ! {text}")


def fail(text: str) -> None:
    """Print on standard error why the command ends."""
    with _lock:
        sys.stdout.flush()
        print(f"\n{text}", file=sys.stderr, flush=True)


def elapsed() -> float:
    """Seconds since the command began."""
    return time.monotonic() - _started


def seconds(value: float) -> str:
    """A duration as a person reads it: 0.4 s, 12 s, 2 min 30 s."""
    if value < 9.95:
        return f"{value:.1f} s"
    if value < 99.5:
        return f"{value:.0f} s"
    minutes, rest = divmod(round(value), 60)
    return f"{minutes} min {rest:02d} s"


@contextmanager
def step(name: str, why: str = "") -> Generator[None]:
    """Announce a step when there is a reason to tell, and say how long it took."""
    begun = time.monotonic()
    if why:
        say(f"  … {name}: {why}")
    yield
    took = time.monotonic() - begun
    with _lock:
        steps.append((name, took))
    say(f"  ✓ {name:<42} {seconds(took):>11}")
