"""What tokens cost, to the micro-dollar."""

import importlib.metadata
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "functions"))

from colonycraft.usage.overrides import Override
from colonycraft.usage.prices import (
    DATA_VERSION,
    LOCAL,
    cost_in_microdollars,
    is_halved,
    price_list_version,
    unit_price,
    worst_price,
)


@dataclass
class Counts:
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_input_tokens: int | None = None
    cache_write_tokens: int | None = None


@pytest.mark.parametrize(
    ("vendor", "model", "counts", "cost"),
    [
        # 2.50 and 10 dollars a million
        ("openai", "gpt-4o", Counts(1_000_000, 0), 2_500_000),
        ("openai", "gpt-4o", Counts(1000, 100), 3500),
        ("openai", "gpt-4o-2024-11-20", Counts(1000, 100), 3500),
        # cached input at 1.25
        ("openai", "gpt-4o", Counts(1000, 0, 400), 600 * 2.5 + 400 * 1.25),
        # 4, 20, cache read 0.2, cache write 5
        ("anthropic", "claude-opus-5-5", Counts(1000, 10, 300, 200), 2000 + 200 + 60 + 1000),
        ("openai", "gpt-4o", Counts(0, 0), 0),
        ("anthropic", "claude-sonnet-4-5", Counts(199_999, 0), 599_997),
        # all of a long input costs more
        ("anthropic", "claude-sonnet-4-5", Counts(200_001, 0), 1_200_006),
        # more cached than there was: what is cached counts
        ("anthropic", "claude-opus-5-5", Counts(100, 10, 300, 200), 60 + 1000 + 200),
        # vectors: what is written is nothing
        ("openai", "text-embedding-3-small", Counts(1_000_000, 0), 20_000),
        ("mistral", "mistral-embed", Counts(1_000_000, 0), 100_000),
        # a price without a rate for the cache charges it as input
        ("mistral", "mistral-large-latest", Counts(1000, 0, 500), 2000),
    ],
)
def test_cost(vendor: str, model: str, counts: Counts, cost: float) -> None:
    assert cost_in_microdollars((vendor,), model, counts) == cost


def test_cost_is_rounded_half_up() -> None:
    # 1 token of gpt-4o costs 2.5 micro-dollars, 3 cost 7.5
    assert cost_in_microdollars(("openai",), "gpt-4o", Counts(1, 0)) == 3
    assert cost_in_microdollars(("openai",), "gpt-4o", Counts(3, 0)) == 8
    assert isinstance(cost_in_microdollars(("openai",), "gpt-4o", Counts(3, 0)), int)


def test_what_is_unknown_stays_unknown() -> None:
    assert cost_in_microdollars((), "gpt-4o", Counts(1, 1)) is None
    assert cost_in_microdollars(("openai",), "gpt-of-tomorrow", Counts(1, 1)) is None
    assert cost_in_microdollars(("nobody",), "gpt-4o", Counts(1, 1)) is None
    assert cost_in_microdollars(("openai",), "gpt-4o", Counts(None, 1)) is None
    assert cost_in_microdollars(("openai",), "gpt-4o", Counts(1, None)) is None
    assert unit_price(("openai",), "gpt-of-tomorrow") is None


def test_the_first_list_that_knows_the_model_counts() -> None:
    router = "https://openrouter.ai/api/v1"
    assert unit_price((router, "openai"), "gpt-4o") == unit_price(("openai",), "gpt-4o")
    assert unit_price((router,), "mistralai/mistral-nemo") is not None
    assert unit_price(("https://nobody.example.test/v1", "openai"), "gpt-4o") is not None


def test_a_model_on_ones_own_machine_costs_nothing() -> None:
    assert cost_in_microdollars((LOCAL,), "qwen", Counts(1000, 1000)) == 0
    price = unit_price((LOCAL,), "qwen")
    assert price is not None
    assert (price.input, price.source, price.date) == (0, "local", None)


def test_unit_price() -> None:
    price = unit_price(("anthropic",), "claude-sonnet-4-5")
    assert price is not None
    assert (price.input, price.output) == (Decimal(3), Decimal(15))
    assert (price.cached_input, price.cache_write) == (Decimal("0.3"), Decimal("3.75"))
    assert price.tiered
    assert (price.source, price.date) == ("genai-prices 0.2.3", "2026-11-09")


def test_the_data_is_the_one_that_is_named() -> None:
    """Another version has another date: set both."""
    assert importlib.metadata.version("genai-prices") == DATA_VERSION


def test_nothing_is_loaded_before_it_is_needed() -> None:
    import subprocess

    code = (
        "import sys, colonycraft.usage.prices, colonycraft.llm; "
        # httpx comes with firebase_admin, which every process has.
        "heavy = {'genai_prices', 'openai', 'anthropic', 'mistralai', 'ollama', 'httpx2'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[3] / "functions"
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("vendor", "model", "counts"),
    [
        ("openai", "gpt-4o", Counts(1_000_000, 1000)),
        ("openai", "gpt-4o", Counts(1000, 100, 400)),
        ("anthropic", "claude-opus-5-5", Counts(1000, 10, 300, 200)),
        # all of a long input costs more, in a batch too
        ("anthropic", "claude-sonnet-4-5", Counts(200_002, 0)),
        ("mistral", "mistral-large-latest", Counts(1000, 100)),
    ],
)
def test_a_batch_costs_half_in_every_kind_of_token_and_tier(
    vendor: str, model: str, counts: Counts
) -> None:
    at_once = cost_in_microdollars((vendor,), model, counts)
    assert at_once is not None
    assert cost_in_microdollars((vendor,), model, counts, batch=True) == at_once / 2
    tokens = counts.input_tokens or 0
    whole, half = (worst_price((vendor,), model, tokens, batch=one) for one in (False, True))
    assert whole is not None and half is not None
    assert (half.input, half.output) == (-(-whole.input // 2), -(-whole.output // 2))
    assert is_halved((vendor,), model)


def test_a_batch_is_rounded_once() -> None:
    # 1 token of gpt-4o costs 1.25 micro-dollars in a batch, not half of the 3 that it costs at once
    assert cost_in_microdollars(("openai",), "gpt-4o", Counts(1, 0), batch=True) == 1


def test_what_is_not_known_to_be_half_costs_all() -> None:
    counts, model = Counts(1000, 100), "gpt-3.5-turbo-1106"
    whole = cost_in_microdollars(("openai",), model, counts)
    assert whole is not None
    assert cost_in_microdollars(("openai",), model, counts, batch=True) == whole
    assert not is_halved(("openai",), model)
    for lists in (("openai",), (LOCAL,), ()):
        assert not is_halved(lists, "no-such-model")


def test_a_price_of_ones_own_holds_in_batches_too() -> None:
    own = Override("openai/gpt-4o", Decimal(3), Decimal(9))
    lists = (own, "openai")
    assert cost_in_microdollars(lists, "gpt-4o", Counts(1000, 100), batch=True) == 3900
    assert price_list_version(lists, "gpt-4o", batch=True) == "override"


def test_the_ledger_is_told_which_list_halves() -> None:
    told = price_list_version(("openai",), "gpt-4o", batch=True)
    assert told == f"genai-prices {DATA_VERSION}, half by litellm 1.109.3"
    assert price_list_version(("openai",), "gpt-4o") == f"genai-prices {DATA_VERSION}"
    assert "mistral.ai" in price_list_version(("mistral",), "mistral-large-latest", batch=True)
