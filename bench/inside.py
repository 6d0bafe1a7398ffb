"""What is done with the functions' own code, in a process that has their settings.

`python -m bench.inside` reads a task from its standard input and writes what came of it, as JSON:

    {"seed": {"ids", "uid", "messages", "summarise"}}  conversations, straight into the database
    {"turn": {"id", "uid", "model"}}                   one turn there: what it cost, see `Counted`
"""

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bench.people import Person
from bench.servers import UNKNOWN_MODEL
from stack.layout import CHECKOUT, FUNCTIONS, VENV_PYTHON

TEXT = 1_000
"""Characters of a stored message: 20 of them fill the window of a model that nobody knows."""
WARM_UP_MODEL = f"openai/{UNKNOWN_MODEL}"
_BATCH = 250
_ASKED = "And what does the one do who waits for it?"


@dataclass(frozen=True)
class Counted:
    """A turn: seconds (`streamed`: until the answer is there; `seconds`: until the request ends),
    documents (`context`: those of the context; `entries`: those of the log; `ledger`: those of the
    ledger), bytes of requests and answers. Not what a process reads of its connections' health:
    once in five seconds, for all its turns."""

    streamed: float
    seconds: float
    reads: int
    context: int
    writes: int
    entries: int
    ledger: int
    deletes: int
    bytes_sent: int
    bytes_received: int


def made(
    person: Person,
    messages: int,
    count: int,
    environment: Mapping[str, str],
    *,
    summarise: bool = False,
) -> list[str]:
    """So many new conversations of as many messages; message n has the id `message_id(n)`.

    A turn where the window is full also makes a summary, which only those do that `summarise`."""
    ids = [uuid.uuid4().hex for _ in range(count)]
    task = {"ids": ids, "uid": person.uid, "messages": messages, "summarise": summarise}
    _child({"seed": task}, environment)
    return ids


def turn(conversation: str, person: Person, model: str, environment: Mapping[str, str]) -> Counted:
    """What a turn in a conversation costs."""
    task = {"id": conversation, "uid": person.uid, "model": model}
    return Counted(**_child({"turn": task}, environment))


def message_id(number: int) -> str:
    """The id of a message that `made` made: as `conversations/message_ids.py` makes them."""
    return f"{999_999_999 - number}-seeded"


def _child(task: Mapping[str, Any], environment: Mapping[str, str]) -> Any:
    answer = subprocess.run(
        [VENV_PYTHON if VENV_PYTHON.exists() else sys.executable, "-m", "bench.inside"],
        input=json.dumps(task),
        env=dict(environment)
        | {"PATH": os.environ["PATH"], "PYTHONPATH": f"{CHECKOUT}{os.pathsep}{FUNCTIONS}"},
        cwd=FUNCTIONS,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


def _seed(conversation_id: str, uid: str, messages: int, summarise: bool) -> None:
    from colonycraft.conversations import store
    from colonycraft.platform.clock import now
    from colonycraft.platform.firestore import database
    from colonycraft.platform.operations import Caller

    caller = Caller(uid=uid, org_id=f"personal-{uid}", streamed=True)
    at = now()
    text = ("A lease ends by itself, and its fence keeps the late away. " * 20)[:TEXT]
    for first in range(0, messages, _BATCH):
        unit = database().unit_of_work()
        for number in range(first, min(first + _BATCH, messages)):
            message = store.new_message(
                caller,
                branch_id="main",
                seq=number,
                parent_id=message_id(number - 1) if number else None,
                role="assistant" if number % 2 else "user",
                parts=[{"type": "text", "text": text}],
                run_id=f"seeded-{number // 2}",
                at=at,
            )
            unit.create(store.message_path(conversation_id, message_id(number)), message)
        unit.commit()
    unit = database().unit_of_work()
    conversation = store.new_conversation(
        caller,
        title="Leases",
        source="person",
        request_id=uuid.uuid4().hex,
        at=at,
        next_seq=messages,
        messages=messages,
    )
    conversation["summarise"] = summarise
    unit.create(store.path_of(conversation_id), conversation)
    unit.commit()


def _turn(conversation: str, uid: str, model: str) -> Counted:
    from colonycraft.chat import turn
    from colonycraft.chat.models import ChatRequest
    from colonycraft.platform.firestore import database
    from colonycraft.platform.operations import Caller

    caller = Caller(uid=uid, org_id=f"personal-{uid}", streamed=True)

    def asked(conversation: str, model: str, *, new: bool) -> ChatRequest:
        return ChatRequest(
            request_id=uuid.uuid4().hex,
            conversation_id=conversation,
            new_conversation=new,
            text=_ASKED,
            model=model,
        )

    # What a process does once, such as imports, is no part of a turn.
    list(turn.chat(caller, asked(uuid.uuid4().hex, WARM_UP_MODEL, new=True)))
    request = asked(conversation, model, new=False)
    with database().counting() as counts:
        began = time.monotonic()
        streamed, state = 0.0, ""
        for event in turn.chat(caller, request):
            if event.type == "run-finished":
                streamed, state = time.monotonic() - began, event.state
        seconds = time.monotonic() - began
    if state != "complete":
        raise RuntimeError(f"The turn ended as {state}.")
    return Counted(
        streamed,
        seconds,
        counts.reads.total() - counts.reads["health"],
        counts.reads["messages"],
        counts.writes.total(),
        counts.writes["segments"],
        counts.writes["ledger"] + counts.writes["usageDays"] + counts.writes["budgets"],
        counts.deletes.total(),
        counts.bytes_sent,
        counts.bytes_received,
    )


def main() -> None:
    """Does the task."""
    task = json.load(sys.stdin)
    if "seed" in task:
        told = task["seed"]
        for one in told["ids"]:
            _seed(one, told["uid"], told["messages"], told["summarise"])
        print("null")
    else:
        told = task["turn"]
        print(json.dumps(asdict(_turn(told["id"], told["uid"], told["model"]))))


if __name__ == "__main__":
    main()
