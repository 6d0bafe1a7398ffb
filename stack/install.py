"""What a checkout needs: Python and npm packages, and a Firestore, all fetched at once.

Packages are installed when their lock file changed, else left.

A folder carries a stamp, the hash of what it was installed from, written last: an installation
that was cut short has none and is done again.
"""

import hashlib
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

from stack import console, firestore, ollama, processes
from stack.errors import StackError
from stack.layout import CHECKOUT, FUNCTIONS, STACKS, VENV, VENV_PYTHON, WEB, locked

LOGS = STACKS / "install"
_STAMP = ".colonycraft-stamp"


class Installation:
    """Everything that a stack needs, being installed on threads while other things go on.

    A context manager: leaving it ends what is not finished. The `wait_for_...` methods raise
    what their part raised. Compiling begins first, since it takes the longest; `needs_ollama`
    begins it for the model server too, which otherwise does so when it starts.
    """

    def __init__(
        self, wanted_firestore: str, *, needs_stack: bool = True, needs_ollama: bool = False
    ) -> None:
        self._pool = ThreadPoolExecutor(5)
        self._tasks: list[Future[Any]] = []
        if needs_stack:
            self._firestore = self._begin(
                lambda: firestore.choose(wanted_firestore, self.wait_for_python)
            )
        if needs_ollama:
            self._begin(ollama.prepare)
        self._python = self._begin(python_packages)
        self._web = self._begin(web_packages)
        if needs_stack:
            self._npm = self._begin(emulators)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not all(task.done() for task in self._tasks):
            processes.stop_requested.set()
        self._pool.shutdown()

    def wait_for_python(self) -> None:
        """Wait until functions/venv is complete."""
        _result(self._python)

    def wait_for_web(self) -> bool:
        """Wait until the web app's packages are there; False where there is no web app."""
        return _result(self._web)

    def wait_for_packages(self) -> None:
        """Wait until Python, the emulators and the web app's packages are there."""
        _result(self._python)
        _result(self._npm)
        _result(self._web)

    def wait_for_firestore(self) -> firestore.Engine:
        """Wait until it is decided and ready which Firestore runs."""
        return _result(self._firestore)

    def _begin[T](self, work: Callable[[], T]) -> Future[T]:
        task = self._pool.submit(work)
        self._tasks.append(task)
        return task


def _result[T](task: Future[T]) -> T:
    while not task.done():
        processes.pause(0.05)
    return task.result()


def python_packages() -> None:
    """Make functions/venv hold functions/requirements-dev.txt; the emulators call its Python."""
    requirements = [FUNCTIONS / "requirements.txt", FUNCTIONS / "requirements-dev.txt"]
    with locked(LOGS / "venv.lock"):
        stamp = _stamp(requirements, sys.version, sys.base_prefix)
        if _is_current(VENV, stamp) and VENV_PYTHON.exists():
            return
        why = "the functions' Python packages, into functions/venv"
        with console.step("Python packages", why):
            log = LOGS / "python-packages.log"
            log.unlink(missing_ok=True)
            if not _runs(VENV_PYTHON):
                code = processes.run([sys.executable, "-m", "venv", "--clear", VENV], log=log)
                if code != 0:
                    raise StackError(
                        f"{sys.executable} could not make a virtual environment"
                        f" (on Debian and Ubuntu: apt-get install python3.13-venv):\n"
                        f"{processes.tail(log)}"
                    )
            pip = [VENV_PYTHON, "-m", "pip", "install", "--disable-pip-version-check"]
            code = processes.run([*pip, "-q", "-r", requirements[-1]], log=log)
            if code != 0:
                raise StackError(f"pip install failed:\n{processes.tail(log)}")
            (VENV / _STAMP).write_text(stamp)


def emulators() -> None:
    """Make node_modules hold firebase-tools, and a Node that starts it quickly."""
    _npm(CHECKOUT, "Firebase emulators", "firebase-tools and Node, from package-lock.json")


def web_packages() -> bool:
    """Make web/node_modules hold the web app's packages; False where there is no web app."""
    if not (WEB / "package.json").exists():
        return False
    _npm(WEB, "Web packages", "what the web app is built from and tested with")
    return True


def _npm(folder: Path, name: str, why: str) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise StackError("npm is missing: install Node 20 or newer, from nodejs.org or a package.")
    modules = folder / "node_modules"
    lock = folder / "package-lock.json"
    with locked(LOGS / f"npm-{folder.name}.lock"):
        stamp = _stamp([lock] if lock.exists() else [folder / "package.json"])
        if _is_current(modules, stamp):
            return
        with console.step(name, why):
            log = LOGS / f"{name.lower().replace(' ', '-')}.log"
            log.unlink(missing_ok=True)
            verb = "ci" if lock.exists() else "install"
            command = [npm, verb, "--no-audit", "--no-fund", "--prefer-offline"]
            if processes.run(command, log=log, folder=folder) != 0:
                raise StackError(f"npm {verb} failed in {folder}:\n{processes.tail(log)}")
            (modules / _STAMP).write_text(stamp)


def _stamp(files: list[Path], *also: str) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    for text in also:
        digest.update(text.encode())
    return digest.hexdigest()


def _is_current(folder: Path, stamp: str) -> bool:
    try:
        return (folder / _STAMP).read_text() == stamp
    except OSError:
        return False


def _runs(python: Path) -> bool:
    if not python.exists():
        return False
    return processes.run([python, "-c", "import pip"], log=LOGS / "probe.log") == 0
