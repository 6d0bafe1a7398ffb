"""The web app's production build: made, within its budgets, and without a word of the emulators."""

import os
import subprocess
from collections.abc import Sequence

from deploy.plan import Plan
from stack.layout import WEB

_BUDGETS = "scripts/budgets.ts"
"""Weighs the build and looks for what only local builds may hold; `npm run check` runs it too."""


def check(plan: Plan) -> None:
    """Build web/dist as it will be deployed, and weigh it."""
    if not (WEB / "package.json").exists():
        plan.missing("web app's build", "there is no web/package.json")
        return
    problem = _run("npm", "run", "--silent", "build")
    if problem is None and (WEB / "dist" / "config.json").exists():
        problem = "web/dist/config.json has a local stack's addresses in it"
    if problem is None and not (WEB / "dist" / "index.html").exists():
        problem = "web/dist/index.html was not made"
    problem = problem or _run("node", _BUDGETS)
    if problem is None:
        plan.ok("web app's build", "within its budgets, without emulator code")
    else:
        plan.missing("web app's build", problem)


def _run(*command: str) -> str | None:
    """What went wrong with a command of the web app, None if nothing did."""
    path = os.pathsep.join((str(WEB / "node_modules" / ".bin"), os.environ.get("PATH", "")))
    problem = _outcome(command, os.environ | {"PATH": path})
    return None if problem is None else "\n      ".join((f"{' '.join(command)}:", *problem))


def _outcome(command: Sequence[str], environment: dict[str, str]) -> list[str] | None:
    try:
        done = subprocess.run(
            command, cwd=WEB, env=environment, capture_output=True, text=True, check=False
        )
    except OSError as error:
        return [str(error)]
    if done.returncode == 0:
        return None
    return (done.stdout + done.stderr).strip().splitlines()[-12:]
