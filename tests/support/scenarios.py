"""The recorded scenarios, and what an answer looks like in their words."""

import json
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from colonycraft.errors import ProviderError
from colonycraft.llm.port import (
    Completion,
    Connection,
    Event,
    Message,
    ModelRequest,
    TextPart,
    Usage,
    collect,
)

WIRE = Path(__file__).resolve().parent.parent / "wire"

ADAPTERS = {
    ("openai", "chat"): "openai_chat",
    ("openai", "responses"): "openai_responses",
    ("ollama-v1", "chat"): "openai_chat",
    ("anthropic", "messages"): "anthropic_messages",
    ("mistral", "chat"): "mistral_chat",
    ("ollama", "chat"): "ollama_chat",
    ("ollama", "generate"): "ollama_chat",
}
EMBEDDINGS = {
    ("openai", "embeddings"): "openai_chat",
    ("mistral", "embeddings"): "mistral_chat",
    ("ollama", "embeddings"): "ollama_chat",
}
USAGE = ("output_tokens", "cached_input_tokens", "reasoning_tokens", "cache_write_tokens")

Scenario = dict[str, Any]


def scenarios(adapters: Mapping[tuple[str, str], str] = ADAPTERS) -> list[Scenario]:
    """Every scenario of the folder that one of the adapters is for."""
    found: list[Scenario] = []
    for index in sorted(WIRE.glob("*/index.json")):
        found += [
            scenario | {"folder": index.parent.name}
            for scenario in json.loads(index.read_text("utf-8"))
            if (index.parent.name, scenario["api"]) in adapters
        ]
    return found


def scenario_id(scenario: Scenario) -> str:
    return f"{scenario['folder']}/{scenario['id']}"


def connection_to(replay: str, scenario: Scenario, *faults: str) -> Connection:
    folder = scenario["folder"]
    path = "".join(f"/f/{fault}" for fault in faults)
    version = "/v1" if folder in ("openai", "ollama-v1") else ""
    return Connection(
        id=folder,
        adapter=(ADAPTERS | EMBEDDINGS)[folder, scenario["api"]],
        name=folder,
        base_url=f"{replay}/s/{folder}/{scenario['id']}{path}{version}",
        api_key="CANARY-key",
    )


def request_for(scenario: Scenario) -> ModelRequest:
    sent: dict[str, Any] = scenario["request"] or {}
    body: dict[str, Any] = sent.get("body") or {}
    return ModelRequest(
        model=str(body.get("model") or scenario["expect"].get("model") or "a-model"),
        messages=(Message("user", (TextPart("CANARY-prompt"),)),),
    )


@dataclass
class Seen:
    """What came of a call: the events until its end or its error."""

    events: list[Event] = field(default_factory=list[Event])
    error: ProviderError | None = None

    @property
    def completion(self) -> Completion:
        return collect(self.events)

    @property
    def outcome(self) -> str:
        return "error" if self.error else self.completion.reason


def watch(events: Iterable[Event]) -> Seen:
    seen = Seen()
    try:
        for event in events:
            seen.events.append(event)
    except ProviderError as exc:
        seen.error = exc
    return seen


def tool_calls(completion: Completion) -> list[dict[str, Any]]:
    calls: list[dict[str, Any]] = []
    for call in completion.tool_calls:
        try:
            arguments = json.loads(call.arguments)
        except ValueError:
            arguments = {"$invalid_json": call.arguments}
        calls.append({"id": call.id or None, "name": call.name, "arguments": arguments})
    return calls


def usage(found: Usage | None, expected: dict[str, Any] | None) -> dict[str, Any] | None:
    """The usage in the words of `expect`, with the fields that it has."""
    if found is None:
        return None
    values = {"input_tokens": found.reported_input_tokens} | {
        name: getattr(found, name) for name in USAGE
    }
    return {name: values[name] for name in values if name in (expected or values)}


def replay_log(replay: str) -> list[dict[str, object]]:
    with urllib.request.urlopen(f"{replay}/log") as answer:
        return json.load(answer)


def forget_log(replay: str) -> None:
    urllib.request.urlopen(urllib.request.Request(f"{replay}/log", method="DELETE")).close()
