"""A circuit breaker and a memory of limits, for one model at one connection or for all of them.

    closed ── failures in a row ──> open ── pause over, one probe ──> half-open
       ^                              ^                                  │
       └──────── it answers ──────────┼──────────────────────────────────┤
                                      └────── the probe fails ───────────┘

Pure: the time comes in, in seconds since 1970, so that processes can share what they know.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

FAILURES = 5
"""In a row, without an answer between them."""
LEAST = 10.0
"""Seconds that the row has lasted before it counts: a restart is no trouble."""
PAUSE = 15.0
LONGEST_PAUSE = 60.0
"""Seconds until a probe; each probe that fails doubles them up to the longest."""
PROBE = 300.0
"""Seconds after which a probe of which nothing was heard is given up."""
COOL_DOWN = 60.0
LEAST_LIMIT = 1.0
LONGEST_LIMIT = 3600.0
FORGOTTEN = 600.0
"""Seconds after which what nobody has tried again counts no more."""


@dataclass(frozen=True, slots=True)
class Health:
    """`since` and `until` in seconds since 1970; `until` is when it is tried again."""

    state: Literal["ok", "trouble", "limited"]
    since: float | None = None
    until: float | None = None


OK = Health("ok")


@dataclass(slots=True)
class Breaker:
    """`since` is when the trouble began; `changed` orders what several processes say."""

    failures: int = 0
    since: float | None = None
    pause: float = 0.0
    open_until: float | None = None
    cooling_until: float | None = None
    limited_since: float | None = None
    limited_until: float | None = None
    changed: float = 0.0
    _probe_until: float = 0.0

    def wait(self, now: float) -> float | None:
        """Seconds until it may be asked, None when it may now. Takes nothing."""
        if self.limited_until is not None and self.limited_until > now:
            return self.limited_until - now
        if self.open_until is None or self._is_forgotten(now):
            return None
        wait = max(self.open_until, self._probe_until) - now
        return wait if wait > 0 else None

    def admit(self, now: float) -> bool:
        """Whether a call may ask. Half-open, it is the probe, and others wait for its outcome."""
        if self.wait(now) is not None:
            return False
        if self.open_until is not None:
            self._probe_until = now + PROBE
        return True

    def is_cooling(self, now: float) -> bool:
        """To be asked only when there is nothing better."""
        return self.cooling_until is not None and self.cooling_until > now

    def answering(self, now: float) -> None:
        """It has begun to answer: open no more, but the next failure opens it again."""
        if self.open_until is not None:
            self.open_until, self._probe_until, self.changed = None, 0.0, now

    def succeeded(self, now: float) -> None:
        if self.since is not None or self.failures:
            self.failures, self.since, self.pause = 0, None, 0.0
            self.open_until, self.cooling_until, self._probe_until = None, None, 0.0
            self.changed = now

    def failed(self, now: float) -> None:
        """It failed in a way that says that the provider is in trouble."""
        if self.since is None or self._is_forgotten(now):
            self.failures, self.since, self.pause = 0, now, 0.0
        self.failures += 1
        self.changed = now
        self._probe_until = 0.0
        if self.open_until is not None and now < self.open_until:
            return  # it was asked before it opened
        if self.failures >= FAILURES and now - self.since >= LEAST:
            self.pause = min(2 * self.pause, LONGEST_PAUSE) or PAUSE
            self.open_until = now + self.pause

    def cool_down(self, now: float) -> None:
        """A refused key or an empty account: the trouble is there at once."""
        self.since = now if self.since is None or self._is_forgotten(now) else self.since
        self.cooling_until, self.changed = now + COOL_DOWN, now

    def limited(self, now: float, seconds: float) -> None:
        """Nothing may be asked for so long; what is over at once is not remembered."""
        if seconds < LEAST_LIMIT:
            return
        until = now + min(seconds, LONGEST_LIMIT)
        if self.limited_until is None or self.limited_until <= now:
            self.limited_since = now
        if self.limited_until is None or until > self.limited_until:
            self.limited_until, self.changed = until, now

    def left(self) -> None:
        """A call ended without an outcome: if it was the probe, another may be."""
        self._probe_until = 0.0

    def health(self, now: float) -> Health:
        in_trouble = self.open_until is not None or self.cooling_until is not None
        if in_trouble and not self._is_forgotten(now):
            until = self.open_until or self.cooling_until
            return Health("trouble", self.since, until)
        if self.limited_until is not None and self.limited_until > now:
            return Health("limited", self.limited_since, self.limited_until)
        return OK

    def counts(self, now: float) -> bool:
        """Something of it was found out lately, or still holds."""
        limited = self.limited_until is not None and self.limited_until > now
        return limited or not self._is_forgotten(now)

    def _is_forgotten(self, now: float) -> bool:
        return now - self.changed > FORGOTTEN

    def fields(self) -> dict[str, Any]:
        """What other processes are told."""
        return {
            "failures": self.failures,
            "since": self.since,
            "pause": self.pause,
            "openUntil": self.open_until,
            "coolingUntil": self.cooling_until,
            "limitedSince": self.limited_since,
            "limitedUntil": self.limited_until,
            "changed": self.changed,
        }

    @classmethod
    def of_fields(cls, fields: Mapping[str, Any]) -> Self:
        return cls(
            failures=fields["failures"],
            since=fields["since"],
            pause=fields["pause"],
            open_until=fields["openUntil"],
            cooling_until=fields["coolingUntil"],
            limited_since=fields["limitedSince"],
            limited_until=fields["limitedUntil"],
            changed=fields["changed"],
        )
