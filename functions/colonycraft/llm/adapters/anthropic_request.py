"""A request in the words of Anthropic's Messages."""

import base64
import binascii
import hashlib
import json
import re
from typing import Any, cast

from colonycraft.llm.catalogue import ModelFacts, known_model
from colonycraft.llm.limits import check_limits
from colonycraft.llm.parts import check_tool_choice, unsupported, without_none
from colonycraft.llm.port import (
    AudioPart,
    FilePart,
    ImagePart,
    Message,
    ModelRequest,
    OpaquePart,
    Part,
    TextPart,
    Tool,
    ToolCallPart,
    ToolResultPart,
)

DEFAULT_OUTPUT_TOKENS = 4096
LEAST_BUDGET = 1024
CACHED_FROM = 3500
"""Characters of a conversation from which on its beginning is cached: Anthropic caches nothing
that is shorter than 1,024 tokens."""
_EPHEMERAL = {"type": "ephemeral"}
_CALL_ID = re.compile(r"[A-Za-z0-9_-]+")
_BUDGETS = {"minimal": 1024, "low": 2048, "medium": 8192, "high": 24576}


def request_body(request: ModelRequest, stream: bool) -> dict[str, Any]:
    """Raises `Unsupported` for what the vendor or, where it is known, the model cannot do."""
    facts = known_model("anthropic_messages", request.model)
    check_tool_choice(request)
    check_limits(request, facts)
    _refuse(request, facts)
    messages = _conversation(request)
    if messages and messages[-1]["role"] == "assistant":
        _check_prefill(request, facts)
        _strip_end(messages[-1])
    system: str | list[dict[str, Any]] | None = _system(request)
    if _is_worth_caching(system or "", messages):
        system = _mark_prefix(system or "", messages)
    limit = request.max_output_tokens or (facts and facts.output_limit) or DEFAULT_OUTPUT_TOKENS
    thinking, effort = _thinking(request, facts, limit)
    output = without_none({"effort": effort, "format": _format(request)})
    body: dict[str, Any] = {
        "model": request.model,
        "max_tokens": limit,
        "system": system,
        "messages": messages,
        "temperature": request.temperature,
        "top_p": request.top_p,
        "stop_sequences": list(request.stop) or None,
        "thinking": thinking,
        "output_config": output or None,
        "tools": [_tool(tool) for tool in request.tools] or None,
        "tool_choice": _tool_choice(request),
        "stream": True if stream else None,
    }
    if facts is not None and facts.sampling is False:
        body["temperature"] = body["top_p"] = None
    elif thinking is not None and thinking["type"] != "disabled":
        body["temperature"] = None  # 1, the only value that passed
    return without_none(body)


def _refuse(request: ModelRequest, facts: ModelFacts | None) -> None:
    if request.seed is not None:
        raise unsupported("seed", "Anthropic's models take no seed.")
    for name in ("frequency_penalty", "presence_penalty"):
        if getattr(request, name):
            raise unsupported(name, f"Anthropic's models take no {name}.")
    if request.temperature is not None and request.temperature > 1:
        raise unsupported("temperature", "Anthropic's models take a temperature from 0 to 1.")
    if facts is not None and facts.sampling is False:
        for name, value in (("temperature", request.temperature), ("top_p", request.top_p)):
            if value not in (None, 1):
                raise unsupported(name, f"{request.model} takes no {name}.")


def _check_prefill(request: ModelRequest, facts: ModelFacts | None) -> None:
    if facts is not None and facts.prefill is False:
        raise unsupported(
            "prefill", f"{request.model} does not continue an answer that was begun for it."
        )


def _strip_end(message: dict[str, Any]) -> None:
    """The beginning of an answer may not end in white space."""
    last = message["content"][-1]
    if last["type"] == "text":
        last["text"] = last["text"].rstrip()


def _system(request: ModelRequest) -> str | None:
    texts = [
        part.text
        for message in request.messages
        if message.role == "system"
        for part in message.parts
        if isinstance(part, TextPart) and part.text.strip()
    ]
    return "\n\n".join(texts) or None


def _conversation(request: ModelRequest) -> list[dict[str, Any]]:
    """Messages of one role in a row become one, as tool results must stand in a single one."""
    messages: list[dict[str, Any]] = []
    for message in request.messages:
        if message.role == "system":
            continue
        role = "assistant" if message.role == "assistant" else "user"
        blocks = _blocks(message, request.model)
        if not blocks:
            continue
        if messages and messages[-1]["role"] == role:
            messages[-1]["content"] += blocks
        else:
            messages.append({"role": role, "content": blocks})
    return messages


def _is_worth_caching(system: str, messages: list[dict[str, Any]]) -> bool:
    """A conversation that goes on, and is long enough: a written cache costs a quarter more."""
    if len(messages) < 3:
        return False
    texts = (block.get("text", "") for message in messages for block in message["content"])
    return len(system) + sum(map(len, texts)) >= CACHED_FROM


