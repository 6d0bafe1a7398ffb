"""What a provider sent back, whichever HTTP library carried it."""

import json
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any, Protocol, cast

from colonycraft.errors import ConnectionFailed, MalformedResponse
from colonycraft.llm.decoding import ServerSentEvent, json_lines, server_sent_events

JsonObject = dict[str, Any]

LONGEST_BODY = 64 * 1024 * 1024


class HttpResponse(Protocol):
    """The part that httpx and httpx2 have in common and that is used here."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    def iter_bytes(self) -> Iterator[bytes]: ...
    def close(self) -> None: ...


class StatusError(Exception):
    """A status that is no success, from an SDK that leaves it to the caller."""

    def __init__(self, status: int, body: object, headers: Mapping[str, str]) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.body = body
        self.headers = headers


class ReadableResponse(HttpResponse, Protocol):
    def read(self) -> bytes: ...


def checked(response: ReadableResponse) -> HttpResponse:
    """The same response, unread; raises `StatusError` for any status but a success."""
    if 200 <= response.status_code < 300:
        return response
    try:
        content = response.read()
    finally:
        response.close()
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        body = content[:2000].decode("utf-8", "replace")
    raise StatusError(response.status_code, body, response.headers)


class Answer:
    """A response whose body is read once, as one object or as a stream of objects.

    An end of the body that the server did not announce is no error by itself: in a stream what
    came before it counts. The reader calls `unfinished` when it misses the provider's own end.
    """

    def __init__(self, response: HttpResponse, library: ModuleType) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        if self.content_type == "text/html":
            response.close()
            raise MalformedResponse(
                "provider-address",
                message="The provider's address answers with a web page; check the base address.",
            )
        self._library = library
        self._source = response.iter_bytes()
        self._broken: Exception | None = None
        self._cut = False
        self._objects = 0

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def chunks(self) -> Iterator[bytes]:
        """Bytes as they arrive, until the end or a break. A second call goes on from there."""
        try:
            for chunk in self._source:  # noqa: UP028  (`yield from` would close it)
                yield chunk
        except self._library.RemoteProtocolError:
            self._cut = True  # the connection was closed before the announced length
        except self._library.DecodingError:
            raise
        except self._library.TransportError as exc:
            self._broken = exc

    def body(self) -> bytes:
        """The whole body. Raises `ConnectionFailed` when its end is missing."""
        pieces: list[bytes] = []
        size = 0
        for chunk in self.chunks():
            pieces.append(chunk)
            size += len(chunk)
            if size > LONGEST_BODY:
                raise MalformedResponse(
                    "provider-unclear", message="The provider's answer is too long."
                )
        body = b"".join(pieces)
        if self._broken is not None:
            raise self._broken
        if self._cut:
            raise ConnectionFailed("answer-cut")
        return body

    def object(self) -> JsonObject:
        """The body as one JSON object."""
        body = self.body()
        try:
            value = json.loads(body)
        except (ValueError, RecursionError) as exc:
            if self._may_be_cut() and body.lstrip()[:1] == b"{":
                raise ConnectionFailed("answer-cut") from exc
            raise MalformedResponse(
                "provider-unclear", message="The provider's answer is not JSON."
            ) from exc
        return self._checked(value)

    def _may_be_cut(self) -> bool:
        return "content-length" not in self.headers and "transfer-encoding" not in self.headers

    def server_sent_objects(self, end: str | None = None) -> Iterator[JsonObject | None]:
        """The data of each event as JSON; None for the event whose data is `end`.

        A last event without its blank line counts when it is whole JSON, else it was cut.
        """
        for event in server_sent_events(self.chunks()):
            if end is not None and event.data.strip() == end:
                yield None
                continue
            value = self._parse(event.data, event.whole)
            if value is not None:
                yield _with_name(value, event)

    def line_objects(self) -> Iterator[JsonObject]:
        """Each line of newline-delimited JSON."""
        for line, ended in json_lines(self.chunks()):
            value = self._parse(line, ended)
            if value is not None:
                yield value

    def unfinished(self) -> None:
        """To be called at an end without the provider's own sign for it.

        Raises what broke the connection, or `ConnectionFailed` when nothing came at all; returns
        when there is something that can be kept as incomplete.
        """
        if self._broken is not None:
            raise self._broken
        if self._objects == 0:
            raise ConnectionFailed("answer-cut")

    def _parse(self, text: str, whole: bool) -> JsonObject | None:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as exc:
            if not whole:
                return None
            raise MalformedResponse(
                "provider-unclear", message="The provider sent an event that is not JSON."
            ) from exc
        return self._checked(value)

    def _checked(self, value: Any) -> JsonObject:
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = cast(Any, value[0])  # Gemini's compatible endpoint wraps errors in a list
        if not isinstance(value, dict):
            raise MalformedResponse(
                "provider-unclear", message="The provider sent something that is not an object."
            )
        self._objects += 1
        return cast(JsonObject, value)


def _with_name(value: JsonObject, event: ServerSentEvent) -> JsonObject:
    if event.name and "type" not in value:
        value["type"] = event.name
    return value
