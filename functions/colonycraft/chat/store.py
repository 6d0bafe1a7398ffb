"""Runs in Firestore.

`runs/{id}`: what the readers of its conversation may see: state, attempts, what it ran with.
`runs/{id}/segments/{n}`: what has been streamed so far, for those who do not hold the stream;
removed with the batch that writes the answer.
`runControls/{id}`: the body's hash and the deadline; no reader.

A run's id is a hash of person and request id, so one request id makes one run a person, and two
people never meet in one. `create` of the run is the lock.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from colonycraft.chat.models import ChatRequest
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Query, Snapshot, UnitOfWork, Where, database
from colonycraft.platform.operations import Caller

SCHEMA_VERSION = 1
LONGEST_RUN = timedelta(seconds=330)
"""Longer than any turn may take: a run that is older has lost its process."""


def run_id(caller: Caller, request_id: str) -> str:
    return hashlib.sha256(f"{caller.uid}\0{request_id}".encode()).hexdigest()[:40]


def body_hash(request: ChatRequest) -> str:
    return hashlib.sha256(request.model_dump_json().encode()).hexdigest()


def run_path(run: str) -> str:
    return f"runs/{run}"


def control_path(run: str) -> str:
    return f"runControls/{run}"


def segment_path(run: str, number: int) -> str:
    return f"runs/{run}/segments/{number:06d}"


def add_run(
    unit: UnitOfWork,
    caller: Caller,
    request: ChatRequest,
    run: str,
    *,
    question_id: str,
    answer_id: str,
    answer_seq: int,
    snapshot: Mapping[str, Any],
    at: datetime,
) -> None:
    """The run first: when the same request comes twice, this write is the one that fails."""
    common = {
        "orgId": caller.org_id,
        "ownerId": caller.uid,
        "schemaVersion": SCHEMA_VERSION,
        "conversationId": request.conversation_id,
        "branchId": request.branch_id,
    }
    unit.create(
        run_path(run),
        {
            **common,
            "questionId": question_id,
            "answerId": answer_id,
            "answerSeq": answer_seq,
            "state": "running",
            "startedAt": at,
            "endedAt": None,
            "attempts": [],
            "snapshot": snapshot,
            "problem": None,
        },
    )
    unit.create(
        control_path(run),
        {**common, "bodyHash": body_hash(request), "leaseUntil": at + LONGEST_RUN, "ended": False},
    )


def end_run(
    unit: UnitOfWork,
    run: str,
    *,
    guard: Any,
    state: str,
    attempts: Sequence[Mapping[str, Any]],
    problem: Mapping[str, Any] | None,
    at: datetime,
) -> None:
    """Guarded by the version that the run was last seen with, so that it ends once."""
    unit.update(
        run_path(run),
        {
            ("state",): state,
            ("endedAt",): at,
            ("attempts",): list(attempts),
            ("problem",): problem,
        },
        guard=guard,
    )


def add_segment(
    unit: UnitOfWork,
    run: str,
    number: int,
    *,
    conversation_id: str,
    start: int,
    events: Sequence[Mapping[str, Any]],
) -> None:
    unit.create(
        segment_path(run, number),
        {
            "conversationId": conversation_id,
            "start": start,
            "events": list(events),
            "createdAt": now(),
        },
    )


def remove_runs(unit: UnitOfWork, runs: Iterable[str]) -> None:
    for run in runs:
        unit.delete(run_path(run))
        unit.delete(control_path(run))


def lost_runs(limit: int = 50) -> list[Snapshot]:
    """Runs past their lease: their process is gone."""
    return database().query(
        Query(
            "runs",
            where=(
                Where("state", "==", "running"),
                Where("startedAt", "<", now() - LONGEST_RUN),
            ),
            order_by=(("startedAt", "asc"),),
            limit=limit,
        )
    )


def segments(run: str) -> list[Snapshot]:
    return database().query(
        Query(
            f"runs/{run}/segments",
            order_by=(("__name__", "asc"),),
        )
    )
