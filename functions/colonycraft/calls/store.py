"""Where processes tell each other how connections and models do: `health/{connection}`.

A document holds one entry a model, and one for the connection itself. No rule opens it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Snapshot, database

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
