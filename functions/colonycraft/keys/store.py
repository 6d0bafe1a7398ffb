"""Keys in Firestore; no rule opens them.

`keys/{id}`: a key, with the SHA-256 of its token. The id is a hash of person and request id, so the
same request cannot make two; it is no secret. One that is revoked stays, for the ledger's sake.
`keyRings/{uid}`: the ids of a person's keys, guarded, so that nobody has more than `MOST`.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from colonycraft.errors import Contended, FailedPrecondition, NotFound, RequestIdReused
from colonycraft.platform import log
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import (
    AlreadyThere,
    GuardLost,
    Query,
    Snapshot,
    UnitOfWork,
    Where,
    backoff,
    database,
    in_turn,
)
from colonycraft.platform.operations import Caller
from colonycraft.usage.budgets import Budget, Whom

SCHEMA_VERSION = 1
MOST = 20
"""Keys of one person."""
PAGE = 100
TRIES = 8
PATIENCE = 5.0
"""Seconds that the database has to say what a key is: whoever uses it waits for it."""


@dataclass(frozen=True, slots=True)
class Key:
    """`hash` is the SHA-256 of the whole token, in hexadecimal; `models` None: all."""

    id: str
    owner_id: str
    org_id: str
    name: str
    hash: str
    created_at: datetime
    expires_at: datetime
    models: tuple[str, ...] | None = None
    budget: Budget | None = None
    revoked: bool = False
    last_used_day: str | None = None

    @property
    def path(self) -> str:
        return path_of(self.id)

    def is_for(self, model: str) -> bool:
        """`model` is connection/model."""
        return self.models is None or any(fnmatchcase(model, one) for one in self.models)


def path_of(id: str) -> str:
    return f"keys/{id}"


def id_of(caller: Caller, request_id: str) -> str:
    return hashlib.sha256(f"{caller.uid}\0{request_id}".encode()).hexdigest()[:20]


def create(caller: Caller, key: Key) -> None:
    """Raises RequestIdReused where the request has made one, FailedPrecondition where there are
    `MOST`, Contended."""

    def add(ring: Sequence[str], unit: UnitOfWork) -> list[str]:
        if database().get(key.path).data is not None:
            raise RequestIdReused("key-made-already")
        if len(ring) >= MOST:
            raise FailedPrecondition("keys-full", most=MOST)
        unit.create(key.path, _fields(key))
        return [*ring, key.id]

    _change_ring(key.owner_id, key.org_id, add)


def revoke(caller: Caller, id: str) -> Key:
    """Of its person, or of anybody by an administrator. Twice is as once. Raises NotFound,
    Contended."""
    key = read(id)
    if key is None or (key.owner_id != caller.uid and caller.role != "admin"):
        raise NotFound("key-missing")

    def remove(ring: Sequence[str], unit: UnitOfWork) -> list[str]:
        changes = {"state": "revoked", "revokedAt": now(), "revokedBy": caller.uid}
        unit.update(key.path, {(name,): value for name, value in changes.items()})
        return [one for one in ring if one != id]

    if not key.revoked:
        _change_ring(key.owner_id, key.org_id, remove)
    return key


def _change_ring(
    uid: str, org_id: str, change: Callable[[Sequence[str], UnitOfWork], list[str]]
) -> None:
    path = f"keyRings/{uid}"
    for attempt in range(TRIES):
        with in_turn(path):
            ring = database().get(path)
            unit = database().unit_of_work()
            ids = change((ring.data or {}).get("keys", ()), unit)
            if ring.data is None:
                base = {"orgId": org_id, "ownerId": uid, "schemaVersion": SCHEMA_VERSION}
                unit.create(path, {**base, "keys": ids})
            else:
                unit.update(path, {("keys",): ids}, guard=ring.version)
            try:
                unit.commit()
            except (AlreadyThere, GuardLost):
                pass
            else:
                return
        backoff(attempt)
    raise Contended("contended")


def read(id: str) -> Key | None:
    (stored,) = database().get_all_later([path_of(id)], timeout=PATIENCE)()
    return _key(stored)


def of_person(uid: str) -> list[Key]:
    """The newest first. A read, and one a key."""
    ids = (database().get(f"keyRings/{uid}").data or {}).get("keys", ())
    stored = database().get_all([path_of(id) for id in ids]) if ids else []
    keys = [key for one in stored if (key := _key(one)) is not None]
    return sorted(keys, key=lambda key: key.created_at, reverse=True)


def of_ids(ids: Sequence[str]) -> list[Key]:
    """Those that there are or were, each once. A read a key."""
    stored = database().get_all([path_of(id) for id in dict.fromkeys(ids)]) if ids else []
    return [key for one in stored if (key := _key(one)) is not None]


def page(after: str | None) -> tuple[list[Key], bool]:
    """Keys of all people that are not revoked, the newest first, and whether there are more. Raises
    NotFound."""
    last = None
    if after is not None:
        last = database().get(path_of(after))
        if last.data is None:
            raise NotFound("key-missing")
    found = database().query(
        Query(
            "keys",
            where=(Where("state", "==", "active"),),
            order_by=(("createdAt", "desc"), ("__name__", "desc")),
            limit=PAGE + 1,
            after=last,
        )
    )
    keys = [key for one in found[:PAGE] if (key := _key(one)) is not None]
    return keys, len(found) > PAGE


def note_used(key: Key, day: str) -> None:
    """Does not wait."""
    unit = database().unit_of_work()
    unit.update(key.path, {("lastUsedDay",): day})
    unit.commit_later().on_failure(
        lambda error: log.error("the use of a key was not noted", error, key=key.id)
    )


def _fields(key: Key) -> dict[str, Any]:
    budget = key.budget
    return {
        "orgId": key.org_id,
        "ownerId": key.owner_id,
        "schemaVersion": SCHEMA_VERSION,
        "name": key.name,
        "hash": key.hash,
        "createdAt": key.created_at,
        "expiresAt": key.expires_at,
        "state": "active",
        "lastUsedDay": None,
        "models": None if key.models is None else list(key.models),
        "budget": None
        if budget is None
        else {"limit": budget.limit, "unit": budget.unit, "period": budget.period},
    }


def _key(stored: Snapshot) -> Key | None:
    data: Mapping[str, Any] | None = stored.data
    if data is None:
        return None
    models, budget = data["models"], data["budget"]
    return Key(
        stored.id,
        data["ownerId"],
        data["orgId"],
        data["name"],
        data["hash"],
        data["createdAt"],
        data["expiresAt"],
        None if models is None else tuple(models),
        None if budget is None else Budget(Whom(shared=True, key=stored.id), **budget),
        data["state"] != "active",
        data["lastUsedDay"],
    )
