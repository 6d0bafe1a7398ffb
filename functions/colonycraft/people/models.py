"""Profiles as they cross the door."""

from typing import Literal

from colonycraft.platform.operations import Model, Role

Theme = Literal["light", "dark", "system", "high-contrast"]


class UpdatePreferences(Model):
    """Fields left out stay as they are."""

    theme: Theme | None = None
    default_model: str | None = None
    metrics: bool | None = None


class Preferences(Model):
    """`metrics`: ratings and sessions may be counted."""

    theme: Theme
    default_model: str | None
    metrics: bool


class Standing(Model):
    """What the caller is in this workspace: an administrator may call what others may not."""

    role: Role
