"""What the setting PRICES says, and that it wins everywhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonycraft import calls
from colonycraft.calls import Account, account, catalogue, resolve
from colonycraft.errors import BudgetUsedUp, NotConfigured
from colonycraft.llm import ModelFacts
from colonycraft.llm.port import Message, ModelRequest, TextPart
from colonycraft.platform.firestore import Firestore, Query, Where
from colonycraft.platform.settings import settings
from colonycraft.usage import ledger, overrides, prices
from colonycraft.usage.overrides import Override, read_overrides
from colonycraft.usage.teller import teller
from support.provider import Provider
from support.spending import hold
from support.turns import ask, question, someone


@contextmanager
def priced(text: str, budget: str = "") -> Iterator[None]:
    table = read_overrides(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overrides, "overrides", lambda: table)
        hold(patch, budget)
        teller.forget()
        catalogue.forget()
        yield
    catalogue.forget()


D = Decimal


@pytest.mark.parametrize(
    ("text", "override"),
    [
        ("openai/gpt-5.2: 1.25 in, 10 out", Override("openai/gpt-5.2", D("1.25"), D(10))),
        ("a/*:3 in,15 out , 0.3 cached", Override("a/*", D(3), D(15), D("0.3"))),
        ("a/*: 15 out, 3 in, 3.75 written", Override("a/*", D(3), D(15), None, D("3.75"))),
        ("ollama/*: 0", Override("ollama/*")),
        ("ollama/qwen3:8b: 0.0", Override("ollama/qwen3:8b")),
        ("ollama/*: 0.0002 a second", Override("ollama/*", second=D("0.0002"))),
        ("*: 1 per second", Override("*", second=D(1))),
    ],
)
def test_a_price(text: str, override: Override) -> None:
    assert read_overrides(f" {text} ; ") == (override,)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1 in, 2 out", "names no model"),
        ("gpt-5: 1 in, 2 out", "names no model"),
        ("open ai/x: 1 in, 2 out", "names no model"),
        ("a/b", "names no model"),
        ("a/b:", "is no price"),
        ("a/b: free", "is no price"),
        ("a/b: 1", "is no price"),
        ("a/b: 1 in", "what input and output cost"),
        ("a/b: 1 in, 2 cached", "what input and output cost"),
        ("a/b: 1 in, 2 out, 3 in", "is no price"),
        ("a/b: -1 in, 2 out", "is no price"),
        ("a/b: 1e3 in, 2 out", "is no price"),
        ("a/b: NaN in, 2 out", "is no price"),
        ("a/b: 0.0000001 in, 2 out", "is no price"),
        ("a/b: 1 in, 2 out, 0.1 a second", "is no price"),
        ("a/b: 2000000 in, 2 out", "are no price"),
        ("a/b: 99999999 a second", "are no price"),
        ("a/b: 0; a/b: 1 in, 2 out", "two prices"),
    ],
)
def test_what_is_wrong_is_said(text: str, says: str) -> None:
    with pytest.raises(NotConfigured, match=says):
        read_overrides(text)


def test_no_process_starts_with_a_wrong_price(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(settings(), prices="a/b: much")
    monkeypatch.setattr(overrides, "settings", lambda: wrong)
    overrides.overrides.cache_clear()
    with pytest.raises(NotConfigured, match="PRICES"):
        calls.check_settings()
    overrides.overrides.cache_clear()


@dataclass
class Counts:
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_input_tokens: int | None = None
    cache_write_tokens: int | None = None


@pytest.mark.parametrize(
    ("price", "counts", "seconds", "cost"),
    [
        ("1.25 in, 10 out", Counts(1000, 100), 9, 2250),
        ("1.25 in, 10 out", Counts(1000, 100, 400, 100), 9, 2250),
        ("3 in, 15 out, 0.3 cached", Counts(1000, 0, 400), 9, 1800 + 120),
        ("3 in, 15 out, 3.75 written", Counts(1000, 0, 0, 400), 9, 1800 + 1500),
        ("3 in, 15 out, 0 cached", Counts(100, 10, 300), 9, 150),
        ("2.5 in, 0 out", Counts(1, 0), 9, 3),
        ("1 in, 1 out", Counts(None, 1), 9, None),
        ("1 in, 1 out", None, 9, None),
        ("0", Counts(1000, 1000), 9, 0),
        ("0.0002 a second", Counts(1000, 1000), 1.5, 300),
        ("0.0002 a second", None, 0, 0),
        ("0.0002 a second", Counts(1, 1), None, None),
    ],
)
def test_cost(price: str, counts: Counts | None, seconds: float | None, cost: int | None) -> None:
    with priced(f"a/b: {price}"):
        lists = prices.with_override(("openai",), "a/b")
        assert prices.cost_in_microdollars(lists, "gpt-4o", counts, seconds) == cost
        assert prices.price_list_version(lists, "gpt-4o") == "override"


def test_the_first_pattern_that_fits_counts() -> None:
    with priced("a/b: 1 in, 1 out; a/*: 2 in, 2 out"):
        found = [prices.with_override((), model) for model in ("a/b", "a/c", "x/a/b")]
        assert [prices.unit_price(one, "") is not None for one in found] == [True, True, False]
        assert [one.input for lists in found[:2] if (one := prices.unit_price(lists, ""))] == [1, 2]


AMOUNTS = st.decimals(0, 1000, places=6)


@given(
    st.builds(
        Override, st.just("*"), AMOUNTS, AMOUNTS, st.none() | AMOUNTS, st.none() | AMOUNTS,
        st.none() | AMOUNTS,
    ),
    st.integers(0, 10**6), st.integers(0, 10**6), st.floats(0, 1), st.floats(0, 1),
    st.floats(0, 280),
)  # fmt: skip
def test_what_is_reserved_is_never_less_than_what_it_costs(
    price: Override, into: int, out: int, cached: float, written: float, seconds: float
) -> None:
    worst = prices.worst_price((price,), "x", into, seconds=280.0)
    read = int(into * cached)
    counts = Counts(into, out, read, int((into - read) * written))
    cost = prices.cost_in_microdollars((price,), "x", counts, seconds)
    assert worst is not None and cost is not None
    assert cost <= ledger.cost_of(worst, 0, into, out)


def entries(firestore: Firestore, uid: str) -> list[dict[str, object]]:
    found = firestore.query(Query("ledger", where=(Where("ownerId", "==", uid),)))
    return [one.data or {} for one in found]


@pytest.mark.usefixtures("openai")
def test_a_turn_is_charged_the_price_of_ones_own(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    with priced("openai/gpt-5-mini: 100 in, 1000 out"):
        _, result = ask(caller, question(new_id, new=True, model="gpt-5-mini"))
    assert result.receipt is not None
    assert (result.receipt.cost.micros, result.receipt.cost.source) == (
        10 * 100 + 3 * 1000,
        "override",
    )
    charged = [one for one in entries(firestore, caller.uid) if one["feature"] == "turn"]
    assert [(one["used"]["micros"], one["priceList"]) for one in charged] == [(4000, "override")]  # type: ignore[index]


@pytest.mark.usefixtures("openai")
def test_a_turn_is_charged_by_the_second(firestore: Firestore, new_id: str) -> None:
    """A model without a public price: it is known now, so no budget in dollars refuses it."""
    caller = someone()
    model = "words-5-every-100"
    with priced(f"openai/{model}: 0.5 a second", f"each: 1000 USD a day, on openai/{model}"):
        _, result = ask(caller, question(new_id, new=True, model=model))
    assert result.receipt is not None and result.receipt.cost.micros is not None
    (charged,) = [one for one in entries(firestore, caller.uid) if one["feature"] == "turn"]
    assert charged["used"]["micros"] == result.receipt.cost.micros  # type: ignore[index]
    assert 0.3 * 500_000 < result.receipt.cost.micros < 20 * 500_000
    assert charged["reserved"]["micros"] == 280 * 500_000  # type: ignore[index]
    assert (charged["estimated"], charged["priceList"]) == (False, "override")


@pytest.mark.usefixtures("openai")
def test_time_that_a_budget_does_not_have_is_refused(new_id: str) -> None:
    model = "words-1-timed"
    with (
        priced(f"openai/{model}: 0.01 a second", f"each: 2.79 USD a day, on openai/{model}"),
        pytest.raises(BudgetUsedUp, match="has not enough left"),
    ):
        ask(someone(), question(new_id, new=True, model=model))


REQUEST = ModelRequest("words-3", (Message("user", (TextPart("hello"),)),), max_output_tokens=100)


def test_a_lost_attempt_is_charged_no_more_than_the_time_it_can_have_taken(
    firestore: Firestore, openai: Provider
) -> None:
    caller = someone()
    with priced("openai/words-3: 0.001 a second"):
        hold = Account(caller, "turn").reserve(resolve("openai/words-3"), REQUEST, seconds=100.0)
        account.settle_lost(hold.entry, "some words")
    (entry,) = entries(firestore, caller.uid)
    assert entry["reserved"]["micros"] == 100_000  # type: ignore[index]
    assert 0 <= entry["used"]["micros"] < 60_000  # type: ignore[index]
    assert entry["estimated"] is True


def test_the_catalogue_shows_them() -> None:
    connection = catalogue.connections()["openai"]
    with priced("openai/gpt-4o: 1 in, 2 out; openai/own: 0.0002 a second"):
        shown = [
            catalogue._summary(connection, ModelFacts(name=name, title=name)).price  # pyright: ignore[reportPrivateUsage]
            for name in ("gpt-4o", "own")
        ]
    assert [
        one and (one.input_micros, one.output_micros, one.second_micros, one.source)
        for one in shown
    ] == [(1_000_000, 2_000_000, 0, "override"), (0, 0, 200, "override")]
