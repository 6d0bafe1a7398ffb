"""Create, rename, delete, restore: by the right person, twice, with bad input."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from colonycraft.platform.firestore import Firestore
from support.callable import Answer, api
from support.people import Person


def operation(name: str, person: Person, subject: str, **more: Any) -> Answer:
    request = {"requestId": more.pop("request_id", str(uuid.uuid4())), "conversationId": subject}
    return api(f"conversations.{name}", {**request, **more}, person)


@pytest.fixture
def conversation(person: Person) -> str:
    subject = str(uuid.uuid4())
    assert operation("create", person, subject, title="First").status == 200
    return subject


def stored(firestore: Firestore, subject: str) -> dict[str, Any]:
    return firestore.get(f"conversations/{subject}").data or {}


def test_create_twice_is_one_conversation(
    firestore: Firestore, person: Person, new_id: str
) -> None:
    answers = [
        operation("create", person, new_id, title="Plans", request_id="request-1") for _ in range(2)
    ]
    assert answers[0].result == answers[1].result
    again = operation("create", person, new_id, title="Other", request_id="request-1")
    assert again.error["status"] == "FAILED_PRECONDITION"
    assert stored(firestore, new_id)["title"] == "Plans"


def test_create_never_takes_somebody_elses(
    firestore: Firestore, conversation: str, other_person: Person
) -> None:
    before = stored(firestore, conversation)
    assert operation("create", other_person, conversation, title="x").error["status"] == "NOT_FOUND"
    assert stored(firestore, conversation) == before


def test_rename(firestore: Firestore, person: Person, conversation: str) -> None:
    answer = operation("rename", person, conversation, title="  Second ", request_id="rename-01")
    assert answer.result["title"] == "Second"
    data = stored(firestore, conversation)
    assert (data["title"], data["titleSource"], data["requestId"]) == (
        "Second",
        "person",
        "rename-01",
    )
    assert answer.result["changedAt"] == data["changedAt"].isoformat()
    assert data["updatedAt"] == data["changedAt"]


def test_a_request_twice_changes_once(
    firestore: Firestore, person: Person, conversation: str
) -> None:
    for name, more in (("rename", {"title": "x"}), ("delete", {}), ("restore", {})):
        first = operation(name, person, conversation, request_id=f"{name}-01", **more)
        with firestore.counting() as counts:
            second = operation(name, person, conversation, request_id=f"{name}-01", **more)
        assert first.result == second.result
        assert not counts.writes
        assert not counts.deletes


def test_a_request_id_with_another_body_is_refused(person: Person, conversation: str) -> None:
    operation("rename", person, conversation, title="One", request_id="rename-01")
    again = operation("rename", person, conversation, title="Two", request_id="rename-01")
    assert again.error["status"] == "FAILED_PRECONDITION"


def test_delete_and_undo(firestore: Firestore, person: Person, conversation: str) -> None:
    """It is back where it was in the list."""
    before = stored(firestore, conversation)["updatedAt"]
    assert operation("delete", person, conversation).result["state"] == "deleted"
    assert operation("rename", person, conversation, title="x").error["status"] == "NOT_FOUND"
    assert operation("delete", person, conversation).error["status"] == "NOT_FOUND"
    restored = operation("restore", person, conversation)
    assert (restored.result["state"], restored.result["title"]) == ("active", "First")
    data = stored(firestore, conversation)
    assert (data["deletedAt"], data["updatedAt"]) == (None, before)


def test_ten_renames_at_once_all_succeed(
    firestore: Firestore, person: Person, conversation: str
) -> None:
    with ThreadPoolExecutor(10) as pool:
        names = [f"title {number}" for number in range(10)]
        answers = list(
            pool.map(lambda name: operation("rename", person, conversation, title=name), names)
        )
    assert {answer.status for answer in answers} == {200}
    assert stored(firestore, conversation)["title"] in names


@pytest.mark.parametrize(
    "more",
    [{}, {"title": ""}, {"title": "   "}, {"title": "x" * 201}, {"title": 5}, {"title": None},
     {"title": "x", "conversation_id": "../../users/x"}, {"title": "x", "request_id": "short"}],
)  # fmt: skip
def test_bad_input(
    firestore: Firestore, person: Person, conversation: str, more: dict[str, Any]
) -> None:
    subject = more.get("conversation_id", conversation)
    sent = {key: value for key, value in more.items() if key != "conversation_id"}
    assert operation("rename", person, subject, **sent).error["status"] == "INVALID_ARGUMENT"
    assert stored(firestore, conversation)["title"] == "First"


def test_what_changes_cost(firestore: Firestore, person: Person, conversation: str) -> None:
    for name, more in (("rename", {"title": "x"}), ("delete", {}), ("restore", {})):
        with firestore.counting() as counts:
            operation(name, person, conversation, **more)
        assert counts.reads == {"conversations": 1}
        assert counts.writes == {"conversations": 1}
