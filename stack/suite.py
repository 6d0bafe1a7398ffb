"""`make check` and `make test`: what runs, in which order, and what runs at once.

Compiling takes the longest and starts first, in the background. Meanwhile packages are
installed, and what needs no emulator runs: the Python checks on one thread, the web app's on
another. Then one stack serves every suite, and beside it run the tests that start stacks of
their own. Everything runs, even after a failure, so that one sees all of it.
"""

import json
import os
import random
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from stack import chromium, console, environment, processes, web
from stack.errors import StackError
from stack.install import Installation
from stack.layout import CHECKOUT, FUNCTIONS, NODE_BIN, VENV, WEB
from stack.parts import Counts, Report
from stack.stack import Stack
from stack.with_stack import empty_stack, with_stack

_TESTS = CHECKOUT / "tests"
_OWN = _TESTS / "stack"
_SUITES = ("rules", "authorization", "faults", "functions")
# It and the browser ask a real model, and come last: Ollama may still be compiling.
_WITH_MODEL = _TESTS / "functions" / "test_served.py"
# Those that are long enough for a second process to pay for its start.
_IN_PARALLEL = {"functions": ["-n", "2"], "faults": ["-n", "2"]}


def check(wanted_firestore: str) -> int:
    """Lint, types, layers, generated files, bytes; 0 if all is well."""
    report = Report()
    with Installation(wanted_firestore, needs_stack=False) as installation:
        _at_once(
            lambda: _python_checks(installation, report), lambda: _web_checks(installation, report)
        )
    console.say(report.summary())
    return 0 if report.is_good else 1


def test(wanted_model: str, wanted_firestore: str) -> int:
    """Everything that proves the project; 0 if nothing failed."""
    report = Report()
    with Installation(wanted_firestore, needs_ollama=wanted_model != "none") as installation:

        def python() -> None:
            _python_checks(installation, report)
            _pytest(report, "tests of the launcher", ["-m", "not whole", _OWN], _safe())

        def deploying() -> None:
            installation.wait_for_packages()
            _pytest(report, "tests of deploying", [_TESTS / "deploy"], _safe())

        def site() -> None:
            _web_checks(installation, report)
            _npm(report, "web unit tests", "test", _safe())

        def shared() -> None:
            try:
                with empty_stack(installation, wanted_model, private_settings=False) as stack:
                    _against(stack, report)
            except StackError as error:
                console.fail(str(error))
                report.add("the stack", Counts(failed=1), 0)

        # Without the shared stack's mark, by which that stack ends what it finds when it stops.
        unmarked = {name: text for name, text in _safe().items() if name != processes.MARK}

        def own() -> None:
            # Those stacks have no model: they start while Ollama still compiles.
            try:
                installation.wait_for_firestore()
            except StackError:
                console.warn("no Firestore: the tests that start whole stacks will fail.")
            whole = ["-m", "whole", "-n", "2", "--dist", "loadfile", _OWN]
            _pytest(report, "tests that start whole stacks", whole, unmarked, expected=_OWN)

        _at_once(python, site, deploying)
        _at_once(shared, own)
    console.say(report.summary())
    return 0 if report.is_good else 1


def soak(count: str, seed: str, firestore: str) -> int:
    """Run so many schedules of a turn in memory (the seed, which is told, makes them again), then
    50 rounds of 200 calls at once against budgets for 20."""
    count, seed = count or "20000", seed or str(random.randrange(2**32))
    if not (count.isdecimal() and seed.isdecimal()):
        raise StackError("N and SEED are whole numbers: make soak N=100000 SEED=7")
    console.say(f"  {count} schedules; make soak N={count} SEED={seed} runs the same ones")
    with Installation("", needs_stack=False) as installation:
        installation.wait_for_python()
        test = _TESTS / "functions" / "test_any_schedule.py"
        options = ["-q", "-n", "2", "-k", "memory", f"--hypothesis-seed={seed}"]
        given = _safe() | {"SCHEDULES": count}
        command = [VENV / "bin" / "python", "-m", "pytest", *options, test]
        code = subprocess.run(command, cwd=CHECKOUT, env=given, check=False).returncode
    rounds = "env ROUNDS=50 pytest -q tests/functions/usage/test_money.py -k two_hundred"
    return code or with_stack(rounds, "none", firestore)


def generate() -> int:
    """Write what is generated from the operation table."""
    with Installation("", needs_stack=False) as installation:
        installation.wait_for_python()
        code = _tell([VENV / "bin" / "python", "contract.py"], FUNCTIONS)
        if installation.wait_for_web():
            code = code or _tell(["npm", "run", "--silent", "contract"], WEB)
    return code


def tidy() -> int:
    """Format all code and mend what the linter can mend."""
    with Installation("", needs_stack=False) as installation:
        installation.wait_for_python()
        ruff = VENV / "bin" / "ruff"
        code = _tell([ruff, "check", "--fix", *_python_sources()], CHECKOUT)
        code = _tell([ruff, "format", *_python_sources()], CHECKOUT) or code
        if installation.wait_for_web():
            code = _tell(["npm", "run", "--silent", "format"], WEB) or code
    return code


