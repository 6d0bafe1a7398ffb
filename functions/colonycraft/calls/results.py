"""What a call was, as callers see it: usage, cost, attempts, tool calls."""

import json
from collections.abc import Sequence

from colonycraft import llm
from colonycraft.calls.attempts import AttemptFailed, AttemptRecord
from colonycraft.calls.models import (
    Attempt,
    AttemptFailedEvent,
    Cost,
    TokenUsage,
    ToolCallResult,
)
from colonycraft.llm.port import Connection, EndReason, ToolCall, Usage
from colonycraft.usage import prices


def milliseconds(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1000)


def token_usage(usage: Usage | None) -> TokenUsage | None:
    if usage is None:
        return None
    return TokenUsage.model_construct(
        input_tokens=usage.reported_input_tokens,
        output_tokens=usage.output_tokens,
        cached_input_tokens=usage.cached_input_tokens,
        cache_write_tokens=usage.cache_write_tokens,
        reasoning_tokens=usage.reasoning_tokens,
    )


def cost(connection: Connection, model: str, usage: Usage | None) -> Cost:
    """`micros` is None where the price or the usage is not known; unknown is never zero."""
    lists = llm.price_lists(connection, model)
    micros = None if usage is None else prices.cost_in_microdollars(lists, model, usage)
    price = prices.unit_price(lists, model)
    return Cost.model_construct(micros=micros, source=price.source if price else "unknown")


def attempt(record: AttemptRecord) -> Attempt:
    error = record.error
    return Attempt.model_construct(
        number=record.number,
        model=record.model,
        outcome=record.outcome,
        error=None if error is None else error.code or type(error).__name__,
        message=None if error is None else error.message,
        started_ms=round(record.started * 1000),
        first_token_ms=milliseconds(record.first_token),
        total_ms=round(record.total * 1000),
    )


def attempts(records: Sequence[AttemptRecord]) -> list[Attempt]:
    return [attempt(record) for record in records]


def attempt_failed(event: AttemptFailed) -> AttemptFailedEvent:
    return AttemptFailedEvent.model_construct(
        type="attempt-failed",
        attempt=attempt(event.record),
        retry_in_ms=milliseconds(event.wait),
    )


def tool_calls(calls: Sequence[ToolCall], reason: EndReason) -> list[ToolCallResult]:
    """A call is valid when the answer is whole and its arguments are a JSON object."""
    return [
        ToolCallResult.model_construct(
            id=call.id,
            name=call.name,
            arguments=call.arguments,
            valid=reason == "tool_calls" and _is_object(call.arguments),
        )
        for call in calls
    ]


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text or "{}"), dict)
    except ValueError:
        return False
