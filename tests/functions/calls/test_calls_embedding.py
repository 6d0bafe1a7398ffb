"""Embeddings are calls: in batches, reserved, settled, retried as any other."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest

from colonycraft.calls import Account, Choice, embed, embedding
from colonycraft.errors import BudgetUsedUp, InvalidArgument, ProviderAuthentication, Unsupported
from colonycraft.llm import describe
from colonycraft.llm.port import Connection
from colonycraft.platform.firestore import Firestore, Query, Where
from colonycraft.platform.operations import Caller
from colonycraft.usage import overrides
from colonycraft.usage.teller import teller
from support.payers import Nobody
from support.spending import hold
from support.turns import someone
from support.upstream import Behaviour, Upstream, reply, upstream

MODEL = "an-embedder"


@pytest.fixture(autouse=True)
def _two_cents_a_million_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    table = overrides.read_overrides(f"openai/{MODEL}: 0.02 in, 0 out")
    monkeypatch.setattr(overrides, "overrides", lambda: table)


def answered(texts: int, tokens: int | None = 50_000) -> bytes:
    data = [{"index": at, "embedding": [1.0, at]} for at in range(texts)]
    usage = None if tokens is None else {"prompt_tokens": tokens, "total_tokens": tokens}
    return reply(json.dumps({"model": MODEL, "data": data, "usage": usage}))


@contextmanager
def provider(*answers: bytes | Behaviour) -> Generator[tuple[Choice, Upstream]]:
    with upstream(*answers) as server:
        own = Connection("openai", "openai_chat", "OpenAI", f"{server.url}/v1", "k")
        yield Choice(own, MODEL, describe(own, MODEL)), server


def entries(firestore: Firestore, caller: Caller) -> list[dict[str, Any]]:
    found = firestore.query(Query("ledger", where=(Where("ownerId", "==", caller.uid),)))
    return [one.data or {} for one in found]


@contextmanager
def budgeted(text: str) -> Generator[None]:
    with pytest.MonkeyPatch.context() as patch:
        hold(patch, text)
        teller.forget()
        yield


def test_texts_go_in_batches_and_come_back_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "BATCH_TEXTS", 2)
    payer = Nobody()
    with provider(answered(2), answered(2), answered(1)) as (choice, server):
        found = embed(choice, ["a", "b", "c", "d", "e"], payer)
    assert [one.json["input"] for one in server.received] == [["a", "b"], ["c", "d"], ["e"]]
    assert found == [(1.0, 0.0), (1.0, 1.0), (1.0, 0.0), (1.0, 1.0), (1.0, 0.0)]
    assert [hold.state for hold in payer.holds] == ["settled"] * 3


def test_a_batch_has_no_more_tokens_than_any_provider_takes() -> None:
    long = "ä" * (embedding.BATCH_BYTES // 2)
    with provider(answered(1)) as (choice, server):
        embed(choice, [long, "a", long], Nobody())
    assert [one.json["input"] for one in server.received] == [[long], ["a"], [long]]


def test_no_texts_are_no_call() -> None:
    payer = Nobody()
    with provider(answered(1)) as (choice, server):
        assert embed(choice, [], payer) == []
    assert not server.received and not payer.holds


@pytest.mark.parametrize(
    "texts",
    [[""], ["a", " \n"], ["a" * (embedding.BATCH_BYTES + 1)], ["a"] * (embedding.MOST_TEXTS + 1)],
    ids=["empty", "blank", "long", "many"],
)
def test_what_cannot_be_embedded_is_refused_before_anything_is_asked(texts: list[str]) -> None:
    payer = Nobody()
    with provider(answered(1)) as (choice, server), pytest.raises(InvalidArgument):
        embed(choice, texts, payer)
    assert not server.received and not payer.holds


def test_half_of_a_character_is_sent_as_json_has_it() -> None:
    with provider(answered(1)) as (choice, server):
        embed(choice, ["a\ud83d"], Nobody())
    assert server.received[0].json["input"] == ["a\ud83d"]


def test_a_provider_without_embeddings_is_not_asked() -> None:
    payer = Nobody()
    own = Connection("anthropic", "anthropic_messages", "Anthropic", None, "k")
    with pytest.raises(Unsupported):
        embed(Choice(own, "m", describe(own, "m")), ["a"], payer)
    assert [hold.state for hold in payer.holds] == ["released"]


def test_what_may_be_cured_is_tried_again_and_reserved_each_time() -> None:
    payer = Nobody()
    busy = reply('{"error": {"message": "m"}}', status=503, headers={"retry-after": "0"})
    with provider(busy, answered(1)) as (choice, server):
        assert embed(choice, ["a"], payer) == [(1.0, 0.0)]
    assert len(server.received) == 2
    assert [hold.state for hold in payer.holds] == ["settled"] * 2


def test_the_ledger_has_what_it_took(firestore: Firestore) -> None:
    caller = someone()
    with budgeted("each: 5 USD a day"), provider(answered(1)) as (choice, _):
        embed(choice, ["a word"], Account(caller, "embedding"))
    (entry,) = entries(firestore, caller)
    assert (entry["feature"], entry["state"]) == ("embedding", "settled")
    assert (entry["model"], entry["estimated"]) == (f"openai/{MODEL}", False)
    assert entry["reserved"]["outputTokens"] == 0
    used = entry["used"]
    assert (used["inputTokens"], used["outputTokens"], used["micros"]) == (50_000, 0, 1_000)
    assert used["requests"] == 0


def test_tokens_that_are_not_told_are_estimated(firestore: Firestore) -> None:
    caller = someone()
    with provider(answered(1, tokens=None)) as (choice, _):
        embed(choice, ["a word"], Account(caller, "embedding"))
    (entry,) = entries(firestore, caller)
    assert entry["estimated"] and entry["used"]["inputTokens"] > 0
    assert entry["used"]["outputTokens"] == 0


def test_more_than_a_budget_has_left_is_not_asked(firestore: Firestore) -> None:
    caller = someone()
    with (
        budgeted("each: 100 tokens a day"),
        provider(answered(1)) as (choice, server),
        pytest.raises(BudgetUsedUp),
    ):
        embed(choice, ["a" * 200], Account(caller, "embedding"))
    assert not server.received and not entries(firestore, caller)


def test_a_refusal_gives_back_what_was_reserved(firestore: Firestore) -> None:
    caller = someone()
    with (
        budgeted("each: 5 USD a day"),
        provider(reply('{"error": {"message": "m"}}', status=401)) as (choice, _),
        pytest.raises(ProviderAuthentication),
    ):
        embed(choice, ["a"], Account(caller, "embedding"))
    (entry,) = entries(firestore, caller)
    assert entry["state"] == "released"
