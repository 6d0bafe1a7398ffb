"""Anthropic's Messages: streams with everything that may stand between the deltas."""

import json
from typing import Any

import pytest
from colonycraft.errors import (
    ContentFiltered,
    ContextOverflow,
    MalformedResponse,
    Overloaded,
    ProviderError,
    ProviderRejected,
    QuotaExhausted,
    RateLimited,
)
from colonycraft.llm.port import Usage
from llm_answers import streamed, whole
from llm_upstream import events

ANTHROPIC = "anthropic_messages"
STOP = {"type": "message_stop"}


def begin(**usage: int) -> dict[str, Any]:
    counts = {"input_tokens": 9, "output_tokens": 1} | usage
    return {"type": "message_start", "message": {"model": "m", "usage": counts}}


def opened(index: int = 0, **block: Any) -> dict[str, Any]:
    return {"type": "content_block_start", "index": index, "content_block": block}


def piece(index: int = 0, **delta: Any) -> dict[str, Any]:
    return {"type": "content_block_delta", "index": index, "delta": delta}


def closed(index: int = 0) -> dict[str, Any]:
    return {"type": "content_block_stop", "index": index}


def text(value: str, index: int = 0) -> dict[str, Any]:
    return piece(index, type="text_delta", text=value)


def stopped(reason: str | None = "end_turn", **usage: int | None) -> dict[str, Any]:
    return {
        "type": "message_delta",
        "delta": {"stop_reason": reason, "stop_sequence": None},
        "usage": usage,
    }


def tool(index: int = 0, **fields: Any) -> dict[str, Any]:
    block: dict[str, Any] = {"type": "tool_use", "id": f"t{index}", "name": "f", "input": {}}
    return opened(index, **(block | fields))


def arguments(value: str, index: int = 0) -> dict[str, Any]:
    return piece(index, type="input_json_delta", partial_json=value)


def seen(*objects: Any) -> Any:
    return streamed(ANTHROPIC, events(*objects))


def test_an_answer_with_pings_and_citations() -> None:
    result = seen(
        begin(),
        {"type": "ping"},
        opened(type="text", text=""),
        piece(type="citations_delta", citation={"type": "web_search_result_location"}),
        text("a"),
        {"type": "ping"},
        text(""),
        text("b"),
        closed(),
        {"type": "something_new", "delta": {"text": "?"}},
        stopped(output_tokens=7),
        STOP,
    )
    assert (result.completion.text, result.outcome) == ("ab", "complete")
    assert (result.completion.model, result.completion.finish_reason) == ("m", "end_turn")
    assert result.completion.usage == Usage(9, 7, cache_counted_apart=True)


def test_usage_is_cumulative_and_the_last_wins() -> None:
    result = seen(
        begin(cache_read_input_tokens=5, cache_creation_input_tokens=2),
        stopped(None, output_tokens=3),
        stopped(output_tokens=8, input_tokens=None, cache_read_input_tokens=6),
        STOP,
    )
    usage = result.completion.usage
    assert usage == Usage(9 + 6 + 2, 8, 6, 2, None, cache_counted_apart=True)
    assert usage.reported_input_tokens == 9


def test_what_the_input_costs_is_known_early_and_the_output_is_not() -> None:
    result = seen(begin(), opened(type="text", text=""), text("a"))
    assert result.outcome == "incomplete"
    assert result.completion.usage == Usage(9, None, cache_counted_apart=True)


def test_tools_in_parallel() -> None:
    result = seen(
        begin(),
        tool(0),
        arguments(""),
        arguments('{"a"'),
        tool(1, name="g"),
        arguments('{"b":2}', 1),
        arguments(":1}"),
        closed(0),
        closed(1),
        stopped("tool_use", output_tokens=5),
        STOP,
    )
    calls = [(call.id, call.name, call.arguments) for call in result.completion.tool_calls]
    assert calls == [("t0", "f", '{"a":1}'), ("t1", "g", '{"b":2}')]
    assert result.outcome == "tool_calls"


def test_arguments_without_deltas() -> None:
    result = seen(
        begin(), tool(0), closed(), tool(1, input={"a": 1}), closed(1), stopped("tool_use"), STOP
    )
    assert [call.arguments for call in result.completion.tool_calls] == ["{}", '{"a": 1}']


def test_a_cut_tool_call_is_not_runnable() -> None:
    cut = [begin(), tool(0), arguments('{"a":')]
    assert seen(*cut).outcome == "incomplete"
    assert seen(*cut, closed(), stopped("max_tokens", output_tokens=4), STOP).outcome == "length"
    assert seen(*cut, stopped("tool_use"), STOP).outcome == "incomplete"
    assert seen(*cut).completion.tool_calls[0].arguments == '{"a":'


