"""Threads of one process that count together: one commit at a time, and nobody waits for two."""

import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from colonycraft.calls import Account, resolve
from colonycraft.llm.port import Message, ModelRequest, TextPart
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from colonycraft.usage import counts, ledger, spending
from colonycraft.usage.ledger import Amounts, Draft, Settlement
from colonycraft.usage.teller import Teller
from support.spending import hold
from support.turns import someone

PATIENCE = 20


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> str:
    model = f"openai/words-3-x{uuid.uuid4().hex[:12]}"
    hold(monkeypatch, f"everyone: 100 requests for good, on {model}")
    return model


def draft(model: str) -> Draft:
    request = ModelRequest(model.partition("/")[2], (Message("user", (TextPart("hello"),)),))
    return Account(someone(), "proxy").draft(resolve(model), request, first=True)


class Commits:
    """Each commit says that it has begun, and goes on when it is let: the commit itself, or `end`.
    `at_most` counts those that were under way together."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun = threading.Semaphore(0)
        self.let: list[Callable[[], None] | None] = []
        self.goes_on = threading.Semaphore(0)
        self.at_most = self._under_way = 0
        self._original = Firestore.commit
        monkeypatch.setattr(Firestore, "commit", lambda *given: self._commit(*given))

    def end(self, how: Callable[[], None] | None = None) -> None:
        self.let.append(how)
        self.goes_on.release()

    def _commit(self, database: Firestore, writes: Sequence[Any]) -> list[Any]:
        self._under_way += 1
        self.at_most = max(self.at_most, self._under_way)
        self.begun.release()
        assert self.goes_on.acquire(timeout=PATIENCE)
        try:
            if (how := self.let.pop(0)) is not None:
                how()
            return self._original(database, writes)
        finally:
            self._under_way -= 1


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> Commits:
    return Commits(monkeypatch)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def joined(process: Teller, count: int) -> None:
    """Waits until so many wait for the next commit."""
    deadline = threading.Event()
    for _ in range(1000 * PATIENCE):
        if len(process._waiting) == count:  # pyright: ignore[reportPrivateUsage]
            return
        deadline.wait(0.001)
    pytest.fail(f"{count} never waited")


def test_who_is_done_does_not_wait_for_the_next_commit(
    commits: Commits, threads: ThreadPoolExecutor, model: str
) -> None:
    process = Teller()
    first = threads.submit(process.reserve, draft(model))
    assert commits.begun.acquire(timeout=PATIENCE)
    second = threads.submit(process.reserve, draft(model))
    joined(process, 1)
    third = threads.submit(process.reserve, draft(model))
    joined(process, 2)
    commits.end()
    first.result(PATIENCE)
    assert commits.begun.acquire(timeout=PATIENCE)
    fourth = threads.submit(process.reserve, draft(model))
    joined(process, 1)
    commits.end()
    second.result(PATIENCE)
    third.result(PATIENCE)
    # The commit of the fourth has begun, and nobody but it waits for that.
    assert commits.begun.acquire(timeout=PATIENCE)
    assert not fourth.done()
    commits.end()
    fourth.result(PATIENCE)
    assert commits.at_most == 1


def test_who_waits_goes_on_where_a_commit_breaks_off(
    commits: Commits, threads: ThreadPoolExecutor, model: str
) -> None:
    class Died(BaseException):
        pass

    def die() -> None:
        raise Died

    process = Teller()
    first = threads.submit(process.reserve, draft(model))
    assert commits.begun.acquire(timeout=PATIENCE)
    second = threads.submit(process.reserve, draft(model))
    joined(process, 1)
    commits.end(die)
    with pytest.raises(Died):
        first.result(PATIENCE)
    assert commits.begun.acquire(timeout=PATIENCE)
    commits.end()
    second.result(PATIENCE)
    bank = spending.banks(Caller("anybody", "anybody"), model, now())[0]
    assert counts.whole_counts([bank.path]) == [(1, 0)]


def test_what_was_noted_is_written_although_nobody_waits_for_it(
    firestore: Firestore, commits: Commits, threads: ThreadPoolExecutor, model: str
) -> None:
    process = Teller()
    entry = ledger.entry_of(replace(draft(model), banks=()), 10, now())
    under_way = threads.submit(process.reserve, draft(model))
    assert commits.begun.acquire(timeout=PATIENCE)
    process.note(entry)
    joined(process, 2)
    commits.end()
    under_way.result(PATIENCE)
    assert commits.begun.acquire(timeout=PATIENCE)
    commits.end()
    commits.end()
    process.settle(entry, Settlement(Amounts(requests=1)))
    assert (firestore.get(entry.path).data or {})["state"] == "settled"
