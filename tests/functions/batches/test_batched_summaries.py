"""Summaries that wait in a batch: asked once, written if still wanted, cancelled if not."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from colonycraft.calls import Account, Choice, batches, resolve
from colonycraft.chat import handover, sweep
from colonycraft.conversations import context_operations
from colonycraft.conversations import operations as conversation_operations
from colonycraft.conversations.models import (
    ConfigureConversation,
    DeleteConversation,
    WriteSummary,
)
from colonycraft.errors import Unavailable
from colonycraft.llm.port import Message, ModelRequest, TextPart
from colonycraft.platform.firestore import Firestore, Query, Where
from colonycraft.platform.operations import Caller
from colonycraft.usage import spending
from support.batch_provider import SUMMARY, BatchProvider
from support.batched import (
    BATCH,
    LONG,
    MODEL,
    Clock,
    assert_nothing_left,
    entries,
    half,
    long_conversation,
    look,
)
from support.spending import hold
from support.turns import ask, conversation_of, question, someone


def test_it_is_asked_in_a_batch_and_written_when_that_has_ended(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    caller = someone()
    conversation = long_conversation(caller)
    (held,) = provider.batches()
    assert "Sum up this part" in str(held["lines"])
    assert conversation_of(store, conversation)["summary"] is None
    look(conversation)  # not due
    time.later(minutes=6)
    look(conversation)  # not ended
    assert conversation_of(store, conversation)["summary"] is None
    provider.control(outcome="succeeds")
    time.later(minutes=6)
    look(conversation)
    written = conversation_of(store, conversation)["summary"]
    assert (written["text"], written["branchId"], written["edited"]) == (SUMMARY, "main", False)
    assert written["untilSeq"] == 2
    (entry,) = entries(store, caller)
    assert (entry["state"], entry["batch"], entry["estimated"]) == ("settled", True, False)
    assert entry["used"]["micros"] == half([1000, 50])
    assert entry["priceList"] == "genai-prices 0.2.3, half by litellm 1.109.3"
    days = store.query(Query("usageDays", where=(Where("feature", "==", BATCH),)))
    assert [one.data["micros"] for one in days if one.data] == [half([1000, 50])]
    assert_nothing_left(store, provider, caller)


def test_only_one_is_asked_however_many_answers_come_meanwhile(
    store: Firestore, provider: BatchProvider
) -> None:
    caller = someone()
    conversation = long_conversation(caller)
    for _ in range(2):
        ask(caller, question(conversation, LONG, model=MODEL))
    assert len(provider.batches()) == len(entries(store, caller)) == 1
    assert entries(store, caller, "summary") == []


def test_it_is_made_at_once_unless_administrators_want_it_otherwise(
    store: Firestore, provider: BatchProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(monkeypatch, batch_summaries=False)
    conversation = long_conversation(caller := someone())
    assert provider.batches() == []
    assert conversation_of(store, conversation)["summary"] is not None
    assert len(entries(store, caller, "summary")) == 1


def test_it_is_made_at_once_where_something_is_missing_already(
    store: Firestore, provider: BatchProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Choice, "prompt_window", property(lambda _: 8_192))
    monkeypatch.setattr(Choice, "answer_tokens", property(lambda _: 2_048))
    conversation = long_conversation(someone())
    assert provider.batches() == []
    assert conversation_of(store, conversation)["summary"] is not None


def test_a_model_that_costs_as_much_in_a_batch_is_asked_at_once(provider: BatchProvider) -> None:
    assert batches.may_wait(resolve(f"openai/{MODEL}"))
    assert not batches.may_wait(resolve("openai/gpt-3.5-turbo-1106"))
    assert not batches.may_wait(resolve("openai/words-3"))


def test_nothing_waits_while_nobody_knows_what_administrators_want(
    provider: BatchProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise Unavailable("database-away")

    choice = resolve(f"openai/{MODEL}")
    monkeypatch.setattr(spending, "policy", away)
    assert not batches.may_wait(choice)


@pytest.mark.parametrize("status", [400, 401, 429])
def test_a_batch_that_is_refused_leaves_nothing_and_the_summary_is_made_at_once(
    store: Firestore, provider: BatchProvider, status: int
) -> None:
    provider.control(refuses=status)
    conversation = long_conversation(caller := someone())
    assert conversation_of(store, conversation)["summary"] is not None
    assert [one["state"] for one in entries(store, caller)] == ["released"]
    assert_nothing_left(store, provider, caller)


@pytest.mark.parametrize("outcome", ["fails", "expires", "partly", "errors"])
def test_without_an_answer_nothing_is_paid_and_it_is_made_at_once(
    store: Firestore, provider: BatchProvider, time: Clock, outcome: str
) -> None:
    conversation = long_conversation(caller := someone())
    provider.control(outcome=outcome)
    time.later(minutes=6)
    look(conversation)
    assert conversation_of(store, conversation)["summary"]["text"] == "word0 word1 word2"
    assert [one["state"] for one in entries(store, caller)] == ["released"]
    assert len(entries(store, caller, "summary")) == 1
    assert_nothing_left(store, provider, caller)


def ids(conversation: str) -> dict[str, str]:
    return {"request_id": str(uuid.uuid4()), "conversation_id": conversation}


def switch_off(caller: Caller, conversation: str) -> None:
    request = ConfigureConversation(**ids(conversation), summarise=False)
    context_operations.configure(caller, request)


def delete(caller: Caller, conversation: str) -> None:
    conversation_operations.delete(caller, DeleteConversation(**ids(conversation)))


def write(caller: Caller, conversation: str) -> None:
    request = WriteSummary(**ids(conversation), text="We spoke of leases.")
    context_operations.write_summary(caller, request)


@pytest.mark.parametrize("change", [switch_off, delete])
@pytest.mark.parametrize("outcome", ["works", "succeeds"])
def test_one_that_nobody_wants_any_more_is_cancelled_and_not_written(
    store: Firestore,
    provider: BatchProvider,
    time: Clock,
    change: Callable[[Caller, str], None],
    outcome: str,
) -> None:
    conversation = long_conversation(caller := someone())
    change(caller, conversation)
    provider.control(outcome=outcome)
    for _ in range(2):
        time.later(minutes=31)
        look(conversation)
    (held,) = provider.batches()
    assert held["cancelled"] == (outcome == "works")
    (entry,) = entries(store, caller)
    # What was answered all the same is billed.
    assert entry["used"]["micros"] == (half([1000, 50]) if outcome == "succeeds" else 0)
    assert conversation_of(store, conversation)["summary"] is None
    assert entries(store, caller, "summary") == []
    assert_nothing_left(store, provider, caller)


def test_one_of_a_conversation_that_is_gone_is_cancelled(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    conversation = long_conversation(caller := someone())
    unit = store.unit_of_work()
    unit.delete(f"conversations/{conversation}")
    unit.commit()
    for _ in range(2):
        time.later(minutes=31)
        look(conversation)
    assert [one["cancelled"] for one in provider.batches()] == [True]
    assert [one["state"] for one in entries(store, caller)] == ["released"]
    assert_nothing_left(store, provider, caller)


def test_what_a_person_has_written_meanwhile_stays(
    store: Firestore, provider: BatchProvider, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = someone()
    conversation = long_conversation(caller)
    provider.control(outcome="succeeds")
    time.later(minutes=6)
    look(conversation)
    for _ in range(2):
        ask(caller, question(conversation, LONG, model=MODEL))
    assert len(store.query(Query("batches"))) == 1
    write(caller, conversation)
    time.later(minutes=6)
    look(conversation)
    written = conversation_of(store, conversation)["summary"]
    assert (written["text"], written["edited"], written["untilSeq"]) == (
        "We spoke of leases.",
        True,
        2,
    )
    ask(caller, question(conversation, LONG, model=MODEL))
    time.later(minutes=6)
    look(conversation)
    written = conversation_of(store, conversation)["summary"]
    assert written["text"] == f"We spoke of leases.\n\n{SUMMARY}"
    assert written["edited"] and written["untilSeq"] > 2
    assert_nothing_left(store, provider, caller)


def test_what_cannot_be_removed_at_the_provider_is_tried_again(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    conversation = long_conversation(caller := someone())
    provider.control(outcome="succeeds", keeps=True)
    time.later(minutes=6)
    look(conversation)
    assert conversation_of(store, conversation)["summary"]["text"] == SUMMARY
    assert provider.state()["files"] != []
    provider.control(keeps=False)
    time.later(minutes=31)
    look(conversation)
    assert len(entries(store, caller)) == 1
    assert_nothing_left(store, provider, caller)


def test_two_that_look_at_once_are_one(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    conversation = long_conversation(caller := someone())
    provider.control(outcome="succeeds")
    time.later(minutes=6)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(look, [conversation] * 4))
    assert [one["used"]["micros"] for one in entries(store, caller)] == [half([1000, 50])]
    assert_nothing_left(store, provider, caller)


def test_what_it_costs_to_ask_and_to_look(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    request = ModelRequest(MODEL, (Message("user", (TextPart("hello"),)),))
    with store.counting() as sent:
        account = Account(someone(), BATCH)
        assert batches.submit("one", resolve(f"openai/{MODEL}"), request, account, {})
    assert (sent.reads, sent.writes) == ({}, {"batches": 2, "ledger": 1})
    one = store.unit_of_work()
    one.delete("batches/one")
    one.commit()
    conversation = long_conversation(someone())
    with store.counting() as early:
        assert batches.due() == []
        look(conversation)
    assert (early.reads, early.writes) == ({"batches": 2}, {})
    time.later(minutes=6)
    with store.counting() as due:
        assert batches.due() == [conversation]
        look(conversation)
    assert due.reads == {"batches": 2, "conversations": 1}
    assert due.writes == {"batches": 1}
    assert batches.due() == []
    provider.control(outcome="succeeds")
    time.later(minutes=6)
    with store.counting() as last:
        look(conversation)
    assert last.reads == {"batches": 1, "conversations": 2, "ledger": 1}
    assert last.writes == {"batches": 1, "ledger": 1, "usageDays": 1, "conversations": 1}
    assert last.deletes == {"batches": 1}


def test_the_sweep_has_each_looked_at_that_is_due(
    store: Firestore, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(handover, "look_at_batch", told.append)
    conversation = long_conversation(someone())
    sweep()
    assert told == []
    time.later(minutes=6)
    sweep()
    assert told == [conversation]
