"""Folders: made, changed, deleted, made again; what is in them, and what that tells a model."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pydantic import ValidationError

from colonycraft.chat import queue, worker
from colonycraft.chat.models import QueueQuestion
from colonycraft.conversations import folder_operations as operations
from colonycraft.conversations import folders
from colonycraft.conversations.context_operations import configure
from colonycraft.conversations.models import (
    ChangeFolder,
    ConfigureConversation,
    CreateFolder,
    DeleteFolder,
    MoveConversation,
)
from colonycraft.errors import FailedPrecondition, NotFound, RequestIdReused
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from support.provider import Provider
from support.runs import begun_run, make_old, write_log
from support.turns import act, ask, conversation_of, question, someone

pytestmark = pytest.mark.usefixtures("openai")

METRES = "Give lengths in metres."


def unique() -> str:
    return str(uuid.uuid4())


def creation(folder_id: str, name: str = "Garden", told: str = METRES) -> CreateFolder:
    return CreateFolder(request_id=unique(), folder_id=folder_id, name=name, instructions=told)


def folder_of(caller: Caller) -> str:
    folder_id = unique()
    operations.create(caller, creation(folder_id))
    return folder_id


def move(caller: Caller, conversation: str, folder_id: str | None, **more: Any) -> None:
    request_id = more.get("request_id") or unique()
    operations.move(
        caller,
        MoveConversation(request_id=request_id, conversation_id=conversation, folder_id=folder_id),
    )


def remove(caller: Caller, folder_id: str) -> None:
    operations.delete(caller, DeleteFolder(folder_id=folder_id))


def stored(firestore: Firestore, folder_id: str) -> dict[str, Any] | None:
    return firestore.get(folders.path_of(folder_id)).data


def told(openai: Provider, marker: str) -> str:
    """The system prompt with which this was asked last."""
    asked = [one["body"]["messages"] for one in openai.asked(marker)]
    return [sent for sent in asked if sent[-1]["content"] == marker][-1][0]["content"]


def test_a_folder_is_made_once(firestore: Firestore, new_id: str) -> None:
    caller, request = someone(), creation(new_id)
    answers = [operations.create(caller, request) for _ in range(2)]
    assert answers[0] == answers[1]
    data = stored(firestore, new_id)
    assert data is not None
    assert (data["name"], data["instructions"]) == ("Garden", METRES)
    assert data["readers"] == [f"u:{caller.uid}"]
    for other in ({"name": "Other"}, {"instructions": "Other."}, {"request_id": unique()}):
        with pytest.raises(FailedPrecondition):
            operations.create(caller, request.model_copy(update=other))
    assert stored(firestore, new_id) == data


def test_only_what_is_given_changes(firestore: Firestore) -> None:
    caller = someone()
    folder_id = folder_of(caller)
    request = ChangeFolder(request_id=unique(), folder_id=folder_id, name="  Terrace ")
    answer = operations.change(caller, request)
    data = stored(firestore, folder_id)
    assert data is not None
    assert (data["name"], data["instructions"]) == ("Terrace", METRES)
    assert answer.changed_at == data["changedAt"].isoformat()
    with firestore.counting() as counts:
        assert operations.change(caller, request) == answer
    assert not counts.writes
    with pytest.raises(RequestIdReused):
        operations.change(caller, request.model_copy(update={"name": "Other"}))
    operations.change(
        caller, ChangeFolder(request_id=unique(), folder_id=folder_id, instructions="")
    )
    assert (stored(firestore, folder_id) or {})["instructions"] == ""


def test_ten_changes_at_once_are_all_made(firestore: Firestore) -> None:
    caller = someone()
    folder_id = folder_of(caller)
    names = [f"name {number}" for number in range(10)]
    requests = [ChangeFolder(request_id=unique(), folder_id=folder_id, name=name) for name in names]
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda request: operations.change(caller, request), requests))
    assert [one.name for one in answers] == names
    last = max(answers, key=lambda one: one.changed_at)
    assert (stored(firestore, folder_id) or {})["name"] == last.name


def test_a_hundred_folders_are_made_and_no_more(firestore: Firestore) -> None:
    caller = someone()
    unit = firestore.unit_of_work()
    for number in range(folders.MOST_FOLDERS - 2):
        unit.create(folders.path_of(f"{caller.uid}-{number}"), {"ownerId": caller.uid})
    unit.commit()
    requests = [creation(unique()) for _ in range(4)]

    def make(request: CreateFolder) -> bool:
        try:
            operations.create(caller, request)
        except FailedPrecondition:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(make, requests))
    assert made.count(True) == 2
    # The answer to one that was made may have been lost.
    assert [make(request) for request in requests] == made
    operations.create(someone(), creation(unique()))


def test_a_folder_is_deleted_and_made_again_around_its_conversations(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller = someone()
    folder_id = folder_of(caller)
    ask(caller, question(new_id, new=True, folder_id=folder_id))
    for _ in range(2):
        remove(caller, folder_id)
    assert stored(firestore, folder_id) is None
    ask(caller, question(new_id, f"gone {new_id}"))
    assert METRES not in told(openai, f"gone {new_id}")
    operations.create(caller, creation(folder_id))
    ask(caller, question(new_id, f"back {new_id}"))
    assert METRES in told(openai, f"back {new_id}")


def test_a_conversation_moves_and_keeps_its_place(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    folder_id = folder_of(caller)
    ask(caller, question(new_id, new=True))
    before = conversation_of(firestore, new_id)
    assert before["folderId"] is None
    request_id = unique()
    with firestore.counting() as counts:
        move(caller, new_id, folder_id, request_id=request_id)
    assert counts.reads == {"conversations": 1, "folders": 1}
    assert counts.writes == {"conversations": 1}
    after = conversation_of(firestore, new_id)
    assert after["folderId"] == folder_id
    assert after["updatedAt"] == before["updatedAt"]
    assert after["changedAt"] > before["changedAt"]
    with firestore.counting() as counts:
        move(caller, new_id, folder_id, request_id=request_id)
    assert not counts.writes
    with pytest.raises(RequestIdReused):
        move(caller, new_id, None, request_id=request_id)
    move(caller, new_id, None)
    assert conversation_of(firestore, new_id)["folderId"] is None


def test_a_folder_tells_every_model_before_the_conversation_does(
    openai: Provider, new_id: str
) -> None:
    """Whatever is asked there: a first question, another, an edit, an answer again, and by whom."""
    caller = someone()
    _, first = ask(caller, question(new_id, f"1 {new_id}", new=True, folder_id=folder_of(caller)))
    configure(
        caller,
        ConfigureConversation(
            request_id=unique(), conversation_id=new_id, instructions="Answer in verse."
        ),
    )
    ask(caller, question(new_id, f"2 {new_id}", comparing=True))
    _, third = ask(caller, question(new_id, f"3 {new_id}", model="words-9-cut-4"))
    ask(caller, act(new_id, "continue", third.answer_id, model="words-9"))
    ask(caller, act(new_id, "edit", first.question_id, f"4 {new_id}"))
    assert METRES in told(openai, f"1 {new_id}")
    for number in (2, 3, 4):
        assert f"{METRES}\n\nAnswer in verse." in told(openai, f"{number} {new_id}")
    ask(caller, act(new_id, "answer", first.question_id))
    assert f"{METRES}\n\nAnswer in verse." in told(openai, f"1 {new_id}")


@pytest.fixture
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("colonycraft.chat.handover._send", lambda kind, ids: None)


@pytest.mark.usefixtures("_no_worker")
def test_a_question_that_waited_is_told_the_same(openai: Provider, new_id: str) -> None:
    caller, marker = someone(), unique()
    ask(caller, question(new_id, new=True, folder_id=folder_of(caller)))
    waits = {"request_id": unique(), "conversation_id": new_id, "text": marker}
    queue.add(caller, QueueQuestion(**waits, model="openai/words-2"))
    queue.drain({"conversationId": new_id, "branchId": "main"})
    assert METRES in told(openai, marker)


@pytest.mark.usefixtures("_no_worker")
def test_who_takes_a_turn_over_is_told_the_same(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller, marker = someone(), unique()
    begun = begun_run(caller, new_id, text=marker, folder_id=folder_of(caller))
    write_log(firestore, begun.run, "word0 ")
    make_old(firestore, begun.run.id)
    worker.watch({"runId": begun.run.id})
    (sent,) = [one["body"]["messages"] for one in openai.asked(marker)]
    assert METRES in sent[0]["content"]


def test_another_persons_folder_is_not_there(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    owner, stranger = someone(), someone()
    folder_id = folder_of(owner)
    before = stored(firestore, folder_id)
    ask(stranger, question(new_id, new=True))
    refused: list[Callable[[], Any]] = [
        lambda: operations.create(stranger, creation(folder_id)),
        lambda: operations.change(
            stranger, ChangeFolder(request_id=unique(), folder_id=folder_id, name="Mine")
        ),
        lambda: remove(stranger, folder_id),
        lambda: move(stranger, new_id, folder_id),
        lambda: move(stranger, new_id, unique()),
        lambda: ask(stranger, question(unique(), new=True, folder_id=folder_id)),
        lambda: ask(stranger, question(unique(), new=True, folder_id=unique())),
    ]
    for attempt in refused:
        with firestore.counting() as counts, pytest.raises(NotFound):
            attempt()
        assert not counts.deletes
        assert not set(counts.writes) - {"folders"}
    assert stored(firestore, folder_id) == before
    # Its id alone opens nothing, wherever it stands.
    unit = firestore.unit_of_work()
    unit.update(f"conversations/{new_id}", {("folderId",): folder_id})
    unit.commit()
    ask(stranger, question(new_id, f"theirs {new_id}"))
    assert METRES not in told(openai, f"theirs {new_id}")


def test_a_conversation_from_before_there_were_folders_is_in_none(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    unit = firestore.unit_of_work()
    unit.delete(f"conversations/{new_id}")
    data = conversation_of(firestore, new_id)
    del data["folderId"]
    unit.commit()
    unit = firestore.unit_of_work()
    unit.create(f"conversations/{new_id}", data)
    unit.commit()
    folder_id = folder_of(caller)
    ask(caller, question(new_id, f"old {new_id}"))
    move(caller, new_id, folder_id)
    ask(caller, question(new_id, f"moved {new_id}"))
    assert METRES not in told(openai, f"old {new_id}")
    assert METRES in told(openai, f"moved {new_id}")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "x" * 201},
        {"name": None},
        {"name": 5},
        {"instructions": "x" * 20_001},
        {"instructions": None},
        {"folder_id": "short"},
        {"folder_id": "../../users/x"},
        {"readers": ["o:everyone"]},
    ],
)
def test_what_is_not_as_it_should_be_is_refused(new_id: str, wrong: dict[str, Any]) -> None:
    right = {"request_id": new_id, "folder_id": new_id, "name": "Garden"}
    CreateFolder.model_validate(right)
    with pytest.raises(ValidationError):
        CreateFolder.model_validate({**right, **wrong})


def test_only_a_new_conversation_is_begun_in_a_folder(new_id: str) -> None:
    with pytest.raises(ValidationError):
        question(new_id, folder_id=new_id)
    with pytest.raises(ValidationError):
        question(new_id, new=True, folder_id="short")
