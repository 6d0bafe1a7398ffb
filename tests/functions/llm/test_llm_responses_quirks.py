"""OpenAI's Responses: streams that differ from what the deltas alone would give."""

from typing import Any

import pytest

from colonycraft.errors import (
    ContentFiltered,
    ContextOverflow,
    MalformedResponse,
    Overloaded,
    ProviderRejected,
    QuotaExhausted,
    RateLimited,
)
from colonycraft.llm.port import Usage
from support.answers import streamed, whole
from support.upstream import events

RESPONSES = "openai_responses"


def event(kind: str, **fields: Any) -> dict[str, Any]:
    return {"type": f"response.{kind}"} | fields


def text(delta: str, **fields: Any) -> dict[str, Any]:
    return event("output_text.delta", delta=delta, **fields)


def message(*texts: str) -> dict[str, Any]:
    content = [{"type": "output_text", "text": each} for each in texts]
    return {"type": "message", "id": "m", "content": content}


def function(arguments: str = "", **fields: Any) -> dict[str, Any]:
    item = {"type": "function_call", "id": "fc", "call_id": "c1", "name": "f"}
    return item | {"arguments": arguments} | fields


def ended(status: str = "completed", **response: Any) -> dict[str, Any]:
    return event(status, response={"status": status, "model": "m"} | response)


def seen(*objects: Any) -> Any:
    return streamed(RESPONSES, events(*objects))


def test_the_shortest_answer() -> None:
    result = seen(text("a"), text("b"), ended())
    assert (result.completion.text, result.outcome) == ("ab", "complete")
    assert result.completion.finish_reason == "completed"


def test_text_that_only_the_end_has() -> None:
    assert seen(ended(output=[message("all")])).completion.text == "all"
    done = event("output_text.done", text="all of it")
    assert seen(text("all"), done, ended(output=[message("all of it")])).completion.text == (
        "all of it"
    )
    assert seen(text("all"), ended(output=[message("all of it")])).completion.text == "all of it"


def test_several_pieces_each_abridged() -> None:
    result = seen(
        text("One"),
        event("output_text.done", text="One."),
        text("Tw"),
        event("output_text.done", text="Two."),
        ended(output=[message("One."), message("Two.")]),
    )
    assert result.completion.text == "One.Two."


def test_text_with_missing_events_in_the_middle() -> None:
    """The numbers of the events show the gap; the event that closes the text is right."""
    begun = [text("One ", sequence_number=4), text("two ", sequence_number=5)]
    late = text(" five", sequence_number=40)
    closing = event("output_text.done", text="One two three four five", sequence_number=41)
    whole_text = ended(output=[message("One two three four five")])
    for objects in ([*begun, late, closing, ended()], [*begun, late, whole_text]):
        result = seen(*objects)
        assert result.completion.text == "One two three four five"
    assert seen(*begun, late).completion.text == "One two  five"
    assert seen(*begun, late, ended()).completion.text == "One two  five"
    other = event("output_text.done", text="else", sequence_number=41)
    assert seen(*begun, late, other, ended()).completion.text == "One two  five"


def test_text_that_differs_at_the_end_is_not_doubled() -> None:
    result = seen(text("abc"), event("output_text.done", text="xyz"), ended(output=[message("q")]))
    assert result.completion.text == "abc"


def test_reasoning_summaries_and_texts() -> None:
    result = seen(
        event("reasoning_summary_part.added"),
        event("reasoning_summary_text.delta", delta="why"),
        event("reasoning_summary_text.done", text="why"),
        event("reasoning_text.delta", delta="because"),
        text("a"),
        ended(),
    )
    assert result.completion.reasoning == "whybecause"
    summary = {"type": "reasoning", "summary": [{"text": "a"}, {"text": "b"}]}
    content = {"type": "reasoning", "summary": [], "content": [{"text": "c"}]}
    assert seen(ended(output=[summary, content])).completion.reasoning == "abc"


def test_encrypted_reasoning_is_kept_once() -> None:
    item: dict[str, Any] = {
        "type": "reasoning",
        "id": "rs",
        "summary": [],
        "encrypted_content": "x",
        "status": 1,
    }
    begun: dict[str, Any] = item | {"encrypted_content": "begun"}
    result = seen(
        event("output_item.added", item=begun),
        event("output_item.done", item=item),
        ended(output=[item]),
    )
    kept: dict[str, Any] = {
        "type": "reasoning",
        "summary": [],
        "encrypted_content": "x",
    }
    assert result.completion.opaque == [kept]


def test_function_calls_by_item() -> None:
    result = seen(
        event("output_item.added", output_index=0, item=function()),
        event("output_item.added", output_index=1, item=function(id="fd", call_id="c2", name="g")),
        event("function_call_arguments.delta", item_id="fd", delta='{"b":'),
        event("function_call_arguments.delta", item_id="fc", delta='{"a":1}'),
        event("function_call_arguments.delta", item_id="fd", delta="2}"),
        event("function_call_arguments.done", item_id="fd", arguments='{"b":2}'),
        event("output_item.done", output_index=0, item=function('{"a":1}')),
        ended(output=[function('{"a":1}')]),
    )
    calls = [(call.id, call.name, call.arguments) for call in result.completion.tool_calls]
    assert calls == [("c1", "f", '{"a":1}'), ("c2", "g", '{"b":2}')]
    assert result.outcome == "tool_calls"


