"""The proxies: one shape for every provider, unary and streamed, stateless."""

import json
import uuid
from typing import Any

import pytest

from colonycraft.platform.firestore import Firestore
from support.callable import Answer, post
from support.people import Person
from support.provider import Provider

pytestmark = pytest.mark.usefixtures("openai")


def ask(person: Person, *, stream: bool = False, **request: Any) -> Answer:
    body = {"model": "words-3", "messages": [{"role": "user", "content": "hello"}], **request}
    return post("openai", body, person=person, stream=stream)


def test_unary(person: Person) -> None:
    result = ask(person).result
    assert result["text"] == "word0 word1 word2 "
    assert (result["reason"], result["finishReason"], result["model"]) == (
        "complete",
        "stop",
        "words-3",
    )
    assert result["usage"]["inputTokens"] == 10
    assert result["cost"]["micros"] is None
    assert [one["outcome"] for one in result["attempts"]] == ["complete"]


def test_the_stream_is_the_turns_events_then_the_same_result(person: Person) -> None:
    streamed, unary = ask(person, stream=True), ask(person)
    assert streamed.messages == [{"type": "text-delta", "text": f"word{n} "} for n in range(3)]
    timeless = [
        {key: value for key, value in one.result.items() if key != "attempts"}
        for one in (streamed, unary)
    ]
    assert timeless[0] == timeless[1]


def test_unary_asks_the_provider_unary(openai: Provider, person: Person) -> None:
    for stream in (False, True):
        marker = str(uuid.uuid4())
        ask(person, stream=stream, messages=[{"role": "user", "content": marker}])
        assert bool(openai.asked(marker)[0]["body"].get("stream")) is stream


def test_nothing_is_stored_but_what_it_cost(firestore: Firestore, person: Person) -> None:
    with firestore.counting() as counts:
        ask(person)
    assert not counts.reads
    # The entry is written once or twice: a quick call is settled before it is noted.
    assert set(counts.writes) == {"ledger", "usageDays"}
    assert counts.writes["ledger"] <= 2 and counts.writes["usageDays"] == 1
    assert not counts.deletes


def test_every_word_reaches_the_provider(openai: Provider, person: Person) -> None:
    marker = str(uuid.uuid4())
    tool = {"name": "weather", "description": "d", "parameters": {"type": "object"}}
    ask(
        person,
        messages=[
            {"role": "system", "content": "be brief"},
            {"role": "user", "content": [{"type": "text", "text": marker}]},
            {
                "role": "assistant",
                "tool_calls": [
                    {
                        "id": "c1",
                        "type": "function",
                        "function": {"name": "weather", "arguments": "{}"},
                    }
                ],
            },
            {"role": "tool", "tool_call_id": "c1", "content": "sunny"},
        ],
        tools=[{"type": "function", "function": tool}],
        tool_choice={"type": "function", "function": {"name": "weather"}},
        response_format={
            "type": "json_schema",
            "json_schema": {"name": "a", "schema": {"type": "object"}},
        },
        max_tokens=50,
        temperature=0,
        stop=["x"],
        seed=1,
    )
    (sent,) = (one["body"] for one in openai.asked(marker))
    assert [one["role"] for one in sent["messages"]] == ["system", "user", "assistant", "tool"]
    assert sent["tools"][0]["function"]["name"] == "weather"
    assert sent["tool_choice"]["function"]["name"] == "weather"
    assert sent["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert (sent["temperature"], sent["seed"], sent["stop"]) == (0, 1, ["x"])
    assert 50 in (sent.get("max_tokens"), sent.get("max_completion_tokens"))


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "user"}]}, "messages.0.content"),
        ({"messages": [{"role": "robot", "content": "x"}]}, "messages.0"),
        (
            {"messages": [{"role": "user", "content": [{"type": "text"}]}]},
            "messages.0.content.0.text",
        ),
        ({"temperature": 3}, "temperature"),
        ({"temperature": "1"}, "temperature"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"n": 2}, "n"),
        ({"tools": [{"type": "function", "function": {"name": "a b"}}]}, "tools.0.function.name"),
    ],
)
def test_what_is_wrong_is_named(person: Person, request_: dict[str, Any], field: str) -> None:
    answer = ask(person, **request_)
    assert answer.error["status"] == "INVALID_ARGUMENT"
    assert field in [one["field"] for one in answer.error["details"]["fields"]]


@pytest.mark.parametrize(
    "request_",
    [
        {"max_tokens": 5, "max_completion_tokens": 5},
        {"tool_choice": "required"},
        {"tool_choice": {"type": "function", "function": {"name": "none"}}},
        {"messages": [{"role": "assistant"}]},
        {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png,x"}}]}]},
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused(person: Person, request_: dict[str, Any]) -> None:
    assert ask(person, **request_).error["status"] == "INVALID_ARGUMENT"


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("status", "expected"),
    [(401, "FAILED_PRECONDITION"), (400, "INVALID_ARGUMENT")],
)
def test_a_providers_refusal(
    openai: Provider, person: Person, status: int, expected: str, stream: bool
) -> None:
    marker = str(uuid.uuid4())
    messages = [{"role": "user", "content": marker}]
    answer = ask(person, model=f"words-1-fail-{status}", messages=messages, stream=stream)
    assert answer.error["status"] == expected
    assert len(openai.asked(marker)) == 1
    assert "test-key" not in json.dumps(answer.error)
