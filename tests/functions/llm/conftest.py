"""What the tests of the providers share: the replay server, and that no defect stays unseen."""

import logging
import os
import socket
from collections.abc import Iterator

import pytest

from colonycraft.llm.transport import close_idle_lines

_LOCAL_HOSTS = ("127.0.0.1", "::1", "localhost")


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
