"""Connections: kept, cut at any moment, never mixed up, never led astray."""

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from colonycraft.errors import ConnectionFailed, ProviderRejected
from colonycraft.llm import prepare, start, transport
from colonycraft.llm.port import Call, Connection, ModelRequest, TextDelta, collect
from colonycraft.llm.proxies import is_local, proxy_for
from colonycraft.llm.transport import IDLE_LINES, close_idle_lines
from llm_answers import HELLO, place
from llm_upstream import JSON, NDJSON, SSE, chunked, events, reply, silence, upstream
from llm_wire import Seen, watch

ADAPTERS = (
    "openai_chat",
    "openai_responses",
    "anthropic_messages",
    "mistral_chat",
    "ollama_chat",
)
TEXT = {
    "openai_chat": {"choices": [{"index": 0, "delta": {"content": "a"}}]},
    "openai_responses": {"type": "response.output_text.delta", "delta": "a"},
    "anthropic_messages": {
        "type": "content_block_delta",
        "index": 0,
        "delta": {"type": "text_delta", "text": "a"},
    },
    "mistral_chat": {"choices": [{"index": 0, "delta": {"content": "a"}}]},
}
WHOLE = '{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}'
END: dict[str, Any] = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}


@pytest.fixture(autouse=True, scope="module")
def _sdks_imported() -> None:  # pyright: ignore[reportUnusedFunction]
    """No abort can shorten an import."""
    for adapter in ADAPTERS:
        prepare(Connection("c", adapter, "C", "http://127.0.0.1:9", "k"))


def begin(connection: Connection, *, stream: bool = True) -> Call:
    return start(connection, ModelRequest(model="a-model", messages=HELLO), stream=stream)


def first_text(adapter: str) -> bytes:
    if adapter == "ollama_chat":
        line = b'{"message": {"content": "a"}, "done": false}\n'
        return chunked(line, content_type=NDJSON, end=False)
    return chunked(events(TEXT[adapter]), end=False)


class Aborter(threading.Thread):
    """Aborts a call after a while and remembers when."""

    def __init__(self, call: Call, seconds: float = 0.15) -> None:
        super().__init__()
        self.call = call
        self.seconds = seconds
        self.at = 0.0
        self.start()

    def run(self) -> None:
        time.sleep(self.seconds)
        self.at = time.monotonic()
        self.call.abort()

    def check(self) -> None:
        took = time.monotonic() - self.at
        self.join()
        assert took < 0.2


def check_aborted(seen: Seen) -> None:
    assert isinstance(seen.error, ConnectionFailed)
    assert seen.error.code == "aborted"


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize("stream", [True, False])
def test_abort_before_the_first_byte(adapter: str, stream: bool) -> None:
    with upstream(silence) as server:
        call = begin(place(adapter, server.url), stream=stream)
        aborter = Aborter(call)
        seen = watch(call)
        aborter.check()
        call.close()
    check_aborted(seen)
    assert seen.events == []


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_abort_in_the_middle(adapter: str) -> None:
    def stall(connection: socket.socket) -> None:
        connection.sendall(first_text(adapter))
        silence(connection)

    with upstream(stall) as server:
        call = begin(place(adapter, server.url))
        aborter = Aborter(call)
        seen = watch(call)
        aborter.check()
        call.close()
    check_aborted(seen)
    assert seen.completion.text == "a"


