"""Whatever is lost while a batch is asked or looked at: whoever looks next ends it, once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from colonycraft import calls
from colonycraft.chat import batched_summary
from colonycraft.llm.port import Connection
from colonycraft.platform.firestore import Firestore, Query
from colonycraft.platform.operations import Caller
from support.batch_provider import SUMMARY, BatchProvider
from support.batched import Clock, assert_nothing_left, entries, half, long_conversation, look
from support.turns import conversation_of, someone


class Crash(BaseException):
    """The process is gone at this point."""


@contextmanager
def crashing(store: Firestore, at: int, *, after: bool) -> Iterator[None]:
    """The process is gone at its write number `at`, before or after that is done."""
    commit, left = store.commit, [at]

    def commit_or_crash(writes: Any) -> list[Any]:
        left[0] -= 1
        if left[0] == -1 and not after:
            raise Crash
        done = commit(writes)
        if left[0] == -1:
            raise Crash
        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "commit", commit_or_crash)
        yield


def survives(store: Firestore, provider: BatchProvider, caller: Caller, conversation: str,
             time: Clock) -> None:  # fmt: skip
    """Whoever looks next ends it, and money and what was said are where they belong."""
    provider.control(outcome="succeeds")
    for _ in range(3):
        time.later(minutes=31)
        look(conversation)
    assert conversation_of(store, conversation)["summary"] is not None
    billed = sum(half(one["billed"]) for one in provider.batches() if one["billed"])
    assert sum(one.get("used", {}).get("micros", 0) for one in entries(store, caller)) == billed
    assert_nothing_left(store, provider, caller)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", range(3))
def test_a_process_that_is_lost_while_it_asks(
    store: Firestore,
    provider: BatchProvider,
    time: Clock,
    monkeypatch: pytest.MonkeyPatch,
    at: int,
    after: bool,
) -> None:
    """It writes the record, the reservation, and what the provider calls the batch."""
    original, caller = batched_summary.ask, someone()

    def ask_and_crash(*given: Any) -> bool:
        with crashing(store, at, after=after):
            return original(*given)

    monkeypatch.setattr(batched_summary, "ask", ask_and_crash)
    with pytest.raises(Crash):
        long_conversation(caller)
    monkeypatch.setattr(batched_summary, "ask", original)
    (asked,) = {one["conversationId"] for one in entries(store, caller, "turn")}
    if (at, after) == (0, False):
        assert store.query(Query("batches")) == [] == provider.batches()
        return
    assert [one.id for one in store.query(Query("batches"))] == [asked]
    survives(store, provider, caller, asked, time)
    assert len(provider.batches()) == (at == 2)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", range(4))
def test_a_process_that_is_lost_while_it_looks(
    store: Firestore, provider: BatchProvider, time: Clock, at: int, after: bool
) -> None:
    """It claims the record, settles, writes the summary, and deletes the record."""
    conversation = long_conversation(caller := someone())
    provider.control(outcome="succeeds")
    time.later(minutes=6)
    with pytest.raises(Crash), crashing(store, at, after=after):
        look(conversation)
    survives(store, provider, caller, conversation, time)
    assert len(entries(store, caller)) == 1
    assert conversation_of(store, conversation)["summary"]["text"] == SUMMARY


@pytest.mark.parametrize("refuses", [None, 400])
def test_a_process_that_was_taken_for_lost_and_thaws_cancels_what_it_sent(
    store: Firestore,
    provider: BatchProvider,
    time: Clock,
    monkeypatch: pytest.MonkeyPatch,
    refuses: int | None,
) -> None:
    submit, caller = calls.batches.llm.batches.submit, someone()

    def frozen(connection: Connection, name: str, requests: Any) -> str:
        (stored,) = store.query(Query("batches"))
        time.later(minutes=11)
        look(stored.id)
        provider.control(refuses=refuses)
        return submit(connection, name, requests)

    monkeypatch.setattr(calls.batches.llm.batches, "submit", frozen)
    conversation = long_conversation(caller)
    assert [one["cancelled"] for one in provider.batches()] == ([] if refuses else [True])
    assert sum(one["used"]["micros"] for one in entries(store, caller)) == 0
    assert conversation_of(store, conversation)["summary"] is not None
    assert store.query(Query("batches")) == []


def test_a_reply_that_is_lost_is_no_second_batch(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    provider.control(loses=True)
    conversation = long_conversation(caller := someone())
    assert conversation_of(store, conversation)["summary"] is None
    provider.control(loses=False)
    survives(store, provider, caller, conversation, time)
    assert len(provider.batches()) == 1
    assert conversation_of(store, conversation)["summary"]["text"] == SUMMARY
