"""Tasks: sent to a queue that is real, received by a worker that trusts nobody else."""

import base64
import json
import time
import uuid
from dataclasses import replace
from typing import Any

import httpx
import jwt
import pytest
from firebase_functions.https_fn import HttpsError

from colonycraft.chat import queue, worker
from colonycraft.chat.models import QueueQuestion
from colonycraft.errors import PermissionDenied
from colonycraft.platform import tasks
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.settings import settings
from support.environment import need
from support.people import Person
from support.turns import conversation_of, messages

KEY = "k" * 32


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    """As on one machine, where the sender signs."""
    monkeypatch.setenv("WORKER_KEY", KEY)
    local = replace(settings(), local=True)
    monkeypatch.setattr("colonycraft.platform.tasks.settings", lambda: local)
    return KEY


def signed(key: str, **claims: Any) -> str:
    wanted = {"aud": tasks.QUEUE, "exp": int(time.time()) + 60, **claims}
    return f"Bearer {jwt.encode(wanted, key, 'HS256')}"


def test_a_task_of_ours_is_done(key: str) -> None:
    done: list[Any] = []
    tasks.receive(signed(key), {"kind": "a.b", "runId": "r"}, {"a.b": done.append})
    assert done == [{"runId": "r"}]


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer ",
        "Bearer x.y.z",
        signed("x" * 32),
        signed(KEY, aud="other"),
        signed(KEY, exp=1),
        f"Bearer {jwt.encode({'aud': tasks.QUEUE, 'exp': 9999999999}, '', 'none')}",
    ],
)
def test_a_stranger_is_refused(key: str, authorization: str | None) -> None:
    done: list[Any] = []
    with pytest.raises(HttpsError) as refused:
        tasks.receive(authorization, {"kind": "a.b"}, {"a.b": done.append})
    assert refused.value._http_error_code.status == 403  # pyright: ignore[reportPrivateUsage]
    assert done == []


def test_without_a_key_nothing_is_trusted(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKER_KEY", "")
    with pytest.raises(PermissionDenied):
        tasks.verify_sender(signed(KEY))


def deployed(monkeypatch: pytest.MonkeyPatch, **environment: str) -> None:
    there = replace(settings(), local=False, project="my-project", environment=environment)
    monkeypatch.delenv("COLONYCRAFT_FUNCTIONS", raising=False)
    for module in ("tasks", "deployment"):
        monkeypatch.setattr(f"colonycraft.platform.{module}.settings", lambda: there)


def without_signature(**claims: Any) -> str:
    """As Cloud Run hands a token on that it has verified."""
    wanted = {
        "aud": "https://us-central1-my-project.cloudfunctions.net/worker",
        "iss": "https://accounts.google.com",
        "exp": int(time.time()) + 60,
        "email": "colonycraft-worker@my-project.iam.gserviceaccount.com",
        "email_verified": True,
        **claims,
    }
    parts = ({"alg": "RS256", "typ": "JWT", "kid": "1"}, wanted)
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts]
    token = ".".join(part.rstrip("=") for part in encoded)
    return f"Bearer {token}.SIGNATURE_REMOVED_BY_GOOGLE"


def test_on_cloud_run_a_token_counts_that_it_took_the_signature_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deployed(monkeypatch, K_CONFIGURATION="worker")
    tasks.verify_sender(without_signature())


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "https://us-central1-my-project.cloudfunctions.net/chat"},
        {"iss": "https://somebody.example"},
        {"exp": 1},
        {"email": "colonycraft-chat@my-project.iam.gserviceaccount.com"},
        {"email_verified": False},
    ],
)
def test_on_cloud_run_a_token_of_something_else_is_refused(
    monkeypatch: pytest.MonkeyPatch, claims: dict[str, Any]
) -> None:
    deployed(monkeypatch, K_CONFIGURATION="worker")
    with pytest.raises(PermissionDenied):
        tasks.verify_sender(without_signature(**claims))


@pytest.mark.parametrize(
    "environment", [{}, {"K_CONFIGURATION": "worker", "KUBERNETES_SERVICE_HOST": "10.0.0.1"}]
)
def test_elsewhere_every_token_needs_its_signature(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    asked: list[str] = []

    def refuse(token: str, *_: Any, **__: Any) -> None:
        asked.append(token)
        raise ValueError("Could not verify token signature.")

    monkeypatch.setattr("google.oauth2.id_token.verify_oauth2_token", refuse)
    deployed(monkeypatch, **environment)
    with pytest.raises(PermissionDenied):
        tasks.verify_sender(without_signature())
    assert len(asked) == 1


@pytest.mark.parametrize("data", [None, [], "x", {"kind": 1}, {"kind": "no.such"}, {"x": "y"}])
def test_what_no_worker_knows_is_let_go(key: str, data: Any) -> None:
    """Or Cloud Tasks would bring it again and again."""
    tasks.receive(signed(key), data, {"a.b": lambda _: pytest.fail("done")})


def test_the_kinds_that_are_sent_are_known() -> None:
    from colonycraft.chat import handover

    assert set(worker.WORK) == {handover.WATCH, handover.DRAIN, handover.LOOK}


def test_the_served_worker_refuses_strangers(functions_url: str) -> None:
    body = {"data": {"kind": "runs.watch", "runId": "r"}}
    for headers in ({}, {"Authorization": signed(KEY)}):
        answer = httpx.post(f"{functions_url}/worker", json=body, headers=headers, trust_env=False)
        assert answer.status_code == 403


def test_a_queue_is_gone_on_with_by_the_served_worker(
    firestore: Firestore, functions_url: str, person: Person, new_id: str
) -> None:
    """The whole way: the operation, the emulator of Cloud Tasks, the worker. The model is refused
    where it is asked, so that no model is needed: the answer has failed, and is there."""
    need("CLOUD_TASKS_EMULATOR_HOST")

    def call(name: str, data: dict[str, Any]) -> Any:
        address = f"{functions_url}/api/{name}"
        answer = httpx.post(
            address, json={"data": data}, headers=person.headers, timeout=30, trust_env=False
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    ids = {"requestId": str(uuid.uuid4()), "conversationId": new_id}
    call("conversations.create", {**ids, "title": "Queue"})
    request = QueueQuestion(
        request_id=str(uuid.uuid4()), conversation_id=new_id, text="hello", model="ollama/none"
    )
    data = request.model_dump(by_alias=True)
    assert call("queue.add", data)["state"] == "started"
    until = time.monotonic() + 20
    while len(messages(firestore, new_id)) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    asked, answered = messages(firestore, new_id)
    assert (asked["role"], answered["role"]) == ("user", "assistant")
    assert answered["state"] == "failed"
    assert queue.waiting.entries(new_id) == []
    assert conversation_of(firestore, new_id)["branches"]["main"]["activeRun"] is None
