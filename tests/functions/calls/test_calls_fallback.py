"""Which models are asked when one fails, and what a wrong setting says."""

from dataclasses import replace
from typing import Any

import pytest

from colonycraft.calls import Choice, Needs, catalogue, chain_for, fallback
from colonycraft.calls.fallback import LONGEST_CHAIN, read_fallbacks
from colonycraft.errors import NotConfigured
from colonycraft.llm import ModelFacts
from colonycraft.llm.port import Connection
from colonycraft.platform.settings import read

CONNECTIONS = ("openai", "anthropic", "mistral", "ollama")
ABLE: dict[str, bool | int] = {
    "tools": True, "vision": True, "audio": True, "files": True, "context_window": 200_000,
}  # fmt: skip
FACTS: dict[str, dict[str, Any]] = {
    "plain": {"tools": False, "vision": False, "audio": False, "files": False},
    "untold": {"context_window": 200_000},
    "small": {**ABLE, "context_window": 4_000},
}


@pytest.fixture(autouse=True)
def _place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three usable connections and one without a key; models can what their names say."""
    table = {
        name: Connection(name, "openai_chat", name.title(), api_key=None if name == "mistral" else "k")
        for name in CONNECTIONS
    }  # fmt: skip

    def describe(connection: Connection, model: str) -> ModelFacts:
        return replace(ModelFacts(model, model), **FACTS.get(model, ABLE))

    monkeypatch.setattr(catalogue, "connections", lambda: table)
    monkeypatch.setattr(catalogue.llm, "describe", describe)
    monkeypatch.setattr(catalogue, "_warm_up", lambda: None)


def chains(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    table = read_fallbacks(setting, CONNECTIONS)
    monkeypatch.setattr(fallback, "fallbacks", lambda: table)


def ids(chain: tuple[Choice, ...]) -> list[str]:
    return [one.id for one in chain]


def asked(name: str = "openai/a") -> Choice:
    return catalogue.resolve(name)


def test_the_persons_own_come_before_the_administrators(monkeypatch: pytest.MonkeyPatch) -> None:
    chains(monkeypatch, "openai/a > anthropic/b; * > ollama/every")
    assert ids(chain_for(asked())) == ["openai/a", "anthropic/b"]
    assert ids(chain_for(asked(), ["ollama/own"])) == ["openai/a", "ollama/own", "anthropic/b"]
    assert ids(chain_for(asked("openai/other"))) == ["openai/other", "ollama/every"]


def test_without_any_there_is_the_model_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    chains(monkeypatch, "")
    assert ids(chain_for(asked())) == ["openai/a"]


def test_each_is_there_once_and_no_more_than_four_together(monkeypatch: pytest.MonkeyPatch) -> None:
    chains(monkeypatch, "openai/a > anthropic/b > anthropic/c > anthropic/d")
    own = ["openai/a", "anthropic/b", "ollama/e", "ollama/e"]
    chain = ids(chain_for(asked(), own))
    assert chain == ["openai/a", "anthropic/b", "ollama/e", "anthropic/c"]
    assert len(chain) == LONGEST_CHAIN


def test_what_is_not_configured_or_is_no_model_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    chains(monkeypatch, "openai/a > mistral/b > ollama/c")
    own = ["nobody/x", "openai", "", "../x", "openai/"]
    assert ids(chain_for(asked(), own)) == ["openai/a", "ollama/c"]


@pytest.mark.parametrize("need", ["tools", "vision", "audio", "files"])
def test_only_models_that_are_known_to_do_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, need: str
) -> None:
    chains(monkeypatch, "* > ollama/plain > ollama/untold > anthropic/able")
    needs = Needs(**{need: True})
    assert ids(chain_for(asked(), needs=needs)) == ["openai/a", "anthropic/able"]
    assert ids(chain_for(asked("ollama/plain"), needs=needs))[0] == "ollama/plain"
    assert len(chain_for(asked())) == 4


def test_only_models_whose_window_takes_the_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    chains(monkeypatch, "* > ollama/small > anthropic/able")
    assert len(chain_for(asked(), needs=Needs(context_tokens=3_000))) == 3
    needs = Needs(context_tokens=3_001)
    assert ids(chain_for(asked(), needs=needs)) == ["openai/a", "anthropic/able"]


def test_the_setting_is_read_with_or_without_room() -> None:
    setting = " openai/a>anthropic/b >ollama/c ;; *> openai/gpt-5.2; "
    assert read_fallbacks(setting, CONNECTIONS) == {
        "openai/a": ("anthropic/b", "ollama/c"),
        "*": ("openai/gpt-5.2",),
    }
    assert read_fallbacks("", CONNECTIONS) == {}


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("openai/a", "'openai/a' names no fallback"),
        ("gpt-5 > ollama/x", "'gpt-5' is no model; write connection/model"),
        ("openai/a > ", "'' is no model"),
        ("openai/a > *", "'\\*' is no model"),
        ("opnai/a > ollama/x", "opnai/a is at no connection that exists here"),
        ("openai/a > ollama/x; openai/a > ollama/y", "openai/a has two chains"),
        ("openai/a > openai/a", "names a model twice"),
        ("* > ollama/x > ollama/x", "names a model twice"),
        ("openai/a > ollama/b > ollama/c > ollama/d > ollama/e", "4 fallbacks, and 3 are allowed"),
    ],
)
def test_a_wrong_setting_says_what_is_wrong(setting: str, problem: str) -> None:
    with pytest.raises(NotConfigured, match=f"^FALLBACKS: .*{problem}"):
        read_fallbacks(setting, CONNECTIONS)


def test_a_process_with_a_wrong_setting_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """`main.py` asks for the chains while it is imported."""
    monkeypatch.setattr(fallback, "settings", lambda: read({"FALLBACKS": "nonsense"}))
    fallback.fallbacks.cache_clear()
    try:
        with pytest.raises(NotConfigured, match="FALLBACKS"):
            fallback.fallbacks()
    finally:
        fallback.fallbacks.cache_clear()
