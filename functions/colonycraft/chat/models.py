"""A turn as it crosses the door: the question, the events of its answer, its receipt."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from colonycraft.calls.models import (
    Attempt,
    AttemptFailedEvent,
    Cost,
    ModelName,
    ReasoningDeltaEvent,
    TextDeltaEvent,
    TokenUsage,
)
from colonycraft.conversations.models import Id
from colonycraft.platform.operations import Model

Question = Annotated[str, StringConstraints(min_length=1, max_length=100_000, pattern=r"\S")]
RunState = Literal["running", "complete", "incomplete", "stopped", "failed"]


class ChatRequest(Model):
    """One question. `new_conversation` creates the conversation under the id given; without it a
    conversation that is not there answers NOT_FOUND. `model` is `connection/model`."""

    request_id: Id
    conversation_id: Id
    new_conversation: bool = False
    branch_id: Id | Literal["main"] = "main"
    text: Question
    model: ModelName


class Problem(Model):
    """What went wrong, as the person reads it. `status` is a callable status."""

    status: str
    message: str


class Receipt(Model):
    """What an answer was made of and what it cost. Times in milliseconds from the request."""

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


class RunFinishedEvent(Model):
    type: Literal["run-finished"] = "run-finished"
    run_id: str
    state: RunState
    receipt: Receipt | None
    problem: Problem | None


ChatEvent = Annotated[
    RunStartedEvent | TextDeltaEvent | ReasoningDeltaEvent | AttemptFailedEvent | RunFinishedEvent,
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
