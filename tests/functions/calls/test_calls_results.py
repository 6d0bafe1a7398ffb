"""What attempts cost together: unknown stays unknown, and a part is not taken for the whole."""

from typing import Any

import pytest

from colonycraft.calls import AttemptRecord, Choice, results
from colonycraft.errors import ConnectionFailed, Overloaded, ProviderError
from colonycraft.llm import describe
from colonycraft.llm.port import Connection, Usage

PRICED = Connection("openai", "openai_chat", "OpenAI", api_key="k")
LOCAL = Connection("ollama", "ollama_chat", "Ollama", base_url="http://127.0.0.1:1")
UNPRICED = Connection("own", "openai_chat", "Own", base_url="https://own.example/v1")
KNOWN = Usage(input_tokens=1_000, output_tokens=100)
PRICE = results.cost_of(
    AttemptRecord(1, Choice(PRICED, "gpt-5-mini", describe(PRICED, "gpt-5-mini")), 0, usage=KNOWN)
).micros


def record(
    connection: Connection = PRICED, usage: Usage | None = KNOWN, **more: Any
) -> AttemptRecord:
    model = "gpt-5-mini" if connection is PRICED else "a-model"
    return AttemptRecord(1, Choice(connection, model, describe(connection, model)), 0.0,
                         usage=usage, first_token=more.pop("first_token", 0.1), **more)  # fmt: skip


REFUSED = record(usage=None, first_token=None, error=Overloaded("provider-busy", http_status=503))
SKIPPED = record(usage=None, first_token=None, outcome="skipped", error=Overloaded("provider-busy"))
UNREACHABLE = record(
    usage=None, first_token=None, error=ConnectionFailed("provider-broke", code="unreachable")
)
VANISHED = record(usage=None, first_token=None, error=ConnectionFailed("provider-broke"))
CUT = record(usage=None, outcome="incomplete", error=Overloaded("provider-busy", http_status=503))


def test_the_price_is_known() -> None:
    assert PRICE and PRICE > 0


@pytest.mark.parametrize(
    ("records", "micros", "partial"),
    [
        ([record()], 1, False),
        ([record(), record()], 2, False),
        ([REFUSED, record()], 1, False),
        ([SKIPPED, record()], 1, False),
        ([record(), record(LOCAL)], 1, False),
        ([VANISHED, record()], 1, True),
        ([CUT, record()], 1, True),
        ([record(UNPRICED), record()], 1, True),
        ([record(UNPRICED)], None, False),
        ([CUT], None, False),
        ([VANISHED, CUT], None, False),
        ([REFUSED], 0, False),
        ([REFUSED, SKIPPED], 0, False),
        ([], 0, False),
        ([UNREACHABLE, record()], 1, False),
    ],
)
def test_costs_are_added_up(
    records: list[AttemptRecord], micros: int | None, partial: bool
) -> None:
    total = results.total_cost(records)
    expected = None if micros is None else micros * (PRICE or 0)
    assert (total.micros, total.partial) == (expected, partial)


def test_the_sources_of_all_prices_are_named() -> None:
    assert "genai-prices" in results.total_cost([record(), record(LOCAL)]).source
    assert "local" in results.total_cost([record(), record(LOCAL)]).source
    assert results.total_cost([]).source == "unknown"


@pytest.mark.parametrize(
    ("usages", "expected"),
    [
        ([KNOWN, KNOWN], (2_000, 200, None, False)),
        ([KNOWN, Usage(1, 2, cached_input_tokens=3)], (1_001, 102, 3, False)),
        ([Usage(5, None), KNOWN], (1_005, 100, None, True)),
        ([Usage(5, None)], (5, None, None, False)),
        ([Usage(0, 0)], (0, 0, None, False)),
        ([None, KNOWN], (1_000, 100, None, True)),
    ],
)
def test_tokens_are_added_up(usages: list[Usage | None], expected: tuple[Any, ...]) -> None:
    total = results.total_usage([record(usage=usage) for usage in usages])
    assert total is not None
    assert (
        total.input_tokens,
        total.output_tokens,
        total.cached_input_tokens,
        total.partial,
    ) == expected


@pytest.mark.parametrize("records", [[], [REFUSED], [CUT], [VANISHED, SKIPPED]])
def test_nothing_known_is_not_nothing_used(records: list[AttemptRecord]) -> None:
    assert results.total_usage(records) is None


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Overloaded("provider-busy", code="overloaded"), "overloaded"),
        (ConnectionFailed("provider-broke"), "ConnectionFailed"),
    ],
)
def test_an_attempt_shows_reason_times_usage_and_cost(error: ProviderError, code: str) -> None:
    one = results.attempt(
        record(error=error, outcome="incomplete", total=2.5, shown=True)
    )  # fmt: skip
    assert (one.model, one.outcome, one.error, one.message, one.details) == (
        "openai/gpt-5-mini",
        "incomplete",
        code,
        error.message,
        error.details,
    )
    assert (one.started_ms, one.first_token_ms, one.total_ms) == (0, 100, 2_500)
    assert one.usage is not None and one.usage.output_tokens == 100
    assert one.cost is not None and one.cost.micros == PRICE
    assert results.attempt(REFUSED).cost is None
    assert results.attempt(SKIPPED).cost is None
