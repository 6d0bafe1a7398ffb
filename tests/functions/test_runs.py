"""A run: its log, its fence, its end, whatever becomes of its process."""

import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from colonycraft.calls import resolve
from colonycraft.chat import control, recovery, signals, turn, worker
from colonycraft.chat import run as runs
from colonycraft.chat.begin import Begun, begin
from colonycraft.chat.log import Log
from colonycraft.chat.models import RunSubject
from colonycraft.chat.sweep import sweep
from colonycraft.chat.turn import Turn
from colonycraft.errors import NotFound, Unavailable
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import AlreadyThere, Firestore, GuardLost
from support.provider import Provider
from support.runs import begun_run, make_old, write_log
from support.turns import act, ask, conversation_of, messages, question, segments, someone, text_of

pytestmark = pytest.mark.usefixtures("openai")


def state_of(firestore: Firestore, run: str) -> str:
    data = firestore.get(f"runs/{run}").data
    assert data is not None
    return data["state"]


def in_background(stream: Any) -> threading.Thread:
    thread = threading.Thread(target=lambda: list(stream))
    thread.start()
    return thread


def wait_until(condition: Callable[[], bool], seconds: float = 5) -> float:
    """Returns how long it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "it did not happen"
        time.sleep(0.005)
    return time.monotonic() - began


class Clock:
    """Stands in for the time of a log."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = 1000.0
        monkeypatch.setattr("colonycraft.chat.log.time.monotonic", lambda: self.at)


def kept_log(begun: Begun) -> tuple[Log, list[str]]:
    lost: list[str] = []
    return Log(begun.run, on_lost=lambda: lost.append("lost")), lost


def settle(log: Log) -> None:
    """Ticks until what was sent is known to be written."""
    wait_until(lambda: log._sent is None or log._sent.done())  # pyright: ignore[reportPrivateUsage]
    log.tick()


