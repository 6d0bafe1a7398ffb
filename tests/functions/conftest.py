"""Functions in this process, their providers outside of it."""

import uuid
from collections.abc import Iterator

import pytest

from colonycraft.calls import catalogue
from colonycraft.chat import turn
from colonycraft.llm.port import Connection
from colonycraft.platform.firestore import Firestore, database
from colonycraft.usage import spending
from colonycraft.usage.teller import teller
from support.environment import need
from support.memory_firestore import use
from support.provider import Provider


@pytest.fixture(scope="session")
def firestore() -> Firestore:
    need("FIRESTORE_EMULATOR_HOST")
    return database()


@pytest.fixture
def own_database(firestore: Firestore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Firestore]:
    """One of the test's own, in which an administrator may save what holds for all."""
    # A process listens once: to the database that the other tests share, not to this one.
    monkeypatch.setattr(turn, "listen_for_stops", lambda _stop: None)
    own = Firestore(f"demo-{uuid.uuid4().hex[:12]}", need("FIRESTORE_EMULATOR_HOST"))
    _use(own)
    yield own
    _use(firestore)


def _use(store: Firestore) -> None:
    use(store)
    spending.forget()
    teller.forget()


@pytest.fixture
def openai(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The connection `openai` leads to the provider of the tests."""
    connection = Connection("openai", "openai_chat", "OpenAI", provider.base_url, "test-key")
    monkeypatch.setattr(catalogue, "connections", lambda: {"openai": connection})
    return provider
