"""What each model of a chain would be sent: built when it is asked, for its own window."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from colonycraft.calls import Choice
from colonycraft.chat import opaque
from colonycraft.chat.context import Context, Memory, Stored, build_context
from colonycraft.chat.models import Wish
from colonycraft.chat.opaque import Parts
from colonycraft.chat.wish import with_wish
from colonycraft.llm.port import ModelRequest


@dataclass(slots=True)
class Prompt:
    """`older`: the messages of the path before the question, newest first, as stored; `before`: how
    many there are of them, read or not. `wish`: what the answer is to be. `opaque`: what goes along
    to the model `opaque_for`."""

    older: Sequence[Stored]
    question: str
    before: int = 0
    memory: Memory = field(default_factory=Memory)
    wish: Wish | None = None
    opaque: Parts = field(default_factory=dict[str, Any])
    opaque_for: str | None = None
    _contexts: dict[str, Context] = field(default_factory=dict[str, Context])

    def context_for(self, choice: Choice) -> Context:
        """Raises InvalidArgument when the question alone does not fit the model."""
        if choice.id not in self._contexts:
            self._contexts[choice.id] = build_context(
                self.older,
                with_wish(self.question, self.wish),
                window=choice.prompt_window,
                answer_tokens=choice.answer_tokens,
                before=self.before,
                memory=self.memory,
            )
        return self._contexts[choice.id]

    def read_opaque(self, choice: Choice) -> None:
        """Lets a model have back what it gave with its answers. A round trip, if there is any."""
        self.opaque_for = choice.id
        self.opaque = opaque.read(choice, self.context_for(choice))

    def request_for(self, choice: Choice) -> ModelRequest:
        own: Parts = self.opaque if choice.id == self.opaque_for else {}
        return choice.bounded(
            ModelRequest(
                model=choice.model,
                messages=opaque.with_state(self.context_for(choice), own),
                max_output_tokens=choice.answer_tokens,
            )
        )
