"""Turns as a client of `chat` sees them, without a door between."""

import uuid
from collections.abc import Generator
from typing import Any

from colonycraft.chat import turn
from colonycraft.chat.models import ChatRequest, ChatResult
from colonycraft.platform.firestore import Firestore, Query
from colonycraft.platform.operations import Caller


def someone() -> Caller:
    uid = f"person-{uuid.uuid4().hex[:12]}"
    return Caller(uid=uid, org_id=f"personal-{uid}", streamed=True)


def question(
    conversation: str,
    text: str | None = "hello",
    *,
    new: bool = False,
    model: str = "words-3",
    **more: Any,
) -> ChatRequest:
    return ChatRequest(
        request_id=more.pop("request_id", None) or str(uuid.uuid4()),
        conversation_id=conversation,
        new_conversation=new,
        text=text,
        model=f"openai/{model}",
        **more,
    )


def act(
    conversation: str, action: str, message_id: str, text: str | None = None, **more: Any
) -> ChatRequest:
    """An edit, another answer, or a continuation."""
    return question(conversation, text, action=action, message_id=message_id, **more)


def ask(caller: Caller, request: ChatRequest) -> tuple[list[Any], ChatResult]:
    """All events of a turn and its result."""
    events: list[Any] = []
    stream: Generator[Any, None, ChatResult] = turn.chat(caller, request)
    while True:
        try:
            events.append(next(stream))
        except StopIteration as end:
            return events, end.value


def messages(firestore: Firestore, conversation: str) -> list[dict[str, Any]]:
    """All messages, by number; those of the same number by branch."""
    path = f"conversations/{conversation}/messages"
    found = firestore.query(Query(path))
    documents = [{**(one.data or {}), "id": one.id} for one in found]
    return sorted(documents, key=lambda one: (one["seq"], one["branchId"] != "main"))


def text_of(message: dict[str, Any]) -> str:
    return "".join(part["text"] for part in message["parts"] if part["type"] == "text")


def segments(firestore: Firestore, run: str) -> list[dict[str, Any]]:
    found = firestore.query(Query(f"runs/{run}/segments", order_by=(("__name__", "asc"),)))
    return [one.data or {} for one in found]


def conversation_of(firestore: Firestore, conversation: str) -> dict[str, Any]:
    data = firestore.get(f"conversations/{conversation}").data
    assert data is not None
    return data
