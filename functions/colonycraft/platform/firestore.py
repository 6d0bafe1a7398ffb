"""Firestore: reads, and one unit of work that becomes one batch.

Nothing here is a read-modify-write transaction. What can contend is created (`create` is a lock),
incremented, or written guarded by the update time that was read; within a process, guarded writes
of one document queue (`in_turn`).
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import grpc
from google.cloud.firestore_v1.services.firestore.transports import FirestoreGrpcTransport
from google.cloud.firestore_v1.types import firestore as messages
from grpc.experimental import ChannelOptions

from colonycraft.errors import Unavailable
from colonycraft.platform.documents import (
    decode_fields,
    encode,
    encode_fields,
    field_path,
    nest,
    raw_class,
    value_message,
)
from colonycraft.platform.listener import Listener, listen_rpc
from colonycraft.platform.settings import settings


class AlreadyThere(Exception):
    """A `create` found its document."""


class GuardLost(Exception):
    """A document changed since it was read, or is gone."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`data` None means that there is no such document. `version` guards a later write."""

    path: str
    data: dict[str, Any] | None
    version: Any = None

    @property
    def id(self) -> str:
        return self.path.rsplit("/", 1)[1]


@dataclass(frozen=True, slots=True)
class Where:
    """`__name__` is compared with an id of the collection."""

    field: str
    operator: Literal["==", "<", "<=", ">", ">=", "array-contains"]
    value: Any


_OPERATORS = {
    "==": "EQUAL",
    "<": "LESS_THAN",
    "<=": "LESS_THAN_OR_EQUAL",
    ">": "GREATER_THAN",
    ">=": "GREATER_THAN_OR_EQUAL",
    "array-contains": "ARRAY_CONTAINS",
}


@dataclass(frozen=True, slots=True)
class Query:
    """`collection` is a path; with `group` it is a collection's name anywhere. `after` is the last
    document of the page before, which has the fields of `order_by`; that ends with `__name__`."""

    collection: str
    where: tuple[Where, ...] = ()
    order_by: tuple[tuple[str, Literal["asc", "desc"]], ...] = ()
    limit: int | None = None
    fields: tuple[str, ...] = ()
    group: bool = False
    after: Snapshot | None = None


_BatchGet = raw_class(messages.BatchGetDocumentsRequest)
_BatchGetAnswer = raw_class(messages.BatchGetDocumentsResponse)
_RunQuery = raw_class(messages.RunQueryRequest)
_RunQueryAnswer = raw_class(messages.RunQueryResponse)
_Commit = raw_class(messages.CommitRequest)
_CommitAnswer = raw_class(messages.CommitResponse)


class UnitOfWork:
    """Writes that become one batch: all of them, or none.

    Rooms add their writes to it; who began it commits it. `update` takes a map of field paths
    (tuples of names) and changes only these; with `guard` (a snapshot's version) it fails when the
    document has changed since. `increments` are added to what is stored.
    """

    def __init__(self, database: "Firestore") -> None:
        self._database = database
        self._writes: list[Any] = []

    def __len__(self) -> int:
        return len(self._writes)

    def create(self, path: str, data: Mapping[str, Any]) -> None:
        write = self._add()
        write.update.name = self._database.name_of(path)
        encode_fields(data, write.update.fields)
        write.current_document.exists = False

    def update(
        self,
        path: str,
        changes: Mapping[tuple[str, ...], Any],
        *,
        guard: Any = None,
        increments: Mapping[tuple[str, ...], int] | None = None,
    ) -> None:
        write = self._add()
        write.update.name = self._database.name_of(path)
        encode_fields(nest(changes.items()), write.update.fields)
        write.update_mask.field_paths.extend(field_path(*key) for key in changes)
        self._guard(write, guard)
        self._increment(write, increments)

    def merge(
        self,
        path: str,
        changes: Mapping[tuple[str, ...], Any],
        *,
        increments: Mapping[tuple[str, ...], int] | None = None,
    ) -> None:
        """Like `update`, but creates the document when it is not there."""
        write = self._add()
        write.update.name = self._database.name_of(path)
        encode_fields(nest(changes.items()), write.update.fields)
        write.update_mask.field_paths.extend(field_path(*key) for key in changes)
        self._increment(write, increments)

    def delete(self, path: str, *, guard: Any = None) -> None:
        write = self._add()
        write.delete = self._database.name_of(path)
        if guard is not None:
            self._guard(write, guard)

    def extend(self, other: "UnitOfWork") -> None:
        """Adds the writes of another unit behind those of this one."""
        self._writes += other._writes

    def commit(self) -> list[Any]:
        """The versions written, in the order of the writes.

        Raises AlreadyThere, GuardLost or Unavailable; then nothing was written (Unavailable: it
        is not known).
        """
        return self._database.commit(self._writes)

    def commit_later(self) -> "Sent":
        """Sends the batch and does not wait; `result()` of what it returns does."""
        return self._database.commit_later(self._writes)

    def _add(self) -> Any:
        write = _Commit().writes.add()
        self._writes.append(write)
        return write

    @staticmethod
    def _increment(write: Any, increments: Mapping[tuple[str, ...], int] | None) -> None:
        for key, amount in (increments or {}).items():
            transform = write.update_transforms.add()
            transform.field_path = field_path(*key)
            encode(amount, transform.increment)

    @staticmethod
    def _guard(write: Any, guard: Any) -> None:
        if guard is None:
            write.current_document.exists = True
        else:
            write.current_document.update_time.CopyFrom(guard)


