"""What the setting BUDGETS says, and how it says that it is wrong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from colonycraft.calls.account import read_unknown_price
from colonycraft.errors import NotConfigured
from colonycraft.platform.settings import settings
from colonycraft.usage import budgets
from colonycraft.usage.budgets import Budget, bank_of, banks, read_budgets

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("everyone: 20 USD a month", Budget("everyone", 20_000_000, "USD", "month")),
        ("each:0.000001 USD an hour", Budget("each", 1, "USD", "hour")),
        ("each: 0 USD for good, on openai/o*", Budget("each", 0, "USD", "ever", "openai/o*")),
        ("each: 100 requests per day, warn", Budget("each", 100, "requests", "day", hard=False)),
        ("each: 9 requests a minute", Budget("each", 9, "requests", "minute")),
        ("each: 3 at once", Budget("each", 3, "answers", "ever")),
        ("each: 1 request a week", Budget("each", 1, "requests", "week")),
        ("everyone: 5 tokens a day , on */x , warn",
         Budget("everyone", 5, "tokens", "day", "*/x", hard=False)),
    ],
)  # fmt: skip
def test_a_budget(text: str, budget: Budget) -> None:
    assert read_budgets(f" {text} ; ") == (budget,)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("5 USD a day", "is no budget"),
        ("each: 5 USD at once", "is no budget"),
        ("each: 1.5 at once", "no amount"),
        ("each: 5 EUR a day", "is no budget"),
        ("each: -5 USD a day", "is no budget"),
        ("each: NaN USD a day", "is no budget"),
        ("each: 5 USD a fortnight", "is no budget"),
        ("each: 0.0000001 USD a day", "is no budget"),
        ("each: 1.5 requests a day", "no amount"),
        (f"each: {10**16} tokens a day", "no amount"),
        ("each: 5 USD a day; each: 6 USD a day", "for the same"),
        ("each: 5 USD a day, on a, on b", "two patterns"),
    ],
)
def test_what_is_wrong_is_said(text: str, says: str) -> None:
    with pytest.raises(NotConfigured, match=says):
        read_budgets(text)


def test_a_raised_limit_goes_on_counting_where_it_was() -> None:
    (low,), (high,) = read_budgets("each: 5 USD a day"), read_budgets("each: 9 USD a day, warn")
    assert bank_of(low, "ada", NOW).path == bank_of(high, "ada", NOW).path
    others = [
        bank_of(low, "bob", NOW),
        bank_of(low, "ada", NOW + timedelta(days=1)),
        *(
            bank_of(read_budgets(text)[0], "ada", NOW)
            for text in (
                "everyone: 5 USD a day",
                "each: 5 tokens a day",
                "each: 5 USD a week",
                "each: 5 USD a day, on a/b",
            )
        ),
    ]
    paths = [one.path for one in others]
    assert len({*paths, bank_of(low, "ada", NOW).path}) == 7


def test_everyone_shares_and_each_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    table = read_budgets("everyone: 1 USD a day; each: 1 USD a day; each: 1 USD a day, on a/o*")
    monkeypatch.setattr(budgets, "budgets", lambda: table)
    ada = [one.path for one in banks("ada", "a/o1", NOW)]
    bob = [one.path for one in banks("bob/../x", "a/gpt", NOW)]
    assert len(ada) == 3 and len(bob) == 2
    assert ada[0] == bob[0] and ada[1] != bob[1]
    assert all(path.count("/") == 1 for path in (*ada, *bob))


def test_how_a_budget_reads() -> None:
    texts = [
        one.text for one in read_budgets("everyone: 2.50 USD an hour; each: 3 requests for good")
    ]
    assert texts == ["2.5 USD an hour for all together", "3 requests for good for each person"]


def test_a_time_zone_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Mars/Olympus", "../../etc/passwd", "/etc"):
        changed = replace(settings(), time_zone=name)
        monkeypatch.setattr(budgets, "settings", lambda changed=changed: changed)
        budgets.time_zone.cache_clear()
        with pytest.raises(NotConfigured, match="TIME_ZONE"):
            budgets.time_zone()
    budgets.time_zone.cache_clear()


def test_an_unknown_price() -> None:
    assert read_unknown_price("refuse") == 0
    assert read_unknown_price("0.05") == 50_000
    for wrong in ("", "some", "-1", "NaN", "Infinity"):
        with pytest.raises(NotConfigured, match="UNKNOWN_PRICE"):
            read_unknown_price(wrong)
