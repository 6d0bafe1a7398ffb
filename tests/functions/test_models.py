"""Which models can be chosen, and why a connection offers none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from colonycraft.calls import catalogue
from colonycraft.calls.health import registry
from colonycraft.calls.models import ModelList
from colonycraft.errors import NotConfigured, NotFound, ProviderAuthentication, RateLimited
from colonycraft.llm import ModelFacts
from colonycraft.llm.port import Connection
from colonycraft.platform.settings import Settings, read, settings
from support.provider import Provider


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    catalogue.connections.cache_clear()
    catalogue.forget()
    yield
    catalogue.connections.cache_clear()
    catalogue.forget()


def listed(monkeypatch: pytest.MonkeyPatch, **environment: str) -> ModelList:
    local = {"FUNCTIONS_EMULATOR": "true", **environment}
    use(monkeypatch, read(local))
    return catalogue.list_models()


def use(monkeypatch: pytest.MonkeyPatch, new: Settings) -> None:
    monkeypatch.setattr(catalogue, "settings", lambda: new)


def state(models: ModelList, connection: str) -> tuple[str, str | None]:
    (one,) = (one for one in models.connections if one.id == connection)
    return one.state, one.message


def test_without_a_key_a_connection_says_where_to_put_it(monkeypatch: pytest.MonkeyPatch) -> None:
    models = listed(monkeypatch)
    assert models.models == []
    assert models.default_model is None
    assert state(models, "mistral") == (
        "not-configured",
        "Mistral has no key here. Put MISTRAL_API_KEY into functions/.secret.local.",
    )


def test_a_server_of_ones_own_is_asked(monkeypatch: pytest.MonkeyPatch, provider: Provider) -> None:
    models = listed(monkeypatch, OPENAI_BASE_URL=provider.base_url, DEFAULT_MODEL="openai/words-5")
    assert state(models, "openai") == ("ready", None)
    by_id = {one.id: one for one in models.models}
    assert by_id["openai/words-5"].price is None
    assert models.default_model == "openai/words-5"
    known = by_id["openai/gpt-5-mini"]
    assert known.price is not None
    assert known.price.source.startswith("genai-prices")
    assert known.tools


def test_a_server_that_is_away_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    models = listed(monkeypatch, OPENAI_BASE_URL="http://127.0.0.1:9/v1", OLLAMA_HOST="127.0.0.1:9")
    for connection in ("openai", "ollama"):
        said, reason = state(models, connection)
        assert said == "away"
        assert reason


def test_a_default_model_that_is_not_there_is_not_chosen(
    monkeypatch: pytest.MonkeyPatch, provider: Provider
) -> None:
    models = listed(monkeypatch, OPENAI_BASE_URL=provider.base_url, DEFAULT_MODEL="ollama/gone")
    assert models.default_model == models.models[0].id


def test_deployed_without_keys_the_deployed_providers_are_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use(monkeypatch, replace(read({"PROVIDERS": "openai,anthropic"}), local=False))
    models = catalogue.list_models()
    assert {one.id: one.state for one in models.connections} == {
        "openai": "ready",
        "anthropic": "ready",
    }
    assert any(one.id.startswith("anthropic/claude") for one in models.models)


def test_a_model_in_trouble_and_a_connection_with_a_refused_key_say_so(
    monkeypatch: pytest.MonkeyPatch, provider: Provider
) -> None:
    registry.failed("openai/words-5", RateLimited("provider-limit", retry_after=20))
    models = listed(monkeypatch, OPENAI_BASE_URL=provider.base_url)
    health = {one.id: one.health for one in models.models}
    limited = health["openai/words-5"]
    assert (limited.state, health["openai/gpt-5-mini"].state) == ("limited", "ok")
    assert limited.since and limited.until
    lasts = datetime.fromisoformat(limited.until) - datetime.fromisoformat(limited.since)
    assert lasts.total_seconds() == pytest.approx(20)
    assert {one.health.state for one in models.connections} == {"ok"}
    registry.failed("openai/words-5", ProviderAuthentication("provider-key-refused"))
    models = listed(monkeypatch, OPENAI_BASE_URL=provider.base_url)
    assert {one.id: one.health.state for one in models.connections} == {
        "openai": "trouble",
        "anthropic": "ok",
        "mistral": "ok",
        "ollama": "ok",
    }
    assert {one.health.state for one in models.models} == {"trouble"}


def test_what_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, replace(settings(), environment={}, providers=("openai",), local=True))
    with pytest.raises(NotConfigured, match="OPENAI_API_KEY"):
        catalogue.resolve("openai/gpt-5-mini")
    for name in ("gpt-5-mini", "openai/", "/gpt", "mistral/x", "nobody/x", "../x"):
        with pytest.raises(NotFound):
            catalogue.resolve(name)


@pytest.mark.parametrize(
    ("window", "read"),
    [
        pytest.param(None, 24, id="unknown: the default window"),
        pytest.param(2_048, 20, id="small"),
        pytest.param(32_768, 96, id="middle"),
        pytest.param(1_000_000, 200, id="large"),
    ],
)
def test_about_as_many_messages_are_read_as_fit(window: int | None, read: int) -> None:
    facts = ModelFacts("some-model", "Some model", context_window=window)
    connection = Connection("openai", "openai_chat", "OpenAI", "http://127.0.0.1:1", "key")
    assert catalogue.Choice(connection, "some-model", facts).messages_read == read


def test_a_local_server_is_sent_few_messages() -> None:
    connection = Connection(
        "local", "openai_chat", "Mine", "http://127.0.0.1:1", "key", one_at_a_time=True
    )
    facts = ModelFacts("some-model", "Some model", context_window=128_000)
    assert catalogue.Choice(connection, "some-model", facts).messages_read == 20