@dataclass(slots=True)
class Counts:
    """Documents read, written and deleted, as they are billed (a query without a result is one
    read), and the bytes of requests and answers, without what the transport adds."""

    reads: Counter[str] = field(default_factory=Counter[str])
    writes: Counter[str] = field(default_factory=Counter[str])
    deletes: Counter[str] = field(default_factory=Counter[str])
    round_trips: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0


class Firestore:
    """The database. Safe to share between threads."""

    def __init__(self, project: str, emulator: str | None = None) -> None:
        self.database = f"projects/{project}/databases/(default)"
        self.root = f"{self.database}/documents"
        self._metadata = [("google-cloud-resource-prefix", self.database)]
        options = [
            ("grpc.max_receive_message_length", -1),
            ("grpc.keepalive_time_ms", 30_000),
            # The reader's own thread waits for the documents of a read. By default another thread
            # does and hands them over one by one: twenty cost twice the processor time.
            (ChannelOptions.SingleThreadedUnaryStream, 1),
        ]
        if emulator:
            channel: Any = grpc.insecure_channel(emulator, options=options)
            self._metadata.append(("authorization", "Bearer owner"))
        else:
            channel = FirestoreGrpcTransport.create_channel(  # pyright: ignore[reportUnknownMemberType]
                "firestore.googleapis.com:443", options=options
            )
        service = "/google.firestore.v1.Firestore/"
        self._batch_get = channel.unary_stream(
            service + "BatchGetDocuments",
            request_serializer=_BatchGet.SerializeToString,
            response_deserializer=_BatchGetAnswer.FromString,
        )
        self._run_query = channel.unary_stream(
            service + "RunQuery",
            request_serializer=_RunQuery.SerializeToString,
            response_deserializer=_RunQueryAnswer.FromString,
        )
        self._commit = channel.unary_unary(
            service + "Commit",
            request_serializer=_Commit.SerializeToString,
            response_deserializer=_CommitAnswer.FromString,
        )
        self._listen = listen_rpc(channel)
        self._counts: list[Counts] = []

    def name_of(self, path: str) -> str:
        return f"{self.root}/{path}"

    def unit_of_work(self) -> UnitOfWork:
        return UnitOfWork(self)

    @contextmanager
    def counting(self) -> Generator[Counts]:
        """Counts what this process reads, writes and deletes meanwhile, by collection."""
        counts = Counts()
        self._counts.append(counts)
        try:
            yield counts
        finally:
            self._counts.remove(counts)

    def get(self, path: str) -> Snapshot:
        return self.get_all([path])[0]

    def get_all(self, paths: Sequence[str]) -> list[Snapshot]:
        """One round trip; the snapshots in the order of the paths."""
        return self.get_all_later(paths)()

    def get_all_later(self, paths: Sequence[str], *, timeout: float = 30) -> "Read[list[Snapshot]]":
        """Asks at once; the answer is read when what it returns is called."""
        request = _BatchGet(database=self.database)
        request.documents.extend(self.name_of(path) for path in paths)
        answers = self._batch_get(request, metadata=self._metadata, timeout=timeout)
        self._note_request(request, reads=paths)

        def read() -> list[Snapshot]:
            found: dict[str, Snapshot] = {}
            with _translated():
                for answer in answers:
                    self._note_answer(answer)
                    if answer.HasField("found"):
                        snapshot = self._snapshot(answer.found)
                        found[snapshot.path] = snapshot
            return [found.get(path) or Snapshot(path, None) for path in paths]

        return read

    def query(self, query: Query) -> list[Snapshot]:
        return self.query_later(query)()

    def query_later(self, query: Query) -> "Read[list[Snapshot]]":
        request = _RunQuery()
        parent, _, collection = query.collection.rpartition("/")
        request.parent = f"{self.root}/{parent}" if parent else self.root
        structured = request.structured_query
        source = structured.from_.add()
        source.collection_id = collection
        source.all_descendants = query.group
        if query.where:
            composite = structured.where.composite_filter
            composite.op = (
                composite.DESCRIPTOR.enum_types_by_name["Operator"].values_by_name["AND"].number
            )
            for condition in query.where:
                one = composite.filters.add().field_filter
                one.field.field_path = condition.field
                one.op = (
                    one.DESCRIPTOR.enum_types_by_name["Operator"]
                    .values_by_name[_OPERATORS[condition.operator]]
                    .number
                )
                if condition.field == "__name__":
                    path = f"{query.collection}/{condition.value}"
                    one.value.reference_value = self.name_of(path)
                else:
                    one.value.CopyFrom(value_message(condition.value))
        for name, direction in query.order_by:
            order = structured.order_by.add()
            order.field.field_path = name
            order.direction = 1 if direction == "asc" else 2
        if query.after is not None:
            self._begin_after(query.after, query.order_by, structured.start_at)
        if query.limit is not None:
            structured.limit.value = query.limit
        for name in query.fields:
            structured.select.fields.add().field_path = name
        answers = self._run_query(request, metadata=self._metadata, timeout=60)
        self._note_request(request)

        def read() -> list[Snapshot]:
            found: list[Snapshot] = []
            with _translated():
                for answer in answers:
                    self._note_answer(answer)
                    if answer.HasField("document"):
                        found.append(self._snapshot(answer.document))
            self._note("reads", [snapshot.path for snapshot in found] or [f"{collection}/none"])
            return found

        return read

    def _begin_after(
        self, last: Snapshot, order_by: tuple[tuple[str, str], ...], cursor: Any
    ) -> None:
        for name, _ in order_by:
            value = cursor.values.add()
            if name == "__name__":
                value.reference_value = self.name_of(last.path)
            else:
                encode((last.data or {})[name], value)

    def listen(self, path: str, on_change: Callable[[Snapshot], None]) -> Listener:
        """Calls `on_change`, on another thread, with the document as it is, and at each change."""

        def changed(document: Any) -> None:
            on_change(Snapshot(path, None) if document is None else self._snapshot(document))

        return Listener(
            lambda requests: self._listen(requests, metadata=self._metadata),
            self.database,
            self.name_of(path),
            changed,
        )

    def commit(self, writes: Sequence[Any]) -> list[Any]:
        if not writes:
            return []
        with _translated():
            answer = self._commit(self._request(writes), metadata=self._metadata, timeout=30)
        self._note_answer(answer)
        return [result.update_time for result in answer.write_results]

    def commit_later(self, writes: Sequence[Any]) -> "Sent":
        future = self._commit.future(self._request(writes), metadata=self._metadata, timeout=30)
        return Sent(future, self._note_answer)

    def _request(self, writes: Sequence[Any]) -> Any:
        request = _Commit(database=self.database)
        request.writes.extend(writes)
        self._note_request(request)
        self._note("writes", [name for write in writes if (name := write.update.name)])
        self._note("deletes", [write.delete for write in writes if write.delete])
        return request

    def _snapshot(self, document: Any) -> Snapshot:
        return Snapshot(
            document.name.removeprefix(self.root + "/"),
            decode_fields(document.fields),
            document.update_time,
        )

    def _note_request(self, request: Any, reads: Iterable[str] = ()) -> None:
        for counts in self._counts:
            counts.round_trips += 1
            counts.bytes_sent += request.ByteSize()
        self._note("reads", reads)

    def _note_answer(self, answer: Any) -> None:
        for counts in self._counts:
            counts.bytes_received += answer.ByteSize()

    def _note(self, kind: Literal["reads", "writes", "deletes"], paths: Iterable[str]) -> None:
        for counts in self._counts:
            getattr(counts, kind).update(path.rsplit("/", 2)[-2] for path in paths)


