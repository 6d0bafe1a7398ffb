"""Every operation x signed out, wrong person, right person: made from the table."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

import main
from colonycraft.platform.firestore import database
from colonycraft.platform.operations import Access, Operation
from support.callable import Answer, post
from support.people import Person
from support.provider import Provider

ALL = [pytest.param(one, id=one.name) for one in main.OPERATIONS]
OWNED = [pytest.param(one, id=one.name) for one in main.OPERATIONS if one.access is Access.OWNER]


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


def call(operation: Operation, person: Person | None, subject: str, **options: Any) -> Answer:
    data = {**operation.example}
    if "requestId" in data:
        data["requestId"] = str(uuid.uuid4())
    if "conversationId" in data:
        data["conversationId"] = subject
    if "model" in data:
        data["model"] = "openai/words-2" if operation.name == "chat" else "words-2"
    path = f"/{operation.name}" if operation.function == "api" else "/"
    return post(operation.function, data, path=path, person=person, **options)


def conversation_of(person: Person) -> str:
    subject = str(uuid.uuid4())
    request = {"requestId": subject, "conversationId": subject, "title": "Mine"}
    assert post("api", request, path="/conversations.create", person=person).status == 200
    return subject


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("operation", ALL)
def test_signed_out(operation: Operation, stream: bool) -> None:
    answer = call(operation, None, "conversation-0001", stream=stream)
    assert answer.error["status"] == "UNAUTHENTICATED"


@pytest.mark.parametrize("operation", OWNED)
def test_the_wrong_person_finds_nothing_and_changes_nothing(
    operation: Operation, person: Person, other_person: Person
) -> None:
    subject = conversation_of(person)
    before = database().get(f"conversations/{subject}").data
    with database().counting() as counts:
        answer = call(operation, other_person, subject)
    assert answer.error["status"] == "NOT_FOUND"
    assert not counts.writes
    assert database().get(f"conversations/{subject}").data == before


@pytest.mark.parametrize("operation", ALL)
def test_the_right_person_is_served(operation: Operation, person: Person) -> None:
    subject = conversation_of(person)
    if operation.name == "conversations.create":
        subject = str(uuid.uuid4())
    answer = call(operation, person, subject)
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
