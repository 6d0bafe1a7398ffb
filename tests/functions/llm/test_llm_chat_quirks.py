"""Chat completions as servers that copied them send them."""

import json
from typing import Any

import pytest
from colonycraft.errors import (
    ConnectionFailed,
    ContextOverflow,
    MalformedResponse,
    Overloaded,
    QuotaExhausted,
    RateLimited,
)
from colonycraft.llm import answer, decoding
from colonycraft.llm.port import Usage
from llm_answers import answered, streamed, whole
from llm_upstream import JSON, SSE, chunked, events, reply

CHAT = ("openai_chat", "mistral_chat")
DONE = "[DONE]"


def delta(finish: str | None = None, index: int = 0, **content: Any) -> dict[str, Any]:
    choice = {"index": index, "delta": content, "finish_reason": finish}
    return {"object": "chat.completion.chunk", "model": "m", "choices": [choice]}


def call(index: int | None = 0, id: str | None = None, **function: Any) -> dict[str, Any]:
    entry: dict[str, Any] = {"function": function}
    if index is not None:
        entry["index"] = index
    if id is not None:
        entry["id"] = id
    return entry


def tools(*entries: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    return delta(finish, tool_calls=list(entries))


def calls_of(*objects: Any, declared: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    seen = streamed("openai_chat", events(*objects), tools=declared)
    assert seen.error is None
    return [(each.id, each.name, each.arguments) for each in seen.completion.tool_calls]


@pytest.mark.parametrize("adapter", CHAT)
def test_text_then_end(adapter: str) -> None:
    seen = streamed(adapter, events(delta(content="a"), delta(content="b"), delta("stop"), DONE))
    assert (seen.completion.text, seen.outcome) == ("ab", "complete")
    assert seen.completion.usage is None


def test_without_a_space_and_without_the_last_blank_line() -> None:
    body = b"data:" + json.dumps(delta("stop", content="a")).encode() + b"\n\ndata:[DONE]"
    assert streamed("openai_chat", body).outcome == "complete"


def test_an_event_over_several_data_lines() -> None:
    text = json.dumps(delta("stop", content="a"), indent=1).replace("\n", "\ndata: ")
    assert streamed("openai_chat", f"data: {text}\n\ndata: [DONE]\n\n").completion.text == "a"


def test_a_stream_in_one_chunk_and_cut_anywhere() -> None:
    body = events(delta(content="né🎉"), delta("stop"), DONE)
    for cut in range(1, len(body), 7):
        seen = answered("openai_chat", chunked(body[:cut], body[cut:]))
        assert (seen.completion.text, seen.outcome) == ("né🎉", "complete")


def test_nulls_and_empty_deltas() -> None:
    seen = streamed(
        "openai_chat",
        events(
            {"choices": [], "prompt_filter_results": []},
            {"choices": None, "usage": None},
            {"choices": [{"index": 0, "delta": None, "finish_reason": None}]},
            delta(role="assistant", content=None, tool_calls=None, refusal=None),
            delta(content=""),
            delta(content="a"),
            delta("stop"),
            DONE,
        ),
    )
    assert (seen.completion.text, seen.outcome) == ("a", "complete")


def test_usage_with_the_last_choice_alone_repeated_and_cumulative() -> None:
    first = {"prompt_tokens": 5, "completion_tokens": 1}
    last = {"prompt_tokens": 5, "completion_tokens": 9, "total_tokens": 14}
    expected = Usage(input_tokens=5, output_tokens=9)
    alone: dict[str, Any] = {"choices": [], "usage": last}
    for body in (
        events(delta("stop", content="a") | {"usage": last}, DONE),
        events(delta(content="a"), delta("stop"), alone, DONE),
        events(delta(content="a") | {"usage": first}, delta("stop"), alone, alone, DONE),
        events(delta("stop") | {"usage": last}, {"choices": [], "usage": None}, DONE),
    ):
        assert streamed("openai_chat", body).completion.usage == expected


def test_usage_of_zero_is_zero_and_nonsense_is_unknown() -> None:
    zero = {"prompt_tokens": 0, "completion_tokens": 0}
    seen = streamed("openai_chat", events(delta("stop") | {"usage": zero}, DONE))
    assert seen.completion.usage == Usage(input_tokens=0, output_tokens=0)
    useless: list[Any] = [{}, {"prompt_tokens": None}, {"prompt_tokens": "many"}, [], "none"]
    for nonsense in useless:
        seen = streamed("openai_chat", events(delta("stop") | {"usage": nonsense}, DONE))
        assert seen.completion.usage is None


def test_usage_details() -> None:
    counts = {
        "prompt_tokens": 9,
        "completion_tokens": 7,
        "prompt_tokens_details": {"cached_tokens": 4},
        "completion_tokens_details": {"reasoning_tokens": 3},
    }
    seen = streamed("openai_chat", events(delta("stop") | {"usage": counts}, DONE))
    assert seen.completion.usage == Usage(9, 7, 4, None, 3)
    deepseek = {"prompt_tokens": 9, "completion_tokens": 7, "prompt_cache_hit_tokens": 4}
    seen = streamed("openai_chat", events(delta("stop") | {"usage": deepseek}, DONE))
    assert seen.completion.usage == Usage(9, 7, 4)


@pytest.mark.parametrize(
    "pieces",
    [
        [{"reasoning_content": "hm"}, {"reasoning_content": "m"}],
        [{"reasoning": "hm"}, {"reasoning": "m"}],
        [{"reasoning_details": [{"type": "reasoning.text", "text": "hmm"}]}],
        [
            {"reasoning": "hmm", "reasoning_details": [{"text": "hmm"}]},
            {"reasoning": "", "reasoning_content": None},
        ],
        [{"reasoning": "hmm", "reasoning_content": "hmm"}],
        [{"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "hmm"}]}]}],
        [{"content": [{"type": "thinking", "thinking": "hmm"}]}],
    ],
)
def test_reasoning_in_any_field(pieces: list[dict[str, Any]]) -> None:
    chunks = [delta(**piece) for piece in pieces]
    seen = streamed("openai_chat", events(*chunks, delta("stop", content="a"), DONE))
    assert (seen.completion.reasoning, seen.completion.text) == ("hmm", "a")


def test_reasoning_comes_back_with_tool_results_only() -> None:
    thought = delta(reasoning_content="hmm")
    seen = streamed("openai_chat", events(thought, delta("stop", content="a"), DONE))
    assert seen.completion.opaque == []
    call_chunk = tools(call(id="1", name="f", arguments="{}"), finish="tool_calls")
    seen = streamed("openai_chat", events(thought, call_chunk, DONE))
    assert seen.completion.opaque == [{"reasoning_content": "hmm"}]


def test_content_in_pieces() -> None:
    content = [
        {"type": "text", "text": "a"},
        {"type": "reference", "reference_ids": [1]},
        {"type": "text", "text": "b"},
    ]
    for adapter in CHAT:
        seen = streamed(adapter, events(delta(content=content), delta("stop"), DONE))
        assert seen.completion.text == "ab"


def test_tool_arguments_in_pieces_interleaved() -> None:
    assert calls_of(
        tools(call(0, "1", name="f", arguments=""), call(1, "2", name="g", arguments="")),
        tools(call(1, arguments='{"b":')),
        tools(call(0, arguments='{"a":')),
        tools(call(0, arguments="1}")),
        tools(call(1, arguments="2}")),
        delta("tool_calls"),
        DONE,
    ) == [("1", "f", '{"a":1}'), ("2", "g", '{"b":2}')]


def test_tool_calls_without_index() -> None:
    assert calls_of(
        tools(call(None, "1", name="f", arguments='{"a":1}')),
        tools(call(None, "2", name="g", arguments="{")),
        tools(call(None, arguments="}")),
        delta("tool_calls"),
        DONE,
    ) == [("1", "f", '{"a":1}'), ("2", "g", "{}")]


def test_tool_calls_without_index_and_id() -> None:
    assert calls_of(
        tools(call(None, name="f", arguments="{}")),
        tools(call(None, name="g", arguments="{}")),
        delta("tool_calls"),
        DONE,
    ) == [("", "f", "{}"), ("", "g", "{}")]


def test_every_call_numbered_zero() -> None:
    assert calls_of(
        tools(call(0, "1", name="f", arguments="{}")),
        tools(call(0, "2", name="g", arguments="{}")),
        delta("tool_calls"),
        DONE,
    ) == [("1", "f", "{}"), ("2", "g", "{}")]


def test_ids_repeated_with_each_piece() -> None:
    assert calls_of(
        tools(call(0, "1", name="f", arguments='{"a"')),
        tools(call(0, "1", name="f", arguments=":1}")),
        delta("tool_calls"),
        DONE,
    ) == [("1", "f", '{"a":1}')]


def test_names_repeated_before_the_arguments() -> None:
    chunks = (
        tools(call(0, "1", name="f", arguments="")),
        tools(call(0, "1", name="f", arguments="{}")),
        delta("tool_calls"),
        DONE,
    )
    assert calls_of(*chunks, declared=("f",)) == [("1", "f", "{}")]
    assert calls_of(*chunks, declared=("ff",)) == [("1", "ff", "{}")]


def test_names_in_pieces() -> None:
    assert calls_of(
        tools(call(0, "1", name="get_")),
        tools(call(0, name="weather")),
        tools(call(0, arguments="{}")),
        delta("tool_calls"),
        DONE,
        declared=("get_weather",),
    ) == [("1", "get_weather", "{}")]


def test_arguments_before_the_name() -> None:
    assert calls_of(
        tools(call(0, arguments='{"a"')),
        tools(call(0, "1", name="f", arguments=":1}")),
        delta("tool_calls"),
        DONE,
    ) == [("1", "f", '{"a":1}')]


def test_arguments_as_an_object_null_or_empty() -> None:
    for arguments, expected in (({"a": 1}, '{"a": 1}'), (None, "{}"), ("", "{}"), ("  ", "  {}")):
        chunk = tools(call(0, "1", name="f", arguments=arguments), finish="tool_calls")
        assert calls_of(chunk, DONE) == [("1", "f", expected)]


def test_the_word_null_is_no_id() -> None:
    chunk = tools(call(0, "null", name="f", arguments="{}"), finish="tool_calls")
    assert calls_of(chunk, DONE) == [("", "f", "{}")]


def test_functions_of_old() -> None:
    seen = streamed(
        "openai_chat",
        events(
            delta(function_call={"name": "f", "arguments": ""}),
            delta(function_call={"arguments": '{"a":1}'}),
            delta("function_call"),
            DONE,
        ),
    )
    assert [each.arguments for each in seen.completion.tool_calls] == ['{"a":1}']
    assert seen.outcome == "tool_calls"


def test_tool_calls_that_end_with_stop() -> None:
    chunk = tools(call(0, "1", name="f", arguments="{}"), finish="stop")
    assert streamed("openai_chat", events(chunk, DONE)).outcome == "tool_calls"


def test_without_a_finish_reason() -> None:
    """The provider's end came, but not why: text may be cut, whole calls may be run."""
    seen = streamed("openai_chat", events(delta(content="a"), DONE))
    assert (seen.completion.text, seen.outcome) == ("a", "incomplete")
    good = tools(call(0, "1", name="f", arguments='{"a":1}'))
    assert streamed("openai_chat", events(good, DONE)).outcome == "tool_calls"
    cut = tools(call(0, "1", name="f", arguments='{"a":'))
    assert streamed("openai_chat", events(cut, DONE)).outcome == "incomplete"


def test_a_cut_tool_call_is_not_runnable() -> None:
    seen = streamed("openai_chat", events(tools(call(0, "1", name="f", arguments='{"a":'))))
    assert seen.outcome == "incomplete"
    assert seen.completion.tool_calls[0].arguments == '{"a":'
    seen = streamed("openai_chat", events(tools(call(0, "1", name="f"))))
    assert (seen.outcome, seen.completion.tool_calls[0].name) == ("incomplete", "f")


@pytest.mark.parametrize(
    ("finish", "reason"),
    [
        ("stop", "complete"),
        ("eos", "complete"),
        ("length", "length"),
        ("model_length", "length"),
        ("MAX_TOKENS", "length"),
        ("content_filter", "filtered"),
        ("error", "incomplete"),
    ],
)
def test_finish_reasons(finish: str, reason: str) -> None:
    seen = streamed("openai_chat", events(delta(content="a"), delta(finish), DONE))
    assert (seen.outcome, seen.completion.finish_reason) == (reason, finish)


def test_only_the_first_choice_counts() -> None:
    seen = streamed(
        "openai_chat",
        events(
            delta(index=1, content="no"),
            delta(index=0, content="yes"),
            delta("stop", index=1),
            delta("length", index=0),
            DONE,
        ),
    )
    assert (seen.completion.text, seen.outcome) == ("yes", "length")


def test_a_refusal_in_parts() -> None:
    seen = streamed(
        "openai_chat", events(delta(refusal="I "), delta(refusal="won't."), delta("stop"), DONE)
    )
    assert (seen.completion.refusal, seen.outcome) == ("I won't.", "refusal")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"error": {"message": "x", "code": 502}}, Overloaded),
        ({"error": {"message": "x", "code": 429, "metadata": {"raw": "slow"}}}, RateLimited),
        ({"error": {"message": "x", "type": "server_error"}}, Overloaded),
        ({"error": {"message": "x", "code": "insufficient_quota"}}, QuotaExhausted),
        ({"error": "CUDA out of memory"}, Overloaded),
        ({"object": "error", "message": "maximum context length is 10", "code": 400}, None),
        ({"detail": "prompt is too long"}, ContextOverflow),
        ({"choices": [], "error": {"code": 503, "message": "no"}}, Overloaded),
        (delta("error", content="") | {"error": {"code": 502, "message": "no"}}, Overloaded),
        ({"choices": [{"index": 0, "delta": {}, "error": {"code": 429}}]}, RateLimited),
    ],
)
def test_faults_inside_a_stream(fault: dict[str, Any], error: type[Exception] | None) -> None:
    seen = streamed("openai_chat", events(delta(content="so far"), fault, DONE))
    assert isinstance(seen.error, error or ContextOverflow)
    assert seen.completion.text == "so far"


