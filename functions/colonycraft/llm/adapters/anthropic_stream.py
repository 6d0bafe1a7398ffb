"""The answers of Anthropic's Messages, streamed or not."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from colonycraft.errors import MalformedResponse
from colonycraft.llm.answer import Answer
from colonycraft.llm.faults import error_for, read_fault
from colonycraft.llm.port import (
    End,
    EndReason,
    Event,
    OpaqueState,
    ReasoningDelta,
    TextDelta,
    ToolCallDelta,
    Usage,
)
from colonycraft.llm.shapes import JsonObject, count_of, object_of, objects_of, text_of, word_of

_REASONS: dict[str, EndReason] = {
    "end_turn": "complete",
    "stop_sequence": "complete",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "tool_use": "tool_calls",
    "refusal": "refusal",
    "pause_turn": "paused",
}
_THINKING = ("thinking", "redacted_thinking")


def message_events(answer: Answer, stream: bool) -> Iterator[Event]:
    kind = answer.content_type
    if kind == "text/event-stream" or (stream and "json" not in kind):
        return _Reader(answer).stream()
    return _Reader(answer).whole()


@dataclass(slots=True)
class _Block:
    """A content block under way. `call` is its number among the tool calls."""

    start: JsonObject
    call: int | None = None
    thinking: list[str] = field(default_factory=list[str])
    signature: list[str] = field(default_factory=list[str])
    has_arguments: bool = False


class _Reader:
    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._model: str | None = None
        self._usage: JsonObject = {}
        self._settled = False
        self._stop: str | None = None
        self._blocks: dict[int, _Block] = {}
        self._calls = 0

    def whole(self) -> Iterator[Event]:
        value = self._answer.object()
        if value.get("type") == "error" or "content" not in value:
            raise (
                self._fault(value)
                if value.get("error")
                else MalformedResponse(
                    "provider-unclear", message="The provider's answer has no content."
                )
            )
        self._model = word_of(value.get("model"))
        for position, block in enumerate(objects_of(value.get("content"))):
            yield from self._open(position, block)
            yield from self._close(position)
        self._usage = object_of(value.get("usage"))
        self._settled = True
        self._stop = word_of(value.get("stop_reason"))
        yield from self._end()

    def stream(self) -> Iterator[Event]:
        for value in self._answer.server_sent_objects():
            assert value is not None
            kind = text_of(value.get("type"))
            if kind == "message_stop":
                yield from self._end()
                return
            if kind == "error" or (value.get("error") and not kind):
                if usage := _usage_of(self._usage):
                    yield usage
                raise self._fault(value)
            yield from self._event(kind, value)
        self._answer.unfinished()
        if self._settled and (usage := _usage_of(self._usage)):
            yield usage
        yield End("incomplete", self._stop, self._model)

    def _fault(self, value: JsonObject) -> Exception:
        return error_for(read_fault(value), self._answer.headers)

    def _event(self, kind: str, value: JsonObject) -> Iterator[Event]:
        match kind:
            case "message_start":
                message = object_of(value.get("message"))
                self._model = word_of(message.get("model"))
                self._usage = dict(object_of(message.get("usage")))
                # What the answer costs is not known yet: the count sent here is a placeholder.
                if usage := _usage_of(self._usage | {"output_tokens": None}):
                    yield usage
            case "content_block_start":
                yield from self._open(_position(value), object_of(value.get("content_block")))
            case "content_block_delta":
                yield from self._delta(_position(value), object_of(value.get("delta")))
            case "content_block_stop":
                yield from self._close(_position(value))
            case "message_delta":
                self._stop = word_of(object_of(value.get("delta")).get("stop_reason"))
                usage = object_of(value.get("usage"))
                self._usage |= {name: usage[name] for name in usage if usage[name] is not None}
                self._settled = True
            case _:
                pass  # pings, and what may come to be

    def _open(self, position: int, block: JsonObject) -> Iterator[Event]:
        opened = self._blocks[position] = _Block(block)
        match block.get("type"):
            case "text":
                if text := text_of(block.get("text")):
                    yield TextDelta(text)
            case "thinking":
                opened.signature.append(text_of(block.get("signature")))
                if text := text_of(block.get("thinking")):
                    opened.thinking.append(text)
                    yield ReasoningDelta(text)
            case "tool_use":
                opened.call = self._calls
                self._calls += 1
                yield ToolCallDelta(
                    opened.call, id=word_of(block.get("id")), name=text_of(block.get("name"))
                )
            case _:
                pass  # what the vendor's own tools do is none of ours

    def _delta(self, position: int, delta: JsonObject) -> Iterator[Event]:
        block = self._blocks.get(position) or _Block({})
        match delta.get("type"):
            case "text_delta":
                if text := text_of(delta.get("text")):
                    yield TextDelta(text)
            case "thinking_delta":
                if text := text_of(delta.get("thinking")):
                    block.thinking.append(text)
                    yield ReasoningDelta(text)
            case "signature_delta":
                block.signature.append(text_of(delta.get("signature")))
            case "input_json_delta" if block.call is not None:
                if text := text_of(delta.get("partial_json")):
                    block.has_arguments = True
                    yield ToolCallDelta(block.call, text)
            case _:
                pass

    def _close(self, position: int) -> Iterator[Event]:
        block = self._blocks.pop(position, None)
        if block is None:
            return
        if block.call is not None and not block.has_arguments:
            arguments = json.dumps(block.start.get("input") or {}, ensure_ascii=False)
            yield ToolCallDelta(block.call, arguments)
        if block.start.get("type") in _THINKING:
            state = {name: value for name, value in block.start.items() if name in _STATE}
            if block.start["type"] == "thinking":
                state["thinking"] = "".join(block.thinking)
                state["signature"] = "".join(block.signature)
            yield OpaqueState(state)

    def _end(self) -> Iterator[Event]:
        if self._settled and (usage := _usage_of(self._usage)):
            yield usage
        reason = _REASONS.get(self._stop or "", "complete" if self._stop else "incomplete")
        if reason == "tool_calls" and (self._calls == 0 or self._blocks):
            reason = "complete" if self._calls == 0 else "incomplete"
        yield End(reason, self._stop, self._model)


_STATE = ("type", "data", "thinking", "signature")


def _position(value: JsonObject) -> int:
    index = value.get("index")
    return index if isinstance(index, int) else 0


def _usage_of(usage: JsonObject) -> Usage | None:
    """Anthropic counts tokens read from and written to the cache apart from the input."""
    plain = count_of(usage.get("input_tokens"))
    read = count_of(usage.get("cache_read_input_tokens"))
    written = count_of(usage.get("cache_creation_input_tokens"))
    details = object_of(usage.get("output_tokens_details"))
    found = Usage(
        input_tokens=None if plain is None else plain + (read or 0) + (written or 0),
        output_tokens=count_of(usage.get("output_tokens")),
        cached_input_tokens=read,
        cache_write_tokens=written,
        reasoning_tokens=count_of(details.get("thinking_tokens")),
        cache_counted_apart=True,
    )
    return None if found == Usage(cache_counted_apart=True) else found
