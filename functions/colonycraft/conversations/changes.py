"""How a document that a person owns is made and changed: once for each request id, and never over
what somebody else changed meanwhile."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Any

from colonycraft.errors import Contended, FailedPrecondition, RequestIdReused
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import (
    AlreadyThere,
    GuardLost,
    Snapshot,
    UnitOfWork,
    backoff,
    database,
    in_turn,
)

TRIES = 8

type Document = Mapping[str, Any]
type Owned = Callable[[Snapshot], Document]
"""Gives the data of a document to its owner, and raises NotFound for anybody else."""


def create(path: str, data: Document, owned: Owned, told_by: Sequence[str]) -> dict[str, Any]:
    """Creates a document under an id that the caller made. The same request again, which the fields
    `told_by` tell, gives what is stored. Raises NotFound, FailedPrecondition."""
    unit = database().unit_of_work()
    unit.create(path, data)
    try:
        unit.commit()
    except AlreadyThere as error:
        stored = owned(database().get(path))
        if any(stored[name] != data[name] for name in told_by):
            raise FailedPrecondition("id-used") from error
        return dict(stored)
    return dict(data)


def change(
    path: str,
    request_id: str,
    owned: Owned,
    change_to: Document | Callable[[Document], Document],
    *,
    stamps: Sequence[str] = ("changedAt",),
    check: Callable[[Snapshot], None] | None = None,
    also: Callable[[UnitOfWork], None] | None = None,
) -> dict[str, Any]:
    """Changes fields, guarded by what was read, from which `change_to` may be worked out. `stamps`
    are set to the time of it; `check` raises what speaks against it; `also` adds what belongs to it
    to the batch. The same request again changes nothing. Raises NotFound, RequestIdReused,
    Contended."""
    for attempt in range(TRIES):
        with in_turn(path):
            snapshot = database().get(path)
            data = owned(snapshot)
            changes = change_to(data) if callable(change_to) else change_to
            if _is_made(data, request_id, changes):
                return dict(data)
            if check is not None:
                check(snapshot)
            unit = database().unit_of_work()
            made = {**changes, "requestId": request_id, **dict.fromkeys(stamps, now())}
            _update(unit, snapshot, made)
            if also is not None:
                also(unit)
            try:
                unit.commit()
            except GuardLost:
                backoff(attempt)
                continue
            return {**data, **made}
    raise Contended("contended")


def change_several(
    paths: Sequence[str],
    request_id: str,
    owned: Owned,
    changes: Document,
    check: Callable[[Snapshot], None],
) -> datetime:
    """Changes fields of all these documents, or of none, as `change` does, in one batch. Gives the
    time of it."""
    for attempt in range(TRIES):
        with ExitStack() as turns:
            # In one order, so that no two wait for each other.
            for path in sorted(paths):
                turns.enter_context(in_turn(path))
            snapshots = database().get_all(paths)
            at = now()
            made = {**changes, "requestId": request_id, "changedAt": at}
            unit = database().unit_of_work()
            times = [at]
            for snapshot in snapshots:
                data = owned(snapshot)
                if _is_made(data, request_id, changes):
                    times.append(data["changedAt"])
                    continue
                check(snapshot)
                _update(unit, snapshot, made)
            try:
                if len(unit) > 0:
                    unit.commit()
                return min(times)
            except GuardLost:
                backoff(attempt)
    raise Contended("contended")


def _update(unit: UnitOfWork, snapshot: Snapshot, made: Document) -> None:
    fields = {(name,): value for name, value in made.items()}
    unit.update(snapshot.path, fields, guard=snapshot.version)


def _is_made(data: Document, request_id: str, changes: Document) -> bool:
    """Whether this request has changed it before. Raises RequestIdReused where it changed another
    thing."""
    if data["requestId"] != request_id:
        return False
    if not _has(data, changes):
        raise RequestIdReused("request-id-reused")
    return True


def _has(data: Document, changes: Document) -> bool:
    """When it was changed is another time at each try."""
    return all(
        data.get(name) == value
        for name, value in changes.items()
        if not isinstance(value, datetime)
    )
