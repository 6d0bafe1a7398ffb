"""One document of Firestore, watched: by the Listen RPC, on a thread of its own."""

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

import grpc
from google.cloud.firestore_v1.types import firestore as messages

from colonycraft.platform import log
from colonycraft.platform.documents import raw_class

TARGET = 1
LONGEST_WAIT = 30.0
"""Seconds between two tries to listen again; the first follows after half a second."""

_Request = raw_class(messages.ListenRequest)
_Response = raw_class(messages.ListenResponse)
_Change: Any = messages.TargetChange.TargetChangeType


def listen_rpc(channel: Any) -> Any:
    return channel.stream_stream(
        "/google.firestore.v1.Firestore/Listen",
        request_serializer=_Request.SerializeToString,
        response_deserializer=_Response.FromString,
    )


class Listener:
    """Calls `on_change` with the document as it is (None: it is not there), then with each change.

    After an error it listens again, and says what there is by then. `close` ends it.
    """

    def __init__(
        self,
        rpc: Callable[[Iterator[Any]], Any],
        database: str,
        name: str,
        on_change: Callable[[Any], None],
    ) -> None:
        self._rpc = rpc
        self._database = database
        self._name = name
        self._on_change = on_change
        self._call: Any = None
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closed.set()
        call = self._call
        if call is not None:
            call.cancel()

    def _run(self) -> None:
        wait = 0.5
        while not self._closed.is_set():
            try:
                for document in self._documents():
                    wait = 0.5
                    self._on_change(document)
            except grpc.RpcError as error:
                if self._closed.is_set():
                    return
                log.error("a listener lost its connection", error)
            except Exception as error:
                log.error("a listener failed", error)
            self._closed.wait(wait)
            wait = min(2 * wait, LONGEST_WAIT)

    def _documents(self) -> Iterator[Any]:
        request = _Request(database=self._database)
        request.add_target.target_id = TARGET
        request.add_target.documents.documents.append(self._name)
        # The stream of requests stays open for as long as somebody listens.
        requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
        requests.put(request)
        self._call = self._rpc(iter(requests.get, None))
        seen = False
        try:
            for response in self._call:
                match response.WhichOneof("response_type"):
                    case "document_change":
                        seen = True
                        yield response.document_change.document
                    case "document_delete" | "document_remove":
                        seen = True
                        yield None
                    case "target_change":
                        change = response.target_change
                        if change.target_change_type == _Change.REMOVE:
                            raise ConnectionError(change.cause.message)
                        if change.target_change_type == _Change.CURRENT and not seen:
                            seen = True
                            yield None
                    case _:
                        pass
        finally:
            requests.put(None)
            self._call.cancel()
