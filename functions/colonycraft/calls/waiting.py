"""Lines of calls that wait for a model which is at its limit: one a model, in this process.

    enter ──> waiting ── its turn ──> asking ── the provider's word ──> answered ── leave
                 └─ leave: stopped, or out of patience

Turns go round between people, and within a person's calls the one that was begun first goes first:
whoever has fifty calls in the line is one of those that are waited for, not fifty.

A limit ends for all at once, and what remains then is known when the first answer's headers tell.
So one call goes first. Each answer without a word of what remains lets one more ask at a time;
headers that tell let go as many as fit beside those that are being asked. A call that nothing is
heard of for `SILENT` seconds holds nobody up: refusals come quickly.
"""

import math
import threading
import time
from bisect import insort
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from colonycraft.calls.health import Registry, registry
from colonycraft.calls.policy import LONGEST_HINT
from colonycraft.calls.records import Stopped
from colonycraft.llm.port import Allowance, Remaining

SILENT = 10.0
MOST_EACH = 20
"""Calls of one person that wait for a model in this process: each of them holds a thread."""
LOOKS = 1.0
"""Seconds after which who waits looks again."""
TELLS = 5.0
"""Seconds after which who waits is told of again, though nothing has changed: it is then that a
caller who has gone is found out."""
ROUND = 1.0
"""Seconds in which a call that was let go is answered: a guess, for what people are told."""


@dataclass(slots=True, eq=False)
class Ticket:
    """One call's place. `begun` orders a person's calls; `tokens` are those of its prompt."""

    model_id: str
    person: str
    begun: float
    tokens: int
    asking_since: float | None = None
    bell: threading.Event = field(default_factory=threading.Event)

    @property
    def may_ask(self) -> bool:
        return self.asking_since is not None


