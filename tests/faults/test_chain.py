"""What a provider may do wrong, and who answers then: retries, fallbacks, continuations."""

import socket
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from colonycraft.calls import AttemptFailed, Choice, ModelCall, results
from colonycraft.calls.continuation import INSTRUCTION
from colonycraft.calls.health import registry
from colonycraft.errors import (
    ContentFiltered,
    ContextOverflow,
    DeadlineExceeded,
    InvalidArgument,
    MalformedResponse,
    Overloaded,
    ProviderAuthentication,
    ProviderError,
    QuotaExhausted,
    RateLimited,
)
from colonycraft.llm.port import ModelRequest, TextDelta
from support.chains import (
    QUICK,
    answer,
    ask,
    broken,
    chain,
    choice,
    delta,
    finish,
    refusal,
    request_for,
    run,
    sent,
    servers,
)
from support.payers import Nobody
from support.upstream import SSE, Behaviour, chunked, events, reply, silence

OVERLOADED = {"error": {"message": "CANARY", "type": "overloaded_error", "code": "overloaded"}}
ONE_TRY = replace(QUICK, attempts=1)


@pytest.mark.parametrize("status", [500, 503, 529])
def test_500_503_529_before_the_first_byte_are_retried_then_the_next_model_answers(
    status: int,
) -> None:
    with servers((refusal(status),), (answer("Hello ", "there"),)) as (first, second):
        seen = ask(chain([first, second]))
    assert seen.error is None and seen.call.problem is None
    assert seen.completion.text == "Hello there"
    assert (len(first.received), len(second.received)) == (QUICK.attempts, 1)
    assert seen.next_models == ["one/a-model", "one/a-model", "two/a-model"]
    waits = [one.wait for one in seen.failed]
    assert waits[0] and waits[1] and waits[0] < 0.02 and waits[1] < 0.03 and waits[2] == 0
    assert seen.outcomes == [("one/a-model", "failed")] * 3 + [("two/a-model", "complete")]
    assert sent(second) == [[("user", "hello")]]


def test_overloaded_inside_a_200_before_any_delta_is_retried_then_the_next_model_answers() -> None:
    stream = reply(events(OVERLOADED), SSE)
    with servers((stream,), (answer("Hello"),)) as (first, second):
        seen = ask(chain([first, second]))
    assert (seen.completion.text, seen.completion.reason) == ("Hello", "complete")
    assert (len(first.received), len(second.received)) == (QUICK.attempts, 1)
    assert all(isinstance(one.record.error, Overloaded) for one in seen.failed)


CUTS: dict[str, bytes | Behaviour] = {
    "overloaded": reply(
        events(delta(content="Once upon "), delta(content="a time"), OVERLOADED), SSE
    ),
    "reset": broken(delta(content="Once upon "), delta(content="a time")),
    "end without DONE": broken(delta(content="Once upon "), delta(content="a time"), polite=True),
    "malformed": reply(
        events(delta(content="Once upon "), delta(content="a time"), "{nonsense"), SSE
    ),
}


@pytest.mark.parametrize("cut", CUTS)
def test_after_deltas_the_text_is_kept_and_no_model_is_silently_asked_again(cut: str) -> None:
    with servers((CUTS[cut],)) as (server,):
        seen = ask(chain([server]))
    assert seen.error is None
    assert (seen.completion.text, seen.completion.reason) == ("Once upon a time", "incomplete")
    assert seen.call.problem is not None and seen.call.problem.message
    assert len(server.received) == 1
    assert seen.failed == []
    assert seen.outcomes == [("one/a-model", "incomplete")]
    assert results.total_usage(seen.call.records) is None
    assert results.total_cost(seen.call.records).micros is None


