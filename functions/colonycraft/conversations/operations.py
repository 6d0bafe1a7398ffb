"""What a person can do with conversations, beside talking in them (`chat`)."""

from collections.abc import Mapping
from typing import Any

from colonycraft.conversations import store
from colonycraft.conversations.models import (
    ConversationChanged,
    CreateConversation,
    DeleteConversation,
    RenameConversation,
    RestoreConversation,
)
from colonycraft.platform.clock import now
from colonycraft.platform.operations import Access, Caller, Operation


def create(caller: Caller, request: CreateConversation) -> ConversationChanged:
    data = store.create(caller, request.conversation_id, request.title, request.request_id)
    return _changed(request.conversation_id, data)


def rename(caller: Caller, request: RenameConversation) -> ConversationChanged:
    changes = {"title": request.title, "titleSource": "person"}
    data = store.change(caller, request.conversation_id, request.request_id, changes)
    return _changed(request.conversation_id, data)


def delete(caller: Caller, request: DeleteConversation) -> ConversationChanged:
    changes = {"state": "deleted", "deletedAt": now()}
    data = store.change(caller, request.conversation_id, request.request_id, changes, deleted=False)
    return _changed(request.conversation_id, data)


def restore(caller: Caller, request: RestoreConversation) -> ConversationChanged:
    changes = {"state": "active", "deletedAt": None}
    data = store.change(caller, request.conversation_id, request.request_id, changes, deleted=None)
    return _changed(request.conversation_id, data)


def _changed(conversation_id: str, data: Mapping[str, Any]) -> ConversationChanged:
    return ConversationChanged(
        conversation_id=conversation_id,
        title=data["title"],
        state=data["state"],
        updated_at=data["updatedAt"].isoformat(),
    )


_IDS = {"requestId": "request-0000-0001", "conversationId": "conversation-0001"}

OPERATIONS = (
    Operation(
        name="conversations.create",
        summary="Creates an empty conversation under an id that the caller made.",
        handler=create,
        input=CreateConversation,
        output=ConversationChanged,
        example={**_IDS, "title": "Plans for spring"},
    ),
    Operation(
        name="conversations.rename",
        summary="Gives a conversation a title; no generated one replaces it.",
        handler=rename,
        input=RenameConversation,
        output=ConversationChanged,
        access=Access.OWNER,
        subject="conversationId",
        example={**_IDS, "title": "Plans for summer"},
    ),
    Operation(
        name="conversations.delete",
        summary="Hides a conversation; ten minutes later it is gone for good.",
        handler=delete,
        input=DeleteConversation,
        output=ConversationChanged,
        access=Access.OWNER,
        subject="conversationId",
        example=_IDS,
    ),
    Operation(
        name="conversations.restore",
        summary="Brings a deleted conversation back, within ten minutes.",
        handler=restore,
        input=RestoreConversation,
        output=ConversationChanged,
        access=Access.OWNER,
        subject="conversationId",
        example=_IDS,
    ),
)
