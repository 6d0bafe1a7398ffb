"""The answers of OpenAI's Responses API, streamed or not."""

from collections.abc import Iterator
from dataclasses import dataclass

from colonycraft.errors import MalformedResponse
from colonycraft.llm.answer import Answer
from colonycraft.llm.faults import error_for, read_fault
from colonycraft.llm.port import (
    End,
    EndReason,
    Event,
    OpaqueState,
    ReasoningDelta,
    RefusalDelta,
    TextDelta,
    ToolCallDelta,
    Usage,
)
from colonycraft.llm.shapes import JsonObject, count_of, object_of, objects_of, text_of, word_of

_FINAL = ("response.completed", "response.incomplete", "response.failed", "response.cancelled")
_CUT_SHORT: dict[str, EndReason] = {"max_output_tokens": "length", "content_filter": "filtered"}


def responses_events(answer: Answer, stream: bool) -> Iterator[Event]:
    kind = answer.content_type
    if kind == "text/event-stream" or (stream and "json" not in kind):
        return _Reader(answer).stream()
    return _Reader(answer).whole()


class _Channel:
    """One kind of text. The event that closes a piece repeats it whole, and so does the last event
    all pieces: what the deltas left out is made up for, as far as they were its beginning."""

    def __init__(self, delta: type[TextDelta] | type[ReasoningDelta] | type[RefusalDelta]) -> None:
        self._delta = delta
        self._all: list[str] = []
        self._open: list[str] = []
        self._held: list[str] | None = None

    def miss(self) -> None:
        """Events are missing: what follows of the open piece waits for the event that closes it."""
        if self._open and self._held is None:
            self._held = []

    def flush(self) -> Iterator[Event]:
        """Gives out what waits, as nothing more will come."""
        held, self._held = self._held or [], None
        yield from self.add("".join(held))

    def add(self, text: str) -> Iterator[Event]:
        if self._held is not None:
            self._held.append(text)
        elif text:
            self._all.append(text)
            self._open.append(text)
            yield self._delta(text)

    def close(self, text: str) -> Iterator[Event]:
        yield from self._rest(text, "".join(self._open))
        self._open.clear()

    def settle(self, text: str) -> Iterator[Event]:
        yield from self._rest(text, "".join(self._all))

    def _rest(self, whole: str, had: str) -> Iterator[Event]:
        if whole.startswith(had) and whole:
            self._held = None
            yield from self.add(whole[len(had) :])
        else:
            yield from self.flush()

    def __bool__(self) -> bool:
        return bool(self._all)


@dataclass(slots=True)
class _Call:
    index: int
    id: str
    item: object
    arguments: str = ""


