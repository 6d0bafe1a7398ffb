"""What would be deployed: the functions that main.py declares, with their options and secrets."""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.plan import Plan
from deploy.target import Target
from stack.layout import FUNCTIONS, VENV_PYTHON

_DISCOVERY = float(os.environ.get("FUNCTIONS_DISCOVERY_TIMEOUT") or 10)
"""Seconds that firebase-tools gives main.py to be imported."""
_USUAL_CONCURRENCY = 80


@dataclass(frozen=True, slots=True)
class Function:
    """One deployed function. Memory in MB, timeout in seconds."""

    name: str
    region: str
    memory: int
    cpu: float
    concurrency: int
    timeout: int
    secrets: tuple[str, ...]
    account: str
    schedule: str | None
    takes_tasks: bool

    @property
    def is_called(self) -> bool:
        """Whether browsers call it."""
        return not self.schedule and not self.takes_tasks

    def address(self, project: str) -> str:
        """Where callers find it."""
        return f"https://{self.region}-{project}.cloudfunctions.net/{self.name}"


@dataclass(frozen=True, slots=True)
class Declared:
    """What main.py declares under the target's settings; `providers` maps each to its secret."""

    functions: tuple[Function, ...] = ()
    providers: Mapping[str, str] | None = None

    @property
    def secrets(self) -> dict[str, list[str]]:
        """Each secret, and the functions that are bound to it."""
        bound: dict[str, list[str]] = {}
        for function in self.functions:
            for secret in function.secrets:
                bound.setdefault(secret, []).append(function.name)
        return bound


def check(plan: Plan, target: Target) -> Declared:
    """Import main.py as firebase-tools will, and put what it declares into the plan."""
    answer = _discover(target)
    providers: dict[str, str] | None = answer.get("providers") or None
    if providers is not None and not _check_providers(plan, target, providers):
        return Declared(providers=providers)
    if problem := answer.get("problem"):
        plan.missing("functions/main.py", f"does not import: {problem}")
        return Declared(providers=providers)
    functions = tuple(_function(name, one) for name, one in sorted(answer["functions"].items()))
    plan.ok("functions/main.py", f"declares {len(functions)} functions")
    for one in functions:
        secrets = ", ".join(one.secrets) or "no secret"
        many = f"{one.concurrency} {'tasks ' if one.takes_tasks else ''}at once"
        when = one.schedule or many
        plan.ok(
            f"  {one.name}",
            f"{one.memory} MB, {one.cpu:g} CPU, {when}, {one.timeout} s; "
            f"{secrets}; {one.account.partition('@')[0]}@",
        )
    _check_threads(plan, target, functions)
    return Declared(functions, providers)


def deployed_providers(target: Target) -> list[str]:
    """The providers that PROVIDERS names; empty where it names none or is not set."""
    names = target.settings.get("PROVIDERS", "").split(",")
    return [name.strip() for name in names if name.strip()]


def _check_providers(plan: Plan, target: Target, known: Mapping[str, str]) -> bool:
    names = deployed_providers(target)
    unknown = [name for name in names if name not in known]
    if "PROVIDERS" not in target.settings or not names:
        plan.missing(
            "PROVIDERS",
            "names no provider, so that nobody could ask anything",
            f"PROVIDERS={','.join(known)} in {target.own_settings}; leave out those without a key.",
        )
        return False
    if unknown:
        plan.missing(
            "PROVIDERS",
            f"names {', '.join(unknown)}; known are {', '.join(known)}",
            f"Correct it in {target.own_settings}.",
        )
        return False
    plan.ok("PROVIDERS", ", ".join(names))
    return True


def _check_threads(plan: Plan, target: Target, functions: tuple[Function, ...]) -> None:
    wanted = max((one.concurrency for one in functions if not one.schedule), default=1)
    threads = target.settings.get("THREADS", "")
    if threads.isdecimal() and int(threads) >= wanted:
        plan.ok("THREADS", f"{threads}, for {wanted} requests at once")
    else:
        plan.missing(
            "THREADS",
            f"is {threads or 'not set'}, but functions take {wanted} requests at once",
            f"THREADS={wanted} in functions/.env: else requests wait for each other.",
        )


def _discover(target: Target) -> dict[str, Any]:
    script = Path(__file__).with_name("discover.py")
    try:
        done = subprocess.run(
            [VENV_PYTHON, "-B", script],
            cwd=FUNCTIONS,
            env=target.environment(),
            capture_output=True,
            text=True,
            timeout=_DISCOVERY,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"problem": f"not within {_DISCOVERY:g} s, which is all that firebase-tools waits"}
    except OSError as error:
        return {"problem": f"{VENV_PYTHON}: {error}"}
    last = done.stdout.splitlines()[-1:] or [""]
    try:
        return json.loads(last[0])
    except ValueError:
        return {"problem": " ".join(done.stderr.split())[-400:] or f"exit code {done.returncode}"}


def _function(name: str, endpoint: Mapping[str, Any]) -> Function:
    schedule: Mapping[str, Any] = endpoint.get("scheduleTrigger") or {}
    return Function(
        name=name,
        region=endpoint["region"][0],
        memory=endpoint.get("availableMemoryMb") or 256,
        cpu=endpoint.get("cpu") or 1,
        concurrency=endpoint.get("concurrency") or _USUAL_CONCURRENCY,
        timeout=endpoint.get("timeoutSeconds") or 60,
        secrets=tuple(one["key"] for one in endpoint.get("secretEnvironmentVariables") or ()),
        account=endpoint.get("serviceAccountEmail") or "",
        schedule=schedule.get("schedule"),
        takes_tasks="taskQueueTrigger" in endpoint,
    )
