"""What is sent to each provider, byte for byte as JSON; and what is refused before it is sent."""

from dataclasses import replace
from typing import Any

import pytest

from colonycraft.errors import Unsupported
from colonycraft.llm import start
from colonycraft.llm.port import (
    AudioPart,
    Connection,
    FilePart,
    ImagePart,
    Message,
    ModelRequest,
    OpaquePart,
    ResponseFormat,
    TextPart,
    Tool,
    ToolCallPart,
    ToolResultPart,
    collect,
)
from support.upstream import JSON, Received, reply, upstream

WHOLE = {
    "openai_chat": '{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}',
    "openai_responses": '{"status":"completed","output":[]}',
    "anthropic_messages": '{"content":[],"stop_reason":"end_turn"}',
    "mistral_chat": '{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}',
    "ollama_chat": '{"message":{"content":"ok"},"done":true}',
}
ADAPTERS = tuple(WHOLE)
MODELS = {
    "openai_chat": "gpt-4o",
    "openai_responses": "gpt-4o",
    "anthropic_messages": "claude-sonnet-4-5",
    "mistral_chat": "mistral-large-latest",
    "ollama_chat": "qwen2.5",
}
HELLO = Message("user", (TextPart("hello"),))
SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}}
WEATHER = Tool("weather", "The weather of a city", {"type": "object", "properties": {}})
PIXEL = ImagePart(media_type="image/png", data="aGk=")
PDF = FilePart(media_type="application/pdf", data="JVBERi0=", name="a.pdf")
ROUND = (
    HELLO,
    Message("assistant", (TextPart("let me see"), ToolCallPart("call_1", "weather", '{"a":1}'))),
    Message("tool", (ToolResultPart("call_1", "sunny"),)),
)


def request_to(adapter: str, **changes: Any) -> ModelRequest:
    return replace(ModelRequest(model=MODELS[adapter], messages=(HELLO,)), **changes)


def received(
    adapter: str, *, stream: bool = False, connection: dict[str, Any] | None = None, **changes: Any
) -> Received:
    """The request as the provider gets it."""
    with upstream(reply(WHOLE[adapter], JSON)) as server:
        url = server.url + ("/v1" if adapter.startswith("openai") else "")
        settings: dict[str, Any] = {"base_url": url, "api_key": "k-123"} | (connection or {})
        place = Connection("c", adapter, "C", **settings)
        collect(start(place, request_to(adapter, **changes), stream=stream))
        (only,) = server.received
        return only


def sent(adapter: str, **changes: Any) -> dict[str, Any]:
    return received(adapter, **changes).json


def refused(adapter: str, **changes: Any) -> Unsupported:
    place = Connection("c", adapter, "C", base_url="http://127.0.0.1:1", api_key="k")
    with pytest.raises(Unsupported) as caught:
        start(place, request_to(adapter, **changes), stream=False)
    return caught.value


def test_the_smallest_request() -> None:
    assert sent("openai_chat") == {
        "model": "gpt-4o",
        "messages": [{"role": "user", "content": "hello"}],
    }
    assert sent("openai_responses") == {
        "model": "gpt-4o",
        "input": [{"role": "user", "content": [{"type": "input_text", "text": "hello"}]}],
        "store": False,
    }
    assert sent("anthropic_messages") == {
        "model": "claude-sonnet-4-5",
        "max_tokens": 64000,
        "messages": [{"role": "user", "content": [{"type": "text", "text": "hello"}]}],
    }
    assert sent("mistral_chat") == {
        "model": "mistral-large-latest",
        "messages": [{"role": "user", "content": "hello"}],
    }
    assert sent("ollama_chat") == {
        "model": "qwen2.5",
        "messages": [{"role": "user", "content": "hello"}],
        "options": {"num_predict": 2048},
        "stream": False,
    }


@pytest.mark.parametrize(
    ("adapter", "path", "header", "value"),
    [
        ("openai_chat", "/v1/chat/completions", "authorization", "Bearer k-123"),
        ("openai_responses", "/v1/responses", "authorization", "Bearer k-123"),
        ("anthropic_messages", "/v1/messages", "authorization", "Bearer k-123"),
        ("mistral_chat", "/v1/chat/completions", "authorization", "Bearer k-123"),
        ("ollama_chat", "/api/chat", "authorization", "Bearer k-123"),
    ],
)
def test_path_key_and_agent_are_the_sdks(adapter: str, path: str, header: str, value: str) -> None:
    request = received(adapter)
    assert (request.method, request.path) == ("POST", path)
    assert request.headers[header] == value
    assert request.headers["content-type"] == "application/json"
    assert any(name in request.headers["user-agent"].lower() for name in adapter.split("_"))


