"""What a process imports on its first call."""

import gc
import threading

from colonycraft.calls import catalogue


def test_what_is_imported_is_not_looked_through_for_garbage_again() -> None:
    gc.unfreeze()
    catalogue._warm_up.__wrapped__()  # pyright: ignore[reportPrivateUsage]
    for thread in threading.enumerate():
        if thread.name == "warm-up":
            thread.join(60)
    assert gc.get_freeze_count() > 10_000
