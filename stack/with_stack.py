"""`make with-stack CMD=...`: a command against an empty stack of its own."""

import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from stack import console, model, processes, web
from stack.errors import StackError
from stack.install import Installation
from stack.layout import CHECKOUT
from stack.ports import free_block
from stack.stack import Plan, Stack, claimed, forget_abandoned, running


def with_stack(command: str, wanted_model: str, wanted_firestore: str) -> int:
    """Run the command; its exit code is ours."""
    if not command:
        raise StackError('Say what to run: make with-stack CMD="pytest tests/rules"')
    with (
        Installation(wanted_firestore) as installation,
        empty_stack(installation, wanted_model, private_settings=True) as stack,
    ):
        stack.model.wait()
        console.say(f"  Ready after {console.seconds(console.elapsed())}.")
        code = run(stack, command)
        if code == 0:
            return 0
        console.say(f"  The command ended with {code}.")
        keep_logs(stack.plan)
        return code


def bench(wanted_model: str, wanted_firestore: str) -> int:
    """Run `python -m bench` against an empty stack."""
    if not (CHECKOUT / "bench" / "__main__.py").exists():
        raise StackError("There is no bench in this checkout yet: bench/__main__.py is missing.")
    return with_stack("python -m bench", wanted_model or "none", wanted_firestore)


@contextmanager
def empty_stack(
    installation: Installation,
    wanted_model: str,
    *,
    private_settings: bool,
) -> Generator[Stack]:
    """An empty stack for tests: paid providers are out of reach, and nothing ticks."""
    forget_abandoned()
    with free_block() as ports:
        plan = Plan(
            name=f"run-{os.getpid()}",
            ports=ports,
            model=wanted_model or model.TESTS.name,
            private_settings=private_settings,
            reaches_providers=False,
            lives=False,
        )
        with claimed(plan) as ours:
            if not ours:
                raise StackError(f"{plan.folder} is in use.")
            try:
                with running(plan, installation) as stack:
                    if web.exists():
                        config = web.local_config(plan.project, plan.ports)
                        web.build(plan.folder / "public", config)
                    else:
                        console.warn("no web app is served: web/package.json is missing.")
                    yield stack
            except StackError:
                keep_logs(plan)
                raise
            finally:
                if not _kept(plan).exists():
                    shutil.rmtree(plan.folder, ignore_errors=True)


def keep_logs(plan: Plan) -> None:
    """Leave the stack's folder behind when it ends, for a person to look into."""
    _kept(plan).touch()
    console.say(f"  Logs: {plan.folder / 'logs'}")


def _kept(plan: Plan) -> Path:
    return plan.folder / "kept"


def run(stack: Stack, command: str) -> int:
    """Run a shell command against the stack, on this terminal; StackError if the stack dies."""
    process = subprocess.Popen(["sh", "-c", command], env=stack.environment(), cwd=CHECKOUT)
    try:
        while process.poll() is None:
            stack.tick()
            processes.pause(0.1)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    return process.returncode
