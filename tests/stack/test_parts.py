"""Counting what each test runner says it ran."""

import sys
from pathlib import Path

import pytest

from stack import parts
from stack.parts import Counts, Report


@pytest.mark.parametrize(
    ("output", "counts"),
    [
        ("12 passed in 0.50s", Counts(12, 0)),
        ("FAILED x\n2 failed, 12 passed, 1 skipped in 3.2s", Counts(12, 2, 1)),
        ("1 error in 0.1s", Counts(0, 1)),
        ("==== 3 passed, 1 warning in 61.02s (0:01:01) ====", Counts(3, 0)),
        (
            " Test Files  1 failed | 3 passed (4)\n      Tests  1 failed | 30 passed (31)\n",
            Counts(30, 1),
        ),
        ("\x1b[2m      Tests \x1b[22m \x1b[1m\x1b[32m7 passed\x1b[39m (7)", Counts(7, 0)),
        ("  1 failed\n    a.spec.ts:1 › b\n  2 skipped\n  9 passed (12.3s)\n", Counts(9, 1, 2)),
        ("  1 did not run\n  1 passed (2s)", Counts(1, 1)),
        ("all is well", None),
    ],
)
def test_closing_lines(output: str, counts: Counts | None) -> None:
    assert parts.count(output) == counts


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Report:
    monkeypatch.setattr(parts, "LOGS", tmp_path)
    return Report()


def run(report: Report, code: str) -> bool:
    return report.run("a part", [sys.executable, "-c", code], environment={})


def test_everything_is_added_up_on_the_last_line(report: Report) -> None:
    run(report, "print('3 passed in 1s')")
    run(report, "print('1 failed, 2 passed in 1s'); raise SystemExit(1)")
    run(report, "pass")
    assert not report.is_good
    assert report.summary().splitlines()[-1] == "6 passed, 1 failed"


def test_a_runner_that_fails_without_a_failed_test_counts_as_one(report: Report) -> None:
    assert not run(report, "print('3 passed in 1s'); raise SystemExit(2)")
    assert report.total == Counts(3, 1)


def test_a_failed_part_shows_its_output(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    run(report, "print('the reason'); raise SystemExit(1)")
    assert "the reason" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (
            "E  x\nFAILED tests/test_a.py::test_b - AssertionError: no\n1 failed in 2s",
            ["FAILED tests/test_a.py::test_b - AssertionError: no"],
        ),
        (
            "  1) ../a.spec.ts:1:1 › it opens ─────\n\n    Error: expect(locator) failed\n"
            "    Locator: getByRole('main')\n    Expected substring: \"a\"\n"
            "    Received string:    \"b\"\n    Call log:\n      - waiting for getByRole('main')\n"
            "        at /tests/e2e/a.spec.ts:3:40\n    Error Context: a/b.md\n  1 failed",
            [
                "1) ../a.spec.ts:1:1 › it opens",
                "Error: expect(locator) failed",
                "Locator: getByRole('main')",
                'Expected substring: "a"',
                'Received string:    "b"',
                "- waiting for getByRole('main')",
                "at /tests/e2e/a.spec.ts:3:40",
            ],
        ),
        (
            " FAIL  src/a.test.ts > it adds\nAssertionError: 1\n",
            ["FAIL  src/a.test.ts > it adds", "AssertionError: 1"],
        ),
        ("a.py:1: unused import", ["a.py:1: unused import"]),
    ],
)
def test_what_failed_is_told_again_at_the_end(report: Report, output: str, told: list[str]) -> None:
    run(report, f"print({output!r}); raise SystemExit(1)")
    lines = report.summary().splitlines()
    at = lines.index("Failed in a part:")
    assert [line.strip() for line in lines[at + 1 : -2]] == told


def test_of_very_many_failures_the_first_are_told(report: Report) -> None:
    run(report, "[print(f'FAILED test_{n}' + 'x' * 500) for n in range(500)]; raise SystemExit(1)")
    assert len(report.summary()) < 3_000


def test_what_is_left_out_is_said(report: Report) -> None:
    report.skip("tests/e2e", "there is no web app yet")
    assert "left out: there is no web app yet" in report.summary()
    assert report.is_good
