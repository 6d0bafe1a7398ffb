"""Questions that wait until the answer on their branch is written: runs in their queued state.

`conversations/{id}/queue/{run}`: read by the readers of the conversation; the id is that of the run
that the question becomes, and the batch that begins the run deletes it. One that cannot be asked
as it is has a `problem` and `waits` no more.
"""

from datetime import datetime, timedelta

from colonycraft.conversations.store import path_of
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Query, Snapshot, UnitOfWork, Where, database
from colonycraft.platform.operations import Caller

MOST_WAITING = 20
STEP = 1024.0
"""Between two positions, so that another finds room between them."""


def entry_path(conversation_id: str, entry: str) -> str:
    return f"{path_of(conversation_id)}/queue/{entry}"


def add(
    unit: UnitOfWork,
    caller: Caller,
    conversation_id: str,
    entry: str,
    *,
    request_id: str,
    branch_id: str,
    text: str,
    model: str,
    position: float,
    at: datetime,
) -> None:
    unit.create(
        entry_path(conversation_id, entry),
        {
            **caller.stored(),
            "schemaVersion": 1,
            "conversationId": conversation_id,
            "requestId": request_id,
            "branchId": branch_id,
            "text": text,
            "model": model,
            "position": position,
            "createdAt": at,
            "waits": True,
            "problem": None,
        },
    )


def entries(conversation_id: str) -> list[Snapshot]:
    """All that wait in a conversation, in their order."""
    return database().query(
        Query(
            f"{path_of(conversation_id)}/queue",
            order_by=(("position", "asc"),),
            limit=MOST_WAITING + 1,
        )
    )


def first(conversation_id: str, branch_id: str) -> Snapshot | None:
    """Whose turn it is: one read. One with a problem stands aside."""
    found = database().query(
        Query(
            f"{path_of(conversation_id)}/queue",
            where=(Where("branchId", "==", branch_id), Where("waits", "==", True)),
            order_by=(("position", "asc"),),
            limit=1,
        )
    )
    return found[0] if found else None


def forgotten(waited: timedelta, limit: int = 50) -> list[Snapshot]:
    """Entries of any conversation that have waited for long: their task may have been lost."""
    return database().query(
        Query(
            "queue",
            where=(Where("waits", "==", True), Where("createdAt", "<", now() - waited)),
            order_by=(("createdAt", "asc"),),
            limit=limit,
            group=True,
        )
    )


def position_at_end(waiting: list[Snapshot]) -> float:
    return max((_position(one) for one in waiting), default=0.0) + STEP


def position_before(waiting: list[Snapshot], before: str, moved: str) -> float | None:
    """A position before the entry `before`; None when that is not waiting."""
    others = [one for one in waiting if one.id != moved]
    ids = [one.id for one in others]
    if before not in ids:
        return None
    positions = [_position(one) for one in others]
    place = ids.index(before)
    if place == 0:
        return positions[0] - STEP
    return (positions[place - 1] + positions[place]) / 2


def _position(entry: Snapshot) -> float:
    return (entry.data or {})["position"]
