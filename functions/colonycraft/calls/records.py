"""What became of the attempts of a call."""

from dataclasses import dataclass, field

from colonycraft.calls.catalogue import Choice
from colonycraft.errors import ConnectionFailed, ProviderError
from colonycraft.llm.port import (
    End,
    Event,
    ReasoningDelta,
    RefusalDelta,
    TextDelta,
    ToolCallDelta,
    Usage,
)


class Stopped(Exception):
    """The caller ended the call."""


@dataclass(slots=True)
class AttemptRecord:
    """What became of one attempt. Times in seconds from the start of the call.

    `outcome` is complete, incomplete, failed, or skipped: the model was not asked, since it was
    known to be in trouble or its turn in a line did not come. `shown`: something of the answer was
    given out. `usage` is the last that the provider reported; `pieces` are what the model wrote, of
    any kind; `seconds` is how long the model was at it. `batch`: it was asked in one.
    """

    number: int
    choice: Choice
    started: float
    outcome: str = "failed"
    error: ProviderError | None = None
    first_token: float | None = None
    total: float = 0.0
    seconds: float = 0.0
    batch: bool = False
    usage: Usage | None = None
    shown: bool = False
    pieces: list[str] = field(default_factory=list[str], repr=False)
    priced: tuple[Usage | None, int | None] | None = None
    """What a usage cost, in micro-dollars: worked out once."""

    def keep(self, event: Event) -> None:
        """Keeps what an answer's tokens are estimated from."""
        match event:
            case TextDelta() | ReasoningDelta() | RefusalDelta():
                self.pieces.append(event.text)
            case ToolCallDelta():
                self.pieces.append(event.arguments)
            case _:
                pass

    @property
    def model(self) -> str:
        return self.choice.id


@dataclass(frozen=True, slots=True)
class AttemptFailed:
    """An attempt failed; the next, of `next_model`, follows after `wait` seconds, or none when
    both are None. When text has been shown, the next attempt goes on from it."""

    record: AttemptRecord
    wait: float | None
    next_model: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The call waits for a model that is at its limit; position 1 is the next one. `seconds` are
    about those that it will take."""

    choice: Choice
    position: int
    seconds: int


CallEvent = Event | AttemptFailed | Waiting


class CutShort(ConnectionFailed):
    """The stream ended politely, but without the provider's sign that the answer was whole."""

    def __init__(self, end: End) -> None:
        super().__init__("answer-cut", code="cut-short")
        self.end = end
