"""When the parts of an answer came."""

import time
from dataclasses import dataclass
from typing import Literal


@dataclass(slots=True)
class Timing:
    """All in seconds from the request, which came at `started` of the monotonic clock."""

    started: float
    first_token: float | None = None
    _reasoning: float | None = None
    _text: float | None = None

    def saw(self, kind: Literal["text-delta", "reasoning-delta"]) -> None:
        """A piece of the answer came."""
        at = self.total
        if self.first_token is None:
            self.first_token = at
        if self._text is not None:
            return
        if kind == "text-delta":
            self._text = at
        elif self._reasoning is None:
            self._reasoning = at

    @property
    def reasoning(self) -> float | None:
        """How long it took from the first reasoning to the first text, or until now; None where
        there was none before the text."""
        if self._reasoning is None:
            return None
        return (self.total if self._text is None else self._text) - self._reasoning

    @property
    def total(self) -> float:
        return time.monotonic() - self.started
