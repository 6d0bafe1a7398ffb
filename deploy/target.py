"""What is deployed where: a checkout, a project, and the settings that hold for that project."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stack import envfile
from stack.errors import StackError
from stack.layout import CHECKOUT, FUNCTIONS

_PROJECT = re.compile(r"[a-z][a-z0-9-]{4,28}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Target:
    """`project` is the id at Google, `alias` the name in .firebaserc that stood for it, if any.

    `settings` are those that the deployed functions get; `setting_files` say where they are from.
    """

    project: str
    alias: str | None
    settings: Mapping[str, str]
    setting_files: tuple[str, ...]

    @property
    def own_settings(self) -> str:
        """The file for settings of this project alone."""
        own = [name for name in self.setting_files if name != "functions/.env"]
        return own[0] if own else f"functions/.env.{self.project}"

    @property
    def named(self) -> str:
        """How firebase-tools is told of the project."""
        return self.alias or self.project

    def environment(self) -> dict[str, str]:
        """The environment in which firebase-tools discovers functions: settings win over ours."""
        return {
            **os.environ,
            **self.settings,
            "FIREBASE_CONFIG": json.dumps({"projectId": self.project}),
            "GCLOUD_PROJECT": self.project,
        }


def resolve(named: str) -> Target:
    """The target that a person named, by id or by alias.

    Raises StackError for a name that no deployment can go to, and for settings that firebase-tools
    would refuse.
    """
    if not named:
        raise StackError("Say where to: make deploy PROJECT=my-project (DRY_RUN=1 only checks).")
    aliases = load_json("firebase.json", ".firebaserc")[".firebaserc"].get("projects", {})
    project = aliases.get(named, named)
    if project.startswith("demo-"):
        raise StackError(f"{project} is for the emulators: no project at Google begins with demo-.")
    if not _PROJECT.fullmatch(project):
        raise StackError(
            f"{project!r} is no project id: 6 to 30 lower-case letters, digits and hyphens. "
            "It stands in the project settings of the Firebase console."
        )
    alias = named if named in aliases else None
    # As firebase-tools: an alias has a file of settings only where the alias itself is named.
    own = [FUNCTIONS / f".env.{name}" for name in (project, alias) if name]
    found = [file for file in own if file.exists()]
    if len(found) > 1:
        raise StackError(f"{found[0].name} and {found[1].name} are for one project: keep one.")
    files = [file for file in (FUNCTIONS / ".env", *found) if file.exists()]
    names = tuple(str(file.relative_to(CHECKOUT)) for file in files)
    return Target(project, alias, envfile.read(files), names)


def load_json(*names: str) -> dict[str, Any]:
    """Files of the checkout by name, parsed. Raises StackError that says where one is broken."""
    contents: dict[str, Any] = {}
    for name in names:
        try:
            contents[name] = json.loads((CHECKOUT / name).read_text())
        except FileNotFoundError as error:
            raise StackError(f"{name} is missing from this checkout.") from error
        except ValueError as error:
            raise StackError(f"{name} is not valid JSON: {error}") from error
    return contents


def path(name: str) -> Path:
    """A file of the checkout."""
    return CHECKOUT / name
