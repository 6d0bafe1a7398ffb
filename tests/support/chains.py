"""Chains of models, each a server made of bytes, and what a caller saw of a call to them."""

import json
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from colonycraft.calls import (
    DEFAULT,
    AttemptFailed,
    CallEvent,
    Choice,
    ModelCall,
    Policy,
    Stopped,
    Waiting,
)
from colonycraft.errors import ProviderError
from colonycraft.llm import describe
from colonycraft.llm.port import (
    Completion,
    Connection,
    Message,
    ModelRequest,
    TextPart,
    collect,
)
from support.payers import Nobody
from support.upstream import SSE, Behaviour, Upstream, chunked, events, reply, upstream

QUICK = replace(DEFAULT, first_wait=0.01)
QUESTION = Message("user", (TextPart("hello"),))


def delta(**content: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": content, "finish_reason": None}]}


def finish(reason: str = "stop", tokens: int | None = 5) -> list[Any]:
    """The end of a stream: the reason, the usage (10 tokens in), [DONE]."""
    end: list[Any] = [{"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}]
    if tokens is not None:
        end.append({"choices": [], "usage": {"prompt_tokens": 10, "completion_tokens": tokens}})
    return [*end, "[DONE]"]


def answer(*texts: str, headers: dict[str, str] | None = None) -> bytes:
    """A whole answer, streamed."""
    return reply(events(*(delta(content=text) for text in texts), *finish()), SSE, headers=headers)


def broken(*objects: Any, polite: bool = False) -> bytes | Behaviour:
    """A stream that ends in the middle: the connection breaks, or the transfer ends politely."""
    data = chunked(*(events(each) for each in objects), end=polite)

    def send(connection: Any) -> None:
        connection.sendall(data)

    return data if polite else send


def refusal(status: int, code: str = "x", headers: dict[str, str] | None = None) -> bytes:
    error = {"error": {"message": "CANARY", "type": "x", "code": code}}
    return reply(json.dumps(error), status=status, headers=headers)


@contextmanager
def servers(*each: tuple[bytes | Behaviour, ...]) -> Generator[list[Upstream]]:
    """One server for each tuple of answers."""
    with ExitStack() as stack:
        yield [stack.enter_context(upstream(*answers)) for answers in each]


def choice(server: Upstream, name: str, **facts: Any) -> Choice:
    connection = Connection(name, "openai_chat", name.title(), server.url + "/v1", "k")
    return Choice(connection, "a-model", replace(describe(connection, "a-model"), **facts))


def chain(running: list[Upstream], **facts: Any) -> tuple[Choice, ...]:
    """The servers as one, two, three ..."""
    names = ("one", "two", "three", "four")
    return tuple(choice(*pair, **facts) for pair in zip(running, names, strict=False))


def request_for(asked: Choice) -> ModelRequest:
    return ModelRequest(asked.model, (QUESTION,))


@dataclass
class Seen:
    """What came of a call, in the order in which it came."""

    call: ModelCall
    events: list[CallEvent] = field(default_factory=list[CallEvent])
    error: ProviderError | None = None
    stopped: bool = False

    @property
    def completion(self) -> Completion:
        return collect(one for one in self.events if not isinstance(one, AttemptFailed | Waiting))

    @property
    def failed(self) -> list[AttemptFailed]:
        return [one for one in self.events if isinstance(one, AttemptFailed)]

    @property
    def waits(self) -> list[Waiting]:
        return [one for one in self.events if isinstance(one, Waiting)]

    @property
    def next_models(self) -> list[str | None]:
        return [one.next_model for one in self.failed]

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        return [(one.model, one.outcome) for one in self.call.records]


def run(call: ModelCall, *, stop_at_failure: bool = False) -> Seen:
    """Reads a call to its end; with `stop_at_failure` it is stopped when an attempt has failed."""
    seen = Seen(call)
    try:
        for event in call.events():
            seen.events.append(event)
            if stop_at_failure and isinstance(event, AttemptFailed):
                call.stop()
    except ProviderError as error:
        seen.error = error
    except Stopped:
        seen.stopped = True
    return seen


def ask(
    choices: tuple[Choice, ...],
    policy: Policy = QUICK,
    *,
    written: str = "",
    stop_at_failure: bool = False,
) -> Seen:
    call = ModelCall(choices, request_for, Nobody(), policy=policy, written=written)
    return run(call, stop_at_failure=stop_at_failure)


def sent(server: Upstream) -> list[list[tuple[str, str]]]:
    """Role and text of the messages of each request that a server received."""
    return [
        [(message["role"], message["content"]) for message in one.json["messages"]]
        for one in server.received
    ]
