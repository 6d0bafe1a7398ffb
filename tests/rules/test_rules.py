"""firestore.rules: each reader has an allow and a deny; nobody writes anywhere.

By the database's REST address with a person's own token, so that the rules decide.
"""

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from colonycraft.platform.firestore import database
from colonycraft.usage.days import SUMMED, Day
from support.environment import need
from support.people import Person

RULES = (Path(__file__).parent.parent.parent / "firestore.rules").read_text()
COLLECTIONS = [
    "users", "conversations", "conversations/x/messages", "conversations/x/queue", "runs",
    "runs/x/segments",
    "runControls", "organisations", "organisations/x/members", "connections", "folders",
    "templates", "tools", "documents", "chunks", "jobs", "shares", "notifications", "signals",
    "ledger", "budgets", "tills", "usageDays", "audit", "outbox", "idempotency", "cache",
    "health", "usageTotals", "usageTotals/x/people", "usageTotals/x/rows", "sweeps", "ratings",
    "reports", "sessions", "keys", "keyRings", "batches",
]  # fmt: skip

SECRETS = ("ledger", "budgets", "cache", "keys", "keyRings", "batches")


@pytest.fixture
def rest(http: httpx.Client) -> Callable[..., httpx.Response]:
    host, project = need("FIRESTORE_EMULATOR_HOST"), os.environ["GCLOUD_PROJECT"]
    base = f"http://{host}/v1/projects/{project}/databases/(default)/documents"

    def call(method: str, path: str, person: Person | None, **more: Any) -> httpx.Response:
        return http.request(
            method, f"{base}{path}", headers=person.headers if person else {}, **more
        )

    return call


def day_of(person: Person) -> Day:
    return Day("2026-11-27", f"personal-{person.uid}", person.uid, "openai/gpt-5", "turn")


@pytest.fixture
def seeded(person: Person) -> str:
    """A conversation of `person` with a message, one that waits, a run and a segment; a folder."""
    at = datetime.now(UTC)
    key = f"seed-{person.uid}"
    day = day_of(person)
    unit = database().unit_of_work()
    unit.create(
        f"conversations/{key}",
        {"ownerId": person.uid, "readers": [f"u:{person.uid}"], "state": "active", "updatedAt": at},
    )
    unit.create(f"conversations/{key}/messages/m1", {"branchId": "main", "seq": 0})
    unit.create(f"conversations/{key}/queue/q1", {"branchId": "main", "position": 1.0})
    unit.create(f"folders/{key}", {"ownerId": person.uid, "readers": [f"u:{person.uid}"]})
    unit.create(f"runs/{key}", {"conversationId": key, "state": "running"})
    unit.create(f"runs/{key}/segments/000000", {"conversationId": key, "start": 0})
    unit.create(f"runControls/{key}", {"ownerId": person.uid})
    unit.create(f"users/{person.uid}", {"ownerId": person.uid})
    unit.create(day.path, {**day.fields(), **dict.fromkeys(SUMMED, 0)})
    for secret in SECRETS:
        unit.create(f"{secret}/{key}", {"ownerId": person.uid})
    unit.commit()
    return key


def query(collection: str, where: list[Any], limit: int | None = 50, **more: Any) -> dict[str, Any]:
    filters = [
        {"fieldFilter": {"field": {"fieldPath": name}, "op": op, "value": {"stringValue": value}}}
        for name, op, value in where
    ]
    structured: dict[str, Any] = {"from": [{"collectionId": collection, **more}]}
    if filters:
        structured["where"] = {"compositeFilter": {"op": "AND", "filters": filters}}
    if limit is not None:
        structured["limit"] = limit
    return {"structuredQuery": structured}


def test_documents_are_read_by_their_readers_alone(
    rest: Callable[..., httpx.Response], seeded: str, person: Person, other_person: Person
) -> None:
    for path in (
        f"/users/{person.uid}",
        f"/conversations/{seeded}",
        f"/conversations/{seeded}/messages/m1",
        f"/conversations/{seeded}/queue/q1",
        f"/folders/{seeded}",
        f"/runs/{seeded}",
        f"/runs/{seeded}/segments/000000",
        f"/{day_of(person).path}",
    ):
        assert rest("GET", path, person).status_code == 200, path
        assert rest("GET", path, other_person).status_code == 403, path
        assert rest("GET", path, None).status_code == 403, path


def test_controls_are_read_by_nobody(
    rest: Callable[..., httpx.Response], seeded: str, person: Person
) -> None:
    for collection in ("runControls", *SECRETS):
        assert rest("GET", f"/{collection}/{seeded}", person).status_code == 403
    for path in (
        "/organisations/workspace",
        "/health/openai",
        "/usageTotals/2026-11-27",
        "/sweeps/totals",
    ):
        assert rest("GET", path, person).status_code == 403


