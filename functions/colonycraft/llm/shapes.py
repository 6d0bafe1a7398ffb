"""Reading of JSON that a provider sent: a wrong type is as good as nothing there.

Compatible servers leave fields out, send null for an empty string, or numbers as strings; what is
not usable is treated like what is missing, so that the rest of the answer still comes through.
"""

from typing import Any, cast

JsonObject = dict[str, Any]

_EMPTY: JsonObject = {}
MOST_TOKENS = 10**12
"""Beyond any answer: who counts more does not count. It can still be priced and stored."""


def text_of(value: object) -> str:
    return value if isinstance(value, str) else ""


def word_of(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def object_of(value: object) -> JsonObject:
    return cast(JsonObject, value) if isinstance(value, dict) else _EMPTY


def list_of(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def objects_of(value: object) -> list[JsonObject]:
    return [cast(JsonObject, item) for item in list_of(value) if isinstance(item, dict)]


def count_of(value: object) -> int | None:
    """A number of tokens; None when there is none, or none that can be: unknown and not zero."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 <= value <= MOST_TOKENS else None
