"""The door: the callable protocol to the byte, bad input, errors."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from support.callable import api, post
from support.people import Person
from support.provider import Provider

HOSTILE = Path(__file__).parent.parent / "hostile"
PARSING = json.loads((HOSTILE / "json-parsing.json").read_text())
NAUGHTY = json.loads((HOSTILE / "naughty-strings.json").read_text())
UNICODE = json.loads((HOSTILE / "unicode.json").read_text())


def chat_request(new_id: str, **more: Any) -> dict[str, Any]:
    return {
        "requestId": new_id,
        "conversationId": new_id,
        "newConversation": True,
        "text": "hello",
        "model": "openai/words-2",
        **more,
    }


def test_a_unary_answer_to_the_byte(person: Person) -> None:
    answer = api("people.updatePreferences", {"theme": "dark"}, person)
    assert answer.status == 200
    assert (
        answer.body
        == b'{"result": {"theme":"dark","language":null,"defaultModel":null,"metrics":true,'
        b'"pinnedModels":[]}}'
    )
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "private, no-store, no-transform"


@pytest.mark.usefixtures("openai")
def test_a_streamed_answer_to_the_byte(person: Person, new_id: str) -> None:
    answer = post("chat", chat_request(new_id), person=person, stream=True)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    frames = answer.body.split(b"\n\n")
    assert frames[0].startswith(b'data: {"message": {"type":"run-started",')
    assert frames[1] == b'data: {"message": {"type":"text-delta","text":"word0 "}}'
    assert frames[-2].startswith(b'data: {"result": {"runId":')
    assert frames[-1] == b""
    assert answer.result["text"] == "word0 word1 "


@pytest.mark.usefixtures("openai")
def test_a_streamed_operation_answers_whole_without_a_stream(person: Person, new_id: str) -> None:
    answer = post("chat", chat_request(new_id), person=person)
    assert answer.result["text"] == "word0 word1 "


def test_a_unary_operation_streams_its_result(person: Person) -> None:
    answer = api("people.updatePreferences", {"theme": "light"}, person, stream=True)
    assert answer.frames == [
        {
            "result": {
                "theme": "light",
                "language": None,
                "defaultModel": None,
                "metrics": True,
                "pinnedModels": [],
            }
        }
    ]


def test_line_separators_do_not_break_a_frame() -> None:
    from colonycraft.door.wire import frame

    written = frame("message", {"text": "a\u2028b\u2029c\rd\ne“"})
    assert written.count(b"\n") == 2
    assert not any(mark in written.decode() for mark in ("\u2028", "\u2029", "\r"))
    assert (
        json.loads(written.removeprefix(b"data: "))["message"]["text"] == "a\u2028b\u2029c\rd\ne“"
    )


@pytest.mark.parametrize("stream", [False, True])
def test_signed_out(new_id: str, stream: bool) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic abc"}):
        answer = post("chat", chat_request(new_id), stream=stream, headers=headers)
        assert answer.error["status"] == "UNAUTHENTICATED"
        assert answer.status == (200 if stream else 401)


def test_a_get_is_refused_and_runs_nothing(person: Person) -> None:
    assert post("api", method="GET", path="/__/health", person=person).status == 405


def test_an_unknown_operation(person: Person) -> None:
    answer = api("conversations.steal", {}, person)
    assert (answer.status, answer.error["status"]) == (404, "NOT_FOUND")


def test_every_wrong_field_is_named_and_no_value_is_quoted(person: Person, new_id: str) -> None:
    secret = "canary-secret-value"
    answer = post(
        "chat",
        {"requestId": new_id, "conversationId": "x", "text": 5, "model": "", "ownerId": secret},
        person=person,
    )
    assert (answer.status, answer.error["status"]) == (400, "INVALID_ARGUMENT")
    fields = {one["field"] for one in answer.error["details"]["fields"]}
    assert fields == {"conversationId", "text", "model", "ownerId"}
    assert secret.encode() not in answer.body


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("case", PARSING, ids=lambda case: case["name"])
def test_bytes_that_are_no_json_are_refused(
    person: Person, case: dict[str, Any], stream: bool
) -> None:
    if "repeat" in case:
        repeat = case["repeat"]
        sent = base64.b64decode(repeat["unit"]) * repeat["times"] + base64.b64decode(repeat["then"])
    else:
        sent = base64.b64decode(case["base64"])
    answer = api("models.list", None, person, raw=b'{"data": ' + sent + b"}", stream=stream)
    assert answer.error["status"] == "INVALID_ARGUMENT"
    if case["expect"].startswith("reject"):
        assert api("models.list", None, person, raw=sent).status == 400


def test_another_content_type_is_refused(person: Person) -> None:
    answer = api("models.list", {}, person, headers={"Content-Type": "text/plain"})
    assert answer.error["status"] == "INVALID_ARGUMENT"


def test_naughty_strings_are_stored_as_they_are_or_refused(person: Person, new_id: str) -> None:
    ids = {"conversationId": new_id}
    api("conversations.create", {**ids, "requestId": new_id, "title": "t"}, person)
    for number, entry in enumerate([*NAUGHTY, *UNICODE]):
        text = entry if isinstance(entry, str) else str(entry.get("text", entry.get("value", "")))
        request = {**ids, "requestId": f"rename-{number:05d}", "title": text}
        answer = api("conversations.rename", request, person)
        if answer.status == 200:
            assert answer.result["title"] == text.strip()
        else:
            assert answer.error["status"] == "INVALID_ARGUMENT"


def test_an_unexpected_error_says_nothing_of_its_cause(
    person: Person, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from colonycraft.people import store

    def fail(*_: object) -> None:
        raise RuntimeError("canary-secret-value")

    monkeypatch.setattr(store, "update_preferences", fail)
    answer = api("people.updatePreferences", {"theme": "dark"}, person)
    assert (answer.status, answer.error["status"]) == (500, "INTERNAL")
    logged = capsys.readouterr().out
    assert "canary-secret-value" not in answer.body.decode() + logged
    assert answer.error["details"]["correlationId"] in logged
    assert "RuntimeError" in logged


def test_logs_hold_no_prompt_key_or_token(
    openai: Provider, person: Person, new_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for model in ("words-2", "words-2-fail-401"):
        request = chat_request(new_id, text="canary-prompt", model=f"openai/{model}")
        request["newConversation"] = model == "words-2"
        request["requestId"] = f"{model}-request"
        post("chat", request, person=person, stream=True)
    logged = capsys.readouterr()
    text = logged.out + logged.err
    assert '"operation": "chat"' in text
    assert not any(secret in text for secret in ("canary-prompt", "test-key", person.token))
    assert openai.asked("canary-prompt")


def test_app_check_is_a_switch(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from colonycraft.door import identity
    from colonycraft.platform.settings import settings

    monkeypatch.setattr(identity, "settings", lambda: replace(settings(), app_check=True))
    for headers in ({}, {"X-Firebase-AppCheck": "nonsense"}):
        answer = api("models.list", {}, person, headers=headers)
        assert answer.error["status"] == "UNAUTHENTICATED"


def test_a_deployed_function_does_not_start_with_an_emulators_address() -> None:
    from colonycraft.platform.settings import UnsafeSettings, read

    read({"K_SERVICE": "api", "K_CONFIGURATION": "api"})
    for unsafe in ({"FIREBASE_AUTH_EMULATOR_HOST": "x"}, {"FUNCTIONS_EMULATOR": "true"}):
        with pytest.raises(UnsafeSettings):
            read({"K_CONFIGURATION": "api", **unsafe})
