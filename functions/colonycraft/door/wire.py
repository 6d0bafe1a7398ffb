"""The callable protocol, to the byte (https://firebase.google.com/docs/functions/callable-reference).

Unary: `{"result": …}` or `{"error": {…}}` with the HTTP status of its code. Streamed: frames of one
line each, `data: {"message": …}`, `data: {"result": …}` or `data: {"error": …}`, always with status
200, because the client's `stream()` does not look at it.
"""

import itertools
from typing import Any, cast

import pydantic_core
from flask import Request

from colonycraft.errors import ColonyCraftError, InvalidArgument
from colonycraft.reasons import FieldKind, FieldProblem

MAX_ITEMS = 200_000
"""Commas and colons in a body: a bound on what parsing it can cost."""

HTTP_STATUS = {
    "INVALID_ARGUMENT": 400,
    "FAILED_PRECONDITION": 400,
    "UNAUTHENTICATED": 401,
    "PERMISSION_DENIED": 403,
    "NOT_FOUND": 404,
    "ABORTED": 409,
    "RESOURCE_EXHAUSTED": 429,
    "INTERNAL": 500,
    "UNAVAILABLE": 503,
    "DEADLINE_EXCEEDED": 504,
}

HEADERS = {
    "Cache-Control": "private, no-store, no-transform",
    "X-Content-Type-Options": "nosniff",
}

_KINDS: dict[str, tuple[FieldKind, str]] = {
    "missing": ("missing", ""),
    "extra_forbidden": ("unknown", ""),
    "string_too_short": ("too-short", "min_length"),
    "too_short": ("too-short", "min_length"),
    "string_too_long": ("too-long", "max_length"),
    "too_long": ("too-long", "max_length"),
    "greater_than": ("too-small", "gt"),
    "greater_than_equal": ("too-small", "ge"),
    "less_than": ("too-large", "lt"),
    "less_than_equal": ("too-large", "le"),
}
"""By pydantic's types of errors; where the limit lies in their context."""


def read_data(request: Request, max_body: int) -> Any:
    """The request's `data`. Sizes (in bytes) are checked before parsing; raises InvalidArgument."""
    if request.mimetype != "application/json":
        raise _malformed("Send JSON: Content-Type must be application/json.")
    length = request.content_length
    if length is None:
        raise _malformed("Send a Content-Length.")
    if length > max_body:
        raise InvalidArgument("request-too-large", most=max_body // 1024)
    body = request.get_data(cache=False)
    if body.count(b",") + body.count(b":") > MAX_ITEMS:
        raise InvalidArgument("request-too-many-values")
    envelope: Any
    try:
        envelope = pydantic_core.from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise _malformed("The request is not JSON that can be read.") from error
    if not isinstance(envelope, dict):
        raise _malformed("The request must be an object.")
    members = cast(dict[str, Any], envelope)
    if "data" not in members:
        raise _malformed('The request must be an object with "data".')
    data: Any = members["data"]
    if b"\\u0000" in body and _has_nul(data):
        raise InvalidArgument("request-with-nul")
    return data


def _has_nul(value: Any) -> bool:
    match value:
        case str():
            return "\0" in value
        case list():
            return any(map(_has_nul, cast(list[Any], value)))
        case dict():
            return any(map(_has_nul, itertools.chain(*cast(dict[str, Any], value).items())))
        case _:
            return False


def invalid_fields(error: pydantic_core.ValidationError, data: Any) -> InvalidArgument:
    """Names every wrong field of the data, and none of their values."""
    problems = error.errors(include_url=False, include_input=False)
    named = {
        (field, one["msg"]): _problem(field, one)
        for one in problems[:200]
        for field in (_field(one["loc"], data),)
    }
    return InvalidArgument("invalid-fields", fields=list(named.values())[:100])


def _problem(field: str, error: pydantic_core.ErrorDetails) -> FieldProblem:
    kind, limit = _KINDS.get(error["type"], ("invalid", ""))
    return FieldProblem(
        field=field, problem=error["msg"], kind=kind, limit=error.get("ctx", {}).get(limit)
    )


def _malformed(what: str) -> InvalidArgument:
    return InvalidArgument("request-malformed", message=what)


def _field(location: tuple[int | str, ...], data: object) -> str:
    """Where in the data it is. A location also names the alternatives that were tried: left out."""
    path: list[str] = []
    for number, part in enumerate(location):
        last = number == len(location) - 1
        if isinstance(data, dict) and isinstance(part, str):
            members = cast(dict[str, object], data)
            if part not in members and not last:
                continue
            data = members.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            data = cast(list[object], data)[part]
        else:
            continue
        path.append(str(part))
    return ".".join(path) or "data"


def to_json(value: Any) -> bytes:
    """One line in the eyes of the client, whose pattern takes U+2028 and U+2029 for line ends."""
    text = pydantic_core.to_json(value, by_alias=True)
    if b"\xe2\x80" in text:
        text = text.replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029")
    return text


def error_body(error: ColonyCraftError) -> dict[str, Any]:
    return {"status": error.status, "message": error.message, "details": error.details}


def frame(kind: str, value: Any) -> bytes:
    return b'data: {"' + kind.encode() + b'": ' + to_json(value) + b"}\n\n"
