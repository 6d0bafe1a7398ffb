"""Runs whose process is gone: ended, so that their branch is free, with the text that was saved."""

from typing import Any

from colonycraft.chat import store
from colonycraft.conversations import store as conversations
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import AlreadyThere, GuardLost, Snapshot, database
from colonycraft.platform.operations import Caller

LOST = {
    "status": "UNAVAILABLE",
    "message": "The answer was interrupted on our side. What had come is kept; ask again.",
}


def end_if_lost(run: Snapshot, conversation_id: str, branch_id: str) -> bool:
    """Ends the run if its lease is over (or there is no such run); False if it may be alive."""
    if run.data is None:
        unit = database().unit_of_work()
        unit.update(
            conversations.path_of(conversation_id), {("branches", branch_id, "activeRun"): None}
        )
        unit.commit()
        return True
    if run.data["state"] == "running" and run.data["startedAt"] + store.LONGEST_RUN > now():
        return False
    if run.data["state"] == "running":
        end_lost(run)
    return True


def end_lost(run: Snapshot) -> None:
    """Stores what the segments hold as an incomplete answer. Does nothing if the run ended."""
    data: dict[str, Any] = run.data or {}
    saved = store.segments(run.id)
    texts = {"text-delta": "", "reasoning-delta": ""}
    for segment in saved:
        for event in (segment.data or {})["events"]:
            texts[event["type"]] += event["text"]
    parts = [
        {"type": kind, "text": texts[event]}
        for kind, event in (("reasoning", "reasoning-delta"), ("text", "text-delta"))
        if texts[event]
    ]
    owner = Caller(uid=data["ownerId"], org_id=data["orgId"])
    at = now()
    unit = database().unit_of_work()
    store.end_run(
        unit, run.id, guard=run.version, state="incomplete", attempts=[], problem=LOST, at=at
    )
    conversations.add_answer(
        unit,
        owner,
        data["conversationId"],
        data["answerId"],
        branch_id=data["branchId"],
        seq=data["answerSeq"],
        parent_id=data["questionId"],
        parts=parts,
        run_id=run.id,
        at=at,
        model=data["snapshot"]["model"],
        state="incomplete",
        problem=LOST,
        receipt=None,
    )
    for segment in saved:
        unit.delete(segment.path)
    try:
        unit.commit()
    except (AlreadyThere, GuardLost):
        return


def sweep() -> None:
    """Each minute: ends lost runs, removes what was deleted a while ago. Safe to run twice."""
    for run in store.lost_runs():
        end_lost(run)
    conversations.purge_deleted(store.remove_runs)
