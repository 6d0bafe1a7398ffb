"""The answer to a request that had been made before: what its run has written; nothing is run."""

from collections.abc import Generator, Mapping
from typing import Any

from colonycraft.chat.models import (
    ChatEvent,
    ChatRequest,
    ChatResult,
    Problem,
    ReasoningDeltaEvent,
    Receipt,
    RunFinishedEvent,
    RunStartedEvent,
    TextDeltaEvent,
)
from colonycraft.chat.place import text_of
from colonycraft.conversations import store as conversations
from colonycraft.platform.firestore import Snapshot


def attached(request: ChatRequest, stored: Snapshot) -> Generator[ChatEvent, None, ChatResult]:
    """A run that has ended is told whole; one that runs is read on from its log."""
    run: Mapping[str, Any] = stored.data or {}
    yield RunStartedEvent(
        run_id=stored.id,
        conversation_id=request.conversation_id,
        branch_id=run["branchId"],
        question_id=run["questionId"],
        answer_id=run["answerId"],
        title=None,
        attached=True,
    )
    text = reasoning = ""
    receipt = None
    problem = Problem.model_validate(run["problem"]) if run["problem"] else None
    if run["state"] != "running":
        stored_answer = conversations.read_message(request.conversation_id, run["answerId"])
        answer = stored_answer or {"parts": [], "receipt": None}
        text, reasoning = text_of(answer), text_of(answer, "reasoning")
        receipt = Receipt.model_validate(answer["receipt"]) if answer["receipt"] else None
        if reasoning:
            yield ReasoningDeltaEvent(text=reasoning)
        if text:
            yield TextDeltaEvent(text=text)
        yield RunFinishedEvent(
            run_id=stored.id, state=run["state"], receipt=receipt, problem=problem
        )
    return ChatResult(
        run_id=stored.id,
        conversation_id=request.conversation_id,
        question_id=run["questionId"],
        answer_id=run["answerId"],
        state=run["state"],
        text=text,
        reasoning=reasoning,
        receipt=receipt,
        problem=problem,
    )
