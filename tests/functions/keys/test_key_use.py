"""What a key opens, for how long, and what it may spend."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from colonycraft.door import identity as door
from colonycraft.errors import Unavailable
from colonycraft.keys import access, store
from colonycraft.platform import identity
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from colonycraft.usage.teller import teller
from support.callable import api, post
from support.environment import need
from support.keys import ask_with, bearer, entries_of, make_key, refusal
from support.people import Person
from support.provider import Provider
from support.spending import hold

pytestmark = pytest.mark.usefixtures("openai")

UNKNOWN = (401, "UNAUTHENTICATED")
DENIED = (403, "PERMISSION_DENIED")
USED_UP = (429, "RESOURCE_EXHAUSTED")


@pytest.mark.parametrize("stream", [False, True])
def test_it_asks_a_model_in_its_persons_name(
    firestore: Firestore, person: Person, stream: bool
) -> None:
    id, token = make_key(person)
    assert ask_with(token, stream=stream).result["text"] == "word0 word1 word2 "
    (entry,) = entries_of(firestore, person)
    assert (entry["keyId"], entry["feature"], entry["state"]) == (id, "proxy", "settled")


def test_who_signs_in_has_no_key_in_the_ledger(firestore: Firestore, person: Person) -> None:
    post("openai", {"model": "words-3", "messages": [{"role": "user", "content": "x"}]},
         person=person)  # fmt: skip
    assert [one["keyId"] for one in entries_of(firestore, person)] == [None]


def changed_at(token: str, at: int) -> str:
    return f"{token[:at]}{'a' if token[at] != 'a' else 'b'}{token[at + 1 :]}"


def test_what_is_no_key_opens_nothing(
    openai: Provider, firestore: Firestore, person: Person, other_person: Person, new_id: str
) -> None:
    _, token = make_key(person)
    _, other = make_key(other_person)
    mixed = f"{other[:25]}{token[25:]}"
    wrong = ["cck_", "cck_x", token[:-1], f"{token}a", token.upper(), f"{token} x", f"{token}\u00e9",
             changed_at(token, 5), changed_at(token, 30), mixed]  # fmt: skip
    with firestore.counting() as counts:
        for one in wrong:
            assert refusal(ask_with(one, new_id)) == UNKNOWN, one
    assert not openai.asked(new_id)
    assert not counts.writes
    assert counts.reads.total() <= 3, "what is no key by its looks is not looked up"
    basic = {"Authorization": f"Basic {token}"}
    assert refusal(post("openai", {}, headers=basic)) == UNKNOWN


def test_the_hashes_are_compared_in_constant_time(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = make_key(person)
    compared: list[tuple[str, str]] = []

    def compare(one: str, other: str) -> bool:
        compared.append((one, other))
        return one == other

    monkeypatch.setattr(access, "hmac", SimpleNamespace(compare_digest=compare))
    ask_with(token)
    ask_with(changed_at(token, 30))
    hashes = [access.hash_of(one) for one in (token, changed_at(token, 30))]
    assert compared == [(hashes[0], hashes[0]), (hashes[0], hashes[1])]


def test_it_is_read_once_in_five_seconds_and_its_use_noted_once_a_day(
    firestore: Firestore, person: Person
) -> None:
    _, token = make_key(person)
    access.forget()
    days = {now().date().isoformat()}
    with firestore.counting() as counts:
        for _ in range(3):
            ask_with(token)
    days.add(now().date().isoformat())
    assert (counts.reads["keys"], counts.writes["keys"]) == (1, len(days))
    assert last_used(person) in days


def test_many_at_once_note_its_use_once(firestore: Firestore, person: Person) -> None:
    _, token = make_key(person)
    with firestore.counting() as counts, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask_with, [token] * 8))
    assert [one.status for one in answers] == [200] * 8
    assert counts.writes["keys"] == 1


def last_used(person: Person) -> str | None:
    """Of a person's only key; it is written while it is answered."""
    until = time.monotonic() + 5
    while True:
        (key,) = api("keys.list", {}, person).result["keys"]
        if key["lastUsedDay"] is not None or time.monotonic() > until:
            return key["lastUsedDay"]
        time.sleep(0.02)


def test_that_there_is_none_is_remembered_as_well(firestore: Firestore) -> None:
    unknown = access.new_token("0" * 20)
    with firestore.counting() as counts:
        for _ in range(3):
            ask_with(unknown)
    assert counts.reads["keys"] <= 1


