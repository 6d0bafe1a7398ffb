"""Profiles as they cross the door."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from colonycraft.platform.operations import Model, Role

Theme = Literal["light", "dark", "system", "high-contrast"]
# A tag of BCP 47, such as `de` or `zh-Hans`; which there are is for the web app to say.
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$")]

ModelName = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class UpdatePreferences(Model):
    """Fields left out stay as they are."""

    theme: Theme | None = None
    language: Language | None = None
    default_model: str | None = None
    metrics: bool | None = None
    pinned_models: Annotated[list[ModelName], Field(max_length=20)] | None = None


class Preferences(Model):
    """`language`: null follows the browser. `metrics`: ratings and sessions may be counted.
    `pinned_models` come first where a model is chosen, in the order in which they were pinned."""

    theme: Theme
    language: str | None
    default_model: str | None
    metrics: bool
    pinned_models: list[str]


class Standing(Model):
    """What the caller is in this workspace: an administrator may call what others may not."""

    role: Role
