"""The one door: authenticate, parse, authorise, run, map errors. Every operation passes it."""

import re
import time
import uuid
from collections.abc import Callable, Generator, Iterable
from typing import Any, cast

from flask import Request, Response
from pydantic import BaseModel, ValidationError

from colonycraft.door.identity import identify
from colonycraft.door.wire import (
    HEADERS,
    HTTP_STATUS,
    error_body,
    frame,
    invalid_fields,
    read_data,
    to_json,
)
from colonycraft.errors import ColonyCraftError, Internal, NotFound, PermissionDenied
from colonycraft.platform import log
from colonycraft.platform.operations import Access, Operation, StreamedHandler, UnaryHandler

Handler = Callable[[Request], Response]


def door(operations: Iterable[Operation], function: str) -> Handler:
    """The HTTP handler of one deployed function, which serves its operations of the table."""
    table = {one.name: one for one in operations if one.function == function}
    single = table.get(function)

    def handle(request: Request) -> Response:
        if request.method == "HEAD":
            # It has woken the function, which is what it is for.
            return Response(status=204, headers=HEADERS)
        if request.method != "POST":
            return Response(status=405, headers={**HEADERS, "Allow": "POST"})
        name = request.path.strip("/")
        return _Exchange(request, single or table.get(name)).answer()

    return handle


class _Exchange:
    """One request and its answer."""

    def __init__(self, request: Request, operation: Operation | None) -> None:
        self._request = request
        self._operation = operation
        self._started = time.monotonic()
        self._correlation_id = _correlation_id(request)
        self._streamed = "text/event-stream" in request.headers.get("Accept", "")
        self._uid: str | None = None
        self._key: str | None = None

    def answer(self) -> Response:
        try:
            run = self._prepare()
        except Exception as error:
            return self._refuse(self._mapped(error))
        if self._streamed:
            return Response(
                self._stream(run), status=200, headers=HEADERS, mimetype="text/event-stream"
            )
        try:
            body = b'{"result": ' + to_json(_drain(run)) + b"}"
        except Exception as error:
            return self._refuse(self._mapped(error))
        self._log("OK")
        return Response(body, status=200, headers=HEADERS, mimetype="application/json")

    def _prepare(self) -> Generator[BaseModel, None, BaseModel]:
        """The handler, ready to run. Nothing of it has run yet."""
        operation = self._operation
        caller = identify(
            self._request,
            self._correlation_id,
            streamed=self._streamed,
            by_key=operation is not None and operation.by_key,
        )
        self._uid, self._key = caller.uid, caller.key
        if operation is None:
            raise NotFound("no-such-operation")
        data = read_data(self._request, operation.max_body)
        try:
            parsed = operation.input.model_validate(data)
        except ValidationError as error:
            raise invalid_fields(error, data) from error
        if operation.access is Access.ADMINISTRATOR and caller.role != "admin":
            raise PermissionDenied("administrators-only")
        if operation.streamed:
            return cast(StreamedHandler, operation.handler)(caller, parsed)
        return _one(cast(UnaryHandler, operation.handler), caller, parsed)

    def _stream(self, run: Generator[BaseModel, None, BaseModel]) -> Generator[bytes]:
        status = "OK"
        try:
            result = yield from _messages(run)
            yield frame("result", result)
        except GeneratorExit:
            status = "CANCELLED"
            raise
        except Exception as error:
            mapped = self._mapped(error)
            status = mapped.status
            yield frame("error", error_body(mapped))
        finally:
            run.close()
            self._log(status)

    def _refuse(self, error: ColonyCraftError) -> Response:
        self._log(error.status)
        if self._streamed:
            body, status, kind = frame("error", error_body(error)), 200, "text/event-stream"
        else:
            body = b'{"error": ' + to_json(error_body(error)) + b"}"
            status, kind = HTTP_STATUS[error.status], "application/json"
        return Response(body, status=status, headers=HEADERS, mimetype=kind)

    def _mapped(self, error: Exception) -> ColonyCraftError:
        if isinstance(error, ColonyCraftError) and not isinstance(error, Internal):
            return error
        log.error("unexpected error", error, **self._fields())
        if isinstance(error, Internal):
            return error
        return Internal("internal", correlation_id=self._correlation_id)

    def _log(self, status: str) -> None:
        log.info(
            "request",
            status=status,
            ms=round((time.monotonic() - self._started) * 1000, 1),
            **self._fields(),
        )

    def _fields(self) -> dict[str, str | None]:
        return {
            "operation": self._operation.name if self._operation else None,
            "uid": self._uid,
            "key": self._key,
            "correlationId": self._correlation_id,
        }


def _correlation_id(request: Request) -> str:
    """The platform's trace, where it made one, so that its logs and ours are found together."""
    trace = request.headers.get("X-Cloud-Trace-Context", "").partition("/")[0]
    return trace if re.fullmatch(r"[0-9a-f]{32}", trace) else uuid.uuid4().hex


def _messages(
    run: Generator[BaseModel, None, BaseModel],
) -> Generator[bytes, None, BaseModel]:
    while True:
        try:
            message = next(run)
        except StopIteration as end:
            return cast(BaseModel, end.value)
        yield frame("message", message)


def _drain(run: Generator[BaseModel, None, BaseModel]) -> BaseModel:
    while True:
        try:
            next(run)
        except StopIteration as end:
            return cast(BaseModel, end.value)


def _one(
    handler: UnaryHandler, caller: Any, parsed: BaseModel
) -> Generator[BaseModel, None, BaseModel]:
    return handler(caller, parsed)
    yield  # a generator that has only a result
