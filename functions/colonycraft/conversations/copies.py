"""A copy of a conversation, or of a part of its tree, as a new conversation."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from colonycraft.conversations import branches as tree
from colonycraft.conversations import changes, store
from colonycraft.errors import FailedPrecondition, NotFound
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Query, Snapshot, database
from colonycraft.platform.operations import Caller

MOST_MESSAGES = 5_000
PAGE = 200
SETTINGS = ("folderId", "instructions", "fallbacks", "summarise", "cache")

Scope = Literal["path", "subtree", "all"]


def copy(
    caller: Caller,
    conversation_id: str,
    new_id: str,
    request_id: str,
    scope: Scope,
    message_id: str,
) -> dict[str, Any]:
    """`path`: what leads to the message, and it; `subtree`: that, and all that follows from it;
    `all`. The same request again answers the same.

    The new conversation is made first, in a state that no list shows, so that nobody else can get
    its id meanwhile; then its messages; it is shown once it is whole.
    """
    source = database().get(store.path_of(conversation_id))
    data = store.owned(caller, source)
    message = database().get(store.message_path(conversation_id, message_id))
    if message.data is None:
        raise NotFound("message-missing")
    messages = messages_of(conversation_id, data["counts"]["messages"])
    branches, kept = _select(data["branches"], messages, message, scope)
    ids = {one.id for one in kept}
    at = now()
    copied: dict[str, Any] = {
        **store.new_conversation(
            caller, title=data["title"], source="person", request_id=request_id, at=at
        ),
        **{name: data[name] for name in SETTINGS if name in data},
        "pinned": [one for one in data.get("pinned", ()) if one in ids],
        "state": "copying",
        "model": data["model"],
        "counts": {"messages": len(kept)},
        "branches": branches,
        "activeBranch": data["activeBranch"]
        if data["activeBranch"] in branches
        else _branch_of(message),
    }
    stored = changes.create(
        store.path_of(new_id), copied, partial(store.owned, caller), told_by=("requestId",)
    )
    if stored["state"] != "copying":
        return stored
    for start in range(0, len(kept), PAGE):
        unit = database().unit_of_work()
        for one in kept[start : start + PAGE]:
            own: dict[str, Any] = {"runId": None, "fences": [], "opaque": None}
            changed = {**(one.data or {}), **own}
            fields = {(name,): value for name, value in changed.items()}
            unit.merge(store.message_path(new_id, one.id), fields)
        unit.commit()
    unit = database().unit_of_work()
    at = now()
    shown = {"state": "active", "updatedAt": at, "changedAt": at}
    unit.update(store.path_of(new_id), {(name,): value for name, value in shown.items()})
    unit.commit()
    return {**stored, "state": "active"}


def messages_of(conversation_id: str, count: int) -> list[Snapshot]:
    if count > MOST_MESSAGES:
        raise FailedPrecondition("too-long-to-copy", count=count, most=MOST_MESSAGES)
    return database().query(
        Query(f"{store.path_of(conversation_id)}/messages", limit=MOST_MESSAGES)
    )


def _branch_of(message: Snapshot) -> str:
    return (message.data or {})["branchId"]


@dataclass(frozen=True, slots=True)
class _Cut:
    """What of each branch is copied: its messages below a number (None: all)."""

    before: dict[str, int | None]

    def holds(self, message: Snapshot) -> bool:
        data = message.data or {}
        if data["branchId"] not in self.before:
            return False
        before = self.before[data["branchId"]]
        return before is None or data["seq"] < before


def _select(
    branches: tree.Branches, messages: Iterable[Snapshot], message: Snapshot, scope: Scope
) -> tuple[dict[str, Any], list[Snapshot]]:
    """The branches of the copy, with nothing running on them, and its messages."""
    at = message.data or {}
    if scope == "all":
        cut = _Cut(dict.fromkeys(branches))
    else:
        path = tree.path(branches, at["branchId"], at["seq"] + 1)
        before: dict[str, int | None] = {one.branch_id: one.before for one in path}
        if scope == "subtree":
            before |= _following(branches, at["branchId"], at["seq"])
        cut = _Cut(before)
    kept = [one for one in messages if cut.holds(one)]
    ends: dict[str, int] = {}
    for one in kept:
        data = one.data or {}
        ends[data["branchId"]] = max(ends.get(data["branchId"], 0), data["seq"] + 1)
    copied = {
        name: tree.new_branch(
            branch["parent"],
            branch["forkSeq"],
            ends.get(name, int(branch["forkSeq"])),
            None,
            at=branch["createdAt"],
            comparing=branch["comparing"] and scope == "all",
        )
        for name, branch in branches.items()
        if name in cut.before
    }
    return copied, kept


def _following(branches: tree.Branches, branch_id: str, seq: int) -> dict[str, int | None]:
    """The rest of the message's branch, and every branch that leaves it, or one of these, later."""
    found: dict[str, int | None] = {branch_id: None}
    grew = True
    while grew:
        children = {
            name
            for name, branch in branches.items()
            if name not in found
            and branch["parent"] in found
            and (branch["parent"] != branch_id or branch["forkSeq"] > seq)
        }
        grew = bool(children)
        found |= dict.fromkeys(children)
    return found
