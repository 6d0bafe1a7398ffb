"""Runs a call against bytes that a test wrote."""

from typing import Any

from colonycraft.llm import start
from colonycraft.llm.port import Connection, Message, ModelRequest, TextPart, Tool
from llm_upstream import JSON, NDJSON, SSE, Behaviour, reply, upstream
from llm_wire import Seen, watch

HELLO = (Message("user", (TextPart("hello"),)),)


def place(adapter: str, url: str) -> Connection:
    version = "/v1" if adapter.startswith("openai") else ""
    return Connection("c", adapter, "C", base_url=url + version, api_key="k")


def answered(
    adapter: str,
    answer: bytes | Behaviour,
    *,
    stream: bool = True,
    tools: tuple[str, ...] = (),
) -> Seen:
    """What comes of an answer, given as a whole HTTP response or as a server's behaviour."""
    request = ModelRequest(
        model="a-model",
        messages=HELLO,
        tools=tuple(Tool(name, "", {"type": "object"}) for name in tools),
    )
    with upstream(answer) as server:
        call = start(place(adapter, server.url), request, stream=stream)
        try:
            return watch(call)
        finally:
            call.close()


def streamed(adapter: str, body: bytes | str, **options: Any) -> Seen:
    content_type = NDJSON if adapter == "ollama_chat" else SSE
    return answered(adapter, reply(body, content_type), **options)


def whole(adapter: str, body: bytes | str, **options: Any) -> Seen:
    return answered(adapter, reply(body, JSON), stream=False, **options)
