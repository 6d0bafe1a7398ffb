"""A run: how an answer comes to be, whatever becomes of the process that writes it.

    queued      conversations/{c}/queue/{run}: the question waits
      │ begin       create(run), with the question and the guarded conversation in one batch
      v
    running     a holder appends to the log about once a second, at least every HEARTBEAT
      │ │ take over   nothing came for LEASE: the next number of the log and the guarded run,
      │ │             in one batch; then the taker holds the run, as a further attempt
      │ └──> running
      │ finish      the guarded run, the answer, the conversation, the log's removal: one batch
      v
    complete | incomplete | stopped | failed

`runs/{id}`: what the readers of its conversation may see. `runs/{id}/segments/{n}`: the log of what
has been streamed, for those who do not hold the stream. `runControls/{id}`: no reader
(body's hash, process, `opaque.py`).

Two processes can never both write. A run is born by `create`, so a request that comes twice makes
one. Its log has a number for each entry, and an entry is created: of two holders, one finds the
number taken and is out. Its end is guarded by the version of the run that its holder began or took
over with. So there is no lock to renew, and a process that was frozen and thaws writes nothing.
"""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from colonycraft.calls.models import Attempt
from colonycraft.errors import NotFound
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import (
    AlreadyThere,
    GuardLost,
    Query,
    Snapshot,
    UnitOfWork,
    Where,
    database,
)
from colonycraft.platform.operations import Caller

SCHEMA_VERSION = 1
HEARTBEAT = timedelta(seconds=10)
LEASE = timedelta(seconds=30)
"""A run whose log has been silent for this long has lost its process."""

PROCESS = uuid.uuid4().hex
"""This process: whom another one signals that a run is to stop."""

