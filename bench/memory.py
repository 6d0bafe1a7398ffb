"""Resident memory of a process, and the time and the modules that importing main.py costs."""

import json
import subprocess
import sys
from dataclasses import dataclass
from statistics import median

from stack.layout import FUNCTIONS, VENV_PYTHON

VENDOR_SDKS = ("openai", "anthropic", "mistralai", "ollama")
_IMPORT = f"""
import json, sys, time
# Development tools bring these, and httpx would import them; what is deployed has neither.
sys.modules["rich"] = sys.modules["pygments"] = None
begun, used = time.perf_counter(), time.process_time()
import main
took = [time.perf_counter() - begun, time.process_time() - used]
print(json.dumps([*took, [name for name in {VENDOR_SDKS!r} if name in sys.modules]]))
"""


@dataclass(frozen=True)
class Import:
    """Seconds (the processor's too, which do not count what else the machine does), and the
    vendors' SDKs that came with it."""

    seconds: float
    processor_seconds: float
    sdks: tuple[str, ...]


def resident(pid: int) -> float:
    """Megabytes of a process and all its descendants together."""
    listing = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True
    )
    rows = [tuple(map(int, line.split())) for line in listing.stdout.splitlines()]
    family = {pid}
    while more := {one for one, parent, _ in rows if parent in family} - family:
        family |= more
    return sum(size for one, _, size in rows if one in family) / 1024


def import_of_main(times: int) -> Import:
    """Imports main.py in fresh processes; the first one, which may compile, does not count."""
    command = [VENV_PYTHON if VENV_PYTHON.exists() else sys.executable, "-c", _IMPORT]
    runs: list[tuple[float, float, list[str]]] = []
    for _ in range(times + 1):
        answer = subprocess.run(command, cwd=FUNCTIONS, capture_output=True, text=True, check=True)
        runs.append(json.loads(answer.stdout))
    return Import(
        median(seconds for seconds, _, _ in runs[1:]),
        median(used for _, used, _ in runs[1:]),
        tuple(runs[-1][2]),
    )
