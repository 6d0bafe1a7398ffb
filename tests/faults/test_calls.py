"""Every fault of `tests/wire/faults.json`, through attempts, waits and deadlines."""

import json
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Any

import pytest

from colonycraft.calls import DEFAULT, AttemptFailed, Choice, ModelCall, Policy, Stopped, Waiting
from colonycraft.errors import DeadlineExceeded, MalformedResponse, ProviderError
from colonycraft.llm import describe
from colonycraft.llm.port import Completion, Event, collect
from support.payers import Nobody
from support.scenarios import (
    WIRE,
    Scenario,
    connection_to,
    request_for,
    scenarios,
)

POLICY = Policy(attempts=3, first_wait=0.01, longest_wait=1.0, first_token=30, idle=30, total=60)
SHORT = Policy(attempts=1, first_token=1.0, idle=1.0, total=60)
FAULTS: list[dict[str, Any]] = json.loads((WIRE / "faults.json").read_text())
SCENARIOS = {(one["folder"], one["id"]): one for one in scenarios()}


@dataclass
class Outcome:
    """What a caller saw of one call."""

    completion: Completion
    call: ModelCall
    failed: list[AttemptFailed] = field(default_factory=list[AttemptFailed])
    error: ProviderError | None = None


def run(call: ModelCall) -> Outcome:
    events: list[Event] = []
    outcome = Outcome(Completion(), call)
    try:
        for event in call.events():
            if isinstance(event, AttemptFailed):
                outcome.failed.append(event)
            elif not isinstance(event, Waiting):
                events.append(event)
    except ProviderError as error:
        outcome.error = error
    outcome.completion = collect(events)
    return outcome


def ask(replay: str, scenario: Scenario, *faults: str, policy: Policy = POLICY) -> Outcome:
    return run(call_of(replay, scenario, *faults, policy=policy))


def call_of(replay: str, scenario: Scenario, *faults: str, policy: Policy = DEFAULT) -> ModelCall:
    request = request_for(scenario)
    connection = connection_to(replay, scenario, *faults)
    choice = Choice(connection, request.model, describe(connection, request.model))
    return ModelCall((choice,), lambda _: request, Nobody(), policy=policy)


def requests_of(replay: str, scenario: Scenario) -> int:
    with urllib.request.urlopen(f"{replay}/log") as answer:
        log = json.load(answer)
    name = f"{scenario['folder']}/{scenario['id']}"
    return sum(1 for one in log if one["scenario"] == name and "method" in one)


@pytest.fixture(autouse=True)
def _forget(replay: str) -> None:
    urllib.request.urlopen(urllib.request.Request(f"{replay}/log", method="DELETE")).close()


def case_id(case: dict[str, Any]) -> str:
    return f"{case['provider']}/{case['scenario']}/{case['fault']}"


def cases(*outcomes: str) -> list[dict[str, Any]]:
    return [one for one in FAULTS if one["outcome"] in outcomes]


def scenario_of(case: dict[str, Any]) -> Scenario:
    return SCENARIOS[case["provider"], case["scenario"]]


def same(outcome: Outcome, scenario: Scenario) -> None:
    expect = scenario["expect"]
    assert outcome.error is None
    assert outcome.completion.text == expect["text"]
    assert [(one.id, one.name) for one in outcome.completion.tool_calls if one.id] == [
        (one["id"], one["name"]) for one in expect["tool_calls"] if one["id"]
    ]
    assert outcome.completion.reason == expect["outcome"]


@pytest.mark.parametrize("case", cases("same"), ids=case_id)
def test_the_answer_is_the_same(replay: str, case: dict[str, Any]) -> None:
    scenario = scenario_of(case)
    outcome = ask(replay, scenario, case["fault"])
    same(outcome, scenario)
    again = case["fault"].startswith(("fail", "status"))
    assert len(outcome.call.records) == requests_of(replay, scenario) == (2 if again else 1)
    assert [one.outcome for one in outcome.call.records][-1] == "complete"


@pytest.mark.parametrize("case", cases("incomplete"), ids=case_id)
def test_the_answer_is_incomplete_and_what_came_is_kept(replay: str, case: dict[str, Any]) -> None:
    scenario = scenario_of(case)
    outcome = ask(replay, scenario, case["fault"])
    expect = scenario["expect"]
    completion = outcome.completion
    # What a reset threw away before it was read never came: that attempt showed nothing, and is made again.
    lost = len(outcome.failed)
    assert lost == 0 or case["fault"].startswith("reset")
    assert requests_of(replay, scenario) == len(outcome.call.records) == lost + 1
    assert expect["text"].startswith(completion.text)
    if case["fault"] == "noend":
        assert completion.text == expect["text"]
        assert completion.reason in ("incomplete", expect["outcome"])
    else:
        assert completion.text or completion.tool_calls or completion.reasoning
        assert completion.reason == "incomplete"
        assert outcome.call.records[-1].outcome == "incomplete"


