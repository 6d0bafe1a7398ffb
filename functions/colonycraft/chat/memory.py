"""What a conversation keeps for its model beside its last messages, as far as it belongs to a path:
the instructions of its folder and its own, its summary, pinned messages from before."""

from collections.abc import Mapping, Sequence
from typing import Any

from colonycraft.chat.context import Memory, Stored
from colonycraft.conversations import branches as tree
from colonycraft.conversations import folders, long_messages
from colonycraft.conversations import store as conversations
from colonycraft.platform.firestore import Snapshot, database
from colonycraft.platform.operations import Caller


def new_memory(caller: Caller, folder_id: str | None) -> Memory:
    """That of a new chat: what its folder tells. Raises NotFound when that is not the caller's."""
    if folder_id is None:
        return Memory()
    return Memory(instructions=(folders.read(caller, folder_id)["instructions"],))


def read_memory(
    conversation_id: str,
    conversation: Mapping[str, Any],
    path: Sequence[tree.Stretch],
    older: Sequence[Stored],
) -> Memory:
    """`older`: the messages of the path that were read, newest first. Reads only if the
    conversation is in a folder or has pinned messages from before, and then it is one round
    trip."""
    messages = _pinned_unread(conversation, older)
    paths = [conversations.message_path(conversation_id, one) for one in messages]
    folder_id = conversation.get("folderId")
    if folder_id is not None:
        paths.append(folders.path_of(folder_id))
    found = database().get_all(paths) if paths else []
    folder = found.pop() if folder_id is not None else None
    told = folders.instructions_for(conversation["ownerId"], folder) if folder else ""
    return Memory(
        instructions=(told, conversation.get("instructions") or ""),
        summary=_summary(conversation, path),
        pinned=tuple(_before(found, path, older)),
    )


def _summary(conversation: Mapping[str, Any], path: Sequence[tree.Stretch]) -> str:
    """It belongs to a path when its branch lies on it and all that it covers does."""
    summary = conversation.get("summary")
    if summary is None or not conversation.get("summarise", True):
        return ""
    applies = any(
        one.branch_id == summary["branchId"]
        and (one.before is None or summary["untilSeq"] <= one.before)
        for one in path
    )
    return summary["text"] if applies else ""


def _pinned_unread(conversation: Mapping[str, Any], older: Sequence[Stored]) -> list[str]:
    """Where nothing was read, nothing lies before it."""
    read = {one["id"] for one in older}
    return [one for one in conversation.get("pinned", ()) if older and one not in read]


def _before(
    pinned: Sequence[Snapshot], path: Sequence[tree.Stretch], older: Sequence[Stored]
) -> list[dict[str, Any]]:
    """Those of the path that lie before the messages read, oldest first."""
    ends = {one.branch_id: one.before for one in path}
    return sorted(
        (
            one
            for one in long_messages.whole(pinned)
            if one["branchId"] in ends
            and one["seq"] < older[-1]["seq"]
            and ((end := ends[one["branchId"]]) is None or one["seq"] < end)
        ),
        key=lambda one: one["seq"],
    )
