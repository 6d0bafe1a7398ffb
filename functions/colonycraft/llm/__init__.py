"""The providers behind one port.

`start` begins a call, for an answer or for embeddings, `list_models` and `offered_models` ask a
connection what it has, `describe` says what a model can do, `connections` reads the settings,
`price_lists` names the prices that count, `batches` asks what may wait. What goes in and out is in
`port.py`; no vendor's name is needed outside this package.
"""

from colonycraft.llm import batches
from colonycraft.llm.call import AdapterCall, line_pool
from colonycraft.llm.catalogue import (
    ModelFacts,
    catalogue_source,
    describe,
    known_models,
)
from colonycraft.llm.connections import BUILT_IN, SETTINGS, connections, price_lists, secret_of
from colonycraft.llm.listing import list_models, offered_models
from colonycraft.llm.port import Call, Connection, EmbeddingRequest, ListedModel, ModelRequest
from colonycraft.llm.registry import adapter_for, adapter_names, embeddings_adapter_for
from colonycraft.llm.seals import account, seals
from colonycraft.llm.tokens import estimate_request, estimate_tokens, most_tokens
from colonycraft.llm.transport import close_idle_lines

__all__ = [
    "BUILT_IN",
    "SETTINGS",
    "Call",
    "Connection",
    "EmbeddingRequest",
    "ListedModel",
    "ModelFacts",
    "ModelRequest",
    "account",
    "adapter_names",
    "batches",
    "catalogue_source",
    "close_idle_lines",
    "connections",
    "describe",
    "estimate_request",
    "estimate_tokens",
    "known_models",
    "list_models",
    "most_tokens",
    "offered_models",
    "prepare",
    "price_lists",
    "seals",
    "secret_of",
    "start",
]


def prepare(connection: Connection) -> None:
    """Imports the connection's SDK (up to a second) and makes a client, so that no call waits for
    it. Nothing is sent."""
    adapter = adapter_for(connection.adapter)
    pool = line_pool(adapter, connection)
    with adapter.errors():
        pool.give_back(pool.take())


def start(connection: Connection, request: ModelRequest, *, stream: bool) -> Call:
    """One attempt at one request; it is sent when the first event is asked for.

    Raises `Unsupported` at once when the provider cannot do what is asked, and `NotConfigured`
    for an adapter that does not exist. The iterator raises `ProviderError`s only.
    """
    embeds = isinstance(request, EmbeddingRequest)
    adapter = (embeddings_adapter_for if embeds else adapter_for)(connection.adapter)
    return AdapterCall(adapter, connection, request, stream=stream)
