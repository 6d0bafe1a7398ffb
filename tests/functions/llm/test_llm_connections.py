"""Connections from settings, the models behind them, and what those can do."""

import json
import socket
import time
from typing import Any

import pytest

from colonycraft.errors import (
    ConnectionFailed,
    DeadlineExceeded,
    MalformedResponse,
    NotConfigured,
    ProviderAuthentication,
)
from colonycraft.llm import (
    SETTINGS,
    Connection,
    ListedModel,
    ModelRequest,
    catalogue_source,
    connections,
    describe,
    known_models,
    list_models,
    offered_models,
    prepare,
    price_lists,
    start,
)
from support.upstream import JSON, Behaviour, Received, reply, silence, upstream

OWN = Connection("o", "openai_responses", "OpenAI", api_key="k")
LOCAL = Connection("v", "openai_chat", "vLLM", "http://127.0.0.1:8000/v1")


def test_without_settings_nothing_is_usable() -> None:
    table = connections({})
    assert list(table) == ["openai", "anthropic", "mistral", "ollama"]
    assert not any(each.usable for each in table.values())


def test_keys_make_vendors_usable() -> None:
    table = connections(
        {"OPENAI_API_KEY": " sk ", "MISTRAL_API_KEY": "mk", "ANTHROPIC_API_KEY": ""}
    )
    assert [each.id for each in table.values() if each.usable] == ["openai", "mistral"]
    assert table["openai"].api_key == "sk"
    assert "sk" not in repr(table["openai"])


def test_openai_itself_is_asked_by_responses() -> None:
    for address in ({}, {"OPENAI_BASE_URL": "https://api.openai.com/v1"}):
        openai = connections({"OPENAI_API_KEY": "k"} | address)["openai"]
        assert (openai.adapter, openai.base_url) == ("openai_responses", None)
    assert not connections({"OPENAI_BASE_URL": "https://api.openai.com/v1/"})["openai"].usable


def test_any_other_address_is_asked_by_chat_completions() -> None:
    openai = connections({"OPENAI_BASE_URL": "http://127.0.0.1:8000/v1"})["openai"]
    assert openai.adapter == "openai_chat"
    assert openai.usable and openai.api_key is None


def test_the_format_can_be_set_by_hand() -> None:
    by_hand = {"OPENAI_API": "responses", "OPENAI_BASE_URL": "http://127.0.0.1:8000/v1"}
    assert connections(by_hand)["openai"].adapter == "openai_responses"
    assert connections({"OPENAI_API": "chat"})["openai"].adapter == "openai_chat"
    with pytest.raises(NotConfigured):
        connections({"OPENAI_API": "completions"})


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("localhost", "http://localhost:11434"),
        ("127.0.0.1:9", "http://127.0.0.1:9"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:9", "http://127.0.0.1:9"),
        (":9", "http://127.0.0.1:9"),
        ("http://ollama", "http://ollama"),
        ("https://a.test/ollama/", "https://a.test/ollama"),
        ("http://127.0.0.1:9/s/x", "http://127.0.0.1:9/s/x"),
        ("[::1]:9", "http://[::1]:9"),
        ("[::]", "http://[::1]:11434"),
    ],
)
def test_addresses_of_ollama(host: str, address: str) -> None:
    ollama = connections({"OLLAMA_HOST": host})["ollama"]
    assert (ollama.base_url, ollama.usable) == (address, True)


def test_ollama_with_a_key_alone_is_its_cloud() -> None:
    ollama = connections({"OLLAMA_API_KEY": "k"})["ollama"]
    assert (ollama.base_url, ollama.usable) == ("https://ollama.com", True)
    assert price_lists(ollama, "gpt-oss:120b") == ()


@pytest.mark.parametrize("address", ["nowhere", "ftp://a.test", "http://", "//a.test/v1"])
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(NotConfigured):
        connections({"OPENAI_BASE_URL": address})
    with pytest.raises(NotConfigured):
        connections({"OLLAMA_HOST": "http://a.test:port"})


def test_any_number_of_further_connections() -> None:
    further = [Connection(f"x{n}", "openai_chat", f"X{n}", "http://a.test/v1") for n in range(9)]
    table = connections({}, further)
    assert len(table) == 13 and table["x8"] is further[8]
    with pytest.raises(NotConfigured):
        connections({}, [Connection("openai", "openai_chat", "Other")])
    with pytest.raises(NotConfigured):
        connections({}, [Connection("x", "soap", "Other")])
    with pytest.raises(NotConfigured):
        start(Connection("x", "soap", "X"), ModelRequest("m", ()), stream=False)


def test_only_the_named_settings_are_read() -> None:
    class Watching(dict[str, str]):
        read: set[str] = set()  # noqa: RUF012

        def get(self, key: str, default: Any = None) -> Any:
            self.read.add(key)
            return default

    connections(Watching())
    assert Watching.read == set(SETTINGS)