def test_a_fault_with_its_event_name() -> None:
    body = events(delta(content="a")) + b'event: error\ndata: {"error": {"code": 503}}\n\n'
    assert isinstance(streamed("openai_chat", body).error, Overloaded)


def test_comments_and_unknown_events() -> None:
    body = b": OPENROUTER PROCESSING\n\nevent: ping\ndata: {}\n\nretry: 3\n\n" + events(
        {"type": "keepalive"}, delta("stop", content="a"), DONE
    )
    seen = streamed("openai_chat", body)
    assert (seen.completion.text, seen.outcome) == ("a", "complete")


def test_what_follows_the_end_is_not_read() -> None:
    body = events(delta("stop", content="a"), DONE, delta(content="b"), "not json")
    seen = streamed("openai_chat", body)
    assert (seen.completion.text, seen.error) == ("a", None)


def test_a_whole_message_in_a_stream() -> None:
    message = {"choices": [{"message": {"content": "a"}, "finish_reason": "stop"}]}
    seen = streamed("openai_chat", events(message, DONE))
    assert (seen.completion.text, seen.outcome) == ("a", "complete")


@pytest.mark.parametrize(
    "body", ['{"ok": true}', "[]", "null", '"text"', "<html></html>", "", "\xff", '{"choices"']
)
def test_answers_that_are_none(body: str) -> None:
    seen = whole("openai_chat", body.encode("latin-1"))
    assert isinstance(seen.error, MalformedResponse)


