"""How a document that a person owns is made and changed: once for each request id, and never over
what somebody else changed meanwhile."""

from collections.abc import Callable, Mapping, Sequence
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
            if data["requestId"] == request_id:
                if not _has(data, changes):
                    raise RequestIdReused("request-id-reused")
                return dict(data)
            if check is not None:
                check(snapshot)
            made = {**changes, "requestId": request_id, **dict.fromkeys(stamps, now())}
            unit = database().unit_of_work()
            fields = {(name,): value for name, value in made.items()}
            unit.update(path, fields, guard=snapshot.version)
            if also is not None:
                also(unit)
            try:
                unit.commit()
            except GuardLost:
                backoff(attempt)
                continue
            return {**data, **made}
    raise Contended("contended")


def _has(data: Document, changes: Document) -> bool:
    """When it was changed is another time at each try."""
    return all(
        data.get(name) == value
        for name, value in changes.items()
        if not isinstance(value, datetime)
    )
