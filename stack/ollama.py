"""The model server: an Ollama that is there already, or one of ours.

In this order: the one named by OLLAMA_HOST; one that runs at the usual port; the `ollama` on
PATH, started on a port and a model folder of ours; one compiled from its Go module, once, into
the cache folder, for this machine's processor.
"""

import contextlib
import hashlib
import os
import platform
import shutil
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from stack import console, processes
from stack.errors import StackError
from stack.layout import cache, locked
from stack.ports import HOST

VERSION = "0.17.4"
_USUAL = f"http://{HOST}:11434"
# Firestore, without which nothing starts, is compiled at the same time and goes first; the tests
# that need no model follow.
_NICE = 15
# 0.17.4's module lacks three vendored headers. An older release of it and a Go binding of
# miniaudio carry them, under their own licences.
_MODULE = "github.com/ollama/ollama"
_OLDER = f"{_MODULE}@v0.6.5"
_MINIAUDIO = "github.com/gen2brain/malgo@v0.11.24"


@dataclass(frozen=True)
class Running:
    """An Ollama that was there before us and stays after us."""

    address: str


def running(host: str) -> Running | None:
    """The Ollama at `host` (as in OLLAMA_HOST), else the one at the usual port, if it answers."""
    if host:
        address = address_of(host)
        if not answers(address):
            raise StackError(
                f"OLLAMA_HOST={host}: no Ollama answers there. Start it, or unset OLLAMA_HOST."
            )
        return Running(address)
    return Running(_USUAL) if answers(_USUAL) else None


def address_of(host: str) -> str:
    """OLLAMA_HOST as an address: `0.0.0.0`, `host`, `host:port` and whole addresses are usual."""
    scheme, found, rest = host.rstrip("/").partition("://")
    if not found:
        scheme, rest = "http", scheme
    name, _, port = rest.partition(":")
    name = HOST if name in ("", "0.0.0.0", "localhost") else name
    usual = {"http": "11434", "https": "443"}[scheme] if not found else ""
    port = port or usual
    return f"{scheme}://{name}:{port}" if port else f"{scheme}://{name}"


def answers(address: str) -> bool:
    """Whether an Ollama answers at the address, within two seconds."""
    try:
        with urllib.request.urlopen(f"{address}/api/version", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def binary() -> Path | None:
    """An Ollama to start: from PATH, or compiled by us; None, said plainly, where neither is."""
    installed = shutil.which("ollama")
    return Path(installed) if installed else built() or build()


def prepare() -> None:
    """Compile ahead of need, where no Ollama is there yet."""
    if not os.environ.get("OLLAMA_HOST") and not answers(_USUAL):
        binary()


def built() -> Path | None:
    """What an earlier start compiled for this processor."""
    path = _place() / "ollama"
    return path if path.is_file() else None


def build() -> Path | None:
    """Compile Ollama; None, with a plain sentence, where Go or a C++ compiler is missing."""
    missing = [tool for tool in ("go", "gcc", "g++") if shutil.which(tool) is None]
    if missing:
        console.warn(
            f"no local model: Ollama is not here, and {' and '.join(missing)} to compile it"
            " neither. Install Ollama (ollama.com), or add a provider's key to"
            " functions/.secret.local."
        )
        return None
    with locked(cache() / "ollama.lock"):
        if built() is None:
            with console.step("Ollama", f"compiling {VERSION} for this processor, once (minutes)"):
                try:
                    _compile()
                except StackError as failed:
                    console.warn(f"no local model: {failed}")
    return built()


def serve(program: Path, port: int, log: Path, environment: dict[str, str]) -> processes.Child:
    """Start the server on a port of ours, with our model folder."""
    home = cache() / "ollama-home"
    home.mkdir(exist_ok=True)
    return processes.start(
        "Ollama",
        [program, "serve"],
        log=log,
        environment=environment
        | {
            "HOME": str(home),
            "OLLAMA_HOST": f"{HOST}:{port}",
            "OLLAMA_MODELS": str(cache() / "ollama-models"),
            "OLLAMA_NO_CLOUD": "1",
            "OLLAMA_KEEP_ALIVE": "30m",
            # Other stacks share the folder, and files in it may be about to be registered.
            "OLLAMA_NOPRUNE": "1",
        },
        folder=home,
        patience=5,
    )


def _compile() -> None:
    place = _place() / "build"
    shutil.rmtree(place, ignore_errors=True)
    headers = place / "headers"
    for folder in ("nlohmann", "stb", "miniaudio"):
        (headers / folder).mkdir(parents=True)
    log = cache() / "logs" / "ollama.log"
    _go(["mod", "download", _OLDER, _MINIAUDIO], log)
    modules = Path(subprocess.check_output(["go", "env", "GOMODCACHE"], text=True).strip())
    older = modules / _OLDER / "llama" / "llama.cpp" / "common"
    shutil.copyfile(older / "json.hpp", headers / "nlohmann" / "json.hpp")
    shutil.copyfile(older / "stb_image.h", headers / "stb" / "stb_image.h")
    shutil.copyfile(modules / _MINIAUDIO / "miniaudio.h", headers / "miniaudio" / "miniaudio.h")
    (headers / "nlohmann" / "json_fwd.hpp").write_text('#include "json.hpp"\n')
    flags = "-O3 -march=native -w"
    linker = f"-s -w -X=github.com/ollama/ollama/version.Version={VERSION}"
    _go(
        ["install", "-trimpath", f"-ldflags={linker}", f"{_MODULE}@v{VERSION}"],
        log,
        GOBIN=str(place),
        CGO_ENABLED="1",
        CGO_CPPFLAGS=f"-I{headers}",
        CGO_CFLAGS=flags,
        CGO_CXXFLAGS=flags,
    )
    (place / "ollama").replace(_place() / "ollama")
    shutil.rmtree(place, ignore_errors=True)


def _go(arguments: list[str], log: Path, **environment: str) -> None:
    code = processes.run(
        ["go", *arguments],
        log=log,
        environment=os.environ | environment,
        folder=cache(),
        nice=_NICE,
    )
    if code != 0:
        raise StackError(f"go {arguments[0]} failed; see {log}:\n{processes.tail(log, 5)}")


def _place() -> Path:
    """One folder a version and processor: the code is compiled for this one's instructions."""
    return cache() / f"ollama-{VERSION}-{processor()}"


def processor() -> str:
    """A short name that differs where the processor's instructions differ."""
    described = platform.processor()
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith(("flags", "Features")):
                described = " ".join(sorted(line.split(":", 1)[1].split()))
                break
    return f"{platform.machine()}-{hashlib.sha256(described.encode()).hexdigest()[:12]}"
