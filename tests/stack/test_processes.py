"""Processes: stopped, and reaped wherever they have hidden."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from stack import processes

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
# A grandchild in a session of its own, as the functions emulator's Python workers are.
ESCAPED = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
print("up", flush=True)
"""


def start(tmp_path: Path, code: str, **options: float) -> processes.Child:
    child = processes.start(
        "test",
        [sys.executable, "-c", code],
        log=tmp_path / "log",
        environment=os.environ | {processes.MARK: str(tmp_path)},
        folder=tmp_path,
        **options,
    )
    processes.wait_until(lambda: "up" in child.output(), 10, "the process")
    return child


def test_a_process_that_ignores_sigterm_is_killed(tmp_path: Path) -> None:
    child = start(tmp_path, STUBBORN, patience=0.2)
    child.stop()
    assert child.process.returncode == -signal.SIGKILL


def test_what_escaped_its_group_is_reaped_by_its_mark(tmp_path: Path) -> None:
    child = start(tmp_path, ESCAPED)
    child.process.wait()
    assert len(processes.marked(tmp_path)) == 1
    reaped = processes.reap(tmp_path)
    assert len(reaped) == 1
    assert "time.sleep(60)" in reaped[0]
    assert processes.marked(tmp_path) == []


def test_only_the_own_mark_is_reaped(tmp_path: Path) -> None:
    child = start(tmp_path, STUBBORN)
    assert processes.reap(tmp_path / "another") == []
    assert child.alive
    processes.reap(tmp_path, patience=0.1)
    assert child.process.wait(5) == -signal.SIGKILL


def test_what_is_not_ready_in_time_is_told_by_name() -> None:
    begun = time.monotonic()
    with pytest.raises(processes.StackError, match="Firestore was not ready after 0 s"):
        processes.wait_until(lambda: False, 0.2, "Firestore")
    assert time.monotonic() - begun < 5


def test_a_missing_program_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(processes.StackError, match="no-such-program is missing"):
        processes.run(["no-such-program"], log=tmp_path / "log")
