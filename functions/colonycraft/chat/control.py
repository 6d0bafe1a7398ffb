"""What a person can do to a run that is under way: stop it, or have it looked after."""

import time
from collections.abc import Callable

from colonycraft.chat import handover, recovery, signals
from colonycraft.chat import run as runs
from colonycraft.chat.models import RunStatus, RunSubject
from colonycraft.chat.turn import running
from colonycraft.platform.firestore import Snapshot, database
from colonycraft.platform.operations import Caller

PATIENCE = 3.0
"""Seconds that another process has to end a run that it was told to stop."""
LOOK_EVERY = 0.1


def stop(caller: Caller, request: RunSubject) -> RunStatus:
    """Stops a run wherever it is; what has come is kept. A process that does not answer is fenced
    off. Raises NotFound."""
    stored = runs.owned(caller, request.run_id)
    turn = running.get(request.run_id)
    if turn is not None:
        turn.stop()
        turn.ended.wait(PATIENCE)
    elif _is_running(stored):
        control = database().get(runs.control_path(request.run_id)).data
        if control is not None:
            signals.signal_stop(control["process"], request.run_id)
    stored = _wait(lambda: database().get(stored.path), PATIENCE)
    if _is_running(stored):
        recovery.end(runs.read(stored), "stopped", None)
        stored = database().get(stored.path)
    return _status(stored)


def recover(caller: Caller, request: RunSubject) -> RunStatus:
    """Ends a run that has lost its process, at once. Raises NotFound."""
    stored = runs.owned(caller, request.run_id)
    if _is_running(stored):
        run = runs.read(stored)
        if runs.is_lost(run):
            recovery.end(run)
            stored = database().get(stored.path)
            handover.go_on_with_queue(run)
    return _status(stored)


def _is_running(stored: Snapshot) -> bool:
    return stored.data is not None and stored.data["state"] == "running"


def _wait(look: Callable[[], Snapshot], patience: float) -> Snapshot:
    until = time.monotonic() + patience
    while _is_running(stored := look()) and time.monotonic() < until:
        time.sleep(LOOK_EVERY)
    return stored


def _status(stored: Snapshot) -> RunStatus:
    state = "stopped" if stored.data is None else stored.data["state"]
    return RunStatus(run_id=stored.id, state=state)
