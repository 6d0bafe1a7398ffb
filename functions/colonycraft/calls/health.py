"""What this process knows of its connections and models, from the calls that it makes.

Asked before an attempt whether it may be made, told afterwards what became of it. What it knows is
shared with other processes in `sharing.py`; nothing here waits for that.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil
from typing import Any

from colonycraft.calls.breaker import OK, Breaker, Health
from colonycraft.calls.models import ModelHealth
from colonycraft.calls.policy import reaction_to
from colonycraft.errors import Overloaded, ProviderError, RateLimited

KNOWN = 512
"""Models and connections that are remembered; the one not asked for the longest time goes first."""


@dataclass(slots=True)
class Registry:
    """The breakers by name: a connection's id, or `connection/model`. Safe between threads.

    Those connections of which others should be told are taken with `take_changed`.
    """

    clock: Callable[[], float] = time.time
    _changed: set[str] = field(default_factory=set[str])
    _breakers: OrderedDict[str, Breaker] = field(default_factory=OrderedDict[str, Breaker])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def limited_for(self, model_id: str) -> float:
        """Seconds until a limit of the model ends; 0 when none is known."""
        now = self.clock()
        with self._lock:
            breaker = self._breakers.get(model_id)
            until = breaker and breaker.limited_until
            return max(0.0, until - now) if until else 0.0

    def admit(self, model_id: str, name: str) -> None:
        """Raises RateLimited or Overloaded, which say when to come again, when the model is known
        to be limited or in trouble; `name` is shown. Whom it lets through tells what came of it.
        """
        now = self.clock()
        with self._lock:
            breaker = self._breakers.get(model_id)
            if breaker is None or breaker.admit(now):
                return
            wait = breaker.wait(now) or 0.0
            health = breaker.health(now)
        if health.state == "limited":
            raise self.limit(model_id, name)
        raise Overloaded(
            "model-rests",
            retry_after=wait,
            code="in-trouble",
            model=name,
            since=int(now - (health.since or now)),
            seconds=ceil(wait),
        )

    def limit(self, model_id: str, name: str) -> RateLimited:
        """Says when a model that is at its limit can be asked again."""
        wait = max(1.0, self.limited_for(model_id))
        return RateLimited(
            "model-limited", retry_after=wait, code="limited", model=name, seconds=ceil(wait)
        )

    def is_ready(self, model_id: str) -> bool:
        """Whether nothing is known that speaks against asking the model now."""
        now = self.clock()
        with self._lock:
            whole = self._breakers.get(_connection(model_id))
            breaker = self._breakers.get(model_id)
            cooling = whole is not None and whole.is_cooling(now)
            return not cooling and (breaker is None or breaker.wait(now) is None)

    def trouble(self, name: str, shown: str) -> Overloaded:
        """Says since when a model or a connection has been in trouble."""
        now = self.clock()
        since = int(now - (self._health(name).since or now))
        return Overloaded("model-in-trouble", code="in-trouble", model=shown, since=since)

    def in_order[T](self, choices: Sequence[T], connection_of: Callable[[T], str]) -> list[T]:
        """The choices; last those whose connection cools down: asked if nothing else is left."""
        now = self.clock()
        with self._lock:
            cooling = {name for name, breaker in self._breakers.items() if breaker.is_cooling(now)}
        return sorted(choices, key=lambda choice: connection_of(choice) in cooling)

    def answering(self, model_id: str) -> None:
        self._tell(model_id, lambda breaker, now: breaker.answering(now), known=True)

    def succeeded(self, model_id: str) -> None:
        self._tell(model_id, lambda breaker, now: breaker.succeeded(now))
        self._tell(_connection(model_id), lambda breaker, now: breaker.succeeded(now), known=True)

    def failed(self, model_id: str, error: ProviderError) -> None:
        """Remembers what the error says of the model, or of the whole connection."""
        if isinstance(error, RateLimited) and error.retry_after:
            self.limited(model_id, error.retry_after)
        match reaction_to(error).blames:
            case "model":
                self._tell(model_id, lambda breaker, now: breaker.failed(now))
            case "connection":
                self._tell(_connection(model_id), lambda breaker, now: breaker.cool_down(now))
                self.left(model_id)
            case "nobody":
                self.left(model_id)

    def limited(self, model_id: str, seconds: float) -> None:
        """The provider said that nothing remains for so long."""
        self._tell(model_id, lambda breaker, now: breaker.limited(now, seconds))

    def left(self, model_id: str) -> None:
        """A call ended without saying anything of the model."""
        self._tell(model_id, lambda breaker, now: breaker.left(), known=True)

    def of_model(self, model_id: str) -> Health:
        """The model's own health, or its connection's when that is worse."""
        whole = self._health(_connection(model_id))
        return whole if whole.state != "ok" else self._health(model_id)

    def of_connection(self, connection_id: str) -> Health:
        """Trouble or a limit of the whole connection: of its key, or of several models while none
        answers."""
        whole = self._health(connection_id)
        if whole.state != "ok":
            return whole
        now = self.clock()
        with self._lock:
            found = [
                breaker.health(now)
                for name, breaker in self._breakers.items()
                if name.startswith(f"{connection_id}/")
            ]
        if len(found) < 2 or any(one.state == "ok" for one in found):
            return OK
        return min(found, key=lambda one: (one.state != "trouble", one.since or 0.0))

    def known(self, connection_id: str) -> dict[str, dict[str, Any]]:
        """What there is to tell of a connection and its models, by name; that a trouble is over
        is told as well."""
        now = self.clock()
        with self._lock:
            return {
                name: breaker.fields()
                for name, breaker in self._breakers.items()
                if _connection(name) == connection_id and breaker.counts(now)
            }

    def take_changed(self) -> set[str]:
        """The connections of which something has changed since the last time."""
        with self._lock:
            changed, self._changed = self._changed, set()
            return changed

    def give_back(self, connection_ids: set[str]) -> None:
        """They could not be told of: they are taken the next time."""
        with self._lock:
            self._changed |= connection_ids

    @property
    def has_changed(self) -> bool:
        return bool(self._changed)

    def learn(self, told: Mapping[str, Mapping[str, Any]]) -> None:
        """Takes what others know, where it is newer."""
        for name, fields in told.items():
            theirs = Breaker.of_fields(fields)
            with self._lock:
                ours = self._breakers.get(name)
                if ours is None or ours.changed < theirs.changed:
                    self._breakers[name] = theirs
                    self._forget_oldest()

    def forget(self) -> None:
        """Knows nothing: between tests."""
        with self._lock:
            self._breakers.clear()
            self._changed.clear()

    def _health(self, name: str) -> Health:
        with self._lock:
            breaker = self._breakers.get(name)
            return OK if breaker is None else breaker.health(self.clock())

    def _tell(
        self, name: str, what: Callable[[Breaker, float], None], *, known: bool = False
    ) -> None:
        """Changes a breaker; with `known` only one that is there."""
        now = self.clock()
        with self._lock:
            breaker = self._breakers.get(name)
            if breaker is None:
                if known:
                    return
                breaker = self._breakers[name] = Breaker()
                self._forget_oldest()
            self._breakers.move_to_end(name)
            before = breaker.changed
            what(breaker, now)
            if breaker.changed == before:
                return
            self._changed.add(_connection(name))

    def _forget_oldest(self) -> None:
        while len(self._breakers) > KNOWN:
            self._breakers.popitem(last=False)


def _connection(name: str) -> str:
    return name.partition("/")[0]


def shown(health: Health) -> ModelHealth:
    """As it crosses the door, with times in ISO 8601."""
    return ModelHealth(state=health.state, since=_iso(health.since), until=_iso(health.until))


def _iso(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()


registry = Registry()
"""The process's own."""
