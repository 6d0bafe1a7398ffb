"""One service account a function, with the roles that it needs and no more.

Who sends tasks may put them into the queue, and act as the account of `worker` alone: Cloud Tasks
signs each task as that account, which may call `worker`. `api` tells administrators the names of
people, which Auth has. A proxy reads what may be spent, and writes what was; whom a key stands for
it asks of Auth, as `api` does.

Not given here, since firebase-tools gives it when it deploys: to each account, access to its own
function's secrets; to the account of a scheduled function, the right to call it.
"""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from deploy.cli import gcloud
from deploy.functions import Declared, Function
from deploy.plan import Plan
from deploy.target import Target

_DATABASE = "roles/datastore.user"
_SENDS_TASKS = "roles/cloudtasks.enqueuer"
_CALLS_FUNCTIONS = "roles/run.invoker"
_READS_ACCOUNTS = "roles/firebaseauth.viewer"
_ACTS_AS = "roles/iam.serviceAccountUser"
_API = "api"
_WORKER = "worker"
_EVERYBODY = {"allUsers", "allAuthenticatedUsers"}


def roles(function: Function, providers: Mapping[str, str]) -> tuple[str, ...]:
    """The project's roles for a function's account."""
    if function.name in providers:
        return (_DATABASE, _READS_ACCOUNTS)
    own = {_WORKER: (_CALLS_FUNCTIONS,), _API: (_READS_ACCOUNTS,)}
    return (_DATABASE, _SENDS_TASKS, *own.get(function.name, ()))


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
        commands += _acting_commands(target, declared, ())
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
    commands += _check_worker(plan, target, declared, there)
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


def _worker(declared: Declared) -> Function | None:
    return next((one for one in declared.functions if one.name == _WORKER), None)


def _check_worker(
    plan: Plan, target: Target, declared: Declared, there: Container[str]
) -> list[str]:
    """The commands that are missing so that tasks reach `worker`, and nobody else does."""
    worker = _worker(declared)
    if worker is None:
        return []
    if worker.account not in there:
        return _acting_commands(target, declared, ())
    _check_closed(plan, target, worker)
    asked = ("iam", "service-accounts", "get-iam-policy", worker.account)
    policy = gcloud(target.project, *asked)
    if policy is None or policy.problem is not None:
        why = f"gcloud: {policy.problem if policy else 'is gone'}; to let senders of tasks act:"
        plan.unchecked("worker's account", why, *_acting_commands(target, declared, ()))
        return []
    return _acting_commands(target, declared, _given_roles(policy.result).get(_ACTS_AS, set()))


def _check_closed(plan: Plan, target: Target, worker: Function) -> None:
    """Cloud Run takes signatures off tokens, so that only its IAM keeps strangers from `worker`."""
    where = f"--region {worker.region} --project {target.project}"
    asked = ("run", "services", "get-iam-policy", worker.name, "--region", worker.region)
    policy = gcloud(target.project, *asked)
    if policy is None or policy.problem is not None:
        return  # not deployed yet: firebase-tools makes it without a caller
    callers = _given_roles(policy.result).get(_CALLS_FUNCTIONS, set())
    if open_to := sorted(callers & _EVERYBODY):
        plan.missing(
            "worker",
            f"is open to {', '.join(open_to)}: anybody could have its work done",
            *(
                f"gcloud run services remove-iam-policy-binding {worker.name} {where}"
                f" --member {member} --role {_CALLS_FUNCTIONS}"
                for member in open_to
            ),
        )


def _acting_commands(target: Target, declared: Declared, acting: Container[str]) -> list[str]:
    """What lets those who send tasks act as the account of `worker`, where they may not yet."""
    worker = _worker(declared)
    if worker is None:
        return []
    return [
        f"gcloud iam service-accounts add-iam-policy-binding {worker.account}"
        f" --project {target.project} --member serviceAccount:{one.account} --role {_ACTS_AS}"
        for one in declared.functions
        if _SENDS_TASKS in roles(one, declared.providers or {}) and one.account not in acting
    ]
