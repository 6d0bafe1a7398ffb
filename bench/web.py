"""The web app in a real browser: Lighthouse's scores, and what pages take while they are used.

`tests/e2e/measure.ts` measures; here are the goals. A figure is the median of its samples.
"""

import json
import os
from collections import defaultdict
from pathlib import Path
from statistics import median

from bench.figures import Figure, Goal
from bench.installation import LIGHTHOUSE, install_lighthouse
from stack import chromium, console, processes
from stack.errors import StackError
from stack.layout import WEB


def _most(limit: float) -> Goal:
    return Goal("ours", "most", limit)


def _least(limit: float) -> Goal:
    return Goal("ours", "least", limit)


_RIVAL = ", plain text"
"""Ends the name of what the least there can be takes: the text as it comes, in one element."""

_GOALS = {
    "Lighthouse, sign-in: performance": _least(95),
    "Lighthouse, sign-in: accessibility": _least(100),
    "Lighthouse, sign-in: interactive after, ms": _most(3000),
    "Lighthouse, sign-in: blocked, ms": _most(200),
    "Lighthouse, sign-in: layout shift": _most(0.02),
    "Lighthouse, a new chat: performance": _least(90),
    "Lighthouse, a new chat: accessibility": _least(100),
    "Lighthouse, a chat: performance": _least(90),
    "Lighthouse, a chat: accessibility": _least(100),
    "Lighthouse, a chat: layout shift": _most(0.02),
    "40,000 characters, 1x: of the main thread, %": _most(12),
    "40,000 characters, 1x: frames dropped, %": _most(1),
    "40,000 characters, 4x: of the main thread, %": _most(55),
    "40,000 characters, 4x: frames dropped, %": _most(10),
    "40,000 characters, 4x: longest task, ms": _most(200),
    "500 messages: open after a click, ms": _most(300),
    "500 messages: nodes in the page": _most(3000),
    "2,000 conversations: blank frames": _most(0),
}


def web(folder: Path) -> list[Figure]:
    """Everything in `folder`'s measured.jsonl; StackError where the browser's part fails."""
    lighthouse = install_lighthouse()
    measured, log = folder / "measured.jsonl", folder / "web.log"
    environment = os.environ | {
        "CHROMIUM": chromium.path(),
        "LIGHTHOUSE": str(lighthouse),
        "MEASURED": str(measured),
    }
    with console.step("Web app", f"in Chromium, with Lighthouse {LIGHTHOUSE}"):
        command: list[str | Path] = ["npm", "--prefix", WEB, "run", "--silent", "measure"]
        if processes.run(command, log=log, environment=environment):
            raise StackError(f"The browser's measurements failed:\n{processes.tail(log, 40)}")
    samples: dict[str, list[float]] = defaultdict(list)
    for line in measured.read_text().splitlines():
        one = json.loads(line)
        samples[one["figure"]].append(one["value"])
    missing = sorted(_GOALS.keys() - samples.keys())
    if missing:
        raise StackError(f"Not measured: {', '.join(missing)}")
    middle = {name: median(values) for name, values in samples.items()}
    return [
        Figure(name, value, middle.get(name + _RIVAL), _GOALS.get(name))
        for name, value in middle.items()
        if not name.endswith(_RIVAL)
    ]
