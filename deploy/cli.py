"""The programs that speak to Google: firebase-tools of this checkout, and gcloud where it is there.

Both run outside this process with its environment, in the checkout's folder, and never ask a
person anything.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stack.layout import CHECKOUT, NODE_BIN

_PATIENCE = 120
"""Seconds for one question; a deployment itself may take as long as it takes."""

_LONGEST = 180
"""Characters of a reason that are shown."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program said to a question: its result, or in `problem` why there is none."""

    result: Any = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command went that was shown to the person while it ran."""

    code: int
    output: str


class Firebase:
    """firebase-tools for one project."""

    program = NODE_BIN / "firebase"

    def __init__(self, project: str) -> None:
        self._project = ["--project", project]

    def ask(self, *words: str) -> Answer:
        """A command's result, as `--json` gives it. Only for what changes nothing."""
        done = _run([self.program, *words, *self._project, "--json", "--non-interactive"])
        if isinstance(done, str):
            return Answer(problem=done)
        try:
            said: Any = json.loads(done.stdout[max(done.stdout.find("{"), 0) :])
        except ValueError:
            return Answer(problem=_reason(done))
        if said.get("status") != "success":
            return Answer(problem=_one_line(str(said.get("error", "no reason given"))))
        return Answer(said.get("result"))

    def run(self, *words: str) -> Outcome:
        """Run a command that changes the project; its output goes to the terminal as it comes."""
        command = [self.program, *words, *self._project, "--non-interactive"]
        with subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            assert process.stdout is not None
            lines: list[str] = []
            for line in process.stdout:
                sys.stdout.write(line)
                sys.stdout.flush()
                lines.append(line)
        return Outcome(process.returncode, "".join(lines))


def gcloud(project: str, *words: str) -> Answer | None:
    """A list or object from Google Cloud's own program; None where it is not installed."""
    program = shutil.which("gcloud")
    if program is None:
        return None
    done = _run([program, *words, "--project", project, "--format", "json", "--quiet"])
    if isinstance(done, str):
        return Answer(problem=done)
    if done.returncode != 0:
        return Answer(problem=_reason(done))
    try:
        return Answer(json.loads(done.stdout))
    except ValueError:
        return Answer(problem=_reason(done))


def _run(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str] | str:
    """The finished program, or why it did not finish."""
    try:
        return subprocess.run(
            command,
            cwd=CHECKOUT,
            env=_environment(),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"no answer within {_PATIENCE} s"
    except OSError as error:
        return str(error)


def _reason(done: subprocess.CompletedProcess[str]) -> str:
    return _one_line(done.stderr or done.stdout) or f"exit code {done.returncode}"


def _environment() -> dict[str, str]:
    path = os.pathsep.join((str(NODE_BIN), os.environ.get("PATH", os.defpath)))
    return os.environ | {"PATH": path, "FIREBASE_CLI_DISABLE_UPDATE_CHECK": "1"}


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
