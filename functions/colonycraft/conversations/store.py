"""Conversations and their messages in Firestore.

`conversations/{id}`: title, state, branches. Its readers read it and its messages. The list is
ordered by `updatedAt`; `changedAt` is when a person last changed anything, and if only the branch
that is shown.
`conversations/{id}/messages/{id}`: one message a document, in the order of `message_ids`, so that a
path needs one query a branch on it and nothing ever rewrites a whole conversation.

Ownership is checked here and nowhere else: a foreign id is NOT_FOUND.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal

from colonycraft.conversations import changes, long_messages, message_ids
from colonycraft.conversations.branches import Stretch, new_branch
from colonycraft.conversations.models import ConversationChanged
from colonycraft.errors import NotFound
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import (
    GuardLost,
    Query,
    Read,
    Snapshot,
    UnitOfWork,
    Where,
    backoff,
    database,
    in_turn,
)
from colonycraft.platform.operations import Caller

SCHEMA_VERSION = 1
TRIES = changes.TRIES
KEPT_AFTER_DELETE = timedelta(minutes=10)

TitleSource = Literal["question", "model", "person"]

CONTEXT_FIELDS = (
    "role", "parts", "state", "branchId", "seq", "model", "pinned", "runId", "of", "order",
    "opaque",
)  # fmt: skip


def path_of(conversation_id: str) -> str:
    return f"conversations/{conversation_id}"


def message_path(conversation_id: str, message_id: str) -> str:
    return f"{path_of(conversation_id)}/messages/{message_id}"


def messages_query(
    conversation_id: str, branch_id: str, limit: int, before: int | None = None
) -> Query:
    """The last messages of a branch, newest first; only what a model is sent."""
    bound = () if before is None else (Where("__name__", ">=", message_ids.start(before - 1)),)
    return Query(
        f"{path_of(conversation_id)}/messages",
        where=(Where("branchId", "==", branch_id), *bound),
        order_by=(("__name__", "asc"),),
        limit=limit,
        fields=CONTEXT_FIELDS,
    )


def all_messages_query(conversation_path: str) -> Query:
    """A page of a conversation's messages, in no order, for their removal."""
    return Query(
        f"{conversation_path}/messages",
        limit=150,
        fields=("runId", "fences"),
    )


def owned(caller: Caller, snapshot: Snapshot, *, deleted: bool | None = False) -> Mapping[str, Any]:
    """The conversation's data, if the caller owns it and it is in that state (None: any).

    Raises NotFound.
    """
    data = snapshot.data
    if (
        data is None
        or data["ownerId"] != caller.uid
        or (deleted is not None and (data["state"] == "deleted") != deleted)
    ):
        raise NotFound("conversation-missing")
    return data


def open_branch(
    conversation_id: str, branch_id: str, limit: int
) -> tuple[Read[list[Snapshot]], Read[list[Snapshot]]]:
    """Asks for the conversation and for the last messages of a branch, both at once."""
    return (
        database().get_all_later([path_of(conversation_id)]),
        database().query_later(messages_query(conversation_id, branch_id, limit)),
    )


def read_path(conversation_id: str, stretches: Sequence[Stretch], limit: int) -> list[Snapshot]:
    """The last messages of a path, newest first: one query a branch on it, all at once."""
    asked = [
        database().query_later(
            messages_query(conversation_id, stretch.branch_id, limit, stretch.before)
        )
        for stretch in stretches
    ]
    return [message for read in asked for message in read()][:limit]


def read_message(conversation_id: str, message_id: str) -> dict[str, Any] | None:
    """A whole message with its id; None when it is not there. One read, more for a long one."""
    snapshot = database().get(message_path(conversation_id, message_id))
    return None if snapshot.data is None else complete(conversation_id, snapshot)


def complete(conversation_id: str, message: Snapshot) -> dict[str, Any]:
    """The whole of a message of which the first document has been read."""
    data: dict[str, Any] = message.data or {}
    paths = [
        message_path(conversation_id, message_ids.more_id(message.id, order))
        for order in range(1, data.get("more", 0) + 1)
    ]
    rest = database().get_all(paths) if paths else []
    (whole,) = long_messages.whole([*rest, message])
    return whole


