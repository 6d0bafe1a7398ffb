"""The proxies' request in the words of the port."""

import re
from collections.abc import Sequence

from colonycraft.calls import models as wire
from colonycraft.errors import InvalidArgument, invalid_field
from colonycraft.llm import port

_DATA_URL = re.compile(r"data:([\w.+-]+/[\w.+-]+);base64,([A-Za-z0-9+/=_-]+)\Z")


def model_request(request: wire.ProxyRequest) -> port.ModelRequest:
    """Raises InvalidArgument for what the shape allows but means nothing."""
    if request.max_tokens is not None and request.max_completion_tokens is not None:
        raise _contradictory("Give max_tokens or max_completion_tokens, not both.")
    stop = request.stop
    return port.ModelRequest(
        model=request.model,
        messages=tuple(
            _message(message, f"messages.{i}") for i, message in enumerate(request.messages)
        ),
        tools=tuple(
            port.Tool(
                tool.function.name,
                tool.function.description,
                tool.function.parameters,
                tool.function.strict,
            )
            for tool in request.tools or ()
        ),
        tool_choice=_tool_choice(request),
        parallel_tool_calls=request.parallel_tool_calls,
        response_format=_response_format(request),
        max_output_tokens=request.max_tokens or request.max_completion_tokens,
        temperature=request.temperature,
        top_p=request.top_p,
        stop=() if stop is None else (stop,) if isinstance(stop, str) else tuple(stop),
        seed=request.seed,
        frequency_penalty=request.frequency_penalty,
        presence_penalty=request.presence_penalty,
        reasoning_effort=request.reasoning_effort,
    )


def _tool_choice(request: wire.ProxyRequest) -> str | None:
    choice = request.tool_choice
    names = {tool.function.name for tool in request.tools or ()}
    if isinstance(choice, wire.NamedTool):
        if choice.function.name not in names:
            raise _contradictory(
                f"tool_choice names {choice.function.name}, which is not in tools."
            )
        return choice.function.name
    if choice == "required" and not names:
        raise _contradictory("tool_choice is required, but there are no tools.")
    return choice


def _response_format(request: wire.ProxyRequest) -> port.ResponseFormat | None:
    match request.response_format:
        case wire.JsonObjectFormat():
            return port.ResponseFormat()
        case wire.JsonSchemaFormat(json_schema=definition):
            return port.ResponseFormat(definition.schema_, definition.name, definition.strict)
        case _:
            return None


def _message(message: wire.ProxyMessage, where: str) -> port.Message:
    match message:
        case wire.SystemMessage():
            return port.Message("system", _text(message.content))
        case wire.UserMessage():
            if isinstance(message.content, str):
                return port.Message("user", _text(message.content))
            parts = (_part(part, f"{where}.content.{i}") for i, part in enumerate(message.content))
            return port.Message("user", tuple(parts))
        case wire.AssistantMessage():
            calls = tuple(
                port.ToolCallPart(call.id, call.function.name, call.function.arguments)
                for call in message.tool_calls or ()
            )
            text = _text(message.content or message.refusal or "")
            if not calls and not text:
                raise _contradictory(f"{where} has neither content nor tool_calls.")
            return port.Message("assistant", (*text, *calls))
        case wire.ToolMessage():
            text = "".join(part.text for part in _text(message.content))
            return port.Message("tool", (port.ToolResultPart(message.tool_call_id, text),))


def _text(content: str | Sequence[wire.TextContent]) -> tuple[port.TextPart, ...]:
    if isinstance(content, str):
        return (port.TextPart(content),) if content else ()
    return tuple(port.TextPart(part.text) for part in content)


def _part(part: wire.ContentPart, where: str) -> port.Part:
    match part:
        case wire.TextContent():
            return port.TextPart(part.text)
        case wire.ImageContent():
            url = part.image_url.url
            if url.startswith("https://"):
                return port.ImagePart(url=url, detail=part.image_url.detail)
            media_type, data = _data_url(url, f"{where}.image_url.url")
            return port.ImagePart(media_type, data, detail=part.image_url.detail)
        case wire.AudioContent():
            return port.AudioPart(part.input_audio.data, part.input_audio.format)
        case wire.FileContent():
            media_type, data = _data_url(part.file.file_data, f"{where}.file.file_data")
            return port.FilePart(media_type, data, part.file.filename)


def _data_url(url: str, where: str) -> tuple[str, str]:
    match = _DATA_URL.fullmatch(url)
    if match is None:
        raise invalid_field(where, "is not a base64 data URL")
    return match[1], match[2]


def _contradictory(what: str) -> InvalidArgument:
    return InvalidArgument("request-contradictory", message=what)
