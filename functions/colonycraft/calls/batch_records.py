"""`batches/{id}`: what is asked in a batch, until it is answered and removed. No rule opens it.

    created ── sent (`upstream`) ── looked at when `lookAt` has come ── deleted

One at a time has an id. Who changes a record guards it by what was read, so a process that was
taken for lost changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from colonycraft.calls.store import SCHEMA_VERSION
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import GuardLost, Query, Snapshot, Where, database
from colonycraft.platform.operations import Caller

SENT_WITHIN = timedelta(minutes=10)
"""Who has not said by then that a batch is sent has lost its process."""
SOONEST, LATEST = timedelta(minutes=5), timedelta(minutes=30)
"""Between two looks; a quarter of a batch's age is between them."""
ENDS_WITHIN = timedelta(hours=26)
"""Providers promise a day."""
MOST_DUE = 100


@dataclass(slots=True)
class Batch:
    """`name` is the id of its entry in the ledger, and what it is called at the provider;
    `upstream` is the provider's own id, None while it is not known. `subject` is what it is about,
    in the words of who asks. `version` guards the next change."""

    id: str
    name: str
    caller: Caller
    model: str
    subject: Mapping[str, Any]
    created_at: datetime
    upstream: str | None = None
    version: Any = None

    @property
    def path(self) -> str:
        return path_of(self.id)

    @property
    def is_late(self) -> bool:
        return now() > self.created_at + ENDS_WITHIN

    def create(self) -> None:
        """Raises AlreadyThere, Unavailable."""
        unit = database().unit_of_work()
        unit.create(
            self.path,
            {
                **self.caller.stored(),
                "keyId": self.caller.key,
                "schemaVersion": SCHEMA_VERSION,
                "name": self.name,
                "model": self.model,
                "subject": dict(self.subject),
                "createdAt": self.created_at,
                "upstream": None,
                "lookAt": self.created_at + SENT_WITHIN,
            },
        )
        (self.version,) = unit.commit()

    def sent(self, upstream: str) -> None:
        """Raises GuardLost, Unavailable."""
        self.upstream = upstream
        self.look_in(SOONEST)

    def look_in(self, time: timedelta) -> None:
        """Raises GuardLost, Unavailable."""
        unit = database().unit_of_work()
        changes = {("upstream",): self.upstream, ("lookAt",): now() + time}
        unit.update(self.path, changes, guard=self.version)
        (self.version,) = unit.commit()

    def delete(self) -> None:
        """Raises GuardLost, Unavailable."""
        unit = database().unit_of_work()
        unit.delete(self.path, guard=self.version)
        unit.commit()


def path_of(id: str) -> str:
    return f"batches/{id}"


def due() -> list[str]:
    """The ids of those that are to be looked at, at most `MOST_DUE`. One read each."""
    query = Query(
        "batches",
        where=(Where("lookAt", "<=", now()),),
        order_by=(("lookAt", "asc"),),
        limit=MOST_DUE,
        fields=("lookAt",),
    )
    return [one.id for one in database().query(query)]


def claim(id: str) -> Batch | None:
    """Lets this process alone look at a batch, until it is due again. None: it is not due, or not
    there. One read, one write."""
    stored = database().get(path_of(id))
    if stored.data is None or stored.data["lookAt"] > now():
        return None
    batch = _read(stored)
    try:
        batch.look_in(min(max(SOONEST, (now() - batch.created_at) / 4), LATEST))
    except GuardLost:
        return None
    return batch


def _read(stored: Snapshot) -> Batch:
    data: dict[str, Any] = stored.data or {}
    return Batch(
        stored.id,
        data["name"],
        Caller.of(data),
        data["model"],
        data["subject"],
        data["createdAt"],
        data["upstream"],
        stored.version,
    )