def test_the_log_is_written_each_second_and_lives_in_silence(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    begun = begun_run(someone(), new_id)
    log, _ = kept_log(begun)
    log.add("text-delta", "a🐝")
    log.tick()
    assert segments(firestore, begun.run.id) == []
    clock.at += 1
    log.tick()
    log.add("text-delta", "b")
    settle(log)
    clock.at += 1
    log.tick()
    settle(log)
    clock.at += 9
    log.tick()
    settle(log)
    assert len(segments(firestore, begun.run.id)) == 2
    clock.at += 1
    log.tick()
    settle(log)
    written = segments(firestore, begun.run.id)
    assert [one["start"] for one in written] == [0, 3, 4]
    assert [one["events"] for one in written] == [
        [{"type": "text-delta", "text": "a🐝"}],
        [{"type": "text-delta", "text": "b"}],
        [],
    ]


def test_a_long_piece_is_written_in_entries_that_fit(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    begun = begun_run(someone(), new_id)
    log, _ = kept_log(begun)
    text = "é🐝" * 20_000
    log.add("text-delta", text)
    for _ in range(4):
        clock.at += 1
        log.tick()
        settle(log)
    written = segments(firestore, begun.run.id)
    assert "".join(event["text"] for one in written for event in one["events"]) == text
    assert all(len(one["events"][0]["text"]) <= 16_000 for one in written)


def test_who_finds_its_number_taken_has_lost_the_run(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    begun = begun_run(someone(), new_id)
    log, lost = kept_log(begun)
    assert runs.take_over(runs.read(firestore.get(f"runs/{begun.run.id}"))) is not None
    log.add("text-delta", "from the grave")
    clock.at += 1
    log.tick()
    settle(log)
    assert lost == ["lost"]
    log.add("text-delta", "again")
    clock.at += 20
    log.tick()
    assert [one["events"] for one in segments(firestore, begun.run.id)] == [[]]


def test_an_entry_whose_reply_was_lost_is_not_taken_for_anothers(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commit done, response lost: the same entry is sent again, and is one."""
    clock = Clock(monkeypatch)
    begun = begun_run(someone(), new_id)
    log, lost = kept_log(begun)
    log.add("text-delta", "once")
    clock.at += 1
    log.tick()
    log._sent.result()  # pyright: ignore[reportPrivateUsage]

    class LostReply:
        def done(self) -> bool:
            return True

        def result(self) -> None:
            raise ConnectionError("the reply was lost")

    log._sent = LostReply()  # pyright: ignore[reportPrivateUsage]
    log.tick()
    assert log._sent is None, "it was sent again at once"  # pyright: ignore[reportPrivateUsage]
    clock.at += 1
    log.tick()
    settle(log)
    log.add("text-delta", " more")
    clock.at += 1
    log.tick()
    settle(log)
    assert not lost
    texts = [event["text"] for one in segments(firestore, begun.run.id) for event in one["events"]]
    assert texts == ["once", " more"]


def test_a_run_is_taken_over_once(firestore: Firestore, new_id: str) -> None:
    begun = begun_run(someone(), new_id)
    stored = runs.read(firestore.get(f"runs/{begun.run.id}"))
    assert runs.take_over(stored) is not None
    assert runs.take_over(stored) is None


def test_a_run_that_ended_is_not_taken_over(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    stream = turn.chat(caller, question(new_id, new=True))
    run = runs.read(firestore.get(f"runs/{next(stream).run_id}"))
    list(stream)
    assert runs.take_over(run) is None


def test_a_holder_that_was_fenced_off_cannot_end_the_run(firestore: Firestore, new_id: str) -> None:
    begun = begun_run(someone(), new_id)
    assert runs.take_over(runs.read(firestore.get(f"runs/{begun.run.id}"))) is not None
    unit = firestore.unit_of_work()
    runs.finish(unit, begun.run, state="complete", attempts=[], problem=None, at=now())
    with pytest.raises(GuardLost):
        unit.commit()


def test_a_frozen_process_that_thaws_writes_nothing_of_an_answer(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("colonycraft.chat.turn.keeper.add", lambda log: None)  # frozen
    stream = turn.chat(someone(), question(new_id, new=True, model="words-9-every-20"))
    run = next(stream).run_id
    next(stream)
    make_old(firestore, run)
    sweep()
    before = (
        messages(firestore, new_id),
        segments(firestore, run),
        conversation_of(firestore, new_id),
    )
    with firestore.counting() as counts:
        events = list(stream)
    refused = {"runs", "messages", "conversations", "segments"}
    # What it really cost is money that was spent all the same.
    assert set(counts.writes) - refused == {"ledger", "usageDays"}
    assert set(counts.deletes) <= {"segments"}
    after = (
        messages(firestore, new_id),
        segments(firestore, run),
        conversation_of(firestore, new_id),
    )
    assert before == after
    assert events[-1].state == "incomplete"


def test_a_young_or_living_run_is_not_lost(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    begun = begun_run(caller, new_id)
    write_log(firestore, begun.run, "so far")
    subject = RunSubject(run_id=begun.run.id)
    assert control.recover(caller, subject).state == "running"
    unit = firestore.unit_of_work()
    unit.update(f"runs/{begun.run.id}", {("startedAt",): now() - timedelta(hours=1)})
    unit.commit()
    assert control.recover(caller, subject).state == "running"
    make_old(firestore, begun.run.id)
    assert control.recover(caller, subject).state == "incomplete"
    assert control.recover(caller, subject).state == "incomplete"
    assert text_of(messages(firestore, new_id)[1]) == "so far"
    with pytest.raises(NotFound):
        control.recover(someone(), subject)


def test_a_lost_run_can_be_continued(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    begun = begun_run(caller, new_id)
    write_log(firestore, begun.run, "word0 ", "word1 ")
    make_old(firestore, begun.run.id)
    sweep()
    _, result = ask(caller, act(new_id, "continue", begun.run.answer_id, model="words-4-from-2"))
    assert (result.state, result.text) == ("complete", "word0 word1 word2 word3 ")


def test_a_lost_continuation_keeps_what_was_there(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, new=True, model="words-9-cut-2"))
    request = act(new_id, "continue", first.answer_id, model="words-9-from-2")
    begun = begin(caller, request, resolve(request.model))
    assert isinstance(begun, Begun)
    write_log(firestore, begun.run, "word2 ")
    make_old(firestore, begun.run.id)
    sweep()
    answer = messages(firestore, new_id)[1]
    assert (text_of(answer), answer["state"]) == ("word0 word1 word2 ", "incomplete")
    assert conversation_of(firestore, new_id)["branches"]["main"]["activeRun"] is None


def test_a_worker_goes_on_with_what_a_lost_process_had_written(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller = someone()
    begun = begun_run(caller, new_id, model="words-5-from-2")
    write_log(firestore, begun.run, "word0 ", "word1 ")
    make_old(firestore, begun.run.id)
    worker.watch({"runId": begun.run.id})
    answer = messages(firestore, new_id)[1]
    assert (text_of(answer), answer["state"]) == ("word0 word1 word2 word3 word4 ", "complete")
    assert [one["outcome"] for one in answer["receipt"]["attempts"]] == ["lost", "complete"]
    worker.watch({"runId": begun.run.id})
    assert len(messages(firestore, new_id)) == 2


def test_two_workers_that_come_at_once_make_one_answer(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    marker = f"twice {uuid.uuid4()}"
    begun = begun_run(someone(), new_id, text=marker)
    make_old(firestore, begun.run.id)
    threads = [
        threading.Thread(target=worker.watch, args=({"runId": begun.run.id},)) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asked = [one for one in openai.asked(marker) if len(one["body"]["messages"]) == 2]
    assert len(asked) == 1
    assert len(messages(firestore, new_id)) == 2


def test_a_worker_leaves_a_table_to_the_person(firestore: Firestore, new_id: str) -> None:
    begun = begun_run(someone(), new_id)
    write_log(firestore, begun.run, "| a | b |\n| --- | --- |\n| 1 |")
    make_old(firestore, begun.run.id)
    worker.watch({"runId": begun.run.id})
    assert messages(firestore, new_id)[1]["state"] == "incomplete"


def test_stop_under_a_silent_provider_before_the_first_token(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller = someone()
    marker = f"silent {uuid.uuid4()}"
    stream = turn.chat(caller, question(new_id, marker, new=True, model="words-9-hang-0"))
    run = next(stream).run_id
    thread = in_background(stream)
    wait_until(lambda: bool(openai.asked(marker)))
    began = time.monotonic()
    status = control.stop(caller, RunSubject(run_id=run))
    thread.join(5)
    assert status.state == "stopped"
    assert time.monotonic() - began < 2
    wait_until(lambda: bool(openai.asked(marker)[0].get("left")))
    answer = messages(firestore, new_id)[1]
    assert (answer["state"], answer["parts"]) == ("stopped", [])
    branch = conversation_of(firestore, new_id)["branches"]["main"]
    assert (branch["activeRun"], branch["held"]) == (None, True)


def test_what_was_written_before_stop_stays(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    stream = turn.chat(caller, question(new_id, new=True, model="words-9-hang-2"))
    run = next(stream).run_id
    next(stream)
    next(stream)
    thread = in_background(stream)
    assert control.stop(caller, RunSubject(run_id=run)).state == "stopped"
    thread.join(5)
    assert text_of(messages(firestore, new_id)[1]) == "word0 word1 "
    assert control.stop(caller, RunSubject(run_id=run)).state == "stopped"


def test_stop_reaches_another_process(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This one plays the other: it does not find the run among its own."""
    monkeypatch.setattr("colonycraft.chat.control.PATIENCE", 30.0)
    caller = someone()
    stream = turn.chat(caller, question(new_id, new=True, model="words-9-hang-1"))
    run = next(stream).run_id
    next(stream)
    thread = in_background(stream)
    monkeypatch.setattr("colonycraft.chat.control.running", {})
    assert control.stop(caller, RunSubject(run_id=run)).state == "stopped"
    thread.join(5)
    answer = messages(firestore, new_id)[1]
    assert (text_of(answer), answer["state"]) == ("word0 ", "stopped")
    assert answer["receipt"] is not None, "it was fenced off, not stopped"


def test_stop_ends_a_run_whose_process_does_not_answer(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("colonycraft.chat.control.PATIENCE", 0.2)
    caller = someone()
    begun = begun_run(caller, new_id)
    write_log(firestore, begun.run, "so far")
    assert control.stop(caller, RunSubject(run_id=begun.run.id)).state == "stopped"
    answer = messages(firestore, new_id)[1]
    assert (text_of(answer), answer["state"]) == ("so far", "stopped")


def test_a_run_of_somebody_else_is_not_stopped(firestore: Firestore, new_id: str) -> None:
    begun = begun_run(someone(), new_id)
    with pytest.raises(NotFound):
        control.stop(someone(), RunSubject(run_id=begun.run.id))
    with pytest.raises(NotFound):
        control.stop(someone(), RunSubject(run_id="run-nowhere"))
    assert state_of(firestore, begun.run.id) == "running"


def test_stop_that_races_the_end_leaves_one_end(firestore: Firestore) -> None:
    for delay in (0, 0.005, 0.01, 0.02, 0.03, 0.05):
        caller, conversation = someone(), str(uuid.uuid4())
        request = question(conversation, new=True, model="words-3-every-10")
        stream = turn.chat(caller, request)
        run = next(stream).run_id
        thread = in_background(stream)
        threading.Event().wait(delay)
        status = control.stop(caller, RunSubject(run_id=run))
        thread.join(5)
        found = messages(firestore, conversation)
        assert [one["role"] for one in found] == ["user", "assistant"]
        assert status.state == state_of(firestore, run) == found[1]["state"]
        assert status.state in ("stopped", "complete")


def test_a_client_that_goes_leaves_the_run_to_be_finished_and_watched(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks: list[tuple[str, Any]] = []
    monkeypatch.setattr("colonycraft.platform.tasks.enqueue", lambda *task: tasks.append(task))
    stream = turn.chat(someone(), question(new_id, new=True, model="words-9-every-20"))
    run = next(stream).run_id
    next(stream)
    stream.close()
    assert state_of(firestore, run) == "complete"
    assert len(messages(firestore, new_id)) == 2
    wait_until(lambda: tasks == [("runs.watch", {"runId": run})])


def test_old_signals_are_removed(firestore: Firestore) -> None:
    process = f"process-{uuid.uuid4().hex}"
    signals.signal_stop(process, "run-1")
    signals.remove_old()
    assert firestore.get(signals.path_of(process)).data is not None
    unit = firestore.unit_of_work()
    unit.update(signals.path_of(process), {("at",): now() - signals.KEPT - timedelta(seconds=1)})
    unit.commit()
    signals.remove_old()
    assert firestore.get(signals.path_of(process)).data is None


def test_the_process_ends_and_what_came_is_stored(firestore: Firestore, new_id: str) -> None:
    stream = turn.chat(someone(), question(new_id, new=True, model="words-9-hang-2"))
    next(stream)
    next(stream)
    thread = in_background(stream)
    turn.interrupt_all()
    thread.join(5)
    answer = messages(firestore, new_id)[1]
    assert answer["state"] == "incomplete"
    assert text_of(answer).startswith("word0 ")


def test_a_fence_stays_after_the_end(firestore: Firestore, new_id: str) -> None:
    begun = begun_run(someone(), new_id)
    write_log(firestore, begun.run, "a", "b")
    recovery.end(runs.read(firestore.get(f"runs/{begun.run.id}")))
    unit = firestore.unit_of_work()
    runs.append(unit, begun.run, 2, holder="gone", start=2, events=())
    with pytest.raises(AlreadyThere):
        unit.commit()


def test_a_turn_that_loses_its_run_tells_the_end_that_is_stored(
    firestore: Firestore, new_id: str
) -> None:
    begun = begun_run(someone(), new_id)
    events = Turn(begun, time.monotonic()).events()
    next(events)
    recovery.end(runs.read(firestore.get(f"runs/{begun.run.id}")), "stopped", None)
    assert list(events)[-1].state == "stopped"


def test_an_end_whose_reply_was_lost_is_one_end(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commit done, response lost: one answer, told as it is stored."""
    stream = turn.chat(someone(), question(new_id, new=True))
    run = next(stream).run_id
    lost: list[str] = []
    commit = firestore.commit

    def lose_reply(writes: Any) -> Any:
        versions = commit(writes)
        if not lost:
            lost.append("reply")
            raise Unavailable("database-away")
        return versions

    monkeypatch.setattr(firestore, "commit", lose_reply)
    ends = [event for event in stream if event.type == "run-finished"]
    assert lost
    assert [end.state for end in ends] == ["complete"]
    assert state_of(firestore, run) == "complete"
    assert len(messages(firestore, new_id)) == 2


def test_two_hundred_increments_at_once_are_two_hundred(firestore: Firestore, new_id: str) -> None:
    unit = firestore.unit_of_work()
    unit.create(f"conversations/{new_id}", {"counts": {"messages": 0}, "state": "test"})
    unit.commit()

    def increment(_: int) -> None:
        unit = firestore.unit_of_work()
        unit.update(f"conversations/{new_id}", {}, increments={("counts", "messages"): 1})
        unit.commit()

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(increment, range(200)))
    assert conversation_of(firestore, new_id)["counts"]["messages"] == 200
