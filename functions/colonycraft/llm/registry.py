"""The adapters by name. Adding a provider's format: one file in `adapters/` and one line here."""

import importlib
import pkgutil
from functools import cache

from colonycraft.errors import setting_wrong
from colonycraft.llm.adapter import Adapter, BatchAdapter
from colonycraft.llm.parts import unsupported

_MODULES = {
    "openai_chat": "colonycraft.llm.adapters.openai_chat",
    "openai_responses": "colonycraft.llm.adapters.openai_responses",
    "anthropic_messages": "colonycraft.llm.adapters.anthropic_messages",
    "mistral_chat": "colonycraft.llm.adapters.mistral_chat",
    "ollama_chat": "colonycraft.llm.adapters.ollama_chat",
}
_EMBEDDINGS = {
    "openai_chat": "colonycraft.llm.adapters.openai_embeddings",
    "openai_responses": "colonycraft.llm.adapters.openai_embeddings",
    "mistral_chat": "colonycraft.llm.adapters.mistral_embeddings",
    "ollama_chat": "colonycraft.llm.adapters.ollama_embeddings",
}
_BATCHES = {
    "openai_chat": "colonycraft.llm.adapters.openai_batches:CHAT",
    "openai_responses": "colonycraft.llm.adapters.openai_batches:RESPONSES",
    "anthropic_messages": "colonycraft.llm.adapters.anthropic_batches:BATCHES",
    "mistral_chat": "colonycraft.llm.adapters.mistral_batches:BATCHES",
}


@cache
def adapter_for(name: str) -> Adapter:
    """The adapter of that name; its module's `ADAPTER`."""
    module = _MODULES.get(name)
    if module is None:
        raise setting_wrong(f"There is no adapter named {name!r}.")
    return importlib.import_module(module).ADAPTER


@cache
def embeddings_adapter_for(name: str) -> Adapter:
    """The adapter for embeddings at a connection of that adapter. Raises `Unsupported`."""
    module = _EMBEDDINGS.get(name)
    if module is None:
        raise unsupported("embeddings", "This provider makes no embeddings.")
    return importlib.import_module(module).ADAPTER


@cache
def batch_adapter_for(name: str) -> BatchAdapter | None:
    """What asks in batches at a connection of that adapter; None where the provider has none."""
    found = _BATCHES.get(name)
    return None if found is None else pkgutil.resolve_name(found)


def adapter_names() -> tuple[str, ...]:
    """All names, for those that check a connection's settings."""
    return tuple(_MODULES)