class _Reader:
    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._model: str | None = None
        self._text = _Channel(TextDelta)
        self._reasoning = _Channel(ReasoningDelta)
        self._refusal = _Channel(RefusalDelta)
        self._channels = (self._reasoning, self._text, self._refusal)
        self._last: int | None = None
        self._calls: list[_Call] = []
        self._kept: set[str] = set()

    def whole(self) -> Iterator[Event]:
        value = self._answer.object()
        if "output" not in value and "status" not in value:
            raise (
                self._fault(value)
                if value.get("error")
                else MalformedResponse(
                    "provider-unclear", message="The provider's answer has no output."
                )
            )
        yield from self._final(value)

    def stream(self) -> Iterator[Event]:
        for value in self._answer.server_sent_objects(end="[DONE]"):
            if value is None:
                continue
            self._count(value.get("sequence_number"))
            kind = text_of(value.get("type"))
            if kind in _FINAL:
                yield from self._final(object_of(value.get("response")))
                return
            if kind == "error" or (value.get("error") and not kind.startswith("response.")):
                raise self._fault(value)
            yield from self._event(kind, value)
        self._answer.unfinished()
        for channel in self._channels:
            yield from channel.flush()
        yield End("incomplete", None, self._model)

    def _count(self, number: object) -> None:
        if isinstance(number, int):
            if self._last is not None and number > self._last + 1:
                for channel in self._channels:
                    channel.miss()
            self._last = number

    def _fault(self, value: JsonObject) -> Exception:
        return error_for(read_fault(value), self._answer.headers)

    def _event(self, kind: str, value: JsonObject) -> Iterator[Event]:
        match kind:
            case "response.created" | "response.in_progress" | "response.queued":
                self._model = word_of(object_of(value.get("response")).get("model"))
            case "response.output_text.delta":
                yield from self._text.add(text_of(value.get("delta")))
            case "response.output_text.done":
                yield from self._text.close(text_of(value.get("text")))
            case "response.reasoning_summary_text.delta" | "response.reasoning_text.delta":
                yield from self._reasoning.add(text_of(value.get("delta")))
            case "response.reasoning_summary_text.done" | "response.reasoning_text.done":
                yield from self._reasoning.close(text_of(value.get("text")))
            case "response.refusal.delta":
                yield from self._refusal.add(text_of(value.get("delta")))
            case "response.refusal.done":
                yield from self._refusal.close(text_of(value.get("refusal")))
            case "response.function_call_arguments.delta":
                yield from self._arguments(value, text_of(value.get("delta")))
            case "response.function_call_arguments.done":
                yield from self._whole_arguments(value, text_of(value.get("arguments")))
            case "response.output_item.added" | "response.output_item.done":
                done = kind.endswith("done")
                yield from self._item(value, object_of(value.get("item")), done)
            case _:
                pass

    def _item(self, value: JsonObject, item: JsonObject, done: bool) -> Iterator[Event]:
        match item.get("type"):
            case "function_call":
                yield from self._function_call(value, item)
            case "reasoning" if done:
                yield from self._state(item)
            case _:
                pass

    def _function_call(self, value: JsonObject, item: JsonObject) -> Iterator[Event]:
        call_id = text_of(item.get("call_id")) or text_of(item.get("id"))
        arguments = text_of(item.get("arguments"))
        known = next((call for call in self._calls if call.id == call_id), None)
        if known is None:
            name = text_of(item.get("name"))
            if not name:
                return  # it comes again, whole
            known = _Call(len(self._calls), call_id, _item_key(value, item))
            self._calls.append(known)
            yield ToolCallDelta(known.index, id=call_id or None, name=name)
        yield from self._rest_of(known, arguments)

    def _arguments(self, value: JsonObject, delta: str) -> Iterator[Event]:
        call = self._call_of(value)
        if call is not None and delta:
            call.arguments += delta
            yield ToolCallDelta(call.index, delta)

    def _whole_arguments(self, value: JsonObject, arguments: str) -> Iterator[Event]:
        call = self._call_of(value)
        if call is not None:
            yield from self._rest_of(call, arguments)

    def _rest_of(self, call: _Call, arguments: str) -> Iterator[Event]:
        if len(arguments) > len(call.arguments) and arguments.startswith(call.arguments):
            rest = arguments[len(call.arguments) :]
            call.arguments = arguments
            yield ToolCallDelta(call.index, rest)

    def _call_of(self, value: JsonObject) -> _Call | None:
        key = _item_key(value, {})
        for call in self._calls:
            if call.item == key:
                return call
        return self._calls[-1] if self._calls else None

    def _state(self, item: JsonObject) -> Iterator[Event]:
        """Encrypted reasoning, to be sent back. Not its id: with nothing stored at OpenAI it names
        nothing, and OpenAI then insists on the id of the message that followed it."""
        key = text_of(item.get("id"))
        if item.get("encrypted_content") and key not in self._kept:
            self._kept.add(key)
            kept = ("type", "summary", "content", "encrypted_content")
            yield OpaqueState({name: item[name] for name in kept if item.get(name) is not None})

    def _final(self, response: JsonObject) -> Iterator[Event]:
        self._model = word_of(response.get("model")) or self._model
        output = objects_of(response.get("output"))
        yield from self._reasoning.settle("".join(_reasoning_text(item) for item in output))
        yield from self._text.settle(_content_text(output, "output_text", "text"))
        yield from self._refusal.settle(_content_text(output, "refusal", "refusal"))
        for position, item in enumerate(output):
            yield from self._item({"output_index": position}, item, True)
        usage = _usage_of(response.get("usage"))
        if usage is not None:
            yield usage
        status = word_of(response.get("status"))
        if status == "failed" or (response.get("error") and status != "completed"):
            raise self._fault({"error": response.get("error") or {"code": "server_error"}})
        for call in self._calls:
            if not call.arguments and status == "completed":
                yield ToolCallDelta(call.index, "{}")
        yield End(self._reason(status, response), status, self._model)

    def _reason(self, status: str | None, response: JsonObject) -> EndReason:
        if status in ("queued", "in_progress"):
            return "queued"
        if status == "incomplete":
            detail = text_of(object_of(response.get("incomplete_details")).get("reason"))
            return _CUT_SHORT.get(detail, "incomplete")
        if status != "completed":
            return "incomplete"
        if self._calls:
            return "tool_calls"
        return "refusal" if self._refusal else "complete"


def _item_key(value: JsonObject, item: JsonObject) -> object:
    return item.get("id") or value.get("item_id") or value.get("output_index")


def _reasoning_text(item: JsonObject) -> str:
    if item.get("type") != "reasoning":
        return ""
    pieces = objects_of(item.get("summary")) or objects_of(item.get("content"))
    return "".join(text_of(piece.get("text")) for piece in pieces)


def _content_text(output: list[JsonObject], kind: str, name: str) -> str:
    return "".join(
        text_of(piece.get(name))
        for item in output
        if item.get("type") == "message"
        for piece in objects_of(item.get("content"))
        if piece.get("type") == kind
    )


def _usage_of(value: object) -> Usage | None:
    usage = object_of(value)
    read = object_of(usage.get("input_tokens_details"))
    written = object_of(usage.get("output_tokens_details"))
    found = Usage(
        input_tokens=count_of(usage.get("input_tokens")),
        output_tokens=count_of(usage.get("output_tokens")),
        cached_input_tokens=count_of(read.get("cached_tokens")),
        cache_write_tokens=count_of(read.get("cache_write_tokens")),
        reasoning_tokens=count_of(written.get("reasoning_tokens")),
    )
    return None if found == Usage() else found
