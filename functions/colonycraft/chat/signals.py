"""From one process to another: this run is to stop.

Each process that writes answers listens to one document of its own, `signals/{process}`. Within a
process nothing is sent. A process that is gone does not hear; who signals looks after that.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import cache

from colonycraft.chat.run import PROCESS
from colonycraft.platform import log
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Query, Snapshot, Where, database

KEPT = timedelta(hours=1)


def path_of(process: str) -> str:
    return f"signals/{process}"


def signal_stop(process: str, run: str) -> None:
    unit = database().unit_of_work()
    unit.merge(path_of(process), {("stop", run): now(), ("at",): now()})
    unit.commit()


@cache
def listen_for_stops(stop: Callable[[str], bool]) -> None:
    """Calls `stop` with each run that is to stop, from now on; asking twice listens once. On a
    thread: nobody waits for it. What was signalled before it listens is heard as well."""

    def on_change(signals: Snapshot) -> None:
        for run in (signals.data or {}).get("stop", {}):
            stop(run)

    def listen() -> None:
        try:
            database().listen(path_of(PROCESS), on_change)
        except Exception as error:
            log.error("stops of other processes are not heard", error)

    threading.Thread(target=listen, name="signals", daemon=True).start()


def remove_old(limit: int = 100) -> None:
    """Removes what was signalled to processes that are long gone."""
    old = database().query(
        Query(
            "signals",
            where=(Where("at", "<", now() - KEPT),),
            order_by=(("at", "asc"),),
            limit=limit,
        )
    )
    unit = database().unit_of_work()
    for signals in old:
        unit.delete(signals.path, guard=signals.version)
    try:
        unit.commit()
    except Exception as error:
        log.error("old signals were not removed", error)
