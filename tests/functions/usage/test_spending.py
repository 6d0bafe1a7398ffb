"""What holds for spending: what the settings say, with what was saved, as each process knows it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from colonycraft.errors import Unavailable
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from colonycraft.usage import saved_policy, spending
from colonycraft.usage.budgets import read_budgets
from colonycraft.usage.policy_models import BudgetRule, CacheTime, PolicyRules, UnknownPrice
from colonycraft.usage.saved_policy import SavedPolicy, read_policy, write_policy
from colonycraft.usage.spending import SpendingPolicy

ADMINISTRATOR = Caller("grace", "personal-grace", name="Grace", role="admin")


def rules(text: str, **more: Any) -> PolicyRules:
    """Budgets as the setting would have them."""
    return PolicyRules(budgets=[BudgetRule.of(one) for one in read_budgets(text)], **more)


def combined(setting: str, saved: str) -> list[str]:
    policy = SpendingPolicy(read_budgets(setting)).with_saved(SavedPolicy(rules(saved)))
    return [f"{one.text}{'' if one.hard else ', warn'}" for one in policy.budgets]


@pytest.mark.parametrize(
    ("setting", "saved", "hold"),
    [
        ("each: 5 USD a day", "everyone: 9 USD a day",
         ["5 USD a day for each person", "9 USD a day for all together"]),
        ("each: 5 USD a day", "each: 9 USD a day", ["5 USD a day for each person"]),
        ("each: 5 USD a day", "each: 2 USD a day", ["2 USD a day for each person"]),
        ("each: 5 USD a day", "each: 2 USD a day, warn", ["5 USD a day for each person"]),
        ("each: 2 USD a day, warn", "each: 5 USD a day", ["5 USD a day for each person"]),
        ("each: 5 USD a day, warn", "each: 2 USD a day, warn",
         ["2 USD a day for each person, warn"]),
        ("", "", []),
    ],
)  # fmt: skip
def test_the_stricter_of_two_budgets_for_the_same_holds(
    setting: str, saved: str, hold: list[str]
) -> None:
    assert combined(setting, saved) == hold


def test_saved_price_and_cache_hold_instead_of_the_settings() -> None:
    setting = SpendingPolicy((), None, timedelta(hours=1))
    assert setting.with_saved(SavedPolicy(rules(""))) == setting
    saved = rules(
        "", unknown_price=UnknownPrice(micros=7), cache=CacheTime(seconds=60, on_request=True)
    )
    found = setting.with_saved(SavedPolicy(saved))
    assert (found.unknown_price, found.cache) == (7, timedelta(minutes=1))
    assert (found.cache_on_request, found.cache_is_for) == (True, "on-request")
    saved = rules("", unknown_price=UnknownPrice(micros=None), cache=CacheTime(seconds=0))
    found = SpendingPolicy((), 9, timedelta(hours=1)).with_saved(SavedPolicy(saved))
    assert (found.unknown_price, found.cache) == (None, None)
    assert (found.cache_on_request, found.cache_is_for) == (False, "off")


def test_summaries_wait_only_where_that_was_saved() -> None:
    assert not SpendingPolicy().with_saved(SavedPolicy(rules(""))).batch_summaries
    saved = SavedPolicy(rules("", summaries="batch"))
    assert SpendingPolicy().with_saved(saved).batch_summaries


WHOM = ("everyone", "each", "guests", "each member", "admins", "group:sales", "each group:sales",
        "ada@example.com")  # fmt: skip


@pytest.mark.parametrize("who", WHOM)
def test_a_rule_is_the_budget_that_the_setting_would_be(who: str) -> None:
    for rest in ("5.25 USD a week, on openai/o*", "3 at once, warn", "7 tokens for good"):
        (budget,) = read_budgets(f"{who}: {rest}")
        rule = BudgetRule.of(budget)
        assert BudgetRule.model_validate(rule.model_dump()) == rule
        assert rule.budget() == budget


class Clock(SimpleNamespace):
    seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(spending, "time", clock)
    return clock


def test_what_is_saved_elsewhere_holds_once_what_is_remembered_is_too_old(
    own_database: Firestore, clock: Clock
) -> None:
    with own_database.counting() as counts:
        assert spending.policy().budgets == ()
        saved = write_policy(ADMINISTRATOR, SavedPolicy(), rules("everyone: 1 USD a day"))
        clock.seconds = spending.KNOWN_FOR - 0.001
        assert spending.policy().budgets == ()
        assert counts.reads == {"organisations": 1}
        clock.seconds = spending.KNOWN_FOR
        (budget,) = spending.policy().budgets
        assert counts.reads == {"organisations": 2}
    assert (budget.text, spending.policy().revision) == ("1 USD a day for all together", 1)
    (bank,) = spending.banks(Caller("bob", "personal-bob"), "a/b", now())
    assert (bank.budget, bank.revision) == (budget, saved.revision)


def test_its_age_counts_from_when_it_was_asked_for(own_database: Firestore, clock: Clock) -> None:
    spending.ask()
    clock.seconds = spending.KNOWN_FOR
    write_policy(ADMINISTRATOR, SavedPolicy(), rules("everyone: 1 USD a day"))
    assert spending.policy().revision == 1


def test_all_who_wait_at_once_read_once(own_database: Firestore) -> None:
    together = threading.Barrier(16)

    def one(_: int) -> int:
        together.wait()
        return spending.policy().revision

    with own_database.counting() as counts, ThreadPoolExecutor(16) as pool:
        assert list(pool.map(one, range(16))) == [0] * 16
    assert counts.reads == {"organisations": 1}


def test_nothing_is_allowed_while_it_cannot_be_read(
    own_database: Firestore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> SavedPolicy:
        raise Unavailable("database-away")

    with monkeypatch.context() as patch:
        patch.setattr(spending, "read_policy", lambda: away)
        for _ in range(2):
            with pytest.raises(Unavailable):
                spending.banks(Caller("bob", "personal-bob"), None, now())
    assert spending.policy().revision == 0


def test_what_was_saved_is_what_is_read(own_database: Firestore) -> None:
    wanted = rules(
        "; ".join(f"{who}: 3 requests a day" for who in WHOM),
        unknown_price=UnknownPrice(micros=None),
        cache=CacheTime(seconds=3600),
    )
    written = write_policy(ADMINISTRATOR, SavedPolicy(), wanted)
    found = read_policy()()
    assert (found.rules, found.revision, found.changed_by) == (wanted, 1, "Grace")
    assert found.version == written.version
    stored = own_database.get(saved_policy.PATH).data or {}
    assert stored["ownerId"] == "grace" and stored["schemaVersion"] == 1
