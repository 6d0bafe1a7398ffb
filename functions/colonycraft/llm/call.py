"""One call under way: takes a line, sends, yields events, gives the line back."""

import json
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

from colonycraft.errors import ConnectionFailed, DeadlineExceeded, ProviderError
from colonycraft.llm.adapter import Adapter
from colonycraft.llm.answer import Answer
from colonycraft.llm.characters import whole_characters
from colonycraft.llm.port import Connection, End, Event, ModelRequest, Remaining
from colonycraft.llm.retry_after import limited_for, remaining
from colonycraft.llm.transport import Line, LinePool, pool_for

DRAIN_SECONDS = 0.05
DRAIN_BYTES = 65_536


class AdapterCall:
    """A `Call`. Nothing is sent before the first event is asked for.

    The conversion of the request happens at once, so that `Unsupported` is raised here.
    """

    def __init__(
        self, adapter: Adapter, connection: Connection, request: ModelRequest, *, stream: bool
    ) -> None:
        self._adapter = adapter
        self._request = request
        self._stream = stream
        self._body = _encode(adapter.body(connection, request, stream))
        self._pool = line_pool(adapter, connection)
        self._lock = threading.Lock()
        self._line: Line | None = None
        self._aborted = False
        self.limited_for: float | None = None
        self.remaining: Remaining | None = None
        self._events: Generator[Event] = self._run()

    def __iter__(self) -> Iterator[Event]:
        return self._events

    def abort(self) -> None:
        with self._lock:
            self._aborted = True
            if self._line is not None:
                self._line.switch.throw()

    def close(self) -> None:
        try:
            self._events.close()
        except ValueError:  # another thread is in it, perhaps blocked in a read
            self.abort()

    def _run(self) -> Generator[Event]:
        line = self._take_line()
        answer: Answer | None = None
        ended = False
        try:
            with self._adapter.errors():
                response = self._adapter.send(line.client, self._body, self._stream)
                answer = Answer(response, line.http)
                self.limited_for = limited_for(answer.headers)
                self.remaining = remaining(answer.headers)
                for event in whole_characters(
                    self._adapter.events(answer, self._request, self._stream)
                ):
                    ended = isinstance(event, End)
                    yield event
        except ProviderError as exc:
            if self._aborted:
                raise ConnectionFailed("call-stopped", code="aborted") from exc
            raise
        finally:
            self._release(line, answer, ended)

    def _take_line(self) -> Line:
        if self._aborted:
            raise ConnectionFailed("call-stopped", code="aborted")
        with self._adapter.errors():
            line = self._pool.take()
        with self._lock:
            self._line = line
            if self._aborted:
                line.switch.throw()
        return line

    def _release(self, line: Line, answer: Answer | None, ended: bool) -> None:
        if answer is not None:
            if ended and not self._aborted:
                _drain(line, answer)
            answer.response.close()
        with self._lock:
            self._line = None
        self._pool.give_back(line)


def line_pool(adapter: Adapter, connection: Connection) -> LinePool:
    """The pool of lines to a connection, each with the adapter's SDK client on it."""

    def open_line() -> Line:
        line = Line(adapter.library, connection.base_url or adapter.default_url)
        line.client = adapter.client(connection, line)
        return line

    return pool_for(connection, open_line)


@contextmanager
def short_call(adapter: Adapter, connection: Connection, seconds: float) -> Generator[Line]:
    """A line on which something short is asked by the adapter's SDK. Raises `ProviderError`:
    `DeadlineExceeded` when it takes longer."""
    pool = line_pool(adapter, connection)
    with adapter.errors():
        line = pool.take()
    watchdog = threading.Timer(seconds, line.switch.throw)
    watchdog.daemon = True
    watchdog.start()
    try:
        with adapter.errors():
            yield line
    except ProviderError as exc:
        if line.switch.thrown:
            raise DeadlineExceeded("provider-silent") from exc
        raise
    finally:
        watchdog.cancel()
        pool.give_back(line)


def _drain(line: Line, answer: Answer) -> None:
    """Reads the end of the transfer behind the last event, so that the line can be used again.

    It has mostly come already; a server that holds the connection open is not waited for.
    """
    line.switch.read_limit = DRAIN_SECONDS
    seen = 0
    try:
        for chunk in answer.chunks():
            seen += len(chunk)
            if seen > DRAIN_BYTES:
                break
    except Exception:  # the answer is complete; a line that will not end is closed
        pass


def _encode(body: dict[str, Any]) -> bytes:
    try:
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # half of a surrogate pair is no character, but it is JSON
        return json.dumps(body, separators=(",", ":")).encode()
