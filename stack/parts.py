"""One part of `make test`: a command, its seconds, and how many tests it says passed and failed."""

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stack import console, processes
from stack.layout import CHECKOUT, STACKS

LOGS = STACKS / "test-logs"
_SHOWN_LINES = 150
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?|flaky|did not run|xfailed|xpassed)\b")


_PYTEST = re.compile(r"\d (passed|failed|errors?|skipped).* in \d")
# What names a failed test, and what says why, in pytest, Vitest and Playwright.
_NAMED = re.compile(r"(FAILED|ERROR|FAIL) |\d+\) ")
_REASON = re.compile(
    r"\w*(Error|Exception)\b: |Expected|Received|Locator: |Test timeout|- waiting for |"
    r"at .*\.(spec|test)\.tsx?:\d"
)
_REASONS = 6
# Little enough that a log that is cut to its end shows it.
_TOLD_LINES = 18
_TOLD_WIDTH = 150


@dataclass(frozen=True)
class Counts:
    """Numbers of tests."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )


@dataclass
class Report:
    """What the parts that have run came to."""

    lines: list[tuple[str, str, float]] = field(default_factory=list[tuple[str, str, float]])
    total: Counts = field(default_factory=Counts)
    failures: list[str] = field(default_factory=list[str])

    @property
    def is_good(self) -> bool:
        """Whether nothing failed."""
        return self.total.failed == 0

    def run(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        folder: Path = CHECKOUT,
    ) -> bool:
        """Run a part to its end; show its whole output if it fails. Never raises for a failure."""
        log = LOGS / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.log"
        log.unlink(missing_ok=True)
        begun = time.monotonic()
        console.say(f"  … {name}")
        code = processes.run(command, log=log, environment=environment, folder=folder)
        took = time.monotonic() - begun
        counts = count(processes.tail(log, 60))
        if counts is None:
            counts = Counts(passed=int(code == 0), failed=int(code != 0))
        elif code != 0 and counts.failed == 0:
            counts += Counts(failed=1)
        self.add(name, counts, took)
        if code != 0:
            console.say(f"\n--- {name} failed; its output ({log}):")
            console.say(processes.tail(log, _SHOWN_LINES))
            console.say(f"--- end of {name}\n")
            self.failures += told(name, processes.tail(log, 2000))
        return code == 0

    def add(self, name: str, counts: Counts, seconds: float) -> None:
        """Put down a part's result and say it."""
        self.total += counts
        verdict = describe(counts)
        self.lines.append((name, verdict, seconds))
        mark = "✗" if counts.failed else "✓"
        console.say(f"  {mark} {name:<34} {verdict:<28} {console.seconds(seconds):>11}")

    def skip(self, name: str, why: str) -> None:
        """Put down that a part does not exist yet."""
        self.lines.append((name, f"left out: {why}", 0))
        console.say(f"  - {name}: left out, {why}")

    def summary(self) -> str:
        """All parts with their seconds, what failed, and at the end all tests together."""
        rows = [f"  {name:<34} {verdict:<28} {s:7.1f} s" for name, verdict, s in self.lines]
        whole = f"  {'all, installation included':<63} {console.elapsed():7.1f} s"
        lines = ["", "Seconds per part", *rows, whole, "", *self.failures, describe(self.total)]
        return "\n".join(lines)


def describe(counts: Counts) -> str:
    """`12 passed, 1 failed, 2 skipped`."""
    text = f"{counts.passed} passed, {counts.failed} failed"
    return f"{text}, {counts.skipped} skipped" if counts.skipped else text


def told(name: str, output: str) -> list[str]:
    """A failed part in few lines: which of its tests failed, and the first words of why."""
    lines = [_ANSI.sub("", line).strip(" \u2500") for line in output.splitlines()]
    found: list[str] = []
    reasons = 0
    for line in lines:
        if _NAMED.match(line):
            found.append(line)
            reasons = 0
        elif _REASON.match(line) and reasons < _REASONS:
            found.append(line)
            reasons += 1
    kept = found[:_TOLD_LINES] or [line for line in lines if line][-_TOLD_LINES:]
    return [f"Failed in {name}:", *(f"  {line[:_TOLD_WIDTH]}" for line in kept), ""]


def count(output: str) -> Counts | None:
    """The numbers in the closing lines of pytest, Vitest or Playwright; None for other tools.

    pytest: `== 3 failed, 12 passed in 4.5s ==`; Vitest: `Tests  1 failed | 12 passed (13)`;
    Playwright: `1 failed`, `12 passed (9.1s)` on lines of their own.
    """
    lines = [_ANSI.sub("", line).strip() for line in output.splitlines()]
    pytest = [line for line in lines if _PYTEST.search(line)]
    vitest = [line for line in lines if line.startswith("Tests ")]
    playwright = [
        line
        for line in lines
        if re.fullmatch(r"\d+ (passed|failed|skipped|flaky|did not run)( \(.*\))?", line)
    ]
    closing = pytest[-1:] or vitest[-1:] or playwright
    if not closing:
        return None
    numbers: dict[str, int] = {}
    for number, word in _COUNT.findall(" ".join(closing)):
        numbers[word] = numbers.get(word, 0) + int(number)
    return Counts(
        passed=numbers.get("passed", 0) + numbers.get("xfailed", 0),
        failed=sum(
            numbers.get(word, 0)
            for word in ("failed", "error", "errors", "flaky", "did not run", "xpassed")
        ),
        skipped=numbers.get("skipped", 0),
    )