def test_one_that_has_expired_is_refused(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    _, token = make_key(person, days=1)
    later = now() + timedelta(days=1)
    monkeypatch.setattr(access, "now", lambda: later)
    assert refusal(ask_with(token)) == UNKNOWN
    assert "expired" in ask_with(token).error["message"]


def test_revoked_it_ends_here_at_once(person: Person, openai: Provider, new_id: str) -> None:
    id, token = make_key(person)
    assert ask_with(token).status == 200
    api("keys.revoke", {"keyId": id}, person)
    assert refusal(ask_with(token, new_id)) == UNKNOWN
    assert not openai.asked(new_id)


def test_revoked_elsewhere_it_ends_here_within_five_seconds(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [time.monotonic()]
    monkeypatch.setattr(access, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    id, token = make_key(person)
    store.revoke(Caller(person.uid, ""), id)
    clock[0] += access.KNOWN_FOR - 0.01
    assert ask_with(token).status == 200
    clock[0] += 0.01
    assert refusal(ask_with(token)) == UNKNOWN


def test_what_was_read_before_it_was_revoked_and_comes_late_does_not_bring_it_back(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, token = make_key(person)
    access.forget()
    read = store.read

    def slow(wanted: str) -> store.Key | None:
        found = read(wanted)
        monkeypatch.setattr(store, "read", read)
        api("keys.revoke", {"keyId": id}, person)
        return found

    monkeypatch.setattr(store, "read", slow)
    assert refusal(ask_with(token)) == UNKNOWN


def test_where_it_cannot_be_read_nothing_is_allowed(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = make_key(person)
    access.forget()

    def away(_: str) -> None:
        raise Unavailable("database-away")

    monkeypatch.setattr(store, "read", away)
    assert refusal(ask_with(token)) == (503, "UNAVAILABLE")


def test_switched_off_for_the_workspace_none_works(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = make_key(person)
    hold(monkeypatch, keys=False)
    assert refusal(ask_with(token)) == DENIED


def test_it_needs_no_token_of_the_app(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    _, token = make_key(person)
    enforced = replace(door.settings(), app_check=True)
    monkeypatch.setattr(door, "settings", lambda: enforced)
    assert refusal(post("openai", {}, person=person)) == UNKNOWN
    assert ask_with(token).status == 200


# The person behind it


def update(http: httpx.Client, person: Person, **fields: Any) -> None:
    http.post(
        f"http://{need('FIREBASE_AUTH_EMULATOR_HOST')}"
        "/identitytoolkit.googleapis.com/v1/accounts:update",
        headers={"Authorization": "Bearer owner"},
        json={"localId": person.uid, **fields},
    ).raise_for_status()


@pytest.fixture
def account_clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    clock = [time.monotonic()]
    fake = SimpleNamespace(monotonic=lambda: clock[0], time=time.time)
    monkeypatch.setattr(identity, "time", fake)
    return clock


def test_of_an_account_that_is_disabled_it_ends_within_a_minute(
    http: httpx.Client, person: Person, account_clock: list[float]
) -> None:
    _, token = make_key(person)
    assert ask_with(token).status == 200
    update(http, person, disableUser=True)
    account_clock[0] += identity.ACCOUNT_KNOWN_FOR
    assert refusal(ask_with(token)) == UNKNOWN
    update(http, person, disableUser=False)
    account_clock[0] += identity.ACCOUNT_KNOWN_FOR
    assert ask_with(token).status == 200


def test_of_an_account_that_is_deleted_it_opens_nothing(http: httpx.Client, person: Person) -> None:
    _, token = make_key(person)
    http.post(
        f"http://{need('FIREBASE_AUTH_EMULATOR_HOST')}"
        "/identitytoolkit.googleapis.com/v1/accounts:delete",
        headers={"Authorization": "Bearer owner"},
        json={"localId": person.uid},
    ).raise_for_status()
    assert refusal(ask_with(token)) == UNKNOWN


def test_its_person_is_who_they_are_now(
    http: httpx.Client, person: Person, account_clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Role, group and verified address are those of the account, not of when it was made."""
    hold(monkeypatch, "guests: 0 requests a day; group:sales: 0 requests a day; "
         f"{person.email}: 0 requests a day")  # fmt: skip
    _, token = make_key(person)
    assert ask_with(token).status == 200
    for becomes in (
        {"customAttributes": '{"role": "guest"}'},
        {"customAttributes": '{"groups": ["sales"]}'},
        {"customAttributes": "{}", "emailVerified": True},
    ):
        update(http, person, **becomes)
        account_clock[0] += identity.ACCOUNT_KNOWN_FOR
        assert refusal(ask_with(token)) == USED_UP, becomes
        update(http, person, customAttributes="{}", emailVerified=False)
        account_clock[0] += identity.ACCOUNT_KNOWN_FOR
        assert ask_with(token).status == 200


# Models and money


def test_it_asks_only_the_models_that_it_is_for(
    openai: Provider, firestore: Firestore, person: Person, new_id: str
) -> None:
    _, token = make_key(person, models=["openai/words-5*", "mistral/*"])
    with firestore.counting() as counts:
        assert refusal(ask_with(token, new_id)) == DENIED
    assert not openai.asked(new_id)
    assert set(counts.writes) <= {"keys"}
    assert ask_with(token, model="words-5").status == 200
    found = post("api", {}, path="/models.list", headers=bearer(token)).result
    assert [one["id"] for one in found["models"]] == ["openai/words-5", "openai/words-5-every-200"]
    assert found["defaultModel"] == "openai/words-5"


def test_its_budget_and_its_persons_are_both_counted_or_neither(
    firestore: Firestore, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(monkeypatch, "each: 3 requests a month")
    teller.forget()
    budget = {"limit": 2, "unit": "requests", "period": "month"}
    id, token = make_key(person, budget=budget)
    assert [ask_with(token).status for _ in range(2)] == [200, 200]
    refused = ask_with(token)
    assert refusal(refused) == USED_UP
    assert "the key's own" in refused.error["message"]
    assert refused.error["details"]["budget"]["text"] == f"2 requests a month for the key {id}"
    assert used(person) == (2, [2])
    _, second = make_key(person, budget=budget)
    assert [ask_with(second).status for _ in range(2)] == [200, 429]
    assert used(person) == (3, [1, 2])


def used(person: Person) -> tuple[int, list[int]]:
    """Requests of the person's budget, and of those of their keys, the newest first."""
    (own,) = api("budgets.list", {}, person).result["budgets"]
    return own["used"], [one["used"] for one in api("keys.list", {}, person).result["keys"]]


def test_a_budget_of_dollars_is_settled_with_what_it_cost(
    firestore: Firestore, person: Person
) -> None:
    budget = {"limit": 5_000_000, "unit": "USD", "period": "month"}
    _, token = make_key(person, budget=budget)
    cost = ask_with(token, model="gpt-5-mini", max_tokens=300).result["cost"]["micros"]
    assert cost > 0
    entries_of(firestore, person)
    assert api("keys.list", {}, person).result["keys"][0]["used"] == cost