@pytest.mark.parametrize("cut", CUTS)
def test_after_deltas_the_next_model_goes_on_from_the_text(cut: str) -> None:
    goes_on = answer("upon a ", "time there ", "was a mouse.")
    with servers((CUTS[cut],), (goes_on,)) as (first, second):
        seen = ask(chain([first, second]))
    assert seen.error is None and seen.call.problem is None
    assert seen.completion.text == "Once upon a time there was a mouse."
    assert seen.completion.reason == "complete"
    assert (len(first.received), len(second.received)) == (1, 1)
    assert sent(second) == [
        [("user", "hello"), ("assistant", "Once upon a time"), ("user", INSTRUCTION)]
    ]
    kinds = [one.next_model if isinstance(one, AttemptFailed) else type(one) for one in seen.events]
    assert kinds.index("two/a-model") == 2
    assert kinds[:2] == [TextDelta, TextDelta]
    assert seen.outcomes == [("one/a-model", "incomplete"), ("two/a-model", "complete")]
    usage = results.total_usage(seen.call.records)
    assert usage is not None and (usage.output_tokens, usage.partial) == (5, True)


def test_a_model_that_takes_it_is_given_the_beginning_to_go_on_from() -> None:
    with servers((CUTS["reset"],), (answer(" there was"),)) as (first, second):
        seen = ask((choice(first, "one"), choice(second, "two", prefill=True)))
    assert seen.completion.text == "Once upon a time there was"
    assert sent(second) == [[("user", "hello"), ("assistant", "Once upon a time")]]


def test_a_third_model_goes_on_from_what_two_have_written() -> None:
    second_cut = broken(delta(content=" there was a mouse"))
    with servers((CUTS["reset"],), (second_cut,), (answer(" and a cat."),)) as running:
        seen = ask(chain(running))
    assert seen.completion.text == "Once upon a time there was a mouse and a cat."
    assert sent(running[2])[0][1] == ("assistant", "Once upon a time there was a mouse")
    assert [len(one.received) for one in running] == [1, 1, 1]


def test_a_model_that_has_shown_nothing_may_be_retried_behind_the_text_of_another() -> None:
    with servers((CUTS["reset"],), (refusal(503), answer(" there was"))) as (first, second):
        seen = ask(chain([first, second]))
    assert seen.completion.text == "Once upon a time there was"
    assert seen.next_models == ["two/a-model", "two/a-model"]
    assert [len(messages) for messages in sent(second)] == [3, 3]


def test_when_nobody_can_go_on_the_text_stays_incomplete() -> None:
    with servers((CUTS["reset"],), (refusal(401),)) as running:
        seen = ask(chain(running))
    assert (seen.completion.text, seen.completion.reason) == ("Once upon a time", "incomplete")
    assert isinstance(seen.call.problem, ProviderAuthentication)


@pytest.mark.parametrize(
    "objects",
    [
        [delta(content='{"name": "Ada", "ro')],
        [delta(content="Here:\n\n```json\n[1, 2")],
        [delta(content="| a | b |\n|---|---|\n| 1 |")],
        [
            delta(content="I will look."),
            delta(
                tool_calls=[{"index": 0, "id": "c", "function": {"name": "f", "arguments": "{"}}]
            ),
        ],
        [delta(refusal="I cannot")],
    ],
)
def test_json_tables_tool_calls_and_refusals_are_not_continued(objects: list[Any]) -> None:
    with servers((broken(*objects),), (answer("never"),)) as (first, second):
        seen = ask(chain([first, second]))
    assert seen.error is None
    assert seen.completion.reason == "incomplete"
    assert seen.call.problem is not None
    assert (len(first.received), second.received) == (1, [])


def test_reasoning_of_a_failed_attempt_stays_and_the_next_model_begins_anew() -> None:
    with servers((broken(delta(reasoning_content="Hm. ")),), (answer("Hello"),)) as (first, second):
        seen = ask(chain([first, second]))
    assert (seen.completion.reasoning, seen.completion.text) == ("Hm. ", "Hello")
    assert sent(second) == [[("user", "hello")]]
    assert len(first.received) == 1


