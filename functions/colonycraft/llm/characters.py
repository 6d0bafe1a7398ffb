"""Keeps characters whole across deltas.

Some servers cut a stream between the two UTF-16 halves of a character. A half by itself is valid in
JSON and in a Python string, but nothing can store or send it.
"""

from collections.abc import Iterable, Iterator

from colonycraft.llm.port import Event, ReasoningDelta, TextDelta

_REPLACEMENT = "\ufffd"
_TEXTS = (TextDelta, ReasoningDelta)


def whole_characters(events: Iterable[Event]) -> Iterator[Event]:
    """The same events without halves of characters: joined with their other half, or replaced."""
    held = ""
    held_by: type[TextDelta] | type[ReasoningDelta] = TextDelta
    for event in events:
        if not isinstance(event, _TEXTS):
            if held:
                yield held_by(_REPLACEMENT)
                held = ""
            yield event
            continue
        text = event.text
        if not held and _is_whole(text):
            if text:
                yield event
            continue
        if held and type(event) is not held_by:
            yield held_by(_REPLACEMENT)
            held = ""
        text = held + text
        held = ""
        if text and "\ud800" <= text[-1] <= "\udbff":
            text, held, held_by = text[:-1], text[-1], type(event)
        if text:
            yield type(event)(_repaired(text))
    if held:
        yield held_by(_REPLACEMENT)


def _is_whole(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _repaired(text: str) -> str:
    if _is_whole(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
