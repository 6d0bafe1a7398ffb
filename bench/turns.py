"""Stored turns: what `chat` adds to the mock's own first token."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench import client
from bench.people import Person
from bench.servers import MARKER, MODEL, QUESTION, call, messages, post

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
    asked = [_turn(port, persons[n % clients], uuid.uuid4().hex, new=True) for n in range(count)]
    return _measured(port, asked, clients)


def with_context(port: int, persons: Sequence[Person], clients: int, count: int) -> Turns:
    """Each turn continues a conversation of `CONTEXT` messages; they are made first."""
    conversations = [(persons[n % clients], uuid.uuid4().hex) for n in range(count)]
    for number in range(CONTEXT // 2):
        new = number == 0
        before = [_turn(port, person, place, new=new) for person, place in conversations]
        _measured(port, before, clients)
    asked = [_turn(port, person, place, new=False) for person, place in conversations]
    return _measured(port, asked, clients)


def mock_alone(port: int, context: int) -> float:
    """The mock's own first token, in milliseconds, for what such a turn asks it."""
    body = {
        "model": MODEL,
        "messages": messages(context),
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    asked = [post(port, "/v1/chat/completions", body, {}, streamed=True)] * 50
    return _measured(port, asked, 1).first


def _turn(port: int, person: Person, conversation: str, *, new: bool) -> bytes:
    data = {
        "requestId": uuid.uuid4().hex,
        "conversationId": conversation,
        "newConversation": new,
        "text": QUESTION,
        "model": f"openai/{MODEL}",
    }
    return call(port, "chat", data, person, streamed=True)


def _measured(port: int, requests: Sequence[bytes], clients: int) -> Turns:
    answered = client.ask_each(port, requests, clients=clients, marker=MARKER)
    return Turns(
        1000 * median(sample.first for sample in answered.samples),
        1000 * median(sample.total for sample in answered.samples),
        answered.rate,
    )
