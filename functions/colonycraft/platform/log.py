"""Structured logs: one JSON object a line, as Cloud Logging reads it.

What is logged is named field by field, so that no prompt, key or token can be among it.
"""

import json
import sys
import traceback
from collections.abc import Mapping

Value = str | int | float | bool | None


def write(severity: str, message: str, fields: Mapping[str, Value]) -> None:
    line = json.dumps({"severity": severity, "message": message, **fields})
    # One write, so that lines of two threads never mix: `print` makes two of it when unbuffered.
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def info(message: str, **fields: Value) -> None:
    write("INFO", message, fields)


def warning(message: str, **fields: Value) -> None:
    write("WARNING", message, fields)


def error(message: str, cause: BaseException | None = None, **fields: Value) -> None:
    """Logs the cause's type and place, not its text, which may quote what a person wrote."""
    if cause is not None:
        chain: list[str] = []
        current: BaseException | None = cause
        while current is not None and len(chain) < 5:
            frames = traceback.extract_tb(current.__traceback__)
            at = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
            chain.append(f"{type(current).__module__}.{type(current).__qualname__}{at}")
            current = current.__cause__ or current.__context__
        fields["cause"] = " <- ".join(chain)
    write("ERROR", message, fields)