def test_abort_of_an_answer_that_only_the_close_ends() -> None:
    """A shut socket reads like a polite end; it must not pass for one."""

    def stall(connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 200 X\r\nContent-Type: {SSE}\r\n\r\n".encode())
        connection.sendall(events(TEXT["openai_chat"]))
        silence(connection)

    with upstream(stall) as server:
        call = begin(place("openai_chat", server.url))
        Aborter(call, 0.1)
        seen = watch(call)
    check_aborted(seen)


def test_abort_while_an_error_is_read() -> None:
    def stall(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 500 X\r\nContent-Length: 100\r\n\r\n{")
        silence(connection)

    for adapter in ADAPTERS:
        with upstream(stall) as server:
            call = begin(place(adapter, server.url))
            aborter = Aborter(call, 0.1)
            seen = watch(call)
            aborter.check()
        check_aborted(seen)


def test_abort_before_it_begins_sends_nothing() -> None:
    with upstream(reply(WHOLE)) as server:
        call = begin(place("openai_chat", server.url), stream=False)
        call.abort()
        call.abort()
        seen = watch(call)
        check_aborted(seen)
        assert server.received == []


def test_abort_while_connecting() -> None:
    """A listener whose queue is full lets nobody in."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(8)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        time.sleep(0.05)
        call = begin(place("openai_chat", f"http://127.0.0.1:{address[1]}"))
        aborter = Aborter(call, 0.2)
        seen = watch(call)
        aborter.check()
        for each in waiting:
            each.close()
    check_aborted(seen)


def test_abort_after_the_end_does_nothing() -> None:
    with upstream(reply(WHOLE)) as server:
        for _ in range(3):
            call = begin(place("openai_chat", server.url), stream=False)
            assert collect(call).text == "a"
            call.abort()
            call.close()
            call.close()
        assert server.connections == 1


def test_close_from_another_thread_ends_a_blocked_read() -> None:
    with upstream(silence) as server:
        call = begin(place("openai_chat", server.url))
        timer = threading.Timer(0.1, call.close)
        timer.start()
        seen = watch(call)
        timer.join()
    assert isinstance(seen.error, ConnectionFailed)


def test_closing_early_closes_the_connection() -> None:
    left = threading.Event()

    def go_on(connection: socket.socket) -> None:
        connection.sendall(first_text("openai_chat"))
        silence(connection)
        left.set()

    with upstream(go_on) as server:
        call = begin(place("openai_chat", server.url))
        assert next(iter(call)) == TextDelta("a")
        call.close()
        assert left.wait(1)
        assert watch(call).events == []


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_connections_are_kept(adapter: str) -> None:
    """After whole answers, streamed ones and errors alike."""
    refusal = reply('{"error": {"message": "no"}}', JSON, 429)
    if adapter == "ollama_chat":
        good = chunked(b'{"message":{"content":"a"},"done":true}\n', content_type=NDJSON)
    elif adapter == "openai_responses":
        good = chunked(events({"type": "response.completed", "response": {"status": "completed"}}))
    elif adapter == "anthropic_messages":
        good = chunked(events({"type": "message_stop"}))
    else:
        good = chunked(events(TEXT[adapter], END, "[DONE]"))
    with upstream(good, refusal, good) as server:
        connection = place(adapter, server.url)
        for _ in range(4):
            call = begin(connection)
            watch(call)
            call.close()
        assert (len(server.received), server.connections) == (4, 1)


def test_a_connection_is_kept_though_only_the_end_was_taken() -> None:
    with upstream(chunked(events(TEXT["openai_chat"], END, "[DONE]"))) as server:
        for _ in range(3):
            call = begin(place("openai_chat", server.url))
            for _ in zip(range(2), call, strict=False):
                pass  # the text and the end, and no step further
            call.close()
        assert server.connections == 1


def test_a_server_that_holds_the_connection_open_is_not_waited_for() -> None:
    def hold(connection: socket.socket) -> None:
        connection.sendall(chunked(events(TEXT["openai_chat"], END, "[DONE]"), end=False))
        silence(connection)

    with upstream(hold) as server:
        call = begin(place("openai_chat", server.url))
        before = time.monotonic()
        assert collect(call).reason == "complete"
        call.close()
        assert time.monotonic() - before < 0.3


def test_a_connection_closed_while_idle_is_replaced() -> None:
    closed: list[threading.Event] = []

    def answer_and_close(connection: socket.socket) -> None:
        connection.sendall(reply(WHOLE))
        connection.shutdown(socket.SHUT_RDWR)
        closed.append(threading.Event())

    with upstream(answer_and_close) as server:
        for number in range(1, 4):
            seen = watch(begin(place("openai_chat", server.url), stream=False))
            assert (seen.error, seen.completion.text) == (None, "a")
            while len(closed) < number:
                time.sleep(0.01)
            time.sleep(0.02)
        assert server.connections == 3


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_sixteen_at_once(adapter: str) -> None:
    """Each gets its own answer, on a connection of its own, and the connections are used again."""
    rounds = 5
    with upstream(*_numbered(adapter, 16 * rounds)) as server:
        connection = place(adapter, server.url)
        texts: list[str] = []
        errors: list[Exception] = []

        def client() -> None:
            try:
                for _ in range(rounds):
                    texts.append(collect(begin(connection)).text)
            except Exception as exc:
                errors.append(exc)

        threads = [threading.Thread(target=client) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert sorted(texts, key=int) == [str(number) for number in range(16 * rounds)]
        assert server.connections <= 16


def _numbered(adapter: str, count: int) -> list[bytes]:
    def answer(number: int) -> bytes:
        text = str(number)
        match adapter:
            case "ollama_chat":
                line = f'{{"message": {{"content": "{text}"}}, "done": true}}\n'.encode()
                return chunked(line, content_type=NDJSON)
            case "openai_responses":
                end = {"type": "response.completed", "response": {"status": "completed"}}
                return chunked(events(TEXT[adapter] | {"delta": text}, end))
            case "anthropic_messages":
                delta = TEXT[adapter] | {"delta": {"type": "text_delta", "text": text}}
                return chunked(events(delta, {"type": "message_stop"}))
            case _:
                delta = {"choices": [{"index": 0, "delta": {"content": text}}]}
                return chunked(events(delta, END, "[DONE]"))

    return [answer(number) for number in range(count)]


def test_idle_connections_are_bounded() -> None:
    gate = threading.Barrier(IDLE_LINES + 9)

    def together(connection: socket.socket) -> None:
        gate.wait(10)
        connection.sendall(reply(WHOLE))
        silence(connection)

    with upstream(together) as server:
        connection = place("openai_chat", server.url)
        threads = [
            threading.Thread(target=lambda: collect(begin(connection, stream=False)))
            for _ in range(IDLE_LINES + 8)
        ]
        for thread in threads:
            thread.start()
        gate.wait(10)
        for thread in threads:
            thread.join()
        pool = transport.pool_for(connection, lambda: pytest.fail("there is a pool"))
        assert len(pool) == IDLE_LINES
        close_idle_lines()
        assert len(pool) == 0


def test_a_changed_key_is_another_connection() -> None:
    with upstream(reply(WHOLE)) as server:
        for key in ("one", "two", "one"):
            connection = Connection("c", "openai_chat", "C", f"{server.url}/v1", key)
            collect(begin(connection, stream=False))
        keys = [each.headers["authorization"] for each in server.received]
        assert keys == ["Bearer one", "Bearer two", "Bearer one"]
        assert server.connections == 2


def test_redirects_are_not_followed() -> None:
    for adapter in ADAPTERS:
        with upstream(reply(WHOLE)) as target:
            moved = reply("", JSON, 307, {"Location": target.url})
            with upstream(moved) as server:
                seen = watch(begin(place(adapter, server.url), stream=False))
            assert isinstance(seen.error, ProviderRejected)
            assert target.received == []


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for adapter in ADAPTERS:
        seen = watch(begin(place(adapter, f"http://127.0.0.1:{port}")))
        assert isinstance(seen.error, ConnectionFailed)
        assert seen.error.retryable


@pytest.mark.parametrize("address", ["http://", "nowhere", "http://127.0.0.1:x", "ftp://127.0.0.1"])
def test_addresses_that_are_none(address: str) -> None:
    for adapter in ("openai_chat", "anthropic_messages", "mistral_chat"):
        connection = Connection("c", adapter, "C", address, "k")
        seen = watch(begin(connection))
        assert isinstance(seen.error, ProviderRejected | ConnectionFailed)


def test_a_key_that_cannot_be_sent() -> None:
    for adapter in ADAPTERS:
        connection = Connection("c", adapter, "C", "http://127.0.0.1:9", "k\r\nX-Evil: 1")
        seen = watch(begin(connection))
        assert seen.error is not None
        assert "Evil" not in seen.error.message


# Proxies


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "[::1]",
        "10.1.2.3",
        "192.168.0.9",
        "ollama",
        "a.internal",
        "x.local",
    ],
)
def test_local_addresses_never_go_through_a_proxy(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://proxy.example.test:3128")
    assert is_local(host)
    assert proxy_for(f"http://{host}:11434/v1") is None
    assert proxy_for("https://api.example.test/v1") == "http://proxy.example.test:3128"
    monkeypatch.setenv("NO_PROXY", "example.test")
    monkeypatch.setenv("no_proxy", "example.test")
    assert proxy_for("https://api.example.test/v1") is None


def test_remote_addresses_go_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with upstream(reply(WHOLE)) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.replace("http://", "http://user:word@"))
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        connection = Connection("c", "openai_chat", "C", "http://llm.example.test/v1", "k")
        assert collect(begin(connection, stream=False)).text == "a"
        (request,) = proxy.received
        assert request.path == "http://llm.example.test/v1/chat/completions"
        assert request.headers["proxy-authorization"].startswith("Basic ")


# TLS


@pytest.fixture
def tls_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, list[socket.socket]]]:
    """A server whose certificate only the test's own context trusts. It accepts and says nothing;
    the accepted sockets are in the list."""
    certificate, key = self_signed(tmp_path)
    context = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(transport, "ssl_context", lambda: context)
    listener = socket.create_server(("127.0.0.1", 0))
    accepted: list[socket.socket] = []

    def accept() -> None:
        try:
            while True:
                accepted.append(listener.accept()[0])
        except OSError:
            pass

    threading.Thread(target=accept, daemon=True).start()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    monkeypatch.setattr(tls, "server", server, raising=False)
    yield f"https://localhost:{listener.getsockname()[1]}/v1", accepted
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    for each in accepted:
        each.close()


class tls:  # noqa: N801
    server: Any = None


def self_signed(folder: Path) -> tuple[Path, Path]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


def test_abort_in_the_tls_handshake(tls_server: tuple[str, list[socket.socket]]) -> None:
    call = begin(Connection("c", "openai_chat", "C", tls_server[0], "k"))
    aborter = Aborter(call, 0.2)
    seen = watch(call)
    aborter.check()
    check_aborted(seen)


def test_abort_over_tls(tls_server: tuple[str, list[socket.socket]]) -> None:
    url, accepted = tls_server

    def answer() -> None:
        while not accepted:
            time.sleep(0.01)
        with tls.server.wrap_socket(accepted[0], server_side=True) as secure:
            secure.recv(65536)
            secure.sendall(first_text("openai_chat"))
            silence(secure)

    thread = threading.Thread(target=answer)
    thread.start()
    call = begin(Connection("c", "openai_chat", "C", url, "k"))
    aborter = Aborter(call, 0.5)
    seen = watch(call)
    aborter.check()
    thread.join(2)
    assert seen.completion.text == "a"
    check_aborted(seen)


def test_a_certificate_that_nobody_trusts(
    tls_server: tuple[str, list[socket.socket]], monkeypatch: pytest.MonkeyPatch
) -> None:
    strangers = ssl.create_default_context()
    monkeypatch.setattr(transport, "ssl_context", lambda: strangers)
    url, accepted = tls_server

    def answer() -> None:
        while not accepted:
            time.sleep(0.01)
        with pytest.raises(ssl.SSLError):
            tls.server.wrap_socket(accepted[0], server_side=True)

    thread = threading.Thread(target=answer)
    thread.start()
    seen = watch(begin(Connection("c", "openai_chat", "C", url, "k")))
    thread.join(2)
    assert isinstance(seen.error, ConnectionFailed)
