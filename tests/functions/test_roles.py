"""Who is an administrator, a member, a guest; and that what goes on without a request keeps it."""

import time
from dataclasses import replace
from typing import Any

import httpx
import pytest
from werkzeug.test import EnvironBuilder

from colonycraft.chat import queue, worker
from colonycraft.chat import run as runs
from colonycraft.chat.models import QueueQuestion
from colonycraft.chat.turn import Turn
from colonycraft.conversations import queue as waiting
from colonycraft.door import door, identity
from colonycraft.door.identity import groups_of, role_of
from colonycraft.errors import RunActive
from colonycraft.platform.firestore import Firestore, database
from colonycraft.platform.operations import (
    Access,
    Caller,
    Empty,
    Model,
    Operation,
    mailbox_of,
)
from colonycraft.platform.settings import settings
from support.callable import post
from support.environment import need
from support.people import Person, changed, sign_up
from support.runs import begun_run
from support.turns import ask, question, someone

ADA = "Ada@example.com"


@pytest.fixture(autouse=True)
def _ada_is_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    changed_settings = replace(settings(), administrators=(ADA.lower(),))
    monkeypatch.setattr(identity, "settings", lambda: changed_settings)


PASSWORD = {"sign_in_provider": "password"}
ANONYMOUS = {"sign_in_provider": "anonymous"}


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({}, "member"),
        ({"firebase": PASSWORD}, "member"),
        ({"firebase": PASSWORD, "role": "admin"}, "admin"),
        ({"role": "guest"}, "guest"),
        ({"email": ADA, "email_verified": True}, "admin"),
        ({"email": "ADA@EXAMPLE.COM", "email_verified": True, "role": "guest"}, "admin"),
        # An address that is not verified may be anybody's.
        ({"email": ADA, "email_verified": False}, "member"),
        ({"email": ADA, "email_verified": "true"}, "member"),
        ({"email": ADA}, "member"),
        ({"email": f"x{ADA}", "email_verified": True}, "member"),
        ({"email": "", "email_verified": True}, "member"),
        # Nobody stands behind an anonymous sign-in.
        ({"firebase": ANONYMOUS}, "guest"),
        ({"firebase": ANONYMOUS, "role": "admin"}, "guest"),
        ({"firebase": ANONYMOUS, "email": ADA, "email_verified": True}, "guest"),
        # What is no role is none.
        *(({"role": wrong}, "member") for wrong in ("Admin", "owner", True, ["admin"], {}, None)),
        *(({"firebase": wrong}, "member") for wrong in ("anonymous", ["anonymous"], 1)),
    ],
)
def test_a_role(claims: dict[str, Any], role: str) -> None:
    assert role_of(claims) == role


@pytest.mark.parametrize(
    ("claimed", "groups"),
    [
        (None, ()),
        ("sales", ()),
        ({"sales": True}, ()),
        (["sales", "sales", "support"], ("sales", "support")),
        (["", "x" * 64, "x" * 65, 1, None, ["sales"]], ("x" * 64,)),
        ([str(number) for number in range(90)], tuple(str(number) for number in range(50))),
    ],
)
def test_groups(claimed: object, groups: tuple[str, ...]) -> None:
    assert groups_of({"groups": claimed}) == groups


class Seen(Model):
    role: str
    groups: list[str]
    mailbox: str | None


def see(caller: Caller, _request: Empty) -> Seen:
    return Seen(role=caller.role, groups=list(caller.groups), mailbox=caller.mailbox)


OPERATIONS = [
    Operation(
        name=f"test.{access.name.lower()}",
        summary="Says who calls.",
        handler=see,
        input=Empty,
        output=Seen,
        access=access,
    )
    for access in (Access.SIGNED_IN, Access.ADMINISTRATOR)
]


def call(name: str, person: Person) -> Any:
    builder = EnvironBuilder(
        path=f"/test.{name}", method="POST", json={"data": {}}, headers=person.headers
    )
    return door(OPERATIONS, "api")(builder.get_request()).get_json()


def test_the_door_knows_who_comes(
    http: httpx.Client, person: Person, administrator: Person
) -> None:
    auth_host = need("FIREBASE_AUTH_EMULATOR_HOST")
    guest = sign_up(http, auth_host, anonymous=True)
    colleague = changed(http, auth_host, person, {"groups": ["sales"]}, verified=True)
    assert [
        call("signed_in", one)["result"] for one in (guest, person, colleague, administrator)
    ] == [
        {"role": "guest", "groups": [], "mailbox": None},
        {"role": "member", "groups": [], "mailbox": None},
        {"role": "member", "groups": ["sales"], "mailbox": mailbox_of(person.email)},
        {"role": "admin", "groups": [], "mailbox": None},
    ]
    for refused in (guest, person, colleague):
        assert call("administrator", refused)["error"]["status"] == "PERMISSION_DENIED"
    assert call("administrator", administrator)["result"]["role"] == "admin"


def test_people_learn_what_they_are(
    http: httpx.Client, person: Person, administrator: Person
) -> None:
    guest = sign_up(http, need("FIREBASE_AUTH_EMULATOR_HOST"), anonymous=True)
    with database().counting() as counts:
        answers = [
            post("api", {}, path="/people.standing", person=one).result
            for one in (guest, person, administrator)
        ]
    assert [one["role"] for one in answers] == ["guest", "member", "admin"]
    assert not counts.reads


KNOWN = {"role": "guest", "groups": ("sales",), "mailbox": mailbox_of(ADA)}


def test_what_is_stored_is_read_back() -> None:
    caller = replace(someone(), **KNOWN)
    assert replace(Caller.of(caller.stored()), streamed=True) == caller
    old = {"ownerId": "ada", "orgId": "personal-ada"}
    assert Caller.of(old) == Caller("ada", "personal-ada")
    assert ADA.lower() not in str(caller.stored()).lower()


@pytest.mark.usefixtures("openai")
def test_a_worker_goes_on_in_the_name_of_who_asked(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = replace(someone(), **KNOWN)
    begun = begun_run(caller, new_id)
    run = runs.read(firestore.get(runs.run_path(begun.run.id)))
    seen: list[Caller] = []
    original = Turn.events

    def events(self: Turn) -> Any:
        seen.append(self.begun.run.caller)
        return original(self)

    monkeypatch.setattr(Turn, "events", events)
    worker.go_on(run)
    assert [replace(one, streamed=True) for one in seen] == [caller]
    readable = firestore.get(runs.run_path(begun.run.id)).data or {}
    assert "caller" not in readable


@pytest.mark.usefixtures("openai")
def test_a_question_that_waits_keeps_who_asked(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = replace(someone(), **KNOWN)
    monkeypatch.setattr("colonycraft.chat.handover._send", lambda kind, ids: None)
    ask(caller, question(new_id, new=True))
    queue.add(
        caller,
        QueueQuestion(
            request_id=f"request-{time.time_ns()}",
            conversation_id=new_id,
            text="later",
            model="openai/words-3",
        ),
    )
    assert waiting.first(new_id, "main") is not None
    seen: list[Caller] = []

    def begin(asking: Caller, *rest: Any) -> Any:
        seen.append(asking)
        raise RunActive("run-active", run_id="r")

    monkeypatch.setattr(queue, "begin", begin)
    queue.drain({"conversationId": new_id, "branchId": "main"})
    assert [replace(one, streamed=True) for one in seen] == [caller]
