"""The checkout's own configuration: firebase.json, settings, the content policy. No network."""

import os
import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from typing import Any
from urllib.parse import urlsplit

from deploy.functions import Declared, deployed_providers
from deploy.plan import Plan
from deploy.target import Target, load_json, path
from stack.environment import is_local

_NEVER_UPLOADED = ("venv", ".secret.local", ".env.local", "__pycache__")
_EMULATOR = ("FUNCTIONS_EMULATOR", "FIREBASE_EMULATOR_HUB")
_KEY_ENDINGS = ("_API_KEY", "_SECRET", "_TOKEN", "_PASSWORD")
_CHOICES = {"APP_CHECK": ("off", "enforce"), "OPENAI_API": ("responses", "chat")}
_NUMBERS = ("THREADS", "LOCAL_PROMPT_TOKENS", "LOCAL_ANSWER_TOKENS")
_ADDRESS_ENDINGS = ("_BASE_URL", "_HOST")
_DOCUMENTED = re.compile(r"^(?:# )?([A-Z][A-Z0-9_]*)=", re.MULTILINE)


def check_firebase_json(plan: Plan) -> Mapping[str, Any]:
    """Whether firebase.json deploys what is here, and nothing private. Returns its contents."""
    contents = load_json("firebase.json")["firebase.json"]
    firestore = contents.get("firestore", {})
    wrong = [
        f"firestore.{name} names no file that is there"
        for name in ("rules", "indexes")
        if not path(firestore.get(name, "-")).is_file()
    ]
    codebases = contents.get("functions", [])
    if len(codebases) != 1 or codebases[0].get("source") != "functions":
        wrong.append("functions must be one codebase with the source functions")
    else:
        ignored = codebases[0].get("ignore", [])
        wrong += [
            f"functions.ignore does not keep {name} from being uploaded"
            for name in _NEVER_UPLOADED
            if not any(fnmatch(name, pattern) for pattern in ignored)
        ]
    if contents.get("hosting", {}).get("public") != "web/dist":
        wrong.append("hosting.public is not web/dist, where the web app is built")
    if wrong:
        plan.missing("firebase.json", "; ".join(wrong))
    else:
        plan.ok("firebase.json", "rules, indexes, functions, hosting; nothing private is uploaded")
    return contents


def check_settings(plan: Plan, target: Target, secrets: Iterable[str] = ()) -> None:
    """Whether the settings may be deployed at all, and whether each has a value that means
    something. `secrets` are the names of the known providers' keys."""
    problems = [*_forbidden(target.settings, secrets), *_meaningless(target)]
    files = ", ".join(target.setting_files) or "no file"
    for name, problem, todo in problems:
        plan.missing(name, problem, todo)
    if not problems:
        names = ", ".join(sorted(target.settings))
        plan.ok("settings", f"{files}: {names}")
    unknown = sorted(set(target.settings) - documented_settings() - {name for name, *_ in problems})
    if unknown:
        plan.doubtful("settings", f"functions/.env does not know {', '.join(unknown)}: misspelt?")
    if "ollama" in deployed_providers(target) and not target.settings.get("OLLAMA_HOST"):
        plan.doubtful(
            "OLLAMA_HOST",
            "is not set: Ollama is at https://ollama.com then, and no models of it are listed",
            f"OLLAMA_HOST=https://ollama.com, or your server's address, in {target.own_settings}",
        )
    leading = sorted(name for name in os.environ if _is_emulators(name))
    if leading:
        plan.missing(
            "the shell",
            f"has {', '.join(leading)}: firebase-tools would speak to an emulator",
            f"unset {' '.join(leading)}",
        )


def documented_settings() -> set[str]:
    """The settings that functions/.env explains, whether it sets them or not."""
    return set(_DOCUMENTED.findall(path("functions/.env").read_text()))


def check_policy(
    plan: Plan, target: Target, contents: Mapping[str, Any], declared: Declared
) -> None:
    """Whether the Content-Security-Policy lets the web app reach every function."""
    allowed = _connect_sources(contents.get("hosting", {}))
    called = [one for one in declared.functions if one.is_called]
    addresses = {one.name: one.address(target.project) for one in called}
    closed = [name for name, at in addresses.items() if not _is_allowed(at, allowed)]
    if closed:
        plan.missing(
            "content policy",
            f"lets no browser reach {', '.join(closed)}",
            f"Add {addresses[closed[0]].rpartition('/')[0]} to connect-src in firebase.json.",
        )
    elif addresses:
        plan.ok("content policy", "lists the functions' addresses")


def _forbidden(
    settings: Mapping[str, str], secrets: Iterable[str]
) -> Iterable[tuple[str, str, str]]:
    known = set(secrets)
    for name, value in settings.items():
        if _is_emulators(name):
            yield name, "leads deployed functions to an emulator", _only_here(name)
        elif name in known or name.endswith(_KEY_ENDINGS):
            yield (
                name,
                "is a key: settings are readable for everybody who may see the functions",
                f"Remove {name}; here it belongs into functions/.secret.local, "
                "deployed into Secret Manager.",
            )
        elif name.endswith(_ADDRESS_ENDINGS) and value and is_local(_with_scheme(value)):
            yield name, f"is {value}, which is on this machine", _only_here(name)


def _meaningless(target: Target) -> Iterable[tuple[str, str, str]]:
    settings = target.settings
    for name, choices in _CHOICES.items():
        if name in settings and settings[name] not in choices:
            yield name, f"is {settings[name]!r}", f"It can be {' or '.join(choices)}."
    for name in _NUMBERS:
        if settings.get(name) and not settings[name].isdecimal():
            yield name, f"is {settings[name]!r}", "It must be a whole number."
    default = settings.get("DEFAULT_MODEL")
    providers = deployed_providers(target)
    if default and default.partition("/")[0] not in providers:
        yield (
            "DEFAULT_MODEL",
            f"is {default}, but deployed are {', '.join(providers) or 'no providers'}",
            "Name it as connection/model, with one of these connections.",
        )


def _only_here(name: str) -> str:
    return f"Move {name} to functions/.env.local, which is for this machine alone."


def _is_emulators(name: str) -> bool:
    return name.endswith("_EMULATOR_HOST") or name in _EMULATOR


def _with_scheme(address: str) -> str:
    return address if "://" in address else f"http://{address}"


def _connect_sources(hosting: Mapping[str, Any]) -> list[str]:
    for rule in hosting.get("headers", []):
        for header in rule.get("headers", []):
            if header.get("key", "").lower() != "content-security-policy":
                continue
            for directive in header["value"].split(";"):
                words = directive.split()
                if words[:1] == ["connect-src"]:
                    return words[1:]
    return []


def _is_allowed(address: str, sources: Iterable[str]) -> bool:
    wanted = urlsplit(address)
    for source in sources:
        allowed = urlsplit(source)
        host = allowed.hostname or ""
        if allowed.scheme != wanted.scheme or not wanted.hostname:
            continue
        if host == wanted.hostname or (
            host.startswith("*.") and wanted.hostname.endswith(host.removeprefix("*"))
        ):
            return True
    return False
