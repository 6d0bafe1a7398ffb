"""Summaries that wait in a batch: asked once, written if still wanted, paid at half, and nothing left
open, whatever is lost and whatever the provider does."""

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colonycraft import calls
from colonycraft.calls import Account, Choice, batch_records, batches, catalogue, resolve
from colonycraft.chat import batched_summary, handover, summary, sweep, worker
from colonycraft.conversations import context_operations
from colonycraft.conversations import operations as conversation_operations
from colonycraft.conversations.models import (
    ConfigureConversation,
    DeleteConversation,
    WriteSummary,
)
from colonycraft.errors import Unavailable
from colonycraft.llm.port import Connection, Message, ModelRequest, TextPart
from colonycraft.platform import clock
from colonycraft.platform.firestore import Firestore, Query, Where
from colonycraft.platform.operations import Caller
from colonycraft.usage import spending
from colonycraft.usage.counts import whole_counts
from colonycraft.usage.prices import unit_price
from support.batch_provider import SUMMARY, BatchProvider, start_batch_provider
from support.spending import hold
from support.turns import ask, conversation_of, question, someone

MODEL = "gpt-4o-mini"
IN, OUT = Decimal("0.15"), Decimal("0.60")
"""Dollars a million tokens, when it is asked at once."""
LONG = "A lease ends by itself. " * 220
BATCH = "batch-summary"


class Crash(BaseException):
    """The process is gone at this point."""


@dataclass
class Clock:
    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        return clock.now() + self.ahead

    def later(self, **time: float) -> None:
        self.ahead += timedelta(**time)


@pytest.fixture(scope="module")
def serving() -> Iterator[BatchProvider]:
    with start_batch_provider() as running:
        yield running


@pytest.fixture
def provider(serving: BatchProvider, monkeypatch: pytest.MonkeyPatch) -> BatchProvider:
    serving.forget()
    connection = Connection("openai", "openai_chat", "OpenAI", serving.base_url, "test-key")
    monkeypatch.setattr(catalogue, "connections", lambda: {"openai": connection})
    return serving


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What batches take for the time."""
    told = Clock()
    monkeypatch.setattr(batch_records, "now", told.now)
    monkeypatch.setattr(batches, "now", told.now)
    return told


@pytest.fixture(autouse=True)
def store(
    own_database: Firestore, provider: BatchProvider, monkeypatch: pytest.MonkeyPatch
) -> Firestore:
    """Where administrators want batches, and a conversation is long soon."""
    hold(monkeypatch, batch_summaries=True)
    monkeypatch.setattr(summary, "FULL", 0.01)
    return own_database


def long_conversation(caller: Caller) -> str:
    """Of which something is to be summed up after its last answer, and not before."""
    conversation = str(uuid.uuid4())
    for number in range(5):
        ask(caller, question(conversation, LONG, new=number == 0, model=MODEL))
    return conversation


def look(conversation: str) -> None:
    worker.WORK[handover.LOOK]({"batchId": conversation})


def entries(store: Firestore, caller: Caller, feature: str = BATCH) -> list[dict[str, Any]]:
    found = store.query(Query("ledger", where=(Where("ownerId", "==", caller.uid),)))
    return [data for one in found if (data := one.data) and data["feature"] == feature]


def half(tokens: list[int]) -> int:
    """Micro-dollars that the provider bills for input and output tokens."""
    price = (tokens[0] * IN + tokens[1] * OUT) / 2
    return int(price.quantize(Decimal(1), ROUND_HALF_UP))


def assert_nothing_left(store: Firestore, provider: BatchProvider, caller: Caller) -> None:
    assert store.query(Query("batches")) == []
    assert all(one["state"] in ("settled", "released") for one in entries(store, caller))
    assert provider.state()["files"] == []


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
        raise Unavailable("The database did not answer.")

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


def test_a_budget_that_is_used_up_refuses_it(
    store: Firestore, provider: BatchProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = long_conversation(caller := someone())
    choice, request = resolve(f"openai/{MODEL}"), ModelRequest(MODEL, ())
    hold(monkeypatch, "each: 0 USD a day")
    assert not batches.submit("other", choice, request, Account(caller, BATCH), {})
    assert [one.id for one in store.query(Query("batches"))] == [conversation]
    assert len(provider.batches()) == 1


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
    (entry,) = entries(store, caller)
    assert (entry["used"]["micros"], entry["estimated"]) == (entry["reserved"]["micros"], True)
    assert conversation_of(store, conversation)["summary"] is not None
    assert_nothing_left(store, provider, caller)


def test_an_answer_that_cannot_be_read_counts_as_what_was_reserved(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    conversation = long_conversation(caller := someone())
    provider.control(outcome="unreadable")
    time.later(minutes=6)
    look(conversation)
    (entry,) = entries(store, caller)
    assert (entry["used"]["micros"], entry["estimated"]) == (entry["reserved"]["micros"], True)
    assert conversation_of(store, conversation)["summary"]["text"] == "word0 word1 word2"
    assert_nothing_left(store, provider, caller)


def test_one_that_does_not_end_is_cancelled_after_a_day_and_made_at_once(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    conversation = long_conversation(caller := someone())
    time.later(hours=27)
    look(conversation)
    assert [one["cancelled"] for one in provider.batches()] == [True]
    (entry,) = entries(store, caller)
    assert (entry["used"]["micros"], entry["estimated"]) == (entry["reserved"]["micros"], True)
    assert conversation_of(store, conversation)["summary"]["text"] == "word0 word1 word2"


def test_one_that_the_provider_forgets_counts_as_what_was_reserved(
    store: Firestore, provider: BatchProvider, time: Clock
) -> None:
    conversation = long_conversation(caller := someone())
    provider.forget()
    time.later(minutes=6)
    look(conversation)
    (entry,) = entries(store, caller)
    assert (entry["used"]["micros"], entry["estimated"]) == (entry["reserved"]["micros"], True)
    assert conversation_of(store, conversation)["summary"] is not None
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