EndState = Literal["complete", "incomplete", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Run:
    """A run as its holder knows it. `version` guards its end; `next_segment` is the number that
    the log continues with; `text_start` is the UTF-16 length of what the answer had before;
    `fences` are the numbers at which the run was taken over: they stay taken."""

    id: str
    caller: Caller
    conversation_id: str
    branch_id: str
    question_id: str
    answer_id: str
    answer_seq: int
    continues: bool
    text_start: int
    snapshot: Mapping[str, Any]
    started_at: datetime
    attempts: tuple[Mapping[str, Any], ...] = ()
    version: Any = None
    next_segment: int = 0
    fences: tuple[int, ...] = ()


def run_id(caller: Caller, request_id: str) -> str:
    """One request id makes one run a person, and two people never meet in one."""
    return hashlib.sha256(f"{caller.uid}\0{request_id}".encode()).hexdigest()[:40]


def run_path(run: str) -> str:
    return f"runs/{run}"


def control_path(run: str) -> str:
    return f"runControls/{run}"


def segment_path(run: str, number: int) -> str:
    return f"runs/{run}/segments/{number:06d}"


def create(unit: UnitOfWork, run: Run, body_hash: str) -> None:
    """Begins a run. Its write comes first in the unit: the same request's second one fails there,
    and the first version of the commit is the run's."""
    common = {
        "schemaVersion": SCHEMA_VERSION,
        "conversationId": run.conversation_id,
        "branchId": run.branch_id,
    }
    unit.create(
        run_path(run.id),
        {
            **common,
            "orgId": run.caller.org_id,
            "ownerId": run.caller.uid,
            "questionId": run.question_id,
            "answerId": run.answer_id,
            "answerSeq": run.answer_seq,
            "continues": run.continues,
            "textStart": run.text_start,
            "state": "running",
            "startedAt": run.started_at,
            "endedAt": None,
            "attempts": [],
            "fences": [],
            "snapshot": run.snapshot,
            "problem": None,
        },
    )
    unit.create(
        control_path(run.id),
        {**common, **run.caller.stored(), "bodyHash": body_hash, "process": PROCESS},
    )


def append(
    unit: UnitOfWork,
    run: Run,
    number: int,
    *,
    holder: str,
    start: int,
    events: Sequence[Mapping[str, Any]],
) -> None:
    """Writes an entry of the log. The unit's commit raises AlreadyThere for who lost the run.

    `start` is where its text belongs in the answer, in UTF-16 units. An entry without events says
    that the holder lives.
    """
    unit.create(
        segment_path(run.id, number),
        {
            "conversationId": run.conversation_id,
            "number": number,
            "start": start,
            "events": list(events),
            "holder": holder,
            "createdAt": now(),
        },
    )


def finish(
    unit: UnitOfWork,
    run: Run,
    *,
    state: EndState,
    attempts: Sequence[Mapping[str, Any]],
    problem: Mapping[str, Any] | None,
    at: datetime,
) -> None:
    """Ends the run. The unit's commit raises GuardLost for who lost it, or when it has ended."""
    unit.update(
        run_path(run.id),
        {
            ("state",): state,
            ("endedAt",): at,
            ("attempts",): list(attempts),
            ("problem",): problem,
        },
        guard=run.version,
    )


@dataclass(frozen=True, slots=True)
class Saved:
    """What the log of a run holds."""

    text: str
    reasoning: str
    segments: int


def read(stored: Snapshot) -> Run:
    """The run of a document, as nobody's holder yet. Of its caller only the control knows the
    role: `with_caller`."""
    data: dict[str, Any] = stored.data or {}
    return Run(
        stored.id,
        Caller.of(data),
        data["conversationId"],
        data["branchId"],
        data["questionId"],
        data["answerId"],
        data["answerSeq"],
        data["continues"],
        data["textStart"],
        data["snapshot"],
        data["startedAt"],
        tuple(data["attempts"]),
        stored.version,
        fences=tuple(data["fences"]),
    )


def with_caller(run: Run, control: Snapshot) -> Run:
    """The run with all that its control knows of who asked, for who is to spend in their name."""
    return run if control.data is None else replace(run, caller=Caller.of(control.data))


def saved(run: Run) -> Saved:
    """Reads the log: as many reads as it has entries."""
    texts = {"text-delta": "", "reasoning-delta": ""}
    segments = database().query(
        Query(f"{run_path(run.id)}/segments", order_by=(("__name__", "asc"),))
    )
    for segment in segments:
        for event in (segment.data or {})["events"]:
            texts[event["type"]] += event["text"]
    return Saved(texts["text-delta"], texts["reasoning-delta"], len(segments))


def is_lost(run: Run) -> bool:
    """Whether nothing came from the run's holder for LEASE. One read, none for a young run."""
    at = now()
    if run.started_at + LEASE > at:
        return False
    newest = database().query(
        Query(
            f"{run_path(run.id)}/segments",
            order_by=(("number", "desc"),),
            limit=1,
            fields=("createdAt",),
        )
    )
    return not newest or (newest[0].data or {})["createdAt"] + LEASE <= at


def take_over(run: Run) -> tuple[Run, Saved] | None:
    """Makes this process the holder, and whoever held the run before is out. None when the run was
    not to be had: it has ended, its holder lives after all, or somebody else took it."""
    log = saved(run)
    attempts = (*run.attempts, _lost_attempt(run))
    fences = (*run.fences, log.segments)
    unit = database().unit_of_work()
    unit.update(
        run_path(run.id),
        {("attempts",): list(attempts), ("fences",): list(fences)},
        guard=run.version,
    )
    start = run.text_start + utf16_length(log.text)
    append(unit, run, log.segments, holder=PROCESS, start=start, events=())
    unit.update(control_path(run.id), {("process",): PROCESS})
    try:
        versions = unit.commit()
    except (AlreadyThere, GuardLost):
        return None
    held_here = replace(
        run,
        version=versions[0],
        next_segment=log.segments + 1,
        attempts=attempts,
        fences=fences,
    )
    return held_here, log


def _lost_attempt(run: Run) -> dict[str, Any]:
    return Attempt(
        number=len(run.attempts) + 1,
        model=run.snapshot["model"],
        outcome="lost",
        error="lost",
        message="The server that was writing was gone.",
        started_ms=0,
        first_token_ms=None,
        total_ms=round((now() - run.started_at).total_seconds() * 1000),
    ).model_dump(by_alias=True)


def owned(caller: Caller, run: str) -> Snapshot:
    """Raises NotFound for a run that is not there or is somebody else's."""
    stored = database().get(run_path(run))
    if stored.data is None or stored.data["ownerId"] != caller.uid:
        raise NotFound("run-missing")
    return stored


def old_enough_to_be_lost(limit: int = 200) -> list[Snapshot]:
    """Running for longer than a lease: these must show a sign of life."""
    return database().query(
        Query(
            "runs",
            where=(Where("state", "==", "running"), Where("startedAt", "<", now() - LEASE)),
            order_by=(("startedAt", "asc"),),
            limit=limit,
        )
    )


def remove(unit: UnitOfWork, runs: Mapping[str, Iterable[int]]) -> None:
    """Removes runs for good; each with its fences."""
    for run, fences in runs.items():
        unit.delete(run_path(run))
        unit.delete(control_path(run))
        for number in fences:
            unit.delete(segment_path(run, number))


def remove_log(unit: UnitOfWork, run: Run, segments: int) -> None:
    """All of it but its fences: who was fenced off must go on finding its number taken."""
    for number in range(segments):
        if number not in run.fences:
            unit.delete(segment_path(run.id, number))


def utf16_length(text: str) -> int:
    """What JavaScript calls the length of a string."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
