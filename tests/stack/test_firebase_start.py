"""Plain `firebase emulators:start`, for those who come from Firebase: a turn streams there too."""

import json
import os
import shutil
import signal
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from stack import emulators, environment, firestore, processes
from stack.layout import CHECKOUT, NODE_BIN, REGION, VENV
from stack.ports import HOST, Ports, free_block
from support.people import sign_up
from support.provider import Provider

pytestmark = pytest.mark.whole

PROJECT = "demo-plain"


@pytest.fixture
def ports(tmp_path: Path, provider: Provider) -> Iterator[Ports]:
    """firebase-tools as a person starts it, on ports that are free and beside a copy of the code."""
    functions = tmp_path / "functions"
    unwanted = shutil.ignore_patterns("venv", "__pycache__", "*.local")
    shutil.copytree(CHECKOUT / "functions", functions, ignore=unwanted)
    (functions / "venv").symlink_to(VENV.resolve())
    (functions / ".env.local").write_text(f"OPENAI_BASE_URL={provider.base_url}\n")
    names = ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "MISTRAL_API_KEY", "OLLAMA_API_KEY")
    (functions / ".secret.local").write_text("".join(f"{name}=test-key\n" for name in names))
    for name in ("firestore.rules", "firestore.indexes.json", "storage.rules"):
        shutil.copy(CHECKOUT / name, tmp_path / name)
    with free_block() as block:
        checked_in = json.loads((CHECKOUT / "firebase.json").read_text())
        on_free_ports = emulators.configuration(checked_in, block, [])["emulators"]
        checked_in["emulators"] = on_free_ports
        (tmp_path / "firebase.json").write_text(json.dumps(checked_in))
        (tmp_path / "tmp").mkdir()
        engine = firestore.choose("", lambda: None)
        path = [str(NODE_BIN), os.environ["PATH"]]
        child = processes.start(
            "firebase",
            [*engine.prefix, NODE_BIN / "firebase", "emulators:start", "--project", PROJECT,
             "--only", "auth,functions,firestore"],
            log=tmp_path / "output",
            environment=environment.without_keys(environment.passed_on())
            | dict(engine.environment)
            | {"PATH": os.pathsep.join(path), "TMPDIR": str(tmp_path / "tmp")}
            | {processes.MARK: str(tmp_path)},
            folder=tmp_path,
            stop_signal=signal.SIGINT,
            patience=20,
        )  # fmt: skip
        try:
            processes.wait_until(
                lambda: "All emulators ready" in child.output(200) or not child.alive,
                90,
                "firebase",
            )
            assert child.alive, child.output(60)
            yield block
        finally:
            child.stop()
            processes.reap(tmp_path)
            sys.stdout.write(child.output(80))


def test_a_turn_streams_through_the_functions_emulator(ports: Ports, http: httpx.Client) -> None:
    person = sign_up(http, f"{HOST}:{ports.auth}")
    new_id = str(uuid.uuid4())
    body = {
        "data": {
            "requestId": new_id,
            "conversationId": new_id,
            "newConversation": True,
            "text": "Say hello.",
            "model": "openai/words-5-every-100",
        }
    }
    address = f"http://{HOST}:{ports.functions_emulator}/{PROJECT}/{REGION}/chat"
    headers = {**person.headers, "Accept": "text/event-stream"}
    with http.stream("POST", address, headers=headers, json=body) as answer:
        lines = [line for line in answer.iter_lines() if line.startswith("data: ")]
    frames = [json.loads(line.removeprefix("data: ")) for line in lines]
    kinds = [frame["message"]["type"] for frame in frames if "message" in frame]
    assert kinds[0] == "run-started"
    assert kinds[-1] == "run-finished"
    assert kinds.count("text-delta") > 1
    assert frames[-1]["result"]["state"] == "complete"
