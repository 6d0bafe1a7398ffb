"""What every suite shares: people, the stack's addresses, a provider outside the process."""

import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "functions"))
sys.path.insert(0, str(ROOT / "tests"))

from support.environment import need  # noqa: E402
from support.people import Person, changed, sign_up  # noqa: E402
from support.provider import Provider, start_provider  # noqa: E402
from support.scenarios import WIRE  # noqa: E402

# How long an example takes depends on the machine.
settings.register_profile("colonycraft", deadline=None)
settings.load_profile("colonycraft")


@pytest.fixture(scope="session")
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def functions_url() -> str:
    return need("COLONYCRAFT_FUNCTIONS")


@pytest.fixture
def person(http: httpx.Client) -> Person:
    return sign_up(http, need("FIREBASE_AUTH_EMULATOR_HOST"))


@pytest.fixture
def other_person(http: httpx.Client) -> Person:
    return sign_up(http, need("FIREBASE_AUTH_EMULATOR_HOST"))


@pytest.fixture
def administrator(http: httpx.Client) -> Person:
    auth_host = need("FIREBASE_AUTH_EMULATOR_HOST")
    return changed(http, auth_host, sign_up(http, auth_host), {"role": "admin"})


@pytest.fixture
def new_id() -> str:
    return str(uuid.uuid4())


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """A server that speaks OpenAI's chat completions, in a process of its own."""
    with start_provider() as running:
        yield running


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
    _wait_for(port)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def _wait_for(port: int) -> None:
    """The server says that it is there before it listens."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.01)
    pytest.fail("the replay server does not listen")


@pytest.fixture(autouse=True)
def _healthy() -> Iterator[None]:
    """No test finds a model in trouble for what another one did to it."""
    from colonycraft.calls.health import registry
    from colonycraft.calls.waiting import lines

    registry.forget()
    lines.forget()
    yield
    registry.forget()
    lines.forget()


@pytest.fixture(autouse=True, scope="session")
def _unshared() -> None:
    """Tests count what they read and write; what is shared beside it has tests of its own."""
    from colonycraft.calls.sharing import sharing

    sharing.enabled = False


@pytest.fixture(autouse=True)
def _settings_hold(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an administrator saves in the database that tests share holds in none of them; it does
    in a database of a test's own."""
    from colonycraft.usage import spending

    if "own_database" not in request.fixturenames:
        monkeypatch.setattr(spending, "policy", spending.of_settings)
        monkeypatch.setattr(spending, "ask", lambda: None)


@pytest.fixture(autouse=True, scope="session")
def _lines_closed() -> Iterator[None]:
    """Connections kept for the next call would be found open when Python ends."""
    yield
    from colonycraft.llm import close_idle_lines

    close_idle_lines()