def test_streaming_is_asked_for() -> None:
    assert sent("openai_chat", stream=True)["stream_options"] == {"include_usage": True}
    for adapter in ADAPTERS:
        assert sent(adapter, stream=True)["stream"] is True
    quiet = {"options": {"stream_usage": "off"}}
    assert "stream_options" not in sent("openai_chat", stream=True, connection=quiet)


def test_a_local_server_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_API_KEY", "key-of-another-server")
    assert "authorization" not in received("ollama_chat", connection={"api_key": None}).headers
    for adapter in ADAPTERS[:-1]:
        assert received(adapter, connection={"api_key": None}).body


@pytest.mark.parametrize("adapter", ["anthropic_messages", "mistral_chat"])
def test_an_address_may_end_in_the_version(adapter: str) -> None:
    with upstream(reply(WHOLE[adapter])) as server:
        place = Connection("c", adapter, "C", base_url=f"{server.url}/v1/", api_key="k")
        collect(start(place, request_to(adapter), stream=False))
        assert server.received[0].path.startswith("/v1/")
        assert "v1/v1" not in server.received[0].path


def test_system_prompts() -> None:
    messages = (
        Message("system", (TextPart("be brief"),)),
        Message("system", (TextPart("be kind"),)),
        HELLO,
    )
    texts = [
        {"role": "system", "content": "be brief"},
        {"role": "system", "content": "be kind"},
        {"role": "user", "content": "hello"},
    ]
    for adapter in ("openai_chat", "mistral_chat", "ollama_chat"):
        assert sent(adapter, messages=messages)["messages"] == texts
    body = sent("anthropic_messages", messages=messages)
    assert body["system"] == "be brief\n\nbe kind"
    assert [message["role"] for message in body["messages"]] == ["user"]
    assert sent("openai_responses", messages=messages)["input"][0] == {
        "role": "system",
        "content": [{"type": "input_text", "text": "be brief"}],
    }


