"""Ollama's own API, `/api/chat`.

https://github.com/ollama/ollama/blob/main/docs/api.md
"""

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

from colonycraft.errors import ColonyCraftError
from colonycraft.llm.adapters.ollama_stream import ollama_events
from colonycraft.llm.answer import Answer, HttpResponse, StatusError, checked
from colonycraft.llm.faults import error_for, read_fault
from colonycraft.llm.library_errors import client_error, library_error, unmapped
from colonycraft.llm.parts import (
    check_tool_choice,
    joined_text,
    other_parts,
    tool_results,
    unsupported,
    without_none,
)
from colonycraft.llm.port import (
    AudioPart,
    Connection,
    Event,
    FilePart,
    ImagePart,
    ListedModel,
    Message,
    ModelRequest,
    OpaquePart,
    ToolCallPart,
)
from colonycraft.llm.shapes import count_of, object_of, objects_of, text_of
from colonycraft.llm.transport import HttpLibrary, Line

DEFAULT_OUTPUT_TOKENS = 2048
"""A small model whose context is full never stops by itself."""


class OllamaChat:
    library: HttpLibrary = "httpx"
    default_url = "http://127.0.0.1:11434"

    def client(self, connection: Connection, line: Line) -> Any:
        return _client_class()(connection, line)

    def body(self, connection: Connection, request: ModelRequest, stream: bool) -> dict[str, Any]:
        check_tool_choice(request)
        _refuse(request)
        names = {
            part.id: part.name
            for message in request.messages
            for part in message.parts
            if isinstance(part, ToolCallPart)
        }
        form = request.response_format
        options = {
            "num_predict": request.max_output_tokens or DEFAULT_OUTPUT_TOKENS,
            "num_ctx": request.context_window,
            "temperature": request.temperature,
            "top_p": request.top_p,
            "stop": list(request.stop) or None,
            "seed": request.seed,
            "frequency_penalty": request.frequency_penalty,
            "presence_penalty": request.presence_penalty,
        }
        body = {
            "model": request.model,
            "messages": [
                wire
                for message in request.messages
                for wire in _messages(message, request.model, names)
            ],
            "tools": _tools(request),
            "format": None if form is None else form.schema or "json",
            "options": without_none(options),
            "think": _think(request),
            "keep_alive": connection.options.get("keep_alive"),
            "stream": stream,
        }
        return without_none(body)

    def send(self, client: Any, body: bytes, stream: bool) -> HttpResponse:
        return client.open("POST", "/api/chat", body)

    def events(self, answer: Answer, request: ModelRequest, stream: bool) -> Iterator[Event]:
        return ollama_events(answer, stream)

    def list_models(self, client: Any) -> list[ListedModel]:
        """Every model of `/api/tags`, with the capabilities and context length of its `show`."""
        tags = client.open_object("GET", "/api/tags", None)
        return [
            _listed(name, client)
            for model in objects_of(tags.get("models"))
            if (name := text_of(model.get("model")) or text_of(model.get("name")))
        ]

    @contextmanager
    def errors(self) -> Generator[None]:
        import httpx
        import ollama

        try:
            yield
        except ColonyCraftError:
            raise
        except StatusError as exc:
            raise error_for(read_fault(exc.body, exc.status), exc.headers) from exc
        except ollama.ResponseError as exc:
            raise error_for(read_fault({"error": exc.error}, exc.status_code)) from exc
        except ollama.RequestError as exc:
            raise client_error() from exc
        except Exception as exc:
            raise library_error(exc, httpx) or unmapped(exc) from exc


@cache
def _client_class() -> Any:
    import httpx
    import ollama

    class LineClient(ollama.Client):
        """The SDK's client, giving out responses: its own stream cannot read keep-alive comments
        and takes the rest of a cut line for a malformed one."""

        def __init__(self, connection: Connection, line: Line) -> None:
            super().__init__(  # pyright: ignore[reportUnknownMemberType]
                host=connection.base_url or OllamaChat.default_url,
                transport=line.transport,
                timeout=line.timeout,
                trust_env=False,
                follow_redirects=False,
            )
            # The SDK sends the environment's key to whatever server it is pointed at.
            self._http: httpx.Client = cast(Any, self)._client
            self._http.headers.pop("authorization", None)
            if connection.api_key:
                self._http.headers["authorization"] = f"Bearer {connection.api_key}"

        def open(self, method: str, path: str, content: bytes | None) -> HttpResponse:
            request = self._http.build_request(method, path, content=content)
            return checked(self._http.send(request, stream=True))

        def open_object(self, method: str, path: str, content: bytes | None) -> dict[str, Any]:
            return Answer(self.open(method, path, content), httpx).object()

    return LineClient


def _listed(name: str, client: Any) -> ListedModel:
    try:
        show = client.open_object("POST", "/api/show", json.dumps({"model": name}).encode())
    except StatusError:
        return ListedModel(name)
    info = object_of(show.get("model_info"))
    length = info.get(f"{info.get('general.architecture')}.context_length")
    capabilities = show.get("capabilities")
    if not isinstance(capabilities, list):  # servers before 0.6.4
        return ListedModel(name, context_window=count_of(length))
    return ListedModel(
        name,
        chat="completion" in capabilities,
        tools="tools" in capabilities,
        vision="vision" in capabilities,
        reasoning="thinking" in capabilities,
        context_window=count_of(length),
    )


def _refuse(request: ModelRequest) -> None:
    if request.tool_choice not in (None, "auto", "none"):
        raise unsupported("tool_choice", "Ollama cannot be made to call a tool.")
    if request.tools and request.parallel_tool_calls is False:
        raise unsupported("parallel_tool_calls", "Ollama cannot be kept to one tool call.")
    for message in request.messages:
        for part in message.parts:
            if isinstance(part, AudioPart):
                raise unsupported("audio", "Ollama takes no audio.")
            if isinstance(part, FilePart):
                raise unsupported("file", "Ollama takes no files; send their text.")
            if isinstance(part, ImagePart) and part.data is None:
                raise unsupported("image_url", "Ollama takes images as data, not by address.")


def _tools(request: ModelRequest) -> list[dict[str, Any]] | None:
    if not request.tools or request.tool_choice == "none":
        return None
    return [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                "description": tool.description,
                "parameters": tool.parameters,
            },
        }
        for tool in request.tools
    ]


def _think(request: ModelRequest) -> bool | str | None:
    effort = request.reasoning_effort
    if effort is None:
        return None
    if effort == "none":
        return False
    if "gpt-oss" in request.model:  # the only family with levels; others take a truth value
        return "low" if effort == "minimal" else effort
    return True


def _messages(message: Message, model: str, names: dict[str, str]) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = [
        without_none(
            {
                "role": "tool",
                "content": result.text,
                "tool_name": result.name or names.get(result.call_id),
            }
        )
        for result in tool_results(message)
    ]
    parts = other_parts(message)
    if not parts:
        return messages
    wire: dict[str, Any] = {
        "role": "user" if message.role == "tool" else message.role,
        "content": joined_text(parts),
    }
    images = [part.data for part in parts if isinstance(part, ImagePart)]
    if images:
        wire["images"] = images
    calls = [
        {"function": {"name": part.name, "arguments": _arguments(part.arguments)}}
        for part in parts
        if isinstance(part, ToolCallPart)
    ]
    if calls:
        wire["tool_calls"] = calls
    for part in parts:
        if isinstance(part, OpaquePart) and part.model == model:
            wire |= part.data
    return [*messages, wire]


def _arguments(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    return cast(dict[str, Any], value) if isinstance(value, dict) else {}


ADAPTER = OllamaChat()
