"""Each minute: what a lost process or a lost task left open. Safe to run twice."""

from datetime import timedelta

from colonycraft.calls import batches
from colonycraft.chat import handover, recovery, signals
from colonycraft.chat import run as runs
from colonycraft.conversations import queue as waiting
from colonycraft.conversations import store as conversations
from colonycraft.platform.firestore import database

WAITED = timedelta(seconds=60)


def sweep() -> None:
    """Ends lost runs, wakes forgotten queues, has batches looked at that are due, and removes what
    was deleted a while ago."""
    for stored in runs.old_enough_to_be_lost():
        run = runs.read(stored)
        if runs.is_lost(run):
            recovery.end(run)
            handover.go_on_with_queue(run)
    _wake_queues()
    for batch_id in batches.due():
        handover.look_at_batch(batch_id)
    conversations.purge_deleted(runs.remove)
    signals.remove_old()


def _wake_queues() -> None:
    """A queue that is held, or behind a run, waits rightly."""
    places = {
        (data["conversationId"], data["branchId"])
        for entry in waiting.forgotten(WAITED)
        if (data := entry.data) is not None
    }
    for conversation_id, branch_id in places:
        conversation = database().get(conversations.path_of(conversation_id)).data
        branch = (conversation or {"branches": {}})["branches"].get(branch_id)
        if branch is not None and branch["activeRun"] is None and not branch["held"]:
            handover.drain(conversation_id, branch_id)
