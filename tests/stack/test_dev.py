"""`make dev` as a person uses it: in a checkout of its own, on ports of its own, without a model.

The tests follow one another on one running stack: starting takes seconds.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from stack import environment, processes
from stack.layout import CHECKOUT, REGION
from stack.ports import HOST, Ports, free_block

pytestmark = pytest.mark.whole

PROJECT = "demo-colonycraft"
FUNCTIONS = """
import os
from firebase_functions import https_fn, scheduler_fn

@https_fn.on_request(region="us-central1", cpu=1)
def api(request):
    return {"version": 1, "key": os.environ.get("OPENAI_API_KEY"), "threads": os.environ["THREADS"]}

@scheduler_fn.on_schedule(schedule="every 1 minutes", region="us-central1", cpu=1)
def sweep(event):
    pass
"""


@dataclass
class Dev:
    """A checkout and the `make dev` that runs in it."""

    folder: Path
    ports: Ports
    process: subprocess.Popen[bytes] | None = None

    @property
    def stack(self) -> Path:
        return self.folder / ".stack" / "dev"

    def output(self) -> str:
        return (self.folder / "output").read_text()

    def start(self) -> None:
        with (self.folder / "output").open("w") as output:
            self.process = subprocess.Popen(
                self.command(), cwd=self.folder, stdout=output, stderr=subprocess.STDOUT,
                start_new_session=True, env=environment.passed_on(),
            )  # fmt: skip
        self.wait_for("Ctrl-C stops everything", 120)

    def command(self) -> list[str]:
        return ["make", "dev", "MODEL=none", f"PORT={self.ports.base}"]

    def run(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(), cwd=self.folder, capture_output=True, text=True,
            env=environment.passed_on(), timeout=60, check=False,
        )  # fmt: skip

    def wait_for(self, text: str, seconds: float = 20) -> None:
        """Wait until the launcher has said something."""
        self.until(lambda: text in self.output(), seconds, f"{text!r} in:\n{self.output()}")

    def until(self, reached: Callable[[], bool], seconds: float, what: str) -> None:
        assert self.process is not None
        end = time.monotonic() + seconds
        while not reached():
            assert self.process.poll() is None, f"make dev ended:\n{self.output()}"
            assert time.monotonic() < end, f"not within {seconds} s: {what}"
            time.sleep(0.05)

    def end(self, number: int = signal.SIGINT) -> int:
        """Signal the whole group, as Ctrl-C in a terminal does, and wait."""
        assert self.process is not None
        os.killpg(self.process.pid, number)
        return self.process.wait(60)

    def api(self) -> dict[str, Any]:
        address = f"http://{HOST}:{self.ports.functions}/{PROJECT}/{REGION}/api"
        with urllib.request.urlopen(address, timeout=20) as answer:
            return json.load(answer)

    def document(self, write: str | None = None) -> str | None:
        """Read, or write, one document, with the emulator's own credentials."""
        base = f"http://{HOST}:{self.ports.firestore}/v1/projects/{PROJECT}"
        address = f"{base}/databases/(default)/documents/things/one"
        body = None
        if write is not None:
            body = json.dumps({"fields": {"text": {"stringValue": write}}}).encode()
        request = urllib.request.Request(
            address, body, {"Authorization": "Bearer owner"}, method="PATCH" if body else "GET"
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)["fields"]["text"]["stringValue"]
        except urllib.error.HTTPError as refused:
            if refused.code != 404:
                raise
            return None

    def reads_signed_out(self) -> int:
        """The HTTP status of a read that only the rules decide."""
        base = f"http://{HOST}:{self.ports.firestore}/v1/projects/{PROJECT}"
        try:
            with urllib.request.urlopen(f"{base}/databases/(default)/documents/open/x") as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code


