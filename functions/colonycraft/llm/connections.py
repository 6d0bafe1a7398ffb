"""The places that serve models, from settings that are handed in.

Four are built in, one for each vendor; whoever calls may add any number of others, mostly of
OpenAI's format (OpenRouter, Azure, vLLM ...).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from colonycraft.errors import setting_wrong
from colonycraft.llm.catalogue import known_model
from colonycraft.llm.port import Connection
from colonycraft.llm.proxies import is_local
from colonycraft.llm.registry import adapter_names

SETTINGS = (
    "OPENAI_API",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "OPENAI_API_VERSION",
    "OPENAI_REASONING_SUMMARY",
    "OPENAI_STREAM_USAGE",
    "ANTHROPIC_API_KEY",
    "ANTHROPIC_BASE_URL",
    "MISTRAL_API_KEY",
    "MISTRAL_BASE_URL",
    "OLLAMA_API_KEY",
    "OLLAMA_HOST",
)
"""The names that are read; what ends in `_KEY` is a secret."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A connection that is there without anybody adding it. `secret` is its key's name."""

    id: str
    name: str
    secret: str
    example_model: str


BUILT_IN = (
    BuiltIn("openai", "OpenAI", "OPENAI_API_KEY", "gpt-5-mini"),
    BuiltIn("anthropic", "Anthropic", "ANTHROPIC_API_KEY", "claude-haiku-4-5"),
    BuiltIn("mistral", "Mistral", "MISTRAL_API_KEY", "mistral-small-latest"),
    BuiltIn("ollama", "Ollama", "OLLAMA_API_KEY", "llama3.2"),
)

_OWN_HOSTS = {
    "openai_chat": "api.openai.com",
    "openai_responses": "api.openai.com",
    "anthropic_messages": "api.anthropic.com",
    "mistral_chat": "api.mistral.ai",
}
_OLLAMA_CLOUD = "https://ollama.com"
_OLLAMA_PORT = 11434


def connections(
    settings: Mapping[str, str], further: Iterable[Connection] = ()
) -> dict[str, Connection]:
    """All connections by id, usable or not. Raises `NotConfigured` for a setting that is wrong."""
    table = {each.id: each for each in _built_in(settings)}
    for connection in further:
        if connection.id in table:
            raise setting_wrong(f"There is already a connection named {connection.id!r}.")
        if connection.adapter not in adapter_names():
            raise setting_wrong(f"There is no adapter named {connection.adapter!r}.")
        table[connection.id] = connection
    return table


def secret_of(connection_id: str) -> str:
    """The name of the secret that holds a built-in connection's key. Raises NotConfigured."""
    for one in BUILT_IN:
        if one.id == connection_id:
            return one.secret
    known = ", ".join(one.id for one in BUILT_IN)
    raise setting_wrong(f"There is no provider {connection_id!r}: PROVIDERS may name {known}.")


def price_lists(connection: Connection, model: str) -> tuple[str, ...]:
    """The keys of the price lists (`usage/prices.py`) that count for a model at a connection.

    An address of one's own with a vendor's model behind it (a gateway) is priced as the vendor's;
    a model there that the vendor does not have is of unknown price.
    """
    if connection.adapter == "ollama_chat":
        return () if connection.base_url == _OLLAMA_CLOUD else ("local",)
    vendor = connection.adapter.partition("_")[0]
    if connection.base_url is None:
        return (vendor,)
    known = (vendor,) if known_model(connection.adapter, model) else ()
    host = urlsplit(connection.base_url).hostname or ""
    return known if is_local(host) else (connection.base_url, *known)


def _built_in(settings: Mapping[str, str]) -> Iterable[Connection]:
    def read(name: str) -> str | None:
        return settings.get(name, "").strip() or None

    options = {
        "api_version": read("OPENAI_API_VERSION"),
        "reasoning_summary": read("OPENAI_REASONING_SUMMARY"),
        "stream_usage": read("OPENAI_STREAM_USAGE"),
    }
    adapter = _openai_adapter(read("OPENAI_API"), read("OPENAI_BASE_URL"))
    yield Connection(
        id="openai",
        adapter=adapter,
        name="OpenAI",
        base_url=_foreign(adapter, read("OPENAI_BASE_URL")),
        api_key=read("OPENAI_API_KEY"),
        options={name: value for name, value in options.items() if value is not None},
    )
    for id, adapter, name in (
        ("anthropic", "anthropic_messages", "Anthropic"),
        ("mistral", "mistral_chat", "Mistral"),
    ):
        yield Connection(
            id=id,
            adapter=adapter,
            name=name,
            base_url=_foreign(adapter, read(f"{id.upper()}_BASE_URL")),
            api_key=read(f"{id.upper()}_API_KEY"),
        )
    yield Connection(
        id="ollama",
        adapter="ollama_chat",
        name="Ollama",
        base_url=(address := _ollama_address(read("OLLAMA_HOST"), read("OLLAMA_API_KEY"))),
        api_key=read("OLLAMA_API_KEY"),
        one_at_a_time=address != _OLLAMA_CLOUD,
    )


def _openai_adapter(by_hand: str | None, base_url: str | None) -> str:
    """Responses for OpenAI itself, chat completions for what is compatible to it."""
    if by_hand is None:
        return "openai_chat" if _foreign("openai_chat", base_url) else "openai_responses"
    if by_hand not in ("responses", "chat"):
        raise setting_wrong("OPENAI_API must be `responses` or `chat`.")
    return f"openai_{by_hand}"


def _foreign(adapter: str, base_url: str | None) -> str | None:
    """The address unless it is the vendor's own, which needs a key to be usable."""
    if base_url is None:
        return None
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise setting_wrong(f"{base_url!r} is not an address that begins with http or https.")
    return None if parts.hostname == _OWN_HOSTS[adapter] else base_url


def _ollama_address(host: str | None, key: str | None) -> str | None:
    """The address as Ollama's own programs read it: the scheme and the port may be missing.

    A server that listens on every address is reached at this machine's own.
    """
    if host is None:
        return _OLLAMA_CLOUD if key else None
    scheme, found, rest = host.partition("://")
    if not found:
        scheme, rest = "http", host
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        port = parts.port
    except ValueError as exc:
        raise setting_wrong("OLLAMA_HOST is not an address.") from exc
    name = parts.hostname or "127.0.0.1"
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(name, name)
    if ":" in name:
        name = f"[{name}]"
    if port is None and not found:
        port = _OLLAMA_PORT
    address = f"{scheme}://{name}" + (f":{port}" if port else "")
    return address + parts.path.rstrip("/")
