"""One stack: everything that a running ColonyCraft AI consists of, on ports of its own."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from stack import console, emulators, envfile, environment, ollama, processes, web
from stack.errors import StackError
from stack.functions import Functions
from stack.install import Installation
from stack.layout import FUNCTIONS, NODE_BIN, REGION, STACKS, VENV, locked
from stack.model_server import ModelServer
from stack.ports import HOST, Ports

_CLAIMS = STACKS / "claims.lock"
_KEPT_FAILURES = 3
# Tasks are signed with it, since the emulator of Cloud Tasks signs nothing.
_WORKER_KEY = secrets.token_hex(32)


@dataclass(frozen=True)
class Plan:
    """What a stack is to be.

    `private_settings`: whether the person's own .env.local and .secret.local are read.
    `reaches_providers`: whether paid providers may be called.
    `lives`: whether it keeps its data and follows edits, as `make dev` does.
    """

    name: str
    ports: Ports
    model: str
    private_settings: bool
    reaches_providers: bool
    lives: bool

    @property
    def project(self) -> str:
        """The Firebase project's id; one with `demo-` is never looked for at Google."""
        return "demo-colonycraft" if self.lives else f"demo-{self.name}"

    @property
    def folder(self) -> Path:
        """Where everything lies that the stack generates."""
        return STACKS / self.name

    @property
    def web_address(self) -> str:
        """The address that a person opens."""
        return f"http://{HOST}:{self.ports.web}"

    @property
    def functions_address(self) -> str:
        """The base address of the functions, which their names follow."""
        return f"http://{HOST}:{self.ports.functions}/{self.project}/{REGION}"

    @property
    def setting_files(self) -> list[Path]:
        """The files of settings, in the order in which they win."""
        own = [FUNCTIONS / f".env.{self.project}", FUNCTIONS / ".env.local"]
        private = [*own, FUNCTIONS / ".secret.local"] if self.private_settings else []
        overlay = [] if self.lives else [self.folder / ".secret.local"]
        return [FUNCTIONS / ".env", *private, *overlay]


class Companion(Protocol):
    """Something that runs beside a stack, as the web app's build does in `make dev`."""

    def start(self) -> None:
        """Begin."""
        ...

    def tick(self) -> None:
        """Look what has happened."""
        ...

    def stop(self) -> None:
        """End."""
        ...


@dataclass
class Stack:
    """A stack that runs; see `running`."""

    plan: Plan
    model: ModelServer
    beside: Companion | None = None
    functions: Functions | None = None
    emulators: processes.Child | None = None

    def tick(self) -> None:
        """To be called often: StackError when a part has ended by itself."""
        if self.functions is not None:
            self.functions.tick()
        if self.beside is not None:
            self.beside.tick()
        for child in (self.emulators, self.model.child):
            if child is not None and not child.alive and not child.expected_to_end:
                raise StackError(
                    f"{child.name} ended (exit code {child.process.returncode});"
                    f" the end of {child.log}:\n{child.output()}"
                )

    def empty_firestore(self) -> None:
        """Delete all documents, and replace the functions, which remember what was in some."""
        plan, functions = self.plan, self.functions
        assert functions is not None
        emulators.empty_firestore(plan.project, plan.ports)
        functions.replace()

        def replaced() -> bool:
            self.tick()
            return not functions.starting

        processes.wait_until(replaced, 60, "The functions")

    def environment(self) -> dict[str, str]:
        """What a command gets that runs against this stack."""
        plan = self.plan
        path = [str(VENV / "bin"), str(NODE_BIN), os.environ["PATH"]]
        return (
            _outer_environment(plan)
            | _settings(plan, self.model)
            | environment.emulator_addresses(plan.project, plan.ports)
            | {
                "PATH": os.pathsep.join(path),
                "COLONYCRAFT_WEB": plan.web_address,
                "COLONYCRAFT_FUNCTIONS": plan.functions_address,
                "COLONYCRAFT_SECRETS": str(plan.folder / ".secret.local"),
                "COLONYCRAFT_PROVIDER": f"http://{HOST}:{plan.ports.provider}",
            }
        )


@contextmanager
def running(
    plan: Plan, installation: Installation, beside: Companion | None = None
) -> Generator[Stack]:
    """Run the stack for as long as the context lasts, then leave nothing behind.

    Waits for what is still being installed. The model may become ready later. `beside` starts
    and stops with the stack.
    """
    _fresh(plan)
    host = _files_and_environment(plan).get("OLLAMA_HOST", "")
    if host and not plan.reaches_providers and not environment.is_local(ollama.address_of(host)):
        host = ""
    log = plan.folder / "logs" / "ollama.log"
    model = ModelServer(plan.model, host, plan.ports.ollama, log, installation.wait_for_python)
    stack = Stack(plan, model, beside)
    try:
        model.start()
        installation.wait_for_packages()
        stack.functions = Functions(
            plan.ports.functions, plan.folder, lambda: function_environment(plan, model)
        )
        stack.functions.replace()
        if beside is not None:
            beside.start()
        engine = installation.wait_for_firestore()
        console.say(f"    Firestore is {engine.description}")
        data = plan.folder / "data" if plan.lives else None
        stack.emulators = emulators.start(plan.folder, plan.project, engine, data)
        _wait(stack)
        yield stack
    finally:
        _stop(stack)


