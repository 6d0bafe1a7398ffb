"""The queue of a branch: a question is asked when the answer before it is written.

Who ends a run asks `worker` to begin the next one. A question is put in by a batch that is guarded
by the conversation, so either the run that is under way ends after it and sees it, or it is told
that nothing runs and the question is asked at once.
"""

import time
from collections.abc import Mapping

from colonycraft.calls import resolve
from colonycraft.chat import handover
from colonycraft.chat import run as runs
from colonycraft.chat.begin import Attached, begin
from colonycraft.chat.models import (
    ChatRequest,
    MoveQueueEntry,
    Problem,
    QueueChanged,
    QueueEntry,
    QueueQuestion,
    QueueSubject,
    dump,
)
from colonycraft.chat.turn import Turn
from colonycraft.conversations import queue as waiting
from colonycraft.conversations import store as conversations
from colonycraft.errors import (
    ColonyCraftError,
    Contended,
    FailedPrecondition,
    NotFound,
    RequestIdReused,
    RunActive,
)
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import (
    AlreadyThere,
    GuardLost,
    Snapshot,
    backoff,
    database,
    in_turn,
)
from colonycraft.platform.operations import Caller

LONGEST_DRAIN = 150.0
"""Seconds after which one task begins no further turn, and asks for another task."""


def add(caller: Caller, request: QueueQuestion) -> QueueChanged:
    """Raises NotFound, RequestIdReused, FailedPrecondition when too many wait, Contended."""
    path = conversations.path_of(request.conversation_id)
    entry = runs.run_id(caller, request.request_id)
    for attempt in range(conversations.TRIES):
        with in_turn(path):
            try:
                return _add(caller, request, entry)
            except AlreadyThere:
                return _added_before(request, entry)
            except GuardLost:
                pass
        backoff(attempt)
    raise Contended("contended")


def _add(caller: Caller, request: QueueQuestion, entry: str) -> QueueChanged:
    path = conversations.path_of(request.conversation_id)
    conversation, run = database().get_all([path, runs.run_path(entry)])
    data = conversations.owned(caller, conversation)
    if run.data is not None:
        return _changed(request.conversation_id, entry, "started")
    branch = data["branches"].get(request.branch_id)
    if branch is None:
        raise NotFound("branch-missing")
    others = waiting.entries(request.conversation_id)
    if len(others) >= waiting.MOST_WAITING and entry not in [one.id for one in others]:
        raise FailedPrecondition("queue-full", most=waiting.MOST_WAITING)
    at = now()
    unit = database().unit_of_work()
    waiting.add(
        unit,
        caller,
        request.conversation_id,
        entry,
        request_id=request.request_id,
        branch_id=request.branch_id,
        text=request.text,
        model=request.model,
        position=waiting.position_at_end(others),
        at=at,
    )
    # It is the guard, and who asks is at work here: the conversation goes to the top of the list.
    unit.update(path, {("updatedAt",): at}, guard=conversation.version)
    unit.commit()
    if branch["activeRun"] is None:
        handover.drain(request.conversation_id, request.branch_id)
        return _changed(request.conversation_id, entry, "started")
    return _changed(request.conversation_id, entry, "queued")


def _added_before(request: QueueQuestion, entry: str) -> QueueChanged:
    stored = database().get(waiting.entry_path(request.conversation_id, entry)).data
    if stored is None:
        return _changed(request.conversation_id, entry, "started")
    same = (stored["branchId"], stored["text"], stored["model"])
    if same != (request.branch_id, request.text, request.model):
        raise RequestIdReused("request-id-reused")
    return _changed(request.conversation_id, entry, "queued")


