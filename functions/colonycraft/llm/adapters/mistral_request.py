"""A request in the words of Mistral's chat completions."""

import hashlib
import re
from typing import Any

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
    without_none,
)
from colonycraft.llm.port import (
    AudioPart,
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

_CALL_ID = re.compile(r"[A-Za-z0-9]{9}")


def request_body(request: ModelRequest, stream: bool) -> dict[str, Any]:
    """Raises `Unsupported` for what, where it is known, the model cannot do."""
    facts = known_model("mistral_chat", request.model)
    check_tool_choice(request)
    check_limits(request, facts)
    names = {
        part.id: part.name
        for message in request.messages
        for part in message.parts
        if isinstance(part, ToolCallPart)
    }
    messages = [wire for message in request.messages for wire in _messages(message, names)]
    if messages and messages[-1]["role"] == "assistant" and "tool_calls" not in messages[-1]:
        messages[-1]["prefix"] = True
    body: dict[str, Any] = {
        "model": request.model,
        "messages": messages,
        "max_tokens": request.max_output_tokens,
        "temperature": request.temperature,
        "top_p": request.top_p,
        "stop": list(request.stop) or None,
        "random_seed": request.seed,
        "frequency_penalty": request.frequency_penalty,
        "presence_penalty": request.presence_penalty,
        "reasoning_effort": _effort(request, facts),
        "response_format": _response_format(request),
        "stream": True if stream else None,
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
            "parallel_tool_calls": request.parallel_tool_calls,
        }
    return without_none(body)


def _effort(request: ModelRequest, facts: ModelFacts | None) -> str | None:
    """To ask a model that does not reason for no reasoning, nothing is sent."""
    if facts is not None and request.reasoning_effort not in facts.efforts:
        return None
    return request.reasoning_effort


def _tool_choice(choice: str | None) -> Any:
    if choice == "required":
        return "any"
    if choice in (None, "auto", "none"):
        return choice
    return {"type": "function", "function": {"name": choice}}


def _response_format(request: ModelRequest) -> dict[str, Any] | None:
    form = request.response_format
    if form is None:
        return None
    if form.schema is None:
        return {"type": "json_object"}
    schema = {"name": form.name, "schema": form.schema, "strict": form.strict}
    return {"type": "json_schema", "json_schema": without_none(schema)}


def _messages(message: Message, names: dict[str, str]) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = [
        without_none(
            {
                "role": "tool",
                "tool_call_id": _call_id(result.call_id),
                "name": result.name or names.get(result.call_id),
                "content": result.text,
            }
        )
        for result in tool_results(message)
    ]
    parts = other_parts(message)
    if not parts:
        return messages
    match message.role:
        case "system":
            messages.append({"role": "system", "content": joined_text(parts)})
        case "assistant":
            messages.append(_assistant(parts))
        case "user" | "tool":
            messages.append({"role": "user", "content": _content(parts)})
    return messages


def _assistant(parts: list[Part]) -> dict[str, Any]:
    calls = [
        {
            "id": _call_id(part.id),
            "type": "function",
            "function": {"name": part.name, "arguments": part.arguments or "{}"},
        }
        for part in parts
        if isinstance(part, ToolCallPart)
    ]
    message: dict[str, Any] = {"role": "assistant", "content": joined_text(parts)}
    if calls:
        message["tool_calls"] = calls
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
            return {"type": "image_url", "image_url": image_url(part)}
        case AudioPart():
            return {"type": "input_audio", "input_audio": part.data}
        case FilePart():
            return {
                "type": "document_url",
                "document_url": data_url(part.media_type, part.data),
                "document_name": file_name(part),
            }
        case ToolCallPart() | ToolResultPart() | OpaquePart():
            return None


def _call_id(id: str) -> str:
    """Mistral takes ids of nine letters and digits only; those of other vendors are shortened."""
    if _CALL_ID.fullmatch(id):
        return id
    return hashlib.sha256(id.encode("utf-8", "replace")).hexdigest()[:9]
