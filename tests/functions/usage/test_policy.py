"""What an administrator does: sees how far budgets are used, and changes what holds."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from colonycraft.calls import Account, resolve
from colonycraft.errors import BudgetUsedUp, ChangedMeanwhile
from colonycraft.llm.port import Message, ModelRequest, TextPart
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller, Empty
from colonycraft.usage import spending
from colonycraft.usage.ledger import Amounts, Settlement
from colonycraft.usage.operations import list_budgets
from colonycraft.usage.policy_models import MOST_BUDGETS, PolicyView, SavePolicy
from colonycraft.usage.policy_operations import get_policy, save_policy
from colonycraft.usage.teller import teller
from support.callable import post
from support.people import Person
from support.turns import someone

pytestmark = pytest.mark.usefixtures("openai")

GRACE = Caller("grace", "personal-grace", name="Grace Hopper", role="admin")
ADA = Caller("ada", "personal-ada", name="Ada Lovelace", role="admin")
MODEL = "openai/words-3"


@pytest.fixture(autouse=True)
def database(own_database: Firestore) -> Firestore:
    return own_database


def budget(limit: int = 4, unit: str = "requests", **more: Any) -> dict[str, Any]:
    known = {"whom": "everyone", "shared": True, "period": "day", "limit": limit, "unit": unit}
    return {**known, **more}


def save(version: int, *budgets: dict[str, Any], by: Caller = GRACE, **more: Any) -> PolicyView:
    request = {"version": version, "rules": {"budgets": list(budgets), **more}}
    return save_policy(by, SavePolicy.model_validate(request))


def call(caller: Caller) -> None:
    """One answer, settled."""
    request = ModelRequest("words-3", (Message("user", (TextPart("hello"),)),))
    entry = Account(caller, "proxy").reserve(resolve(MODEL), request).entry
    teller.settle(entry, Settlement(Amounts(requests=entry.reserved.requests)))


def test_a_budget_holds_from_when_it_is_saved_until_it_is_removed() -> None:
    save(0, budget(1))
    call(someone())
    with pytest.raises(BudgetUsedUp, match="An administrator of this workspace can raise it"):
        call(someone())
    save(1, budget(2))
    call(someone())
    with pytest.raises(BudgetUsedUp, match="2 requests a day for all together is used up"):
        call(someone())
    assert [one.used for one in list_budgets(someone(), Empty()).budgets] == [2]
    view = save(2)
    call(someone())
    assert view.budgets == [] and list_budgets(someone(), Empty()).budgets == []


def test_what_is_fixed_is_shown_and_cannot_be_lifted(monkeypatch: pytest.MonkeyPatch) -> None:
    from colonycraft.platform.settings import settings

    changed = replace(settings(), budgets="everyone: 1 request a day", cache="2h")
    monkeypatch.setattr(spending, "settings", lambda: changed)
    spending.of_settings.cache_clear()
    try:
        view = save(0, budget(9), budget(9, whom="group", name="sales"))
        fixed, over, other = view.budgets
        assert (fixed.fixed, fixed.holds, fixed.rule.limit) == (True, True, 1)
        assert (over.fixed, over.holds, over.rule.limit) == (False, False, 9)
        assert (other.fixed, other.holds) == (False, True)
        assert view.setting.cache is not None and view.setting.cache.seconds == 7200
        call(someone())
        with pytest.raises(BudgetUsedUp, match="Who runs this workspace can raise it"):
            call(someone())
        lower = save(1, budget(0)).budgets
        assert [(one.fixed, one.holds, one.used) for one in lower] == [
            (True, False, 1),
            (False, True, 1),
        ]
    finally:
        spending.of_settings.cache_clear()


def test_how_far_each_budget_is_used_and_which_alerts_were_reached(database: Firestore) -> None:
    people = [someone() for _ in range(4)]
    each = budget(5, shared=False)
    at_once = budget(3, "answers", period="ever")
    save(0, budget(20), each, at_once, budget(9, whom="role", name="guest"))
    for person, calls in zip(people, (5, 4, 3, 0), strict=True):
        for _ in range(calls):
            call(person)
    with database.counting() as counts:
        shared, own, running, guests = get_policy(GRACE, Empty()).budgets
    assert (shared.used, shared.reserved, shared.alerts) == (12, 0, [50])
    assert own.people is not None
    assert (own.people.near, own.people.over, own.people.more) == (1, 1, False)
    assert own.used is None and shared.people is None
    assert (running.used, running.reserved, running.people, running.alerts) == (0, 0, None, [])
    assert (guests.used, guests.alerts) == (0, [])
    assert counts.reads == {"organisations": 1, "budgets": 3 + 2}


def test_a_raised_limit_takes_back_the_alerts_that_it_makes_untrue() -> None:
    save(0, budget(4))
    for _ in range(3):
        call(someone())
    assert get_policy(GRACE, Empty()).budgets[0].alerts == [50]
    assert save(1, budget(40)).budgets[0].alerts == []
    assert save(2, budget(3)).budgets[0].alerts == [50, 80, 100]


def test_two_administrators_do_not_write_over_each_other() -> None:
    save(0, budget(1))
    save(1, budget(1), budget(2, "tokens"))
    with pytest.raises(ChangedMeanwhile, match="Grace Hopper has changed") as refused:
        save(1, budget(9), by=ADA)
    assert refused.value.details["version"] == 2
    view = get_policy(ADA, Empty())
    assert [one.limit for one in view.rules.budgets] == [1, 2]
    assert (view.version, view.changed_by) == (2, "Grace Hopper") and view.changed_at


def test_of_many_at_once_one_is_saved_and_the_others_are_told() -> None:
    def one(number: int) -> int:
        try:
            return save(0, budget(number)).rules.budgets[0].limit
        except ChangedMeanwhile:
            return 0

    with ThreadPoolExecutor(8) as pool:
        saved = [limit for limit in pool.map(one, range(1, 9)) if limit]
    view = get_policy(GRACE, Empty())
    assert len(saved) == 1 and view.version == 1
    assert [one.limit for one in view.rules.budgets] == saved


def test_the_same_request_again_changes_nothing(database: Firestore) -> None:
    save(0, budget(1))
    with database.counting() as counts:
        assert save(0, budget(1)).version == 1
    assert not counts.writes


def test_a_change_is_in_the_log_without_names(capsys: pytest.CaptureFixture[str]) -> None:
    ada = budget(7, whom="person", name="ada@example.com")
    save(0, ada, budget(1))
    save(1, budget(2, hard=False), unknownPrice={"micros": 5}, cache={"seconds": 60})
    lines = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    first, second = [one for one in lines if one["message"] == "the spending policy was changed"]
    assert first["uid"] == "grace" and first["revision"] == 1
    assert first["added"].count("=") == 2 and "ada@example" not in json.dumps(lines)
    assert second["changed"] == "everyone-requests-day=2 warn"
    assert second["removed"].startswith("person-") and second["removed"].endswith("-day=7")
    assert (second["unknownPrice"], second["cacheSeconds"]) == (5, 60)


def test_a_save_writes_the_policy_and_the_count_that_it_changes(database: Firestore) -> None:
    save(0, budget(9), budget(9, period="week"))
    call(someone())
    with database.counting() as counts:
        save(1, budget(8), budget(9, period="week"))
    assert counts.writes == {"organisations": 1, "budgets": 1}
    # The count is known from the call; the page reads both, and the setting has none.
    assert counts.reads == {"organisations": 1, "budgets": 2}


WRONG: list[dict[str, Any]] = [
    budget(-1),
    budget(10**15 + 1),
    budget(1.5),  # type: ignore[arg-type]
    budget("5"),  # type: ignore[arg-type]
    budget(1, "EUR"),
    budget(1, period="fortnight"),
    budget(1, "answers"),
    budget(1, whom="owner"),
    budget(1, whom="role"),
    budget(1, whom="role", name="owner"),
    budget(1, whom="group", name=""),
    budget(1, whom="group", name="a b"),
    budget(1, whom="group", name="x" * 65),
    budget(1, whom="person", name="ada"),
    budget(1, whom="person", name="ada@example.com", shared=False),
    budget(1, whom="person", name=f"{'a' * 250}@example.com"),
    budget(1, name="ada"),
    budget(1, models=""),
    budget(1, models="open ai"),
    budget(1, models="x" * 201),
    budget(1, more="x"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_budget_that_means_nothing_is_refused(
    wrong: dict[str, Any], administrator: Person, database: Firestore
) -> None:
    with database.counting() as counts:
        answer = sent(administrator, {"version": 0, "rules": {"budgets": [budget(1), wrong]}})
    assert answer["status"] == "INVALID_ARGUMENT"
    assert all("budgets.1" in one["field"] for one in answer["details"]["fields"])
    assert not counts.reads and not counts.writes


@pytest.mark.parametrize(
    "rules",
    [
        {"budgets": [budget(1), budget(2)]},
        {"budgets": [budget(1, whom="person", name=name) for name in ("a@x.y", "A@X.Y")]},
        {"budgets": [budget(1, whom="group", name=f"g{n}") for n in range(MOST_BUDGETS + 1)]},
        {"budgets": [], "unknownPrice": {"micros": -1}},
        {"budgets": [], "unknownPrice": 0},
        {"budgets": [], "cache": {"seconds": -1}},
        {"budgets": [], "cache": {"seconds": 10**9}},
        {"budgets": None},
        {"budgets": [], "summaries": "soon"},
        {},
    ],
)
def test_rules_that_mean_nothing_are_refused(
    rules: dict[str, Any], administrator: Person, database: Firestore
) -> None:
    with database.counting() as counts:
        assert sent(administrator, {"version": 0, "rules": rules})["status"] == "INVALID_ARGUMENT"
    assert not counts.reads and not counts.writes


def test_as_many_as_are_allowed_are_saved(administrator: Person) -> None:
    most = [budget(1, whom="group", name=f"g{number}") for number in range(MOST_BUDGETS)]
    data = {"version": 0, "rules": {"budgets": most}}
    answer = post("api", data, path="/policy.save", person=administrator)
    assert answer.status == 200 and len(answer.result["budgets"]) == MOST_BUDGETS


def sent(person: Person, data: dict[str, Any]) -> dict[str, Any]:
    return post("api", data, path="/policy.save", person=person).error


def test_a_model_without_a_price_is_refused_or_charged_as_was_saved() -> None:
    dollars = budget(1_000_000, "USD", models=f"openai/words-3-x{uuid.uuid4().hex[:6]}")
    choice = resolve(dollars["models"])
    request = ModelRequest(choice.model, (Message("user", (TextPart("hello"),)),))
    account = Account(someone(), "turn")
    save(0, dollars)
    with pytest.raises(BudgetUsedUp, match=r"price of .* is not known"):
        account.reserve(choice, request)
    save(1, dollars, unknownPrice={"micros": 2_000})
    hold = account.reserve(choice, request)
    assert hold.entry.reserved.micros == 2_000
    hold.release()
    save(2, dollars, unknownPrice={"micros": None})
    with pytest.raises(BudgetUsedUp, match="an administrator of this workspace can allow it"):
        account.reserve(choice, request)
