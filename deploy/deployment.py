"""The order of a deployment: check, say the plan, and only then change anything."""

import json

from deploy import accounts, configuration, database, functions, project, site, steps
from deploy.cli import Firebase
from deploy.functions import Declared
from deploy.plan import Plan, State
from deploy.target import Target, load_json, resolve
from stack import console, install
from stack.errors import StackError
from stack.layout import CHECKOUT, VENV_PYTHON, WEB


def run(named: str, *, dry_run: bool) -> int:
    """Check, and deploy unless that is a dry run or something is missing; the exit code."""
    target = resolve(named)
    kind = "a dry run: nothing is deployed" if dry_run else "first the plan"
    console.say(f"ColonyCraft AI to {target.project}, {kind}")
    _install_what_is_missing()
    firebase = Firebase(target.named)
    plan = Plan()
    declared = _check_here(plan, target)
    _check_there(plan, target, firebase, declared, dry_run=dry_run)
    _conclude(plan, dry_run=dry_run)
    if not plan.is_complete:
        return 1
    if dry_run:
        return 0
    return 0 if steps.deploy(target, firebase, declared) else 1


def _check_here(plan: Plan, target: Target) -> Declared:
    """What needs no network."""
    plan.section("This checkout")
    _check_tools(plan)
    contents = configuration.check_firebase_json(plan)
    declared = functions.check(plan, target)
    configuration.check_settings(plan, target, (declared.providers or {}).values())
    configuration.check_policy(plan, target, contents, declared)
    database.check_rules(plan)
    database.check_declared_indexes(plan)
    site.check(plan)
    return declared


def _check_there(
    plan: Plan, target: Target, firebase: Firebase, declared: Declared, *, dry_run: bool
) -> None:
    """What only Google can tell."""
    plan.section(f"The project {target.project}")
    if project.check_signed_in(plan, target, firebase, dry_run=dry_run):
        project.check_web_app(plan, target, firebase)
        database.check_database(plan, target, firebase)
        database.check_changed_indexes(plan, firebase)
        project.check_secrets(plan, target, firebase, declared)
        project.check_deployed_functions(plan, target, firebase, declared)
    else:
        project.tell_unchecked(plan, target, declared)
    if declared.functions:
        accounts.check(plan, target, declared)
    project.tell_by_hand(plan, target)


def _conclude(plan: Plan, *, dry_run: bool) -> None:
    words = {
        State.OK: "in order",
        State.MISSING: "missing",
        State.DOUBTFUL: "doubtful",
        State.UNCHECKED: "not checked",
    }
    counts = (f"{state} {plan.count(state)} {word}" for state, word in words.items())
    console.say(f"\n{', '.join(counts)}")
    if dry_run or not plan.is_complete:
        console.say("Nothing was deployed.")


def _check_tools(plan: Plan) -> None:
    wanted = load_json("package.json")["package.json"]["devDependencies"]["firebase-tools"]
    package = CHECKOUT / "node_modules" / "firebase-tools" / "package.json"
    try:
        found = json.loads(package.read_text())["version"]
    except (OSError, ValueError, KeyError):
        found = "none"
    if found == wanted:
        plan.ok("firebase-tools", found)
    else:
        plan.missing("firebase-tools", f"is {found}, tested with {wanted}", "npm ci")


def _install_what_is_missing() -> None:
    """A fresh checkout's packages. Those that are there are left as they are."""
    if not Firebase.program.exists():
        install.emulators()
    if not VENV_PYTHON.exists():
        install.python_packages()
    if not (WEB / "node_modules").exists():
        install.web_packages()
    if not Firebase.program.exists():
        raise StackError("firebase-tools could not be installed: npm ci")
