"""What each model of a chain would be sent: built when it is asked, for its own window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from colonycraft.calls import Choice
from colonycraft.chat.context import Context, build_context
from colonycraft.llm.port import ModelRequest


@dataclass(slots=True)
class Prompt:
    """`older`: the messages of the path before the question, newest first, as stored."""

    older: Sequence[Mapping[str, Any]]
    question: str
    _contexts: dict[str, Context] = field(default_factory=dict[str, Context])

    def context_for(self, choice: Choice) -> Context:
        """Raises InvalidArgument when the question alone does not fit the model."""
        name = f"{choice.connection.id}/{choice.model}"
        if name not in self._contexts:
            self._contexts[name] = build_context(
                self.older,
                self.question,
                window=choice.prompt_window,
                answer_tokens=choice.answer_tokens,
            )
        return self._contexts[name]

    def request_for(self, choice: Choice) -> ModelRequest:
        return choice.bounded(
            ModelRequest(
                model=choice.model,
                messages=self.context_for(choice).messages,
                max_output_tokens=choice.answer_tokens,
            )
        )
