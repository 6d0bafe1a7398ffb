"""The shapes of a model call as callers see them: the proxies' request, its events, its result.

The words are those of OpenAI's chat completions wherever it has one for the thing
(https://platform.openai.com/docs/api-reference/chat), so nobody learns a new shape.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue, StringConstraints

from colonycraft.platform.operations import ErrorDetails, Model

MAX_TEXT = 1_000_000
MAX_BASE64 = 20_000_000

Text = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
Base64 = Annotated[str, StringConstraints(min_length=1, max_length=MAX_BASE64)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9_-]{1,64}$")]
ModelName = Annotated[str, StringConstraints(min_length=1, max_length=200)]
JsonObject = dict[str, JsonValue]


class Snake(Model):
    """OpenAI's words keep OpenAI's spelling."""

    model_config = ConfigDict(alias_generator=None)


class TextContent(Snake):
    type: Literal["text"]
    text: Text


class ImageUrl(Snake):
    """`url` is https or a base64 data URL."""

    url: Annotated[
        str, StringConstraints(pattern=r"^(https://|data:image/)", max_length=MAX_BASE64)
    ]
    detail: Literal["auto", "low", "high"] | None = None


class ImageContent(Snake):
    type: Literal["image_url"]
    image_url: ImageUrl


class InputAudio(Snake):
    data: Base64
    format: Literal["wav", "mp3"]


class AudioContent(Snake):
    type: Literal["input_audio"]
    input_audio: InputAudio


class FileData(Snake):
    """`file_data` is a base64 data URL."""

    file_data: Annotated[str, StringConstraints(pattern=r"^data:", max_length=MAX_BASE64)]
    filename: Annotated[str, StringConstraints(max_length=255)] | None = None


class FileContent(Snake):
    type: Literal["file"]
    file: FileData


ContentPart = Annotated[
    TextContent | ImageContent | AudioContent | FileContent, Field(discriminator="type")
]


class SystemMessage(Snake):
    role: Literal["system", "developer"]
    content: Text | list[TextContent]


class UserMessage(Snake):
    role: Literal["user"]
    content: Text | Annotated[list[ContentPart], Field(min_length=1, max_length=100)]


class FunctionCall(Snake):
    name: Name
    arguments: Text


class MessageToolCall(Snake):
    id: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    type: Literal["function"] = "function"
    function: FunctionCall


class AssistantMessage(Snake):
    role: Literal["assistant"]
    content: Text | list[TextContent] | None = None
    refusal: Text | None = None
    tool_calls: Annotated[list[MessageToolCall], Field(max_length=128)] | None = None


class ToolMessage(Snake):
    role: Literal["tool"]
    tool_call_id: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    content: Text | list[TextContent]


ProxyMessage = Annotated[
    SystemMessage | UserMessage | AssistantMessage | ToolMessage, Field(discriminator="role")
]


class FunctionDefinition(Snake):
    name: Name
    description: Annotated[str, StringConstraints(max_length=10_000)] = ""
    parameters: JsonObject = Field(default_factory=lambda: {"type": "object", "properties": {}})
    strict: bool | None = None


class FunctionTool(Snake):
    type: Literal["function"]
    function: FunctionDefinition


class NamedFunction(Snake):
    name: Name


class NamedTool(Snake):
    type: Literal["function"]
    function: NamedFunction


class JsonSchemaDefinition(Snake):
    name: Name = "answer"
    description: Annotated[str, StringConstraints(max_length=10_000)] | None = None
    schema_: JsonObject = Field(alias="schema")
    strict: bool | None = None


class TextFormat(Snake):
    type: Literal["text"]


class JsonObjectFormat(Snake):
    type: Literal["json_object"]


class JsonSchemaFormat(Snake):
    type: Literal["json_schema"]
    json_schema: JsonSchemaDefinition


class ProxyRequest(Snake):
    """One request to one model of this provider. Stateless: nothing is stored, but whole answers
    where the workspace has a cache of them. `cache` true asks for that where it is only for who
    does; false asks past it.

    `model` is the provider's own name. `max_tokens` limits the answer, reasoning included. There
    is one answer (`n` is 1), and whether it is streamed is decided by how the function is called.
    """

    model: ModelName
    messages: Annotated[list[ProxyMessage], Field(min_length=1, max_length=2000)]
    tools: Annotated[list[FunctionTool], Field(max_length=128)] | None = None
    tool_choice: Literal["auto", "none", "required"] | NamedTool | None = None
    parallel_tool_calls: bool | None = None
    n: Literal[1] | None = None
    response_format: (
        Annotated[TextFormat | JsonObjectFormat | JsonSchemaFormat, Field(discriminator="type")]
        | None
    ) = None
    max_tokens: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    stop: (
        Annotated[str, StringConstraints(min_length=1, max_length=500)]
        | Annotated[
            list[Annotated[str, StringConstraints(min_length=1, max_length=500)]],
            Field(max_length=16),
        ]
        | None
    ) = None
    seed: Annotated[int, Field(ge=-(2**63), lt=2**63)] | None = None
    frequency_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    presence_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high"] | None = None
    cache: bool | None = None


class TokenUsage(Model):
    """Tokens as the provider reported them; null means that it did not say.

    Some providers count cached tokens among `input_tokens`, others beside them. `partial`: it is
    a sum, and of some of its attempts nothing is known.
    """

    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_input_tokens: int | None = None
    cache_write_tokens: int | None = None
    reasoning_tokens: int | None = None
    partial: bool = False


class Cost(Model):
    """Integer micro-dollars; `micros` null where the price is not known. `partial`: it is a sum,
    and of some of its attempts the cost is not known."""

    micros: int | None = None
    source: str
    partial: bool = False


class Cached(Model):
    """The answer was made before, at `made_at` (ISO 8601), and kept. What it had cost is saved:
    `saved_micros`, null where that is not known."""

    made_at: str
    saved_micros: int | None


class Attempt(Model):
    """One try at one model (`connection/model`), or one that was not made ("skipped") because the
    model was known to be in trouble, or its turn did not come. `error` is a short code, null when
    it went well; `message` and `details` are as an error has them. Times in ms from the start of
    the call. `usage` and `cost` null where nothing was billed."""

    number: int
    model: str
    outcome: Literal["complete", "incomplete", "failed", "skipped", "lost"]
    error: str | None = None
    message: str | None = None
    details: ErrorDetails | None = None
    started_ms: int
    first_token_ms: int | None = None
    total_ms: int
    usage: TokenUsage | None = None
    cost: Cost | None = None


class ToolCallResult(Model):
    """A whole tool call; `arguments` is JSON as the model wrote it. Run it only if `valid`."""

    id: str
    name: str
    arguments: str
    valid: bool


ResultReason = Literal[
    "complete", "tool_calls", "length", "filtered", "refusal", "paused", "queued", "incomplete"
]


class TextDeltaEvent(Model):
    type: Literal["text-delta"] = "text-delta"
    text: str


class ReasoningDeltaEvent(Model):
    type: Literal["reasoning-delta"] = "reasoning-delta"
    text: str


class ToolCalledEvent(Model):
    type: Literal["tool-called"] = "tool-called"
    index: int
    call: ToolCallResult


class AttemptFailedEvent(Model):
    """An attempt failed; another follows after `retry_in_ms`, or none when that is null.

    `next_model` is the one that goes on: the same again, or another, which continues the text that
    has been shown.
    """

    type: Literal["attempt-failed"] = "attempt-failed"
    attempt: Attempt
    retry_in_ms: int | None = None
    next_model: str | None = None


class CallWaitingEvent(Model):
    """The model is at its provider's limit, and the call waits for its turn: position 1 is the next
    one, `seconds` are about those that it will take. Told again while it lasts, until the answer
    begins or the call goes elsewhere. `title` is the model's name as people read it."""

    type: Literal["call-waiting"] = "call-waiting"
    model: str
    title: str
    position: int
    seconds: int


