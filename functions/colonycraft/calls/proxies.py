"""The proxies: a provider's models behind a verified caller. Stateless: nothing of what is asked or
answered is stored, only what it cost, and whole answers where there is a cache of them."""

from collections.abc import Callable, Generator

from colonycraft.calls import results
from colonycraft.calls.account import Account
from colonycraft.calls.attempts import ModelCall
from colonycraft.calls.cache import look_up
from colonycraft.calls.catalogue import resolve
from colonycraft.calls.models import (
    ProxyEvent,
    ProxyRequest,
    ProxyResult,
    ReasoningDeltaEvent,
    TextDeltaEvent,
    ToolCalledEvent,
)
from colonycraft.calls.policy import PROXY
from colonycraft.calls.records import AttemptFailed, CallEvent, Stopped, Waiting
from colonycraft.calls.requests import model_request
from colonycraft.errors import Internal
from colonycraft.llm.port import Event, ReasoningDelta, TextDelta, collect
from colonycraft.platform.operations import Caller, Model

ProxyHandler = Callable[[Caller, ProxyRequest], Generator[Model, None, ProxyResult]]


def proxy(connection_id: str) -> ProxyHandler:
    """The handler for one connection's models."""

    def handle(caller: Caller, request: ProxyRequest) -> Generator[Model, None, ProxyResult]:
        choice = resolve(f"{connection_id}/{request.model}")
        asked = choice.bounded(model_request(request))
        call = ModelCall(
            (choice,),
            lambda _: asked,
            Account(caller, "proxy"),
            stream=caller.streamed,
            policy=PROXY,
            shares=False,
            lookup=look_up(caller, choice, asked, request.cache),
        )
        kept: list[Event] = []
        events = call.events()
        try:
            for event in events:
                shown = _shown(event)
                if shown is not None:
                    yield shown
                if not isinstance(event, AttemptFailed | Waiting):
                    kept.append(event)
        except Stopped as error:
            raise Internal("call-stopped") from error
        finally:
            events.close()
        answer = collect(kept)
        calls = results.tool_calls(answer.tool_calls, answer.reason)
        for index, result in enumerate(calls):
            yield ToolCalledEvent(index=index, call=result)
        usage, cost, cached = results.of_call(call.records, call.kept)
        return ProxyResult.model_construct(
            text=answer.text,
            reasoning=answer.reasoning,
            refusal=answer.refusal,
            tool_calls=calls,
            reason=answer.reason,
            finish_reason=answer.finish_reason,
            model=answer.model or request.model,
            usage=usage,
            cost=cost,
            attempts=results.attempts(call.records),
            cached=cached,
        )

    return handle


def _shown(event: CallEvent) -> ProxyEvent | None:
    match event:
        case TextDelta():
            return TextDeltaEvent.model_construct(type="text-delta", text=event.text)
        case ReasoningDelta():
            return ReasoningDeltaEvent.model_construct(type="reasoning-delta", text=event.text)
        case AttemptFailed():
            return results.attempt_failed(event)
        case Waiting():
            return results.call_waiting(event)
        case _:
            return None
