"""What calls keep in the database; no rule opens any of it.

`health/{connection}`: where processes tell each other how connections and models do. A document
holds one entry a model, and one for the connection itself.
`cache/{hash}`: a whole answer (`cache.py`).
`batches/{id}`: what is asked in a batch (`batch_records.py`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Read, Sent, Snapshot, database

SCHEMA_VERSION = 1

Entries = Mapping[str, Mapping[str, Any]]


def read_health(connection_ids: Sequence[str]) -> list[Snapshot]:
    """One round trip, one read a connection. Raises Unavailable."""
    return database().get_all([f"health/{id}" for id in connection_ids])


def write_health(stored: Snapshot, entries: Entries) -> None:
    """Replaces what was read; raises AlreadyThere or GuardLost when it has changed since, and
    Unavailable."""
    unit = database().unit_of_work()
    fields = {"entries": entries, "schemaVersion": SCHEMA_VERSION, "updatedAt": now()}
    if stored.data is None:
        unit.create(stored.path, fields)
    else:
        unit.update(stored.path, {(name,): value for name, value in fields.items()},
                    guard=stored.version)  # fmt: skip
    unit.commit()


def read_answer(key: str, *, within: float) -> Read[list[Snapshot]]:
    """Asks at once for what is kept under a key. What it returns raises Unavailable, also after so
    many seconds."""
    return database().get_all_later([f"cache/{key}"], timeout=within)


def write_answer(key: str, fields: Mapping[str, Any]) -> Sent:
    """Replaces what is kept under a key, and does not wait."""
    unit = database().unit_of_work()
    unit.merge(f"cache/{key}", {(name,): value for name, value in fields.items()})
    return unit.commit_later()
