"""Processes that each count on a till of a budget: nothing is exceeded, nobody is refused early."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from colonycraft import calls
from colonycraft.calls import Account, resolve
from colonycraft.errors import BudgetUsedUp
from colonycraft.llm.port import Message, ModelRequest, TextPart
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from colonycraft.usage import counts, spending, teller
from colonycraft.usage.budgets import Bank
from colonycraft.usage.ledger import Amounts, Draft, Settlement
from colonycraft.usage.teller import Teller
from support.spending import hold
from support.turns import someone

LIMIT = 40


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every bank is taken for one that others keep winning."""
    monkeypatch.setattr(teller, "LOST_BEFORE_TILL", 0)


@pytest.fixture
def model() -> str:
    return f"openai/words-3-x{uuid.uuid4().hex[:12]}"


@pytest.fixture(autouse=True)
def bank(model: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bank]:
    hold(monkeypatch, f"everyone: {LIMIT} requests for good, on {model}")
    yield spending.banks(Caller("anybody", "anybody"), model, now())[0]


def draft(model: str, caller: Caller | None = None) -> Draft:
    request = ModelRequest(
        model.partition("/")[2], (Message("user", (TextPart("hello"),)),), max_output_tokens=10
    )
    return Account(caller or someone(), "proxy").draft(resolve(model), request, first=True)


def stored(firestore: Firestore, path: str) -> dict[str, Any]:
    return firestore.get(path).data or {}


def tills(firestore: Firestore, bank: Bank) -> list[dict[str, Any]]:
    paths = counts.till_paths(firestore.get(bank.path))
    return [one.data or {} for one in firestore.get_all(paths)] if paths else []


USED = Settlement(Amounts(requests=1))


def test_the_second_call_leaves_the_bank_alone(
    firestore: Firestore, bank: Bank, model: str
) -> None:
    process = Teller()
    first = process.reserve(draft(model))
    with firestore.counting() as counted:
        second = process.reserve(draft(model))
        process.settle(second, USED)
    assert not counted.writes["budgets"] and not counted.reads["budgets"]
    assert counted.writes["tills"] == 2
    assert [path for path, _ in first.counted] == [bank.path]
    (till,) = tills(firestore, bank)
    assert (till["reserved"], till["settled"]) == (0, 1)
    assert counts.whole_counts([bank.path]) == [(1, 1)]


def test_all_of_a_budget_can_be_had_by_any_process(
    firestore: Firestore, bank: Bank, model: str
) -> None:
    """A till that another process holds refuses nobody: it is closed first."""
    processes = [Teller() for _ in range(3)]
    for process in processes:
        process.reserve(draft(model))
    assert len(tills(firestore, bank)) > 1
    entries = [processes[2].reserve(draft(model)) for _ in range(LIMIT - 3)]
    for process in processes:
        with pytest.raises(BudgetUsedUp):
            process.reserve(draft(model))
    assert tills(firestore, bank) == []
    assert counts.whole_counts([bank.path]) == [(LIMIT, 0)]
    processes[2].settle(entries[0], Settlement(released=True))
    processes[0].reserve(draft(model))
    assert stored(firestore, bank.path)["reserved"] == LIMIT


def test_what_is_open_on_a_till_is_settled_on_the_bank_once_it_is_closed(
    firestore: Firestore, bank: Bank, model: str
) -> None:
    process, other = Teller(), Teller()
    process.settle(process.reserve(draft(model)), USED)
    mine, lost = process.reserve(draft(model)), process.reserve(draft(model))
    (path,) = counts.till_paths(firestore.get(bank.path))
    assert [one for one, _ in mine.counted] == [path]
    other.settle(lost, USED)  # by who took over, while the till is out
    assert counts.whole_counts([bank.path]) == [(1, 2)]
    other.close(path)
    other.close(path)
    assert firestore.get(path).data is None
    assert stored(firestore, bank.path)["reserved"] == 1
    process.settle(mine, USED)
    process.settle(lost, Settlement(Amounts(requests=2)))  # it thaws: a correction
    assert counts.whole_counts([bank.path]) == [(0, 4)]
    process.reserve(draft(model))
    assert counts.whole_counts([bank.path]) == [(1, 4)]


def test_a_till_of_a_lost_process_is_swept(firestore: Firestore, bank: Bank, model: str) -> None:
    process = Teller()
    process.reserve(draft(model))
    entry = process.reserve(draft(model))
    (path,) = counts.till_paths(firestore.get(bank.path))
    calls.sweep()
    assert firestore.get(path).data is not None
    unit = firestore.unit_of_work()
    unit.update(path, {("createdAt",): now() - counts.LEFT_BEHIND - timedelta(seconds=1)})
    unit.commit()
    calls.sweep()
    calls.sweep()
    assert tills(firestore, bank) == []
    assert stored(firestore, bank.path)["reserved"] == 2
    Teller().settle(entry, Settlement(released=True))
    assert counts.whole_counts([bank.path]) == [(1, 0)]


def test_a_till_that_is_used_is_followed_by_another(
    firestore: Firestore, bank: Bank, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teller, "LOST_BEFORE_TILL", 2)
    monkeypatch.setattr(teller, "RENEWED_FROM", 3)
    process = Teller()
    monkeypatch.setattr(process, "_lost", {bank.path: [float("inf")] * 2})
    process.reserve(draft(model))
    monkeypatch.setattr(process, "_lost", {})
    (first,) = counts.till_paths(firestore.get(bank.path))
    for _ in range(3):
        process.reserve(draft(model))
    monkeypatch.setattr(teller, "TILL_FOR", 0.0)
    process._tills[bank.path].until = 0.0  # pyright: ignore[reportPrivateUsage]
    with firestore.counting() as counted:
        process.reserve(draft(model))
    assert (counted.writes["budgets"], counted.writes["tills"], counted.deletes["tills"]) == (
        1,
        1,
        1,
    )
    (second,) = counts.till_paths(firestore.get(bank.path))
    assert second != first
    process.reserve(draft(model))  # it has ended, and served too few: the bank counts
    assert tills(firestore, bank) == []
    assert counts.whole_counts([bank.path]) == [(6, 0)]


def test_what_is_counted_on_a_till_is_told(bank: Bank, model: str) -> None:
    from colonycraft.platform.operations import Empty
    from colonycraft.usage.operations import list_budgets

    process = Teller()
    for _ in range(3):
        process.settle(process.reserve(draft(model)), USED)
    process.reserve(draft(model))
    (told,) = list_budgets(someone(), Empty()).budgets
    assert (told.used, told.reserved) == (3, 1)


def test_no_till_where_little_is_left(firestore: Firestore, bank: Bank, model: str) -> None:
    process = Teller()
    for _ in range(LIMIT - 2):
        process.settle(process.reserve(draft(model)), USED)
    process.reserve(draft(model))
    assert tills(firestore, bank) == []
