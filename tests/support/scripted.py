"""Calls of models that give what a test says, without a provider."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from colonycraft import llm
from colonycraft.llm.port import Event

Step = Event | Exception | Callable[[], Any]
"""What a call gives; an exception is raised, a function called."""


@dataclass
class Scripted:
    """A call that gives these events."""

    steps: Sequence[Step]
    limited_for: float | None = None
    remaining: None = None

    def __iter__(self) -> Iterator[Event]:
        for one in self.steps:
            if isinstance(one, Exception):
                raise one
            if callable(one):
                one()
            else:
                yield one

    def abort(self) -> None:
        pass

    def close(self) -> None:
        pass


def scripted(monkeypatch: pytest.MonkeyPatch, *attempts: Sequence[Step]) -> list[Sequence[Step]]:
    """The attempts that are left to be made."""
    left = list(attempts)

    def start(*_: Any, **__: Any) -> Scripted:
        return Scripted(left.pop(0))

    monkeypatch.setattr(llm, "start", start)
    return left