# What models can do


def test_the_catalogue_is_dated() -> None:
    source, date = catalogue_source()
    assert source.startswith("litellm") and date.startswith("2026-")


@pytest.mark.parametrize("adapter", ["openai_chat", "anthropic_messages", "mistral_chat"])
def test_the_catalogue_is_sound(adapter: str) -> None:
    models = known_models(adapter)
    assert len(models) > 15
    for model in models:
        assert model.known and model.title
        assert model.context_window is None or model.context_window >= 4096
        assert model.output_limit is None or model.output_limit >= 1000
        assert not model.efforts or model.reasoning


def test_facts_of_known_models() -> None:
    facts = describe(OWN, "gpt-4o")
    assert (facts.tools, facts.vision, facts.audio, facts.reasoning) == (True, True, False, False)
    assert (facts.context_window, facts.output_limit) == (128000, 16384)
    claude = Connection("a", "anthropic_messages", "Anthropic", api_key="k")
    assert describe(claude, "claude-sonnet-4-5").prefill is True
    assert describe(claude, "claude-opus-5-5").prefill is False
    assert describe(claude, "claude-opus-5-5").title == "Claude Opus 5.5"
    mistral = Connection("m", "mistral_chat", "Mistral", api_key="k")
    assert describe(mistral, "voxtral-small-latest").audio is True


@pytest.mark.parametrize(
    "name", ["gpt-4o-2099-01-01", "openai/gpt-4o", "ft:gpt-4o:acme::x1", "gpt-4o-latest"]
)
def test_names_like_known_ones(name: str) -> None:
    facts = describe(OWN, name)
    assert facts.known and facts.name == name and facts.vision


def test_unknown_models_are_usable_and_nothing_is_claimed() -> None:
    facts = describe(LOCAL, "my-model")
    assert (facts.known, facts.title, facts.tools, facts.vision) == (False, "my-model", None, None)
    ollama = Connection("l", "ollama_chat", "Ollama", "http://127.0.0.1:11434")
    facts = describe(ollama, "qwen", ListedModel("qwen", tools=True, context_window=32768))
    assert (facts.tools, facts.context_window, facts.audio) == (True, 32768, False)
    assert facts.known is False


def test_what_the_server_says_goes_first() -> None:
    said = ListedModel("gpt-4o", title="Ours", vision=False, output_limit=99)
    facts = describe(OWN, "gpt-4o", said)
    assert (facts.title, facts.vision, facts.output_limit) == ("Ours", False, 99)
    assert facts.tools is True


def test_price_lists() -> None:
    assert price_lists(OWN, "gpt-4o") == ("openai",)
    assert price_lists(OWN, "gpt-of-tomorrow") == ("openai",)
    assert price_lists(LOCAL, "gpt-4o") == ("openai",)
    assert price_lists(LOCAL, "my-model") == ()
    router = Connection("r", "openai_chat", "OpenRouter", "https://openrouter.ai/api/v1", "k")
    assert price_lists(router, "x/y") == ("https://openrouter.ai/api/v1",)
    ollama = Connection("l", "ollama_chat", "Ollama", "http://127.0.0.1:11434")
    assert price_lists(ollama, "qwen") == ("local",)


# Listings


def listing(adapter: str, *answers: bytes | Behaviour, **options: Any) -> list[ListedModel]:
    with upstream(*answers) as server:
        url = server.url + ("/v1" if adapter.startswith("openai") else "")
        return list_models(Connection("c", adapter, "C", url, "k"), **options)


def test_models_of_a_compatible_server() -> None:
    body = {
        "data": [
            {"id": "plain"},
            {"id": "vllm", "max_model_len": 8192},
            {
                "id": "router/x",
                "name": "X",
                "context_length": 100,
                "supported_parameters": ["tools", "reasoning"],
                "architecture": {"input_modalities": ["text", "image"]},
                "top_provider": {"max_completion_tokens": 50},
            },
            {"id": "text-embedding-3-small"},
            {"no": "id"},
            None,
        ]
    }
    assert listing("openai_chat", reply(json.dumps(body))) == [
        ListedModel("plain"),
        ListedModel("vllm", context_window=8192),
        ListedModel("router/x", "X", None, True, True, True, 100, 50),
        ListedModel("text-embedding-3-small", chat=False),
    ]


def test_models_of_anthropic_and_mistral() -> None:
    anthropic = {
        "data": [
            {
                "id": "claude-x",
                "display_name": "Claude X",
                "max_input_tokens": 200000,
                "max_tokens": 64000,
                "capabilities": {
                    "image_input": {"supported": True},
                    "thinking": {"supported": False},
                },
            }
        ]
    }
    assert listing("anthropic_messages", reply(json.dumps(anthropic))) == [
        ListedModel("claude-x", "Claude X", True, None, True, False, 200000, 64000)
    ]
    capabilities = {"completion_chat": True, "function_calling": True, "vision": False}
    mistral = {"data": [{"id": "m", "max_context_length": 32768, "capabilities": capabilities}]}
    assert listing("mistral_chat", reply(json.dumps(mistral))) == [
        ListedModel("m", None, True, True, False, None, 32768)
    ]