def new_conversation(
    caller: Caller,
    *,
    title: str,
    source: TitleSource,
    request_id: str,
    at: datetime,
    model: str | None = None,
    next_seq: int = 0,
    messages: int = 0,
    active_run: str | None = None,
    folder_id: str | None = None,
) -> dict[str, Any]:
    return {
        "orgId": caller.org_id,
        "ownerId": caller.uid,
        "readers": [f"u:{caller.uid}"],
        "schemaVersion": SCHEMA_VERSION,
        "title": title,
        "titleSource": source,
        "state": "active",
        "deletedAt": None,
        "createdAt": at,
        "updatedAt": at,
        "changedAt": at,
        "requestId": request_id,
        "model": model,
        "counts": {"messages": messages},
        "folderId": folder_id,
        "instructions": "",
        "fallbacks": [],
        "summarise": True,
        "cache": None,
        "summary": None,
        "pinned": [],
        "activeBranch": "main",
        "branches": {"main": new_branch(None, 0, next_seq, active_run)},
    }


def new_message(
    caller: Caller,
    *,
    branch_id: str,
    seq: int,
    parent_id: str | None,
    role: Literal["user", "assistant"],
    parts: Sequence[Mapping[str, Any]],
    run_id: str,
    at: datetime,
    model: str | None = None,
    state: str = "complete",
    problem: Mapping[str, Any] | None = None,
    receipt: Mapping[str, Any] | None = None,
    comparing: bool = False,
    fences: Sequence[int] = (),
    opaque: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    return {
        "orgId": caller.org_id,
        "ownerId": caller.uid,
        "schemaVersion": SCHEMA_VERSION,
        "branchId": branch_id,
        "seq": seq,
        "parentId": parent_id,
        "role": role,
        "parts": list(parts),
        "model": model,
        "state": state,
        "problem": problem,
        "receipt": receipt,
        "runId": run_id,
        "createdAt": at,
        "pinned": False,
        "comparing": comparing,
        "fences": list(fences),
        "opaque": opaque,
    }


def add_answer(
    unit: UnitOfWork,
    caller: Caller,
    conversation_id: str,
    answer_id: str,
    *,
    branch_id: str,
    at: datetime,
    **message: Any,
) -> None:
    """Adds a new answer to the unit, and to its conversation that no run is active there now."""
    whole = new_message(caller, branch_id=branch_id, role="assistant", at=at, **message)
    first, *rest = long_messages.split(whole["parts"])
    document = {**whole, "parts": first, "more": len(rest)}
    unit.create(message_path(conversation_id, answer_id), document)
    _continue_message(unit, conversation_id, answer_id, whole, rest)
    _free_branch(unit, conversation_id, branch_id, message["state"], at, messages=1)


def _continue_message(
    unit: UnitOfWork,
    conversation_id: str,
    message_id: str,
    whole: Mapping[str, Any],
    rest: Sequence[Sequence[Mapping[str, Any]]],
) -> None:
    """What of a long message lies in further documents; written again when it has grown."""
    for order, parts in enumerate(rest, start=1):
        document = {
            **whole,
            "role": long_messages.MORE,
            "of": message_id,
            "order": order,
            "parts": list(parts),
            "runId": None,
            "receipt": None,
            "opaque": None,
        }
        unit.merge(
            message_path(conversation_id, message_ids.more_id(message_id, order)),
            {(name,): value for name, value in document.items()},
        )


def extend_answer(
    unit: UnitOfWork,
    caller: Caller,
    conversation_id: str,
    answer_id: str,
    *,
    branch_id: str,
    seq: int,
    at: datetime,
    **changes: Any,
) -> None:
    """Like `add_answer`, for an answer that was there already and has been continued."""
    first, *rest = long_messages.split(changes["parts"])
    fields = {**changes, "parts": first, "more": len(rest)}
    unit.update(
        message_path(conversation_id, answer_id),
        {(name,): value for name, value in fields.items()},
    )
    whole = new_message(
        caller, branch_id=branch_id, seq=seq, parent_id=None, role="assistant", parts=(),
        run_id="", at=at,
    )  # fmt: skip
    _continue_message(unit, conversation_id, answer_id, whole, rest)
    _free_branch(unit, conversation_id, branch_id, changes["state"], at, messages=0)


def _free_branch(
    unit: UnitOfWork, conversation_id: str, branch_id: str, state: str, at: datetime, messages: int
) -> None:
    unit.update(
        path_of(conversation_id),
        {
            ("branches", branch_id, "activeRun"): None,
            ("branches", branch_id, "held"): state in ("stopped", "failed"),
            ("updatedAt",): at,
        },
        increments={("counts", "messages"): messages} if messages else None,
    )


def create(caller: Caller, conversation_id: str, title: str, request_id: str) -> dict[str, Any]:
    """Creates an empty conversation. The same request again answers the same; another's id, or an
    id that is in use, is refused."""
    data = new_conversation(caller, title=title, source="person", request_id=request_id, at=now())
    return changes.create(
        path_of(conversation_id), data, partial(owned, caller), told_by=("requestId", "title")
    )


def change(
    caller: Caller,
    conversation_id: str,
    request_id: str,
    change_to: Mapping[str, Any] | Callable[[Mapping[str, Any]], Mapping[str, Any]],
    *,
    deleted: bool | None = False,
    moves: bool = True,
    check: Callable[[Mapping[str, Any]], None] | None = None,
    also: Callable[[UnitOfWork], None] | None = None,
) -> dict[str, Any]:
    """Changes fields of an owned conversation (`changes.change`). `deleted` says which state it
    must be in; None allows both. `moves`: it goes to the top of the list."""

    def may_change(snapshot: Snapshot) -> None:
        data = owned(caller, snapshot, deleted=deleted)
        if check is not None:
            check(data)

    return changes.change(
        path_of(conversation_id),
        request_id,
        partial(owned, caller, deleted=None),
        change_to,
        stamps=("changedAt", "updatedAt") if moves else ("changedAt",),
        check=may_change,
        also=also,
    )


def show_branch(
    caller: Caller,
    conversation_id: str,
    request_id: str,
    branch_id: str,
    *,
    question_id: str | None = None,
) -> dict[str, Any]:
    """Makes a branch the one that is shown; with `question_id` its comparison is over. Who only
    looks has changed nothing: the conversation keeps its place in the list."""

    def check(data: Mapping[str, Any]) -> None:
        if branch_id not in data["branches"]:
            raise NotFound("branch-missing")
        if question_id is not None:
            question = database().get(message_path(conversation_id, question_id)).data
            if question is None or question["role"] != "user":
                raise NotFound("question-missing")

    def end_comparison(unit: UnitOfWork) -> None:
        if question_id is not None:
            unit.update(message_path(conversation_id, question_id), {("comparing",): False})

    return change(
        caller,
        conversation_id,
        request_id,
        {"activeBranch": branch_id},
        moves=False,
        check=check,
        also=end_comparison,
    )


def changed(conversation_id: str, data: Mapping[str, Any]) -> ConversationChanged:
    """What a caller is told of a change."""
    return ConversationChanged(
        conversation_id=conversation_id,
        title=data["title"],
        state=data["state"],
        changed_at=data.get("changedAt", data["updatedAt"]).isoformat(),
    )


def write_title(conversation_id: str, title: str, version: Any) -> None:
    """Writes a title that a model made, unless a person has written one. One write; reads only if
    the conversation has changed since `version`."""
    path = path_of(conversation_id)
    for attempt in range(TRIES):
        with in_turn(path):
            unit = database().unit_of_work()
            unit.update(path, {("title",): title, ("titleSource",): "model"}, guard=version)
            try:
                unit.commit()
                return
            except GuardLost:
                snapshot = database().get(path)
                if snapshot.data is None or snapshot.data["titleSource"] != "question":
                    return
                version = snapshot.version
        backoff(attempt)


def write_summary(
    conversation_id: str, summary: Mapping[str, Any], known: Mapping[str, Any] | None
) -> None:
    """Writes a summary that a model made, unless it was changed or switched off since `known`."""
    path = path_of(conversation_id)
    for attempt in range(TRIES):
        with in_turn(path):
            snapshot = database().get(path)
            data = snapshot.data
            if data is None or not data.get("summarise", True) or data.get("summary") != known:
                return
            unit = database().unit_of_work()
            unit.update(path, {("summary",): summary}, guard=snapshot.version)
            try:
                unit.commit()
                return
            except GuardLost:
                pass
        backoff(attempt)


def purge_deleted(
    remove_runs: Callable[[UnitOfWork, Mapping[str, Sequence[int]]], None], limit: int = 50
) -> int:
    """Removes for good what was deleted more than `KEPT_AFTER_DELETE` ago. Returns how many.

    `remove_runs` adds the removal of the runs that wrote the messages. Messages go before their
    conversation, so that an interrupted purge is found again.
    """
    due = database().query(
        Query(
            "conversations",
            where=(
                Where("state", "==", "deleted"),
                Where("deletedAt", "<", now() - KEPT_AFTER_DELETE),
            ),
            order_by=(("deletedAt", "asc"),),
            limit=limit,
            fields=("ownerId",),
        )
    )
    for conversation in due:
        while page := database().query(all_messages_query(conversation.path)):
            unit = database().unit_of_work()
            written = [one for message in page if (one := message.data) and one["runId"]]
            remove_runs(unit, {one["runId"]: one.get("fences", ()) for one in written})
            for message in page:
                unit.delete(message.path)
            unit.commit()
        unit = database().unit_of_work()
        unit.delete(conversation.path)
        unit.commit()
    return len(due)
