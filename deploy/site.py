"""The web app's production build: made, within its budgets, and without a word of the emulators."""

import json
import os
import subprocess

from deploy.plan import Plan
from stack.layout import WEB

_BUDGETS = "budgets"
"""The web app's own script that weighs the build and looks for what only local builds may hold."""


def check(plan: Plan) -> None:
    """Build web/dist as it will be deployed, and weigh it."""
    try:
        scripts = json.loads((WEB / "package.json").read_text()).get("scripts", {})
    except OSError:
        plan.missing("web app's build", "there is no web/package.json")
        return
    problem = _run("build")
    if problem is None and (WEB / "dist" / "config.json").exists():
        problem = "dist/config.json has a local stack's addresses in it"
    if problem is None and not (WEB / "dist" / "index.html").exists():
        problem = "dist/index.html was not made"
    if problem is not None:
        plan.missing("web app's build", problem)
    elif _BUDGETS not in scripts:
        plan.unchecked("web app's build", f"web/package.json has no script {_BUDGETS!r}")
    elif (problem := _run(_BUDGETS)) is not None:
        plan.missing("web app's build", problem)
    else:
        plan.ok("web app's build", "within its budgets, without emulator code")


def _run(script: str) -> str | None:
    """What went wrong with a script of the web app, None if nothing did."""
    command = ["npm", "run", "--silent", script]
    try:
        done = subprocess.run(
            command, cwd=WEB, env=os.environ, capture_output=True, text=True, check=False
        )
    except OSError as error:
        return f"npm: {error}"
    if done.returncode == 0:
        return None
    lines = (done.stdout + done.stderr).strip().splitlines()[-12:]
    return "\n      ".join([f"npm run {script} failed:", *lines])
