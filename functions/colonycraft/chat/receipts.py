"""What an answer was made of and what it cost, over all its attempts and, when it has been
continued, over all its runs."""

from collections.abc import Sequence

from colonycraft.calls import AttemptRecord, Choice, Kept, results
from colonycraft.calls.models import Attempt, Cost, TokenUsage
from colonycraft.chat.begin import Begun
from colonycraft.chat.models import Receipt
from colonycraft.chat.timing import Timing
from colonycraft.llm.port import End


def receipt(
    begun: Begun,
    records: Sequence[AttemptRecord],
    end: End | None,
    *,
    kept: Kept | None,
    choice: Choice,
    timing: Timing,
) -> Receipt:
    """`choice` answered, or was asked last; `kept` is what the cache gave."""
    context = begun.prompt.context_for(choice)
    before = None if begun.receipt is None else Receipt.model_validate(begun.receipt)
    lost = [Attempt.model_validate(one) for one in begun.run.attempts]
    attempts = [*(before.attempts if before else ()), *lost, *results.attempts(records)]
    usage, cost, cached = results.of_call(records, kept)
    first_token = results.milliseconds(timing.first_token)
    return Receipt.model_construct(
        model_asked=begun.run.snapshot["model"],
        model_used=end.model if end else None,
        reason=end.reason if end else None,
        usage=_add_usage(before.usage, usage) if before else usage,
        cost=_add_cost(before.cost, cost) if before else cost,
        first_token_ms=before.first_token_ms if before else first_token,
        total_ms=round(timing.total * 1000) + (before.total_ms if before else 0),
        attempts=_numbered(attempts),
        context_messages=context.included,
        left_out_messages=context.left_out,
        left_out_ids=list(context.left_out_ids),
        summary_used=context.summary_used,
        cached=cached,
        wish=begun.prompt.wish,
        reasoning_ms=None if kept else _reasoning_ms(begun, before, timing),
    )


def _reasoning_ms(begun: Begun, before: Receipt | None, timing: Timing) -> int | None:
    """None where a part of the reasoning came with nobody to tell how long it took."""
    known = before.reasoning_ms if before else None
    if begun.reasoning and known is None:
        return None
    now = results.milliseconds(timing.reasoning)
    return now if known is None else known + (now or 0)


def _numbered(attempts: Sequence[Attempt]) -> list[Attempt]:
    return [one.model_copy(update={"number": at}) for at, one in enumerate(attempts, start=1)]


def _add_usage(before: TokenUsage | None, now: TokenUsage | None) -> TokenUsage | None:
    """What is not known of one makes the sum a part."""
    if before is None or now is None:
        known = before or now
        return None if known is None else known.model_copy(update={"partial": True})
    sums = {
        name: None if left is None and right is None else (left or 0) + (right or 0)
        for name in TokenUsage.model_fields
        if name != "partial"
        for left, right in ((getattr(before, name), getattr(now, name)),)
    }
    return TokenUsage(**sums, partial=before.partial or now.partial)


def _add_cost(before: Cost, now: Cost) -> Cost:
    known = [one.micros for one in (before, now) if one.micros is not None]
    sources = dict.fromkeys((before.source, now.source))
    return Cost(
        micros=sum(known) if known else None,
        source=", ".join(sources),
        partial=len(known) == 1 or before.partial or now.partial,
    )