@pytest.mark.parametrize("case", cases("error"), ids=case_id)
def test_the_call_fails_after_exactly_the_attempts_it_has(
    replay: str, case: dict[str, Any]
) -> None:
    scenario = scenario_of(case)
    outcome = ask(replay, scenario, case["fault"])
    if case["fault"].startswith("fail"):
        assert outcome.error is not None
        assert requests_of(replay, scenario) == POLICY.attempts
        assert [one.wait is None for one in outcome.failed] == [False, False, True]
        return
    assert requests_of(replay, scenario) == 1
    error = outcome.error or outcome.call.problem
    assert isinstance(error, MalformedResponse)
    assert scenario["expect"]["text"].startswith(outcome.completion.text)


@pytest.mark.parametrize("case", cases("deadline"), ids=case_id)
def test_a_deadline_ends_a_quiet_call(replay: str, case: dict[str, Any]) -> None:
    scenario = scenario_of(case)
    began = time.monotonic()
    outcome = ask(replay, scenario, case["fault"], policy=SHORT)
    assert time.monotonic() - began < 6
    if case["fault"].startswith("first"):
        assert isinstance(outcome.error, DeadlineExceeded)
        assert outcome.error.code == "first-token-deadline"
        assert outcome.call.records[0].error is outcome.error
    else:
        assert isinstance(outcome.error or outcome.call.problem, DeadlineExceeded)
        assert scenario["expect"]["text"].startswith(outcome.completion.text)


def a_stream() -> Scenario:
    return SCENARIOS["openai", "chat-stream-complete-01"]


def test_a_stop_ends_a_silent_call_at_once(replay: str) -> None:
    call = call_of(replay, a_stream(), "first:20")
    stopped_at: list[float] = []

    def stop() -> None:
        stopped_at.append(time.monotonic())
        call.stop()

    timer = threading.Timer(0.3, stop)
    timer.start()
    with pytest.raises(Stopped):
        list(call.events())
    assert time.monotonic() - stopped_at[0] < 2


def test_a_stop_ends_a_wait(replay: str) -> None:
    policy = Policy(attempts=3, first_wait=30, total=100)
    call = call_of(replay, a_stream(), "fail:9", policy=policy)
    events = call.events()
    assert isinstance(next(events), AttemptFailed)
    threading.Timer(0.1, call.stop).start()
    began = time.monotonic()
    with pytest.raises(Stopped):
        list(events)
    assert time.monotonic() - began < 5


def test_the_total_deadline_ends_a_slow_answer(replay: str) -> None:
    policy = Policy(attempts=3, first_token=30, idle=30, total=1.0)
    outcome = ask(replay, a_stream(), "slow:300", policy=policy)
    assert isinstance(outcome.call.problem, DeadlineExceeded)
    assert outcome.call.problem.code == "total-deadline"
    assert len(outcome.call.records) == 1


@pytest.mark.parametrize(
    ("retry_after", "longest", "attempts"), [(0.2, 1.0, 2), (3600.0, 1.0, 1), (None, 1.0, 2)]
)
def test_a_wait_that_the_provider_asks_for_is_honoured_to_a_cap(
    replay: str,
    retry_after: float | None,
    longest: float,
    attempts: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from colonycraft import llm
    from colonycraft.errors import RateLimited
    from colonycraft.llm.port import Call, Connection, ModelRequest

    original = llm.start
    asked: list[float] = []

    def start(connection: Connection, request: ModelRequest, *, stream: bool) -> Call:
        asked.append(time.monotonic())
        if len(asked) == 1:
            raise RateLimited("provider-limit", retry_after=retry_after)
        return original(connection, request, stream=stream)

    monkeypatch.setattr(llm, "start", start)
    policy = Policy(attempts=3, first_wait=0.01, longest_wait=longest)
    outcome = ask(replay, a_stream(), policy=policy)
    assert len(asked) == attempts
    if attempts == 1:
        assert isinstance(outcome.error, RateLimited)
    else:
        same(outcome, a_stream())
        assert asked[1] - asked[0] >= (retry_after or 0)
