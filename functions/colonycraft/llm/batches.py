"""Requests that may wait a day, asked in a batch: the same for each provider that takes them.

    submit ──> id ── has_ended? ──> answers ──> remove
                 └── cancel

A batch has a name, made before it is sent, by which it is found again (`find`) where nobody knows
whether it arrived. Every function raises `ProviderError`; `http_status` 404 says that the provider
does not have the batch.
"""

import importlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from colonycraft.errors import MalformedResponse, ProviderError
from colonycraft.llm.adapter import Adapter, BatchAdapter, BatchAnswer, BatchRequest
from colonycraft.llm.answer import Answer
from colonycraft.llm.call import short_call
from colonycraft.llm.faults import error_for, read_fault
from colonycraft.llm.parts import unsupported
from colonycraft.llm.port import Completion, Connection, FoundBatch, ModelRequest, collect
from colonycraft.llm.proxies import is_local
from colonycraft.llm.registry import adapter_for, batch_adapter_for
from colonycraft.llm.shapes import JsonObject

ASKED_FOR = 30.0
"""Seconds that a provider has for each question."""


def takes_batches(connection: Connection) -> bool:
    """At the vendor's own address, or one that stands for it on this machine: gateways rarely have
    any."""
    if batch_adapter_for(connection.adapter) is None:
        return False
    return connection.base_url is None or is_local(urlsplit(connection.base_url).hostname or "")


def submit(connection: Connection, name: str, requests: Sequence[ModelRequest]) -> str:
    """Sends requests of one model, and returns the provider's id of the batch. Raises `Unsupported`
    before anything is sent."""
    adapter = adapter_for(connection.adapter)
    bodies = [adapter.body(connection, request, False) for request in requests]
    lines = [BatchRequest(f"{name}-{at}", body) for at, body in enumerate(bodies)]
    return _ask(connection, lambda batches, client: batches.submit(client, name, lines))


def has_ended(connection: Connection, id: str) -> bool:
    return _ask(connection, lambda batches, client: batches.has_ended(client, id))


def answers(connection: Connection, id: str, name: str) -> Mapping[int, Completion | ProviderError]:
    """What became of the requests of a batch that has ended, by their place in it: answers, and why
    one was refused. `MalformedResponse` is an answer all the same, that cannot be read. Those that
    are missing were not answered."""
    found = _ask(connection, lambda batches, client: list(batches.answers(client, id)))
    adapter = adapter_for(connection.adapter)
    numbered = ((one, one.id.removeprefix(f"{name}-")) for one in found)
    return {int(at): _read(adapter, one) for one, at in numbered if at.isdecimal()}


def find(connection: Connection, name: str, since: datetime, until: datetime) -> FoundBatch:
    """Looks for a batch among those that were sent in that time."""
    return _ask(connection, lambda batches, client: batches.find(client, name, since, until))


def cancel(connection: Connection, id: str) -> None:
    """Asks that a batch end. It may have ended, or do so with some of its answers."""

    def ask(batches: BatchAdapter, client: Any) -> None:
        if not batches.has_ended(client, id):
            batches.cancel(client, id)

    _ask(connection, ask)


def remove(connection: Connection, id: str) -> None:
    """Removes at the provider what was asked and answered in a batch that has ended. May be done
    twice."""
    _ask(connection, lambda batches, client: batches.remove(client, id))


def _ask[T](connection: Connection, question: Callable[[BatchAdapter, Any], T]) -> T:
    batches = batch_adapter_for(connection.adapter)
    if batches is None:
        raise unsupported("batch", "This provider takes no batches.")
    adapter = adapter_for(connection.adapter)
    with short_call(adapter, connection, ASKED_FOR) as line:
        return question(batches, line.client)


def _read(adapter: Adapter, answer: BatchAnswer) -> Completion | ProviderError:
    """By the adapter's own reading, as if it had just come."""
    if answer.status is None or answer.status >= 400:
        return error_for(read_fault(answer.body, answer.status))
    try:
        with adapter.errors():
            whole = Answer(_Kept(answer.body), importlib.import_module(adapter.library))
            return collect(adapter.events(whole, ModelRequest("", ()), False))
    except ProviderError as error:
        unreadable = MalformedResponse(
            "provider-unclear", message="An answer in the batch could not be read."
        )
        unreadable.__cause__ = error
        return unreadable


class _Kept:
    """A response that was kept in a batch."""

    status_code = 200
    headers: Mapping[str, str] = {"content-type": "application/json"}

    def __init__(self, body: JsonObject) -> None:
        self._body = body

    def iter_bytes(self) -> Iterator[bytes]:
        yield json.dumps(self._body).encode()

    def close(self) -> None:
        pass
