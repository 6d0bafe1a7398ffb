"""The web app's files, built for one stack's addresses.

The build is the same for every stack; only `config.json` beside it differs. `make dev` leaves
the building to Vite's watch mode; other stacks copy a build of the same sources if there is one.
"""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from stack import console, install, processes
from stack.errors import StackError
from stack.layout import REGION, STACKS, WEB, locked
from stack.ports import HOST, Ports

_BUILDS = STACKS / "web-builds"
_KEPT_BUILDS = 3
_NOT_SOURCES = {"node_modules", "dist", "test-results", "playwright-report", "coverage"}


def local_config(project: str, ports: Ports) -> dict[str, Any]:
    """What the web app has to know of its stack; the build writes it as config.json."""
    return {
        "projectId": project,
        "region": REGION,
        "apiKey": "local",
        "functions": f"http://{HOST}:{ports.functions}/{project}/{REGION}",
        "auth": f"http://{HOST}:{ports.auth}",
        "firestore": {"host": HOST, "port": ports.firestore},
        "storage": {"host": HOST, "port": ports.storage},
    }


def origins(ports: Ports) -> list[str]:
    """The addresses that the web app talks to."""
    spoken_to = (ports.functions, ports.auth, ports.firestore, ports.storage)
    return [f"http://{HOST}:{port}" for port in spoken_to]


def exists() -> bool:
    """Whether there is a web app to build."""
    return (WEB / "package.json").exists()


def build(public: Path, config: dict[str, Any]) -> None:
    """Put the built web app with its config.json into `public`."""
    made = _BUILDS / _sources_digest()
    with locked(_BUILDS / "lock"):
        if not made.exists():
            with console.step("Web app", "building"):
                _build_into(made, config)
            _forget_old_builds()
        made.touch()
        shutil.copytree(made, public, dirs_exist_ok=True)
    (public / "config.json").write_text(json.dumps(config))


def watch(public: Path, config: dict[str, Any], log: Path) -> processes.Child:
    """Start Vite building into `public` again after every edit."""
    return processes.start(
        "the web app's build",
        [*_command(public), "--watch"],
        log=log,
        environment=_environment(config),
        folder=WEB,
        patience=5,
    )


def _build_into(target: Path, config: dict[str, Any]) -> None:
    making = target.with_name(f"{target.name}.{os.getpid()}")
    log = install.LOGS / "web-build.log"
    log.unlink(missing_ok=True)
    if processes.run(_command(making), log=log, environment=_environment(config), folder=WEB):
        shutil.rmtree(making, ignore_errors=True)
        raise StackError(f"The web app does not build:\n{processes.tail(log, 40)}")
    making.rename(target)


def _command(output: Path) -> list[str | Path]:
    return ["npm", "run", "--silent", "build:local", "--", "--outDir", output]


def _environment(config: dict[str, Any]) -> dict[str, str]:
    return os.environ | {"LOCAL_CONFIG": json.dumps(config)}


def _sources_digest() -> str:
    digest = hashlib.sha256()
    for folder, folders, files in os.walk(WEB):
        folders[:] = sorted(name for name in folders if name not in _NOT_SOURCES)
        for name in sorted(files):
            path = Path(folder) / name
            digest.update(str(path.relative_to(WEB)).encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def _forget_old_builds() -> None:
    builds = sorted(
        (path for path in _BUILDS.iterdir() if path.is_dir()),
        key=lambda path: path.stat().st_mtime,
    )
    for old in builds[:-_KEPT_BUILDS]:
        shutil.rmtree(old, ignore_errors=True)
