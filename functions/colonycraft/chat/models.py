"""A turn as it crosses the door: the question, the events of its answer, its receipt."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from colonycraft.calls.models import (
    Attempt,
    AttemptFailedEvent,
    Cached,
    CallWaitingEvent,
    Cost,
    ModelName,
    ReasoningDeltaEvent,
    TextDeltaEvent,
    TokenUsage,
)
from colonycraft.conversations.models import BranchId, Id, MessageId
from colonycraft.errors import ColonyCraftError
from colonycraft.platform.operations import ErrorDetails, Model

Question = Annotated[str, StringConstraints(min_length=1, max_length=100_000, pattern=r"\S")]
RunState = Literal["running", "complete", "incomplete", "stopped", "failed"]
Action = Literal["ask", "edit", "answer", "continue"]
Wish = Literal["shorter", "longer"]


class ChatRequest(Model):
    """One turn. `model` is `connection/model`.

    - `ask`: a question at the end of the branch. `new_conversation` creates the conversation under
      the id given, in `folder_id`; without it a conversation that is not there answers NOT_FOUND.
    - `edit`: `text` instead of the question `message_id`, on a branch of its own.
    - `answer`: another answer to the question `message_id`, on a branch of its own.
    - `continue`: goes on with the incomplete answer `message_id`.

    `branch_id` is where the message is stored. `comparing`: on `ask`, the same question goes to
    further models; on `answer`, this is one of them.

    `cache`: whether an answer that was made before may do, where the workspace keeps them; None
    leaves it to the conversation. An `answer`, a `continue` and what is compared are always made
    anew.

    `wish`: what an `answer` is to be, beside those that are there. A `continue` keeps that of the
    answer that it goes on with.
    """

    request_id: Id
    conversation_id: Id
    new_conversation: bool = False
    folder_id: Id | None = None
    branch_id: BranchId = "main"
    action: Action = "ask"
    message_id: MessageId | None = None
    text: Question | None = None
    model: ModelName
    comparing: bool = False
    cache: bool | None = None
    wish: Wish | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Each action has what it needs, and nothing that it would ignore."""
        for name, needed in (
            ("text", self.action in ("ask", "edit")),
            ("messageId", self.action != "ask"),
        ):
            given = (self.text if name == "text" else self.message_id) is not None
            if given != needed:
                verb = "needs" if needed else "takes no"
                raise ValueError(f"{self.action} {verb} {name}")
        if self.new_conversation and (self.action != "ask" or self.branch_id != "main"):
            raise ValueError("a new conversation begins with a question on main")
        if self.folder_id is not None and not self.new_conversation:
            raise ValueError("folderId is for a new conversation; another one is moved")
        if self.comparing and self.action not in ("ask", "answer"):
            raise ValueError(f"{self.action} cannot be compared")
        if self.wish is not None and (self.action != "answer" or self.comparing):
            raise ValueError("wish is for another answer, which is not compared")
        return self


class Problem(Model):
    """What went wrong, as an error has it: `status` is a callable status. `details` are not there
    where it was stored without."""

    status: str
    message: str
    details: ErrorDetails | None = None

    @classmethod
    def of(cls, error: ColonyCraftError) -> "Problem":
        return cls.model_construct(
            status=error.status, message=error.message, details=error.details
        )


class Receipt(Model):
    """What an answer was made of and what it cost. Times in milliseconds from the request. With
    `cached` no model was asked, and `usage` is what the answer took when it was made."""

    model_asked: str
    model_used: str | None
    reason: str | None
    usage: TokenUsage | None
    cost: Cost
    first_token_ms: int | None
    total_ms: int
    attempts: list[Attempt]
    context_messages: int
    """Messages sent as context, the question not counted."""
    left_out_messages: int
    """Older messages that did not fit the model's window."""
    left_out_ids: list[str] = Field(default_factory=list)
    """The newest of them."""
    summary_used: bool = False
    """A summary stood for what was left out."""
    cached: Cached | None = None
    wish: Wish | None = None
    """What the person wished it to be, beside another answer."""
    reasoning_ms: int | None = None
    """From its first reasoning to its first text."""


class RunStartedEvent(Model):
    """The first event. `attached` is true when this request id had been used before: then the
    answer is the one that run makes or made."""

    type: Literal["run-started"] = "run-started"
    run_id: str
    conversation_id: str
    branch_id: str
    question_id: str
    answer_id: str
    title: str | None
    attached: bool = False
    text_start: int = 0
    """Where the first delta belongs, in UTF-16 units: what a continued answer has already."""


class RunFinishedEvent(Model):
    type: Literal["run-finished"] = "run-finished"
    run_id: str
    state: RunState
    receipt: Receipt | None
    problem: Problem | None


ChatEvent = Annotated[
    RunStartedEvent
    | TextDeltaEvent
    | ReasoningDeltaEvent
    | AttemptFailedEvent
    | CallWaitingEvent
    | RunFinishedEvent,
    Field(discriminator="type"),
]


class ChatResult(Model):
    """How the turn ended; `state` is running when an attached run is still being written."""

    run_id: str
    conversation_id: str
    question_id: str
    answer_id: str
    state: RunState
    text: str
    reasoning: str
    receipt: Receipt | None
    problem: Problem | None


class RunSubject(Model):
    """A run, by its id."""

    run_id: Id


class RunStatus(Model):
    run_id: str
    state: RunState


class QueueQuestion(Model):
    """A question that waits until the answer on its branch is written. Nothing runs there: it is
    asked at once."""

    request_id: Id
    conversation_id: Id
    branch_id: BranchId = "main"
    text: Question
    model: ModelName


class QueueEntry(Model):
    conversation_id: Id
    entry_id: Id


class MoveQueueEntry(Model):
    """`before` is another entry, or null for the end."""

    conversation_id: Id
    entry_id: Id
    before: Id | None


class QueueSubject(Model):
    conversation_id: Id
    branch_id: BranchId = "main"


class QueueChanged(Model):
    """`entry_id` is the id of the run that the question becomes. `started`: it does not wait."""

    conversation_id: str
    entry_id: str
    state: Literal["queued", "started", "moved", "removed"]


def dump(model: Model | None) -> dict[str, Any] | None:
    """As it is stored."""
    return None if model is None else model.model_dump(by_alias=True)
