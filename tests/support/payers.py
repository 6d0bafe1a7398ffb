"""Who pays in tests of what else a call does: nobody, and it is noted what was held."""

from dataclasses import dataclass, field

from colonycraft.calls import AttemptRecord, Choice, Lookup
from colonycraft.llm.port import ModelRequest


@dataclass(eq=False)
class FreeHold:
    choice: Choice
    state: str = "open"

    def bounded(self, request: ModelRequest) -> ModelRequest:
        return request

    def settle(self, record: AttemptRecord) -> None:
        assert self.state == "open"
        self.state = "settled"

    def settle_cached(self, saved: int | None) -> None:
        assert self.state == "open"
        self.state = "cached"

    def release(self) -> None:
        assert self.state == "open"
        self.state = "released"


@dataclass(eq=False)
class Nobody:
    holds: list[FreeHold] = field(default_factory=list[FreeHold])
    person: str = "nobody"

    def check(self, choice: Choice) -> None:
        pass

    def reserve(
        self,
        choice: Choice,
        request: ModelRequest,
        *,
        first: bool = True,
        seconds: float = 0.0,
        lookup: Lookup | None = None,
    ) -> FreeHold:
        hold = FreeHold(choice)
        self.holds.append(hold)
        return hold
