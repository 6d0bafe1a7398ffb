"""Calls the door as a Firebase client does, without a server between."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Request
from pydantic.alias_generators import to_snake
from werkzeug.test import EnvironBuilder

from colonycraft.reasons import parameters_of
from support.people import Person


@dataclass(frozen=True)
class Answer:
    """What came back. `frames` are the decoded `data:` lines of a stream."""

    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> dict[str, Any]:
        """There is none without a reason that the web app has words for."""
        streamed = self.headers["Content-Type"].startswith("text/event-stream")
        error = (self.frames[-1] if streamed else self.json)["error"]
        told = {to_snake(name) for name in error["details"]}
        assert told == {"reason", *parameters_of(error["details"]["reason"])}
        return error

    @property
    def result(self) -> Any:
        if self.headers["Content-Type"].startswith("text/event-stream"):
            return self.frames[-1]["result"]
        return self.json["result"]

    @property
    def frames(self) -> list[dict[str, Any]]:
        lines = self.body.decode().split("\n\n")
        assert lines[-1] == ""
        return [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [frame["message"] for frame in self.frames if "message" in frame]


def post(
    function: str,
    data: Any = None,
    *,
    path: str = "/",
    person: Person | None = None,
    stream: bool = False,
    raw: bytes | None = None,
    headers: dict[str, str] | None = None,
    method: str = "POST",
) -> Answer:
    """Sends `{"data": data}`, or `raw` as it is, to a deployed function's handler."""
    import main

    sent = {"Content-Type": "application/json", **(person.headers if person else {})}
    if stream:
        sent["Accept"] = "text/event-stream"
    builder = EnvironBuilder(
        path=path,
        method=method,
        data=json.dumps({"data": data}).encode() if raw is None else raw,
        headers={**sent, **(headers or {})},
    )
    from colonycraft.door import door

    response = door(main.OPERATIONS, function)(Request(builder.get_environ()))
    body = b"".join(response.iter_encoded())
    response.close()
    return Answer(response.status_code, body, dict(response.headers))


def api(operation: str, data: Any, person: Person | None = None, **options: Any) -> Answer:
    return post("api", data, path=f"/{operation}", person=person, **options)
