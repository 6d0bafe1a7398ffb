"""One service account a function, with the roles that it needs and no more.

Not given here, since firebase-tools gives it when it deploys: to each account, access to its own
function's secrets; to the account of a scheduled function, the right to call it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from deploy.cli import gcloud
from deploy.functions import Declared, Function
from deploy.plan import Plan
from deploy.target import Target

_DATABASE = "roles/datastore.user"
_TASKS = "roles/cloudtasks.enqueuer"


def roles(function: Function, providers: Mapping[str, str]) -> tuple[str, ...]:
    """The project's roles for a function's account. The proxies store nothing: they have none."""
    return () if function.name in providers else (_DATABASE, _TASKS)


def check(plan: Plan, target: Target, declared: Declared) -> None:
    """Whether each account exists and has its roles; else the commands that give them."""
    providers = declared.providers or {}
    wanted = {one.account: one for one in declared.functions}
    if len(wanted) < len(declared.functions) or "" in wanted:
        plan.missing("service accounts", "two functions share one, or one has none")
        return
    existing = gcloud(target.project, "iam", "service-accounts", "list")
    if existing is None or existing.problem is not None:
        why = "gcloud is not installed" if existing is None else f"gcloud: {existing.problem}"
        commands = [
            command
            for one in declared.functions
            for command in _commands(target, one, roles(one, providers), create=True)
        ]
        plan.unchecked("service accounts", f"{why}; to make those that are missing:", *commands)
        return
    policy = gcloud(target.project, "projects", "get-iam-policy", target.project)
    if policy is None or policy.problem is not None:
        plan.unchecked("service accounts", f"gcloud: {policy.problem if policy else 'is gone'}")
        return
    there = {one.get("email") for one in existing.result}
    given = _given_roles(policy.result)
    commands: list[str] = []
    for account, function in wanted.items():
        needed = roles(function, providers)
        lacking = [role for role in needed if account not in given.get(role, ())]
        commands += _commands(target, function, lacking, create=account not in there)
    if commands:
        plan.missing("service accounts", "some are missing, or lack a role:", *commands)
    else:
        plan.ok("service accounts", f"{len(wanted)}, each with its roles")


def _given_roles(policy: Mapping[str, Any]) -> dict[str, set[str]]:
    return {
        one["role"]: {member.removeprefix("serviceAccount:") for member in one.get("members", ())}
        for one in policy.get("bindings", ())
        if "condition" not in one
    }


def _commands(
    target: Target, function: Function, lacking: Iterable[str], *, create: bool
) -> list[str]:
    project = f"--project {target.project}"
    name = function.account.partition("@")[0]
    commands: list[str] = []
    if create:
        commands.append(f"gcloud iam service-accounts create {name} {project}")
    commands += [
        f"gcloud projects add-iam-policy-binding {target.project} --condition None"
        f" --member serviceAccount:{function.account} --role {role}"
        for role in lacking
    ]
    return commands
