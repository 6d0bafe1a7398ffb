"""Calls that wait for a model at its limit, with servers that count."""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from colonycraft.calls import ModelCall, Policy
from colonycraft.calls.health import registry
from colonycraft.calls.waiting import lines
from colonycraft.errors import RateLimited
from support.chains import QUICK, Seen, answer, ask, chain, refusal, request_for, run, servers
from support.payers import Nobody
from support.upstream import Upstream, silence

MODEL = "one/a-model"
PATIENT = replace(QUICK, attempts=5)


def call_to(server: Upstream, person: str = "nobody", policy: Policy = PATIENT) -> ModelCall:
    return ModelCall(chain([server]), request_for, Nobody(person=person), policy=policy)


def test_a_call_waits_for_the_end_of_a_limit_and_tells_of_it() -> None:
    with servers((answer("Hello"),)) as (server,):
        registry.limited(MODEL, 6.0)
        began = time.monotonic()
        seen = ask(chain([server]))
        assert time.monotonic() - began > 5.8
    assert seen.completion.text == "Hello"
    assert [(one.choice.id, one.position) for one in seen.waits] == [(MODEL, 1)] * 2
    assert [one.seconds for one in seen.waits] == [6, 1]
    assert seen.outcomes == [(MODEL, "complete")]
    assert seen.call.records[0].started > 5.8


def test_a_refused_call_waits_in_the_line_until_it_is_taken() -> None:
    limited = refusal(429, headers={"Retry-After": "1"})
    with servers((limited, limited, answer("Hello"))) as (server,):
        seen = ask(chain([server]))
    assert seen.completion.text == "Hello"
    assert [one.position for one in seen.waits] == [1, 1]
    assert len(server.received) == 3


@pytest.mark.parametrize(
    "policy",
    [replace(QUICK, in_line=10), replace(QUICK, total=10)],
    ids=["patience", "the total deadline"],
)
def test_a_limit_that_ends_beyond_what_a_call_waits_fails_at_once(policy: Policy) -> None:
    with servers((answer("never"),)) as (server,):
        registry.limited(MODEL, 30.0)
        began = time.monotonic()
        seen = ask(chain([server]), policy)
    assert time.monotonic() - began < 1
    assert isinstance(seen.error, RateLimited)
    assert seen.error.retry_after is not None and 29 < seen.error.retry_after <= 30
    assert seen.waits == [] and server.received == []


def test_where_another_model_can_answer_nobody_waits() -> None:
    with servers((answer("never"),), (answer("Hello"),)) as running:
        registry.limited(MODEL, 20.0)
        seen = ask(chain(running))
    assert seen.completion.text == "Hello"
    assert seen.waits == []


def test_where_the_other_model_is_at_its_limit_too_the_one_that_was_asked_is_waited_for() -> None:
    with servers((answer("Hello"),), (answer("never"),)) as running:
        registry.limited(MODEL, 6.0)
        registry.limited("two/a-model", 50.0)
        seen = ask(chain(running))
    assert seen.completion.text == "Hello"
    assert seen.waits[0].position == 1


def test_a_stop_leaves_the_line() -> None:
    with servers((answer("Hello"),)) as (server,):
        registry.limited(MODEL, 30.0)
        call = call_to(server)
        threading.Timer(0.1, call.stop).start()
        began = time.monotonic()
        seen = run(call)
        assert time.monotonic() - began < 1
        assert seen.stopped and seen.outcomes == [(MODEL, "skipped")]
        registry.forget()
        assert lines.can_answer(MODEL)
    assert server.received == []


def test_who_closes_the_call_leaves_the_line() -> None:
    with servers((answer("never"),)) as (server,):
        registry.limited(MODEL, 30.0)
        events = call_to(server).events()
        next(events)
        assert not lines.can_answer(MODEL)
        events.close()
        registry.forget()
        assert lines.can_answer(MODEL)


@pytest.mark.parametrize(("seconds", "state"), [(3.0, "settled"), (30.0, "released")])
def test_what_was_reserved_ahead_is_kept_for_a_short_wait_alone(seconds: float, state: str) -> None:
    with servers((answer("Hello"),)) as (server,):
        registry.limited(MODEL, seconds)
        payer = Nobody()
        (choice,) = chain([server])
        hold = payer.reserve(choice, request_for(choice))
        call = ModelCall((choice,), request_for, payer, policy=PATIENT, hold=hold)
        if seconds > 5:
            events = call.events()
            next(events)
            registry.forget()
            list(events)
        else:
            run(call)
        assert hold.state == state
    assert [one.state for one in payer.holds if one is not hold] == (
        ["settled"] if state == "released" else []
    )


@dataclass
class Limiter:
    """A provider that takes `most` requests in each window, and refuses the others until its end."""

    most: int
    window: float
    tells: bool
    opened: float = 0.0
    taken: int = 0
    refused: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, connection: socket.socket) -> None:
        with self.lock:
            now = time.monotonic()
            if now >= self.opened + self.window:
                self.opened, self.taken = now, 0
            ends = self.opened + self.window - now
            if self.taken >= self.most:
                self.refused += 1
                reply = refusal(429, headers={"Retry-After": f"{ends:.3f}", "Connection": "close"})
            else:
                self.taken += 1
                left = {"x-ratelimit-remaining-requests": str(self.most - self.taken),
                        "x-ratelimit-reset-requests": f"{ends:.3f}s"}  # fmt: skip
                close = {"Connection": "close"}
                reply = answer("Hello", headers=close | left if self.tells else close)
        time.sleep(0.05)
        connection.sendall(reply)


def ask_at_once(calls: list[ModelCall]) -> tuple[list[Seen], list[str]]:
    """All of them, and the people in the order in which they were answered."""
    order: list[str] = []

    def asks(call: ModelCall) -> Callable[[], None]:
        def work() -> None:
            seen.append(run(call))
            order.append(call.payer.person)

        return work

    seen: list[Seen] = []
    threads = [threading.Thread(target=asks(call)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return seen, order


@pytest.mark.parametrize("tells", [True, False], ids=["headers", "only 429"])
def test_a_script_and_two_people_share_a_limit_without_a_herd(tells: bool) -> None:
    limiter = Limiter(4, 1.5, tells)
    with servers((limiter,)) as (server,):
        registry.limited(MODEL, 1.2)
        people = ["script"] * 14 + ["ann", "ben"]
        seen, order = ask_at_once([call_to(server, person) for person in people])
    assert [one.error for one in seen] == [None] * 16
    assert [one.completion.text for one in seen] == ["Hello"] * 16
    assert {"ann", "ben"} <= set(order[:6]), order
    assert limiter.refused <= (2 if tells else 20), "a herd"


def test_a_call_that_is_silent_does_not_keep_the_others_from_an_unlimited_model() -> None:
    with servers((silence, answer("Hello"))) as (server,):
        first = call_to(server)
        thread = threading.Thread(target=lambda: run(first))
        thread.start()
        time.sleep(0.2)
        assert ask(chain([server])).waits == []
        first.stop()
        thread.join(5)
