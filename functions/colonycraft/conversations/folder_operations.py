"""What a person can do with folders, and with conversations in them."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from colonycraft.conversations import folders, store
from colonycraft.conversations.context_operations import IDS, of_conversation
from colonycraft.conversations.models import (
    ChangeFolder,
    ConversationChanged,
    CreateFolder,
    DeleteFolder,
    FolderChanged,
    FolderDeleted,
    MoveConversation,
)
from colonycraft.platform.operations import Access, Caller, Operation


def create(caller: Caller, request: CreateFolder) -> FolderChanged:
    data = folders.create(
        caller, request.folder_id, request.request_id, request.name, request.instructions
    )
    return _changed(request.folder_id, data)


def change(caller: Caller, request: ChangeFolder) -> FolderChanged:
    given = {"name": request.name, "instructions": request.instructions}
    changed = {name: value for name, value in given.items() if value is not None}
    data = folders.change(caller, request.folder_id, request.request_id, changed)
    return _changed(request.folder_id, data)


def delete(caller: Caller, request: DeleteFolder) -> FolderDeleted:
    folders.delete(caller, request.folder_id)
    return FolderDeleted(folder_id=request.folder_id)


def move(caller: Caller, request: MoveConversation) -> ConversationChanged:
    """Who tidies up has said nothing: the conversation keeps its place in the list."""
    folder_id = request.folder_id

    def check(_: Mapping[str, Any]) -> None:
        if folder_id is not None:
            folders.read(caller, folder_id)

    data = store.change(
        caller,
        request.conversation_id,
        request.request_id,
        {"folderId": folder_id},
        moves=False,
        check=check,
    )
    return store.changed(request.conversation_id, data)


def _changed(folder_id: str, data: Mapping[str, Any]) -> FolderChanged:
    return FolderChanged(
        folder_id=folder_id, name=data["name"], changed_at=data["changedAt"].isoformat()
    )


_FOLDER = {"folderId": "folder-0001"}
_REQUEST = {"requestId": "request-0000-0001", **_FOLDER}
_of_folder = partial(Operation, access=Access.OWNER, subject="folderId")

OPERATIONS = (
    Operation(
        name="folders.create",
        summary="Creates a folder under an id that the caller made.",
        handler=create,
        input=CreateFolder,
        output=FolderChanged,
        example={**_REQUEST, "name": "Garden", "instructions": "Give lengths in metres."},
    ),
    _of_folder(
        name="folders.change",
        summary="Renames a folder, or changes what models are told in it.",
        handler=change,
        input=ChangeFolder,
        output=FolderChanged,
        example={**_REQUEST, "name": "Garden and terrace"},
    ),
    _of_folder(
        name="folders.delete",
        summary="Deletes a folder and keeps its conversations, which are in none then.",
        handler=delete,
        input=DeleteFolder,
        output=FolderDeleted,
        example=_FOLDER,
    ),
    of_conversation(
        name="conversations.move",
        summary="Moves a conversation into a folder, or out of it.",
        handler=move,
        input=MoveConversation,
        example={**IDS, "folderId": None},
    ),
)
