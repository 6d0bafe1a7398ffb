"""Ollama's answers: newline-delimited JSON or one object, of `/api/chat` and of `/api/generate`."""

import json
from collections.abc import Iterator

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


def ollama_events(answer: Answer, stream: bool) -> Iterator[Event]:
    kind = answer.content_type
    if "ndjson" in kind or (stream and kind != "application/json"):
        return _Reader().stream(answer)
    return _Reader().whole(answer)


class _Reader:
    def __init__(self) -> None:
        self._calls = 0
        self._model: str | None = None
        self._thinking: list[str] = []

    def whole(self, answer: Answer) -> Iterator[Event]:
        value = answer.object()
        if not value.keys() & {"message", "response", "done", "error"}:
            raise MalformedResponse(
                "provider-unclear", message="The provider's answer has no message."
            )
        yield from self._object(value, answer)
        yield from self._end(value)

    def stream(self, answer: Answer) -> Iterator[Event]:
        for value in answer.line_objects():
            yield from self._object(value, answer)
            if value.get("done") is True:
                yield from self._end(value)
                return
        answer.unfinished()
        yield End("incomplete", None, self._model)

    def _object(self, value: JsonObject, answer: Answer) -> Iterator[Event]:
        if value.get("error"):
            raise error_for(read_fault(value), answer.headers)
        self._model = word_of(value.get("model")) or self._model
        message = object_of(value.get("message")) or value
        if thinking := text_of(message.get("thinking")):
            self._thinking.append(thinking)
            yield ReasoningDelta(thinking)
        if text := text_of(message.get("content")) or text_of(value.get("response")):
            yield TextDelta(text)
        for call in objects_of(message.get("tool_calls")):
            yield self._tool_call(call)

    def _tool_call(self, call: JsonObject) -> ToolCallDelta:
        """A call comes whole, mostly without an id, its arguments as an object."""
        function = object_of(call.get("function"))
        arguments = function.get("arguments")
        delta = ToolCallDelta(
            self._calls,
            arguments if isinstance(arguments, str) and arguments else _dumped(arguments),
            id=word_of(call.get("id")),
            name=text_of(function.get("name")),
        )
        self._calls += 1
        return delta

    def _end(self, value: JsonObject) -> Iterator[Event]:
        usage = Usage(
            input_tokens=count_of(value.get("prompt_eval_count")),
            output_tokens=count_of(value.get("eval_count")),
        )
        if usage != Usage():
            yield usage
        if self._calls and self._thinking:
            yield OpaqueState({"thinking": "".join(self._thinking)})
        finish = word_of(value.get("done_reason"))
        yield End(self._reason(finish), finish, self._model)

    def _reason(self, finish: str | None) -> EndReason:
        if finish == "length":
            return "length"
        return "tool_calls" if self._calls else "complete"


def _dumped(arguments: object) -> str:
    return json.dumps(arguments or {}, ensure_ascii=False)
