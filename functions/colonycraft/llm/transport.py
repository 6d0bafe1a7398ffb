"""One HTTP connection per call, kept between calls, that can be cut at any moment.

A `Line` is one keep-alive connection with the SDK client that was built on it; a call has a line
to itself, so cutting it cuts nothing else. Lines of one connection wait in a `LinePool`, the last
used first, since that one's socket is the least likely to have been closed by the server.
"""

import importlib
import os
import ssl
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any, Literal

from colonycraft.llm.port import Connection
from colonycraft.llm.proxies import proxy_for
from colonycraft.llm.sockets import Switch, SwitchedBackend

HttpLibrary = Literal["httpx", "httpx2"]

CONNECT_SECONDS = 10.0
READ_SECONDS = 600.0
"""Only a last resort: whoever makes a call watches it and aborts it."""
IDLE_SECONDS = 120.0
IDLE_LINES = 32
POOLS = 64


@cache
def ssl_context() -> ssl.SSLContext:
    """One for the process: each costs megabytes and milliseconds."""
    import certifi

    return ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())


class Line:
    """One HTTP/1.1 connection at a time to one address, and the SDK client on it."""

    def __init__(self, library: HttpLibrary, url: str) -> None:
        self.http = importlib.import_module(library)
        self._core = importlib.import_module(library.replace("httpx", "httpcore"))
        self.switch = Switch()
        self._pool = self._connection_pool(url)
        self.transport = self.http.HTTPTransport(verify=ssl_context())
        # HTTPTransport takes no network backend; its pool does.
        self.transport._pool = self._pool
        self.timeout = self.http.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
        self.client: Any = None
        self.idle_since = 0.0

    def _connection_pool(self, url: str) -> Any:
        core: ModuleType = self._core
        settings = {
            "ssl_context": ssl_context(),
            "max_connections": 1,
            "keepalive_expiry": IDLE_SECONDS,
            "network_backend": SwitchedBackend(core, self.switch),
        }
        proxy = proxy_for(url)
        if proxy is None:
            return core.ConnectionPool(**settings)
        address = self.http.URL(proxy)
        credentials = (address.username, address.password) if address.username else None
        return core.HTTPProxy(
            proxy_url=str(address.copy_with(userinfo=b"")), proxy_auth=credentials, **settings
        )

    def http_client(self) -> Any:
        """A client of the line's HTTP library for an SDK to send through."""
        return self.http.Client(
            transport=self.transport,
            timeout=self.timeout,
            trust_env=False,
            follow_redirects=False,
        )

    @property
    def was_kept(self) -> bool:
        """True once a call before has given it back."""
        return self.idle_since > 0

    def is_free(self) -> bool:
        """True when no answer is under way on it."""
        return all(each.is_idle() or each.is_closed() for each in self._pool.connections)

    def close(self) -> None:
        self.switch.throw()
        self.transport.close()
        self.switch.release()


class LinePool:
    """The lines of one connection. `open_line` makes a line with its SDK client."""

    def __init__(self, open_line: Callable[[], Line]) -> None:
        self._open_line = open_line
        self._lock = threading.Lock()
        self._idle: deque[Line] = deque()
        self._closed = False

    def take(self) -> Line:
        with self._lock:
            line = self._idle.pop() if self._idle else None
        if line is None:
            return self._open_line()
        line.switch.reset()
        return line

    def give_back(self, line: Line) -> None:
        """Keeps a line whose answer was read to its end, and closes any other."""
        now = time.monotonic()
        stale: list[Line] = []
        line.idle_since = now
        with self._lock:
            if self._closed or not line.is_free():
                stale.append(line)
            else:
                self._idle.append(line)
            while self._idle and (
                len(self._idle) > IDLE_LINES or now - self._idle[0].idle_since > IDLE_SECONDS
            ):
                stale.append(self._idle.popleft())
        for each in stale:
            each.close()

    def __len__(self) -> int:
        """How many lines wait to be used again."""
        return len(self._idle)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            lines = list(self._idle)
            self._idle.clear()
        for line in lines:
            line.close()


_pools: OrderedDict[tuple[object, ...], LinePool] = OrderedDict()
_pools_lock = threading.Lock()


def pool_for(connection: Connection, open_line: Callable[[], Line]) -> LinePool:
    """The pool of a connection. A connection whose key or address changes is another one."""
    key = (
        connection.adapter,
        connection.base_url,
        connection.api_key,
        tuple(sorted(connection.options.items())),
    )
    forgotten: list[LinePool] = []
    with _pools_lock:
        pool = _pools.get(key)
        if pool is None:
            pool = _pools[key] = LinePool(open_line)
            while len(_pools) > POOLS:
                forgotten.append(_pools.popitem(last=False)[1])
        else:
            _pools.move_to_end(key)
    for each in forgotten:
        each.close()
    return pool


def close_idle_lines() -> None:
    """Forgets every kept connection: at shutdown and between tests."""
    with _pools_lock:
        pools = list(_pools.values())
        _pools.clear()
    for pool in pools:
        pool.close()