@pytest.fixture(scope="module")
def dev(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dev]:
    folder = tmp_path_factory.mktemp("checkout").resolve()
    for name in ("Makefile", "firebase.json", "package.json", "package-lock.json", "storage.rules"):
        shutil.copy(CHECKOUT / name, folder / name)
    (folder / "firestore.rules").write_text(rules("false"))
    shutil.copy(CHECKOUT / "firestore.indexes.json", folder / "firestore.indexes.json")
    shutil.copytree(CHECKOUT / "stack", folder / "stack")
    (folder / "functions").mkdir()
    for name in ("serve.py", ".env", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(CHECKOUT / "functions" / name, folder / "functions" / name)
    (folder / "functions" / "main.py").write_text(FUNCTIONS)
    (folder / "functions" / "venv").symlink_to((CHECKOUT / "functions" / "venv").resolve())
    (folder / "node_modules").symlink_to((CHECKOUT / "node_modules").resolve())
    with free_block() as ports:
        running = Dev(folder, ports)
        running.start()
        yield running
        if running.process is not None and running.process.poll() is None:
            running.end()
        processes.reap(running.stack)


def rules(condition: str) -> str:
    return (
        "rules_version = '2';\nservice cloud.firestore {\n"
        "  match /databases/{database}/documents {\n"
        f"    match /open/{{id}} {{ allow read: if {condition}; }}\n  }}\n}}\n"
    )


def test_it_says_what_runs_and_where(dev: Dev) -> None:
    assert f"http://{HOST}:{dev.ports.web}" in dev.output()
    assert "Firestore is " in dev.output()
    assert dev.api() == {"version": 1, "key": None, "threads": "80"}


def test_a_second_make_dev_prints_the_address(dev: Dev) -> None:
    again = dev.run()
    assert again.returncode == 0
    assert f"running already: http://{HOST}:{dev.ports.web}" in again.stdout


def test_rules_are_taken_while_running(dev: Dev) -> None:
    assert dev.reads_signed_out() == 403
    (dev.folder / "firestore.rules").write_text(rules("true"))
    dev.until(lambda: dev.reads_signed_out() == 404, 10, "the new rules")


def test_broken_rules_are_told_by_line_and_the_old_ones_stay(dev: Dev) -> None:
    (dev.folder / "firestore.rules").write_text(rules("true").replace("service", "servce"))
    dev.wait_for("L2:")
    assert dev.reads_signed_out() == 404
    (dev.folder / "firestore.rules").write_text(rules("false"))
    dev.until(lambda: dev.reads_signed_out() == 403, 10, "the mended rules")


def test_python_is_taken_while_running(dev: Dev) -> None:
    (dev.folder / "functions" / "main.py").write_text(FUNCTIONS.replace("1,", "2,", 1))
    dev.until(lambda: dev.api()["version"] == 2, 15, "the new code")


def test_a_syntax_error_is_shown_and_the_code_from_before_goes_on(dev: Dev) -> None:
    (dev.folder / "functions" / "main.py").write_text("def broken(:\n")
    dev.wait_for("SyntaxError")
    assert "main.py" in dev.output()
    assert dev.api()["version"] == 2
    (dev.folder / "functions" / "main.py").write_text(FUNCTIONS.replace("1,", "3,", 1))
    dev.until(lambda: dev.api()["version"] == 3, 15, "the mended code")


def test_no_request_is_lost_while_code_is_replaced(dev: Dev) -> None:
    (dev.folder / "functions" / "main.py").write_text(FUNCTIONS.replace("1,", "4,", 1))
    end = time.monotonic() + 15
    while dev.api()["version"] != 4:
        assert time.monotonic() < end


def test_a_key_is_taken_while_running(dev: Dev) -> None:
    secrets = dev.folder / "functions" / ".secret.local"
    secrets.write_text("OPENAI_API_KEY=sk-test\n")
    dev.until(lambda: dev.api()["key"] == "sk-test", 15, "the key")
    (dev.folder / "functions" / ".env.local").write_text("THREADS=12\n")
    dev.until(lambda: dev.api()["threads"] == "12", 15, "the setting")
    secrets.write_text("no key at all\n")
    dev.wait_for(".secret.local: cannot read line 1")
    assert dev.api()["key"] == "sk-test"
    secrets.unlink()
    dev.until(lambda: dev.api()["key"] is None, 15, "the key's removal")


def test_reset_is_refused_while_it_runs(dev: Dev) -> None:
    answer = subprocess.run(
        ["make", "reset"], cwd=dev.folder, capture_output=True, text=True, check=False
    )
    assert answer.returncode != 0
    assert "running" in answer.stderr
    assert dev.api()


def test_ctrl_c_leaves_no_process_and_keeps_the_data(dev: Dev) -> None:
    dev.document("kept")
    assert processes.marked(dev.stack)
    dev.end()
    assert "nothing is left running" in dev.output()
    assert processes.marked(dev.stack) == []
    dev.start()
    assert dev.document() == "kept"


def test_sigterm_stops_as_cleanly(dev: Dev) -> None:
    assert dev.process is not None
    dev.document("kept again")
    dev.process.send_signal(signal.SIGTERM)
    dev.process.wait(60)
    assert processes.marked(dev.stack) == []
    dev.start()
    assert dev.document() == "kept again"


def test_the_death_of_a_part_ends_everything_and_says_which(dev: Dev) -> None:
    assert dev.process is not None
    part = next(pid for pid in processes.marked(dev.stack) if "emulators:start" in words(pid))
    os.kill(part, signal.SIGKILL)
    assert dev.process.wait(60) != 0
    assert "The emulators ended (exit code" in dev.output()
    assert processes.marked(dev.stack) == []


def test_a_killed_launchers_leftovers_are_reaped_and_its_data_is_there(dev: Dev) -> None:
    dev.start()
    dev.document("written while running")
    launcher = next(
        int(entry.name)
        for entry in Path("/proc").glob("[0-9]*")
        if "-m stack dev" in words(int(entry.name)) and cwd(entry) == dev.folder
    )
    os.kill(launcher, signal.SIGKILL)
    assert dev.process is not None
    dev.process.wait(20)
    left = processes.marked(dev.stack)
    assert left
    dev.start()
    assert dev.document() == "written while running"
    assert f"ended {len(left)} processes that an earlier start left" in dev.output()
    assert dev.end() is not None
    assert processes.marked(dev.stack) == []


def test_a_taken_port_is_told_and_nothing_starts(dev: Dev) -> None:
    with socket.create_server((HOST, dev.ports.auth)):
        answer = dev.run()
    assert answer.returncode != 0
    assert f"Port {dev.ports.auth}, wanted for Auth, is taken by" in answer.stderr
    assert f"process {os.getpid()}" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert processes.marked(dev.stack) == []


def test_reset_deletes_the_data_and_says_so(dev: Dev) -> None:
    answer = subprocess.run(
        ["make", "reset"], cwd=dev.folder, capture_output=True, text=True, check=True
    )
    assert "Deleted .stack/dev" in answer.stdout
    assert not dev.stack.exists()


def words(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def cwd(entry: Path) -> Path | None:
    try:
        return (entry / "cwd").readlink()
    except OSError:
        return None
