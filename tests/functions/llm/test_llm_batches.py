"""Batches, at every provider that takes them: sent, looked at, read, cancelled, removed, and found
again. The provider's shapes are those that the vendors document (`support/batch_provider.py`)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from colonycraft.errors import (
    ConnectionFailed,
    MalformedResponse,
    ProviderAuthentication,
    ProviderError,
    ProviderRejected,
    RateLimited,
    Unsupported,
)
from colonycraft.llm import batches
from colonycraft.llm.port import Completion, Connection, Message, ModelRequest, TextPart
from support.batch_provider import SUMMARY, BatchProvider, start_batch_provider

ADAPTERS = ("openai_chat", "openai_responses", "anthropic_messages", "mistral_chat")
NAME = "0123456789abcdef0123456789abcdef"
SINCE, UNTIL = (datetime.now(UTC) + timedelta(hours=hours) for hours in (-1, 1))
REQUEST = ModelRequest("m", (Message("user", (TextPart("CANARY-text"),)),), max_output_tokens=9)


@pytest.fixture(scope="module")
def serving() -> Iterator[BatchProvider]:
    with start_batch_provider() as running:
        yield running


@pytest.fixture
def provider(serving: BatchProvider) -> BatchProvider:
    serving.forget()
    return serving


@pytest.fixture(params=ADAPTERS)
def connection(request: pytest.FixtureRequest, provider: BatchProvider) -> Connection:
    return connection_to(provider, request.param)


def connection_to(provider: BatchProvider, adapter: str) -> Connection:
    url = provider.base_url if adapter.startswith("openai") else provider.base_url[:-3]
    return Connection("c", adapter, "C", url, "CANARY-key")


def test_two_requests_go_and_their_answers_come(
    provider: BatchProvider, connection: Connection
) -> None:
    id = batches.submit(connection, NAME, [REQUEST, REQUEST])
    assert not batches.has_ended(connection, id)
    provider.control(outcome="succeeds")
    assert batches.has_ended(connection, id)
    found = batches.answers(connection, id, NAME)
    assert sorted(found) == [0, 1]
    for answer in found.values():
        assert isinstance(answer, Completion)
        assert (answer.text, answer.reason) == (SUMMARY, "complete")
        assert answer.usage is not None
        assert (answer.usage.input_tokens, answer.usage.output_tokens) == (1000, 50)
    (held,) = provider.batches()
    assert [one["custom_id"] for one in held["lines"]] == [f"{NAME}-0", f"{NAME}-1"]
    assert "CANARY-text" in str(held["lines"])
    assert "stream" not in held["lines"][0]["body"]


def test_nothing_is_left_at_the_provider_however_often_it_is_removed(
    provider: BatchProvider, connection: Connection
) -> None:
    id = batches.submit(connection, NAME, [REQUEST])
    provider.control(outcome="succeeds")
    batches.answers(connection, id, NAME)
    batches.remove(connection, id)
    state = provider.state()
    assert state["files"] == []
    # OpenAI keeps the batch itself, of which nothing was said in.
    assert state["batches"][0]["removed"] or connection.adapter.startswith("openai")
    batches.remove(connection, id)


def test_one_that_the_provider_does_not_have_says_so(connection: Connection) -> None:
    for ask in (batches.has_ended, batches.cancel):
        with pytest.raises(ProviderError) as gone:
            ask(connection, "batch_9")
        assert gone.value.http_status == 404


@pytest.mark.parametrize("outcome", ["fails", "expires", "partly", "errors"])
def test_a_request_without_an_answer_is_missing_or_says_why(
    provider: BatchProvider, connection: Connection, outcome: str
) -> None:
    id = batches.submit(connection, NAME, [REQUEST])
    provider.control(outcome=outcome)
    assert batches.has_ended(connection, id)
    found = batches.answers(connection, id, NAME).get(0)
    if outcome == "errors":
        assert isinstance(found, ProviderRejected)
    assert found is None or isinstance(found, ProviderError)


def test_an_answer_that_cannot_be_read_is_told_from_none(
    provider: BatchProvider, connection: Connection
) -> None:
    id = batches.submit(connection, NAME, [REQUEST])
    provider.control(outcome="unreadable")
    assert isinstance(batches.answers(connection, id, NAME)[0], MalformedResponse)


def test_a_file_that_is_none_is_malformed(provider: BatchProvider) -> None:
    connection = connection_to(provider, "openai_chat")
    id = batches.submit(connection, NAME, [REQUEST])
    provider.control(outcome="garbled")
    with pytest.raises(MalformedResponse):
        batches.answers(connection, id, NAME)


def test_it_is_cancelled_once_and_not_when_it_has_ended(
    provider: BatchProvider, connection: Connection
) -> None:
    first, second = (batches.submit(connection, NAME, [REQUEST]) for _ in range(2))
    batches.cancel(connection, first)
    assert batches.has_ended(connection, first)
    assert not isinstance(batches.answers(connection, first, NAME).get(0), Completion)
    provider.control(outcome="succeeds")
    batches.cancel(connection, second)
    assert [one["cancelled"] for one in provider.batches()] == [True, False]


def test_what_was_sent_is_found_again_though_the_reply_was_lost(
    provider: BatchProvider, connection: Connection
) -> None:
    assert batches.find(connection, NAME, SINCE, UNTIL).id is None
    provider.control(loses=True)
    with pytest.raises(ConnectionFailed):
        batches.submit(connection, NAME, [REQUEST])
    found = batches.find(connection, NAME, SINCE, UNTIL)
    if connection.adapter == "anthropic_messages":
        assert (found.id, found.sure) == (None, False)
    provider.control(outcome="succeeds")
    assert batches.find(connection, NAME, SINCE, UNTIL).id == "batch_0"
    assert batches.find(connection, NAME.replace("0", "1"), SINCE, UNTIL).id is None
    assert batches.find(connection, NAME, UNTIL, UNTIL).id is None
    assert batches.find(connection, NAME, SINCE, SINCE).id is None


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, ProviderAuthentication), (429, RateLimited), (400, ProviderRejected)],
)
def test_a_refusal_is_one_of_ours_and_leaves_no_file(
    provider: BatchProvider, connection: Connection, status: int, error: type[ProviderError]
) -> None:
    provider.control(refuses=status)
    with pytest.raises(error) as refused:
        batches.submit(connection, NAME, [REQUEST])
    assert refused.value.http_status == status
    assert "CANARY" not in str(refused.value)
    assert provider.state()["files"] == []


def test_ollama_and_gateways_take_none(provider: BatchProvider) -> None:
    local = connection_to(provider, "ollama_chat")
    assert not batches.takes_batches(local)
    with pytest.raises(Unsupported):
        batches.has_ended(local, "x")
    gateway = Connection("c", "openai_chat", "C", "https://gateway.example/v1", "key")
    assert not batches.takes_batches(gateway)
    assert batches.takes_batches(Connection("c", "openai_chat", "C", None, "key"))
