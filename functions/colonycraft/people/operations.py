"""What a person can do with their own profile."""

from colonycraft.people import store
from colonycraft.people.models import Preferences, UpdatePreferences
from colonycraft.platform.operations import Caller, Operation


def update_preferences(caller: Caller, request: UpdatePreferences) -> Preferences:
    return store.update_preferences(caller, request)


OPERATIONS = (
    Operation(
        name="people.updatePreferences",
        summary="Changes the caller's preferences: theme, model for new chats.",
        handler=update_preferences,
        input=UpdatePreferences,
        output=Preferences,
        example={"theme": "dark"},
    ),
)
