"""Ollama's own API, of old servers and new ones."""

import json
from typing import Any

import pytest
from colonycraft.errors import MalformedResponse, ModelNotFound, Overloaded, ProviderRejected
from colonycraft.llm.port import Usage
from llm_answers import answered, streamed, whole
from llm_upstream import JSON, chunked, reply

OLLAMA = "ollama_chat"
DONE: dict[str, Any] = {"model": "m", "done": True, "done_reason": "stop"}


def said(content: str = "", **fields: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": content} | fields
    return {"model": "m", "message": message, "done": False}


def lines(*objects: Any, end: str = "\n") -> bytes:
    texts = [each if isinstance(each, str) else json.dumps(each) for each in objects]
    return "".join(text + end for text in texts).encode()


def seen(*objects: Any) -> Any:
    return streamed(OLLAMA, lines(*objects))


def test_the_last_line_may_lack_its_end_and_may_have_text() -> None:
    last = said("b") | DONE
    result = streamed(OLLAMA, lines(said("a"), last)[:-1])
    assert (result.completion.text, result.outcome) == ("ab", "complete")
    cut = streamed(OLLAMA, lines(said("a"), last)[:-5])
    assert (cut.completion.text, cut.outcome) == ("a", "incomplete")


def test_usage() -> None:
    counts = {"prompt_eval_count": 5, "eval_count": 0}
    assert seen(said("a"), DONE | counts).completion.usage == Usage(5, 0)
    assert seen(said("a"), DONE | {"eval_count": 3}).completion.usage == Usage(None, 3)
    assert seen(said("a"), DONE).completion.usage is None


def test_thinking_and_calls() -> None:
    call = {"function": {"name": "f", "arguments": {"a": 1}}}
    result = seen(
        said(thinking="h"),
        said(thinking="m"),
        said(tool_calls=[call, {"id": "x", "function": {"name": "g", "arguments": None}}]),
        said(tool_calls=[{"function": {"name": "h", "arguments": '{"b":2}'}}]),
        DONE,
    )
    calls = [(each.id, each.name, each.arguments) for each in result.completion.tool_calls]
    assert calls == [("", "f", '{"a": 1}'), ("x", "g", "{}"), ("", "h", '{"b":2}')]
    assert (result.completion.reasoning, result.outcome) == ("hm", "tool_calls")
    assert result.completion.opaque == [{"thinking": "hm"}]


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [("stop", "complete"), ("length", "length"), ("load", "complete"), (None, "complete")],
)
def test_reasons(reason: str | None, outcome: str) -> None:
    result = seen(said("a"), DONE | {"done_reason": reason})
    assert (result.outcome, result.completion.finish_reason) == (outcome, reason)


def test_a_call_is_runnable_only_when_the_end_came() -> None:
    call: dict[str, Any] = {"function": {"name": "f", "arguments": {}}}
    assert seen(said(tool_calls=[call])).outcome == "incomplete"
    assert seen(said(tool_calls=[call]), DONE | {"done_reason": "length"}).outcome == "length"


def test_answers_of_generate() -> None:
    chunk = {"model": "m", "response": "a", "thinking": "t", "done": False}
    result = seen(chunk, DONE | {"response": ""})
    assert (result.completion.text, result.completion.reasoning) == ("a", "t")


def test_errors_inside_a_stream() -> None:
    result = seen(said("a"), {"error": "an error was encountered while running the model"})
    assert isinstance(result.error, Overloaded)
    assert result.completion.text == "a"


@pytest.mark.parametrize(
    ("status", "text", "error", "message"),
    [
        (404, "model 'x' not found", ModelNotFound, "model"),
        (404, 'model "x" not found, try pulling it first', ModelNotFound, "model"),
        (400, "registry.ollama.ai/library/x does not support tools", ProviderRejected, "tools"),
        (400, '"x" does not support thinking', ProviderRejected, "thinking"),
        (500, "model requires more system memory (9 GiB) than is available", None, "memory"),
        (503, "server busy, please try again", Overloaded, "overloaded"),
    ],
)
def test_refusals(status: int, text: str, error: type[Exception] | None, message: str) -> None:
    for stream in (True, False):
        answer = reply(json.dumps({"error": text}), JSON, status)
        result = answered(OLLAMA, answer, stream=stream)
        assert isinstance(result.error, error or ProviderRejected)
        assert message in result.error.message


def test_a_stream_that_says_it_is_json() -> None:
    """Old servers, and whole answers to those who asked for a stream."""
    answer = reply(json.dumps(said("a") | DONE), JSON)
    assert answered(OLLAMA, answer).completion.text == "a"
    answer = chunked(lines(said("a"), DONE), content_type="text/plain")
    assert answered(OLLAMA, answer).completion.text == "a"


@pytest.mark.parametrize("line", ["{", '"text"', "5", "[]", '{"done": tru'])
def test_lines_that_are_none(line: str) -> None:
    result = seen(said("a"), line, DONE)
    assert isinstance(result.error, MalformedResponse)
    assert result.completion.text == "a"


@pytest.mark.parametrize(
    "value", [{}, {"message": None}, {"message": "x"}, {"message": {"tool_calls": "x"}}]
)
def test_shapes_of_no_use_are_passed_over(value: dict[str, Any]) -> None:
    assert seen(value, said("a"), DONE).completion.text == "a"


def test_whole_answers_that_are_none() -> None:
    assert isinstance(whole(OLLAMA, "null").error, MalformedResponse)
