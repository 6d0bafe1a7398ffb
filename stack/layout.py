"""Where things are: in the checkout, and in the user's cache folder."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
FUNCTIONS = CHECKOUT / "functions"
WEB = CHECKOUT / "web"
STACKS = CHECKOUT / ".stack"
VENV = FUNCTIONS / "venv"
VENV_PYTHON = VENV / "bin" / "python3.13"
NODE_BIN = CHECKOUT / "node_modules" / ".bin"

REGION = "us-central1"


def cache() -> Path:
    """The user's cache folder of this project: compiled tools and models, outside the checkout."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base) / "colonycraft"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def locked(path: Path) -> Generator[None]:
    """Hold the lock file `path`, waiting for whoever holds it; the system frees it if we die."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
