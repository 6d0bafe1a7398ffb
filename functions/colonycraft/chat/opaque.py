"""What a provider gives with an answer and alone can read: signed thinking, encrypted reasoning.

It is kept in `runControls/{run}`, which no rule opens. Its message says only who made it and seals
what was sent for it; it goes back to that model alone, before its answer, and only where all that
goes before is as it was, since a provider may refuse the request otherwise.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from colonycraft.calls import Choice
from colonycraft.chat import run as runs
from colonycraft.chat.context import Context, Stored
from colonycraft.llm import account, seals
from colonycraft.llm.port import Message, OpaquePart
from colonycraft.platform.firestore import UnitOfWork, database

MOST_KEPT = 200_000
"""Bytes kept of an answer; with more, nothing is."""
LAST = 3
"""How many answers, the last ones, may have theirs sent again: each is a read."""

Parts = Mapping[str, tuple[OpaquePart, ...]]
"""State by the id of the message that it goes before."""


@dataclass(slots=True)
class Collected:
    """The state of an answer, as far as it can be sent again: made before its text, by the one
    model that wrote it."""

    _found: list[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])
    _late: bool = False

    def add(self, data: Mapping[str, Any], *, written: bool) -> None:
        """`written`: the answer has text already."""
        self._found.append(data)
        self._late = self._late or written

    def begin_anew(self) -> None:
        """Another attempt goes on."""
        self._found.clear()

    @property
    def text(self) -> str | None:
        """As it is stored; None when there is nothing to keep."""
        if self._late or not self._found:
            return None
        text = json.dumps(self._found)
        return text if len(text) <= MOST_KEPT else None


def keep(unit: UnitOfWork, run: str, choice: Choice, text: str) -> None:
    kept = {"account": account(choice.connection), "text": text}
    unit.update(runs.control_path(run), {("opaque",): kept})


def made_by(choice: Choice, asked: Sequence[Message]) -> dict[str, str]:
    """What a message says of the state that was made for what was asked."""
    *_, seal = seals(choice.connection, choice.model, asked)
    return {"model": choice.id, "seal": seal}


def read(choice: Choice, context: Context) -> Parts:
    """What goes with a request to a model. One round trip, if anything does."""
    chosen = _fitting(choice, context)
    if not chosen:
        return {}
    paths = [runs.control_path(one["runId"]) for one in chosen]
    kept = [(one.data or {}).get("opaque") for one in database().get_all(paths)]
    own = account(choice.connection)
    texts: list[str] = [one["text"] for one in kept if one is not None and one["account"] == own]
    room = choice.prompt_window - choice.answer_tokens - context.tokens
    if len(texts) < len(chosen) or sum(map(len, texts)) > room:
        return {}
    return {
        one["id"]: tuple(OpaquePart(choice.model, data) for data in json.loads(text))
        for one, text in zip(chosen, texts, strict=True)
    }


def with_state(context: Context, parts: Parts) -> tuple[Message, ...]:
    """The context's messages, each with what goes before it."""
    before = [(), *(parts.get(one["id"], ()) for one in context.history), ()]
    return tuple(
        replace(message, parts=(*opaque, *message.parts)) if opaque else message
        for message, opaque in zip(context.messages, before, strict=True)
    )


def _fitting(choice: Choice, context: Context) -> list[Stored]:
    """Those whose state can go, oldest first: whether one can depends on those before it."""
    chosen: list[Stored] = []
    marks: dict[str, tuple[OpaquePart, ...]] = {}
    own = [
        (place, one)
        for place, one in enumerate(context.history, start=1)
        if (one.get("opaque") or {}).get("model") == choice.id
    ]
    for place, one in own[-LAST:]:
        sent = with_state(context, marks)[:place]
        if made_by(choice, sent) == one["opaque"]:
            chosen.append(one)
            marks[one["id"]] = (OpaquePart(choice.model, {}),)
    return chosen
