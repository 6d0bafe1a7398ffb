"""SIGKILL, SIGTERM, and SIGSTOP with SIGCONT at every write of a turn in turn: whatever hits its
process, afterwards there is one question, one end, and a branch that can be gone on with."""

import signal
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from colonycraft.chat import run as runs
from colonycraft.chat.sweep import sweep
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from support.nursery import Child, Gate, Nursery, start_nursery
from support.provider import Provider
from support.turns import ask, conversation_of, messages, question, segments, text_of

MODEL = "words-6-every-60"
WHOLE = "".join(f"word{n} " for n in range(6))
WRITES = 6
"""Of such a turn: the begin, three or four entries of the log, the end, the title."""
GATES = [
    pytest.param(Gate(number, when), id=f"{when}-write-{number}")
    for number in range(1, WRITES + 1)
    for when in ("before", "after")
]


@pytest.fixture(scope="module")
def nursery(provider: Provider, firestore: Firestore) -> Iterator[Nursery]:
    with start_nursery(provider.base_url) as running:
        yield running


class Case:
    """A turn in a process of its own, and what it left."""

    def __init__(self, firestore: Firestore, openai: Provider) -> None:
        self.firestore = firestore
        self.openai = openai
        self.conversation = str(uuid.uuid4())
        self.marker = f"marker {uuid.uuid4()}"
        uid = f"person-{uuid.uuid4().hex[:12]}"
        self.caller = Caller(uid=uid, org_id=uid, streamed=True)
        self.request = question(self.conversation, self.marker, new=True, model=MODEL)
        self.run = runs.run_id(self.caller, self.request.request_id)

    def documents(self) -> list[Any]:
        return [
            self.firestore.get(f"conversations/{self.conversation}").data,
            self.firestore.get(f"runs/{self.run}").data,
            messages(self.firestore, self.conversation),
            segments(self.firestore, self.run),
        ]

    def recover(self) -> None:
        """As the sweep does it, half a minute later."""
        run = self.firestore.get(f"runs/{self.run}").data
        if run is not None and run["state"] == "running":
            long_ago = now() - runs.LEASE - timedelta(seconds=1)
            unit = self.firestore.unit_of_work()
            unit.update(f"runs/{self.run}", {("startedAt",): long_ago})
            for number in range(len(segments(self.firestore, self.run))):
                unit.update(runs.segment_path(self.run, number), {("createdAt",): long_ago})
            unit.commit()
        sweep()

    def check(self) -> None:
        """One question at most, one end, no run left open, the text as far as it was saved."""
        run = self.firestore.get(f"runs/{self.run}").data
        found = messages(self.firestore, self.conversation)
        if run is None:
            assert found == []
            assert self.firestore.get(f"conversations/{self.conversation}").data is None
        else:
            assert run["state"] in ("complete", "incomplete")
            assert [one["role"] for one in found] == ["user", "assistant"]
            assert found[1]["state"] == run["state"]
            assert WHOLE.startswith(text_of(found[1]))
            assert run["state"] == "incomplete" or text_of(found[1]) == WHOLE
            stored = conversation_of(self.firestore, self.conversation)
            assert stored["branches"]["main"]["activeRun"] is None
            assert stored["counts"]["messages"] == 2
            left = segments(self.firestore, self.run)
            assert [one["events"] for one in left] == [[]] * len(run["fences"])
        assert len(self._asked()) <= 1

    def ask_again(self) -> None:
        """The browser repeats its request, then the person asks on."""
        before = len(messages(self.firestore, self.conversation))
        ask(self.caller, self.request)
        assert len(messages(self.firestore, self.conversation)) == 2
        assert before in (0, 2)
        _, further = ask(self.caller, question(self.conversation, "and now?"))
        assert further.state == "complete"

    def _asked(self) -> list[Any]:
        """Calls of the turn itself: a title's ends with another message."""
        return [
            one
            for one in self.openai.asked(self.marker)
            if one["body"]["messages"][-1]["content"] == self.marker
        ]


@pytest.fixture
def case(firestore: Firestore, openai: Provider) -> Case:
    return Case(firestore, openai)


def begin(nursery: Nursery, folder: Path, case: Case, gate: Gate | None) -> Any:
    request = case.request.model_dump(by_alias=True)
    return nursery.child(folder, case.caller.uid, request, gate)


def wait_for_end(child: Child) -> None:
    while child.next_word():
        pass


def test_a_turn_has_as_many_writes_as_are_met_here(
    nursery: Nursery, tmp_path: Path, case: Case
) -> None:
    with begin(nursery, tmp_path, case, Gate(WRITES - 1, "after")) as child:
        assert child.next_word() == "gate"
        child.pass_gate()
        assert child.next_word() == "done"
    case.check()


@pytest.mark.parametrize("gate", GATES)
def test_killed_at_a_write(nursery: Nursery, tmp_path: Path, case: Case, gate: Gate) -> None:
    with begin(nursery, tmp_path, case, gate) as child:
        child.next_word()
        child.send(signal.SIGKILL)
        wait_for_end(child)
    case.recover()
    case.check()
    case.ask_again()


@pytest.mark.parametrize("gate", GATES)
def test_terminated_at_a_write(nursery: Nursery, tmp_path: Path, case: Case, gate: Gate) -> None:
    with begin(nursery, tmp_path, case, gate) as child:
        if child.next_word() == "gate":
            child.send(signal.SIGTERM)
            child.pass_gate()
        wait_for_end(child)
    case.check()
    case.recover()
    case.check()
    case.ask_again()


@pytest.mark.parametrize("gate", GATES)
def test_frozen_at_a_write_and_thawed_after_the_sweep(
    nursery: Nursery, tmp_path: Path, case: Case, gate: Gate
) -> None:
    with begin(nursery, tmp_path, case, gate) as child:
        frozen = child.next_word() == "gate"
        if frozen:
            child.send(signal.SIGSTOP)
            case.recover()
            before = case.documents()
            child.pass_gate()
            child.send(signal.SIGCONT)
        wait_for_end(child)
    # A turn that had written nothing begins when it thaws, and a title is of the person's answer.
    if frozen and before[1] is not None and before[1]["fences"]:
        assert case.documents() == before
    case.recover()
    case.check()
    case.ask_again()
