"""What is asked in a batch is reserved, settled at half, and never left open."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colonycraft import calls
from colonycraft.calls import Account, batches, catalogue, resolve
from colonycraft.llm.port import Connection, Message, ModelRequest, TextPart
from colonycraft.platform import clock
from colonycraft.platform.firestore import Firestore, Query, Where
from colonycraft.usage.counts import whole_counts
from colonycraft.usage.prices import unit_price
from support.batch_provider import SUMMARY, BatchProvider
from support.batched import (
    BATCH,
    MODEL,
    Clock,
    assert_counted_as_reserved,
    assert_nothing_left,
    entries,
    half,
    long_conversation,
    look,
)
from support.spending import hold
from support.turns import conversation_of, someone


def test_an_answer_without_its_usage_is_estimated(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    conversation = long_conversation(caller := someone())
    provider.control(outcome="succeeds", usage=None)
    time.later(minutes=6)
    look(conversation)
    (entry,) = entries(store, caller)
    assert (entry["state"], entry["estimated"]) == ("settled", True)
    assert 0 < entry["used"]["micros"] < entry["reserved"]["micros"]
    assert conversation_of(store, conversation)["summary"]["text"] == SUMMARY


@pytest.mark.parametrize("wrong", [[-5, 10**15], [10**15, 0]])
def test_a_usage_that_cannot_be_is_no_count(
    store: Firestore, provider: BatchProvider, time: Clock, wrong: list[int]
) -> None:
    conversation = long_conversation(caller := someone())
    provider.control(outcome="succeeds", usage=wrong)
    time.later(minutes=6)
    look(conversation)
    (entry,) = entries(store, caller)
    assert (entry["state"], entry["estimated"]) == ("settled", True)
    assert 0 < entry["used"]["micros"] <= entry["reserved"]["micros"]


def test_answers_that_cannot_be_read_count_as_what_was_reserved_after_a_day(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    conversation = long_conversation(caller := someone())
    provider.control(outcome="garbled")
    time.later(minutes=6)
    look(conversation)
    assert [one["state"] for one in entries(store, caller)] == ["batched"]
    time.later(hours=27)
    look(conversation)
    assert_counted_as_reserved(store, caller)
    assert conversation_of(store, conversation)["summary"] is not None
    assert_nothing_left(store, provider, caller)


def test_an_answer_that_cannot_be_read_counts_as_what_was_reserved(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    conversation = long_conversation(caller := someone())
    provider.control(outcome="unreadable")
    time.later(minutes=6)
    look(conversation)
    assert_counted_as_reserved(store, caller)
    assert conversation_of(store, conversation)["summary"]["text"] == "word0 word1 word2"
    assert_nothing_left(store, provider, caller)


def test_one_that_does_not_end_is_cancelled_after_a_day_and_made_at_once(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    conversation = long_conversation(caller := someone())
    time.later(hours=27)
    look(conversation)
    assert [one["cancelled"] for one in provider.batches()] == [True]
    assert_counted_as_reserved(store, caller)
    assert conversation_of(store, conversation)["summary"]["text"] == "word0 word1 word2"


def test_one_that_the_provider_forgets_counts_as_what_was_reserved(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    conversation = long_conversation(caller := someone())
    provider.forget()
    time.later(minutes=6)
    look(conversation)
    assert_counted_as_reserved(store, caller)
    assert conversation_of(store, conversation)["summary"] is not None
    assert_nothing_left(store, provider, caller)


def test_a_budget_that_is_used_up_refuses_it(
    store: Firestore, provider: BatchProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = long_conversation(caller := someone())
    choice, request = resolve(f"openai/{MODEL}"), ModelRequest(MODEL, ())
    hold(monkeypatch, "each: 0 USD a day")
    assert not batches.submit("other", choice, request, Account(caller, BATCH), {})
    assert [one.id for one in store.query(Query("batches"))] == [conversation]
    assert len(provider.batches()) == 1


def test_an_entry_of_an_open_batch_is_not_forgotten(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    conversation = long_conversation(caller := someone())
    (found,) = store.query(Query("ledger", where=(Where("state", "==", "batched"),)))
    unit = store.unit_of_work()
    unit.update(found.path, {("createdAt",): clock.now() - timedelta(hours=20)})
    unit.commit()
    calls.sweep()
    assert [one["state"] for one in entries(store, caller)] == ["batched"]
    provider.control(outcome="succeeds")
    time.later(minutes=6)
    look(conversation)
    assert [one["state"] for one in entries(store, caller)] == ["settled"]


def test_it_is_reserved_and_settled_in_the_period_in_which_it_was_asked(
    store: Firestore, provider: BatchProvider, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(monkeypatch, "each: 1 USD an hour")
    conversation = long_conversation(caller := someone())
    (entry,) = entries(store, caller)
    ((path,),) = ([one["budget"] for one in entry["counted"]],)
    ((reserved, before),) = whole_counts([path])
    assert reserved == entry["reserved"]["micros"] > half([1000, 50])
    provider.control(outcome="succeeds")
    time.later(hours=20)
    look(conversation)
    assert whole_counts([path]) == [(0, before + half([1000, 50]))]


@pytest.mark.parametrize(
    ("adapter", "model"),
    [
        ("openai_chat", MODEL),
        ("openai_responses", MODEL),
        ("anthropic_messages", "claude-haiku-4-5"),
        ("mistral_chat", "mistral-small-latest"),
    ],
)
def test_each_provider_is_found_again_paid_at_half_and_left_clean(
    store: Firestore,
    provider: BatchProvider,
    time: Clock,
    monkeypatch: pytest.MonkeyPatch,
    adapter: str,
    model: str,
) -> None:
    url = provider.base_url if adapter.startswith("openai") else provider.base_url[:-3]
    connection = Connection("it", adapter, "It", url, "test-key")
    monkeypatch.setattr(catalogue, "connections", lambda: {"it": connection})
    caller, choice = someone(), resolve(f"it/{model}")
    assert batches.may_wait(choice)
    provider.control(loses=True)
    request = ModelRequest(model, (Message("user", (TextPart("hello"),)),), max_output_tokens=99)
    assert batches.submit(caller.uid, choice, request, Account(caller, BATCH), {})
    time.later(minutes=11)
    early = batches.claim(caller.uid)
    assert early is not None and batches.collect(early, wanted=True) is None
    assert [one["state"] for one in entries(store, caller)] == ["batched"]
    provider.control(outcome="succeeds", usage=[10_000, 500])
    time.later(minutes=6)
    batch = batches.claim(caller.uid)
    assert batch is not None
    ended = batches.collect(batch, wanted=True)
    assert ended is not None and ended.answer is not None and ended.answer.text == SUMMARY
    batches.close(batch)
    price = unit_price((adapter.partition("_")[0],), model)
    assert price is not None
    (entry,) = entries(store, caller)
    assert entry["used"]["micros"] == (10_000 * price.input + 500 * price.output) / 2
    assert entry["reserved"]["micros"] < 1_000
    assert [one["removed"] for one in provider.batches()] == [not adapter.startswith("openai")]
    assert_nothing_left(store, provider, caller)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["succeeds", "succeeds", "fails", "expires", "errors", "partly"]),
            st.integers(0, 300_000),
            st.integers(0, 5_000),
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_ledger_has_what_the_provider_bills(
    store: Firestore, provider: BatchProvider, time: Clock, asked: list[tuple[str, int, int]]
) -> None:
    provider.forget()
    caller, choice = someone(), resolve(f"openai/{MODEL}")
    request = ModelRequest(MODEL, (Message("user", (TextPart("hello"),)),), max_output_tokens=99)
    for number, (outcome, read, written) in enumerate(asked):
        provider.control(outcome="works")
        id = f"{caller.uid}-{number}"
        assert batches.submit(id, choice, request, Account(caller, BATCH), {})
        provider.control(outcome=outcome, usage=[read, written])
        time.later(minutes=6)
        batch = batches.claim(id)
        assert batch is not None
        assert batches.collect(batch, wanted=True) is not None
        batches.close(batch)
    billed = sum(half(one["billed"]) for one in provider.batches() if one["billed"])
    found = entries(store, caller)
    assert sum(one["used"]["micros"] for one in found) == billed
    assert [one["estimated"] for one in found] == [False] * len(asked)
    assert_nothing_left(store, provider, caller)
