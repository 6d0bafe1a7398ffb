"""The provider port: what every adapter takes and gives, in no vendor's words.

An adapter is pure conversion around one call. It yields `Event`s in the order they arrive, ends
with exactly one `End`, and raises only `ProviderError`s (`errors.py`). Streams and whole answers
come out as the same events; `collect` folds them into a `Completion`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Role = Literal["system", "user", "assistant", "tool"]
EndReason = Literal[
    "complete", "tool_calls", "length", "filtered", "refusal", "paused", "queued", "incomplete"
]
ReasoningEffort = Literal["none", "minimal", "low", "medium", "high"]


@dataclass(frozen=True, slots=True)
class TextPart:
    text: str


@dataclass(frozen=True, slots=True)
class ImagePart:
    """Either `url` (https) or `data` (base64) with its `media_type`."""

    media_type: str | None = None
    data: str | None = None
    url: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class AudioPart:
    """`data` is base64; `format` is "wav" or "mp3"."""

    data: str
    format: str


@dataclass(frozen=True, slots=True)
class FilePart:
    """A document, mostly PDF. `data` is base64."""

    media_type: str
    data: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class ToolCallPart:
    """What the assistant asked for. `arguments` is JSON as the model wrote it."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ToolResultPart:
    call_id: str
    text: str
    name: str | None = None
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class OpaquePart:
    """Provider state (thinking signature, encrypted reasoning): only for the model that made it."""

    model: str
    data: Mapping[str, Any]


Part = TextPart | ImagePart | AudioPart | FilePart | ToolCallPart | ToolResultPart | OpaquePart


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """`parameters` is a JSON Schema."""

    name: str
    description: str
    parameters: Mapping[str, Any]
    strict: bool | None = None


