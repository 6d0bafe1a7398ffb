"""Conversations as they cross the door. Documents are read by listener (`store.py`)."""

from typing import Annotated

from pydantic import StringConstraints

from colonycraft.platform.operations import Model

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
"""Made by the caller, at random; `crypto.randomUUID()` will do."""

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class CreateConversation(Model):
    """An empty conversation under an id that the caller made. A new chat needs no call to this:
    `chat` creates its conversation itself."""

    request_id: Id
    conversation_id: Id
    title: Title


class RenameConversation(Model):
    request_id: Id
    conversation_id: Id
    title: Title


class DeleteConversation(Model):
    """Hides it at once; it is gone for good after ten minutes unless restored."""

    request_id: Id
    conversation_id: Id


class RestoreConversation(Model):
    request_id: Id
    conversation_id: Id


class ConversationChanged(Model):
    """`updated_at` is RFC 3339; a document with that time or a later one has the change."""

    conversation_id: str
    title: str
    state: str
    updated_at: str
