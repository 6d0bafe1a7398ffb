"""`organisations/workspace`: what administrators have saved for spending. No rule opens it.

The whole deployment is one workspace: budgets of all hold for everybody, and each person's own
organisation is named `personal-...`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Read, database
from colonycraft.platform.operations import Caller
from colonycraft.usage.policy_models import PolicyRules

SCHEMA_VERSION = 1
PATH = "organisations/workspace"
PATIENCE = 5.0
"""Seconds that the database has to say what is saved: whoever asks something waits for it."""

NOTHING = PolicyRules(budgets=[])


@dataclass(frozen=True, slots=True)
class SavedPolicy:
    """`revision` 0: nothing was ever saved. `version` guards the next save."""

    rules: PolicyRules = NOTHING
    revision: int = 0
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: Any = None


def read_policy() -> Read[SavedPolicy]:
    """Asks at once; what it returns raises Unavailable."""
    read = database().get_all_later([PATH], timeout=PATIENCE)

    def answer() -> SavedPolicy:
        (stored,) = read()
        if stored.data is None:
            return SavedPolicy()
        data = stored.data
        return SavedPolicy(
            PolicyRules.model_validate(data["policy"]),
            data["revision"],
            data["changedBy"],
            data["updatedAt"],
            stored.version,
        )

    return answer


def write_policy(caller: Caller, before: SavedPolicy, rules: PolicyRules) -> SavedPolicy:
    """Raises AlreadyThere or GuardLost when it has changed since it was read, and Unavailable."""
    at, revision, by = now(), before.revision + 1, caller.name or caller.email
    fields = {
        "schemaVersion": SCHEMA_VERSION,
        "policy": rules.model_dump(),
        "revision": revision,
        "ownerId": caller.uid,
        "changedBy": by,
        "updatedAt": at,
    }
    unit = database().unit_of_work()
    if before.version is None:
        unit.create(PATH, fields)
    else:
        unit.update(PATH, {(name,): value for name, value in fields.items()}, guard=before.version)
    (version,) = unit.commit()
    return SavedPolicy(rules, revision, by, at, version)
