"""`users/{uid}`: a person's profile and preferences. Only that person reads it."""

from typing import Any

from colonycraft.people.models import Preferences, UpdatePreferences
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import database
from colonycraft.platform.operations import Caller

SCHEMA_VERSION = 1


def update_preferences(caller: Caller, changes: UpdatePreferences) -> Preferences:
    path = f"users/{caller.uid}"
    fields: dict[tuple[str, ...], Any] = {
        ("orgId",): caller.org_id,
        ("ownerId",): caller.uid,
        ("schemaVersion",): SCHEMA_VERSION,
        ("updatedAt",): now(),
    }
    given = changes.model_dump(by_alias=True, exclude_unset=True)
    fields.update({("preferences", name): value for name, value in given.items()})
    unit = database().unit_of_work()
    unit.merge(path, fields)
    unit.commit()
    stored = (database().get(path).data or {}).get("preferences", {})
    return Preferences(
        theme=stored.get("theme") or "system", default_model=stored.get("defaultModel")
    )
