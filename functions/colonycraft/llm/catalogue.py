"""What each model can do: from the dated data in `catalogue.json` and from what servers say."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from colonycraft.llm.port import Connection, ListedModel

_VENDORS = {
    "openai_chat": "openai",
    "openai_responses": "openai",
    "anthropic_messages": "anthropic",
    "mistral_chat": "mistral",
}
_DATED = re.compile(r"[-@](?:\d{8}|\d{4}-\d{2}-\d{2}|latest)$")


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What is known of a model. None is "nobody said": it may be tried, but is not offered.

    `prefill`: the last message may be the beginning of the answer. `sampling`: temperature and the
    like are accepted. `forced_tools`: a tool call may be required. `efforts`: the reasoning efforts
    it takes. `constant_thinking`: reasoning cannot be turned off. `context_window`: the tokens that
    the input may have. `retires`: the date (ISO 8601) on which the vendor switches it off.
    """

    name: str
    title: str
    known: bool = False
    tools: bool | None = None
    vision: bool | None = None
    audio: bool | None = None
    files: bool | None = None
    prefill: bool | None = None
    reasoning: bool | None = None
    structured_output: bool | None = None
    sampling: bool | None = None
    forced_tools: bool | None = None
    parallel_tools: bool | None = None
    chat_completions: bool | None = None
    adaptive_thinking: bool | None = None
    constant_thinking: bool | None = None
    efforts: tuple[str, ...] = ()
    context_window: int | None = None
    output_limit: int | None = None
    retires: str | None = None


_FLAGS = (
    "tools",
    "vision",
    "audio",
    "files",
    "prefill",
    "reasoning",
    "structured_output",
    "sampling",
    "forced_tools",
    "parallel_tools",
    "chat_completions",
    "adaptive_thinking",
    "constant_thinking",
)


def describe(
    connection: Connection, model_name: str, server_facts: ListedModel | None = None
) -> ModelFacts:
    """The facts of a model at a connection; what its server says goes before the catalogue.

    A model that the catalogue does not have is described with what the server says and nothing
    else: it is usable, and its price is unknown.
    """
    facts = known_model(connection.adapter, model_name)
    if facts is None:
        facts = ModelFacts(name=model_name, title=model_name)
        if connection.adapter == "ollama_chat":
            # Ollama's API itself has none of these, whatever the model.
            facts = replace(facts, audio=False, files=False, forced_tools=False)
    if server_facts is None:
        return facts
    said = {
        "title": server_facts.title,
        "tools": server_facts.tools,
        "vision": server_facts.vision,
        "reasoning": server_facts.reasoning,
        "context_window": server_facts.context_window,
        "output_limit": server_facts.output_limit,
    }
    return replace(facts, **{name: value for name, value in said.items() if value is not None})


@cache
def known_model(adapter: str, model_name: str) -> ModelFacts | None:
    """The catalogue's facts for a model of the adapter's vendor, by its name or one like it.

    Compatible servers put the vendor before the name (`openai/gpt-4o`), vendors a date behind it.
    """
    models: dict[str, Any] = _catalogue().get(_VENDORS.get(adapter, ""), {})
    name = model_name.rpartition("/")[2]
    if name.startswith("ft:"):
        name = name.split(":")[1]
    entry = models.get(name) or models.get(_DATED.sub("", name))
    if entry is None:
        return None
    return _facts(model_name, entry)


def known_models(adapter: str) -> list[ModelFacts]:
    """All models that the catalogue has for the adapter's vendor."""
    models: dict[str, Any] = _catalogue().get(_VENDORS.get(adapter, ""), {})
    return [_facts(name, entry) for name, entry in models.items()]


def catalogue_source() -> tuple[str, str]:
    """Where the catalogue's data is from, and its date (ISO 8601)."""
    return _catalogue()["source"], _catalogue()["date"]


@cache
def _catalogue() -> dict[str, Any]:
    return json.loads(Path(__file__).with_name("catalogue.json").read_text("utf-8"))


def _facts(name: str, entry: Mapping[str, Any]) -> ModelFacts:
    can, maybe = frozenset(entry["can"]), frozenset(entry.get("maybe", ()))
    return ModelFacts(
        name=name,
        title=entry.get("title") or name,
        known=True,
        efforts=tuple(entry.get("efforts", ())),
        context_window=entry.get("window"),
        output_limit=entry.get("output"),
        retires=entry.get("retires"),
        **{flag: None if flag in maybe else flag in can for flag in _FLAGS},
    )
