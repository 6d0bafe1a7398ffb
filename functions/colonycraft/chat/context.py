"""What a model is sent: pure, so that it can be tested for every length and language.

system      the house's prompt, instructions, what is remembered of earlier messages, pinned
            messages that lie before the last ones: the same from turn to turn while nothing of
            it changes, so that providers can cache it
history     the last messages that fit
question
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from colonycraft.errors import InvalidArgument
from colonycraft.llm import estimate_tokens
from colonycraft.llm.port import Message, TextPart
from colonycraft.reasons import FieldProblem

SYSTEM_PROMPT = (
    "You are a helpful assistant. Answer in the language of the question, briefly unless asked "
    "for more. Use Markdown where it helps."
)
MESSAGE_OVERHEAD = 8
"""Tokens that a message costs beside its text."""
NAMED = 50
"""Ids of left-out messages that a receipt names; it counts them all."""

Stored = Mapping[str, Any]
"""A message as it is stored, with its id."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a conversation keeps for its model beside its last messages.

    `summary` is "" when there is none. `pinned` are messages of the path before those that were
    read, oldest first.
    """

    instructions: tuple[str, ...] = ()
    summary: str = ""
    pinned: tuple[Stored, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """`included` counts the older messages that are sent, pinned ones too; the question always is.
    `history`: what stands between system prompt and question, as stored. `left_out`: how many are
    not sent, and the ids of the newest of them. `tokens` is what all of it takes, by the
    estimate."""

    messages: tuple[Message, ...]
    history: tuple[Stored, ...]
    included: int
    left_out: int
    left_out_ids: tuple[str, ...]
    summary_used: bool
    tokens: int


def build_context(
    older: Sequence[Stored],
    question: str,
    *,
    window: int,
    answer_tokens: int,
    before: int | None = None,
    memory: Memory | None = None,
) -> Context:
    """The newest of `older` (newest first, as stored) that fit, and what goes before and after.

    `window` and `answer_tokens` are in tokens; `before` is how many messages the path has before
    the question, when that is more than were read. A question goes only with its answer: the
    oldest unpinned message sent is never an answer whose question was left out. Pinned messages go
    before others. Raises InvalidArgument when question and instructions do not fit.
    """
    memory = memory or Memory()
    before = len(older) if before is None else before
    instructions = _system(memory.instructions)
    room = window - answer_tokens - 2 * MESSAGE_OVERHEAD
    needed = estimate_tokens(question) + estimate_tokens(instructions)
    if needed > room:
        raise InvalidArgument(
            "question-too-long",
            needed=needed,
            room=max(room, 0),
            fields=[
                FieldProblem(
                    field="text",
                    problem="is longer than the model's window",
                    kind="too-long",
                    limit=None,
                )
            ],
        )
    room -= needed
    summary = ""
    choice = _choose(older, memory.pinned, room)
    if memory.summary and choice.count < before:
        cost = estimate_tokens(_remembered(memory.summary))
        if cost <= room:
            summary = memory.summary
            choice = _choose(older, memory.pinned, room - cost)
    sent = {one["id"] for one in (*choice.last, *choice.pinned)}
    missing = [one["id"] for one in older if one["id"] not in sent]
    history = tuple(one for one in reversed(choice.last) if _text(one))
    return Context(
        (
            Message("system", (TextPart(_system(memory.instructions, summary, choice.pinned)),)),
            *(Message(one["role"], (TextPart(_text(one)),)) for one in history),
            Message("user", (TextPart(question),)),
        ),
        history,
        included=choice.count,
        left_out=before - choice.count,
        left_out_ids=tuple(missing[:NAMED]),
        summary_used=bool(summary),
        tokens=window - answer_tokens - choice.room,
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    """`last`: the end of the path, newest first. `pinned`: those before it, oldest first. `room`:
    the tokens that are left."""

    last: list[Stored]
    pinned: list[Stored]
    room: int

    @property
    def count(self) -> int:
        return len(self.last) + len(self.pinned)


def _choose(older: Sequence[Stored], pinned_before: Sequence[Stored], room: int) -> _Choice:
    """Pinned messages first, the newest first; then the last ones, as far as there is room."""
    held: dict[str, Stored] = {}
    pinned = [one for one in older if one.get("pinned")] + list(reversed(pinned_before))
    for one in pinned:
        cost = _cost(one)
        if cost <= room:
            held[one["id"]] = one
            room -= cost
    last: list[Stored] = []
    for one in older:
        cost = 0 if one["id"] in held else _cost(one)
        if cost > room:
            break
        room -= cost
        last.append(one)
    while last and last[-1]["role"] == "assistant" and last[-1]["id"] not in held:
        room += _cost(last.pop())
    shown = {one["id"] for one in last}
    return _Choice(last, [one for one in reversed(held.values()) if one["id"] not in shown], room)


def _cost(stored: Stored) -> int:
    return estimate_tokens(_text(stored)) + MESSAGE_OVERHEAD


def _text(stored: Stored) -> str:
    return "".join(part["text"] for part in stored["parts"] if part["type"] == "text")


def _system(instructions: Sequence[str], summary: str = "", pinned: Sequence[Stored] = ()) -> str:
    texts = [SYSTEM_PROMPT, *(text for text in instructions if text)]
    if summary:
        texts.append(_remembered(summary))
    if pinned:
        said = {"user": "The person", "assistant": "You"}
        quoted = "\n\n".join(f"{said[one['role']]} wrote:\n{_text(one)}" for one in pinned)
        texts.append(f"Earlier messages that the person pinned:\n\n{quoted}")
    return "\n\n".join(texts)


def _remembered(summary: str) -> str:
    return f"What was said before the messages below, summed up:\n\n{summary}"
