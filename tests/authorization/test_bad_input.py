"""Every operation x hostile bodies: INVALID_ARGUMENT before any call or write, the process alive."""

import json
from pathlib import Path

import pytest

import main
from colonycraft.platform.firestore import database
from colonycraft.platform.operations import Operation
from support.callable import post
from support.people import Person

HOSTILE = Path(__file__).parent.parent / "hostile"
BODIES = [
    (one["name"], one["body"].encode())
    for one in json.loads((HOSTILE / "request-bodies.json").read_text())
    if "body" in one
] + [
    ("a million keys", json.dumps({"data": {str(i): i for i in range(1_000_000)}}).encode()),
    ("10,000 deep", b'{"data": ' + b"[" * 10_000 + b"]" * 10_000 + b"}"),
    ("10,000 deep in a field", b'{"data": {"text": ' + b"[" * 10_000 + b"]" * 10_000 + b"}}"),
    ("10 MB message", b'{"data": {"text": "' + b"a" * 10_000_000 + b'"}}'),
    ("data is null", b'{"data": null}'),
    ("data is an array", b'{"data": []}'),
    ("data is text", b'{"data": "x"}'),
    ("no data", b"{}"),
    ("not UTF-8", b'{"data": {"text": "\xff\xfe"}}'),
    ("half a surrogate pair", b'{"data": {"text": "\\ud800"}}'),
]


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in BODIES])
@pytest.mark.parametrize("operation", [pytest.param(one, id=one.name) for one in main.OPERATIONS])
def test_hostile_bodies(operation: Operation, body: bytes, person: Person) -> None:
    path = f"/{operation.name}" if operation.function == "api" else "/"
    with database().counting() as counts:
        answer = post(operation.function, path=path, person=person, raw=body)
    assert (answer.status, answer.error["status"]) == (400, "INVALID_ARGUMENT")
    assert not counts.writes
    assert not counts.deletes