def test_own_conversations_are_listed_and_foreign_or_all_are_not(
    rest: Callable[..., httpx.Response], seeded: str, person: Person, other_person: Person
) -> None:
    mine = [("readers", "ARRAY_CONTAINS", f"u:{person.uid}"), ("state", "EQUAL", "active")]
    own = rest("POST", ":runQuery", person, json=query("conversations", mine, 5000))
    assert own.status_code == 200
    assert [one["document"]["name"].rsplit("/", 1)[1] for one in own.json()] == [seeded]
    for who, sent in (
        (other_person, query("conversations", mine)),
        (None, query("conversations", mine)),
        (person, query("conversations", [])),
        (person, query("conversations", mine, None)),
        (person, query("conversations", mine, 5001)),
    ):
        assert rest("POST", ":runQuery", who, json=sent).status_code == 403


def test_own_folders_are_listed_and_foreign_or_all_are_not(
    rest: Callable[..., httpx.Response], seeded: str, person: Person, other_person: Person
) -> None:
    mine = [("readers", "ARRAY_CONTAINS", f"u:{person.uid}")]
    own = rest("POST", ":runQuery", person, json=query("folders", mine, 100))
    assert own.status_code == 200
    assert [one["document"]["name"].rsplit("/", 1)[1] for one in own.json()] == [seeded]
    for who, sent in (
        (other_person, query("folders", mine)),
        (None, query("folders", mine)),
        (person, query("folders", [])),
        (person, query("folders", mine, None)),
        (person, query("folders", mine, 101)),
    ):
        assert rest("POST", ":runQuery", who, json=sent).status_code == 403


def test_own_days_of_use_are_listed_and_foreign_or_all_are_not(
    rest: Callable[..., httpx.Response], seeded: str, person: Person, other_person: Person
) -> None:
    mine = [("ownerId", "EQUAL", person.uid)]
    assert rest("POST", ":runQuery", person, json=query("usageDays", mine)).status_code == 200
    for who, sent in (
        (other_person, query("usageDays", mine)),
        (None, query("usageDays", mine)),
        (person, query("usageDays", [])),
        (person, query("usageDays", mine, None)),
        (person, query("usageDays", mine, 5001)),
    ):
        assert rest("POST", ":runQuery", who, json=sent).status_code == 403


def test_messages_and_segments_are_listed_by_their_readers(
    rest: Callable[..., httpx.Response], seeded: str, person: Person, other_person: Person
) -> None:
    for parent, sent in (
        (f"/conversations/{seeded}", query("messages", [("branchId", "EQUAL", "main")])),
        (f"/conversations/{seeded}", query("queue", [])),
        (f"/runs/{seeded}", query("segments", [])),
    ):
        assert rest("POST", f"{parent}:runQuery", person, json=sent).status_code == 200
        assert rest("POST", f"{parent}:runQuery", other_person, json=sent).status_code == 403
        assert rest("POST", f"{parent}:runQuery", None, json=sent).status_code == 403


def test_as_many_messages_are_listed_as_a_branch_may_show(
    rest: Callable[..., httpx.Response], seeded: str, person: Person
) -> None:
    for limit, status in ((5000, 200), (5001, 403), (None, 403)):
        sent = query("messages", [("branchId", "EQUAL", "main")], limit)
        answer = rest("POST", f"/conversations/{seeded}:runQuery", person, json=sent)
        assert answer.status_code == status


@pytest.mark.parametrize(
    "collection",
    ["messages", "queue", "segments", "conversations", "folders", "runs", "users", "usageDays"],
)
def test_no_collection_is_read_across_its_parents(
    rest: Callable[..., httpx.Response], person: Person, collection: str
) -> None:
    sent = query(collection, [], allDescendants=True)
    assert rest("POST", ":runQuery", person, json=sent).status_code == 403


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_write_is_denied(
    rest: Callable[..., httpx.Response], seeded: str, person: Person, collection: str
) -> None:
    known = {
        "users": person.uid, "conversations": seeded, "folders": seeded, "runs": seeded,
        "runControls": seeded,
    }.get(collection, "x")  # fmt: skip
    collection = collection.replace("/x/", f"/{seeded}/")
    body = {"fields": {"ownerId": {"stringValue": person.uid}}}
    for who in (person, None):
        create = rest("POST", f"/{collection}?documentId=new", who, json=body)
        update = rest("PATCH", f"/{collection}/{known}", who, json=body)
        delete = rest("DELETE", f"/{collection}/{known}", who)
        assert {create.status_code, update.status_code, delete.status_code} == {403}


def test_every_opened_collection_is_in_these_tests() -> None:
    opened = set(re.findall(r"match /(\w+)/\{", RULES)) - {"databases"}
    assert opened == {
        "users", "conversations", "messages", "queue", "folders", "runs", "segments", "usageDays",
    }  # fmt: skip
    assert not re.search(r"allow [^:]*(write|create|update|delete)", re.sub(r"//.*", "", RULES))
