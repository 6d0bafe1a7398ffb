"""The plan: what is in order, what is missing and what to do about it, what nobody could check."""

from dataclasses import dataclass, field
from enum import StrEnum

from stack import console

_WIDTH = 26


class State(StrEnum):
    """What is known about one line of the plan; the value is its mark."""

    OK = "✓"
    DOUBTFUL = "!"
    MISSING = "✗"
    UNCHECKED = "?"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a deployment needs. `todo` has whole sentences or commands, one a line."""

    state: State
    what: str
    note: str
    todo: tuple[str, ...] = ()


@dataclass
class Plan:
    """Collects lines and prints each at once, since asking Google takes seconds a line."""

    lines: list[Line] = field(default_factory=list[Line])

    def section(self, title: str) -> None:
        """Print a heading."""
        console.say(f"\n{title}")

    def ok(self, what: str, note: str = "") -> None:
        """It is in order."""
        self._add(Line(State.OK, what, note))

    def doubtful(self, what: str, note: str, *todo: str) -> None:
        """It can be deployed, but is hardly meant."""
        self._add(Line(State.DOUBTFUL, what, note, todo))

    def missing(self, what: str, note: str, *todo: str) -> None:
        """Nothing is deployed until this is cured."""
        self._add(Line(State.MISSING, what, note, todo))

    def unchecked(self, what: str, note: str, *todo: str) -> None:
        """It could not be checked here; `note` says why."""
        self._add(Line(State.UNCHECKED, what, note, todo))

    def tell(self, *lines: str) -> None:
        """Print more about the line before."""
        for line in lines:
            console.say(f"      {line}")

    def count(self, state: State) -> int:
        """How many lines are in that state."""
        return sum(line.state is state for line in self.lines)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.count(State.MISSING) == 0

    def _add(self, line: Line) -> None:
        self.lines.append(line)
        console.say(f"  {line.state} {line.what:<{_WIDTH}} {line.note}".rstrip())
        self.tell(*line.todo)