def test_images_and_files() -> None:
    message = Message("user", (TextPart("look"), replace(PIXEL, detail="low"), PDF))
    data, pdf = "data:image/png;base64,aGk=", "data:application/pdf;base64,JVBERi0="
    assert sent("openai_chat", messages=(message,))["messages"][0]["content"] == [
        {"type": "text", "text": "look"},
        {"type": "image_url", "image_url": {"url": data, "detail": "low"}},
        {"type": "file", "file": {"filename": "a.pdf", "file_data": pdf}},
    ]
    assert sent("openai_responses", messages=(message,))["input"][0]["content"] == [
        {"type": "input_text", "text": "look"},
        {"type": "input_image", "image_url": data, "detail": "low"},
        {"type": "input_file", "filename": "a.pdf", "file_data": pdf},
    ]
    source = {"type": "base64", "media_type": "image/png", "data": "aGk="}
    document = {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0="}
    assert sent("anthropic_messages", messages=(message,))["messages"][0]["content"] == [
        {"type": "text", "text": "look"},
        {"type": "image", "source": source},
        {"type": "document", "source": document, "title": "a.pdf"},
    ]
    assert sent("mistral_chat", messages=(message,))["messages"][0]["content"] == [
        {"type": "text", "text": "look"},
        {"type": "image_url", "image_url": data},
        {"type": "document_url", "document_url": pdf, "document_name": "a.pdf"},
    ]
    image_only = Message("user", (TextPart("look"), PIXEL))
    assert sent("ollama_chat", messages=(image_only,))["messages"][0] == {
        "role": "user",
        "content": "look",
        "images": ["aGk="],
    }


def test_images_by_address() -> None:
    message = Message("user", (ImagePart(url="https://example.test/a.png"),))
    content = sent("openai_chat", messages=(message,))["messages"][0]["content"]
    assert content == [
        {"type": "image_url", "image_url": {"url": "https://example.test/a.png"}},
    ]
    content = sent("anthropic_messages", messages=(message,))["messages"][0]["content"]
    assert content[0]["source"] == {"type": "url", "url": "https://example.test/a.png"}
    assert refused("ollama_chat", messages=(message,)).details["feature"] == "image_url"


def test_audio() -> None:
    message = Message("user", (AudioPart(data="aGk=", format="wav"),))
    body = sent("openai_chat", model="gpt-audio", messages=(message,))
    assert body["messages"][0]["content"] == [
        {"type": "input_audio", "input_audio": {"data": "aGk=", "format": "wav"}}
    ]
    body = sent("mistral_chat", model="voxtral-small-latest", messages=(message,))
    assert body["messages"][0]["content"] == [{"type": "input_audio", "input_audio": "aGk="}]
    for adapter in ADAPTERS:
        error = refused(adapter, messages=(message,))
        assert error.details["feature"] == "audio"
        assert "audio" in error.message


def test_text_files() -> None:
    note = Message("user", (FilePart("text/plain", "aMOp", "n.txt"),))
    block = sent("anthropic_messages", messages=(note,))["messages"][0]["content"][0]
    assert block["source"] == {"type": "text", "media_type": "text/plain", "data": "hé"}
    sheet = Message("user", (FilePart("application/vnd.ms-excel", "aGk="),))
    assert refused("anthropic_messages", messages=(sheet,)).details["feature"] == "file"
    assert refused("ollama_chat", messages=(note,)).details["feature"] == "file"


def test_tools() -> None:
    strict = replace(WEATHER, name="exact", strict=True)
    changes: dict[str, Any] = {"tools": (WEATHER, strict), "tool_choice": "auto"}
    function: dict[str, Any] = {
        "name": "weather",
        "description": "The weather of a city",
        "parameters": {"type": "object", "properties": {}},
    }
    for adapter in ("openai_chat", "mistral_chat"):
        body = sent(adapter, **changes, parallel_tool_calls=False)
        assert body["tools"] == [
            {"type": "function", "function": function},
            {"type": "function", "function": function | {"name": "exact", "strict": True}},
        ]
        assert (body["tool_choice"], body["parallel_tool_calls"]) == ("auto", False)
    assert sent("openai_responses", **changes)["tools"] == [
        {"type": "function", "strict": False} | function,
        {"type": "function", "strict": True} | function | {"name": "exact"},
    ]
    assert sent("anthropic_messages", tools=(WEATHER,))["tools"] == [
        {
            "name": "weather",
            "description": "The weather of a city",
            "input_schema": {"type": "object", "properties": {}},
        }
    ]
    assert sent("ollama_chat", tools=(WEATHER,))["tools"] == [
        {"type": "function", "function": function}
    ]


@pytest.mark.parametrize(
    ("adapter", "required", "named"),
    [
        ("openai_chat", "required", {"type": "function", "function": {"name": "weather"}}),
        ("openai_responses", "required", {"type": "function", "name": "weather"}),
        ("anthropic_messages", {"type": "any"}, {"type": "tool", "name": "weather"}),
        ("mistral_chat", "any", {"type": "function", "function": {"name": "weather"}}),
    ],
)
def test_tool_choice(adapter: str, required: Any, named: Any) -> None:
    tools = (WEATHER,)
    assert sent(adapter, tools=tools, tool_choice="required")["tool_choice"] == required
    assert sent(adapter, tools=tools, tool_choice="weather")["tool_choice"] == named
    refused(adapter, tools=tools, tool_choice="forecast")
    refused(adapter, tool_choice="required")


def test_tool_choice_of_ollama_and_anthropic() -> None:
    assert "tools" not in sent("ollama_chat", tools=(WEATHER,), tool_choice="none")
    refused("ollama_chat", tools=(WEATHER,), tool_choice="required")
    refused("ollama_chat", tools=(WEATHER,), parallel_tool_calls=False)
    body = sent("anthropic_messages", tools=(WEATHER,), parallel_tool_calls=False)
    assert body["tool_choice"] == {"type": "auto", "disable_parallel_tool_use": True}
    newest = {"model": "claude-opus-5-5", "tools": (WEATHER,), "tool_choice": "required"}
    assert refused("anthropic_messages", **newest).details["feature"] == "tool_choice"


def test_tool_round_trip() -> None:
    call = {
        "id": "call_1",
        "type": "function",
        "function": {"name": "weather", "arguments": '{"a":1}'},
    }
    assert sent("openai_chat", messages=ROUND)["messages"][1:] == [
        {"role": "assistant", "content": "let me see", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": "sunny"},
    ]
    assert sent("openai_responses", messages=ROUND)["input"][1:] == [
        {"role": "assistant", "content": [{"type": "output_text", "text": "let me see"}]},
        {
            "type": "function_call",
            "call_id": "call_1",
            "name": "weather",
            "arguments": '{"a":1}',
        },
        {"type": "function_call_output", "call_id": "call_1", "output": "sunny"},
    ]
    assert sent("anthropic_messages", messages=ROUND)["messages"][1:] == [
        {
            "role": "assistant",
            "content": [
                {"type": "text", "text": "let me see"},
                {"type": "tool_use", "id": "call_1", "name": "weather", "input": {"a": 1}},
            ],
        },
        {
            "role": "user",
            "content": [{"type": "tool_result", "tool_use_id": "call_1", "content": "sunny"}],
        },
    ]
    assert sent("ollama_chat", messages=ROUND)["messages"][1:] == [
        {
            "role": "assistant",
            "content": "let me see",
            "tool_calls": [{"function": {"name": "weather", "arguments": {"a": 1}}}],
        },
        {"role": "tool", "content": "sunny", "tool_name": "weather"},
    ]


def test_mistral_takes_ids_of_nine_characters() -> None:
    messages = sent("mistral_chat", messages=ROUND)["messages"]
    id = messages[1]["tool_calls"][0]["id"]
    assert len(id) == 9 and id.isalnum()
    assert messages[2] == {
        "role": "tool",
        "tool_call_id": id,
        "name": "weather",
        "content": "sunny",
    }


def test_anthropic_joins_messages_of_one_role() -> None:
    messages = (
        *ROUND,
        Message("tool", (ToolResultPart("call_2", "no such city", is_error=True),)),
        Message("user", (TextPart("  "), TextPart("and now?"))),
    )
    body = sent("anthropic_messages", messages=messages)
    assert [message["role"] for message in body["messages"]] == ["user", "assistant", "user"]
    assert body["messages"][2]["content"] == [
        {"type": "tool_result", "tool_use_id": "call_1", "content": "sunny"},
        {
            "type": "tool_result",
            "tool_use_id": "call_2",
            "content": "no such city",
            "is_error": True,
        },
        {"type": "text", "text": "and now?"},
    ]


def test_arguments_that_are_not_an_object_become_an_empty_one() -> None:
    messages = (HELLO, Message("assistant", (ToolCallPart("c", "weather", "{cut"),)))
    for adapter, path in (("anthropic_messages", "content"), ("ollama_chat", "tool_calls")):
        (call,) = sent(adapter, messages=(*messages, HELLO))["messages"][1][path]
        assert (call.get("input") or call.get("function", {}).get("arguments") or {}) == {}


def test_structured_output() -> None:
    form = ResponseFormat(schema=SCHEMA, name="thing", strict=True)
    chat = {"type": "json_schema"}
    named = {"name": "thing", "schema": SCHEMA, "strict": True}
    assert sent("openai_chat", response_format=form)["response_format"] == chat | {
        "json_schema": named
    }
    assert sent("mistral_chat", response_format=form)["response_format"] == chat | {
        "json_schema": named
    }
    assert sent("openai_responses", response_format=form)["text"] == {"format": chat | named}
    assert sent("anthropic_messages", response_format=form)["output_config"] == {
        "format": chat | {"schema": SCHEMA}
    }
    assert sent("ollama_chat", response_format=form)["format"] == SCHEMA


def test_any_json() -> None:
    form = ResponseFormat()
    for adapter in ("openai_chat", "mistral_chat"):
        assert sent(adapter, response_format=form)["response_format"] == {"type": "json_object"}
    assert sent("openai_responses", response_format=form)["text"] == {
        "format": {"type": "json_object"}
    }
    assert sent("ollama_chat", response_format=form)["format"] == "json"
    assert (
        refused("anthropic_messages", response_format=form).details["feature"] == "response_format"
    )


def test_sampling_and_limits() -> None:
    changes: dict[str, Any] = {
        "max_output_tokens": 50,
        "temperature": 0.5,
        "top_p": 0.9,
        "stop": ("END",),
        "seed": 7,
        "frequency_penalty": 0.1,
        "presence_penalty": 0.2,
    }
    common = {"temperature": 0.5, "top_p": 0.9}
    penalties = {"frequency_penalty": 0.1, "presence_penalty": 0.2}
    chat = {"model": "gpt-4o", "messages": [{"role": "user", "content": "hello"}]}
    assert sent("openai_chat", **changes) == chat | common | penalties | {
        "max_tokens": 50,
        "stop": ["END"],
        "seed": 7,
    }
    assert sent("mistral_chat", **changes) == chat | common | penalties | {
        "model": "mistral-large-latest",
        "max_tokens": 50,
        "stop": ["END"],
        "random_seed": 7,
    }
    assert sent("ollama_chat", **changes, context_window=8192)["options"] == (
        common | penalties | {"num_predict": 50, "num_ctx": 8192, "stop": ["END"], "seed": 7}
    )
    anthropic = {name: changes[name] for name in ("max_output_tokens", "temperature", "stop")}
    body = sent("anthropic_messages", **anthropic)
    assert (body["max_tokens"], body["temperature"], body["stop_sequences"]) == (50, 0.5, ["END"])
    body = sent("openai_responses", max_output_tokens=50, temperature=0.5, top_p=0.9)
    assert (body["max_output_tokens"], body["temperature"], body["top_p"]) == (50, 0.5, 0.9)


@pytest.mark.parametrize(
    ("adapter", "changes"),
    [
        ("openai_responses", {"seed": 1}),
        ("openai_responses", {"stop": ("x",)}),
        ("openai_responses", {"presence_penalty": 0.5}),
        ("openai_responses", {"reasoning_effort": "high"}),
        ("anthropic_messages", {"seed": 1}),
        ("anthropic_messages", {"frequency_penalty": 0.5}),
        ("anthropic_messages", {"temperature": 1.5}),
        ("anthropic_messages", {"model": "claude-opus-5-5", "temperature": 0.2}),
        ("anthropic_messages", {"model": "claude-opus-5-5", "reasoning_effort": "none"}),
        ("anthropic_messages", {"temperature": 0.2, "reasoning_effort": "low"}),
        ("anthropic_messages", {"max_output_tokens": 500, "reasoning_effort": "low"}),
        ("mistral_chat", {"reasoning_effort": "high"}),
        ("mistral_chat", {"model": "mistral-large-4", "reasoning_effort": "low"}),
        ("openai_chat", {"model": "gpt-5", "temperature": 0.2}),
        ("openai_chat", {"model": "gpt-5", "stop": ("x",)}),
        ("openai_chat", {"model": "gpt-5", "reasoning_effort": "none"}),
        ("openai_chat", {"reasoning_effort": "high"}),
        ("openai_responses", {"model": "o3", "top_p": 0.2}),
    ],
)
def test_refused_with_the_reason(adapter: str, changes: dict[str, Any]) -> None:
    error = refused(adapter, **changes)
    assert error.details["feature"] in (*changes, "temperature", "reasoning_effort")
    assert error.message.endswith(".")


def test_what_known_models_cannot_take() -> None:
    image: dict[str, Any] = {"messages": (Message("user", (PIXEL,)),)}
    assert refused("openai_chat", model="gpt-audio", **image).details["feature"] == "image"
    assert refused("mistral_chat", model="codestral-latest", **image).details["feature"] == "image"
    assert sent("openai_chat", model="unknown", **image)["messages"][0]["content"]
    one_at_a_time: dict[str, Any] = {"model": "o3", "tools": (WEATHER,)}
    for adapter in ("openai_chat", "openai_responses"):
        body = sent(adapter, **one_at_a_time, parallel_tool_calls=False)
        assert "parallel_tool_calls" not in body
    request = ModelRequest("gpt-5-pro", (HELLO,))
    with pytest.raises(Unsupported):
        start(Connection("o", "openai_chat", "O", api_key="k"), request, stream=False)


def test_no_effort_of_a_model_that_makes_none_is_not_sent() -> None:
    for adapter in ADAPTERS[:-1]:
        assert "reasoning_effort" not in sent(adapter, reasoning_effort="none")


def test_zero_penalties_and_the_default_temperature_change_nothing() -> None:
    changes: dict[str, Any] = {"frequency_penalty": 0, "presence_penalty": 0.0, "temperature": 1}
    for adapter in ("anthropic_messages", "openai_responses"):
        assert "frequency_penalty" not in sent(adapter, **changes)
    body = sent("openai_chat", model="gpt-5", **changes)
    assert not {"temperature", "frequency_penalty", "presence_penalty"} & body.keys()


def test_openai_reasoning_models() -> None:
    changes: dict[str, Any] = {"model": "gpt-5", "reasoning_effort": "low"}
    body = sent("openai_chat", **changes, max_output_tokens=90)
    assert (body["max_completion_tokens"], body["reasoning_effort"]) == (90, "low")
    assert "max_tokens" not in body
    summary = {"options": {"reasoning_summary": "auto"}}
    body = sent("openai_responses", **changes, connection=summary)
    assert body["reasoning"] == {"effort": "low", "summary": "auto"}
    assert body["include"] == ["reasoning.encrypted_content"]
    assert "include" not in sent("openai_responses")


def test_thinking_of_anthropic() -> None:
    body = sent("anthropic_messages", reasoning_effort="medium", max_output_tokens=4000)
    assert body["thinking"] == {"type": "enabled", "budget_tokens": 3999}
    body = sent("anthropic_messages", reasoning_effort="high", temperature=1)
    assert body["thinking"] == {"type": "enabled", "budget_tokens": 24576}
    assert "temperature" not in body
    body = sent("anthropic_messages", reasoning_effort="none")
    assert body["thinking"] == {"type": "disabled"}
    body = sent("anthropic_messages", model="claude-sonnet-5", reasoning_effort="minimal")
    assert body["thinking"] == {"type": "adaptive"}
    assert body["output_config"] == {"effort": "low"}


def test_thinking_of_mistral_and_ollama() -> None:
    body = sent("mistral_chat", model="mistral-large-4", reasoning_effort="high")
    assert body["reasoning_effort"] == "high"
    assert "reasoning_effort" not in sent("mistral_chat", reasoning_effort="none")
    assert sent("ollama_chat", reasoning_effort="none")["think"] is False
    assert sent("ollama_chat", reasoning_effort="low")["think"] is True
    assert sent("ollama_chat", model="gpt-oss:20b", reasoning_effort="minimal")["think"] == "low"
    assert "think" not in sent("ollama_chat")


def test_the_beginning_of_an_answer() -> None:
    messages = (HELLO, Message("assistant", (TextPart("Once upon \n"),)))
    body = sent("anthropic_messages", messages=messages)
    assert body["messages"][-1]["content"] == [{"type": "text", "text": "Once upon"}]
    assert sent("mistral_chat", messages=messages)["messages"][-1] == {
        "role": "assistant",
        "content": "Once upon \n",
        "prefix": True,
    }
    error = refused("anthropic_messages", model="claude-opus-4-7", messages=messages)
    assert error.details["feature"] == "prefill"


def test_unknown_models_of_anthropic_get_a_modest_limit() -> None:
    assert sent("anthropic_messages", model="claude-of-tomorrow")["max_tokens"] == 4096


@pytest.mark.parametrize(
    ("adapter", "state"),
    [
        ("openai_responses", {"type": "reasoning", "id": "rs_1", "encrypted_content": "x"}),
        ("anthropic_messages", {"type": "thinking", "thinking": "hm", "signature": "s"}),
        ("openai_chat", {"reasoning_content": "hm"}),
        ("ollama_chat", {"thinking": "hm"}),
    ],
)
def test_state_goes_back_to_the_model_that_made_it(adapter: str, state: dict[str, Any]) -> None:
    def messages(model: str) -> tuple[Message, ...]:
        parts = (OpaquePart(model, state), ToolCallPart("c1", "weather", "{}"))
        result = Message("tool", (ToolResultPart("c1", "sunny"),))
        return (HELLO, Message("assistant", parts), result)

    value = next(iter(state.values()))
    model = MODELS[adapter]
    assert f'"{value}"'.encode() in received(adapter, messages=messages(model)).body
    assert b'"hm"' not in received(adapter, messages=messages("another-model")).body
    assert b"rs_1" not in received(adapter, messages=messages("another-model")).body


def test_azure_gets_its_header_and_version() -> None:
    with upstream(reply(WHOLE["openai_chat"])) as server:
        address = server.url.replace("127.0.0.1", "127.0.0.1") + "/x.azure.com/openai/v1"
        options = {"api_version": "2026-01-01"}
        place = Connection("az", "openai_chat", "Azure", address, "k-1", options)
        collect(start(place, request_to("openai_chat"), stream=False))
        assert server.received[0].headers["api-key"] == "k-1"
        assert server.received[0].path.endswith("/chat/completions?api-version=2026-01-01")


def test_half_a_character_can_be_sent() -> None:
    for adapter in ADAPTERS:
        body = received(adapter, messages=(Message("user", (TextPart("a\ud83db"),)),)).body
        assert b"a\\ud83db" in body
    assert (
        "né".encode()
        in received("openai_chat", messages=(Message("user", (TextPart("né"),)),)).body
    )
