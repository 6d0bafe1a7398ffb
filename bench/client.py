"""A client for many answers at once: raw keep-alive sockets and one loop, no parsing of events.

A client that parses streams is itself the limit at sixteen streams. This one looks only for the
first bytes of the answer's text and for the end of the body.
"""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_DEADLINE = 60.0


class Failed(Exception):
    """A server answered with something else than the answer."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds from the request to the first bytes of the answer's text, and to its end; whose."""

    first: float
    total: float
    client: int


@dataclass(frozen=True, slots=True)
class Answered:
    """All samples, and the seconds from the first request to the last answer."""

    samples: list[Sample]
    seconds: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.samples) / self.seconds


class _Connection:
    """One client: sends a request, reads the answer, sends the next on the same connection."""

    def __init__(self, port: int, marker: bytes, client: int) -> None:
        self.port = port
        self.marker = marker
        self.client = client
        self.socket: socket.socket | None = None
        self.received = bytearray()
        self.sent_at = 0.0
        self.first_at = 0.0

    def send(self, request: bytes) -> socket.socket:
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port))
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = bytearray()
        self.first_at = 0.0
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)
        return self.socket

    def receive(self) -> Sample | None:
        """The sample when the answer is whole."""
        assert self.socket is not None
        piece = self.socket.recv(65536)
        now = time.perf_counter()
        self.received += piece
        if not self.first_at and self.marker in self.received:
            self.first_at = now
        if piece and not _is_whole(self.received):
            return None
        if not self.received.startswith(b"HTTP/1.1 200") or not self.first_at:
            raise Failed(bytes(self.received[:2000]).decode("utf-8", "replace"))
        if not piece or b"\r\nconnection: close" in self.received[:2000].lower():
            self.close()
        return Sample(self.first_at - self.sent_at, now - self.sent_at, self.client)

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def _is_whole(received: bytearray) -> bool:
    head_end = received.find(b"\r\n\r\n")
    if head_end < 0:
        return False
    head = bytes(received[:head_end]).lower()
    _, found, length = head.partition(b"content-length:")
    if found:
        return len(received) >= head_end + 4 + int(length.split(b"\r\n", 1)[0])
    return received.endswith(b"0\r\n\r\n")


def ask(
    port: int,
    next_request: Callable[[int], bytes | None],
    *,
    clients: int,
    marker: bytes,
    seconds: float = 3600.0,
) -> Answered:
    """What `clients` get that each ask again as soon as they are answered.

    `next_request` gives a client's next request, None when it has no more; none is begun after
    `seconds`. Raises Failed for an answer that is none.
    """
    samples: list[Sample] = []
    begun = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        connections = [_Connection(port, marker, number) for number in range(clients)]

        def start(number: int) -> None:
            request = next_request(number) if time.perf_counter() - begun < seconds else None
            if request is not None:
                connection = connections[number]
                selector.register(connection.send(request), selectors.EVENT_READ, number)

        for number in range(clients):
            start(number)
        while selector.get_map():
            ready = selector.select(_DEADLINE)
            if not ready:
                raise Failed(f"No answer within {_DEADLINE:.0f} s.")
            for key, _ in ready:
                number: int = key.data
                sample = connections[number].receive()
                if sample is not None:
                    samples.append(sample)
                    selector.unregister(key.fileobj)
                    start(number)
        took = time.perf_counter() - begun
        for connection in connections:
            connection.close()
    return Answered(samples, took)


def ask_each(port: int, requests: Sequence[bytes], *, clients: int, marker: bytes) -> Answered:
    """What is answered to these requests: the first to client 0, the second to client 1 ..."""
    waiting = [list(reversed(requests[number::clients])) for number in range(clients)]
    return ask(
        port,
        lambda number: waiting[number].pop() if waiting[number] else None,
        clients=clients,
        marker=marker,
    )


def statuses(port: int, requests: Sequence[bytes]) -> Counter[str]:
    """How many of these requests, all sent at once, are answered with which HTTP status."""
    found: Counter[str] = Counter()
    with selectors.DefaultSelector() as selector:
        for request in requests:
            connection = socket.create_connection(("127.0.0.1", port))
            connection.sendall(request)
            selector.register(connection, selectors.EVENT_READ, bytearray())
        while selector.get_map():
            ready = selector.select(_DEADLINE)
            if not ready:
                raise Failed(f"No answer within {_DEADLINE:.0f} s.")
            for key, _ in ready:
                connection, received = key.fileobj, key.data
                assert isinstance(connection, socket.socket)
                piece = connection.recv(65536)
                received += piece
                if not piece or _is_whole(received):
                    found[bytes(received[9:12]).decode()] += 1
                    selector.unregister(connection)
                    connection.close()
    return found