@pytest.mark.parametrize("value", ["1", '"text"', "[]", "[1]", "null"])
def test_events_that_are_no_objects(value: str) -> None:
    seen = streamed("openai_chat", events(delta(content="a"), value, DONE))
    assert isinstance(seen.error, MalformedResponse)
    assert seen.completion.text == "a"


@pytest.mark.parametrize(
    "choices",
    [{}, "text", [1], [None], [{"delta": "text"}], [{"delta": {"content": 5}}], [{"index": "x"}]],
)
def test_shapes_of_no_use_are_passed_over(choices: Any) -> None:
    seen = streamed("openai_chat", events({"choices": choices}, delta("stop", content="a"), DONE))
    assert (seen.completion.text, seen.error) == ("a", None)


def test_shapes_of_no_use_in_tool_calls() -> None:
    chunk = delta("stop", content="a", tool_calls=[None, 5, {"function": "f"}, {"index": "x"}])
    seen = streamed("openai_chat", events(chunk, DONE))
    assert seen.error is None


def test_json_that_is_there_to_do_harm() -> None:
    deep = "[" * 100_000
    assert isinstance(
        streamed("openai_chat", events(delta(content="a"), deep)).error, MalformedResponse
    )
    assert isinstance(whole("openai_chat", deep).error, MalformedResponse)
    counts = '{"prompt_tokens": 1e999, "completion_tokens": NaN}'
    body = f'{{"choices": [{{"finish_reason": "stop"}}], "usage": {counts}}}'
    assert streamed("openai_chat", events(body, DONE)).completion.usage is None


def test_a_line_and_a_body_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "LONGEST_LINE", 1000)
    monkeypatch.setattr(answer, "LONGEST_BODY", 1000)
    flood = [b"data: " + b"x" * 600] * 5
    for stream in (True, False):
        seen = answered(
            "openai_chat", chunked(*flood, content_type=SSE if stream else JSON), stream=stream
        )
        assert isinstance(seen.error, MalformedResponse)


def test_nothing_at_all() -> None:
    for body in (b"", b": ping\n\n", b"\n\n"):
        seen = answered("openai_chat", reply(body, SSE))
        assert isinstance(seen.error, ConnectionFailed)
        assert seen.error.retryable


def test_a_web_page_instead_of_a_stream() -> None:
    page = reply("<html><body>Welcome to the hotel</body></html>", "text/html")
    for stream in (True, False):
        seen = answered("openai_chat", page, stream=stream)
        assert isinstance(seen.error, MalformedResponse)
