"""Profiles as they cross the door."""

from typing import Literal

from colonycraft.platform.operations import Model

Theme = Literal["light", "dark", "system"]


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
