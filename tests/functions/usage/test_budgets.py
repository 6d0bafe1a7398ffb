"""What the setting BUDGETS says, and how it says that it is wrong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from colonycraft.errors import NotConfigured
from colonycraft.platform.operations import Caller, mailbox_of
from colonycraft.platform.settings import settings
from colonycraft.usage import budgets
from colonycraft.usage.budgets import EACH, EVERYONE, Budget, Whom, bank_of, read_budgets
from colonycraft.usage.spending import banks, read_unknown_price
from support.spending import hold

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def someone(uid: str, **more: Any) -> Caller:
    return Caller(uid, f"personal-{uid}", **more)


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("everyone: 20 USD a month", Budget(EVERYONE, 20_000_000, "USD", "month")),
        ("each:0.000001 USD an hour", Budget(EACH, 1, "USD", "hour")),
        ("each: 0 USD for good, on openai/o*", Budget(EACH, 0, "USD", "ever", "openai/o*")),
        ("each: 100 requests per day, warn", Budget(EACH, 100, "requests", "day", hard=False)),
        ("each: 9 requests a minute", Budget(EACH, 9, "requests", "minute")),
        ("each: 3 at once", Budget(EACH, 3, "answers", "ever")),
        ("guests: 5 USD a month", Budget(Whom(True, role="guest"), 5_000_000, "USD", "month")),
        ("each  guest: 3 at once", Budget(Whom(False, role="guest"), 3, "answers", "ever")),
        ("members: 7 tokens a day", Budget(Whom(True, role="member"), 7, "tokens", "day")),
        ("each admin: 7 tokens a day", Budget(Whom(False, role="admin"), 7, "tokens", "day")),
        ("group:sales: 1 USD a day", Budget(Whom(True, group="sales"), 1_000_000, "USD", "day")),
        ("each group:sales : 1 USD a day, warn",
         Budget(Whom(False, group="sales"), 1_000_000, "USD", "day", hard=False)),
        ("Ada@Example.com: 9 USD a day",
         Budget(Whom(True, email="ada@example.com"), 9_000_000, "USD", "day")),
        ("each: 1 request a week", Budget(EACH, 1, "requests", "week")),
        ("everyone: 5 tokens a day , on */x , warn",
         Budget(EVERYONE, 5, "tokens", "day", "*/x", hard=False)),
    ],
)  # fmt: skip
def test_a_budget(text: str, budget: Budget) -> None:
    assert read_budgets(f" {text} ; ") == (budget,)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("5 USD a day", "is no budget"),
        ("each: 5 USD at once", "is no budget"),
        ("guest: 5 USD a day", "is no budget"),
        ("each guests: 5 USD a day", "is no budget"),
        ("everyone guest: 5 USD a day", "is no budget"),
        ("owners: 5 USD a day", "is no budget"),
        ("group: 5 USD a day", "is no budget"),
        ("group:a b: 5 USD a day", "is no budget"),
        (f"group:{'x' * 65}: 5 USD a day", "is no budget"),
        ("each ada@example.com: 5 USD a day", "is no budget"),
        ("ada@: 5 USD a day", "is no budget"),
        ("a@x.y: 5 USD a day; A@X.Y: 6 USD a day", "for the same"),
        ("group:a: 5 USD a day; group:a: 6 USD a day", "for the same"),
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
    hold(monkeypatch, "everyone: 1 USD a day; each: 1 USD a day; each: 1 USD a day, on a/o*")
    ada = [one.path for one in banks(someone("ada"), "a/o1", NOW)]
    bob = [one.path for one in banks(someone("bob/../x"), "a/gpt", NOW)]
    assert len(ada) == 3 and len(bob) == 2
    assert ada[0] == bob[0] and ada[1] != bob[1]
    assert all(path.count("/") == 1 for path in (*ada, *bob))


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("everyone: 1 USD a day", "everyone-usd-day"),
        ("each: 3 at once", "each-answers-ever"),
        ("each: 5 tokens a week, on openai/o*, warn", "each-tokens-week-380f8695"),
    ],
)
def test_an_id_stays_what_it_was(text: str, id: str) -> None:
    """Another id would begin to count anew in the middle of a period."""
    assert read_budgets(text)[0].id == id


ADA = someone("ada", role="admin", mailbox=mailbox_of("ada@example.com"))
GUEST = someone("guest", role="guest")
SELLER = someone("sue", groups=("sales", "support"))
OTHER_SELLER = someone("sam", groups=("sales",))


@pytest.mark.parametrize(
    ("who", "concerned", "counts"),
    [
        ("everyone", [ADA, GUEST, SELLER, OTHER_SELLER], 1),
        ("each", [ADA, GUEST, SELLER, OTHER_SELLER], 4),
        ("guests", [GUEST], 1),
        ("each guest", [GUEST], 1),
        ("members", [SELLER, OTHER_SELLER], 1),
        ("each member", [SELLER, OTHER_SELLER], 2),
        ("admins", [ADA], 1),
        ("group:sales", [SELLER, OTHER_SELLER], 1),
        ("each group:sales", [SELLER, OTHER_SELLER], 2),
        ("group:Sales", [], 0),
        ("ADA@example.com", [ADA], 1),
        ("eve@example.com", [], 0),
    ],
)
def test_whom_a_budget_concerns(
    who: str, concerned: list[Caller], counts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(monkeypatch, f"{who}: 1 USD a day")
    found = {one.uid: banks(one, "a/b", NOW) for one in (ADA, GUEST, SELLER, OTHER_SELLER)}
    assert [uid for uid, own in found.items() if own] == [one.uid for one in concerned]
    assert len({one.path for own in found.values() for one in own}) == counts


def test_an_address_that_is_not_verified_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    hold(monkeypatch, "ada@example.com: 1 USD a day")
    assert banks(someone("eve", email="ada@example.com"), None, NOW) == ()


def test_no_two_kinds_are_counted_together() -> None:
    kinds = ("everyone", "each", "guests", "each guest", "members", "group:guests", "group:a",
             "each group:a", "a@example.com")  # fmt: skip
    table = read_budgets(";".join(f"{one}: 1 USD a day" for one in kinds))
    assert len({bank_of(one, "ada", NOW).path for one in table}) == len(kinds)


def test_how_a_budget_reads() -> None:
    texts = [
        one.text for one in read_budgets("everyone: 2.50 USD an hour; each: 3 requests for good")
    ]
    assert texts == ["2.5 USD an hour for all together", "3 requests for good for each person"]
    kinds = ("guests", "each member", "group:sales", "each group:sales", "ada@example.com")
    texts = [read_budgets(f"{one}: 1 request a day")[0].text for one in kinds]
    assert [one.removeprefix("1 request a day for ") for one in texts] == [
        "all guests together",
        "each member",
        "the group sales",
        "each person of the group sales",
        "ada@example.com",
    ]


def test_a_time_zone_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Mars/Olympus", "../../etc/passwd", "/etc"):
        changed = replace(settings(), time_zone=name)
        monkeypatch.setattr(budgets, "settings", lambda changed=changed: changed)
        budgets.time_zone.cache_clear()
        with pytest.raises(NotConfigured, match="TIME_ZONE"):
            budgets.time_zone()
    budgets.time_zone.cache_clear()


def test_an_unknown_price() -> None:
    assert read_unknown_price("refuse") is None
    assert read_unknown_price("0.05") == 50_000
    for wrong in ("", "some", "-1", "NaN", "Infinity"):
        with pytest.raises(NotConfigured, match="UNKNOWN_PRICE"):
            read_unknown_price(wrong)
