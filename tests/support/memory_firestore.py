"""Firestore in memory: the client's own code, with a server of a few dozen lines behind it.

It has what the functions use: atomic commits with preconditions, masks and increments, reads, and
queries. `tests/functions/test_memory_firestore.py` holds it equal to the emulator.
"""

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from unittest.mock import patch

import grpc
from google.cloud.firestore_v1.types import document as documents
from google.cloud.firestore_v1.types import firestore as messages

from colonycraft.platform import firestore
from colonycraft.platform.documents import raw_class
from colonycraft.platform.firestore import Firestore

_Document = raw_class(documents.Document)
_Value = raw_class(documents.Value)
_CommitAnswer = raw_class(messages.CommitResponse)
_BatchGetAnswer = raw_class(messages.BatchGetDocumentsResponse)
_RunQueryAnswer = raw_class(messages.RunQueryResponse)

_NAME = re.compile(r"`((?:[^`\\]|\\.)*)`|([^.]+)")
_TYPES = (
    "null_value",
    "boolean_value",
    "number",
    "timestamp_value",
    "string_value",
    "bytes_value",
    "reference_value",
    "geo_point_value",
    "array_value",
    "map_value",
)
"""In Firestore's order of values of different types."""


class MemoryFirestore(Firestore):
    """One database of its own."""

    def __init__(self, project: str = "demo-memory") -> None:
        self.database = f"projects/{project}/databases/(default)"
        self.root = f"{self.database}/documents"
        self._metadata: list[tuple[str, str]] = []
        self._counts = []
        self._server = _Server(self.root)
        self._batch_get = self._server.batch_get
        self._run_query = self._server.run_query
        self._commit = _Commit(self._server)


def use(store: Firestore | None) -> None:
    """Makes it the database of this process; None: whichever is asked for next."""
    firestore.database.cache_clear()
    if store is not None:
        with patch.object(firestore, "Firestore", lambda *arguments: store):
            firestore.database()


class Refused(grpc.RpcError):
    """What the server answers instead."""

    def __init__(self, status: grpc.StatusCode, details: str) -> None:
        super().__init__(details)
        self._status = status

    def code(self) -> grpc.StatusCode:
        return self._status


class _Server:
    def __init__(self, root: str) -> None:
        self._root = root
        self._documents: dict[str, Any] = {}
        self._time = 0
        self._lock = threading.RLock()  # a generator may be collected, and write, in a read

    def batch_get(self, request: Any, **_: Any) -> Iterator[Any]:
        with self._lock:
            found = [(name, self._documents.get(name)) for name in request.documents]
        for name, document in found:
            if document is None:
                yield _BatchGetAnswer(missing=name)
            else:
                yield _BatchGetAnswer(found=document)

    def run_query(self, request: Any, **_: Any) -> Iterator[Any]:
        query = request.structured_query
        (source,) = query.from_
        with self._lock:
            candidates = [
                document
                for name, document in self._documents.items()
                if _lies_in(name, request.parent, source.collection_id, source.all_descendants)
            ]
        found = [one for one in candidates if _matches(one, query)]
        for order in reversed(_orders(query)):
            found.sort(
                key=lambda one: _order_key(one, order.field.field_path),
                reverse=order.direction == 2,
            )
        if query.HasField("start_at"):
            found = [one for one in found if _is_behind(one, query)]
        if query.HasField("limit"):
            found = found[: query.limit.value]
        for document in found:
            yield _RunQueryAnswer(document=_selected(document, query.select.fields))
        if not found:
            yield _RunQueryAnswer()

    def commit(self, request: Any) -> Any:
        """All writes or none; each sees those before it."""
        with self._lock:
            changed: dict[str, Any] = {}
            answer = _CommitAnswer()
            self._time += 1
            for write in request.writes:
                name = write.update.name or write.delete
                before = changed[name] if name in changed else self._documents.get(name)
                _check(write.current_document, before, name)
                document = None if write.delete else self._written(write, before)
                changed[name] = document
                result = answer.write_results.add()
                if document is not None:
                    result.update_time.CopyFrom(document.update_time)
            for name, document in changed.items():
                if document is None:
                    self._documents.pop(name, None)
                else:
                    self._documents[name] = document
            return answer

    def _written(self, write: Any, before: Any) -> Any:
        document = _Document(name=write.update.name)
        if write.HasField("update_mask"):
            if before is not None:
                document.CopyFrom(before)
            for path in write.update_mask.field_paths:
                names = _names(path)
                _put(document.fields, names, _get(write.update.fields, names))
        else:
            document.CopyFrom(write.update)
        for transform in write.update_transforms:
            names = _names(transform.field_path)
            value = _Value()
            old = _get(document.fields, names)
            value.integer_value = transform.increment.integer_value + (
                old.integer_value if old is not None else 0
            )
            _put(document.fields, names, value)
        # What changes nothing leaves a document's version as it is.
        if before is None or before.fields != document.fields:
            document.update_time.Clear()
            document.update_time.seconds = self._time
        return document


class _Commit:
    """The commit call, and the one that does not wait."""

    def __init__(self, server: _Server) -> None:
        self._server = server

    def __call__(self, request: Any, **_: Any) -> Any:
        return self._server.commit(request)

    def future(self, request: Any, **_: Any) -> "_Sent":
        try:
            return _Sent(self._server.commit(request), None)
        except Refused as error:
            return _Sent(None, error)


class _Sent:
    def __init__(self, answer: Any, error: Refused | None) -> None:
        self._answer = answer
        self._error = error

    def add_done_callback(self, call: Any) -> None:
        call(self)

    def done(self) -> bool:
        return True

    def result(self) -> Any:
        if self._error is not None:
            raise self._error
        return self._answer


