"""A provider made of bytes: it answers what a test gives it and keeps what it was sent."""

import json
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

SSE = "text/event-stream"
JSON = "application/json"
NDJSON = "application/x-ndjson"

Behaviour = Callable[[socket.socket], None]


@dataclass
class Received:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Upstream:
    url: str
    received: list[Received] = field(default_factory=list[Received])
    connections: int = 0


def reply(
    body: bytes | str,
    content_type: str = JSON,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> bytes:
    """A whole HTTP response that keeps the connection."""
    data = body.encode() if isinstance(body, str) else body
    lines = [
        f"HTTP/1.1 {status} X",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(data)}",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def chunked(*chunks: bytes, content_type: str = SSE, end: bool = True) -> bytes:
    """A chunked HTTP response; without its last chunk when `end` is false."""
    head = f"HTTP/1.1 200 X\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return head.encode() + body + (b"0\r\n\r\n" if end else b"")


def events(*objects: Any, end: str = "\n\n") -> bytes:
    """Server-sent events; a string stays as it is."""
    texts = [each if isinstance(each, str) else json.dumps(each) for each in objects]
    return "".join(f"data: {text}{end}" for text in texts).encode()


@contextmanager
def upstream(*answers: bytes | Behaviour) -> Generator[Upstream]:
    """Serves the answers in turn, the last one again and again, on connections that are kept."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    server = Upstream(url=f"http://127.0.0.1:{listener.getsockname()[1]}")
    open_sockets: list[socket.socket] = []
    lock = threading.Lock()

    def next_answer(request: Received) -> bytes | Behaviour:
        with lock:
            server.received.append(request)
            return answers[min(len(server.received), len(answers)) - 1]

    def serve(connection: socket.socket) -> None:
        with suppress(OSError), connection, connection.makefile("rb") as stream:
            while (request := read_request(stream)) is not None:
                answer = next_answer(request)
                if callable(answer):
                    answer(connection)
                    return
                connection.sendall(answer)

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                server.connections += 1
                open_sockets.append(connection)
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for each in open_sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


def read_request(stream: Any) -> Received | None:
    line = stream.readline().decode()
    if not line:
        return None
    method, path, _ = line.split(" ", 2)
    headers: dict[str, str] = {}
    while (header := stream.readline().decode().strip()) != "":
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    return Received(method, path, headers, stream.read(int(headers.get("content-length", 0))))


def silence(connection: socket.socket) -> None:
    """Never answers; returns when the client leaves."""
    with suppress(OSError):
        while connection.recv(65536):
            pass
