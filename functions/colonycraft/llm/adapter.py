"""What a provider's adapter is: the conversion of one request and one answer, and its errors."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from colonycraft.llm.answer import Answer, HttpResponse
from colonycraft.llm.port import Connection, Event, FoundBatch, ListedModel, ModelRequest
from colonycraft.llm.shapes import JsonObject
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


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """One request of a batch: `id` comes back with its answer, `body` is as when it is asked at
    once."""

    id: str
    body: JsonObject


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """The answer to one of them: its HTTP `status`, None where there was none, and its body."""

    id: str
    status: int | None
    body: JsonObject


class BatchAdapter(Protocol):
    """One vendor's batches, by the client of its `Adapter`, under whose `errors` they are called.
    Stateless."""

    def submit(self, client: Any, name: str, requests: Sequence[BatchRequest]) -> str:
        """Returns the vendor's id of the batch."""
        ...

    def has_ended(self, client: Any, id: str) -> bool: ...

    def answers(self, client: Any, id: str) -> Iterator[BatchAnswer]:
        """Those of a batch that has ended, in any order; of a request that was not answered,
        nothing or a fault."""
        ...

    def find(self, client: Any, name: str, since: datetime, until: datetime) -> FoundBatch: ...

    def cancel(self, client: Any, id: str) -> None: ...

    def remove(self, client: Any, id: str) -> None:
        """Removes what the vendor keeps of a batch that has ended."""
        ...
