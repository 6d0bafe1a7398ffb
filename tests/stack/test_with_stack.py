"""`make with-stack`: an empty stack beside whatever else runs, gone when the command ends."""

import subprocess
import time

import pytest

from stack import environment, processes
from stack.layout import CHECKOUT, STACKS

pytestmark = pytest.mark.whole


def start(command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["make", "with-stack", "MODEL=none", f"CMD={command}"],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment.passed_on(),
    )


def test_two_at_once_have_all_that_a_test_needs_and_leave_nothing() -> None:
    wanted = ("COLONYCRAFT_WEB", "COLONYCRAFT_FUNCTIONS", "FIRESTORE_EMULATOR_HOST")
    others = ("FIREBASE_AUTH_EMULATOR_HOST", "CLOUD_TASKS_EMULATOR_HOST", "GCLOUD_PROJECT")
    shown = " ".join(f"{name}=${name}" for name in (*wanted, *others))
    health = 'curl -sf "${COLONYCRAFT_FUNCTIONS%/demo-*}/__/health"'
    before = {path.name for path in STACKS.glob("run-*")}
    commands = [start(f"{health} && echo && echo {shown}") for _ in range(2)]
    outputs = [command.communicate(timeout=180)[0] for command in commands]
    assert [command.returncode for command in commands] == [0, 0], outputs
    lines = [next(x for x in o.splitlines() if x.startswith("COLONYCRAFT_WEB")) for o in outputs]
    settings = [dict(word.split("=", 1) for word in line.split()) for line in lines]
    assert all(one[name] for one in settings for name in (*wanted, *others))
    assert all(settings[0][name] != settings[1][name] for name in (*wanted, *others))
    assert {path.name for path in STACKS.glob("run-*")} <= before


def test_a_failing_command_fails_it_and_its_logs_stay() -> None:
    command = start("exit 3")
    output = command.communicate(timeout=180)[0]
    assert command.returncode != 0
    assert "ended with 3" in output
    logs = output.rsplit("Logs: ", 1)[1].splitlines()[0]
    assert "All emulators ready" in (STACKS / logs / "emulators.log").read_text()


def test_sigterm_ends_the_command_and_the_stack() -> None:
    command = start("echo running; sleep 300")
    assert command.stdout is not None
    end = time.monotonic() + 120
    for line in command.stdout:
        assert time.monotonic() < end
        if line.strip() == "running":
            break
    stacks = [path for path in STACKS.glob("run-*") if processes.marked(path)]
    command.terminate()
    command.communicate(timeout=60)
    mine = [path for path in stacks if not processes.marked(path)]
    assert mine
    assert not any(path.exists() for path in mine)
