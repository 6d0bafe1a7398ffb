"""Questions that wait: put in, moved, taken back, asked one after another."""

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest

from colonycraft.chat import queue, turn
from colonycraft.chat.models import MoveQueueEntry, QueueEntry, QueueQuestion, QueueSubject
from colonycraft.chat.sweep import sweep
from colonycraft.conversations import queue as waiting
from colonycraft.errors import FailedPrecondition, NotFound, RequestIdReused
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from support.turns import ask, conversation_of, messages, question, someone, text_of

pytestmark = pytest.mark.usefixtures("openai")


@pytest.fixture(autouse=True)
def tasks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What `worker` is asked to do; nothing does it here."""
    sent: list[tuple[str, Any]] = []
    monkeypatch.setattr(
        "colonycraft.chat.handover._send", lambda kind, ids: sent.append((kind, dict(ids)))
    )
    return sent


def put(conversation: str, text: str, model: str = "words-2", **more: Any) -> QueueQuestion:
    return QueueQuestion(
        request_id=more.pop("request_id", None) or str(uuid.uuid4()),
        conversation_id=conversation,
        text=text,
        model=f"openai/{model}",
        **more,
    )


def order(conversation: str) -> list[str]:
    return [(one.data or {})["text"] for one in waiting.entries(conversation)]


def asked(firestore: Firestore, conversation: str) -> list[str]:
    return [text_of(one) for one in messages(firestore, conversation) if one["role"] == "user"]


def here(conversation: str) -> dict[str, str]:
    return {"conversationId": conversation, "branchId": "main"}


def running_turn(caller: Caller, conversation: str, model: str = "words-9-hang-1") -> Any:
    """A turn that goes on until it is stopped."""
    stream = turn.chat(caller, question(conversation, new=True, model=model))
    run = next(stream).run_id
    next(stream)
    thread = threading.Thread(target=lambda: list(stream))
    thread.start()
    return run, thread


def test_what_is_put_in_waits_until_the_answer_is_written(
    firestore: Firestore, new_id: str, tasks: list[Any]
) -> None:
    caller = someone()
    stream = turn.chat(caller, question(new_id, new=True, model="words-3"))
    next(stream)
    for text in ("first", "second"):
        assert queue.add(caller, put(new_id, text)).state == "queued"
    assert tasks == []
    list(stream)
    assert tasks == [("queue.drain", here(new_id))]
    queue.drain(here(new_id))
    assert asked(firestore, new_id) == ["hello", "first", "second"]
    assert order(new_id) == []
    assert len(messages(firestore, new_id)) == 6


def test_where_nothing_runs_it_is_asked_at_once(
    firestore: Firestore, new_id: str, tasks: list[Any]
) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    assert queue.add(caller, put(new_id, "now")).state == "started"
    assert tasks == [("queue.drain", here(new_id))]


def test_a_task_delivered_twice_asks_once(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    queue.add(caller, put(new_id, "once", "words-4-every-20"))
    threads = [threading.Thread(target=queue.drain, args=(here(new_id),)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.drain(here(new_id))
    assert asked(firestore, new_id) == ["hello", "once"]
    assert len(messages(firestore, new_id)) == 4


def test_waiting_questions_are_moved_and_taken_back(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    run, thread = running_turn(caller, new_id)
    entries = {text: queue.add(caller, put(new_id, text)).entry_id for text in ("a", "b", "c", "d")}

    def move(which: str, before: str | None) -> None:
        queue.move(
            caller,
            MoveQueueEntry(
                conversation_id=new_id,
                entry_id=entries[which],
                before=None if before is None else entries[before],
            ),
        )

    move("d", "a")
    assert order(new_id) == ["d", "a", "b", "c"]
    move("c", "b")
    assert order(new_id) == ["d", "a", "c", "b"]
    move("d", None)
    assert order(new_id) == ["a", "c", "b", "d"]
    gone = QueueEntry(conversation_id=new_id, entry_id=entries["c"])
    queue.remove(caller, gone)
    queue.remove(caller, gone)
    assert order(new_id) == ["a", "b", "d"]
    with pytest.raises(NotFound):
        move("c", None)
    with pytest.raises(NotFound):
        move("a", "c")
    turn.running[run].stop()
    thread.join(5)


def test_a_queue_is_held_after_stop_until_it_is_sent(
    firestore: Firestore, new_id: str, tasks: list[Any]
) -> None:
    caller = someone()
    run, thread = running_turn(caller, new_id)
    queue.add(caller, put(new_id, "next"))
    turn.running[run].stop()
    thread.join(5)
    assert tasks == []
    assert conversation_of(firestore, new_id)["branches"]["main"]["held"]
    queue.send(caller, QueueSubject(conversation_id=new_id))
    assert tasks == [("queue.drain", here(new_id))]
    queue.drain(here(new_id))
    assert asked(firestore, new_id) == ["hello", "next"]
    assert not conversation_of(firestore, new_id)["branches"]["main"]["held"]


def test_a_failure_holds_the_rest(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    queue.add(caller, put(new_id, "fails", "words-1-fail-400"))
    queue.add(caller, put(new_id, "waits"))
    queue.drain(here(new_id))
    assert asked(firestore, new_id) == ["hello", "fails"]
    assert order(new_id) == ["waits"]


def test_what_cannot_be_asked_stands_aside_and_says_why(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    queue.add(caller, QueueQuestion(request_id=str(uuid.uuid4()), conversation_id=new_id,
                                    text="whom?", model="nobody/nothing"))  # fmt: skip
    queue.add(caller, put(new_id, "fine"))
    queue.drain(here(new_id))
    assert asked(firestore, new_id) == ["hello", "fine"]
    (left,) = waiting.entries(new_id)
    assert left.data is not None
    assert left.data["problem"]["status"] == "NOT_FOUND"


def test_the_same_request_waits_once(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    run, thread = running_turn(caller, new_id)
    request = put(new_id, "once")
    first = queue.add(caller, request)
    assert queue.add(caller, request) == first
    assert order(new_id) == ["once"]
    with pytest.raises(RequestIdReused):
        queue.add(caller, request.model_copy(update={"text": "other"}))
    turn.running[run].stop()
    thread.join(5)
    queue.drain(here(new_id))
    assert queue.add(caller, request).state == "started"
    assert asked(firestore, new_id) == ["hello", "once"]


def test_a_question_that_is_being_answered_is_not_taken_back(
    firestore: Firestore, new_id: str
) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    entry = queue.add(caller, put(new_id, "begun")).entry_id
    queue.drain(here(new_id))
    with pytest.raises(FailedPrecondition):
        queue.remove(caller, QueueEntry(conversation_id=new_id, entry_id=entry))


def test_twenty_wait_and_no_more(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    run, thread = running_turn(caller, new_id)
    for number in range(waiting.MOST_WAITING):
        queue.add(caller, put(new_id, f"{number}"))
    with pytest.raises(FailedPrecondition):
        queue.add(caller, put(new_id, "too much"))
    assert len(order(new_id)) == waiting.MOST_WAITING
    turn.running[run].stop()
    thread.join(5)


def test_a_queue_is_its_owners(firestore: Firestore, new_id: str) -> None:
    caller, stranger = someone(), someone()
    ask(caller, question(new_id, new=True))
    entry = queue.add(caller, put(new_id, "mine")).entry_id
    for attempt in (
        lambda: queue.add(stranger, put(new_id, "theirs")),
        lambda: queue.remove(stranger, QueueEntry(conversation_id=new_id, entry_id=entry)),
        lambda: queue.send(stranger, QueueSubject(conversation_id=new_id)),
        lambda: queue.move(
            stranger, MoveQueueEntry(conversation_id=new_id, entry_id=entry, before=None)
        ),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert order(new_id) == ["mine"]
    with pytest.raises(NotFound):
        queue.add(caller, put(new_id, "x", branch_id="branch-nowhere"))


def test_a_lost_task_is_found_by_the_sweep(
    firestore: Firestore, new_id: str, tasks: list[Any]
) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    entry = queue.add(caller, put(new_id, "forgotten")).entry_id
    tasks.clear()
    sweep()
    assert ("queue.drain", here(new_id)) not in tasks
    unit = firestore.unit_of_work()
    long_ago = now() - timedelta(minutes=2)
    unit.update(waiting.entry_path(new_id, entry), {("createdAt",): long_ago})
    unit.commit()
    sweep()
    assert ("queue.drain", here(new_id)) in tasks
