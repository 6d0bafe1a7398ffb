"""OpenAI's chat completions: for any server with an address compatible to OpenAI's.

https://platform.openai.com/docs/api-reference/chat
"""

from collections.abc import Iterator
from typing import Any

from colonycraft.llm.adapters.chat_stream import chat_events
from colonycraft.llm.adapters.openai_client import (
    OpenAIClient,
    is_openai_itself,
    is_reasoning_model,
)
from colonycraft.llm.answer import Answer
from colonycraft.llm.catalogue import ModelFacts, known_model
from colonycraft.llm.limits import check_limits
from colonycraft.llm.parts import (
    check_tool_choice,
    data_url,
    file_name,
    image_url,
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
    Message,
    ModelRequest,
    OpaquePart,
    Part,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)


class OpenAIChat(OpenAIClient):
    path = "/chat/completions"

    def body(self, connection: Connection, request: ModelRequest, stream: bool) -> dict[str, Any]:
        check_tool_choice(request)
        facts = known_model("openai_chat", request.model)
        check_limits(request, facts)
        if facts is not None and not facts.chat_completions and is_openai_itself(connection):
            raise unsupported("model", f"{request.model} is served by the Responses API alone.")
        reasons = is_reasoning_model(request.model)
        if reasons:
            refuse_sampling(request)
        limit_name = (
            "max_completion_tokens" if reasons or is_openai_itself(connection) else "max_tokens"
        )
        body: dict[str, Any] = {
            "model": request.model,
            "messages": [
                wire for message in request.messages for wire in _messages(message, request.model)
            ],
            limit_name: request.max_output_tokens,
            "temperature": None if reasons else request.temperature,
            "top_p": None if reasons else request.top_p,
            "frequency_penalty": None if reasons else request.frequency_penalty,
            "presence_penalty": None if reasons else request.presence_penalty,
            "stop": list(request.stop) or None,
            "seed": request.seed,
            "reasoning_effort": None if _is_idle(request, facts) else request.reasoning_effort,
            "response_format": _response_format(request),
        }
        if request.tools:
            body |= {
                "tools": [
                    {
                        "type": "function",
                        "function": without_none(
                            {
                                "name": tool.name,
                                "description": tool.description,
                                "parameters": tool.parameters,
                                "strict": tool.strict,
                            }
                        ),
                    }
                    for tool in request.tools
                ],
                "tool_choice": _tool_choice(request.tool_choice),
                "parallel_tool_calls": parallel_tool_calls(request, facts),
            }
        if stream:
            body["stream"] = True
            if connection.options.get("stream_usage") != "off":
                body["stream_options"] = {"include_usage": True}
        return without_none(body)

    def events(self, answer: Answer, request: ModelRequest, stream: bool) -> Iterator[Event]:
        return chat_events(answer, request, stream)


def refuse_sampling(request: ModelRequest) -> None:
    """Reasoning models answer an error to sampling parameters; their defaults change nothing."""
    for name, value, default in (
        ("temperature", request.temperature, 1),
        ("top_p", request.top_p, 1),
        ("frequency_penalty", request.frequency_penalty, 0),
        ("presence_penalty", request.presence_penalty, 0),
    ):
        if value is not None and value != default:
            raise unsupported(name, f"{request.model} is a reasoning model and takes no {name}.")
    if request.stop:
        raise unsupported("stop", f"{request.model} is a reasoning model and takes no stop.")


def parallel_tool_calls(request: ModelRequest, facts: ModelFacts | None) -> bool | None:
    """Models that make one call at a time answer an error to being told so."""
    if facts is not None and facts.parallel_tools is False:
        return None
    return request.parallel_tool_calls


def _is_idle(request: ModelRequest, facts: ModelFacts | None) -> bool:
    """No effort asked of a model that makes none."""
    return facts is not None and not facts.reasoning and request.reasoning_effort == "none"


def _tool_choice(choice: str | None) -> Any:
    if choice in (None, "auto", "none", "required"):
        return choice
    return {"type": "function", "function": {"name": choice}}


def _response_format(request: ModelRequest) -> dict[str, Any] | None:
    form = request.response_format
    if form is None:
        return None
    if form.schema is None:
        return {"type": "json_object"}
    return {
        "type": "json_schema",
        "json_schema": without_none(
            {"name": form.name, "schema": form.schema, "strict": form.strict}
        ),
    }


def _messages(message: Message, model: str) -> list[dict[str, Any]]:
    """One message is several on the wire where it holds tool results."""
    messages: list[dict[str, Any]] = [
        {"role": "tool", "tool_call_id": result.call_id, "content": result.text}
        for result in tool_results(message)
    ]
    parts = other_parts(message)
    if not parts:
        return messages
    match message.role:
        case "system":
            messages.append({"role": "system", "content": joined_text(parts)})
        case "assistant":
            messages.append(_assistant(parts, model))
        case "user" | "tool":
            messages.append({"role": "user", "content": _content(parts)})
    return messages


def _assistant(parts: list[Part], model: str) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": joined_text(parts) or None}
    calls = [
        {
            "id": part.id,
            "type": "function",
            "function": {"name": part.name, "arguments": part.arguments or "{}"},
        }
        for part in parts
        if isinstance(part, ToolCallPart)
    ]
    if calls:
        message["tool_calls"] = calls
    elif message["content"] is None:
        message["content"] = ""
    for part in parts:
        if isinstance(part, OpaquePart) and part.model == model:
            message |= part.data
    return message


def _content(parts: list[Part]) -> str | list[dict[str, Any]]:
    if len(parts) == 1 and isinstance(parts[0], TextPart):
        return parts[0].text
    return [wire for part in parts if (wire := _part(part)) is not None]


def _part(part: Part) -> dict[str, Any] | None:
    match part:
        case TextPart():
            return {"type": "text", "text": part.text}
        case ImagePart():
            url = without_none({"url": image_url(part), "detail": part.detail})
            return {"type": "image_url", "image_url": url}
        case AudioPart():
            audio = {"data": part.data, "format": part.format}
            return {"type": "input_audio", "input_audio": audio}
        case FilePart():
            data = data_url(part.media_type, part.data)
            return {"type": "file", "file": {"filename": file_name(part), "file_data": data}}
        case ToolCallPart() | ToolResultPart() | OpaquePart():
            return None


ADAPTER = OpenAIChat()
