"""Keys as a person makes, sees and ends them."""

import hashlib
import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from colonycraft.keys import store
from colonycraft.platform.firestore import Firestore
from support.callable import api
from support.environment import need
from support.keys import ask_with, make_key, refusal
from support.people import Person, changed, sign_up
from support.spending import hold

pytestmark = pytest.mark.usefixtures("openai")


def listed(person: Person) -> list[dict[str, Any]]:
    return api("keys.list", {}, person).result["keys"]


def test_a_key_is_told_once_and_only_its_hash_is_stored(
    firestore: Firestore, person: Person
) -> None:
    id, token = make_key(person, name="  Nightly report ")
    assert re.fullmatch(r"cck_[0-9a-f]{20}_[A-Za-z0-9_-]{43}", token)
    stored = firestore.get(f"keys/{id}").data
    assert stored is not None
    assert stored["hash"] == hashlib.sha256(token.encode()).hexdigest()
    secret = token.rpartition(id)[2]
    assert secret not in json.dumps(stored, default=str)
    assert secret not in json.dumps(listed(person))


def test_the_list_says_what_a_person_must_know(person: Person) -> None:
    make_key(person, name="First")
    budget = {"limit": 9, "unit": "requests", "period": "month"}
    id, token = make_key(person, name="Second", days=365, budget=budget, models=["openai/*"])
    ask_with(token)
    second, first = listed(person)
    assert (first["name"], first["models"], first["budget"], first["used"]) == (
        "First", None, None, None,
    )  # fmt: skip
    assert first["lastUsedDay"] is None and first["expired"] is False
    assert second["prefix"] == f"cck_{id[:6]}"
    assert (second["models"], second["budget"], second["used"]) == (["openai/*"], budget, 1)
    lives = [
        datetime.fromisoformat(one["expiresAt"]) - datetime.fromisoformat(one["createdAt"])
        for one in (first, second)
    ]
    assert lives == [timedelta(days=90), timedelta(days=365)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": 0},
        {"days": 366},
        {"days": 1.5},
        {"name": " "},
        {"name": "x" * 61},
        {"models": []},
        {"models": ["a b"]},
        {"models": ["openai/*"] * 21},
        {"budget": {"limit": 0, "unit": "USD", "period": "month"}},
        {"budget": {"limit": 10**16, "unit": "USD", "period": "month"}},
        {"budget": {"limit": 1, "unit": "answers", "period": "ever"}},
        {"budget": {"limit": 1, "unit": "USD", "period": "year"}},
        {"hash": "x"},
    ],
    ids=str,
)
def test_what_no_key_can_be_is_refused(
    firestore: Firestore, person: Person, wrong: dict[str, Any]
) -> None:
    body = {"requestId": str(uuid.uuid4()), "name": "x", **wrong}
    with firestore.counting() as counts:
        assert refusal(api("keys.create", body, person)) == (400, "INVALID_ARGUMENT")
    assert not counts.writes


def test_a_guest_cannot_make_one(firestore: Firestore, http: httpx.Client) -> None:
    guest = sign_up(http, need("FIREBASE_AUTH_EMULATOR_HOST"), anonymous=True)
    body = {"requestId": str(uuid.uuid4()), "name": "x"}
    with firestore.counting() as counts:
        assert refusal(api("keys.create", body, guest)) == (403, "PERMISSION_DENIED")
    assert not counts.reads | counts.writes


def test_the_same_request_makes_one_key_and_does_not_tell_it_again(person: Person) -> None:
    body = {"requestId": str(uuid.uuid4()), "name": "x"}
    with ThreadPoolExecutor(4) as pool:
        answers = [one.result() for one in [
            pool.submit(api, "keys.create", body, person) for _ in range(4)]]  # fmt: skip
    assert sorted(one.status for one in answers) == [200, 400, 400, 400]
    assert [one["name"] for one in listed(person)] == ["x"]


def test_one_that_was_revoked_is_not_made_again_by_its_request(person: Person) -> None:
    body = {"requestId": str(uuid.uuid4()), "name": "x"}
    id = api("keys.create", body, person).result["key"]["id"]
    api("keys.revoke", {"keyId": id}, person)
    assert refusal(api("keys.create", body, person)) == (400, "FAILED_PRECONDITION")
    assert listed(person) == []


def test_nobody_has_more_than_twenty_however_they_are_made(person: Person) -> None:
    def make(number: int) -> int:
        body = {"requestId": str(uuid.uuid4()), "name": f"n{number}"}
        return api("keys.create", body, person).status

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(24)))
    keys = listed(person)
    assert (made.count(200), made.count(400), len(keys)) == (20, 4, 20)
    assert api("keys.revoke", {"keyId": keys[0]["id"]}, person).status == 200
    assert make(24) == 200


def test_making_and_ending_a_key_cost_two_writes_each(firestore: Firestore, person: Person) -> None:
    with firestore.counting() as made:
        id, _ = make_key(person)
    with firestore.counting() as ended:
        api("keys.revoke", {"keyId": id}, person)
    assert (dict(made.reads), dict(ended.reads)) == ({"keys": 1, "keyRings": 1},) * 2
    assert (dict(made.writes), dict(ended.writes)) == ({"keys": 1, "keyRings": 1},) * 2


