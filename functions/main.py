"""The deployed functions, declared; no logic."""

from typing import Any

from firebase_functions import https_fn, scheduler_fn, tasks_fn

from colonycraft import calls, conversations, feedback, keys, llm, people, usage
from colonycraft import chat as turns
from colonycraft.door import door
from colonycraft.platform import tasks
from colonycraft.platform.deployment import http_options, schedule_options, task_options
from colonycraft.platform.lifecycle import on_terminate
from colonycraft.platform.settings import settings

OPERATIONS = (
    *turns.OPERATIONS,
    *conversations.OPERATIONS,
    *calls.OPERATIONS,
    *people.OPERATIONS,
    *feedback.OPERATIONS,
    *usage.OPERATIONS,
    *keys.OPERATIONS,
)

_PROVIDERS = settings().providers
_SECRETS = {name: llm.secret_of(name) for name in _PROVIDERS}

WORK: dict[str, tasks.Work] = {**turns.WORK}

calls.check_settings()
on_terminate(turns.interrupt_all)
on_terminate(calls.end_waits)


def _declare(name: str, *, timeout: int, secrets: tuple[str, ...] = ()) -> Any:
    handle = door(OPERATIONS, name)
    handle.__name__ = name
    return https_fn.on_request(**http_options(name, timeout=timeout, secrets=secrets))(handle)


api = _declare("api", timeout=60)
chat = _declare("chat", timeout=300, secrets=tuple(_SECRETS.values()))

for _name in _PROVIDERS:
    globals()[_name] = _declare(_name, timeout=300, secrets=(_SECRETS[_name],))


@tasks_fn.on_task_dispatched(
    **task_options(tasks.QUEUE, timeout=tasks.LONGEST, secrets=_SECRETS.values())
)
def worker(task: https_fn.CallableRequest[Any]) -> None:
    tasks.receive(task.raw_request.headers.get("Authorization"), task.data, WORK)


@scheduler_fn.on_schedule(**schedule_options("sweep"))
def sweep(event: scheduler_fn.ScheduledEvent) -> None:
    turns.sweep()
    calls.sweep()
    usage.sweep()
