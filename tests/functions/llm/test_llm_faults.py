"""What faults of the network and of providers come to, as far as one attempt decides it.

Retries live in `calls/`: here one call sends one request, whatever comes back.
"""

import json
import threading
import time
from typing import Any

import pytest

from colonycraft.errors import (
    ConnectionFailed,
    MalformedResponse,
    Overloaded,
    RateLimited,
)
from colonycraft.llm import start
from support.scenarios import (
    ADAPTERS,
    WIRE,
    Scenario,
    Seen,
    connection_to,
    forget_log,
    replay_log,
    request_for,
    scenario_id,
    scenarios,
    tool_calls,
    usage,
    watch,
)

BY_ID = {(each["folder"], each["id"]): each for each in scenarios()}
STREAMS = [each for each in scenarios() if each["stream"] and each["expect"]["outcome"] != "error"]


def listed(*outcomes: str, without: tuple[str, ...] = ()) -> list[Any]:
    """The faults of `faults.json` with one of these outcomes."""
    found: list[Any] = []
    for row in json.loads((WIRE / "faults.json").read_text("utf-8")):
        scenario = BY_ID.get((row["provider"], row["scenario"]))
        name = row["fault"].partition(":")[0]
        if scenario is not None and row["outcome"] in outcomes and name not in without:
            case_id = f"{row['provider']}/{row['scenario']}/{row['fault']}"
            found.append(pytest.param(scenario, row["fault"], id=case_id))
    return found


def each_stream(*faults: str) -> list[Any]:
    return [
        pytest.param(scenario, faults, id=f"{scenario_id(scenario)}/{'+'.join(faults)}")
        for scenario in STREAMS
    ]


def run(replay: str, scenario: Scenario, *faults: str) -> Seen:
    call = start(
        connection_to(replay, scenario, *faults), request_for(scenario), stream=scenario["stream"]
    )
    try:
        return watch(call)
    finally:
        call.close()


def check_same(seen: Seen, scenario: Scenario) -> None:
    expect = scenario["expect"]
    assert seen.error is None
    completion = seen.completion
    assert (completion.text, completion.reasoning) == (expect["text"], expect["reasoning"])
    assert tool_calls(completion) == expect["tool_calls"]
    found = usage(completion.usage, expect["usage"])
    assert found == (expect["usage"] and {name: expect["usage"][name] for name in found or {}})


def check_kept(seen: Seen, scenario: Scenario) -> None:
    """What came is a beginning of the answer; nothing in it may be run or counted as all of it."""
    expect, completion = scenario["expect"], seen.completion
    assert expect["text"].startswith(completion.text)
    assert expect["reasoning"].startswith(completion.reasoning)
    assert completion.reason != "tool_calls"
    assert completion.usage is None or completion.usage.output_tokens is None


@pytest.mark.parametrize(("scenario", "fault"), listed("same", without=("fail", "status")))
def test_framing_changes_nothing(replay: str, scenario: Scenario, fault: str) -> None:
    check_same(run(replay, scenario, fault), scenario)


@pytest.mark.parametrize(("scenario", "faults"), each_stream("crlf", "comments", "split:1"))
def test_no_framing_changes_anything(
    replay: str, scenario: Scenario, faults: tuple[str, ...]
) -> None:
    body = WIRE / scenario["folder"] / scenario["response"]["body_file"]
    if body.stat().st_size > 6000:
        faults = ("crlf", "comments", "split:61")
    check_same(run(replay, scenario, *faults), scenario)


@pytest.mark.parametrize(("scenario", "fault"), listed("incomplete"))
def test_cut_stream_is_never_complete(replay: str, scenario: Scenario, fault: str) -> None:
    seen = run(replay, scenario, fault)
    name = fault.partition(":")[0]
    if name == "noend":
        assert seen.error is None
        assert seen.completion.text == scenario["expect"]["text"]
        told = ADAPTERS[scenario["folder"], scenario["api"]] in ("openai_chat", "mistral_chat")
        assert seen.outcome == (scenario["expect"]["outcome"] if told else "incomplete")
        return
    assert seen.outcome == ("error" if name == "reset" else "incomplete")
    check_kept(seen, scenario)
    assert seen.completion.text or seen.completion.reasoning


@pytest.mark.parametrize(("scenario", "faults"), each_stream("cut:50"))
def test_every_stream_can_be_cut(replay: str, scenario: Scenario, faults: tuple[str, ...]) -> None:
    seen = run(replay, scenario, *faults)
    if seen.error is not None:
        assert isinstance(seen.error, ConnectionFailed)
        assert not seen.events
        return
    if seen.completion.finish_reason is None or scenario["api"] == "messages":
        assert seen.outcome == "incomplete"
        check_kept(seen, scenario)


@pytest.mark.parametrize(("scenario", "faults"), each_stream("reset:70"))
def test_every_stream_can_be_reset(
    replay: str, scenario: Scenario, faults: tuple[str, ...]
) -> None:
    seen = run(replay, scenario, *faults)
    if seen.error is None:
        # The end had come, though not all bytes behind it.
        assert seen.completion.finish_reason is not None
        return
    assert isinstance(seen.error, ConnectionFailed)
    assert seen.error.retryable
    check_kept(seen, scenario)


@pytest.mark.parametrize(("scenario", "fault"), listed("error", without=("fail",)))
def test_malformed_event_keeps_what_came_before(
    replay: str, scenario: Scenario, fault: str
) -> None:
    seen = run(replay, scenario, fault)
    assert isinstance(seen.error, MalformedResponse)
    check_kept(seen, scenario)


@pytest.mark.parametrize(("scenario", "fault"), listed("deadline"))
def test_silence_ends_when_the_watchdog_aborts(replay: str, scenario: Scenario, fault: str) -> None:
    call = start(connection_to(replay, scenario, fault), request_for(scenario), stream=True)
    aborted: list[float] = []

    def abort() -> None:
        aborted.append(time.monotonic())
        call.abort()

    timer = threading.Timer(0.15, abort)
    timer.start()
    seen = watch(call)
    assert time.monotonic() - aborted[0] < 0.2
    timer.join()
    call.close()
    assert isinstance(seen.error, ConnectionFailed)
    assert seen.error.code == "aborted"
    check_kept(seen, scenario)
    if fault.startswith("first"):
        assert seen.events == []


@pytest.mark.parametrize(
    ("scenario", "fault"),
    [case for case in listed("same", "error") if case.values[1].startswith(("fail", "status"))],
)
def test_a_call_sends_one_request(replay: str, scenario: Scenario, fault: str) -> None:
    forget_log(replay)
    seen = run(replay, scenario, fault)
    assert len(replay_log(replay)) == 1
    name, _, value = fault.partition(":")
    expected = RateLimited if (name, value) == ("status", "429") else Overloaded
    assert isinstance(seen.error, expected)
    assert seen.error.retryable
    assert seen.error.http_status == (int(value) if name == "status" else 503)
    assert seen.events == []
