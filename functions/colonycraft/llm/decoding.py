"""From bytes as they arrive to events and lines, however the network cut them.

Server-sent events by the WHATWG's rules: a line ends with LF, CRLF or CR; a byte order mark at the
start and comments are skipped; several `data:` lines are one event; a blank line ends it.
https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from colonycraft.errors import MalformedResponse

LONGEST_LINE = 16 * 1024 * 1024

_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """`whole`: its closing blank line came. Only the last event of a stream may lack it."""

    data: str
    name: str = ""
    whole: bool = True


def lines(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Lines without their ends, each with whether its end came (only the last may lack it)."""
    rest = b""
    started = False
    for chunk in chunks:
        rest = rest + chunk if rest else chunk
        if len(rest) > LONGEST_LINE + len(chunk):
            raise MalformedResponse(
                "provider-unclear", message="The provider sent a line without an end."
            )
        if not started:
            if len(rest) < len(codecs.BOM_UTF8) and codecs.BOM_UTF8.startswith(rest):
                continue
            started = True
            rest = rest.removeprefix(codecs.BOM_UTF8)
        if b"\r" not in rest:
            *whole, rest = rest.split(b"\n")
            for line in whole:
                yield line, True
            continue
        start = 0
        for end in _LINE_END.finditer(rest):
            if end.group() == b"\r" and end.end() == len(rest):
                break  # its LF may come with the next chunk
            yield rest[start : end.start()], True
            start = end.end()
        rest = rest[start:]
    if rest.endswith(b"\r"):
        yield rest[:-1], True
    elif rest:
        yield rest, False


def server_sent_events(chunks: Iterable[bytes]) -> Iterator[ServerSentEvent]:
    """Decodes a stream of server-sent events; an event without data is none.

    Raises `UnicodeDecodeError` when a line is not UTF-8.
    """
    data: list[str] = []
    name = ""
    for line, ended in lines(chunks):
        if not line:
            if data:
                yield ServerSentEvent("\n".join(data), name)
            data, name = [], ""
            continue
        # A cut line may end within a character.
        text = line.decode("utf-8", "strict" if ended else "replace")
        field, _, value = text.partition(":")
        if field == "data":
            data.append(value.removeprefix(" "))
        elif field == "event":
            name = value.removeprefix(" ")
    if data:
        yield ServerSentEvent("\n".join(data), name, whole=False)


def json_lines(chunks: Iterable[bytes]) -> Iterator[tuple[str, bool]]:
    """Lines of newline-delimited JSON; blank lines and keep-alive comments are skipped."""
    for line, ended in lines(chunks):
        text = line.decode("utf-8", "strict" if ended else "replace").strip()
        if text and not text.startswith(":"):
            yield text, ended
