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


# --- temporary
from dataclasses import dataclass


@dataclass(frozen=True)
class ModelFacts:
    context_tokens: int | None = 8192
    output_tokens: int | None = 2000
    name: str = "x"


@dataclass(frozen=True)
class BuiltIn:
    id: str
    name: str
    example_model: str


BUILT_IN = [BuiltIn("openai", "OpenAI", "gpt-5-mini"), BuiltIn("anthropic", "Anthropic", "claude-haiku-4-5"), BuiltIn("mistral", "Mistral", "mistral-small-latest"), BuiltIn("ollama", "Ollama", "llama3")]


def connections(environment):
    return [Connection("openai", "openai_chat", "OpenAI", environment.get("OPENAI_BASE_URL"), "k"), Connection("ollama", "ollama_chat", "Ollama", environment.get("OLLAMA_HOST"), None, one_at_a_time=True)]


def why_unusable(connection):
    return None


def describe(connection, model, facts=None):
    return ModelFacts()


def secret_of(name):
    return name.upper() + "_API_KEY"
