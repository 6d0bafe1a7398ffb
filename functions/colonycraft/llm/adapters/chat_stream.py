"""The answers of chat completions, streamed or not, of OpenAI and of those that copied it."""

from collections.abc import Iterator

from colonycraft.errors import MalformedResponse
from colonycraft.llm.answer import Answer
from colonycraft.llm.faults import error_for, read_fault
from colonycraft.llm.port import (
    End,
    EndReason,
    Event,
    ModelRequest,
    OpaqueState,
    ReasoningDelta,
    RefusalDelta,
    TextDelta,
    Usage,
)
from colonycraft.llm.shapes import JsonObject, count_of, object_of, objects_of, text_of, word_of
from colonycraft.llm.tool_calls import ToolCallPieces

_REASONS: dict[str, EndReason] = {
    "length": "length",
    "max_tokens": "length",
    "model_length": "length",
    "content_filter": "filtered",
    "safety": "filtered",
    "refusal": "refusal",
    "error": "incomplete",
    "abort": "incomplete",
    "cancelled": "incomplete",
}


def chat_events(answer: Answer, request: ModelRequest, stream: bool) -> Iterator[Event]:
    """Events of one answer; what came is decided by its content type, then by what was asked."""
    reader = _ChatReader(request)
    kind = answer.content_type
    if kind == "text/event-stream" or (stream and "json" not in kind):
        return reader.stream(answer)
    return reader.whole(answer)


class _ChatReader:
    def __init__(self, request: ModelRequest) -> None:
        self._calls = ToolCallPieces(frozenset(tool.name for tool in request.tools))
        self._usage: Usage | None = None
        self._model: str | None = None
        self._finish: str | None = None
        self._refused = False
        self._streamed = False
        self._anything = False
        self._reasoning: list[str] = []
        self._details: list[JsonObject] = []

    def whole(self, answer: Answer) -> Iterator[Event]:
        value = answer.object()
        yield from self._chunk(value, answer)
        if not self._anything:
            raise MalformedResponse(
                "provider-unclear", message="The provider's answer has no choices."
            )
        yield from self._end(done=True)

    def stream(self, answer: Answer) -> Iterator[Event]:
        self._streamed = True
        for value in answer.server_sent_objects(end="[DONE]"):
            if value is None:
                yield from self._end(done=True)
                return
            yield from self._chunk(value, answer)
        if self._finish is None:
            answer.unfinished()
        yield from self._end(done=False)

    def _chunk(self, value: JsonObject, answer: Answer) -> Iterator[Event]:
        if _is_fault(value):
            if self._usage is not None:
                yield self._usage
            raise error_for(read_fault(value), answer.headers)
        self._model = word_of(value.get("model")) or self._model
        self._usage = usage_of(value.get("usage")) or self._usage
        choices = value.get("choices")
        self._anything = self._anything or choices is not None
        for position, choice in enumerate(objects_of(choices)):
            if choice.get("index", position) in (0, None):
                yield from self._choice(choice)

    def _choice(self, choice: JsonObject) -> Iterator[Event]:
        fault = choice.get("error")
        if fault and not choice.get("finish_reason"):
            raise error_for(read_fault({"error": fault}))
        delta = object_of(choice.get("delta")) or object_of(choice.get("message"))
        yield from self._reasoning_of(delta)
        yield from self._content_of(delta.get("content", choice.get("text")))
        if refusal := text_of(delta.get("refusal")):
            self._refused = True
            yield RefusalDelta(refusal)
        for entry in objects_of(delta.get("tool_calls")):
            yield from self._calls.add(entry)
        if legacy := object_of(delta.get("function_call")):
            yield from self._calls.add({"index": 0, "function": legacy})
        self._finish = word_of(choice.get("finish_reason")) or self._finish

    def _reasoning_of(self, delta: JsonObject) -> Iterator[Event]:
        plain = text_of(delta.get("reasoning_content"))
        text = plain or text_of(delta.get("reasoning"))
        if details := objects_of(delta.get("reasoning_details")):
            self._details.extend(details)
            told = (text_of(each.get("text") or each.get("summary")) for each in details)
            text = text or "".join(told)
        if plain:
            self._reasoning.append(plain)
        if text:
            yield ReasoningDelta(text)

    def _content_of(self, content: object) -> Iterator[Event]:
        if isinstance(content, str):
            if content:
                yield TextDelta(content)
            return
        for piece in objects_of(content):
            if piece.get("type") == "thinking":
                thinking = piece.get("thinking")
                for inner in objects_of(thinking) or [{"text": thinking}]:
                    if text := text_of(inner.get("text")):
                        yield ReasoningDelta(text)
            elif text := text_of(piece.get("text")):
                yield TextDelta(text)

    def _end(self, done: bool) -> Iterator[Event]:
        whole = done or self._finish is not None
        yield from self._calls.finish() if whole else self._calls.flush()
        if whole and self._usage is not None:
            yield self._usage
        if self._calls and whole and (state := self._state()):
            yield OpaqueState(state)
        yield End(self._reason(done), self._finish, self._model)

    def _state(self) -> JsonObject:
        """What some servers want back with the results of the tools, word for word."""
        if self._details:
            return {"reasoning_details": self._details}
        return {"reasoning_content": "".join(self._reasoning)} if self._reasoning else {}

    def _reason(self, done: bool) -> EndReason:
        finish = (self._finish or "").lower()
        if finish in _REASONS:
            return _REASONS[finish]
        if self._calls:
            # Without a finish reason the calls themselves must show that they are whole.
            runnable = bool(finish) or (done and self._calls.all_valid())
            return "tool_calls" if runnable else "incomplete"
        if not finish and self._streamed:
            return "incomplete"
        return "refusal" if self._refused else "complete"


def _is_fault(value: JsonObject) -> bool:
    if value.get("choices"):
        return bool(value.get("error")) and not isinstance(value.get("error"), bool)
    return bool(value.get("error")) or value.get("object") == "error" or "detail" in value


def usage_of(value: object) -> Usage | None:
    """Token counts; None when none of them is there."""
    usage = object_of(value)
    if not usage:
        return None
    prompt = object_of(usage.get("prompt_tokens_details"))
    completion = object_of(usage.get("completion_tokens_details"))
    cached = count_of(prompt.get("cached_tokens"))
    if cached is None:
        cached = count_of(usage.get("prompt_cache_hit_tokens"))  # DeepSeek
    found = Usage(
        input_tokens=count_of(usage.get("prompt_tokens")),
        output_tokens=count_of(usage.get("completion_tokens")),
        cached_input_tokens=cached,
        cache_write_tokens=count_of(prompt.get("cache_write_tokens")),
        reasoning_tokens=count_of(completion.get("reasoning_tokens")),
    )
    return None if found == Usage() else found
