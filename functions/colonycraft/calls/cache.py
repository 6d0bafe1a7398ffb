"""Whole answers, kept for who asks exactly the same again: `cache/{hash}`. Off unless it is set;
then for all, or for who asks for it.

    look_up ── asked at once ──> answer() ── Kept ──> shown; no provider is asked
                                    └─ None ──> the provider is asked ──> keep, if it is whole

The hash is over the organisation, the model and where it is, and every word and parameter of the
request: who is in another organisation, or asks otherwise in anything, never meets the answer.
Once it is on, nothing here raises: without the database there is no cache.
"""

import dataclasses
import hashlib
import json
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pydantic.alias_generators import to_camel

from colonycraft.calls.catalogue import Choice
from colonycraft.calls.store import read_answer, write_answer
from colonycraft.errors import Unavailable
from colonycraft.llm.port import (
    End,
    Event,
    ImagePart,
    ModelRequest,
    ReasoningDelta,
    TextDelta,
    Usage,
)
from colonycraft.platform import log
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Read, Snapshot
from colonycraft.platform.operations import Caller
from colonycraft.usage import spending

SCHEMA_VERSION = 1
LARGEST = 500_000
"""Bytes of an answer; a document has room for a million."""
PATIENCE = 3.0
"""Seconds that the database has to say what it has."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer, and what it cost when it was made; `micros` None: that is not known."""

    text: str
    reasoning: str
    usage: Usage | None
    end: End
    micros: int | None
    made_at: datetime

    def events(self) -> Generator[Event]:
        """The answer as if a model gave it."""
        if self.reasoning:
            yield ReasoningDelta(self.reasoning)
        yield TextDelta(self.text)
        if self.usage is not None:
            yield self.usage
        yield self.end


@dataclass(slots=True, eq=False)
class Lookup:
    """A question to the cache: sent, and not waited for until `answer` is called."""

    caller: Caller
    choice: Choice
    key: str
    lives_for: timedelta
    _read: Read[list[Snapshot]] | None
    _answer: Kept | None = field(default=None, init=False)

    def answer(self) -> Kept | None:
        """What is kept; None where there is nothing, or it is too old."""
        read, self._read = self._read, None
        if read is not None:
            try:
                (stored,) = read()
            except Unavailable as error:
                log.error("the cache was not read", error)
            else:
                self._answer = _kept(stored.data, self.lives_for)
        return self._answer

    def keep(
        self, text: str, reasoning: str, usage: Usage | None, end: End, micros: int | None
    ) -> None:
        """Keeps an answer that ended whole, and does not wait for it."""
        if len((text + reasoning).encode("utf-8", "surrogatepass")) > LARGEST:
            return
        at = now()
        fields = {
            "schemaVersion": SCHEMA_VERSION,
            "orgId": self.caller.org_id,
            "ownerId": self.caller.uid,
            "model": self.choice.id,
            "text": text,
            "reasoning": reasoning,
            "usage": None if usage is None else _stored(usage),
            "reason": end.reason,
            "finishReason": end.finish_reason,
            "modelUsed": end.model,
            "micros": micros,
            "createdAt": at,
            "expireAt": at + self.lives_for,
        }
        try:
            sent = write_answer(self.key, fields)
            sent.on_failure(lambda error: log.error("an answer was not kept", error))
        except Exception as error:  # the answer is there, and is shown
            log.error("an answer was not kept", error)


def look_up(
    caller: Caller, choice: Choice, request: ModelRequest, wanted: bool | None = None
) -> Lookup | None:
    """Asks the cache; None where it is off, or nothing of the kind is kept. `wanted`: whether that
    was asked for; None leaves it to the workspace. Raises Unavailable where it cannot be read
    whether it is on."""
    if wanted is False:
        return None
    holds = spending.policy()
    if holds.cache is None or (holds.cache_on_request and not wanted) or not _repeats(request):
        return None
    key = key_of(caller.org_id, choice, request)
    return Lookup(caller, choice, key, holds.cache, read_answer(key, within=PATIENCE))


def key_of(org_id: str, choice: Choice, request: ModelRequest) -> str:
    """A hash of all that an answer may depend on, the address of the model included. The order of
    a JSON Schema's properties counts: models answer in it."""
    place = choice.connection
    asked = [
        SCHEMA_VERSION,
        org_id,
        choice.id,
        [place.adapter, place.base_url, sorted(place.options.items())],
        request,
    ]
    canonical = json.dumps(asked, default=_plain, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A part or a message as JSON, with its kind: equal words in another place are not equal."""
    if isinstance(value, bytes):
        return ["bytes", value.hex()]
    own = {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    return [type(value).__name__, own]


def _repeats(request: ModelRequest) -> bool:
    """Not where tools are run, nor of a picture that lies elsewhere and may be another tomorrow."""
    return not request.tools and not any(
        isinstance(part, ImagePart) and part.url is not None
        for message in request.messages
        for part in message.parts
    )


def _kept(data: dict[str, Any] | None, lives_for: timedelta) -> Kept | None:
    """The time that is set now holds as well as the one that was."""
    if data is None or now() >= min(data["expireAt"], data["createdAt"] + lives_for):
        return None
    usage = data["usage"]
    return Kept(
        data["text"],
        data["reasoning"],
        None if usage is None else _usage(usage),
        End(data["reason"], data["finishReason"], data["modelUsed"]),
        data["micros"],
        data["createdAt"],
    )


def _stored(usage: Usage) -> dict[str, Any]:
    return {to_camel(name): value for name, value in dataclasses.asdict(usage).items()}


def _usage(stored: dict[str, Any]) -> Usage:
    return Usage(**{one.name: stored[to_camel(one.name)] for one in dataclasses.fields(Usage)})