def later(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("retry_after", "least", "most"),
    [("7", 7, 7.3), ("a date", 6, 8.3), ("-1", 0, 0.02), ("soon", 0, 0.02), (None, 0, 0.02)],
    ids=["7", "a date", "-1", "junk", "nothing"],
)
def test_429_with_a_wait_is_waited_for_where_no_other_model_is_left(
    retry_after: str | None, least: float, most: float
) -> None:
    said = later(8) if retry_after == "a date" else retry_after
    headers = {"Retry-After": said} if said else None
    with servers((refusal(429, headers=headers), answer("x"))) as (server,):
        seen = ask(chain([server]), stop_at_failure=True)
    assert seen.stopped
    (failed,) = seen.failed
    assert failed.wait is not None and least <= failed.wait <= most
    assert failed.next_model == "one/a-model"
    assert len(server.received) == 1


@pytest.mark.parametrize(
    ("retry_after", "total"), [("3600", 280.0), ("7", 5.0)], ids=["3600", "past the deadline"]
)
def test_429_with_a_wait_that_is_too_long_fails_at_once(retry_after: str, total: float) -> None:
    limited = refusal(429, headers={"Retry-After": retry_after})
    with servers((limited,)) as (server,):
        seen = ask(chain([server]), replace(QUICK, total=total))
    assert isinstance(seen.error, RateLimited)
    assert seen.error.retry_after == float(retry_after)
    assert seen.next_models == [None]
    assert len(server.received) == 1


@pytest.mark.parametrize("retry_after", ["7", "3600"])
def test_429_with_a_wait_is_not_waited_for_where_another_model_is_left(retry_after: str) -> None:
    limited = refusal(429, headers={"Retry-After": retry_after})
    with servers((limited,), (answer("Hello"),)) as (first, second):
        seen = ask(chain([first, second]))
    assert seen.completion.text == "Hello"
    assert (len(first.received), len(second.received)) == (1, 1)
    assert [one.cost is None for one in results.attempts(seen.call.records)] == [True, False]


def test_429_with_a_short_wait_is_waited_for_all_the_same() -> None:
    limited = refusal(429, headers={"retry-after-ms": "150"})
    with servers((limited, answer("Hello")), (answer("never"),)) as (first, second):
        seen = ask(chain([first, second]))
    assert seen.completion.text == "Hello"
    assert seen.failed[0].wait is not None and seen.failed[0].wait >= 0.15
    assert (len(first.received), second.received) == (2, [])


def test_a_model_known_to_be_limited_for_20_s_is_not_asked_again() -> None:
    limited = refusal(429, headers={"Retry-After": "20"})
    with servers((limited,), (answer("Hello"),)) as (first, second):
        models = chain([first, second])
        ask(models)
        seen = ask(models)
        alone = ask(models[:1], replace(QUICK, in_line=5))
    assert seen.outcomes == [("one/a-model", "skipped"), ("two/a-model", "complete")]
    assert seen.next_models == ["two/a-model"]
    assert isinstance(alone.error, RateLimited)
    assert "can be asked again in 20 s" in alone.error.message
    assert alone.error.retry_after is not None and 15 < alone.error.retry_after <= 20
    assert len(first.received) == 1


def test_headers_that_say_that_nothing_remains_are_remembered() -> None:
    used_up = {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "20s",
               "x-ratelimit-remaining-requests": "9", "x-ratelimit-reset-requests": "50s"}  # fmt: skip
    with servers((answer("one", headers=used_up),), (answer("two"),)) as running:
        models = chain(running)
        assert ask(models).completion.text == "one"
        assert registry.of_model("one/a-model").state == "limited"
        assert 15 < registry.limited_for("one/a-model") <= 20
        assert ask(models).completion.text == "two"


def test_a_limit_that_is_over_soon_is_waited_out() -> None:
    with servers((answer("Hello"),), (answer("never"),)) as running:
        models = chain(running)
        registry.limited("one/a-model", 1.0)
        began = time.monotonic()
        seen = ask(models)
    assert seen.completion.text == "Hello"
    assert time.monotonic() - began > 0.8
    assert seen.failed == []


