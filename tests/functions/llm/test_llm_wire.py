"""Every recorded answer comes out as its scenario says. A scenario put into the folder is taken."""

from typing import Any

import pytest
from colonycraft.errors import (
    ContentFiltered,
    ContextOverflow,
    ModelNotFound,
    Overloaded,
    ProviderAuthentication,
    ProviderError,
    ProviderRejected,
    QuotaExhausted,
    RateLimited,
)
from colonycraft.llm import start
from llm_wire import (
    Scenario,
    Seen,
    connection_to,
    request_for,
    scenario_id,
    scenarios,
    tool_calls,
    usage,
    watch,
)

ERRORS: dict[int, tuple[type[ProviderError], ...]] = {
    400: (ProviderRejected,),
    401: (ProviderAuthentication,),
    403: (ProviderAuthentication, ProviderRejected),
    404: (ModelNotFound, ProviderRejected),
    413: (ContextOverflow,),
    422: (ProviderRejected,),
    429: (RateLimited, QuotaExhausted, ContextOverflow),
    500: (Overloaded,),
    502: (Overloaded,),
    503: (Overloaded,),
    529: (Overloaded,),
}


def run(replay: str, scenario: Scenario, *, stream: bool) -> Seen:
    call = start(connection_to(replay, scenario), request_for(scenario), stream=stream)
    try:
        return watch(call)
    finally:
        call.close()


@pytest.mark.parametrize("scenario", scenarios(), ids=scenario_id)
def test_answer_comes_out_as_recorded(replay: str, scenario: Scenario) -> None:
    expect = scenario["expect"]
    seen = run(replay, scenario, stream=scenario["stream"])
    if expect["outcome"] == "error":
        check_error(seen, scenario)
    else:
        assert seen.error is None
        check_outcome(seen, expect)
    if "text" in expect:
        check_content(seen, expect)


@pytest.mark.parametrize(
    "scenario",
    [each for each in scenarios() if each["expect"]["outcome"] != "error"],
    ids=scenario_id,
)
def test_what_comes_is_decided_by_the_answer(replay: str, scenario: Scenario) -> None:
    """Some servers stream when they were not asked to, or answer whole when they were."""
    seen = run(replay, scenario, stream=not scenario["stream"])
    assert seen.error is None
    check_outcome(seen, scenario["expect"])
    check_content(seen, scenario["expect"])


def check_outcome(seen: Seen, expect: dict[str, Any]) -> None:
    allowed = {expect["outcome"]}
    if "no finish_reason" in (expect.get("note") or "") and expect["outcome"] == "incomplete":
        allowed.add("tool_calls")
    assert seen.outcome in allowed
    assert seen.completion.finish_reason == expect["finish_reason"]
    if expect.get("model"):
        assert seen.completion.model == expect["model"]


def check_content(seen: Seen, expect: dict[str, Any]) -> None:
    completion = seen.completion
    assert completion.text == expect["text"]
    assert completion.reasoning == expect["reasoning"]
    assert completion.refusal == expect["refusal"]
    assert tool_calls(completion) == expect["tool_calls"]
    assert usage(completion.usage, expect["usage"]) == without(expect["usage"], "total_tokens")


def check_error(seen: Seen, scenario: Scenario) -> None:
    error, expect = seen.error, scenario["expect"]
    assert error is not None
    status = expect.get("status") or scenario["response"]["status"]
    if status in ERRORS:
        assert isinstance(error, ERRORS[status])
        assert error.http_status == status
    policy: dict[str, Any] = expect.get("policy") or {}
    if "retry" in policy:
        assert error.retryable is policy["retry"]
    if "wait_s" in policy:
        assert error.retry_after == policy["wait_s"]
    if policy.get("kind") == "context overflow":
        assert isinstance(error, ContextOverflow)
    check_class(error, expect["error"])
    check_nothing_leaks(error)


def check_class(error: ProviderError, sent: dict[str, Any]) -> None:
    code, text = sent.get("code"), str(sent.get("message") or "")
    if code == "insufficient_quota":
        assert isinstance(error, QuotaExhausted)
    if code == "content_filter":
        assert isinstance(error, ContentFiltered)
    if code == "model_not_found" or ("model" in text and "not found" in text):
        assert isinstance(error, ModelNotFound)
    if "prompt is too long" in text or "prompt too long" in text:
        assert isinstance(error, ContextOverflow)
    if sent.get("type") == "overloaded_error":
        assert isinstance(error, Overloaded)


def check_nothing_leaks(error: ProviderError) -> None:
    assert "CANARY" not in error.message
    assert "CANARY" not in (error.code or "")
    assert error.__cause__ is not None or error.http_status is None


def without(values: dict[str, Any] | None, name: str) -> dict[str, Any] | None:
    return None if values is None else {each: values[each] for each in values if each != name}
