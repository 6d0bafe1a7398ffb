"""A Chromium for the browser tests: a missing browser is a failure, never a silent skip."""

import os
import shutil
from pathlib import Path

from stack import console, processes
from stack.errors import StackError
from stack.layout import cache, locked

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def path() -> str:
    """The browser's program: $CHROMIUM, the system's, Playwright's own, or apt's where root."""
    by_hand = os.environ.get("CHROMIUM")
    if by_hand:
        if shutil.which(by_hand) is None:
            raise StackError(f"CHROMIUM={by_hand} is not a program.")
        return by_hand
    found = _find()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        found = _find()
    if found is None:
        raise StackError(
            "No Chromium for the browser tests. Install one (apt-get install chromium, or"
            " npx playwright install chromium), or name one: CHROMIUM=/path/to/chromium make test"
        )
    return found


def _find() -> str | None:
    for name in _NAMES:
        if program := shutil.which(name):
            return program
    if _MAC.exists():
        return str(_MAC)
    for base in (Path.home() / ".cache", Path.home() / "Library" / "Caches"):
        for pattern in ("chromium-*/chrome-*/chrome", "chromium-*/chrome-mac*/*.app/*/MacOS/*"):
            for program in sorted((base / "ms-playwright").glob(pattern), reverse=True):
                return str(program)
    return None


def _install() -> None:
    log = cache() / "logs" / "chromium.log"
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with locked(cache() / "chromium.lock"), console.step("Chromium", "for the browser, by apt-get"):
        install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
        for command in (["apt-get", "update"], install):
            processes.run(command, log=log, environment=environment)
