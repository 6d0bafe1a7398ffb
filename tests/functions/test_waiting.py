"""Turns and proxies that wait for a model at its limit."""

import threading
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from colonycraft import calls
from colonycraft.calls import ModelCall, Policy
from colonycraft.calls.health import registry
from colonycraft.chat import log, turn
from colonycraft.chat import run as runs
from colonycraft.platform.firestore import Firestore, Query, Where
from colonycraft.platform.operations import Caller
from support.callable import post
from support.people import Person
from support.turns import ask, messages, question, segments, someone

pytestmark = pytest.mark.usefixtures("openai", "impatient")
MODEL = "openai/words-3"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wait of more than half a second is a long one."""
    monkeypatch.setattr(turn, "ModelCall", partial(ModelCall, policy=Policy(patience=0.5)))


def ledger(firestore: Firestore, caller: Caller) -> list[tuple[str, int]]:
    """State and requests of a person's entries."""
    found = firestore.query(Query("ledger", where=(Where("ownerId", "==", caller.uid),)))
    entries = [one.data or {} for one in found]
    turns = [one for one in entries if one["feature"] == "turn"]
    return sorted((one["state"], one["used"]["requests"]) for one in turns)


def waiting_turn(caller: Caller, conversation: str) -> Iterator[Any]:
    """A turn that has told that it waits."""
    stream = turn.chat(caller, question(conversation, new=True))
    assert next(stream).type == "run-started"
    told = next(stream)
    assert (told.type, told.model, told.position) == ("call-waiting", MODEL, 1)
    return stream


def test_a_turn_waits_and_says_at_which_place(firestore: Firestore, new_id: str) -> None:
    registry.limited(MODEL, 1.5)
    caller = someone()
    events, result = ask(caller, question(new_id, new=True))
    waits = [event for event in events if event.type == "call-waiting"]
    assert [(one.model, one.title, one.position, one.seconds) for one in waits] == [
        (MODEL, "words-3", 1, 2)
    ]
    assert (result.state, result.text) == ("complete", "word0 word1 word2 ")
    assert result.receipt is not None
    assert [one.outcome for one in result.receipt.attempts] == ["complete"]
    assert result.receipt.attempts[0].started_ms >= 1400
    assert result.receipt.first_token_ms is not None and result.receipt.first_token_ms >= 1400


def test_nothing_is_reserved_while_a_turn_waits_for_long(firestore: Firestore, new_id: str) -> None:
    registry.limited(MODEL, 1.5)
    caller = someone()
    with firestore.counting() as counts:
        stream = waiting_turn(caller, new_id)
        assert counts.writes["ledger"] == 2, "with the run's batch, and given back"
    assert ledger(firestore, caller) == [("released", 0)]
    list(stream)
    assert ledger(firestore, caller) == [("released", 0), ("settled", 1)]


def test_a_stop_ends_the_wait_at_once(firestore: Firestore, new_id: str) -> None:
    registry.limited(MODEL, 30)
    caller = someone()
    stream = turn.chat(caller, question(new_id, new=True))
    run = next(stream).run_id
    threading.Timer(0.3, turn.running[run].stop).start()
    began = time.monotonic()
    list(stream)
    assert time.monotonic() - began < 3
    assert messages(firestore, new_id)[1]["state"] == "stopped"
    assert {state for state, _ in ledger(firestore, caller)} == {"released"}


def test_the_end_of_the_process_ends_the_wait_at_once(firestore: Firestore, new_id: str) -> None:
    registry.limited(MODEL, 30)
    stream = waiting_turn(someone(), new_id)
    threading.Timer(0.3, calls.end_waits).start()
    began = time.monotonic()
    list(stream)
    assert time.monotonic() - began < 3
    answer = messages(firestore, new_id)[1]
    assert answer["state"] == "incomplete"
    assert "restarted" in answer["problem"]["message"]


def test_a_run_outlives_its_browser_also_in_the_line(firestore: Firestore, new_id: str) -> None:
    registry.limited(MODEL, 1.5)
    stream = turn.chat(someone(), question(new_id, new=True))
    next(stream)
    next(stream)
    stream.close()
    answer = messages(firestore, new_id)[1]
    assert (answer["state"], answer["parts"][0]["text"]) == ("complete", "word0 word1 word2 ")


def test_a_run_that_waits_gives_signs_of_life(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "HEARTBEAT", runs.HEARTBEAT / 50)
    monkeypatch.setattr(log, "TICK", 0.02)
    registry.limited(MODEL, 30)
    stream = turn.chat(someone(), question(new_id, new=True))
    run = next(stream).run_id
    next(stream)
    time.sleep(1.2)
    lives = segments(firestore, run)
    assert len(lives) >= 3
    assert all(one["events"] == [] for one in lives)
    turn.running[run].stop()
    list(stream)


def test_a_limit_that_ends_beyond_all_patience_fails_at_once(new_id: str) -> None:
    registry.limited(MODEL, 90)
    events, result = ask(someone(), question(new_id, new=True))
    assert [event.type for event in events] == ["run-started", "run-finished"]
    assert result.state == "failed"
    assert result.problem is not None and "asked again in 90 s" in result.problem.message


@pytest.mark.parametrize("stream", [True, False])
def test_a_proxy_waits_shortly(person: Person, stream: bool) -> None:
    body = {"model": "words-3", "messages": [{"role": "user", "content": "hello"}]}
    registry.limited(MODEL, 1.5)
    answer = post("openai", body, person=person, stream=stream)
    assert answer.result["text"] == "word0 word1 word2 "
    if stream:
        told = {
            "type": "call-waiting",
            "model": MODEL,
            "title": "words-3",
            "position": 1,
            "seconds": 2,
        }
        assert answer.messages[0] == told
    registry.limited(MODEL, 20)
    refused = post("openai", body, person=person, stream=stream)
    assert refused.error["status"] == "RESOURCE_EXHAUSTED"
    assert "asked again in 20 s" in refused.error["message"]
