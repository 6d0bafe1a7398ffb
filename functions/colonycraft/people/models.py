"""Profiles as they cross the door."""

from typing import Literal

from colonycraft.platform.operations import Model

Theme = Literal["light", "dark", "system", "high-contrast"]


class UpdatePreferences(Model):
    """Fields left out stay as they are."""

    theme: Theme | None = None
    default_model: str | None = None


class Preferences(Model):
    theme: Theme
    default_model: str | None