def test_a_stop_ends_the_wait_for_a_limit() -> None:
    with servers((answer("never"),)) as (server,):
        registry.limited("one/a-model", 4.0)
        call = ModelCall(chain([server]), request_for, Nobody(), policy=QUICK)
        threading.Timer(0.1, call.stop).start()
        began = time.monotonic()
        seen = run(call)
    assert seen.stopped
    assert time.monotonic() - began < 2
    assert server.received == []


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [(429, "insufficient_quota", QuotaExhausted), (401, "invalid_api_key", ProviderAuthentication)],
)
def test_insufficient_quota_and_401_are_not_retried_and_show_the_connection_unhealthy(
    status: int, code: str, kind: type[ProviderError]
) -> None:
    with servers((refusal(status, code),), (answer("Hello"),)) as (first, second):
        models = chain([first, second])
        alone = ask(models[:1])
        assert isinstance(alone.error, kind)
        assert len(first.received) == 1
        assert registry.of_connection("one").state == "trouble"
        assert registry.of_connection("two").state == "ok"
        cooled = ask(models)
        assert cooled.outcomes == [("one/a-model", "skipped"), ("two/a-model", "complete")]
        assert cooled.next_models == ["two/a-model"]
        assert "One has been in trouble for" in str(cooled.failed[0].record.error)
        assert len(first.received) == 1
        again = ask(models[:1])
    assert isinstance(again.error, kind)
    assert len(first.received) == 2, "where nothing else is left a new key is tried at once"


def test_a_model_in_trouble_is_passed_over() -> None:
    now = 1_800_000_000.0
    registry.clock = lambda: now
    try:
        for _ in range(6):
            registry.failed("one/a-model", Overloaded("provider-busy"))
            now += 3
        with servers((answer("one"),), (answer("two"),)) as (first, second):
            models = chain([first, second])
            seen = ask(models)
            assert seen.outcomes == [("one/a-model", "skipped"), ("two/a-model", "complete")]
            alone = ask(models[:1])
            assert isinstance(alone.error, Overloaded)
            assert "has been in trouble for 18 s" in alone.error.message
            assert first.received == []
            now += 60
            assert ask(models).completion.text == "one"
            assert registry.of_model("one/a-model").state == "ok"
    finally:
        registry.clock = time.time


def test_a_probe_that_is_stopped_leaves_the_way_to_another() -> None:
    now = 1_800_000_000.0
    registry.clock = lambda: now
    try:
        for _ in range(6):
            registry.failed("one/a-model", Overloaded("provider-busy"))
            now += 3
        now += 60
        with servers((silence, answer("Hello"))) as (server,):
            call = ModelCall(chain([server]), request_for, Nobody(), policy=QUICK)
            threading.Timer(0.2, call.stop).start()
            assert run(call).stopped
            assert ask(chain([server])).completion.text == "Hello"
    finally:
        registry.clock = time.time


def test_provider_down_for_10_minutes_opens_probes_and_recovers() -> None:
    """A question each 5 s, each with its fallback; the provider is away for ten minutes."""
    start = now = 1_800_000_000.0
    registry.clock = lambda: now
    away = True

    def first_server(connection: socket.socket) -> None:
        close = {"Connection": "close"}
        connection.sendall(refusal(503, headers=close) if away else answer("one", headers=close))

    answered: list[str] = []
    asked: list[float] = []
    try:
        with servers((first_server,), (answer("two"),)) as (first, second):
            models = chain([first, second])
            while now < start + 700:
                away = now < start + 600
                before = len(first.received)
                answered.append(ask(models, ONE_TRY).completion.text)
                if len(first.received) > before:
                    asked.append(now - start)
                now += 5
    finally:
        registry.clock = time.time
    down = [at for at in asked if at < 600]
    assert len(down) < 20, "120 questions, and the provider was asked a few times"
    assert answered[:120] == ["two"] * 120
    back = answered.index("one")
    assert back <= 120 + 60 / 5
    assert answered[back:] == ["one"] * (140 - back)


