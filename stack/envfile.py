"""Reading `.env` files exactly as firebase-tools does (its functions/env.js), for gunicorn.

The order is firebase's too: `.env`, `.env.<project>`, `.env.local`, and last `.secret.local`,
which stands for Secret Manager. A later file wins.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from stack.errors import StackError

_LINE = re.compile(
    r"""^\s*(?:export)?\s*([\w./]+)\s*=[\f\t\v]*"""
    r"""(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|[^#\r\n]*)?\s*(?:\#[^\n]*)?$""",
    re.MULTILINE | re.ASCII,
)
_QUOTED = re.compile(r"""^(["'])(.*)\1$""", re.DOTALL)
_ESCAPED = re.compile(r"""\\[nrtv\\'"]""")
_CHARACTERS = {"n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_NAME = re.compile(r"[A-Z_][A-Z0-9_]*")
_RESERVED_PREFIXES = ("X_GOOGLE_", "FIREBASE_", "EXT_", "KIT_")
_RESERVED = {
    "FIREBASE_CONFIG",
    "CLOUD_RUNTIME_CONFIG",
    "EVENTARC_CLOUD_EVENT_SOURCE",
    "ENTRY_POINT",
    "GCP_PROJECT",
    "GCLOUD_PROJECT",
    "GOOGLE_CLOUD_PROJECT",
    "FUNCTION_TRIGGER_TYPE",
    "FUNCTION_NAME",
    "FUNCTION_MEMORY_MB",
    "FUNCTION_TIMEOUT_SEC",
    "FUNCTION_IDENTITY",
    "FUNCTION_REGION",
    "FUNCTION_TARGET",
    "FUNCTION_SIGNATURE_TYPE",
    "K_SERVICE",
    "K_REVISION",
    "PORT",
    "K_CONFIGURATION",
}


def parse(text: str, name: str = ".env") -> dict[str, str]:
    """The settings of one file; a StackError names lines and keys that firebase would refuse."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    settings: dict[str, str] = {}
    for match in _LINE.finditer(text):
        value = (match[2] or "").strip()
        if quoted := _QUOTED.match(value):
            value = quoted[2]
            if quoted[1] == '"':
                value = _ESCAPED.sub(_unescaped, value)
        settings[match[1]] = value
    leftover = [line.strip() for line in _LINE.sub("", text).splitlines()]
    # The line itself may hold a key, so only its number is told.
    wrong = [line for line in leftover if line and not line.startswith("#")]
    if wrong:
        numbers = [
            str(number)
            for number, line in enumerate(text.splitlines(), 1)
            if any(part and part in line for part in wrong)
        ]
        raise StackError(f"{name}: cannot read line {', '.join(numbers)}; write NAME=value.")
    for key in settings:
        if not _NAME.fullmatch(key):
            raise StackError(f"{name}: {key} must be upper-case letters, digits, underscores.")
        if key in _RESERVED or key.startswith(_RESERVED_PREFIXES):
            raise StackError(f"{name}: {key} is reserved by Firebase; choose another name.")
    return settings


def read(files: Iterable[Path]) -> dict[str, str]:
    """The settings of those files that exist, a later one winning."""
    settings: dict[str, str] = {}
    for file in files:
        if file.exists():
            settings |= parse(file.read_text(), file.name)
    return settings


def _unescaped(match: re.Match[str]) -> str:
    character = match[0][1]
    return _CHARACTERS.get(character, character)
