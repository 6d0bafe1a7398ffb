"""Functions in this process, their providers outside of it."""

import pytest

from colonycraft.calls import catalogue
from colonycraft.llm.port import Connection
from colonycraft.platform.firestore import Firestore, database
from support.environment import need
from support.provider import Provider


@pytest.fixture(scope="session")
def firestore() -> Firestore:
    need("FIRESTORE_EMULATOR_HOST")
    return database()


@pytest.fixture
def openai(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The connection `openai` leads to the provider of the tests."""
    connection = Connection("openai", "openai_chat", "OpenAI", provider.base_url, "test-key")
    monkeypatch.setattr(catalogue, "connections", lambda: {"openai": connection})
    return provider