def test_function_calls_of_which_only_the_end_tells() -> None:
    for objects in (
        [ended(output=[function('{"a":1}')])],
        [event("output_item.done", item=function('{"a":1}')), ended()],
        [
            event("output_item.added", item=function(name="")),
            event("output_item.done", item=function('{"a":1}')),
            ended(),
        ],
    ):
        (call,) = seen(*objects).completion.tool_calls
        assert (call.id, call.name, call.arguments) == ("c1", "f", '{"a":1}')


def test_a_call_without_arguments_gets_an_empty_object() -> None:
    result = seen(event("output_item.added", item=function()), ended(output=[function()]))
    assert result.completion.tool_calls[0].arguments == "{}"


def test_a_cut_call_is_not_runnable() -> None:
    result = seen(
        event("output_item.added", item=function()),
        event("function_call_arguments.delta", delta='{"a":'),
    )
    assert result.outcome == "incomplete"
    assert result.completion.tool_calls[0].arguments == '{"a":'
    result = seen(
        event("output_item.added", item=function('{"a":')),
        ended("incomplete", incomplete_details={"reason": "max_output_tokens"}),
    )
    assert result.outcome == "length"


def test_refusals() -> None:
    result = seen(event("refusal.delta", delta="No"), event("refusal.done", refusal="No."), ended())
    assert (result.completion.refusal, result.outcome) == ("No.", "refusal")
    content = [{"type": "refusal", "refusal": "No."}]
    refused = {"type": "message", "content": content}
    assert seen(ended(output=[refused])).completion.refusal == "No."


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [("max_output_tokens", "length"), ("content_filter", "filtered"), ("other", "incomplete")],
)
def test_answers_cut_short(reason: str, outcome: str) -> None:
    result = seen(text("a"), ended("incomplete", incomplete_details={"reason": reason}))
    assert (result.completion.text, result.outcome) == ("a", outcome)
    assert seen(ended("incomplete", incomplete_details=None)).outcome == "incomplete"
    assert seen(ended("cancelled")).outcome == "incomplete"


@pytest.mark.parametrize("status", ["queued", "in_progress"])
def test_answers_that_are_still_to_come(status: str) -> None:
    body = f'{{"status": "{status}", "output": [], "usage": null}}'
    assert whole(RESPONSES, body).outcome == "queued"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"code": "server_error", "message": "x"}, Overloaded),
        ({"code": "rate_limit_exceeded", "message": "Please try again in 2s."}, RateLimited),
        ({"code": "insufficient_quota", "message": "x"}, QuotaExhausted),
        ({"code": "context_length_exceeded", "message": "x"}, ContextOverflow),
        ({"code": "invalid_prompt", "message": "flagged as violating our usage policy"}, None),
        ({"code": "invalid_image_url", "message": "x"}, ProviderRejected),
        (None, Overloaded),
    ],
)
def test_failures(fault: dict[str, str] | None, error: type[Exception] | None) -> None:
    expected = error or ContentFiltered
    usage = {"input_tokens": 3, "output_tokens": 1}
    failed = seen(text("so far"), ended("failed", error=fault, usage=usage))
    assert isinstance(failed.error, expected)
    assert failed.completion.text == "so far"
    assert failed.completion.usage == Usage(3, 1)
    if fault is not None:
        plain = seen(text("so far"), {"type": "error"} | fault)
        nested = seen(text("so far"), {"type": "error", "error": fault})
        assert isinstance(plain.error, expected)
        assert isinstance(nested.error, expected)
    if isinstance(failed.error, RateLimited):
        assert failed.error.retry_after == 2


def test_what_other_tools_do_is_passed_over() -> None:
    result = seen(
        event("created", response={"model": "m"}),
        event("output_item.added", item={"type": "web_search_call", "id": "ws"}),
        event("web_search_call.searching"),
        event("output_item.done", item={"type": "custom_tool_call", "input": "x", "call_id": "c"}),
        event("mcp_call_arguments.delta", delta="{}"),
        event("output_text.annotation.added", annotation={"type": "url_citation"}),
        event("something.new", delta="?"),
        {"type": "keepalive"},
        text("a", logprobs=[], obfuscation="xx"),
        ended(output=[message("a")]),
    )
    assert (result.completion.text, result.completion.tool_calls) == ("a", [])
    assert result.outcome == "complete"


def test_the_end_without_output() -> None:
    assert seen(text("a"), ended(output=[])).completion.text == "a"
    assert seen(text("a"), {"type": "response.completed"}).outcome == "incomplete"


def test_event_names_without_types() -> None:
    body = b'event: response.output_text.delta\ndata: {"delta": "a"}\n\n'
    end = b'event: response.completed\ndata: {"response": {"status": "completed"}}\n\n'
    assert streamed(RESPONSES, body + end).outcome == "complete"


@pytest.mark.parametrize(
    "response",
    [{"output": None}, {"output": [None, 5, {"type": "message", "content": "x"}]}, {"usage": 5}],
)
def test_shapes_of_no_use_are_passed_over(response: dict[str, Any]) -> None:
    result = seen(text("a"), {"type": "response.output_item.added"}, ended(**response))
    assert (result.completion.text, result.outcome) == ("a", "complete")


def test_whole_answers_that_are_none() -> None:
    assert isinstance(whole(RESPONSES, "{}").error, MalformedResponse)
    assert isinstance(whole(RESPONSES, '{"error": {"code": "server_error"}}').error, Overloaded)
