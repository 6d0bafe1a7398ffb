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
    return _preferences(caller)


def wants_to_be_counted(caller: Caller) -> bool:
    """Whether ratings and sessions may be kept for counts. One read."""
    return _preferences(caller).metrics


def _preferences(caller: Caller) -> Preferences:
    stored = (database().get(f"users/{caller.uid}").data or {}).get("preferences", {})
    return Preferences(
        theme=stored.get("theme") or "system",
        language=stored.get("language"),
        default_model=stored.get("defaultModel"),
        metrics=stored.get("metrics") is not False,
        pinned_models=stored.get("pinnedModels") or [],
    )
