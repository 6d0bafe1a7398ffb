"""The providers behind one port.

`start` begins a call, `list_models` asks a connection what it has, `describe` says what a model
can do. What goes in and out is in `port.py`; no vendor's name is needed outside this package.
"""

from colonycraft.llm.call import AdapterCall
from colonycraft.llm.port import Call, Connection, ModelRequest
from colonycraft.llm.registry import adapter_for


def start(connection: Connection, request: ModelRequest, *, stream: bool) -> Call:
    """One attempt at one request; it is sent when the first event is asked for.

    Raises `Unsupported` at once when the provider cannot do what is asked, and `NotConfigured`
    for an adapter that does not exist. The iterator raises `ProviderError`s only.
    """
    return AdapterCall(adapter_for(connection.adapter), connection, request, stream=stream)
