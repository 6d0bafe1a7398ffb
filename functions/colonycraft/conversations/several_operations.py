"""What a person can do with several conversations at once: all of them change, or none."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from colonycraft.conversations import changes, folders, store
from colonycraft.conversations.models import (
    DeleteSeveral,
    MoveSeveral,
    RestoreSeveral,
    Several,
    SeveralChanged,
)
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Snapshot
from colonycraft.platform.operations import Access, Caller, Operation


def delete(caller: Caller, request: DeleteSeveral) -> SeveralChanged:
    """It is no error that one is deleted already."""
    return _change(caller, request, {"state": "deleted", "deletedAt": now()}, deleted=None)


def restore(caller: Caller, request: RestoreSeveral) -> SeveralChanged:
    return _change(caller, request, {"state": "active", "deletedAt": None}, deleted=None)


def move(caller: Caller, request: MoveSeveral) -> SeveralChanged:
    """Raises NotFound for a foreign folder, too."""
    if request.folder_id is not None:
        folders.read(caller, request.folder_id)
    return _change(caller, request, {"folderId": request.folder_id}, deleted=False)


def _change(
    caller: Caller, request: Several, changes_to: Mapping[str, Any], *, deleted: bool | None
) -> SeveralChanged:
    """`deleted` says which state they must be in; None allows both. Who tidies up has said nothing:
    they keep their places in the list."""
    ids = list(dict.fromkeys(request.conversation_ids))

    def may_change(snapshot: Snapshot) -> None:
        store.owned(caller, snapshot, deleted=deleted)

    changed_at = changes.change_several(
        [store.path_of(one) for one in ids],
        request.request_id,
        partial(store.owned, caller, deleted=None),
        changes_to,
        may_change,
    )
    return SeveralChanged(conversation_ids=ids, changed_at=changed_at.isoformat())


_SEVERAL = {"requestId": "request-0000-0001", "conversationIds": ["conversation-0001"]}
_of_several = partial(
    Operation, output=SeveralChanged, access=Access.OWNER, subject="conversationIds"
)

OPERATIONS = (
    _of_several(
        name="conversations.deleteSeveral",
        summary="Hides up to 100 conversations; ten minutes later they are gone for good.",
        handler=delete,
        input=DeleteSeveral,
        example=_SEVERAL,
    ),
    _of_several(
        name="conversations.restoreSeveral",
        summary="Brings up to 100 deleted conversations back, within ten minutes.",
        handler=restore,
        input=RestoreSeveral,
        example=_SEVERAL,
    ),
    _of_several(
        name="conversations.moveSeveral",
        summary="Moves up to 100 conversations into a folder, or out of it.",
        handler=move,
        input=MoveSeveral,
        example={**_SEVERAL, "folderId": None},
    ),
)
