"""What the web app of a stack may connect to: the deployed policy plus this machine's addresses."""

import copy
from collections.abc import Iterable, Mapping
from typing import Any

_POLICY = "Content-Security-Policy"


def with_origins(policy: str, additions: Mapping[str, Iterable[str]]) -> str:
    """Add sources to directives of a Content-Security-Policy, leaving all else as it is.

    A directive that allowed nothing (`'none'`) allows just the additions; one that is not there
    would fall back to default-src, so it is added with default-src's sources.
    """
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        if words := directive.split():
            directives[words[0].lower()] = words[1:]
    for name, origins in additions.items():
        sources = directives.get(name, directives.get("default-src", []))
        kept = [source for source in sources if source != "'none'"]
        directives[name] = list(dict.fromkeys([*kept, *origins]))
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def local_hosting(
    hosting: dict[str, Any], origins: Iterable[str], frames: Iterable[str]
) -> dict[str, Any]:
    """The hosting part of firebase.json with `origins` reachable by fetch, `frames` as frames."""
    local = copy.deepcopy(hosting)
    additions = {"connect-src": list(origins), "frame-src": list(frames)}
    for rule in local.get("headers", []):
        if rule["source"].startswith("/sandbox/"):
            # What runs there reaches nothing, here as in production.
            continue
        for header in rule["headers"]:
            if header["key"].lower() == _POLICY.lower():
                header["value"] = with_origins(header["value"], additions)
    return local
