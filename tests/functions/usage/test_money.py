"""Money that holds: what is reserved, what is settled, who is refused."""

import json
import os
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from colonycraft import calls
from colonycraft.calls import Account, resolve
from colonycraft.chat import recovery, turn
from colonycraft.chat import run as runs
from colonycraft.errors import BudgetUsedUp
from colonycraft.llm.port import Message, ModelRequest, TextPart
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Firestore, Query, Where
from colonycraft.platform.operations import Caller, Empty, mailbox_of
from colonycraft.usage import ledger, spending
from colonycraft.usage.counts import whole_counts
from colonycraft.usage.ledger import Amounts, Settlement
from colonycraft.usage.operations import list_budgets
from colonycraft.usage.teller import teller
from support.provider import Provider
from support.runs import begun_run, write_log
from support.spenders import spenders
from support.spending import hold
from support.turns import ask, messages, question, someone

pytestmark = pytest.mark.usefixtures("openai")

ROUNDS = int(os.environ.get("ROUNDS", "6"))
"""Of 200 calls at once; `make soak` asks for more."""
FLAT = 10_000
"""Micro-dollars that a call of a model without a price is charged here."""


@pytest.fixture(autouse=True)
def _unknown_price(monkeypatch: pytest.MonkeyPatch) -> None:
    hold(monkeypatch, unknown_price=FLAT)


@pytest.fixture
def model() -> str:
    """A model of its own, so that a budget on it is one of its own."""
    return f"words-3-x{uuid.uuid4().hex[:12]}"


