"""One call to a model: attempts, waits and deadlines, as one stream of events.

Every call goes through here: turns, titles and proxies alike. An attempt that fails before
anything was shown is tried again when its error allows; after something was shown it never is,
what came is kept and the answer is `incomplete`.

    attempt ──events──> End                                  -> finished
       │ error, nothing shown, retryable, attempts left      -> AttemptFailed, wait, next attempt
       │ error, something shown                              -> finished, incomplete
       └ any other error                                     -> raised
"""

import random
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from colonycraft import llm
from colonycraft.calls.policy import DEFAULT, Policy
from colonycraft.calls.watchdog import Watch, watchdog
from colonycraft.errors import ConnectionFailed, DeadlineExceeded, ProviderError
from colonycraft.llm.port import Call, Connection, End, Event, ModelRequest, OpaqueState, Usage


class Stopped(Exception):
    """The caller ended the call."""


@dataclass(slots=True)
class AttemptRecord:
    """What became of one attempt. Times in seconds from the start of the call."""

    number: int
    model: str
    started: float
    outcome: str = "failed"
    error: ProviderError | None = None
    first_token: float | None = None
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class AttemptFailed:
    """An attempt failed; the next follows after `wait` seconds, or none when that is None."""

    record: AttemptRecord
    wait: float | None


@dataclass(slots=True)
class ModelCall:
    """A question to one model. Iterate `events` once; `stop` may come from any thread.

    `problem` is what cut an answer short after something of it was shown. A `background` call
    (a title) makes way: a server that answers one at a time ends it when a person asks.
    """

    connection: Connection
    request: ModelRequest
    stream: bool = True
    policy: Policy = DEFAULT
    background: bool = False
    records: list[AttemptRecord] = field(default_factory=list[AttemptRecord])
    problem: ProviderError | None = None
    _started: float = field(default_factory=time.monotonic)
    _call: Call | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def model_id(self) -> str:
        return f"{self.connection.id}/{self.request.model}"

    @property
    def first_token(self) -> float | None:
        return next((r.first_token for r in self.records if r.first_token is not None), None)

    def stop(self) -> None:
        """Ends the call at once, also under a silent provider; `events` raises Stopped."""
        self._stop.set()
        call = self._call
        if call is not None:
            call.abort()

    def events(self) -> Generator[Event | AttemptFailed]:
        """Raises the last attempt's ProviderError when nothing was shown, and Stopped."""
        with _making_way(self):
            yield from self._attempts()

    def _attempts(self) -> Generator[Event | AttemptFailed]:
        for number in range(1, self.policy.attempts + 1):
            record = AttemptRecord(number, self.model_id, time.monotonic() - self._started)
            self.records.append(record)
            try:
                yield from self._attempt(record)
                return
            except ProviderError as error:
                record.error = error
                record.total = self._elapsed() - record.started
                if record.first_token is not None:
                    record.outcome = "incomplete"
                    self.problem = error
                    yield End("incomplete")
                    return
                wait = self._wait_before_next(number, error)
                yield AttemptFailed(replace(record), wait)
                if wait is None:
                    raise
            if self._stop.wait(wait):
                raise Stopped

    def _attempt(self, record: AttemptRecord) -> Generator[Event]:
        call = llm.start(self.connection, self.request, stream=self.stream)
        self._call = call
        if self._stop.is_set():
            call.abort()
        watch = Watch(
            call.abort,
            first_token=self.policy.first_token,
            idle=self.policy.idle,
            total=max(0.0, self.policy.total - self._elapsed()),
        )
        watchdog.add(watch)
        try:
            for event in call:
                watch.seen()
                if record.first_token is None and not isinstance(event, Usage | End | OpaqueState):
                    record.first_token = self._elapsed()
                if isinstance(event, End):
                    if event.reason == "incomplete" and record.first_token is None:
                        raise ConnectionFailed(
                            "The provider ended the connection without an answer."
                        )
                    record.outcome = "incomplete" if event.reason == "incomplete" else "complete"
                    record.total = self._elapsed() - record.started
                yield event
        except ProviderError as error:
            if self._stop.is_set():
                raise Stopped from error
            if watch.missed is not None:
                raise DeadlineExceeded(
                    _DEADLINES[watch.missed], code=f"{watch.missed}-deadline"
                ) from error
            raise
        finally:
            watchdog.remove(watch)
            self._call = None
            call.close()

    def _wait_before_next(self, number: int, error: ProviderError) -> float | None:
        """Seconds until the next attempt, None when there is none."""
        if not error.retryable or number >= self.policy.attempts:
            return None
        if error.retry_after is not None:
            wait = error.retry_after + random.uniform(0, 0.25)
            if error.retry_after > self.policy.longest_wait:
                return None
        else:
            wait = self.policy.first_wait * 2 ** (number - 1) * random.uniform(0.5, 1.0)
        return wait if self._elapsed() + wait < self.policy.total else None

    def _elapsed(self) -> float:
        return time.monotonic() - self._started


_background: dict[int, ModelCall] = {}
_background_guard = threading.Lock()


@contextmanager
def _making_way(call: ModelCall) -> Generator[None]:
    """Ends background calls that would make this one wait; registers this one if it is such."""
    if call.background:
        with _background_guard:
            _background[id(call)] = call
    elif call.connection.one_at_a_time and _background:
        with _background_guard:
            waiting = [
                one for one in _background.values() if one.connection.id == call.connection.id
            ]
        for one in waiting:
            one.stop()
    try:
        yield
    finally:
        if call.background:
            with _background_guard:
                _background.pop(id(call), None)


_DEADLINES = {
    "first-token": "The model did not begin to answer in time.",
    "idle": "The model stopped in the middle of its answer.",
    "total": "The answer took longer than is allowed.",
}