def test_ending_it_twice_is_as_once(person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    id, _ = make_key(person)
    capsys.readouterr()
    answers = [api("keys.revoke", {"keyId": id}, person).result for _ in range(2)]
    assert answers == [{"keyId": id}] * 2
    assert capsys.readouterr().out.count("a key was revoked") == 1
    assert listed(person) == []


def test_another_person_neither_sees_nor_ends_it(person: Person, other_person: Person) -> None:
    id, token = make_key(person)
    assert listed(other_person) == []
    assert refusal(api("keys.revoke", {"keyId": id}, other_person)) == (404, "NOT_FOUND")
    assert ask_with(token).status == 200


@pytest.mark.usefixtures("own_database")
def test_an_administrator_sees_and_ends_everybodys(
    person: Person, administrator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PAGE", 2)
    mine = [make_key(person, name=f"n{number}") for number in range(3)]
    first = api("keys.listAll", {}, administrator).result
    assert [one["key"]["name"] for one in first["keys"]] == ["n2", "n1"]
    owner = first["keys"][0]["owner"]
    assert (owner["id"], owner["email"], first["more"]) == (person.uid, person.email, True)
    after = {"after": first["keys"][-1]["key"]["id"]}
    assert api("keys.listAll", after, administrator).result["keys"][0]["key"]["name"] == "n0"
    id, token = mine[0]
    assert api("keys.revoke", {"keyId": id}, administrator).status == 200
    assert refusal(ask_with(token)) == (401, "UNAUTHENTICATED")
    assert len(listed(person)) == 2


def test_where_keys_are_switched_off_none_is_made(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_key(person)
    hold(monkeypatch, keys=False)
    body = {"requestId": str(uuid.uuid4()), "name": "x"}
    assert refusal(api("keys.create", body, person)) == (400, "FAILED_PRECONDITION")
    found = api("keys.list", {}, person).result
    assert (found["allowed"], len(found["keys"])) == (False, 1)
    assert api("keys.revoke", {"keyId": found["keys"][0]["id"]}, person).status == 200


def test_the_log_tells_who_made_and_ended_it_and_never_the_key(
    person: Person, http: httpx.Client, capsys: pytest.CaptureFixture[str]
) -> None:
    boss = changed(http, need("FIREBASE_AUTH_EMULATOR_HOST"), sign_up(
        http, need("FIREBASE_AUTH_EMULATOR_HOST")), {"role": "admin"})  # fmt: skip
    capsys.readouterr()
    id, token = make_key(person, name="Nightly report")
    ask_with(token)
    ask_with(token[:-1] + "!")
    ask_with(token, model="")
    api("keys.revoke", {"keyId": id}, boss)
    ask_with(token)
    out = capsys.readouterr().out
    assert token.rpartition(id)[2] not in out
    assert "Nightly" not in out
    lines = [json.loads(one) for one in out.splitlines()]
    told = {one["message"]: one for one in lines if one["message"].startswith("a key was")}
    assert (told["a key was made"]["uid"], told["a key was made"]["key"]) == (person.uid, id)
    ended = told["a key was revoked"]
    assert (ended["uid"], ended["owner"], ended["key"]) == (boss.uid, person.uid, id)
    used = [one for one in lines if one["message"] == "request" and one["operation"] == "openai"]
    assert [one["key"] for one in used] == [id, None, id, None]


def names(person: Person, *ids: str) -> list[tuple[str, str, bool]]:
    found = api("keys.names", {"keyIds": ids}, person).result["keys"]
    return [(one["id"], one["name"], one["revoked"]) for one in found]


def test_keys_are_called_by_their_names_also_when_they_are_revoked(
    firestore: Firestore, person: Person
) -> None:
    (first, _), (second, _) = make_key(person, name="First"), make_key(person, name="Second")
    api("keys.revoke", {"keyId": first}, person)
    with firestore.counting() as counts:
        found = names(person, second, first, second, "f" * 20)
    assert found == [(second, "Second", False), (first, "First", True)]
    assert (counts.reads, dict(counts.writes)) == ({"keys": 3}, {})
    assert names(person) == []


def test_the_names_of_keys_are_their_persons_and_administrators(
    person: Person, other_person: Person, administrator: Person
) -> None:
    id, _ = make_key(person, name="Mine")
    assert names(other_person, id) == []
    (told,) = api("keys.names", {"keyIds": [id]}, administrator).result["keys"]
    assert (told["name"], told["owner"]["id"]) == ("Mine", person.uid)


@pytest.mark.parametrize("ids", [["short"], [5], "0" * 20, None, ["0" * 20] * 101])
def test_what_is_no_list_of_keys_is_not_named(person: Person, ids: Any) -> None:
    answer = api("keys.names", {"keyIds": ids}, person)
    assert answer.error["status"] == "INVALID_ARGUMENT"