@contextmanager
def budgeted(text: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        hold(patch, text)
        teller.forget()
        yield


def entries(firestore: Firestore, caller: Caller) -> list[dict[str, Any]]:
    found = firestore.query(Query("ledger", where=(Where("ownerId", "==", caller.uid),)))
    return sorted((one.data or {} for one in found), key=lambda one: one["createdAt"])


def counts(firestore: Firestore, caller: Caller, model: str) -> list[tuple[int, int]]:
    """Reserved and settled of each budget that a call would be counted on."""
    return whole_counts([one.path for one in spending.banks(caller, f"openai/{model}", now())])


def days(firestore: Firestore, caller: Caller) -> list[dict[str, Any]]:
    found = firestore.query(Query("usageDays", where=(Where("ownerId", "==", caller.uid),)))
    return [one.data or {} for one in found]


def test_a_turn_is_reserved_and_settled(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    _, result = ask(caller, question(new_id, new=True, model="gpt-5-mini"))
    first, title = entries(firestore, caller)
    assert (first["feature"], title["feature"]) == ("turn", "title")
    assert {first["state"], title["state"]} == {"settled"}
    assert first["runId"] == result.run_id and first["conversationId"] == new_id
    assert result.receipt is not None and result.receipt.cost.micros == first["used"]["micros"]
    assert first["used"]["inputTokens"] == 10 and first["used"]["outputTokens"] == 3
    assert first["estimated"] is False
    assert first["reserved"]["micros"] > first["used"]["micros"] > 0
    assert first["priceList"].startswith("genai-prices ")


def test_a_day_agrees_with_the_ledger(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    for number in range(3):
        ask(caller, question(new_id, new=number == 0, model="gpt-5-mini"))
    found = entries(firestore, caller)
    for day in days(firestore, caller):
        own = [one["used"] for one in found if one["feature"] == day["feature"]]
        assert day["calls"] == len(own) > 0
        for name in ("micros", "inputTokens", "outputTokens", "requests"):
            assert day[name] == sum(one[name] for one in own)
    assert {one["feature"] for one in days(firestore, caller)} == {"turn", "title"}


def test_a_used_up_budget_refuses_before_anything_is_asked_or_stored(
    firestore: Firestore, openai: Provider, model: str, new_id: str
) -> None:
    caller = someone()
    on = f", on openai/{model}"
    with budgeted(f"each: 0.02 USD a day{on}; everyone: 9 USD a day{on}"):
        # The title is paid for as well.
        ask(caller, question(new_id, new=True, model=model))
        assert counts(firestore, caller, model) == [(0, 2 * FLAT), (0, 2 * FLAT)]
        with pytest.raises(BudgetUsedUp, match=r"0.02 USD a day for each .* is used up; it renews"):
            ask(caller, question(new_id, "a second time", model=model))
        assert counts(firestore, caller, model) == [(0, 2 * FLAT), (0, 2 * FLAT)]
        other = someone()
        ask(other, question(f"{new_id}-other", new=True, model=model))
        assert counts(firestore, other, model) == [(0, 2 * FLAT), (0, 4 * FLAT)]
    assert openai.asked("a second time") == []
    assert len(messages(firestore, new_id)) == 2


def test_a_budget_of_guests_holds_guests_alone(
    firestore: Firestore, model: str, new_id: str
) -> None:
    guest, other = (replace(someone(), role="guest") for _ in range(2))
    ada = replace(someone(), mailbox=mailbox_of("ada@example.com"))
    on = f", on openai/{model}"
    with budgeted(f"guests: 0.02 USD a day{on}; ada@example.com: 1 request a day{on}"):
        ask(guest, question(new_id, new=True, model=model))
        with pytest.raises(BudgetUsedUp, match=r"for all guests together .* is used up"):
            ask(other, question(f"{new_id}-guest", new=True, model=model))
        assert counts(firestore, other, model) == [(0, 2 * FLAT)]
        assert counts(firestore, someone(), model) == []
        ask(ada, question(f"{new_id}-ada", new=True, model=model))
        with pytest.raises(BudgetUsedUp, match=r"for ada@example.com .* is used up"):
            ask(ada, question(f"{new_id}-ada", "again", model=model))
        ask(someone(), question(f"{new_id}-member", new=True, model=model))


def test_what_is_left_is_told(model: str, new_id: str) -> None:
    caller = someone()
    on = f"openai/{model}"
    with budgeted(f"each: 0.50 USD a day, on {on}; everyone: 9 requests for good, warn, on {on}"):
        before = list_budgets(caller, Empty())
        ask(caller, question(new_id, new=True, model=model))
        after = list_budgets(caller, Empty())
    dollars, requests = after.budgets
    assert [one.used for one in before.budgets] == [0, 0]
    assert (dollars.limit, dollars.used, dollars.reserved) == (500_000, 2 * FLAT, 0)
    assert (requests.used, requests.hard, requests.renews_at) == (1, False, None)
    assert dollars.renews_at and after.time_zone == "UTC"


def test_so_many_answers_at_once_and_no_more(firestore: Firestore, model: str, new_id: str) -> None:
    caller = someone()
    slow = f"words-2-every-50-x{model[-6:]}"
    with budgeted(f"each: 2 at once, on openai/{slow}"):
        running = [
            turn.chat(caller, question(f"{new_id}-{number}", new=True, model=slow))
            for number in range(2)
        ]
        for stream in running:
            next(stream)
        with pytest.raises(BudgetUsedUp, match=r"2 answers at once for each person .* is the most"):
            ask(caller, question(f"{new_id}-x", new=True, model=slow))
        assert counts(firestore, caller, slow) == [(2, 0)]
        for stream in running:
            list(stream)
        assert counts(firestore, caller, slow) == [(0, 0)]
        _, result = ask(caller, question(f"{new_id}-x", new=True, model=slow))
        assert result.state == "complete"


def test_a_model_of_unknown_price_is_refused_where_dollars_are_counted(
    monkeypatch: pytest.MonkeyPatch, model: str, new_id: str
) -> None:
    hold(monkeypatch, unknown_price=None)
    with (
        budgeted(f"each: 9 USD a day, on openai/{model}"),
        pytest.raises(BudgetUsedUp, match=r"price of .* is not known"),
    ):
        ask(someone(), question(new_id, new=True, model=model))
    for harmless in (f"each: 9 USD a day, warn, on openai/{model}", "each: 99 requests an hour"):
        with budgeted(harmless):
            _, result = ask(someone(), question(f"{new_id}-{len(harmless)}", new=True, model=model))
            assert result.state == "complete"


def test_a_budget_that_only_warns_refuses_nothing_and_says_so_once(
    firestore: Firestore, model: str, new_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    caller = someone()
    with budgeted(f"each: 0.02 USD a day, warn, on openai/{model}"):
        for number in range(3):
            ask(caller, question(new_id, new=number == 0, model=model))
        path = spending.banks(caller, f"openai/{model}", now())[0].path
    stored = firestore.get(path).data or {}
    assert stored["settled"] > 2 * FLAT and stored["alerts"] == [50, 80, 100]
    told = [
        json.loads(line) for line in capsys.readouterr().out.splitlines() if "of a budget" in line
    ]
    assert [one["message"].split()[0] for one in told] == ["50", "80", "100"]
    assert caller.uid not in json.dumps(told)


def test_an_answer_is_kept_short_when_a_long_one_does_not_fit(
    firestore: Firestore, openai: Provider, new_id: str
) -> None:
    caller = someone()
    with budgeted("each: 2000 tokens for good"):
        ask(caller, question(new_id, "a short one", new=True, model="gpt-5-mini"))
    (asked, *_) = openai.asked("a short one")
    reserved = entries(firestore, caller)[0]["reserved"]
    assert reserved["inputTokens"] + reserved["outputTokens"] == 2000
    limits = {asked["body"].get(name) for name in ("max_tokens", "max_completion_tokens")}
    assert reserved["outputTokens"] in limits


def test_free_models_are_free_also_of_a_budget_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls.account.llm, "price_lists", lambda *_: ("local",))
    with budgeted("each: 0 USD for good"):
        hold = Account(someone(), "turn").reserve(resolve("openai/words-3"), REQUEST)
    assert hold.entry.reserved.micros == 0
    hold.release()


REQUEST = ModelRequest("words-3", (Message("user", (TextPart("hello"),)),), max_output_tokens=100)


def test_two_settle_and_the_second_corrects_the_first(firestore: Firestore, model: str) -> None:
    """A process that was frozen thaws after the sweep."""
    caller = someone()
    with budgeted(f"each: 1 USD a day, on openai/{model}"):
        hold = Account(caller, "turn").reserve(resolve(f"openai/{model}"), REQUEST)
        hold.entry.at -= timedelta(hours=1)
        unit = firestore.unit_of_work()
        unit.update(hold.entry.path, {("createdAt",): hold.entry.at})
        unit.commit()
        calls.sweep()
        assert counts(firestore, caller, model) == [(0, FLAT)]
        calls.sweep()
        teller.settle(hold.entry, Settlement(Amounts(micros=3_000, output_tokens=7)))
        assert counts(firestore, caller, model) == [(0, 3_000)]
    found = entries(firestore, caller)
    assert sum(one["used"]["micros"] for one in found) == 3_000
    assert [one["estimated"] for one in found] == [True, False]
    (day,) = days(firestore, caller)
    assert (day["micros"], day["outputTokens"], day["calls"]) == (3_000, 7, 1)


def test_a_lost_run_is_settled_by_what_it_had_written(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    begun = begun_run(caller, new_id, model="gpt-5-mini")
    write_log(firestore, begun.run, "some words that came before the process went")
    (open_entry,) = entries(firestore, caller)
    assert open_entry["state"] == "open"
    stored = firestore.get(runs.run_path(begun.run.id))
    recovery.end(runs.read(stored))
    (entry,) = entries(firestore, caller)
    assert entry["state"] == "settled" and entry["estimated"] is True
    assert 0 < entry["used"]["outputTokens"] < 20
    assert 0 < entry["used"]["micros"] < entry["reserved"]["micros"]
    assert ledger.open_of_run(begun.run.id) == []


def test_a_call_that_was_refused_at_once_costs_nothing(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    _, result = ask(caller, question(new_id, new=True, model="words-1-fail-401"))
    assert result.state == "failed"
    (entry,) = entries(firestore, caller)
    assert entry["state"] == "released" and entry["used"]["micros"] == 0
    assert days(firestore, caller) == []


def test_a_question_that_loses_its_place_gives_back_what_it_reserved(
    firestore: Firestore, model: str, new_id: str
) -> None:
    caller = someone()
    with budgeted(f"each: 1 USD a day, on openai/{model}"):
        request = question(new_id, new=True, model=model)
        ask(caller, request)
        settled = counts(firestore, caller, model)
        ask(caller, request)
        assert counts(firestore, caller, model) == settled
    assert [one["state"] for one in entries(firestore, caller)].count("open") == 0


def test_requests_of_one_process_share_commits(firestore: Firestore, model: str) -> None:
    """16 clients of one person at once: none is refused for contention."""
    caller = someone()
    with budgeted(f"each: 16 requests a day, on openai/{model}"), firestore.counting() as counted:
        holds = in_threads(
            16, lambda: Account(caller, "proxy").reserve(resolve(f"openai/{model}"), REQUEST)
        )
        assert counts(firestore, caller, model) == [(16, 0)]
        in_threads(16, lambda: holds.pop().release())
        assert counts(firestore, caller, model) == [(0, 0)]
    assert counted.writes["ledger"] == 32
    assert counted.writes["budgets"] <= 32


def in_threads[T](count: int, work: Callable[[], T]) -> list[T]:
    together = threading.Barrier(count)

    def one(_: int) -> T:
        together.wait()
        return work()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_two_hundred_at_once_in_four_processes(firestore: Firestore, openai: Provider) -> None:
    """Also when each process takes tills from the first call on (every second round)."""
    with spenders(openai, 4) as running:
        for round_ in range(ROUNDS):
            model = f"words-1-x{uuid.uuid4().hex[:12]}"
            people = [f"person-{uuid.uuid4().hex}" for _ in range(5)]
            text = (
                f"everyone: 0.20 USD for good, on openai/{model};"
                f"each: 9 requests a day, on openai/{model};"
                f"everyone: 500000 tokens a week, on openai/{model}"
            )
            found = running.spend(
                {
                    "budgets": text,
                    "model": model,
                    "uids": people * 10,
                    "lostBeforeTill": 0 if round_ % 2 else 2,
                }
            )
            answered = {who: number for who, number in found.items() if who.startswith("answered")}
            assert sum(answered.values()) == 20, found
            assert max(answered.values()) <= 9
            assert found == Counter({**answered, "BudgetUsedUp": 180})
            with budgeted(text):
                for who in people:
                    own = answered.get(f"answered {who}", 0)
                    dollars, requests, tokens = counts(firestore, Caller(who, who), model)
                    assert dollars == (0, 20 * FLAT)
                    assert requests == (0, own)
                    assert tokens[0] == 0 and 0 < tokens[1] <= 500_000
