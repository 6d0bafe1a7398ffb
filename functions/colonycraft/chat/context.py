"""What a model is sent: pure, so that it can be tested for every length and language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from colonycraft.errors import InvalidArgument
from colonycraft.llm.port import Message, TextPart

SYSTEM_PROMPT = (
    "You are a helpful assistant. Answer in the language of the question, briefly unless asked "
    "for more. Use Markdown where it helps."
)
MESSAGE_OVERHEAD = 8
"""Tokens that a message costs beside its text."""


@dataclass(frozen=True, slots=True)
class Context:
    """`included` counts the older messages that are sent; the question always is. `tokens` is what
    all of it takes, by the estimate."""

    messages: tuple[Message, ...]
    included: int
    tokens: int


def estimate_tokens(text: str) -> int:
    """Tokens, estimated high: 3.5 characters a token for ASCII, two bytes a token for the rest."""
    ascii_size = len(text.encode("ascii", "ignore"))
    other_size = len(text.encode("utf-8", "ignore")) - ascii_size
    return -(-ascii_size * 2 // 7) + -(-other_size // 2)


def build_context(
    older: Sequence[Mapping[str, Any]],
    question: str,
    *,
    window: int,
    answer_tokens: int,
) -> Context:
    """The system prompt, the newest of `older` (newest first, as stored) that fit, the question.

    `window` and `answer_tokens` are in tokens. A question goes only with its answer: the oldest
    message sent is never an answer whose question was left out. Raises InvalidArgument when the
    question alone does not fit.
    """
    room = window - answer_tokens - estimate_tokens(SYSTEM_PROMPT) - 2 * MESSAGE_OVERHEAD
    needed = estimate_tokens(question)
    if needed > room:
        raise InvalidArgument(
            f"This question is too long for the model: about {needed} tokens, and {max(room, 0)} "
            "fit. Shorten it, or choose a model with a larger window.",
            {"fields": [{"field": "text", "problem": "is longer than the model's window"}]},
        )
    room -= needed
    kept: list[Message] = []
    for stored in older:
        text = "".join(part["text"] for part in stored["parts"] if part["type"] == "text")
        room -= estimate_tokens(text) + MESSAGE_OVERHEAD
        if room < 0:
            break
        kept.append(Message(stored["role"], (TextPart(text),) if text else ()))
    while kept and kept[-1].role == "assistant":
        kept.pop()
    included = len(kept)
    history = [message for message in reversed(kept) if message.parts]
    return Context(
        (
            Message("system", (TextPart(SYSTEM_PROMPT),)),
            *history,
            Message("user", (TextPart(question),)),
        ),
        included=included,
        tokens=window - answer_tokens - max(room, 0),
    )
