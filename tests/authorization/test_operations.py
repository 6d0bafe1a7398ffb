"""Every operation x signed out, wrong person, right person: made from the table."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

import main
from colonycraft.conversations import queue
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import database
from colonycraft.platform.operations import Access, Caller, Operation
from support.callable import Answer, post
from support.environment import need
from support.keys import bearer, make_key
from support.people import Person, changed, sign_up
from support.provider import Provider

ALL = [pytest.param(one, id=one.name) for one in main.OPERATIONS]
OWNED = [pytest.param(one, id=one.name) for one in main.OPERATIONS if one.access is Access.OWNER]
ADMINISTRATORS = [
    pytest.param(one, id=one.name) for one in main.OPERATIONS if one.access is Access.ADMINISTRATOR
]


@pytest.fixture(autouse=True)
def _provider(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every connection leads to the provider of the tests."""
    from colonycraft.calls import catalogue
    from colonycraft.llm.port import Connection

    to_tests = {
        name: Connection(name, "openai_chat", name, provider.base_url, "test-key")
        for name in ("openai", "anthropic", "mistral", "ollama")
    }
    monkeypatch.setattr(catalogue, "connections", lambda: to_tests)
    yield


NEEDS_A_TURN = {
    "runs.stop",
    "runs.recover",
    "conversations.choose",
    "conversations.fork",
    "conversations.pin",
    "feedback.rate",
}
NEEDS_A_QUEUE = {"queue.move", "queue.remove", "queue.send"}


def call(
    operation: Operation,
    person: Person | None,
    subject: str,
    known: Mapping[str, str | int] | None = None,
    **options: Any,
) -> Answer:
    """`known`: ids of what was made for the operation, by the input's field."""
    data = {**operation.example}
    if "requestId" in data:
        data["requestId"] = str(uuid.uuid4())
    data |= {name: subject for name in ("conversationId", "folderId") if data.get(name)}
    if "conversationIds" in data:
        data["conversationIds"] = [subject]
    if "model" in data:
        whole = operation.name == "chat" or operation.name.startswith("queue.")
        data["model"] = "openai/words-2" if whole else "words-2"
    if "newConversationId" in data:
        data["newConversationId"] = str(uuid.uuid4())
    data |= {name: value for name, value in (known or {}).items() if name in data}
    path = f"/{operation.name}" if operation.function == "api" else "/"
    return post(operation.function, data, path=path, person=person, **options)


def conversation_of(person: Person) -> str:
    subject = str(uuid.uuid4())
    request = {"requestId": subject, "conversationId": subject, "title": "Mine"}
    assert post("api", request, path="/conversations.create", person=person).status == 200
    return subject


def subject_of(operation: Operation, person: Person) -> str:
    """The path of what the person owns and the operation acts on."""
    if operation.subject != "folderId":
        return f"conversations/{conversation_of(person)}"
    subject = str(uuid.uuid4())
    request = {"requestId": subject, "folderId": subject, "name": "Mine"}
    assert post("api", request, path="/folders.create", person=person).status == 200
    return f"folders/{subject}"


def made_for(operation: Operation, person: Person, subject: str) -> dict[str, str | int]:
    """What the operation acts on, in the person's conversation."""
    if operation.name in NEEDS_A_TURN:
        chat = next(one for one in main.OPERATIONS if one.name == "chat")
        result = call(chat, person, subject).result
        rated = operation.name == "feedback.rate"
        message = result["answerId" if rated else "questionId"]
        return {"runId": result["runId"], "messageId": message}
    if operation.name == "keys.revoke":
        return {"keyId": make_key(person)[0]}
    if operation.name == "policy.save":
        return {"version": post("api", {}, path="/policy.get", person=person).result["version"]}
    if operation.name in NEEDS_A_QUEUE:
        entry = str(uuid.uuid4())
        caller = Caller(uid=person.uid, org_id=person.uid)
        unit = database().unit_of_work()
        queue.add(
            unit, caller, subject, entry, request_id=entry, branch_id="main", text="x",
            model="openai/words-2", position=1.0, at=now(),
        )  # fmt: skip
        unit.commit()
        return {"entryId": entry}
    return {}


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("operation", ALL)
def test_signed_out(operation: Operation, stream: bool) -> None:
    answer = call(operation, None, "conversation-0001", stream=stream)
    assert answer.error["status"] == "UNAUTHENTICATED"


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("operation", ALL)
def test_a_key_does_what_the_table_says_and_nothing_else(
    operation: Operation, stream: bool, administrator: Person
) -> None:
    """Not even an administrator's."""
    _, token = make_key(administrator)
    with database().counting() as counts:
        answer = call(operation, None, "conversation-0001", headers=bearer(token), stream=stream)
    if operation.by_key:
        assert answer.result
        return
    assert answer.error["status"] == "PERMISSION_DENIED"
    assert not counts.reads | counts.writes | counts.deletes


def test_keys_ask_models_and_list_them() -> None:
    allowed = {one.name for one in main.OPERATIONS if one.by_key}
    assert allowed == {"openai", "anthropic", "mistral", "ollama", "models.list"}


@pytest.mark.parametrize("operation", OWNED)
def test_the_wrong_person_finds_nothing_and_changes_nothing(
    operation: Operation, person: Person, other_person: Person
) -> None:
    path = subject_of(operation, person)
    subject = path.partition("/")[2]
    known = made_for(operation, person, subject)
    before = database().get(path).data
    with database().counting() as counts:
        answer = call(operation, other_person, subject, known)
    assert answer.error["status"] == "NOT_FOUND"
    assert not counts.writes
    assert not counts.deletes
    assert database().get(path).data == before


@pytest.mark.parametrize("operation", ADMINISTRATORS)
def test_who_is_no_administrator_is_refused_and_changes_nothing(
    operation: Operation, person: Person, http: httpx.Client
) -> None:
    auth_host = need("FIREBASE_AUTH_EMULATOR_HOST")
    guest = sign_up(http, auth_host, anonymous=True)
    colleague = changed(http, auth_host, person, {"role": "member", "groups": ["admin"]})
    for refused in (guest, person, colleague):
        with database().counting() as counts:
            answer = call(operation, refused, "conversation-0001")
        assert (answer.status, answer.error["status"]) == (403, "PERMISSION_DENIED")
        assert not counts.reads
        assert not counts.writes


@pytest.mark.parametrize("operation", ALL)
def test_the_right_person_is_served(
    operation: Operation, person: Person, request: pytest.FixtureRequest
) -> None:
    if operation.access is Access.ADMINISTRATOR:
        person = request.getfixturevalue("administrator")
    subject = subject_of(operation, person).partition("/")[2]
    if operation.name == "conversations.create":
        subject = str(uuid.uuid4())
    answer = call(operation, person, subject, made_for(operation, person, subject))
    assert answer.status == 200, answer.body


@pytest.mark.parametrize("operation", ALL)
def test_nobody_sets_what_the_server_sets(operation: Operation, person: Person) -> None:
    path = f"/{operation.name}" if operation.function == "api" else "/"
    for name in ("ownerId", "orgId", "role", "createdAt", "readers"):
        data = {**operation.example, name: "x"}
        answer = post(operation.function, data, path=path, person=person)
        assert answer.error["status"] == "INVALID_ARGUMENT"
        assert {"field": name} in [
            {"field": one["field"]} for one in answer.error["details"]["fields"]
        ]
