"""Conversations as they cross the door. Documents are read by listener (`store.py`)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from colonycraft.platform.operations import Id, Model

BranchId = Id | Literal["main"]
MessageId = Id

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
    """`changed_at` is RFC 3339; a document whose `changedAt` or `updatedAt` is that time or a later
    one has the change."""

    conversation_id: str
    title: str
    state: str
    changed_at: str


class OpenBranch(Model):
    """Makes a branch the one that is shown, on every device."""

    request_id: Id
    conversation_id: Id
    branch_id: BranchId


class ChooseAnswer(Model):
    """Ends a comparison: `message_id` is its question, `branch_id` the branch that is gone on
    with. The other answers stay as branches."""

    request_id: Id
    conversation_id: Id
    message_id: MessageId
    branch_id: BranchId


class ForkConversation(Model):
    """Copies into a new conversation: the `path` up to a message, the `subtree` (that path and all
    that follows from the message), or `all`."""

    request_id: Id
    conversation_id: Id
    new_conversation_id: Id
    scope: Literal["path", "subtree", "all"]
    message_id: MessageId


Instructions = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
ModelId = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^/]+/.+")]


class ConfigureConversation(Model):
    """Changes what is given. `instructions` go before every question here, "" removes them;
    `fallbacks` are asked when the chosen model fails, in their order; `summarise`: what no longer
    fits a model is summed up for it; `cache`: answers that were made before may do, where the
    workspace keeps them."""

    request_id: Id
    conversation_id: Id
    instructions: Instructions | None = None
    fallbacks: Annotated[list[ModelId], Field(max_length=3)] | None = None
    summarise: bool | None = None
    cache: bool | None = None


class PinMessage(Model):
    """A pinned message is always among what a model is sent, as far as there is room."""

    request_id: Id
    conversation_id: Id
    message_id: MessageId
    pinned: bool


SummaryText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8_000)
]


class WriteSummary(Model):
    """The summary in a person's own words; null removes it, and the next one begins anew."""

    request_id: Id
    conversation_id: Id
    text: (
        Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8_000)]
        | None
    )


class CreateFolder(Model):
    """A folder under an id that the caller made. One that was deleted comes back under its old id,
    with the conversations that were in it. `instructions` go before those of a conversation."""

    request_id: Id
    folder_id: Id
    name: Title
    instructions: Instructions = ""


class ChangeFolder(Model):
    """Changes what is given."""

    request_id: Id
    folder_id: Id
    name: Title | None = None
    instructions: Instructions | None = None


class DeleteFolder(Model):
    """Its conversations stay."""

    folder_id: Id


class FolderChanged(Model):
    """`changed_at` is RFC 3339; a document whose `changedAt` is that time or a later one has the
    change."""

    folder_id: str
    name: str
    changed_at: str


class FolderDeleted(Model):
    folder_id: str


class MoveConversation(Model):
    """Into a folder; null takes it out of the one that it is in."""

    request_id: Id
    conversation_id: Id
    folder_id: Id | None


class Several(Model):
    """All of them change, or none."""

    request_id: Id
    conversation_ids: Annotated[list[Id], Field(min_length=1, max_length=100)]


class DeleteSeveral(Several):
    """Hides them at once; they are gone for good after ten minutes unless restored."""


class RestoreSeveral(Several):
    """Brings them back, within ten minutes."""


class MoveSeveral(Several):
    """Into a folder; null takes each out of the one that it is in."""

    folder_id: Id | None


class SeveralChanged(Model):
    """`changed_at` is RFC 3339; one of the documents whose `changedAt` is that time or a later one
    has the change."""

    conversation_ids: list[str]
    changed_at: str
