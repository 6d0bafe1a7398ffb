"""Vectors of texts, from every provider that makes them."""

import base64
import json
import struct
from typing import Any

import pytest

from colonycraft.errors import (
    ContextOverflow,
    MalformedResponse,
    ModelNotFound,
    ProviderAuthentication,
    ProviderError,
    RateLimited,
    Unsupported,
)
from colonycraft.llm import EmbeddingRequest, start
from colonycraft.llm.port import Completion, Connection, Message, TextPart, Usage, collect
from support.scenarios import EMBEDDINGS, Scenario, connection_to, scenario_id, scenarios
from support.upstream import reply, upstream

PATHS = {
    "openai_chat": "/v1/embeddings",
    "openai_responses": "/v1/embeddings",
    "mistral_chat": "/v1/embeddings",
    "ollama_chat": "/api/embed",
}
ERRORS = {401: ProviderAuthentication, 404: ModelNotFound}
# The older of Ollama's two addresses, which takes one text and is not used.
RECORDED = [one for one in scenarios(EMBEDDINGS) if one["request"]["path"] != "/api/embeddings"]


def texts(*given: str) -> EmbeddingRequest:
    return EmbeddingRequest("m", tuple(Message("user", (TextPart(one),)) for one in given))


def connection(adapter: str, url: str) -> Connection:
    base = f"{url}/v1" if adapter.startswith("openai") else url
    return Connection("c", adapter, "C", base, "CANARY-key")


def embed(connection: Connection, request: EmbeddingRequest) -> Completion:
    return collect(start(connection, request, stream=False))


def answer(adapter: str, *vectors: Any, tokens: object = 3) -> bytes:
    if adapter == "ollama_chat":
        found = {"model": "m", "embeddings": vectors, "prompt_eval_count": tokens}
    else:
        data = [{"index": at, "embedding": one} for at, one in enumerate(vectors)]
        found = {"model": "m", "data": data, "usage": {"prompt_tokens": tokens}}
    return reply(json.dumps(found))


@pytest.mark.parametrize("scenario", RECORDED, ids=scenario_id)
def test_recorded_answers_come_out_as_recorded(replay: str, scenario: Scenario) -> None:
    expect = scenario["expect"]
    if expect["outcome"] == "error":
        with pytest.raises(ERRORS[expect["status"]]):
            embed(connection_to(replay, scenario), texts("CANARY-text"))
        return
    found = embed(connection_to(replay, scenario), texts("CANARY-text"))
    assert [len(one) for one in found.vectors] == [expect["dimensions"]] * expect["vectors"]
    assert found.vectors[0][: len(expect["first"])] == pytest.approx(expect["first"], abs=1e-6)
    assert found.usage == Usage(input_tokens=expect["usage"]["input_tokens"], output_tokens=0)
    assert found.model == expect["model"]


@pytest.mark.parametrize("adapter", PATHS)
def test_what_is_sent(adapter: str) -> None:
    with upstream(answer(adapter, [1, 0], [0, 1])) as server:
        found = embed(connection(adapter, server.url), texts("one", "two"))
    (sent,) = server.received
    assert (sent.method, sent.path) == ("POST", PATHS[adapter])
    assert sent.json["model"] == "m" and sent.json["input"] == ["one", "two"]
    assert "encoding_format" not in sent.json
    assert found.vectors == ((1.0, 0.0), (0.0, 1.0))
    assert sent.headers["authorization"] == "Bearer CANARY-key"


@pytest.mark.parametrize("adapter", PATHS)
def test_a_line_is_used_again(adapter: str) -> None:
    with upstream(answer(adapter, [1, 0])) as server:
        for _ in range(2):
            embed(connection(adapter, server.url), texts("one"))
        assert len(server.received) == 2 and server.connections == 1


def test_openai_itself_is_asked_for_the_short_form() -> None:
    """Shown on an address that says it is OpenAI's, in a path."""
    with upstream(
        answer("openai_chat", base64.b64encode(struct.pack("<2f", 0.5, -1)).decode())
    ) as server:
        own = Connection("c", "openai_chat", "C", f"{server.url}//api.openai.com/v1", "k")
        found = embed(own, texts("one"))
    assert server.received[0].json["encoding_format"] == "base64"
    assert found.vectors == ((0.5, -1.0),)


def test_vectors_come_in_the_order_of_their_texts() -> None:
    data = [{"index": 1, "embedding": [0, 1]}, {"index": 0, "embedding": [1, 0]}]
    with upstream(reply(json.dumps({"data": data}))) as server:
        found = embed(connection("openai_chat", server.url), texts("one", "two"))
    assert found.vectors == ((1.0, 0.0), (0.0, 1.0))
    assert found.usage is None


@pytest.mark.parametrize("adapter", PATHS)
@pytest.mark.parametrize(
    "vectors",
    [
        (),
        ([1, 0],),
        ([1, 0], [1, 0], [1, 0]),
        ([1, 0], [1]),
        ([], []),
        ([1, 0], None),
        ([1, 0], [1, None]),
        ([1, 0], [1, "0"]),
        ([1, 0], [1, True]),
        ([1, 0], [1, float("nan")]),
        ([1, 0], [1, 10**400]),
        ([1, 0], "no base64!"),
        ([1, 0], "AAAA"),
    ],
    ids=str,
)
def test_what_is_not_one_vector_a_text_is_refused(adapter: str, vectors: tuple[Any, ...]) -> None:
    with (
        upstream(answer(adapter, *vectors)) as server,
        pytest.raises(MalformedResponse),
    ):
        embed(connection(adapter, server.url), texts("one", "two"))


@pytest.mark.parametrize("adapter", PATHS)
@pytest.mark.parametrize("tokens", [None, -1, "3", True])
def test_tokens_that_are_no_count_are_unknown(adapter: str, tokens: object) -> None:
    with upstream(answer(adapter, [1, 0], tokens=tokens)) as server:
        assert embed(connection(adapter, server.url), texts("one")).usage is None


@pytest.mark.parametrize("adapter", PATHS)
@pytest.mark.parametrize(
    ("answered", "error"),
    [
        (reply("[]"), MalformedResponse),
        (reply("<p>", "text/html"), MalformedResponse),
        (reply("{", headers={}), MalformedResponse),
        (reply('{"error": {"message": "m"}}', status=429), RateLimited),
        (reply('{"error": {"message": "m", "code": "context_length_exceeded"}}', status=400), ContextOverflow),
        (lambda connection: connection.close(), ProviderError),
    ],
    ids=["list", "page", "half", "limit", "long", "closed"],
)  # fmt: skip
def test_an_error_is_one_of_the_tree(
    adapter: str, answered: Any, error: type[ProviderError]
) -> None:
    with upstream(answered) as server, pytest.raises(error) as found:
        embed(connection(adapter, server.url), texts("CANARY-text"))
    assert "CANARY" not in str(found.value)


def test_anthropic_has_none() -> None:
    own = Connection("c", "anthropic_messages", "C", None, "k")
    with pytest.raises(Unsupported, match="no embeddings"):
        start(own, texts("one"), stream=False)
