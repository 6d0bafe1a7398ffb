"""Firebase's emulators for one stack: Auth, Firestore, Tasks, Storage and Hosting.

firebase-tools runs in the stack's folder, where everything it reads is generated: a firebase.json
with this stack's ports and Content-Security-Policy, copies of the rules, and an empty codebase
of functions. The functions emulator only runs because the Tasks emulator needs it; the functions
themselves are served by gunicorn.
"""

import json
import os
import shutil
import signal
import urllib.request
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from stack import csp, environment, firestore, processes
from stack.layout import CHECKOUT, NODE_BIN, REGION, cache
from stack.ports import HOST, Ports

ONLY = "auth,functions,firestore,tasks,storage,hosting"
_SHIMS = Path(__file__).parent / "shims"
_RULES_RUNTIME = "cloud-storage-rules-runtime-v1.1.3.jar"


def prepare(folder: Path, ports: Ports, origins: Iterable[str]) -> None:
    """Write what firebase-tools reads into the stack's folder."""
    deployed = json.loads((CHECKOUT / "firebase.json").read_text())
    (folder / "firebase.json").write_text(json.dumps(configuration(deployed, ports, origins)))
    for name in ("firestore.rules", "storage.rules", "firestore.indexes.json"):
        shutil.copyfile(CHECKOUT / name, folder / name)
    codebase = folder / "functions"
    codebase.mkdir(exist_ok=True)
    # firebase-tools takes this page for the result of looking for functions.
    (codebase / "functions.yaml").write_text("specVersion: v1alpha1\nendpoints: {}\n")
    (codebase / "requirements.txt").touch()
    (folder / "public").mkdir(exist_ok=True)


def configuration(
    deployed: Mapping[str, Any], ports: Ports, origins: Iterable[str]
) -> dict[str, Any]:
    """A stack's firebase.json, from the checked-in one."""
    numbers = {
        "auth": ports.auth,
        "functions": ports.functions_emulator,
        "storage": ports.storage,
        "tasks": ports.tasks,
        "eventarc": ports.eventarc,
        "hosting": ports.web,
        "hub": ports.hub,
        "logging": ports.logging,
    }
    places: dict[str, Any] = {name: {"host": HOST, "port": at} for name, at in numbers.items()}
    places["firestore"] = {
        "host": HOST,
        "port": ports.firestore,
        "websocketPort": ports.firestore_websocket,
    }
    hosting = csp.local_hosting(deployed["hosting"], origins, [f"http://{HOST}:{ports.auth}"])
    return {
        "firestore": {"rules": "firestore.rules", "indexes": "firestore.indexes.json"},
        "storage": {"rules": "storage.rules"},
        "functions": [{"source": "functions", "codebase": "none", "runtime": "python313"}],
        "hosting": hosting | {"public": "public"},
        "emulators": places | {"ui": {"enabled": False}, "singleProjectMode": False},
    }


def start(
    folder: Path, project: str, engine: firestore.Engine, data: Path | None
) -> processes.Child:
    """Start the suite; `data` is imported where it exists and exported at the end."""
    command = [*engine.prefix, str(NODE_BIN / "firebase"), "emulators:start"]
    options = ["--project", project, "--only", ONLY, "--config", str(folder / "firebase.json")]
    kept = [f"--import={data}", f"--export-on-exit={data}"] if data else []
    return processes.start(
        "The emulators",
        [*command, *options, *kept],
        log=log_of(folder),
        environment=_environment(folder, engine),
        folder=folder,
        # firebase-tools exports and ends its own children on SIGINT.
        stop_signal=signal.SIGINT,
        patience=60 if data else 15,
    )


def add_queue(project: str, ports: Ports, functions_address: str, name: str) -> None:
    """Make the queue that a deployment makes for a function that receives tasks."""
    queue = {
        "defaultUri": f"{functions_address}/{name}",
        "retryConfig": {"maxAttempts": 5, "minBackoffSeconds": 1, "maxBackoffSeconds": 60},
        "rateLimits": {"maxConcurrentDispatches": 100, "maxDispatchesPerSecond": 500},
    }
    request = urllib.request.Request(
        f"http://{HOST}:{ports.tasks}/projects/{project}/locations/{REGION}/queues/{name}",
        json.dumps(queue).encode(),
        {"Content-Type": "application/json"},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=30):
        pass


def empty_firestore(project: str, ports: Ports) -> None:
    """Delete all documents of the project."""
    request = urllib.request.Request(
        f"http://{HOST}:{ports.firestore}/emulator/v1/projects/{project}"
        "/databases/(default)/documents",
        method="DELETE",
    )
    with urllib.request.urlopen(request, timeout=60):
        pass


def is_ready(folder: Path) -> bool:
    """Whether the suite has said that all emulators are ready."""
    try:
        return "All emulators ready" in log_of(folder).read_text(errors="replace")
    except OSError:
        return False


def export(data: Path, ports: Ports) -> None:
    """Write what the emulators hold to `data`, which is replaced only by a complete export."""
    request = urllib.request.Request(
        f"http://{HOST}:{ports.hub}/_admin/export",
        json.dumps({"path": str(data), "initiatedBy": "make dev"}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60):
        pass


def log_of(folder: Path) -> Path:
    """Where the suite's output goes."""
    return folder / "logs" / "emulators.log"


def storage_rules_runtime(java: int) -> Path | None:
    """Google's Storage rules runtime, if it lies in the emulators' cache and Java can run it."""
    place = os.environ.get("FIREBASE_EMULATORS_PATH")
    folder = Path(place) if place else Path.home() / ".cache" / "firebase" / "emulators"
    jar = folder / _RULES_RUNTIME
    return jar if java >= 21 and jar.is_file() else None


def _environment(folder: Path, engine: firestore.Engine) -> dict[str, str]:
    result = environment.passed_on() | dict(engine.environment)
    path = [str(NODE_BIN), result["PATH"]]
    java = shutil.which("java", path=result["PATH"])
    if storage_rules_runtime(firestore.java_version(java) if java else 0) is None:
        path.insert(0, str(_SHIMS))
        result["STORAGE_EMULATOR_BINARY_PATH"] = str(_SHIMS / "storage-rules-standin.jar")
    return result | {
        "PATH": os.pathsep.join(path),
        # The Storage emulator keeps files, and deletes all there are, in the system's folder.
        "TMPDIR": str(folder / "tmp"),
        "FIREBASE_CLI_DISABLE_UPDATE_CHECK": "1",
        "NODE_COMPILE_CACHE": str(cache() / "node-compile"),
    }
