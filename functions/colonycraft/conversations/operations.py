"""What a person can do with conversations, beside talking in them (`chat`)."""

from colonycraft.conversations import (
    context_operations,
    copies,
    folder_operations,
    several_operations,
    store,
)
from colonycraft.conversations.context_operations import IDS, of_conversation
from colonycraft.conversations.models import (
    ChooseAnswer,
    ConversationChanged,
    CreateConversation,
    DeleteConversation,
    ForkConversation,
    OpenBranch,
    RenameConversation,
    RestoreConversation,
)
from colonycraft.platform.clock import now
from colonycraft.platform.operations import Caller, Operation


def create(caller: Caller, request: CreateConversation) -> ConversationChanged:
    data = store.create(caller, request.conversation_id, request.title, request.request_id)
    return store.changed(request.conversation_id, data)


def rename(caller: Caller, request: RenameConversation) -> ConversationChanged:
    changes = {"title": request.title, "titleSource": "person"}
    data = store.change(caller, request.conversation_id, request.request_id, changes)
    return store.changed(request.conversation_id, data)


def delete(caller: Caller, request: DeleteConversation) -> ConversationChanged:
    """It keeps its place in the list, for when it is restored."""
    changes = {"state": "deleted", "deletedAt": now()}
    data = store.change(
        caller, request.conversation_id, request.request_id, changes, deleted=False, moves=False
    )
    return store.changed(request.conversation_id, data)


def restore(caller: Caller, request: RestoreConversation) -> ConversationChanged:
    changes = {"state": "active", "deletedAt": None}
    data = store.change(
        caller, request.conversation_id, request.request_id, changes, deleted=None, moves=False
    )
    return store.changed(request.conversation_id, data)


def open_branch(caller: Caller, request: OpenBranch) -> ConversationChanged:
    data = store.show_branch(caller, request.conversation_id, request.request_id, request.branch_id)
    return store.changed(request.conversation_id, data)


def choose(caller: Caller, request: ChooseAnswer) -> ConversationChanged:
    data = store.show_branch(
        caller,
        request.conversation_id,
        request.request_id,
        request.branch_id,
        question_id=request.message_id,
    )
    return store.changed(request.conversation_id, data)


def fork(caller: Caller, request: ForkConversation) -> ConversationChanged:
    data = copies.copy(
        caller,
        request.conversation_id,
        request.new_conversation_id,
        request.request_id,
        request.scope,
        request.message_id,
    )
    return store.changed(request.new_conversation_id, data)


OPERATIONS = (
    Operation(
        name="conversations.create",
        summary="Creates an empty conversation under an id that the caller made.",
        handler=create,
        input=CreateConversation,
        output=ConversationChanged,
        example={**IDS, "title": "Plans for spring"},
    ),
    of_conversation(
        name="conversations.rename",
        summary="Gives a conversation a title; no generated one replaces it.",
        handler=rename,
        input=RenameConversation,
        example={**IDS, "title": "Plans for summer"},
    ),
    of_conversation(
        name="conversations.delete",
        summary="Hides a conversation; ten minutes later it is gone for good.",
        handler=delete,
        input=DeleteConversation,
        example=IDS,
    ),
    of_conversation(
        name="conversations.restore",
        summary="Brings a deleted conversation back, within ten minutes.",
        handler=restore,
        input=RestoreConversation,
        example=IDS,
    ),
    of_conversation(
        name="conversations.openBranch",
        summary="Makes a branch the one that is shown, on every device.",
        handler=open_branch,
        input=OpenBranch,
        example={**IDS, "branchId": "main"},
    ),
    of_conversation(
        name="conversations.choose",
        summary="Ends a comparison: one answer is gone on with, the others stay as branches.",
        handler=choose,
        input=ChooseAnswer,
        example={**IDS, "messageId": "message-0001", "branchId": "main"},
    ),
    of_conversation(
        name="conversations.fork",
        summary="Copies a path, a subtree or everything into a new conversation.",
        handler=fork,
        input=ForkConversation,
        example={
            **IDS,
            "newConversationId": "conversation-0002",
            "scope": "path",
            "messageId": "message-0001",
        },
    ),
    *context_operations.OPERATIONS,
    *folder_operations.OPERATIONS,
    *several_operations.OPERATIONS,
)