def function_environment(plan: Plan, model: ModelServer) -> dict[str, str]:
    """The environment of the functions, as the functions emulator would give it to them."""
    bucket = f"{plan.project}.appspot.com"
    return (
        _outer_environment(plan)
        | _settings(plan, model)
        | environment.emulator_addresses(plan.project, plan.ports)
        | {
            "FUNCTIONS_EMULATOR": "true",
            "COLONYCRAFT_FUNCTIONS": plan.functions_address,
            "WORKER_KEY": _WORKER_KEY,
            "FIREBASE_CONFIG": json.dumps({"projectId": plan.project, "storageBucket": bucket}),
            "FIREBASE_DEBUG_MODE": "true",
            "FIREBASE_DEBUG_FEATURES": json.dumps({"enableCors": True}),
            "PYTHONUNBUFFERED": "1",
        }
    )


def _settings(plan: Plan, model: ModelServer) -> dict[str, str]:
    """The settings that files and defaults give, in the order in which they win."""
    defaults = {} if model.name == "none" else {"DEFAULT_MODEL": f"ollama/{model.name}"}
    settings = defaults | _files_and_environment(plan)
    ours = {"OLLAMA_HOST": model.address}
    if not plan.reaches_providers:
        ours["LOCAL_ANSWER_TOKENS"] = "200"  # the small test model would run on
        ours |= environment.closed_to_providers(settings, plan.ports)
    return settings | ours


def _files_and_environment(plan: Plan) -> dict[str, str]:
    names = ("DEFAULT_MODEL", "OLLAMA_HOST", *environment.PROVIDER_PATHS)
    outer = _outer_environment(plan)
    given = {name: outer[name] for name in names if name in outer}
    return given | envfile.read(plan.setting_files)


def _outer_environment(plan: Plan) -> dict[str, str]:
    passed = environment.passed_on()
    return passed if plan.private_settings else environment.without_keys(passed)


def _fresh(plan: Plan) -> None:
    """Empty the stack's folder except for its data, and write what the emulators read."""
    folder = plan.folder
    for name in ("public", "tmp", "logs", "functions", ".secret.local"):
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for name in ("tmp", "logs"):
        (folder / name).mkdir(parents=True)
    emulators.prepare(folder, plan.ports, web.origins(plan.ports))


def _wait(stack: Stack) -> None:
    folder = stack.plan.folder
    functions = stack.functions
    assert functions is not None

    def all_ready() -> bool:
        stack.tick()
        if not functions.serving and not functions.starting and not stack.plan.lives:
            raise StackError("The functions do not start.")
        return not functions.starting and emulators.is_ready(folder)

    with console.step("Emulators and functions"):
        processes.wait_until(all_ready, 180, f"The stack (its logs: {folder / 'logs'})")
        if functions.serving:
            _make_queues(stack.plan, functions)


def _make_queues(plan: Plan, functions: Functions) -> None:
    for name, kind in functions.triggers().items():
        if kind == "taskQueueTrigger":
            emulators.add_queue(plan.project, plan.ports, plan.functions_address, name)


def _stop(stack: Stack) -> None:
    if stack.beside is not None:
        stack.beside.stop()
    if stack.functions is not None:
        stack.functions.stop()
    if stack.emulators is not None:
        stack.emulators.stop()
    stack.model.stop()
    processes.reap(stack.plan.folder)


@contextmanager
def claimed(plan: Plan) -> Generator[bool]:
    """Claim the stack's name for this process; False when another launcher has it.

    Also ends what an earlier launcher of that name left behind when it was killed.
    """
    folder = plan.folder
    with ExitStack() as held:
        with locked(_CLAIMS):
            folder.mkdir(parents=True, exist_ok=True)
            file = held.enter_context((folder / "lock").open("a"))
            ours = _try_lock(file)
        if ours:
            os.environ[processes.MARK] = str(folder)
            leftovers = _end_leftovers(plan)
            if leftovers:
                console.say(f"  … ended {len(leftovers)} processes that an earlier start left")
        yield ours


def _end_leftovers(plan: Plan) -> list[str]:
    """What a killed launcher left: its data is saved first. Then nothing of it may end politely: a
    suite that exports on its way out would do so while its Firestore is gone already."""
    if plan.lives and processes.marked(plan.folder):
        with suppress(OSError):  # the suite is gone as well
            emulators.export(plan.folder / "data", plan.ports)
    return processes.reap(plan.folder, patience=0)


def forget_abandoned() -> None:
    """Reap and delete stacks whose launcher is gone; logs of the last failures are kept."""
    with locked(_CLAIMS):
        abandoned: list[Path] = []
        for folder in sorted(STACKS.glob("run-*"), key=lambda path: path.stat().st_mtime):
            with (folder / "lock").open("a") as file:
                if _try_lock(file):
                    processes.reap(folder)
                    abandoned.append(folder)
        failed = [folder for folder in abandoned if (folder / "kept").exists()]
        for folder in abandoned:
            if folder not in failed[-_KEPT_FAILURES:]:
                shutil.rmtree(folder, ignore_errors=True)


def _try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
