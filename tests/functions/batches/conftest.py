"""A provider of batches, administrators who want them, and time that a test makes pass."""

from collections.abc import Iterator

import pytest

from colonycraft.calls import batch_records, batches, catalogue
from colonycraft.chat import summary
from colonycraft.llm.port import Connection
from colonycraft.platform.firestore import Firestore
from support.batch_provider import BatchProvider, start_batch_provider
from support.batched import Clock
from support.spending import hold


@pytest.fixture(scope="module")
def serving() -> Iterator[BatchProvider]:
    with start_batch_provider() as running:
        yield running


@pytest.fixture
def provider(serving: BatchProvider, monkeypatch: pytest.MonkeyPatch) -> BatchProvider:
    serving.forget()
    connection = Connection("openai", "openai_chat", "OpenAI", serving.base_url, "test-key")
    monkeypatch.setattr(catalogue, "connections", lambda: {"openai": connection})
    return serving


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What batches take for the time."""
    told = Clock()
    monkeypatch.setattr(batch_records, "now", told.now)
    monkeypatch.setattr(batches, "now", told.now)
    return told


@pytest.fixture(autouse=True)
def store(
    own_database: Firestore, provider: BatchProvider, monkeypatch: pytest.MonkeyPatch
) -> Firestore:
    """Where administrators want batches, and a conversation is long soon."""
    hold(monkeypatch, batch_summaries=True)
    monkeypatch.setattr(summary, "FULL", 0.01)
    return own_database