TAGS = reply(json.dumps({"models": [{"model": "qwen:1b"}, {"name": "embedder"}, {"model": "old"}]}))
SHOW = reply(
    json.dumps(
        {
            "capabilities": ["completion", "tools", "thinking"],
            "model_info": {"general.architecture": "qwen2", "qwen2.context_length": 32768},
        }
    )
)


def test_models_of_ollama() -> None:
    embedding = reply(json.dumps({"capabilities": ["embedding"]}))
    old = reply("{}")
    with upstream(TAGS, SHOW, embedding, old) as server:
        connection = Connection("c", "ollama_chat", "C", server.url)
        assert list_models(connection) == [
            ListedModel("qwen:1b", None, True, True, False, True, 32768),
            ListedModel("embedder", None, False, False, False, False),
            ListedModel("old"),
        ]
        sent: list[Received] = server.received
        assert [(each.method, each.path) for each in sent[:2]] == [
            ("GET", "/api/tags"),
            ("POST", "/api/show"),
        ]
        assert sent[1].json == {"model": "qwen:1b"}
        assert server.connections == 1


def test_a_model_of_ollama_that_cannot_be_shown_is_listed_all_the_same() -> None:
    gone = reply('{"error": "not found"}', JSON, 404)
    with upstream(TAGS, gone) as server:
        listed = list_models(Connection("c", "ollama_chat", "C", server.url))
    assert listed[0] == ListedModel("qwen:1b")


@pytest.mark.parametrize(
    "adapter", ["openai_chat", "anthropic_messages", "mistral_chat", "ollama_chat"]
)
def test_listings_that_fail(adapter: str) -> None:
    with pytest.raises(ProviderAuthentication):
        listing(adapter, reply('{"error": "no"}', JSON, 401))
    with pytest.raises(MalformedResponse):
        listing(adapter, reply("<html>", JSON))
    with pytest.raises(MalformedResponse):
        listing(adapter, reply("[]", JSON))
    assert listing(adapter, reply("{}", JSON)) == []
    with pytest.raises(ConnectionFailed):
        list_models(Connection("c", adapter, "C", "http://127.0.0.1:9", "k"))


@pytest.mark.parametrize("adapter", ["openai_chat", "ollama_chat"])
def test_a_listing_takes_a_short_time_or_none(adapter: str) -> None:
    prepare(Connection("c", adapter, "C", "http://127.0.0.1:9", "k"))
    before = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        listing(adapter, silence, seconds=0.2)
    assert time.monotonic() - before < 0.6


def hang_up(connection: socket.socket) -> None:
    """Closes instead of answering, as a server does with a connection that was idle for long."""
    connection.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    "adapter", ["openai_chat", "anthropic_messages", "mistral_chat", "ollama_chat"]
)
def test_a_kept_connection_that_the_server_closes_is_replaced_once(adapter: str) -> None:
    full = reply("{}")
    with upstream(full, hang_up, full, hang_up, hang_up) as server:
        connection = Connection("c", adapter, "C", server.url, "k")
        assert list_models(connection) == list_models(connection) == []
        assert (server.connections, len(server.received)) == (2, 3)
        with pytest.raises(ConnectionFailed):
            list_models(connection)
        assert (server.connections, len(server.received)) == (3, 5)


def test_a_new_connection_that_breaks_is_not_replaced() -> None:
    with upstream(hang_up, reply("{}")) as server:
        with pytest.raises(ConnectionFailed):
            list_models(Connection("c", "openai_chat", "C", server.url, "k"))
        assert len(server.received) == 1


def test_models_to_choose_from() -> None:
    body = json.dumps({"data": [{"id": "gpt-4o"}, {"id": "tts-1"}, {"id": "mine"}]})
    with upstream(reply(body)) as server:
        offered = offered_models(Connection("c", "openai_chat", "C", f"{server.url}/v1", "k"))
    assert [(facts.name, facts.known) for facts in offered] == [("gpt-4o", True), ("mine", False)]


def test_the_catalogue_stands_in_for_a_vendor_that_cannot_be_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from colonycraft.llm.adapters import anthropic_messages

    adapter = anthropic_messages.ADAPTER
    monkeypatch.setattr(type(adapter), "default_url", "http://127.0.0.1:9")
    vendor = Connection("a", "anthropic_messages", "Anthropic", api_key="k-unasked")
    assert offered_models(vendor) == known_models("anthropic_messages")
    with pytest.raises(ConnectionFailed):
        offered_models(Connection("x", "openai_chat", "X", "http://127.0.0.1:9/v1", "k"))