def move(caller: Caller, request: MoveQueueEntry) -> QueueChanged:
    """Raises NotFound when one of the two does not wait any more."""
    others = _owned_queue(caller, request.conversation_id)
    position = (
        waiting.position_at_end(others)
        if request.before is None
        else waiting.position_before(others, request.before, request.entry_id)
    )
    if position is None or request.entry_id not in [one.id for one in others]:
        raise NotFound("not-waiting")
    unit = database().unit_of_work()
    unit.update(
        waiting.entry_path(request.conversation_id, request.entry_id), {("position",): position}
    )
    try:
        unit.commit()
    except GuardLost as error:
        raise NotFound("not-waiting") from error
    return _changed(request.conversation_id, request.entry_id, "moved")


def remove(caller: Caller, request: QueueEntry) -> QueueChanged:
    """Takes a question back; that it is gone already is no error, unless it is being answered."""
    path = conversations.path_of(request.conversation_id)
    conversation, run = database().get_all([path, runs.run_path(request.entry_id)])
    conversations.owned(caller, conversation)
    if run.data is not None:
        raise FailedPrecondition("answered-already")
    unit = database().unit_of_work()
    unit.delete(waiting.entry_path(request.conversation_id, request.entry_id))
    unit.commit()
    return _changed(request.conversation_id, request.entry_id, "removed")


def send(caller: Caller, request: QueueSubject) -> QueueChanged:
    """Goes on with a queue that is held. Raises NotFound when nothing waits."""
    others = _owned_queue(caller, request.conversation_id)
    here = [one for one in others if (one.data or {})["branchId"] == request.branch_id]
    if not here:
        raise NotFound("queue-empty")
    unit = database().unit_of_work()
    for entry in here:
        if (entry.data or {})["problem"] is not None:
            unit.update(entry.path, {("waits",): True, ("problem",): None})
    unit.commit()
    handover.drain(request.conversation_id, request.branch_id)
    return _changed(request.conversation_id, here[0].id, "started")


def drain(ids: Mapping[str, str]) -> None:
    """Asks what waits on a branch, one after another, until an answer is stopped or fails. Safe to
    run twice: of two, one finds the branch busy and leaves it to the other."""
    until = time.monotonic() + LONGEST_DRAIN
    conversation_id, branch_id = ids["conversationId"], ids["branchId"]
    while (entry := waiting.first(conversation_id, branch_id)) is not None:
        if time.monotonic() > until:
            handover.drain(conversation_id, branch_id)
            return
        if not _ask(entry):
            return


def _ask(entry: Snapshot) -> bool:
    """Carries out one turn; whether the next one may follow."""
    data = entry.data or {}
    caller = Caller.of(data)
    request = ChatRequest(
        request_id=data["requestId"],
        conversation_id=data["conversationId"],
        branch_id=data["branchId"],
        text=data["text"],
        model=data["model"],
    )
    started = time.monotonic()
    try:
        begun = begin(caller, request, resolve(request.model), entry)
    except (RunActive, Contended):
        return False
    except ColonyCraftError as error:
        _set_aside(entry, error)
        return True
    if isinstance(begun, Attached):
        unit = database().unit_of_work()
        unit.delete(entry.path)
        unit.commit()
        return True
    turn = Turn(begun, started, drains=False)
    for _ in turn.events():
        pass
    return turn.state in ("complete", "incomplete")


def _set_aside(entry: Snapshot, error: ColonyCraftError) -> None:
    """It cannot be asked as it is: it stays where its person sees why, and lets others pass."""
    unit = database().unit_of_work()
    unit.update(
        entry.path,
        {
            ("waits",): False,
            ("problem",): dump(Problem.of(error)),
        },
    )
    try:
        unit.commit()
    except GuardLost:
        return


def _owned_queue(caller: Caller, conversation_id: str) -> list[Snapshot]:
    conversations.owned(caller, database().get(conversations.path_of(conversation_id)))
    return waiting.entries(conversation_id)


def _changed(conversation_id: str, entry: str, state: str) -> QueueChanged:
    return QueueChanged(conversation_id=conversation_id, entry_id=entry, state=state)  # type: ignore[arg-type]