def _tell(command: list[str | Path], folder: Path) -> int:
    return subprocess.run(command, cwd=folder, env=_safe(), check=False).returncode


def _python_sources() -> list[str | Path]:
    names = ("functions", "stack", "tests", "bench", "deploy")
    return [name for name in names if any((CHECKOUT / name).rglob("*.py"))]


def _python_checks(installation: Installation, report: Report) -> None:
    installation.wait_for_python()
    tools = VENV / "bin"
    safe = _safe()
    sources = _python_sources()
    report.run("lint", [tools / "ruff", "check", "--quiet", *sources], environment=safe)
    report.run(
        "format", [tools / "ruff", "format", "--check", "--quiet", *sources], environment=safe
    )
    report.run(
        "layers", [tools / "lint-imports"], environment=safe | {"PYTHONPATH": str(FUNCTIONS)}
    )
    # By name: it would take a pyrightconfig.json of any folder above first.
    types = [tools / "basedpyright", "--project", CHECKOUT / "pyproject.toml"]
    report.run("types", types, environment=safe)
    contract = [tools / "python", "contract.py", "--check"]
    report.run("contract", contract, environment=safe, folder=FUNCTIONS)


def _web_checks(installation: Installation, report: Report) -> None:
    installation.wait_for_web()
    _npm(report, "web checks", "check", _safe())


def _against(stack: Stack, report: Report) -> None:
    given = _with_node(stack.environment())
    for name in _SUITES:
        options = [*_IN_PARALLEL.get(name, []), "--ignore", _WITH_MODEL]
        _pytest(report, f"tests/{name}", [*options, _TESTS / name], given, watched=stack)
    given["CHROMIUM"] = ""
    try:
        given["CHROMIUM"] = chromium.path()
    except StackError as missing:
        console.fail(str(missing))
        report.add("the browser", Counts(failed=1), 0)
    stack.model.wait()
    _pytest(
        report,
        "tests/functions with a model",
        [_WITH_MODEL],
        given,
        expected=_WITH_MODEL.parent,
        watched=stack,
    )
    if not given["CHROMIUM"]:
        return
    # By themselves, on an empty database: pages wait long for one that has much in it or to do.
    stack.empty_firestore()
    several = ["--workers", "2", "--grep-invert", "@alone", "--output", "test-results/several"]
    _npm(report, "tests/e2e", "e2e", given, arguments=several, watched=stack)
    stack.empty_firestore()
    alone = ["--grep", "@alone", "--output", "test-results/alone"]
    _npm(report, "tests/e2e, one at a time", "e2e", given, arguments=alone, watched=stack)


def _pytest(
    report: Report,
    name: str,
    arguments: list[str | Path],
    given: dict[str, str],
    *,
    expected: Path | None = None,
    watched: Stack | None = None,
) -> None:
    folder = expected or Path(arguments[-1])
    if not any(folder.rglob("test_*.py")):
        report.skip(name, f"{folder.relative_to(CHECKOUT)} has no tests yet")
        return
    command = [VENV / "bin" / "python", "-m", "pytest", "-q", *arguments]
    _watched(watched, lambda: report.run(name, command, environment=given))


def _npm(
    report: Report,
    name: str,
    script: str,
    given: dict[str, str],
    *,
    arguments: Sequence[str] = (),
    watched: Stack | None = None,
) -> None:
    if not web.exists():
        report.skip(name, "there is no web app yet")
        return
    if script not in json.loads((WEB / "package.json").read_text()).get("scripts", {}):
        report.skip(name, f"web/package.json has no script {script!r} yet")
        return
    command = ["npm", "run", "--silent", script, "--", *arguments]
    _watched(watched, lambda: report.run(name, command, environment=given, folder=WEB))


def _watched(stack: Stack | None, run: Callable[[], object]) -> None:
    """Run while following the stack, whose functions restart when a test edits their settings."""
    if stack is None:
        run()
        return
    done = threading.Event()

    def part() -> None:
        try:
            run()
        finally:
            done.set()

    worker = threading.Thread(target=part)
    worker.start()
    try:
        while not done.is_set():
            stack.tick()
            time.sleep(0.1)
    finally:
        worker.join()
    processes.pause(0)


def _at_once(*works: Callable[[], None]) -> None:
    """Run on threads of their own; raise the first error once all have ended."""
    errors: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def _safe() -> dict[str, str]:
    """An environment in which no provider's key is, for what needs no stack."""
    return _with_node(environment.without_keys(environment.passed_on()))


def _with_node(given: dict[str, str]) -> dict[str, str]:
    path = [str(VENV / "bin"), str(NODE_BIN), os.environ["PATH"]]
    return given | {"PATH": os.pathsep.join(path), "PYTHONDONTWRITEBYTECODE": "1"}