type Read[T] = Callable[[], T]


@dataclass(frozen=True, slots=True)
class Sent:
    """A batch on its way."""

    _future: Any
    _note_answer: Callable[[Any], None]

    def done(self) -> bool:
        return self._future.done()

    def result(self) -> list[Any]:
        """Waits for the versions written; raises what `commit` raises."""
        with _translated():
            answer = self._future.result()
        self._note_answer(answer)
        return [result.update_time for result in answer.write_results]

    def on_failure(self, tell: Callable[[Exception], None]) -> None:
        """Calls `tell`, on another thread, when the batch was not written or nobody knows."""

        def done(_: Any) -> None:
            try:
                self.result()
            except (AlreadyThere, GuardLost, Unavailable) as error:
                tell(error)

        self._future.add_done_callback(done)


@contextmanager
def _translated() -> Generator[None]:
    try:
        yield
    except grpc.RpcError as error:
        match error.code():  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
            case grpc.StatusCode.ALREADY_EXISTS:
                raise AlreadyThere from error
            case (
                grpc.StatusCode.FAILED_PRECONDITION
                | grpc.StatusCode.NOT_FOUND
                | grpc.StatusCode.ABORTED
            ):
                raise GuardLost from error
            case _:
                raise Unavailable("database-away") from error


@cache
def database() -> Firestore:
    return Firestore(settings().project, os.environ.get("FIRESTORE_EMULATOR_HOST"))


_queues: dict[str, tuple[threading.Lock, list[None]]] = {}
_queues_guard = threading.Lock()


@contextmanager
def in_turn(path: str) -> Generator[None]:
    """Lets one thread of this process at a time write the document, in order of arrival."""
    with _queues_guard:
        lock, waiting = _queues.setdefault(path, (threading.Lock(), []))
        waiting.append(None)
    try:
        with lock:
            yield
    finally:
        with _queues_guard:
            waiting.pop()
            if not waiting:
                del _queues[path]


def backoff(attempt: int) -> None:
    """Waits before a guarded write is tried again; other processes contend, not this one."""
    time.sleep(random.uniform(0, 0.01 * 2**attempt))
