"""What the tests of the providers share: the replay server, and that no defect stays unseen."""

import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[2] / "functions"), str(HERE)]

from colonycraft.llm.transport import close_idle_lines  # noqa: E402
from llm_wire import WIRE  # noqa: E402

_LOCAL_HOSTS = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(scope="session")
def replay() -> Iterator[str]:
    """The address of the replay server, a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, str(WIRE / "replay.py"), "--port", str(port), "--wire", str(WIRE)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "scenarios on" in process.stdout.readline()
    wait_for(port)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def wait_for(port: int) -> None:
    """The server says that it is there before it listens."""
    for _ in range(500):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.01)
        else:
            return
    pytest.fail("the replay server does not listen")


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests reach this machine and nothing else, and no key or address of the person who runs
    them is used."""
    connect = socket.socket.connect

    def local_only(sock: socket.socket, address: object) -> None:
        if sock.family != socket.AF_UNIX:
            assert isinstance(address, tuple)
            assert address[0] in _LOCAL_HOSTS, f"a test tried to reach {address}"
        connect(sock, address)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(socket.socket, "connect", local_only)
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "ANTHROPIC_", "MISTRAL_", "OLLAMA_")):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _nothing_unmapped(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An exception of an SDK that no translation knows is a defect, though production survives."""
    yield
    unmapped = [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.name == "colonycraft.llm" and record.levelno >= logging.ERROR
    ]
    assert not unmapped


@pytest.fixture(autouse=True, scope="module")
def _lines_closed() -> Iterator[None]:
    yield
    close_idle_lines()