@dataclass(frozen=True, slots=True)
class ResponseFormat:
    """`schema` None asks for any JSON object."""

    schema: Mapping[str, Any] | None = None
    name: str = "answer"
    strict: bool | None = None


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One question to one model. `model` is the provider's own name, without the connection.

    `tool_choice` is "auto", "none", "required" or the name of one tool. Nothing is sent for None.
    """

    model: str
    messages: tuple[Message, ...]
    tools: tuple[Tool, ...] = ()
    tool_choice: str | None = None
    parallel_tool_calls: bool | None = None
    response_format: ResponseFormat | None = None
    max_output_tokens: int | None = None
    temperature: float | None = None
    top_p: float | None = None
    stop: tuple[str, ...] = ()
    seed: int | None = None
    frequency_penalty: float | None = None
    presence_penalty: float | None = None
    reasoning_effort: ReasoningEffort | None = None
    context_window: int | None = None
    """Tokens a local server should reserve (Ollama's `num_ctx`); None elsewhere."""


@dataclass(frozen=True, slots=True)
class EmbeddingRequest(ModelRequest):
    """Texts to be made vectors of, one a message. No tokens are written."""


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    text: str


@dataclass(frozen=True, slots=True)
class RefusalDelta:
    text: str


@dataclass(frozen=True, slots=True)
class ToolCallDelta:
    """A piece of the tool call number `index`. `id` and `name` come once, with the first piece."""

    index: int
    arguments: str = ""
    id: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class OpaqueState:
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Vectors:
    """The answer to an `EmbeddingRequest`: one vector a text, in their order, all of one length."""

    vectors: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as reported. None means that the provider said nothing: unknown, never zero.

    `input_tokens` and `output_tokens` count everything (cached and reasoning tokens included).
    `cache_counted_apart`: the provider's own field leaves cached tokens out of the input;
    `reported_input_tokens` is that field's number.

    A stream may give usage early with `output_tokens` None: what the input cost is known, what
    the answer costs is not yet. Each usage replaces the one before it.
    """

    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_input_tokens: int | None = None
    cache_write_tokens: int | None = None
    reasoning_tokens: int | None = None
    cache_counted_apart: bool = False

    @property
    def reported_input_tokens(self) -> int | None:
        """The input tokens as the provider's own field counts them."""
        if self.input_tokens is None or not self.cache_counted_apart:
            return self.input_tokens
        return self.input_tokens - (self.cached_input_tokens or 0) - (self.cache_write_tokens or 0)


@dataclass(frozen=True, slots=True)
class End:
    """The last event. `finish_reason` and `model` are the provider's own words.

    `incomplete`: the stream ended without the provider's own sign that the answer was whole.
    """

    reason: EndReason
    finish_reason: str | None = None
    model: str | None = None


Event = (
    TextDelta | ReasoningDelta | RefusalDelta | ToolCallDelta | OpaqueState | Vectors | Usage | End
)


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A whole tool call. `arguments` is JSON as it came; it may be invalid when `reason` says so.

    `id` is "" where the provider gives none (Ollama): whoever runs tools then makes one.
    """

    id: str
    name: str
    arguments: str


@dataclass(slots=True)
class Completion:
    """All events of one answer, folded."""

    text: str = ""
    reasoning: str = ""
    refusal: str | None = None
    tool_calls: list[ToolCall] = field(default_factory=list[ToolCall])
    usage: Usage | None = None
    reason: EndReason = "incomplete"
    finish_reason: str | None = None
    model: str | None = None
    opaque: list[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])
    vectors: tuple[tuple[float, ...], ...] = ()


def collect(events: Iterable[Event]) -> Completion:
    """Folds events into one completion; the last usage wins."""
    text: list[str] = []
    reasoning: list[str] = []
    refusal: list[str] = []
    calls: dict[int, list[str]] = {}
    completion = Completion()
    for event in events:
        match event:
            case TextDelta():
                text.append(event.text)
            case ReasoningDelta():
                reasoning.append(event.text)
            case RefusalDelta():
                refusal.append(event.text)
            case ToolCallDelta():
                call = calls.setdefault(event.index, ["", "", ""])
                call[0] = call[0] or event.id or ""
                call[1] = call[1] or event.name or ""
                call[2] += event.arguments
            case OpaqueState():
                completion.opaque.append(event.data)
            case Vectors():
                completion.vectors = event.vectors
            case Usage():
                completion.usage = event
            case End():
                completion.reason = event.reason
                completion.finish_reason = event.finish_reason
                completion.model = event.model
    completion.text = "".join(text)
    completion.reasoning = "".join(reasoning)
    completion.refusal = "".join(refusal) or None
    completion.tool_calls = [ToolCall(*calls[index]) for index in sorted(calls)]
    return completion


@dataclass(frozen=True, slots=True)
class Connection:
    """A place that serves models. `id` is the first half of a model's name, `connection/model`.

    `adapter` names a module of `llm/adapters/`; `base_url` None is the vendor's own address.
    """

    id: str
    adapter: str
    name: str
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    one_at_a_time: bool = False

    @property
    def usable(self) -> bool:
        """True with a key, or with an address of one's own, where a server may need none."""
        return bool(self.api_key or self.base_url)


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model that a server says it has, with what it says about it; None where it says nothing."""

    name: str
    title: str | None = None
    chat: bool | None = None
    tools: bool | None = None
    vision: bool | None = None
    reasoning: bool | None = None
    context_window: int | None = None
    output_limit: int | None = None


@dataclass(frozen=True, slots=True)
class FoundBatch:
    """A batch that was looked for by its name: its `id`, None where none was found. `sure` False:
    there are some that do not tell their name yet."""

    id: str | None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a limit, until all of it is free again in `seconds`."""

    left: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a provider still takes, as the headers of an answer tell; None of what they do not."""

    requests: Allowance | None = None
    tokens: Allowance | None = None


class Call(Protocol):
    """One call under way: an iterator of events that another thread can end.

    `abort` shuts the socket, so that a blocked read returns at once, also before the first byte;
    the iterator then raises `ConnectionFailed`. `close` gives the connection back to its pool, or
    shuts it when the answer was not read to its end. Both may be called twice.
    """

    def __iter__(self) -> Iterator[Event]: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...
    @property
    def limited_for(self) -> float | None:
        """Seconds until the provider takes a further call, when its answer said that none is left;
        None when it said nothing of it."""
        ...

    @property
    def remaining(self) -> Remaining | None:
        """What the answer's headers say that remains; None before they came, and when they say
        nothing of it."""
        ...