ProxyEvent = Annotated[
    TextDeltaEvent | ReasoningDeltaEvent | ToolCalledEvent | AttemptFailedEvent | CallWaitingEvent,
    Field(discriminator="type"),
]


class ProxyResult(Model):
    """The whole answer. `model` is what the provider says it used. With `cached` no provider was
    asked, and `usage` is what the answer took when it was made."""

    text: str
    reasoning: str
    refusal: str | None
    tool_calls: list[ToolCallResult]
    reason: ResultReason
    finish_reason: str | None
    model: str
    usage: TokenUsage | None
    cost: Cost
    attempts: list[Attempt]
    cached: Cached | None = None


class ModelPrice(Model):
    """Micro-dollars a million tokens; `second_micros` a second, where time is charged instead."""

    input_micros: int
    output_micros: int
    second_micros: int = 0
    source: str
    as_of: str | None = None


class ModelHealth(Model):
    """How a model or a connection does, as the calls of the last minutes found it. Times in ISO
    8601: `until` is when it is asked again."""

    state: Literal["ok", "trouble", "limited"]
    since: str | None = None
    until: str | None = None


class ModelSummary(Model):
    """A model that can be chosen. `id` is `connection/model`."""

    id: str
    connection: str
    connection_name: str
    name: str
    vision: bool
    audio: bool
    tools: bool
    reasoning: bool
    context_tokens: int | None
    output_tokens: int | None
    price: ModelPrice | None
    health: ModelHealth


class ConnectionSummary(Model):
    """`state` says why a connection offers nothing: no key, or away; `message` and `details` say
    more, as an error has them. `health` is not ok where all of the connection is affected."""

    id: str
    name: str
    state: Literal["ready", "not-configured", "away"]
    message: str | None = None
    details: ErrorDetails | None = None
    health: ModelHealth


class ModelList(Model):
    models: list[ModelSummary]
    connections: list[ConnectionSummary]
    default_model: str | None
