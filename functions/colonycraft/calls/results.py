"""What a call was, as callers see it: usage, cost, attempts, tool calls."""

import json
from collections.abc import Sequence

from colonycraft.calls.cache import Kept
from colonycraft.calls.catalogue import Choice, price_lists
from colonycraft.calls.models import (
    Attempt,
    AttemptFailedEvent,
    Cached,
    CallWaitingEvent,
    Cost,
    TokenUsage,
    ToolCallResult,
)
from colonycraft.calls.records import AttemptFailed, AttemptRecord, Waiting
from colonycraft.llm.port import EndReason, ToolCall, Usage
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
        partial=False,
    )


def of_call(
    records: Sequence[AttemptRecord], kept: Kept | None
) -> tuple[TokenUsage | None, Cost, Cached | None]:
    """What a call took and cost. With `kept`, the answer that the cache gave: what that took when
    it was made, that it costs nothing now, and what it saved."""
    if kept is None:
        return total_usage(records), total_cost(records), None
    return (
        token_usage(kept.usage),
        Cost.model_construct(micros=0, source="cache", partial=False),
        Cached.model_construct(made_at=kept.made_at.isoformat(), saved_micros=kept.micros),
    )


def total_usage(records: Sequence[AttemptRecord]) -> TokenUsage | None:
    """The tokens of all attempts together; None when nothing is known. A kind of token that no
    attempt reported stays unknown."""
    billed = [record for record in records if may_be_billed(record)]
    known = [usage for record in billed if (usage := token_usage(record.usage)) is not None]
    if not known:
        return None

    def total(name: str) -> int | None:
        counts = [count for usage in known if (count := getattr(usage, name)) is not None]
        return sum(counts) if counts else None

    partial = len(known) < len(billed) or any(one.output_tokens is None for one in known)
    return TokenUsage(
        input_tokens=total("input_tokens"),
        output_tokens=total("output_tokens"),
        cached_input_tokens=total("cached_input_tokens"),
        cache_write_tokens=total("cache_write_tokens"),
        reasoning_tokens=total("reasoning_tokens"),
        partial=len(billed) > 1 and partial,
    )


def total_cost(records: Sequence[AttemptRecord]) -> Cost:
    """What all attempts cost together. `micros` is None when none of them is known."""
    billed = [record for record in records if may_be_billed(record)]
    costs = [cost_of(record) for record in billed or records[-1:]]
    known = [one.micros for one in costs if one.micros is not None]
    return Cost.model_construct(
        micros=sum(known) if known or not billed else None,
        source=", ".join(dict.fromkeys(one.source for one in costs)) or "unknown",
        partial=0 < len(known) < len(costs),
    )


def cost_of(record: AttemptRecord) -> Cost:
    """What one attempt cost. `micros` is None where the price or the usage is not known; unknown is
    never zero, except where the provider refused before it did anything."""
    choice = record.choice
    price = prices.unit_price(price_lists(choice.connection, choice.model), choice.model)
    micros = micros_of(record, record.usage) if may_be_billed(record) else 0
    return Cost.model_construct(
        micros=micros, source=price.source if price else "unknown", partial=False
    )


def micros_of(record: AttemptRecord, usage: Usage | None) -> int | None:
    """What a usage of the record's model costs; None where that is not known."""
    if record.priced is None or record.priced[0] is not usage:
        record.priced = (usage, price_of(record.choice, usage, record.seconds, batch=record.batch))
    return record.priced[1]


def price_of(
    choice: Choice, counts: prices.TokenCounts | None, seconds: float, *, batch: bool = False
) -> int | None:
    """What so many tokens or seconds of a model cost, in micro-dollars; None where that is not
    known."""
    lists = price_lists(choice.connection, choice.model)
    return prices.cost_in_microdollars(lists, choice.model, counts, seconds, batch=batch)


def may_be_billed(record: AttemptRecord) -> bool:
    """Not when it was not asked, not reached, or refused by a status before anything of an answer
    came."""
    if record.outcome == "skipped":
        return False
    error = record.error
    refused = error is not None and (error.http_status is not None or error.code == "unreachable")
    return not (refused and record.first_token is None and record.usage is None)


def attempt(record: AttemptRecord) -> Attempt:
    error = record.error
    return Attempt.model_construct(
        number=record.number,
        model=record.model,
        outcome=record.outcome,
        error=None if error is None else error.code or type(error).__name__,
        message=None if error is None else error.message,
        details=None if error is None else error.details,
        started_ms=round(record.started * 1000),
        first_token_ms=milliseconds(record.first_token),
        total_ms=round(record.total * 1000),
        usage=token_usage(record.usage),
        cost=cost_of(record) if may_be_billed(record) else None,
    )


def attempts(records: Sequence[AttemptRecord]) -> list[Attempt]:
    return [attempt(record) for record in records]


def attempt_failed(event: AttemptFailed) -> AttemptFailedEvent:
    return AttemptFailedEvent.model_construct(
        type="attempt-failed",
        attempt=attempt(event.record),
        retry_in_ms=milliseconds(event.wait),
        next_model=event.next_model,
    )


def call_waiting(event: Waiting) -> CallWaitingEvent:
    return CallWaitingEvent.model_construct(
        type="call-waiting",
        model=event.choice.id,
        title=event.choice.facts.title,
        position=event.position,
        seconds=event.seconds,
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