def test_thinking_is_kept_with_its_signature() -> None:
    result = seen(
        begin(),
        opened(type="thinking", thinking="", signature=""),
        piece(type="thinking_delta", thinking="h"),
        piece(type="thinking_delta", thinking="m"),
        piece(type="signature_delta", signature="s1"),
        closed(),
        opened(1, type="redacted_thinking", data="xxx"),
        closed(1),
        opened(2, type="text", text="a"),
        closed(2),
        stopped(),
        STOP,
    )
    assert (result.completion.reasoning, result.completion.text) == ("hm", "a")
    assert result.completion.opaque == [
        {"type": "thinking", "thinking": "hm", "signature": "s1"},
        {"type": "redacted_thinking", "data": "xxx"},
    ]


def test_what_the_vendors_tools_do_is_passed_over() -> None:
    result = seen(
        begin(),
        opened(0, type="server_tool_use", id="st", name="web_search", input={}),
        arguments('{"query": "x"}', 0),
        closed(0),
        opened(1, type="web_search_tool_result", content=[{"type": "web_search_result"}]),
        closed(1),
        opened(2, type="mcp_tool_use", id="mt", name="echo", input={}),
        closed(2),
        opened(3, type="text", text=""),
        text("a", 3),
        closed(3),
        stopped(),
        STOP,
    )
    assert (result.completion.text, result.completion.tool_calls) == ("a", [])


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [
        ("end_turn", "complete"),
        ("stop_sequence", "complete"),
        ("max_tokens", "length"),
        ("model_context_window_exceeded", "length"),
        ("refusal", "refusal"),
        ("pause_turn", "paused"),
        ("something_new", "complete"),
        (None, "incomplete"),
    ],
)
def test_stop_reasons(reason: str | None, outcome: str) -> None:
    result = seen(begin(), opened(type="text", text="a"), closed(), stopped(reason), STOP)
    assert (result.outcome, result.completion.finish_reason) == (outcome, reason)
    body = {"content": [{"type": "text", "text": "a"}], "stop_reason": reason}
    assert whole(ANTHROPIC, json.dumps(body)).outcome == outcome


def test_without_the_last_event_it_is_incomplete() -> None:
    result = seen(begin(), opened(type="text", text="a"), closed(), stopped(output_tokens=4))
    assert (result.completion.text, result.outcome) == ("a", "incomplete")
    assert result.completion.finish_reason == "end_turn"
    assert result.completion.usage == Usage(9, 4, cache_counted_apart=True)


@pytest.mark.parametrize(
    ("kind", "message", "error"),
    [
        ("overloaded_error", "Overloaded", Overloaded),
        ("api_error", "Internal server error", Overloaded),
        ("timeout_error", "x", Overloaded),
        ("rate_limit_error", "x", RateLimited),
        ("billing_error", "x", QuotaExhausted),
        ("invalid_request_error", "prompt is too long: 9 tokens > 8 maximum", ContextOverflow),
        ("invalid_request_error", "Output blocked by content filtering policy", ContentFiltered),
        ("invalid_request_error", "messages: at least one message", ProviderRejected),
    ],
)
def test_errors_inside_a_stream(kind: str, message: str, error: type[ProviderError]) -> None:
    fault = {"type": "error", "error": {"type": kind, "message": message}}
    before = seen(fault)
    assert isinstance(before.error, error) and before.events == []
    after = seen(begin(), opened(type="text", text="a"), fault)
    assert type(after.error) is type(before.error)
    assert after.completion.text == "a"
    assert after.error.retryable is error.retryable


@pytest.mark.parametrize(
    "value",
    [
        {"type": "content_block_delta"},
        {"type": "content_block_delta", "index": 7, "delta": {"type": "text_delta"}},
        {"type": "content_block_start", "content_block": None},
        {"type": "message_delta", "delta": None, "usage": None},
        {"type": "content_block_stop", "index": "x"},
        {"type": None},
        {},
    ],
)
def test_shapes_of_no_use_are_passed_over(value: dict[str, Any]) -> None:
    result = seen(begin(), value, opened(3, type="text", text="a"), closed(3), stopped(), STOP)
    assert (result.completion.text, result.outcome) == ("a", "complete")


def test_whole_answers_that_are_none() -> None:
    for body in ("{}", '{"type": "message"}', "[]"):
        assert isinstance(whole(ANTHROPIC, body).error, MalformedResponse)
    fault = '{"type": "error", "error": {"type": "overloaded_error", "message": "x"}}'
    assert isinstance(whole(ANTHROPIC, fault).error, Overloaded)