@dataclass(slots=True)
class Line:
    """The line for one model. Pure: the time comes in, in seconds of any clock."""

    _waiting: OrderedDict[str, list[Ticket]] = field(default_factory=OrderedDict[str, list[Ticket]])
    """By person, whose turn it is first."""
    _asking: dict[Ticket, None] = field(default_factory=dict[Ticket, None])
    """Let go, and not heard of yet."""
    _width: int | None = None
    """How many may ask at once after a limit; None where none is known."""
    _remaining: Remaining = field(default_factory=Remaining)
    _told_at: float = 0.0
    _refused_until: float = 0.0

    def closed_for(self, now: float) -> float:
        """Seconds for which nobody may ask, for all that answers and refusals have told."""
        requests = self._still(self._remaining.requests, now)
        used_up = requests is not None and requests.left == 0
        until = self._told_at + min(requests.seconds, LONGEST_HINT) if used_up and requests else 0.0
        return max(0.0, until - now, self._refused_until - now)

    def refused(self, now: float, seconds: float) -> None:
        """The provider took no further call, and asked to wait so long."""
        self._refused_until = max(self._refused_until, now + min(seconds, LONGEST_HINT))

    def enter(self, ticket: Ticket) -> None:
        insort(self._waiting.setdefault(ticket.person, []), ticket, key=lambda one: one.begun)

    def leave(self, ticket: Ticket) -> None:
        """From wherever it is; who has left may leave again, and enter again."""
        self._asking.pop(ticket, None)
        ticket.asking_since = None
        calls = self._waiting.get(ticket.person, [])
        if ticket in calls:
            calls.remove(ticket)
            if not calls:
                del self._waiting[ticket.person]
        self._open()

    def answered(self, ticket: Ticket, remaining: Remaining | None, now: float) -> None:
        """The provider has taken the call, and said what remains or nothing of it."""
        if ticket not in self._asking:
            return
        del self._asking[ticket]
        if remaining is not None:
            self._remaining, self._told_at, self._width = remaining, now, None
        elif self._width is not None:
            self._width += 1
        self._open()

    def let_go(self, now: float, limited_for: float) -> list[Ticket]:
        """Those whose turn it is now, each once. `limited_for`: seconds for which nobody may, for
        what others know."""
        if limited_for > 0 or self.closed_for(now) > 0:
            if self._waiting:
                self._width = 1
            return []
        gone: list[Ticket] = []
        while self._waiting:
            person, calls = next(iter(self._waiting.items()))
            if not self._fits(calls[0], now):
                break
            ticket = calls.pop(0)
            if calls:
                self._waiting.move_to_end(person)
            else:
                del self._waiting[person]
            ticket.asking_since = now
            self._asking[ticket] = None
            gone.append(ticket)
        return gone

    def position(self, ticket: Ticket) -> int:
        """1 for the next one; 0 for who does not wait."""
        own = self._waiting.get(ticket.person, [])
        if ticket not in own:
            return 0
        turns, before, ahead = own.index(ticket), True, 0
        for person, calls in self._waiting.items():
            if person == ticket.person:
                before, ahead = False, ahead + turns
            else:
                ahead += min(len(calls), turns + before)
        return ahead + 1

    def waits(self, person: str) -> int:
        return len(self._waiting.get(person, []))

    @property
    def is_free(self) -> bool:
        """Nobody waits."""
        return not self._waiting

    def is_idle(self, now: float) -> bool:
        """There is nothing to remember of it."""
        told = (self._remaining.requests, self._remaining.tokens)
        known = any(self._still(one, now) for one in told)
        return not (self._waiting or self._asking or known or self._refused_until > now)

    def _fits(self, ticket: Ticket, now: float) -> bool:
        asking = [one for one in self._asking if now - (one.asking_since or 0.0) < SILENT]
        if not asking:
            return True
        if self._width is not None and len(asking) >= self._width:
            return False
        requests = self._still(self._remaining.requests, now)
        if requests is not None and requests.left <= len(asking):
            return False
        tokens = self._still(self._remaining.tokens, now)
        return tokens is None or tokens.left >= ticket.tokens + sum(one.tokens for one in asking)

    def _still(self, told: Allowance | None, now: float) -> Allowance | None:
        """What was told, while it holds."""
        if told is None or now - self._told_at >= min(told.seconds, LONGEST_HINT):
            return None
        return told

    def _open(self) -> None:
        """When nobody is left to go carefully with, the limit is forgotten."""
        if not self._waiting and not self._asking:
            self._width = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a call waits: 1 is the next one; `seconds` are about those that it will take."""

    position: int
    seconds: int


@dataclass(slots=True)
class Lines:
    """The lines by model. Safe between threads."""

    registry: Registry
    clock: Callable[[], float] = time.monotonic
    _lines: dict[str, Line] = field(default_factory=dict[str, Line])
    _waiting: set[Ticket] = field(default_factory=set[Ticket])
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closed: bool = False

    def turn_of(
        self, ticket: Ticket, patience: float, stopped: Callable[[], bool]
    ) -> Iterator[Place]:
        """Waits until the ticket may ask, and tells of its place meanwhile. It ends without that
        when so much patience is not enough, or the person has too many calls in the line; whoever
        gets a ticket leaves with it in any case. Raises Stopped; whoever stops it rings its bell.
        """
        until = self.clock() + patience
        if not self._enter(ticket):
            return
        told, tell_at = 0, 0.0
        while not ticket.may_ask:
            if stopped() or self._closed:
                raise Stopped
            now, limit = self.clock(), self.limited_for(ticket.model_id)
            if now >= until or now + limit > until:
                return
            place = self._look(ticket, limit)
            if place.position and (place.position != told or now >= tell_at):
                told, tell_at = place.position, now + TELLS
                yield place
            if not ticket.may_ask:
                ticket.bell.wait(min(LOOKS, until - now, max(limit, 0.01) if limit else LOOKS))
            ticket.bell.clear()

    def limited_for(self, model_id: str) -> float:
        """Seconds until a limit of the model ends; 0 when none is known."""
        with self._lock:
            line = self._lines.get(model_id)
            here = 0.0 if line is None else line.closed_for(self.clock())
            return max(here, self.registry.limited_for(model_id))

    def refused(self, ticket: Ticket, seconds: float | None) -> None:
        """The provider took no further call; `seconds` is how long it asked to wait."""
        with self._lock:
            line = self._lines.get(ticket.model_id)
            if line is not None:
                line.refused(self.clock(), ROUND if seconds is None else seconds)

    def answered(self, ticket: Ticket, remaining: Remaining | None) -> None:
        with self._lock:
            line = self._lines.get(ticket.model_id)
            if line is not None:
                line.answered(ticket, remaining, self.clock())
                self._let_go(ticket.model_id, line)

    def leave(self, ticket: Ticket) -> None:
        with self._lock:
            self._waiting.discard(ticket)
            line = self._lines.get(ticket.model_id)
            if line is None:
                return
            line.leave(ticket)
            self._let_go(ticket.model_id, line)
            if line.is_idle(self.clock()):
                del self._lines[ticket.model_id]

    def can_answer(self, model_id: str) -> bool:
        """Whether a call would be let go at once, for all that is known."""
        with self._lock:
            line = self._lines.get(model_id)
            if line is not None and not (line.is_free and line.closed_for(self.clock()) == 0):
                return False
            return self.registry.is_ready(model_id)

    def close(self) -> None:
        """Ends every wait: the process ends."""
        with self._lock:
            self._closed = True
            for ticket in self._waiting:
                ticket.bell.set()

    def forget(self) -> None:
        """Knows nothing: between tests."""
        with self._lock:
            self._lines.clear()
            self._waiting.clear()
            self._closed = False

    def _enter(self, ticket: Ticket) -> bool:
        """False when it cannot wait, since there are too many of the person's."""
        with self._lock:
            line = self._lines.setdefault(ticket.model_id, Line())
            line.enter(ticket)
            self._let_go(ticket.model_id, line)
            if ticket.may_ask:
                return True
            self._waiting.add(ticket)
            return line.waits(ticket.person) <= MOST_EACH

    def _look(self, ticket: Ticket, limit: float) -> Place:
        with self._lock:
            line = self._lines[ticket.model_id]
            self._let_go(ticket.model_id, line)
            position = line.position(ticket)
        # Those that are let go double from answer to answer.
        rounds = max(0, position.bit_length() - 1)
        return Place(position, max(1, math.ceil(limit + ROUND * rounds)))

    def _let_go(self, model_id: str, line: Line) -> None:
        if line.is_free:
            return
        for ticket in line.let_go(self.clock(), self.registry.limited_for(model_id)):
            self._waiting.discard(ticket)
            ticket.bell.set()


lines = Lines(registry)
"""The process's own."""
