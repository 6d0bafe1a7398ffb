"""The environments of a stack's processes: what is passed on, what is ours, what is kept out."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from stack.ports import HOST, Ports

# Of another stack, of the `make` that called us, or a way to real Google services.
_NOT_PASSED_ON = (
    "FIRESTORE_EMULATOR_HOST",
    "FIREBASE_AUTH_EMULATOR_HOST",
    "FIREBASE_STORAGE_EMULATOR_HOST",
    "STORAGE_EMULATOR_HOST",
    "CLOUD_TASKS_EMULATOR_HOST",
    "CLOUD_EVENTARC_EMULATOR_HOST",
    "FIREBASE_EMULATOR_HUB",
    "FIREBASE_CONFIG",
    "GCLOUD_PROJECT",
    "GOOGLE_CLOUD_PROJECT",
    "GOOGLE_APPLICATION_CREDENTIALS",
    "COLONYCRAFT_WEB",
    "COLONYCRAFT_FUNCTIONS",
    "COLONYCRAFT_SECRETS",
    "COLONYCRAFT_PROVIDER",
    "MAKEFLAGS",
    "MFLAGS",
    "MAKELEVEL",
    "MAKEOVERRIDES",
    "CMD",
)
PROVIDER_PATHS = {"OPENAI_BASE_URL": "/v1", "ANTHROPIC_BASE_URL": "", "MISTRAL_BASE_URL": ""}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def passed_on() -> dict[str, str]:
    """This process's environment without what must not reach a stack."""
    return {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}


def without_keys(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without the keys of providers, so that no test can spend money."""
    return {name: value for name, value in environment.items() if not name.endswith("_API_KEY")}


def closed_to_providers(settings: Mapping[str, str], ports: Ports) -> dict[str, str]:
    """The providers' base addresses for a stack that must not reach them.

    An address on this machine is a test's own server and stays; every other becomes the stack's
    provider port, which is closed unless a test listens on it.
    """
    return {
        name: settings[name]
        if is_local(settings.get(name, ""))
        else f"http://{HOST}:{ports.provider}{path}"
        for name, path in PROVIDER_PATHS.items()
    }


def is_local(address: str) -> bool:
    """Whether an address is on this machine."""
    return urlsplit(address).hostname in _LOOPBACK


def emulator_addresses(project: str, ports: Ports) -> dict[str, str]:
    """The emulators' own variables, as Firebase's SDKs read them, and the project's id."""
    return {
        "FIRESTORE_EMULATOR_HOST": f"{HOST}:{ports.firestore}",
        "FIREBASE_AUTH_EMULATOR_HOST": f"{HOST}:{ports.auth}",
        "FIREBASE_STORAGE_EMULATOR_HOST": f"{HOST}:{ports.storage}",
        "STORAGE_EMULATOR_HOST": f"http://{HOST}:{ports.storage}",
        "CLOUD_TASKS_EMULATOR_HOST": f"{HOST}:{ports.tasks}",
        "FIREBASE_EMULATOR_HUB": f"{HOST}:{ports.hub}",
        "GCLOUD_PROJECT": project,
        "GOOGLE_CLOUD_PROJECT": project,
    }
