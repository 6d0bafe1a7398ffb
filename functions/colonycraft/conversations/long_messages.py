"""A message that is longer than a document may be: continued in further ones, read as one.

The further documents lie beside the first, with its branch and number and an id just before its
own, so that every query that finds it finds them: `{role: "more", of: <its id>, order: 1, 2, ...}`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from colonycraft.platform.firestore import Snapshot

LARGEST_DOCUMENT = 800_000
"""Bytes of text in one document; Firestore takes 1 MiB with everything else."""
MORE = "more"


def split(parts: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """The parts of each document, at least one; a character is never torn."""
    documents: list[list[dict[str, Any]]] = [[]]
    room = LARGEST_DOCUMENT
    for part in parts:
        for piece in _pieces(part["text"]):
            size = _size(piece)
            if size > room:
                documents.append([])
                room = LARGEST_DOCUMENT
            documents[-1].append({**part, "text": piece})
            room -= size
    return documents


def join(parts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Pieces of one kind that follow each other, as one part again."""
    joined: list[dict[str, Any]] = []
    for part in parts:
        if joined and joined[-1]["type"] == part["type"] == "text":
            joined[-1]["text"] += part["text"]
        else:
            joined.append(dict(part))
    return joined


def whole(found: Iterable[Snapshot]) -> list[dict[str, Any]]:
    """Messages as they were before they were split, with their ids: `found` newest first, as the
    query gives them, so what continues a message comes before it."""
    more: dict[str, dict[int, Any]] = {}
    messages: list[dict[str, Any]] = []
    for snapshot in found:
        data = snapshot.data
        if data is None:
            continue
        if data["role"] == MORE:
            more.setdefault(data["of"], {})[data["order"]] = data["parts"]
            continue
        rest = more.pop(snapshot.id, {})
        parts = [*data["parts"], *(part for order in sorted(rest) for part in rest[order])]
        messages.append({**data, "id": snapshot.id, "parts": join(parts) if rest else parts})
    return messages


def _pieces(text: str) -> Iterator[str]:
    if _size(text) <= LARGEST_DOCUMENT:
        yield text
        return
    length = LARGEST_DOCUMENT // 4
    """No character takes more than four bytes."""
    for start in range(0, len(text), length):
        yield text[start : start + length]


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
