"""Deadlines of calls that have gone quiet."""

import threading
import time

from colonycraft.calls.watchdog import Watch, watchdog


def test_an_idle_deadline_that_is_nearer_than_the_first_tokens_is_kept() -> None:
    """The thread sleeps until the first token is due; what comes before it must wake it."""
    fired = threading.Event()
    watch = Watch(fired.set, first_token=60, idle=0.05, total=60)
    watchdog.add(watch)
    while watchdog._wakes_at > watch.due:  # pyright: ignore[reportPrivateUsage]
        time.sleep(0.001)  # until it sleeps
    watch.seen()
    try:
        assert fired.wait(10)
        assert watch.missed == "idle"
    finally:
        watchdog.remove(watch)
