"""OpenAI's Responses, without anything stored at OpenAI.

https://platform.openai.com/docs/api-reference/responses
"""

from collections.abc import Iterator
from typing import Any

from colonycraft.llm.adapters.openai_chat import parallel_tool_calls, refuse_sampling
from colonycraft.llm.adapters.openai_client import OpenAIClient, is_reasoning_model
from colonycraft.llm.adapters.responses_stream import responses_events
from colonycraft.llm.answer import Answer
from colonycraft.llm.catalogue import known_model
from colonycraft.llm.limits import check_limits
from colonycraft.llm.parts import (
    check_tool_choice,
    data_url,
    file_name,
    image_url,
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
    TextPart,
    Tool,
    ToolCallPart,
    ToolResultPart,
)


class OpenAIResponses(OpenAIClient):
    path = "/responses"

    def body(self, connection: Connection, request: ModelRequest, stream: bool) -> dict[str, Any]:
        check_tool_choice(request)
        facts = known_model("openai_responses", request.model)
        _refuse(request)
        check_limits(request, facts)
        reasons = is_reasoning_model(request.model)
        if reasons:
            refuse_sampling(request)
        body: dict[str, Any] = {
            "model": request.model,
            "input": [
                item for message in request.messages for item in _items(message, request.model)
            ],
            "store": False,
            "max_output_tokens": request.max_output_tokens,
            "temperature": None if reasons else request.temperature,
            "top_p": None if reasons else request.top_p,
            "reasoning": _reasoning(connection, request) if reasons else None,
            # Without it, reasoning is lost between the steps of a tool loop, as nothing is stored.
            "include": ["reasoning.encrypted_content"] if reasons else None,
            "text": _text(request),
        }
        if request.tools:
            body |= {
                "tools": [_tool(tool) for tool in request.tools],
                "tool_choice": _tool_choice(request.tool_choice),
                "parallel_tool_calls": parallel_tool_calls(request, facts),
            }
        if stream:
            body["stream"] = True
        return without_none(body)

    def events(self, answer: Answer, request: ModelRequest, stream: bool) -> Iterator[Event]:
        return responses_events(answer, stream)


def _refuse(request: ModelRequest) -> None:
    for name, value in (
        ("stop", request.stop),
        ("seed", request.seed),
        ("frequency_penalty", request.frequency_penalty),
        ("presence_penalty", request.presence_penalty),
    ):
        if value:
            raise unsupported(
                name, f"OpenAI's Responses API has no {name}; its chat completions have it."
            )
    if request.reasoning_effort not in (None, "none") and not is_reasoning_model(request.model):
        raise unsupported("reasoning_effort", f"{request.model} is not a reasoning model.")


def _reasoning(connection: Connection, request: ModelRequest) -> dict[str, str] | None:
    reasoning = without_none(
        {
            "effort": request.reasoning_effort,
            # OpenAI gives summaries only to organisations it has verified, and others an error.
            "summary": connection.options.get("reasoning_summary"),
        }
    )
    return reasoning or None


def _text(request: ModelRequest) -> dict[str, Any] | None:
    form = request.response_format
    if form is None:
        return None
    if form.schema is None:
        return {"format": {"type": "json_object"}}
    schema = {"type": "json_schema", "name": form.name, "schema": form.schema}
    return {"format": without_none(schema | {"strict": form.strict})}


def _tool(tool: Tool) -> dict[str, Any]:
    return {
        "type": "function",
        "name": tool.name,
        "description": tool.description,
        "parameters": tool.parameters,
        "strict": bool(tool.strict),  # left out it would mean true here, and rewrite the schema
    }


def _tool_choice(choice: str | None) -> Any:
    if choice in (None, "auto", "none", "required"):
        return choice
    return {"type": "function", "name": choice}


def _items(message: Message, model: str) -> list[dict[str, Any]]:
    """Calls, results and reasoning are items of their own, in the order in which they came."""
    items: list[dict[str, Any]] = []
    content: list[dict[str, Any]] = []

    def close_content() -> None:
        if content:
            role = "user" if message.role == "tool" else message.role
            items.append({"role": role, "content": list(content)})
            content.clear()

    for part in message.parts:
        match part:
            case TextPart():
                kind = "output_text" if message.role == "assistant" else "input_text"
                content.append({"type": kind, "text": part.text})
            case ImagePart():
                content.append(
                    {
                        "type": "input_image",
                        "image_url": image_url(part),
                        "detail": part.detail or "auto",
                    }
                )
            case FilePart():
                content.append(
                    {
                        "type": "input_file",
                        "filename": file_name(part),
                        "file_data": data_url(part.media_type, part.data),
                    }
                )
            case AudioPart():
                raise unsupported(
                    "audio", "OpenAI's Responses API takes no audio; its chat completions do."
                )
            case ToolCallPart():
                close_content()
                items.append(
                    {
                        "type": "function_call",
                        "call_id": part.id,
                        "name": part.name,
                        "arguments": part.arguments or "{}",
                    }
                )
            case ToolResultPart():
                close_content()
                items.append(
                    {"type": "function_call_output", "call_id": part.call_id, "output": part.text}
                )
            case OpaquePart():
                if part.model == model:
                    close_content()
                    items.append(dict(part.data))
    close_content()
    return items


ADAPTER = OpenAIResponses()
