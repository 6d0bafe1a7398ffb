"""Several conversations at once: deleted, restored, moved; all of them or none."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest

from colonycraft.platform.firestore import Firestore
from support.callable import Answer, api
from support.people import Person


def change(name: str, person: Person, ids: list[str], **more: Any) -> Answer:
    request = {"requestId": more.pop("request_id", str(uuid.uuid4())), "conversationIds": ids}
    return api(f"conversations.{name}Several", {**request, **more}, person)


def made(person: Person, count: int) -> list[str]:
    ids = [str(uuid.uuid4()) for _ in range(count)]
    for one in ids:
        request = {"requestId": one, "conversationId": one, "title": "One of several"}
        assert api("conversations.create", request, person).status == 200
    return ids


def folder_of(person: Person) -> str:
    folder = str(uuid.uuid4())
    request = {"requestId": folder, "folderId": folder, "name": "Garden"}
    assert api("folders.create", request, person).status == 200
    return folder


def stored(firestore: Firestore, ids: list[str]) -> list[dict[str, Any]]:
    return [one.data or {} for one in firestore.get_all([f"conversations/{id}" for id in ids])]


def states(firestore: Firestore, ids: list[str]) -> list[str]:
    return [one["state"] for one in stored(firestore, ids)]


def test_they_are_deleted_and_restored_where_they_were(
    firestore: Firestore, person: Person
) -> None:
    ids = made(person, 3)
    before = stored(firestore, ids)
    answer = change("delete", person, [*ids, ids[0]], request_id="delete-01")
    assert answer.result["conversationIds"] == ids
    assert states(firestore, ids) == ["deleted"] * 3
    for one in stored(firestore, ids):
        assert one["changedAt"] == datetime.fromisoformat(answer.result["changedAt"])
        assert one["requestId"] == "delete-01"
    change("restore", person, ids)
    after = stored(firestore, ids)
    assert [one["state"] for one in after] == ["active"] * 3
    assert [one["updatedAt"] for one in after] == [one["updatedAt"] for one in before]


def test_they_are_moved_and_taken_out(firestore: Firestore, person: Person) -> None:
    ids = made(person, 2)
    folder = folder_of(person)
    for target in (folder, None):
        assert change("move", person, ids, folderId=target).status == 200
        assert [one["folderId"] for one in stored(firestore, ids)] == [target] * 2


def test_twice_is_once(firestore: Firestore, person: Person) -> None:
    ids = made(person, 3)
    for name, more in (("delete", {}), ("restore", {}), ("move", {"folderId": None})):
        first = change(name, person, ids, request_id=f"{name}-several-01", **more)
        with firestore.counting() as counts:
            second = change(name, person, ids, request_id=f"{name}-several-01", **more)
        assert first.result == second.result
        assert not counts.writes
    again = change("delete", person, ids, request_id="move-several-01")
    assert again.error["status"] == "FAILED_PRECONDITION"
    assert states(firestore, ids) == ["active"] * 3


def test_who_has_deleted_one_may_delete_it_among_others(
    firestore: Firestore, person: Person
) -> None:
    ids = made(person, 2)
    change("delete", person, ids[:1])
    assert change("move", person, ids, folderId=None).error["status"] == "NOT_FOUND"
    assert change("delete", person, ids).status == 200
    assert states(firestore, ids) == ["deleted"] * 2


def test_with_one_of_somebody_elses_none_changes(
    firestore: Firestore, person: Person, other_person: Person
) -> None:
    mine, theirs = made(person, 2), made(other_person, 1)
    before = stored(firestore, mine + theirs)
    foreign = folder_of(other_person)
    refused = [
        change("delete", person, mine + theirs),
        change("restore", person, mine + theirs),
        change("move", person, mine + theirs, folderId=None),
        change("move", person, mine, folderId=foreign),
        change("delete", person, [*mine, str(uuid.uuid4())]),
    ]
    assert {one.error["status"] for one in refused} == {"NOT_FOUND"}
    assert stored(firestore, mine + theirs) == before


@pytest.mark.parametrize(
    "ids",
    [[], None, "conversation-0001", [5], ["short"], ["../../users/x"], [["conversation-0001"]],
     [f"conversation-{number:04}" for number in range(101)]],
)  # fmt: skip
def test_bad_input(firestore: Firestore, person: Person, ids: Any) -> None:
    with firestore.counting() as counts:
        for name, more in (("delete", {}), ("restore", {}), ("move", {"folderId": None})):
            answer = change(name, person, ids, **more)
            assert answer.error["status"] == "INVALID_ARGUMENT"
    assert not counts.reads
    assert not counts.writes


def test_a_hundred_are_one_batch(firestore: Firestore, person: Person) -> None:
    ids = made(person, 100)
    with firestore.counting() as counts:
        assert change("delete", person, ids).status == 200
    assert counts.reads == {"conversations": 100}
    assert counts.writes == {"conversations": 100}
    assert counts.round_trips == 2


def test_at_once_with_overlaps_all_are_made(firestore: Firestore, person: Person) -> None:
    ids = made(person, 6)
    folder = folder_of(person)
    asked = [ids[:4], ids[2:][::-1], ids, ids[::-1]] * 2
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda some: change("move", person, some, folderId=folder), asked))
    assert {one.status for one in answers} == {200}
    assert [one["folderId"] for one in stored(firestore, ids)] == [folder] * 6