def _mark_prefix(system: str, messages: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """Marks what the next turn begins with again: the system prompt, and all up to the question."""
    asked = next((one for one in reversed(messages) if one["role"] == "user"), None)
    if asked is not None:
        asked["content"][-1] |= {"cache_control": _EPHEMERAL}
    if not system:
        return None
    return [{"type": "text", "text": system, "cache_control": _EPHEMERAL}]


def _blocks(message: Message, model: str) -> list[dict[str, Any]]:
    return [block for part in message.parts if (block := _block(part, model)) is not None]


def _block(part: Part, model: str) -> dict[str, Any] | None:
    match part:
        case TextPart():
            # A text without any character but white space is refused.
            return {"type": "text", "text": part.text} if part.text.strip() else None
        case ImagePart():
            return {"type": "image", "source": _image_source(part)}
        case FilePart():
            source = _file_source(part)
            return without_none({"type": "document", "source": source, "title": part.name})
        case AudioPart():
            raise unsupported("audio", "Anthropic's models take no audio.")
        case ToolCallPart():
            return {
                "type": "tool_use",
                "id": _call_id(part.id),
                "name": part.name,
                "input": _arguments(part.arguments),
            }
        case ToolResultPart():
            return without_none(
                {
                    "type": "tool_result",
                    "tool_use_id": _call_id(part.call_id),
                    "content": part.text,
                    "is_error": part.is_error or None,
                }
            )
        case OpaquePart():
            return dict(part.data) if part.model == model else None


def _call_id(id: str) -> str:
    """Anthropic takes a few characters in ids; those of other vendors that have more are hashed."""
    if _CALL_ID.fullmatch(id):
        return id
    return "toolu_" + hashlib.sha256(id.encode("utf-8", "replace")).hexdigest()[:24]


def _image_source(part: ImagePart) -> dict[str, Any]:
    if part.url:
        return {"type": "url", "url": part.url}
    return {"type": "base64", "media_type": part.media_type or "image/png", "data": part.data}


def _file_source(part: FilePart) -> dict[str, Any]:
    if part.media_type == "application/pdf":
        return {"type": "base64", "media_type": part.media_type, "data": part.data}
    if part.media_type.startswith("text/"):
        try:
            text = base64.b64decode(part.data).decode("utf-8", "replace")
        except binascii.Error as exc:
            raise unsupported("file", "The file is not base64.") from exc
        return {"type": "text", "media_type": "text/plain", "data": text}
    raise unsupported("file", f"Anthropic's models take PDF and text, not {part.media_type}.")


def _arguments(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    return cast(dict[str, Any], value) if isinstance(value, dict) else {}


def _tool(tool: Tool) -> dict[str, Any]:
    return without_none(
        {
            "name": tool.name,
            "description": tool.description,
            "input_schema": tool.parameters,
            "strict": tool.strict or None,
        }
    )


def _tool_choice(request: ModelRequest) -> dict[str, Any] | None:
    if not request.tools:
        return None
    match request.tool_choice:
        case None:
            choice: dict[str, Any] = {"type": "auto"}
        case "auto" | "none" as kind:
            choice = {"type": kind}
        case "required":
            choice = {"type": "any"}
        case name:
            choice = {"type": "tool", "name": name}
    if request.parallel_tool_calls is False and choice["type"] != "none":
        choice["disable_parallel_tool_use"] = True
    elif request.tool_choice is None:
        return None
    return choice


def _format(request: ModelRequest) -> dict[str, Any] | None:
    form = request.response_format
    if form is None:
        return None
    if form.schema is None:
        raise unsupported("response_format", "Anthropic's models need a schema to answer in JSON.")
    return {"type": "json_schema", "schema": form.schema}


def _thinking(
    request: ModelRequest, facts: ModelFacts | None, limit: int
) -> tuple[dict[str, Any] | None, str | None]:
    """How to think, and with what effort. Newer models decide themselves how much."""
    effort = request.reasoning_effort
    if effort is None:
        return None, None
    if effort == "none":
        may_think = facts is not None and facts.reasoning
        return ({"type": "disabled"} if may_think else None), None
    if request.temperature not in (None, 1):
        raise unsupported("temperature", "A model that thinks takes no temperature.")
    if request.tool_choice not in (None, "auto", "none"):
        raise unsupported("tool_choice", "A model that thinks cannot be made to call a tool.")
    if facts is not None and facts.adaptive_thinking:
        return {"type": "adaptive"}, "low" if effort == "minimal" else effort
    if limit <= LEAST_BUDGET:
        raise unsupported(
            "reasoning_effort", f"To think, the answer needs a limit above {LEAST_BUDGET} tokens."
        )
    return {"type": "enabled", "budget_tokens": min(_BUDGETS[effort], limit - 1)}, None