def one_byte_at_a_time(connection: socket.socket) -> None:
    """An answer whose bytes come so slowly that no event does."""
    data = chunked(events(delta(content="Hello"), *finish()))
    try:
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(0.03)
    except OSError:
        pass


def stalls(connection: socket.socket) -> None:
    connection.sendall(chunked(events(delta(content="Once upon a time")), end=False))
    silence(connection)


@pytest.mark.parametrize(
    ("behaviour", "code", "policy"),
    [
        (silence, "first-token-deadline", replace(QUICK, first_token=0.3)),
        (one_byte_at_a_time, "first-token-deadline", replace(QUICK, first_token=0.3)),
        (stalls, "idle-deadline", replace(QUICK, idle=0.3)),
    ],
)
def test_no_first_token_and_a_byte_now_and_then_miss_a_deadline_and_the_next_model_answers(
    behaviour: Behaviour, code: str, policy: Any
) -> None:
    with servers((behaviour,), (answer(" there was"),)) as (first, second):
        began = time.monotonic()
        seen = ask(chain([first, second]), policy)
    assert time.monotonic() - began < 4
    assert seen.error is None
    assert seen.completion.text.endswith(" there was")
    assert (len(first.received), len(second.received)) == (1, 1)
    attempt = results.attempts(seen.call.records)[0]
    assert (attempt.error, attempt.model) == (code, "one/a-model")
    assert attempt.outcome == ("incomplete" if behaviour is stalls else "failed")


def test_the_total_deadline_is_for_the_whole_chain() -> None:
    policy = replace(QUICK, first_token=0.4, total=0.6)
    with servers((silence,), (silence,), (answer("never"),)) as running:
        seen = ask(chain(running), policy)
    assert isinstance(seen.error, DeadlineExceeded)
    assert [len(one.received) for one in running] == [1, 1, 0]
    assert [one.error.code for one in seen.call.records if one.error] == [
        "first-token-deadline",
        "total-deadline",
    ]
    assert registry.of_model("two/a-model").state == "ok"


def test_context_overflow_is_no_blind_retry_and_only_a_larger_window_is_asked() -> None:
    too_long = refusal(400, "context_length_exceeded")
    with servers((too_long,), (answer("never"),), (answer("Hello"),)) as running:
        first, second, third = running
        models = (
            choice(first, "one", context_window=8_000),
            choice(second, "two", context_window=8_000),
            choice(third, "three", context_window=100_000),
        )
        seen = ask(models)
        alone = ask(models[:2])
    assert seen.completion.text == "Hello"
    assert isinstance(alone.error, ContextOverflow)
    assert (len(first.received), len(second.received), len(third.received)) == (2, 0, 1)


def test_what_a_content_policy_refuses_is_not_taken_to_another_provider() -> None:
    with servers((refusal(400, "content_filter"),), (answer("never"),)) as (first, second):
        seen = ask(chain([first, second]))
    assert isinstance(seen.error, ContentFiltered)
    assert (len(first.received), second.received) == (1, [])


@pytest.mark.parametrize("attempts", [1, 2, 4])
def test_each_model_is_asked_exactly_the_configured_times(attempts: int) -> None:
    """The SDKs retry nothing beneath."""
    with servers((refusal(503),), (refusal(500),)) as running:
        seen = ask(chain(running), replace(QUICK, attempts=attempts, first_wait=0.001))
    assert [len(one.received) for one in running] == [attempts, attempts]
    assert len(seen.call.records) == 2 * attempts


def test_when_all_fail_the_error_is_that_of_the_model_that_was_asked() -> None:
    with servers((refusal(503),), (refusal(401),), (refusal(404),)) as running:
        seen = ask(chain(running), ONE_TRY)
    assert isinstance(seen.error, Overloaded)
    assert seen.next_models == ["two/a-model", "three/a-model", None]
    assert results.total_cost(seen.call.records).micros == 0
    assert results.total_usage(seen.call.records) is None
    assert "CANARY" not in str(results.attempts(seen.call.records))