def _check(condition: Any, before: Any, name: str) -> None:
    match condition.WhichOneof("condition_type"):
        case "exists" if condition.exists and before is None:
            raise Refused(grpc.StatusCode.NOT_FOUND, f"no document {name}")
        case "exists" if not condition.exists and before is not None:
            raise Refused(grpc.StatusCode.ALREADY_EXISTS, f"there is a document {name}")
        case "update_time" if before is None or before.update_time != condition.update_time:
            raise Refused(grpc.StatusCode.FAILED_PRECONDITION, f"{name} has changed")
        case _:
            pass


def _lies_in(name: str, parent: str, collection: str, anywhere: bool) -> bool:
    if not name.startswith(f"{parent}/"):
        return False
    rest = name[len(parent) + 1 :].split("/")
    return rest[-2] == collection if anywhere else len(rest) == 2 and rest[0] == collection


def _matches(document: Any, query: Any) -> bool:
    filters = [one.field_filter for one in query.where.composite_filter.filters]
    return all(_holds(document, one) for one in filters) and all(
        order.field.field_path == "__name__"
        or _get(document.fields, _names(order.field.field_path)) is not None
        for order in query.order_by
    )


def _holds(document: Any, condition: Any) -> bool:
    operator = condition.Operator.Name(condition.op)
    if condition.field.field_path == "__name__":
        names = document.name, condition.value.reference_value
        ours, theirs = ((0, name.split("/")) for name in names)
    else:
        value = _get(document.fields, _names(condition.field.field_path))
        if value is None:
            return False
        if operator == "ARRAY_CONTAINS":
            return any(_key(one) == _key(condition.value) for one in value.array_value.values)
        ours, theirs = _key(value), _key(condition.value)
    if operator == "EQUAL":
        return ours == theirs
    if ours[0] != theirs[0]:
        return False
    return {
        "LESS_THAN": ours < theirs,
        "LESS_THAN_OR_EQUAL": ours <= theirs,
        "GREATER_THAN": ours > theirs,
        "GREATER_THAN_OR_EQUAL": ours >= theirs,
    }[operator]


def _orders(query: Any) -> Sequence[Any]:
    """The wanted order, then by name, in the direction of the last one."""
    orders = list(query.order_by)
    if not orders:
        bounds = [
            one.field_filter.field.field_path
            for one in query.where.composite_filter.filters
            if one.field_filter.Operator.Name(one.field_filter.op).endswith(("THAN", "OR_EQUAL"))
        ]
        for name in dict.fromkeys(bounds):
            order = query.order_by.add()
            order.field.field_path, order.direction = name, 1
            orders.append(order)
    if not orders or orders[-1].field.field_path != "__name__":
        last = query.order_by.add()
        last.field.field_path = "__name__"
        last.direction = orders[-1].direction if orders else 1
        orders.append(last)
    return orders


def _is_behind(document: Any, query: Any) -> bool:
    for order, cursor in zip(query.order_by, query.start_at.values, strict=True):
        ours = _order_key(document, order.field.field_path)
        is_name = order.field.field_path == "__name__"
        theirs = cursor.reference_value.split("/") if is_name else _key(cursor)
        if ours != theirs:
            return (ours > theirs) == (order.direction == 1)
    return False


def _order_key(document: Any, path: str) -> Any:
    if path == "__name__":
        return document.name.split("/")
    return _key(_get(document.fields, _names(path)))


def _key(value: Any) -> tuple[int, Any]:
    """A value as Firestore compares it."""
    kind = value.WhichOneof("value_type")
    match kind:
        case "integer_value" | "double_value":
            return _TYPES.index("number"), getattr(value, kind)
        case "null_value":
            return 0, 0
        case "timestamp_value":
            time = value.timestamp_value
            return _TYPES.index(kind), (time.seconds, time.nanos)
        case "string_value":
            return _TYPES.index(kind), value.string_value.encode()
        case "array_value":
            return _TYPES.index(kind), [_key(one) for one in value.array_value.values]
        case "map_value":
            fields = value.map_value.fields
            return _TYPES.index(kind), [(name, _key(fields[name])) for name in sorted(fields)]
        case _:
            return _TYPES.index(kind), getattr(value, kind)


def _selected(document: Any, fields: Iterable[Any]) -> Any:
    paths = [one.field_path for one in fields]
    if not paths:
        return document
    part = _Document(name=document.name, update_time=document.update_time)
    for path in paths:
        value = _get(document.fields, _names(path))
        if value is not None:
            _put(part.fields, _names(path), value)
    return part


def _names(path: str) -> list[str]:
    return [
        re.sub(r"\\(.)", r"\1", quoted) if plain == "" else plain
        for quoted, plain in _NAME.findall(path)
    ]


def _get(fields: Any, names: Sequence[str]) -> Any:
    """The value at a path; None when there is none."""
    for name in names[:-1]:
        if name not in fields or fields[name].WhichOneof("value_type") != "map_value":
            return None
        fields = fields[name].map_value.fields
    return fields.get(names[-1])


def _put(fields: Any, names: Sequence[str], value: Any) -> None:
    """Sets a path, or removes it when the value is None."""
    for name in names[:-1]:
        if name not in fields or fields[name].WhichOneof("value_type") != "map_value":
            fields[name].map_value.SetInParent()
        fields = fields[name].map_value.fields
    if value is None:
        fields.pop(names[-1], None)
    else:
        fields[names[-1]].CopyFrom(value)
