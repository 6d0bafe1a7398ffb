"""The functions as they are served: over HTTP, by the stack's one process, with a real model."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from colonycraft.platform.firestore import Firestore
from support.environment import need
from support.people import Person
from support.provider import Provider
from support.turns import messages

FUNCTIONS = Path(__file__).parent.parent.parent / "functions"


def turn(new_id: str, model: str, text: str = "Say hello.") -> dict[str, Any]:
    return {
        "data": {
            "requestId": new_id,
            "conversationId": new_id,
            "newConversation": True,
            "text": text,
            "model": model,
        }
    }


def streamed(
    http: httpx.Client, url: str, person: Person, body: dict[str, Any]
) -> Iterator[tuple[float, dict[str, Any]]]:
    headers = {**person.headers, "Accept": "text/event-stream"}
    with http.stream("POST", url, headers=headers, json=body) as answer:
        assert answer.status_code == 200
        for line in answer.iter_lines():
            if line.startswith("data: "):
                yield time.monotonic(), json.loads(line.removeprefix("data: "))


def test_a_real_turn_on_a_real_model(
    http: httpx.Client, functions_url: str, person: Person, new_id: str, firestore: Firestore
) -> None:
    model = need("DEFAULT_MODEL")
    frames = list(streamed(http, f"{functions_url}/chat", person, turn(new_id, model)))
    kinds = [frame["message"]["type"] for _, frame in frames if "message" in frame]
    assert kinds[0] == "run-started"
    assert kinds[-1] == "run-finished"
    assert kinds.count("text-delta") > 1
    result = frames[-1][1]["result"]
    assert result["state"] in ("complete", "incomplete")
    assert result["text"]
    assert 0 < result["receipt"]["usage"]["outputTokens"] <= 200
    assert result["receipt"]["cost"]["micros"] == 0
    stored = messages(firestore, new_id)
    assert [one["parts"][-1]["text"] for one in stored] == ["Say hello.", result["text"]]


def test_a_browser_may_call_from_another_origin(http: httpx.Client, functions_url: str) -> None:
    answer = http.options(
        f"{functions_url}/api/models.list",
        headers={
            "Origin": "http://localhost:5050",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] in ("*", "http://localhost:5050")
    assert "authorization" in answer.headers["Access-Control-Allow-Headers"].lower()


def test_a_get_runs_nothing(http: httpx.Client, functions_url: str) -> None:
    assert http.get(f"{functions_url}/chat").status_code == 405


def test_a_head_wakes_a_function_and_runs_nothing(http: httpx.Client, functions_url: str) -> None:
    answer = http.head(f"{functions_url}/chat")
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.fixture
def own_functions(provider: Provider) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A functions process of the test's own, at the provider of the tests."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "FUNCTIONS_EMULATOR": "true",
        "OPENAI_BASE_URL": provider.base_url,
        "OPENAI_API_KEY": "test-key",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "1",
         "--threads", "8", "--timeout", "0", "--graceful-timeout", "20", "--no-control-socket",
         "--bind", f"127.0.0.1:{port}", "serve:app"],
        cwd=FUNCTIONS,
        env=environment,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            httpx.get(f"http://127.0.0.1:{port}/__/health", trust_env=False)
            break
        except httpx.TransportError:
            assert process.poll() is None
    try:
        yield f"http://127.0.0.1:{port}/{need('GCLOUD_PROJECT')}/us-central1", process
    finally:
        process.kill()
        process.wait()


def test_frames_come_as_they_are_made(
    http: httpx.Client,
    own_functions: tuple[str, subprocess.Popen[bytes]],
    person: Person,
    new_id: str,
) -> None:
    body = turn(new_id, "openai/words-4-every-200")
    times = [
        at
        for at, frame in streamed(http, f"{own_functions[0]}/chat", person, body)
        if frame.get("message", {}).get("type") == "text-delta"
    ]
    assert len(times) == 4
    assert times[-1] - times[0] > 0.4


def test_a_terminated_process_stores_what_had_come(
    http: httpx.Client,
    own_functions: tuple[str, subprocess.Popen[bytes]],
    firestore: Firestore,
    person: Person,
    new_id: str,
) -> None:
    url, process = own_functions
    body = turn(new_id, "openai/words-400-every-50")
    frames = streamed(http, f"{url}/chat", person, body)
    for _, frame in frames:
        if frame["message"]["type"] == "text-delta":
            process.send_signal(signal.SIGTERM)
            break
    last = [frame for _, frame in frames]
    assert last[-1]["result"]["state"] == "incomplete"
    answer = firestore.get(f"conversations/{new_id}/messages/{last[-1]['result']['answerId']}")
    assert answer.data is not None
    assert answer.data["state"] == "incomplete"
    assert answer.data["parts"][0]["text"] == last[-1]["result"]["text"]
    assert process.wait(20) == 0


def test_a_process_tells_others_what_its_calls_found(
    http: httpx.Client,
    own_functions: tuple[str, subprocess.Popen[bytes]],
    person: Person,
    new_id: str,
    firestore: Firestore,
) -> None:
    url, _ = own_functions
    model = f"openai/words-1-fail-503-{new_id}"
    *_, (_, last) = streamed(http, f"{url}/chat", person, turn(new_id, model))
    assert last["result"]["state"] == "failed"
    deadline = time.monotonic() + 20
    told = 0
    while told < 3 and time.monotonic() < deadline:
        time.sleep(0.2)
        entries = (firestore.get("health/openai").data or {"entries": {}})["entries"]
        told = entries.get(model, {"failures": 0})["failures"]
    assert told == 3


def test_a_process_with_a_wrong_fallback_does_not_start() -> None:
    started = subprocess.run(
        [sys.executable, "-c", "import main"],
        cwd=FUNCTIONS,
        env={**os.environ, "FALLBACKS": "openai/a > nobody/b"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert started.returncode == 1
    assert "FALLBACKS: nobody/b is at no connection that exists here" in started.stderr
