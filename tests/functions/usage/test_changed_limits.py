"""A limit that is changed while people spend: nothing is admitted beyond it, whoever knows what."""

from typing import Any

import pytest

from colonycraft.calls import Account, resolve
from colonycraft.errors import BudgetUsedUp
from colonycraft.llm.port import Message, ModelRequest, TextPart
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller, Empty
from colonycraft.usage import counts, spending
from colonycraft.usage import teller as tellers
from colonycraft.usage.ledger import Draft
from colonycraft.usage.policy_models import SavePolicy
from colonycraft.usage.policy_operations import get_policy, save_policy
from colonycraft.usage.spending import SpendingPolicy
from colonycraft.usage.teller import Teller
from support.provider import Provider
from support.spenders import Spenders, spenders
from support.spending import hold
from support.turns import someone

pytestmark = pytest.mark.usefixtures("openai")

GRACE = Caller("grace", "personal-grace", role="admin")
MODEL = "openai/words-3"
PEOPLE = [f"person-{number}" for number in range(10)]


def save(limit: int | None, **more: Any) -> None:
    """One budget of requests for all together; None: there is none."""
    version = get_policy(GRACE, Empty()).version
    budget = {"whom": "everyone", "shared": True, "unit": "requests", "period": "ever", **more}
    budgets = [] if limit is None else [{**budget, "limit": limit}]
    request = {"version": version, "rules": {"budgets": budgets}}
    save_policy(GRACE, SavePolicy.model_validate(request))


def draft(caller: Caller) -> Draft:
    request = ModelRequest("words-3", (Message("user", (TextPart("hello"),)),))
    return Account(caller, "proxy").draft(resolve(MODEL), request, first=True)


def counted(caller: Caller) -> int:
    paths = [bank.path for bank in spending.banks(caller, MODEL, now())]
    return sum(reserved + settled for reserved, settled in counts.whole_counts(paths))


def test_a_process_that_knows_an_earlier_policy_goes_by_what_it_finds_at_the_count(
    own_database: Firestore, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(9)
    other, knows = Teller(), spending.policy()
    other.reserve(draft(someone()))
    save(3)
    monkeypatch.setattr(spending, "policy", lambda: knows)
    for _ in range(2):
        other.reserve(draft(someone()))
    with pytest.raises(BudgetUsedUp, match="3 requests for good for all together"):
        other.reserve(draft(someone()))
    (bank,) = spending.banks(someone(), MODEL, now())
    stored = own_database.get(bank.path).data or {}
    assert (stored["reserved"], stored["limit"], stored["revision"]) == (3, 3, 2)
    assert stored["text"] == "3 requests for good for all together"


def test_a_raised_limit_holds_at_once_for_who_knows_an_earlier_policy(
    own_database: Firestore, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(1)
    other, knows = Teller(), spending.policy()
    other.reserve(draft(someone()))
    save(2)
    monkeypatch.setattr(spending, "policy", lambda: knows)
    other.reserve(draft(someone()))
    with pytest.raises(BudgetUsedUp):
        other.reserve(draft(someone()))


def test_saving_closes_the_tills_that_are_out(
    own_database: Firestore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tellers, "LOST_BEFORE_TILL", 0)
    save(40)
    process = Teller()
    for _ in range(2):
        process.reserve(draft(someone()))
    (bank,) = spending.banks(someone(), MODEL, now())
    (till,) = counts.till_paths(own_database.get(bank.path))
    knows = spending.policy()
    save(3)
    assert own_database.get(till).data is None
    monkeypatch.setattr(spending, "policy", lambda: knows)
    process.reserve(draft(someone()))
    with pytest.raises(BudgetUsedUp):
        process.reserve(draft(someone()))
    assert counts.whole_counts([bank.path]) == [(3, 0)]


def test_a_till_is_given_back_once_the_limit_is_known_to_be_another(
    own_database: Firestore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a budget of each person no count is told when it is saved."""
    monkeypatch.setattr(tellers, "LOST_BEFORE_TILL", 0)
    ada, process = someone(), Teller()
    hold(monkeypatch, "each: 40 requests for good", revision=1)
    for _ in range(2):
        process.reserve(draft(ada))
    (bank,) = spending.banks(ada, MODEL, now())
    assert counts.till_paths(own_database.get(bank.path))
    hold(monkeypatch, "each: 3 requests for good", revision=2)
    process.reserve(draft(ada))
    with pytest.raises(BudgetUsedUp, match="3 requests for good for each person"):
        process.reserve(draft(ada))
    assert counts.till_paths(own_database.get(bank.path)) == []
    assert counted(ada) == 3


def test_a_removed_budget_lets_what_is_open_on_it_end(own_database: Firestore) -> None:
    save(2)
    process = Teller()
    entry = process.reserve(draft(someone()))
    (bank,) = spending.banks(someone(), MODEL, now())
    save(None)
    process.settle(entry, counted_one())
    assert counts.whole_counts([bank.path]) == [(0, 1)]
    save(2)
    assert counted(someone()) == 1  # where it was


def counted_one() -> Any:
    from colonycraft.usage.ledger import Amounts, Settlement

    return Settlement(Amounts(requests=1))


def order(uids: list[str], **more: Any) -> dict[str, Any]:
    return {"model": "words-1", "uids": uids, "lostBeforeTill": 2, **more}


def test_another_process_learns_of_it_without_a_restart(
    own_database: Firestore, openai: Provider
) -> None:
    with spenders(openai, 1, GCLOUD_PROJECT=project(own_database)) as running:
        assert answered(running, order(PEOPLE)) == 10
        save(4)
        # Nothing is counted yet that it could find the limit at.
        later = order(PEOPLE, later=spending.KNOWN_FOR)
        assert answered(running, later) == 4
        save(6)
        assert answered(running, order(PEOPLE)) == 2
        save(None)
        assert answered(running, later) == 10


def answered(running: Spenders, what: dict[str, Any]) -> int:
    found = running.spend(what)
    return sum(number for outcome, number in found.items() if outcome.startswith("answered"))


@pytest.mark.parametrize("lost_before_till", [0, 2])
def test_a_limit_that_is_lowered_under_load_holds_from_then_on(
    own_database: Firestore, openai: Provider, lost_before_till: int
) -> None:
    """No process is given the time to read what was saved: each finds it at the count."""
    limit, asked = 60, 2 * len(PEOPLE) * 20
    save(asked)
    with spenders(openai, 2, GCLOUD_PROJECT=project(own_database)) as running:
        running.begin(order(PEOPLE, each=20) | {"lostBeforeTill": lost_before_till})
        while counted(someone()) < 10:
            assert running.are_alive
        save(limit)
        when_saved = counted(someone())
        found = running.end()
    admitted = counted(someone())
    assert limit <= admitted <= max(limit, when_saved)
    assert found["BudgetUsedUp"] == asked - admitted > 0


def project(store: Firestore) -> str:
    return store.database.split("/")[1]


def test_the_policy_of_the_settings_knows_least() -> None:
    assert SpendingPolicy().revision == 0