def test_a_malformed_answer_is_not_retried_but_the_next_model_is_asked() -> None:
    with servers((reply(events("{nonsense"), SSE),), (answer("Hello"),)) as (first, second):
        seen = ask(chain([first, second]))
    assert seen.completion.text == "Hello"
    assert isinstance(seen.failed[0].record.error, MalformedResponse)
    assert len(first.received) == 1


def test_a_model_for_which_there_is_no_request_is_passed_over() -> None:
    def request(asked: Choice) -> ModelRequest:
        if asked.connection.id == "one":
            raise InvalidArgument("question-too-long", needed=9, room=8, fields=[])
        return request_for(asked)

    with servers((answer("never"),), (answer("Hello"),)) as (first, second):
        models = chain([first, second])
        seen = run(ModelCall(models, request, Nobody(), policy=QUICK))
        assert seen.completion.text == "Hello"
        assert seen.failed[0].record.error is not None
        with pytest.raises(InvalidArgument, match="too long"):
            run(ModelCall(models[:1], request, Nobody(), policy=QUICK))
    assert first.received == []


def test_a_call_may_begin_with_text_that_is_there_already() -> None:
    with servers((answer("a time ", "there was."),)) as (server,):
        seen = ask(chain([server]), written="Once upon a time")
    assert seen.completion.text == " there was."
    assert sent(server)[0][1:] == [("assistant", "Once upon a time"), ("user", INSTRUCTION)]


def test_a_call_that_goes_on_from_text_and_brings_nothing_fails() -> None:
    with servers((refusal(503),)) as (server,):
        seen = ask(chain([server]), ONE_TRY, written="Once upon a time")
    assert isinstance(seen.error, Overloaded)
    assert seen.call.problem is None


def test_a_stop_gives_out_what_is_held_back_of_a_continuation() -> None:
    def some(connection: socket.socket) -> None:
        connection.sendall(chunked(events(delta(content="a time there")), end=False))
        silence(connection)

    with servers((some,)) as (server,):
        call = ModelCall(
            chain([server]), request_for, Nobody(), policy=QUICK, written="Once upon a time"
        )
        stop = threading.Timer(0.5, call.stop)
        stop.start()
        seen = run(call)
    assert seen.stopped
    assert seen.completion.text == " there"
    assert seen.outcomes == [("one/a-model", "incomplete")]
    assert seen.call.records[0].total > 0.4


def test_a_stop_between_two_models_asks_no_further_one() -> None:
    with servers((refusal(401),), (answer("never"),)) as (first, second):
        seen = ask(chain([first, second]), stop_at_failure=True)
    assert seen.stopped
    assert (len(first.received), second.received) == (1, [])


def test_a_background_call_makes_way_for_a_fallback_to_its_server() -> None:
    with servers((refusal(401),), (silence, answer("Hello"))) as (first, second):
        asked, local = chain([first, second])
        local = replace(local, connection=replace(local.connection, one_at_a_time=True))
        title = ModelCall((local,), request_for, Nobody(), policy=QUICK, background=True)
        made: list[bool] = []
        thread = threading.Thread(target=lambda: made.append(run(title).stopped))
        thread.start()
        while not second.received:
            time.sleep(0.01)
        seen = ask((asked, local))
        thread.join(10)
    assert made == [True]
    assert seen.completion.text == "Hello"


def test_usage_and_cost_of_all_attempts_are_added_up() -> None:
    cut = broken(
        {**delta(content="Once"), "usage": {"prompt_tokens": 7, "completion_tokens": 2}},
        OVERLOADED,
    )
    with servers((cut,), (answer(" upon"),)) as running:
        seen = ask(chain(running))
    first, second = results.attempts(seen.call.records)
    assert first.usage is not None and first.usage.input_tokens == 7
    assert second.usage is not None and second.usage.input_tokens == 10
    total = results.total_usage(seen.call.records)
    assert total is not None
    assert (total.input_tokens, total.output_tokens, total.partial) == (17, 7, False)
