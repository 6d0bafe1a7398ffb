"""What a provider's adapter is: the conversion of one request and one answer, and its errors."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

from colonycraft.llm.answer import Answer, HttpResponse
from colonycraft.llm.port import Connection, Event, ListedModel, ModelRequest
from colonycraft.llm.transport import HttpLibrary, Line


class Adapter(Protocol):
    """One vendor's format. Stateless; its SDK is imported when the first client is made."""

    library: HttpLibrary
    default_url: str

    def client(self, connection: Connection, line: Line) -> Any:
        """The SDK's client, with no retries, sending through the line."""
        ...

    def body(self, connection: Connection, request: ModelRequest, stream: bool) -> dict[str, Any]:
        """The request in the vendor's words. Raises `Unsupported` before anything is sent."""
        ...

    def send(self, client: Any, body: bytes, stream: bool) -> HttpResponse:
        """Sends through the SDK and returns the response unread."""
        ...

    def events(self, answer: Answer, request: ModelRequest, stream: bool) -> Iterator[Event]:
        """The answer as events; the last one is `End`."""
        ...

    def errors(self) -> AbstractContextManager[None]:
        """Translates everything that the SDK and its HTTP library raise."""
        ...

    def list_models(self, client: Any) -> list[ListedModel]:
        """What the server says it has."""
        ...
