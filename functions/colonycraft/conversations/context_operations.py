"""What a person decides about what a model is sent in a conversation."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from colonycraft.conversations import store
from colonycraft.conversations.models import (
    ConfigureConversation,
    ConversationChanged,
    PinMessage,
    WriteSummary,
)
from colonycraft.errors import FailedPrecondition, NotFound
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import UnitOfWork, database
from colonycraft.platform.operations import Access, Caller, Operation

MOST_PINNED = 20


def configure(caller: Caller, request: ConfigureConversation) -> ConversationChanged:
    given = {
        "instructions": request.instructions,
        "fallbacks": request.fallbacks,
        "summarise": request.summarise,
        "cache": request.cache,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    data = store.change(caller, request.conversation_id, request.request_id, changes)
    return store.changed(request.conversation_id, data)


def pin(caller: Caller, request: PinMessage) -> ConversationChanged:
    """Raises NotFound for no such message, FailedPrecondition when too many are pinned."""
    path = store.message_path(request.conversation_id, request.message_id)
    message, conversation = database().get_all([path, store.path_of(request.conversation_id)])
    store.owned(caller, conversation)
    if message.data is None or message.data["role"] not in ("user", "assistant"):
        raise NotFound("message-missing")

    def pinned(data: Mapping[str, Any]) -> dict[str, Any]:
        others = [one for one in data.get("pinned", ()) if one != request.message_id]
        wanted = [*others, request.message_id] if request.pinned else others
        if len(wanted) > MOST_PINNED:
            raise FailedPrecondition("pins-full", most=MOST_PINNED)
        return {"pinned": wanted}

    def mark(unit: UnitOfWork) -> None:
        unit.update(path, {("pinned",): request.pinned})

    data = store.change(caller, request.conversation_id, request.request_id, pinned, also=mark)
    return store.changed(request.conversation_id, data)


def write_summary(caller: Caller, request: WriteSummary) -> ConversationChanged:
    """A person's words are kept: what is summed up later is added to them. Raises
    FailedPrecondition when there is no summary to write anew."""

    def written(data: Mapping[str, Any]) -> dict[str, Any]:
        stored: Mapping[str, Any] | None = data.get("summary")
        if request.text is None:
            return {"summary": None}
        if stored is None:
            raise FailedPrecondition("nothing-summed-up")
        edited = stored["at"] if stored["text"] == request.text else now()
        return {"summary": {**stored, "text": request.text, "edited": True, "at": edited}}

    data = store.change(caller, request.conversation_id, request.request_id, written)
    return store.changed(request.conversation_id, data)


of_conversation = partial(
    Operation, output=ConversationChanged, access=Access.OWNER, subject="conversationId"
)
"""An operation on a conversation, for its owner."""
IDS = {"requestId": "request-0000-0001", "conversationId": "conversation-0001"}

OPERATIONS = (
    of_conversation(
        name="conversations.configure",
        summary="Sets a conversation's instructions, fallbacks, summaries and use of the cache.",
        handler=configure,
        input=ConfigureConversation,
        example={**IDS, "instructions": "Answer in verse.", "fallbacks": [], "summarise": True},
    ),
    of_conversation(
        name="conversations.pin",
        summary="Keeps a message among what the model is sent, or lets it go.",
        handler=pin,
        input=PinMessage,
        example={**IDS, "messageId": "message-0001", "pinned": True},
    ),
    of_conversation(
        name="conversations.writeSummary",
        summary="Puts a conversation's summary into the person's own words, or removes it.",
        handler=write_summary,
        input=WriteSummary,
        example={**IDS, "text": None},
    ),
)
