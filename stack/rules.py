"""Firestore's rules: an edit is handed to the running emulator; a broken one leaves the old."""

import json
import urllib.error
import urllib.request
from pathlib import Path

from stack.ports import HOST


def load(rules: Path, port: int, project: str) -> str:
    """Give the rules to the Firestore emulator; the empty string, or what is wrong and where.

    The emulators have a copy of the file and never see the original change: firebase-tools' own
    reload ends the whole suite where hidane is Firestore.
    """
    body = {"rules": {"files": [{"name": rules.name, "content": rules.read_text()}]}}
    request = urllib.request.Request(
        f"http://{HOST}:{port}/emulator/v1/projects/{project}:securityRules",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
        method="PUT",
    )
    try:
        with urllib.request.urlopen(request, timeout=10):
            return ""
    except urllib.error.HTTPError as refused:
        return _reason(refused.read().decode(errors="replace"))
    except OSError as away:
        return str(away)


def _reason(body: str) -> str:
    try:
        return json.loads(body)["error"]["message"]
    except (ValueError, KeyError, TypeError):
        return body.strip()
