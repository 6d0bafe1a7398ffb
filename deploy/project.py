"""What firebase-tools can be asked about the project.

Nothing here changes it, but for one thing that firebase-tools does by itself: whoever asks for a
secret switches the Secret Manager API on.
"""

from collections.abc import Mapping
from typing import Any

from deploy.cli import Firebase
from deploy.functions import Declared
from deploy.plan import Plan
from deploy.target import Target

_PROGRAM = "node_modules/.bin/firebase"
_CONSOLE = "https://console.firebase.google.com/project"
_ABSENT = ("404", "not found", "has no versions")


def check_signed_in(plan: Plan, target: Target, firebase: Firebase, *, dry_run: bool) -> bool:
    """Whether firebase-tools may see the project: False where nothing more can be asked."""
    answer = firebase.ask("projects:list")
    if answer.problem is not None:
        todo = (
            f"Sign in: {_PROGRAM} login",
            "or name a service account's key: GOOGLE_APPLICATION_CREDENTIALS=key.json",
            "Then run this again; without an answer from Google nothing below can be checked.",
        )
        line = plan.unchecked if dry_run else plan.missing
        line("signed in", answer.problem, *todo)
        return False
    projects: list[Mapping[str, Any]] = answer.result or []
    project = next((one for one in projects if one.get("projectId") == target.project), None)
    if project is None:
        plan.missing(
            "project",
            f"{target.project} is not among the {len(projects)} projects of this account",
            f"Create it at https://console.firebase.google.com, or: {_PROGRAM} login:use <e-mail>",
        )
        return False
    plan.ok("project", f"{target.project} ({project.get('displayName', 'without a name')})")
    return True


def check_web_app(plan: Plan, target: Target, firebase: Firebase) -> None:
    """Whether a web app is registered: Hosting tells the browser its configuration."""
    answer = firebase.ask("apps:list", "WEB")
    if answer.problem is not None:
        plan.unchecked("web app", answer.problem)
    elif answer.result:
        plan.ok("web app", f"{answer.result[0].get('displayName') or 'registered'}")
    else:
        plan.missing(
            "web app",
            "none is registered, so that Hosting has no configuration for the browser",
            f"{_PROGRAM} apps:create WEB ColonyCraft --project {target.project}",
        )


def check_secrets(plan: Plan, target: Target, firebase: Firebase, declared: Declared) -> None:
    """Whether each secret is there: one that is not fails the whole deployment of functions.

    Also what tells of the billing plan: Secret Manager is there on Blaze only.
    """
    if not declared.secrets:
        plan.unchecked("Blaze", "no secret to ask for; functions need the plan Blaze")
        return
    billed: bool | None = None
    for secret, functions in sorted(declared.secrets.items()):
        answer = firebase.ask("functions:secrets:get", secret)
        problem = answer.problem
        used = f"for {', '.join(functions)}"
        if problem is None:
            billed = True
            _put_versions(plan, target, secret, used, answer.result["secrets"])
        elif "billing" in problem.lower():
            billed = False
            break
        elif any(word in problem.lower() for word in _ABSENT):
            billed = True
            plan.missing(secret, f"is not in Secret Manager, {used}", *_how_to_set(target, secret))
        else:
            plan.unchecked(secret, problem)
    match billed:
        case True:
            plan.ok("Blaze", "Secret Manager answers, which it does on this plan only")
        case False:
            plan.missing(
                "Blaze",
                "the project is on the plan Spark, which has neither functions nor secrets",
                f"{_CONSOLE}/{target.project}/usage/details",
            )
        case None:
            plan.unchecked("Blaze", "functions need this plan; firebase-tools does not tell it")


def check_deployed_functions(
    plan: Plan, target: Target, firebase: Firebase, declared: Declared
) -> None:
    """Whether functions are deployed that are not declared any more: nothing deletes them."""
    answer = firebase.ask("functions:list")
    if answer.problem is not None:
        plan.unchecked("deployed functions", answer.problem)
        return
    there: list[Mapping[str, Any]] = answer.result or []
    wanted = {one.name for one in declared.functions}
    ours = [one for one in there if one.get("codebase", "default") == "default"]
    left = [one for one in ours if one.get("id") not in wanted]
    if left:
        plan.missing(
            "deployed functions",
            f"{', '.join(str(one['id']) for one in left)} would be left behind",
            *(
                f"{_PROGRAM} functions:delete {one['id']} --region {one.get('region')}"
                f" --project {target.project}"
                for one in left
            ),
        )
    else:
        new = len(wanted - {one.get("id") for one in there})
        plan.ok("deployed functions", f"{len(ours)} are there, {new} are new")


def tell_unchecked(plan: Plan, target: Target, declared: Declared) -> None:
    """What the project needs, where nobody can be asked whether it has it."""
    plan.unchecked("Blaze, web app, database", "not asked; run this again when signed in")
    for secret, functions in sorted(declared.secrets.items()):
        plan.unchecked(
            secret,
            f"must be in Secret Manager, for {', '.join(functions)}",
            f"{_PROGRAM} functions:secrets:set {secret} --project {target.project}",
        )


def tell_by_hand(plan: Plan, target: Target) -> None:
    """What no program here can ask or do."""
    plan.unchecked(
        "sign-in",
        "Google, GitHub and e-mail are switched on in the console, once:",
        f"{_CONSOLE}/{target.project}/authentication/providers",
    )


def _put_versions(
    plan: Plan, target: Target, secret: str, used: str, versions: list[Mapping[str, Any]]
) -> None:
    latest = max(versions, key=lambda one: int(one.get("versionId") or 0), default=None)
    if latest is not None and latest.get("state") == "ENABLED":
        plan.ok(secret, f"version {latest.get('versionId')}, {used}")
    else:
        state = "has no version" if latest is None else f"is {str(latest.get('state')).lower()}"
        plan.missing(secret, f"{state}, {used}", *_how_to_set(target, secret))


def _how_to_set(target: Target, secret: str) -> tuple[str, ...]:
    return (
        f"{_PROGRAM} functions:secrets:set {secret} --project {target.project}",
        f"or leave its provider out of PROVIDERS in {target.own_settings}",
    )
