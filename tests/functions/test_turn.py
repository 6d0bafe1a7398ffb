"""A turn, with a real database and a provider outside the process."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from colonycraft.chat import recovery, turn
from colonycraft.chat import run as runs
from colonycraft.chat.sweep import sweep
from colonycraft.conversations import store as conversations
from colonycraft.errors import (
    ColonyCraftError,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    RequestIdReused,
    RunActive,
)
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from support.provider import Provider
from support.turns import ask, conversation_of, messages, question, segments, someone

pytestmark = pytest.mark.usefixtures("openai")


def test_a_first_question_makes_conversation_messages_run_and_receipt(
    firestore: Firestore, new_id: str
) -> None:
    caller = someone()
    events, result = ask(caller, question(new_id, "What is a lease?", new=True))
    assert [event.type for event in events] == [
        "run-started",
        *["text-delta"] * 3,
        "run-finished",
    ]
    assert result.state == "complete"
    assert result.text == "word0 word1 word2 "
    asked, answered = messages(firestore, new_id)
    assert (asked["role"], asked["seq"], asked["branchId"]) == ("user", 0, "main")
    assert asked["parts"] == [{"type": "text", "text": "What is a lease?"}]
    assert (answered["role"], answered["seq"], answered["state"]) == ("assistant", 1, "complete")
    assert answered["parts"] == [{"type": "text", "text": result.text}]
    receipt = answered["receipt"]
    assert receipt["modelAsked"] == "openai/words-3"
    assert receipt["usage"]["inputTokens"] == 10
    assert receipt["cost"]["micros"] is None
    assert receipt["firstTokenMs"] <= receipt["totalMs"]
    assert len(receipt["attempts"]) == 1
    stored = conversation_of(firestore, new_id)
    assert stored["readers"] == [f"u:{caller.uid}"]
    assert stored["branches"]["main"]["activeRun"] is None
    assert stored["counts"]["messages"] == 2
    run = firestore.get(f"runs/{result.run_id}").data
    assert run is not None and run["state"] == "complete"
    assert segments(firestore, result.run_id) == []


def test_a_title_is_made_after_the_first_answer_alone(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    ask(caller, question(new_id, "What is a lease?", new=True))
    stored = conversation_of(firestore, new_id)
    assert (stored["title"], stored["titleSource"]) == ("word0 word1 word2", "model")
    with firestore.counting() as counts:
        ask(caller, question(new_id, "And a till?"))
    assert counts.writes["conversations"] == 2


def test_a_title_of_a_person_is_not_overwritten(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    stream = turn.chat(caller, question(new_id, "What is a lease?", new=True))
    while next(stream).type != "run-finished":
        pass
    conversations.change(
        caller, new_id, "rename-request", {"title": "Mine", "titleSource": "person"}
    )
    with pytest.raises(StopIteration):
        next(stream)
    assert conversation_of(firestore, new_id)["title"] == "Mine"


def test_what_a_turn_reads_and_writes(firestore: Firestore, new_id: str) -> None:
    """What the people who deploy this pay for."""
    caller = someone()
    with firestore.counting() as counts:
        ask(caller, question(new_id, new=True))
    assert counts.reads == {"queue": 1}
    # The turn; its title; and what the ledger has of both: a reservation, its end, the day. The
    # title's entry is one write when it is quick.
    assert sum(counts.writes.values()) - (7 + 1 + 2 * 3) in (0, -1)
    with firestore.counting() as counts:
        ask(caller, question(new_id))
    assert counts.reads == {"conversations": 1, "messages": 2, "queue": 1}
    assert counts.writes == {
        "runs": 2,
        "runControls": 1,
        "messages": 2,
        "conversations": 2,
        "ledger": 2,
        "usageDays": 1,
    }


def test_a_slow_answer_is_saved_each_second(firestore: Firestore, new_id: str) -> None:
    caller, began = someone(), time.monotonic()
    with firestore.counting() as counts:
        stream = turn.chat(caller, question(new_id, new=True, model="words-11-every-300"))
        saved: list[Any] = []
        run = next(stream).run_id
        for event in stream:
            if event.type == "run-finished":
                break
            saved = segments(firestore, run) or saved
        list(stream)
    texts = [event["text"] for one in saved for event in one["events"]]
    seconds = time.monotonic() - began
    assert 2 <= len(saved) <= seconds
    assert "".join(f"word{n} " for n in range(11)).startswith("".join(texts))
    assert [one["start"] for one in saved][:2] == [0, len(texts[0])]
    assert segments(firestore, run) == []
    assert counts.writes["segments"] == counts.deletes["segments"] <= seconds


def test_the_same_request_makes_one_message(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    request = question(new_id, new=True)
    _, first = ask(caller, request)
    events, second = ask(caller, request)
    assert [event.type for event in events] == ["run-started", "text-delta", "run-finished"]
    assert events[0].attached
    assert second.run_id == first.run_id
    assert second.text == first.text
    assert second.receipt == first.receipt
    assert len(messages(firestore, new_id)) == 2


def test_the_same_request_while_it_runs_gives_the_running_id(new_id: str) -> None:
    caller = someone()
    request = question(new_id, new=True, model="words-2-every-100")
    stream = turn.chat(caller, request)
    started = next(stream)
    events, result = ask(caller, request)
    assert [event.type for event in events] == ["run-started"]
    assert (result.run_id, result.state) == (started.run_id, "running")
    list(stream)


def test_a_request_id_names_one_request(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    request = question(new_id, new=True)
    ask(caller, request)
    for other in (
        request.model_copy(update={"text": "other"}),
        request.model_copy(update={"conversation_id": str(uuid.uuid4())}),
    ):
        with pytest.raises(RequestIdReused):
            ask(caller, other)
        assert len(messages(firestore, new_id)) == 2


def test_two_people_with_one_request_id_know_nothing_of_each_other(firestore: Firestore) -> None:
    request_id = str(uuid.uuid4())
    runs: set[str] = set()
    for caller in (someone(), someone()):
        conversation = str(uuid.uuid4())
        _, result = ask(caller, question(conversation, new=True, request_id=request_id))
        runs.add(result.run_id)
        assert len(messages(firestore, conversation)) == 2
    assert len(runs) == 2


def test_ten_questions_at_once_in_one_conversation(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))

    def one(number: int) -> str:
        try:
            _, result = ask(
                caller, question(new_id, f"question {number}", model="words-2-every-50")
            )
        except RunActive:
            return "refused"
        return result.state

    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(one, range(10)))
    answered = outcomes.count("complete")
    assert answered >= 1
    assert outcomes.count("refused") == 10 - answered
    stored = messages(firestore, new_id)
    assert [one["seq"] for one in stored] == list(range(2 + 2 * answered))
    assert [one["role"] for one in stored] == ["user", "assistant"] * (1 + answered)
    assert conversation_of(firestore, new_id)["branches"]["main"]["activeRun"] is None


def test_sixteen_clients_of_one_person_at_once(firestore: Firestore) -> None:
    caller = someone()
    ids = [str(uuid.uuid4()) for _ in range(16)]
    with ThreadPoolExecutor(16) as pool:
        first = list(pool.map(lambda one: ask(caller, question(one, new=True)), ids))
        second = list(pool.map(lambda one: ask(caller, question(one)), ids))
    assert {result.state for _, result in first + second} == {"complete"}
    assert all(len(messages(firestore, one)) == 4 for one in ids)


def test_a_question_asked_while_an_answer_is_written_is_refused_plainly(
    firestore: Firestore, new_id: str
) -> None:
    caller = someone()
    stream = turn.chat(caller, question(new_id, new=True, model="words-2-every-100"))
    started = next(stream)
    with pytest.raises(RunActive) as refused:
        ask(caller, question(new_id, "second"))
    assert refused.value.message == "An answer is still being written here."
    assert refused.value.details == {"reason": "run-active", "runId": started.run_id}
    list(stream)
    assert len(messages(firestore, new_id)) == 2


def test_the_answer_goes_on_when_the_browser_goes(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    stream = turn.chat(caller, question(new_id, new=True, model="words-5-every-20"))
    next(stream)
    next(stream)
    stream.close()
    answer = messages(firestore, new_id)[1]
    assert answer["parts"][0]["text"] == "word0 word1 word2 word3 word4 "
    assert answer["state"] == "complete"


def test_a_refusing_provider_is_told_and_stored(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    events, result = ask(caller, question(new_id, new=True, model="words-1-fail-401"))
    assert events[-1].type == "run-finished"
    assert result.state == "failed"
    assert result.problem is not None and result.problem.status == "FAILED_PRECONDITION"
    answer = messages(firestore, new_id)[1]
    assert (answer["state"], answer["parts"]) == ("failed", [])
    assert answer["problem"]["message"] == result.problem.message
    _, again = ask(caller, question(new_id, "again"))
    assert again.state == "complete"


def test_an_overloaded_provider_is_asked_again(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller = someone()
    marker = f"marker {uuid.uuid4()}"
    events, result = ask(caller, question(new_id, marker, new=True, model="words-1-fail-503"))
    assert len(openai.asked(marker)) == 3
    assert [event.type for event in events] == [
        "run-started",
        "attempt-failed",
        "attempt-failed",
        "run-finished",
    ]
    assert result.receipt is not None and len(result.receipt.attempts) == 3


def test_a_stopped_process_stores_what_had_come(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    stream = turn.chat(caller, question(new_id, new=True, model="words-50-every-100"))
    run = next(stream).run_id
    assert next(stream).type == "text-delta"
    timer = threading.Timer(0.1, turn.running[run].interrupt)
    timer.start()
    list(stream)
    answer = messages(firestore, new_id)[1]
    assert answer["state"] == "incomplete"
    assert answer["parts"][0]["text"].startswith("word0 ")


def test_a_lost_run_frees_its_branch_and_keeps_its_text(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    lost = _abandoned_run(firestore, caller, new_id)
    with pytest.raises(RunActive):
        ask(caller, question(new_id, "third"))
    _make_old(firestore, lost)
    sweep()
    answer = messages(firestore, new_id)[3]
    assert (answer["state"], answer["parts"]) == (
        "incomplete",
        [{"type": "text", "text": "so far"}],
    )
    assert [one["events"] for one in segments(firestore, lost)] == [[]]  # the fence stays


def test_a_question_ends_a_lost_run_itself(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    _make_old(firestore, _abandoned_run(firestore, caller, new_id))
    _, result = ask(caller, question(new_id, "third"))
    assert result.state == "complete"
    assert [one["state"] for one in messages(firestore, new_id)][2:] == [
        "complete",
        "incomplete",
        "complete",
        "complete",
    ]


def test_a_process_that_thaws_after_its_run_was_ended_writes_nothing(
    firestore: Firestore, new_id: str
) -> None:
    caller = someone()
    stream = turn.chat(caller, question(new_id, new=True, model="words-3-every-50"))
    run = next(stream).run_id
    recovery.end(runs.read(firestore.get(f"runs/{run}")))
    list(stream)
    assert [one["state"] for one in messages(firestore, new_id)] == ["complete", "incomplete"]


def test_what_was_deleted_is_purged_with_its_messages_and_runs(
    firestore: Firestore, new_id: str
) -> None:
    caller = someone()
    _, result = ask(caller, question(new_id, new=True))
    deleted = {"state": "deleted", "deletedAt": now()}
    conversations.change(caller, new_id, "delete-request", deleted)
    sweep()
    assert len(messages(firestore, new_id)) == 2
    long_ago = now() - conversations.KEPT_AFTER_DELETE - timedelta(seconds=1)
    unit = firestore.unit_of_work()
    unit.update(f"conversations/{new_id}", {("deletedAt",): long_ago})
    unit.commit()
    sweep()
    assert messages(firestore, new_id) == []
    gone = (f"conversations/{new_id}", f"runs/{result.run_id}", f"runControls/{result.run_id}")
    assert [one.data for one in firestore.get_all(gone)] == [None] * 3


def _make_old(firestore: Firestore, run: str) -> None:
    """As if its process had been gone for a while."""
    long_ago = now() - runs.LEASE - timedelta(seconds=1)
    unit = firestore.unit_of_work()
    unit.update(f"runs/{run}", {("startedAt",): long_ago})
    for number in range(len(segments(firestore, run))):
        unit.update(runs.segment_path(run, number), {("createdAt",): long_ago})
    unit.commit()


def _abandoned_run(firestore: Firestore, caller: Caller, conversation: str) -> str:
    from colonycraft.calls import resolve
    from colonycraft.chat.begin import Begun, begin

    request = question(conversation, "second")
    begun = begin(caller, request, resolve(request.model))
    assert isinstance(begun, Begun)
    unit = firestore.unit_of_work()
    events = [{"type": "text-delta", "text": "so far"}]
    runs.append(unit, begun.run, 0, holder="gone", start=0, events=events)
    unit.commit()
    return begun.run.id


def test_another_persons_conversation_is_not_found(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    ask(someone(), question(new_id, new=True))
    marker = f"marker {uuid.uuid4()}"
    for request in (question(new_id, marker), question(new_id, marker, new=True)):
        with pytest.raises(NotFound):
            ask(someone(), request)
    assert openai.asked(marker) == []
    assert len(messages(firestore, new_id)) == 2


def test_an_id_in_use_makes_no_new_conversation(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    with pytest.raises(FailedPrecondition):
        ask(caller, question(new_id, "again", new=True))
    assert len(messages(firestore, new_id)) == 2


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"conversation_id": "nowhere-nowhere"}, NotFound),
        ({"branch_id": "branch-nowhere"}, NotFound),
        ({"model": "openai"}, NotFound),
        ({"model": "nobody/model"}, NotFound),
    ],
)
def test_what_does_not_exist_is_refused(
    firestore: Firestore, new_id: str, change: dict[str, str], error: type[ColonyCraftError]
) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    with pytest.raises(error):
        ask(caller, question(new_id).model_copy(update=change))
    assert len(messages(firestore, new_id)) == 2


def test_a_question_longer_than_the_window_is_refused(firestore: Firestore, new_id: str) -> None:
    with pytest.raises(InvalidArgument, match="too long for the model"):
        ask(someone(), question(new_id, "long " * 15_000, new=True))
    assert firestore.get(f"conversations/{new_id}").data is None


def test_old_messages_that_do_not_fit_are_left_out(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    for number in range(3):
        ask(caller, question(new_id, "long " * 2500, new=number == 0))
    _, result = ask(caller, question(new_id, "short"))
    assert result.receipt is not None
    assert result.receipt.left_out_messages > 0
    assert result.receipt.context_messages + result.receipt.left_out_messages == 6


def test_a_title_makes_way_for_a_question(
    provider: Provider, firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from colonycraft.calls import catalogue

    local = replace(catalogue.connections()["openai"], one_at_a_time=True)
    monkeypatch.setattr(catalogue, "connections", lambda: {"openai": local})
    caller = someone()
    before = len(provider.asked("Give this conversation a title"))
    stream = turn.chat(caller, question(new_id, new=True, model="words-9-every-100"))
    while next(stream).type != "run-finished":
        pass
    title = threading.Thread(target=lambda: list(stream))
    title.start()
    while len(provider.asked("Give this conversation a title")) == before:
        pass
    _, second = ask(caller, question(new_id, "second"))
    title.join()
    assert second.state == "complete"
    assert conversation_of(firestore, new_id)["titleSource"] == "model"
    assert len(provider.asked("Give this conversation a title")) == before + 2
