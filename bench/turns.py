"""Stored turns: what `chat` adds to the mock's own first token."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench import client
from bench.people import Person
from bench.servers import MARKER, MODEL, QUESTION, UNKNOWN_MODEL, call, messages, post

CONTEXT = 20
"""Messages that a conversation of the second kind has already."""


@dataclass(frozen=True)
class Turns:
    """Milliseconds (medians), and turns a second."""

    first: float
    total: float
    rate: float


def in_new_chats(port: int, persons: Sequence[Person], clients: int, count: int) -> Turns:
    """Each turn begins a conversation."""
    turns = [asked(port, persons[n % clients], uuid.uuid4().hex, new=True) for n in range(count)]
    return _measured(port, turns, clients)


def with_context(port: int, persons: Sequence[Person], clients: int, count: int) -> Turns:
    """Each turn continues a conversation of `CONTEXT` messages; they are made first."""
    conversations = [(persons[n % clients], uuid.uuid4().hex) for n in range(count)]
    for number in range(CONTEXT // 2):
        new = number == 0
        before = [asked(port, person, place, new=new) for person, place in conversations]
        _measured(port, before, clients)
    turns = [asked(port, person, place, new=False) for person, place in conversations]
    return _measured(port, turns, clients)


def following(port: int, person: Person, conversations: Sequence[str]) -> Turns:
    """A turn in each of these conversations, one after another, by a model with a small window."""
    turns = [asked(port, person, place, new=False, model=UNKNOWN_MODEL) for place in conversations]
    return _measured(port, turns, 1)


def mock_alone(port: int, context: int, model: str = MODEL, count: int = 50) -> float:
    """The mock's own first token, in milliseconds, for what such a turn asks it."""
    body = {
        "model": model,
        "messages": messages(context),
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    requests = [post(port, "/v1/chat/completions", body, {}, streamed=True)] * count
    return _measured(port, requests, 1).first


def asked(port: int, person: Person, conversation: str, *, new: bool, model: str = MODEL) -> bytes:
    """A question."""
    return _chat(port, person, conversation, model, newConversation=new, text=QUESTION)


def answer_again(port: int, person: Person, conversation: str, question: str, model: str) -> bytes:
    """A question that is stored, to be answered again: on a branch of its own."""
    return _chat(port, person, conversation, model, action="answer", messageId=question)


def _chat(port: int, person: Person, conversation: str, model: str, **more: object) -> bytes:
    data = {
        "requestId": uuid.uuid4().hex,
        "conversationId": conversation,
        "model": f"openai/{model}",
        **more,
    }
    return call(port, "chat", data, person, streamed=True)


def _measured(port: int, requests: Sequence[bytes], clients: int) -> Turns:
    answered = client.ask_each(port, requests, clients=clients, marker=MARKER)
    return Turns(
        1000 * median(sample.first for sample in answered.samples),
        1000 * median(sample.total for sample in answered.samples),
        answered.rate,
    )
