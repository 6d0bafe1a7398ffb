"""What `worker` is asked to see to. A task that could not be sent is no loss: `sweep` finds it."""

import threading
from collections.abc import Mapping

from colonycraft.chat.run import Run
from colonycraft.conversations import queue as waiting
from colonycraft.platform import log, tasks

WATCH = "runs.watch"
DRAIN = "queue.drain"
LOOK = "batches.look"


def watch(run: Run) -> None:
    """Nobody reads this run's stream any more: deployed, its process may lose its processor."""
    _send(WATCH, {"runId": run.id})


def go_on_with_queue(run: Run) -> None:
    """If a question waits on the run's branch, it is its turn. One read."""
    if waiting.first(run.conversation_id, run.branch_id) is not None:
        drain(run.conversation_id, run.branch_id)


def drain(conversation_id: str, branch_id: str) -> None:
    _send(DRAIN, {"conversationId": conversation_id, "branchId": branch_id})


def look_at_batch(batch_id: str) -> None:
    _send(LOOK, {"batchId": batch_id})


def _send(kind: str, ids: Mapping[str, str]) -> None:
    """On a thread: an answer does not wait for Cloud Tasks."""

    def send() -> None:
        try:
            tasks.enqueue(kind, ids)
        except Exception as error:
            log.error("a task was not enqueued", error, kind=kind, **ids)

    threading.Thread(target=send, name="tasks", daemon=True).start()
