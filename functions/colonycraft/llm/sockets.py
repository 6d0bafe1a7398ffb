"""Sockets that another thread can shut.

Closing an SDK's stream from another thread does not wake a read that blocks; shutting the socket
does. A `Switch` therefore keeps a duplicate of the descriptor of whatever its connection is doing,
from before the connect on: the duplicate stays valid when TLS takes the socket over, and is never
a descriptor that somebody else has been given meanwhile.
"""

import select
import socket
import ssl
import threading
from collections.abc import Iterable
from contextlib import suppress
from types import ModuleType
from typing import Any

SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


class Switch:
    """Shuts the current socket of one connection, now or as soon as there is one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._handle: socket.socket | None = None
        self._thrown = False
        self.read_limit: float | None = None
        """Seconds that a read may take from now on, instead of the request's timeout."""

    @property
    def thrown(self) -> bool:
        return self._thrown

    def throw(self) -> None:
        with self._lock:
            self._thrown = True
            if self._handle is not None:
                _shut(self._handle)

    def reset(self) -> None:
        with self._lock:
            self._thrown = False
            self.read_limit = None

    def watch(self, sock: socket.socket) -> None:
        with self._lock:
            if self._handle is not None:
                self._handle.close()
            self._handle = sock.dup()
            if self._thrown:
                _shut(self._handle)

    def release(self) -> None:
        with self._lock:
            if self._handle is not None:
                self._handle.close()
                self._handle = None


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


class SwitchedBackend:
    """A network backend of httpcore (`core`: httpcore or httpcore2) with a switch."""

    def __init__(self, core: ModuleType, switch: Switch) -> None:
        self._core = core
        self._switch = switch

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> "SwitchedStream":
        core = self._core
        problem: OSError = OSError("no address")
        try:
            for family, kind, protocol, _, address in socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            ):
                if self._switch.thrown:
                    break
                try:
                    return self._connect(socket.socket(family, kind, protocol), address, timeout)
                except OSError as exc:
                    problem = exc
        except OSError as exc:
            problem = exc
        if isinstance(problem, TimeoutError):
            raise core.ConnectTimeout(str(problem)) from problem
        raise core.ConnectError(str(problem)) from problem

    def _connect(
        self, sock: socket.socket, address: Any, timeout: float | None
    ) -> "SwitchedStream":
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            sock.settimeout(timeout)
            self._switch.watch(sock)
            sock.connect(address)
        except BaseException:
            sock.close()
            raise
        return SwitchedStream(self._core, self._switch, sock)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> "SwitchedStream":
        raise NotImplementedError

    def sleep(self, seconds: float) -> None:
        threading.Event().wait(seconds)


class SwitchedStream:
    """A network stream of httpcore over one socket."""

    def __init__(self, core: ModuleType, switch: Switch, sock: socket.socket) -> None:
        self._core = core
        self._switch = switch
        self._sock = sock
        self._held = b""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        limit = self._switch.read_limit
        if self._held:
            self._send(b"", timeout)
        try:
            self._sock.settimeout(timeout if limit is None else limit)
            data = self._sock.recv(max_bytes)
        except TimeoutError as exc:
            raise self._core.ReadTimeout(str(exc)) from exc
        except OSError as exc:
            raise self._core.ReadError(str(exc)) from exc
        if not data and self._switch.thrown:
            # A shut socket reads as a polite end, which would pass for a whole answer.
            raise self._core.ReadError("shut from this side")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if buffer.startswith(b"POST ") and buffer.endswith(b"\r\n\r\n"):
            self._held = buffer  # the body comes next: one packet, and one wake-up of the server
        elif buffer or self._held:
            self._send(buffer, timeout)

    def _send(self, buffer: bytes, timeout: float | None) -> None:
        buffer, self._held = self._held + buffer, b""
        try:
            self._sock.settimeout(timeout)
            self._sock.sendall(buffer)
        except TimeoutError as exc:
            raise self._core.WriteTimeout(str(exc)) from exc
        except OSError as exc:
            raise self._core.WriteError(str(exc)) from exc

    def close(self) -> None:
        self._switch.release()
        self._sock.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> "SwitchedStream":
        try:
            self._sock.settimeout(timeout)
            wrapped = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except TimeoutError as exc:
            self.close()
            raise self._core.ConnectTimeout(str(exc)) from exc
        except (OSError, ValueError) as exc:
            self.close()
            raise self._core.ConnectError(str(exc)) from exc
        return SwitchedStream(self._core, self._switch, wrapped)

    def get_extra_info(self, info: str) -> Any:
        match info:
            case "ssl_object":
                return self._sock if isinstance(self._sock, ssl.SSLSocket) else None
            case "client_addr":
                return self._sock.getsockname()
            case "server_addr":
                return self._sock.getpeername()
            case "socket":
                return self._sock
            case "is_readable":
                return _is_readable(self._sock)
            case _:
                return None


def _is_readable(sock: socket.socket) -> bool:
    descriptor = sock.fileno()
    if descriptor < 0:
        return True
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
