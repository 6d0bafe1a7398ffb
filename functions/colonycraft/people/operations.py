"""What a person can do with their own profile."""

from colonycraft.people import store
from colonycraft.people.models import Preferences, Standing, UpdatePreferences
from colonycraft.platform.operations import Caller, Empty, Operation


def update_preferences(caller: Caller, request: UpdatePreferences) -> Preferences:
    return store.update_preferences(caller, request)


def standing(caller: Caller, _request: Empty) -> Standing:
    """Reads nothing: the sign-in and the settings tell."""
    return Standing(role=caller.role)


OPERATIONS = (
    Operation(
        name="people.standing",
        summary="What the caller is: an administrator, a member or a guest.",
        handler=standing,
        input=Empty,
        output=Standing,
    ),
    Operation(
        name="people.updatePreferences",
        summary="Changes the caller's preferences: theme, language, models, what is counted.",
        handler=update_preferences,
        input=UpdatePreferences,
        output=Preferences,
        example={"theme": "dark"},
    ),
)
