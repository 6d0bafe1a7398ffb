"""A key that is revoked while its call is under way."""

from typing import Any

import pytest

from colonycraft.calls import Account, CallEvent, ModelCall, resolve
from colonycraft.calls.policy import Policy
from colonycraft.errors import ConnectionFailed, Unauthenticated
from colonycraft.llm.port import End, Message, ModelRequest, TextDelta, TextPart, Usage
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from support.callable import api
from support.keys import entries_of, make_key
from support.people import Person
from support.scripted import scripted
from support.spending import hold

pytestmark = pytest.mark.usefixtures("openai")


def call_with(person: Person, key: str, *models: str) -> ModelCall:
    caller = Caller(person.uid, f"personal-{person.uid}", key=key)
    choices = tuple(resolve(f"openai/{one}") for one in models)
    request = ModelRequest(models[0], (Message("user", (TextPart("x"),)),))
    policy = Policy(attempts=2, first_wait=0.01)
    return ModelCall(
        choices, lambda _: request, Account(caller, "proxy"), policy=policy, shares=False
    )


@pytest.mark.parametrize(
    ("first", "models", "shown"),
    [
        ([ConnectionFailed("provider-broke")], ["gpt-5-mini"], 0),
        ([TextDelta("a b c "), ConnectionFailed("provider-broke")], ["gpt-5-mini", "words-3"], 1),
    ],
    ids=["before anything was shown", "before another model goes on"],
)
def test_no_attempt_is_made_after_it_and_what_was_reserved_is_closed(
    firestore: Firestore,
    person: Person,
    monkeypatch: pytest.MonkeyPatch,
    first: list[Any],
    models: list[str],
    shown: int,
) -> None:
    budget = {"limit": 5_000_000, "unit": "USD", "period": "month"}
    hold(monkeypatch, unknown_price=1_000)
    id, _ = make_key(person, budget=budget)

    def revoke() -> None:
        api("keys.revoke", {"keyId": id}, person)

    never = [TextDelta("never"), Usage(3, 4), End("complete")]
    left = scripted(monkeypatch, [revoke, *first], never)
    events: list[CallEvent] = []
    with pytest.raises(Unauthenticated, match="revoked"):
        events.extend(call_with(person, id, *models).events())
    assert left == [never]
    assert sum(isinstance(one, TextDelta) for one in events) == shown
    (entry,) = entries_of(firestore, person)
    assert entry["state"] in ("settled", "released")
    (counted,) = entry["counted"]
    count = firestore.get(counted["budget"]).data
    assert count is not None
    assert (count["reserved"], count["settled"]) == (0, entry["used"]["micros"])


def test_what_was_reserved_ahead_is_given_back(
    firestore: Firestore, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = {"limit": 9, "unit": "requests", "period": "month"}
    id, _ = make_key(person, budget=budget)
    call = call_with(person, id, "words-3")
    choice = call.choices[0]
    call.hold = call.payer.reserve(choice, call.request_for(choice))
    api("keys.revoke", {"keyId": id}, person)
    scripted(monkeypatch)
    with pytest.raises(Unauthenticated, match="revoked"):
        list(call.events())
    (entry,) = entries_of(firestore, person)
    assert entry["state"] == "released"
    count = firestore.get(entry["counted"][0]["budget"]).data
    assert count is not None
    assert (count["reserved"], count["settled"]) == (0, 0)


def test_an_answer_that_is_being_written_is_written_to_its_end(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, _ = make_key(person)
    end = End("complete")
    events = [
        TextDelta("a"),
        lambda: api("keys.revoke", {"keyId": id}, person),
        TextDelta("b"),
        end,
    ]
    scripted(monkeypatch, events)
    shown = list(call_with(person, id, "words-3").events())
    assert shown == [TextDelta("a"), TextDelta("b"), end]
