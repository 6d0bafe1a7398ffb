"""The cache of whole answers: who is served from it, what is kept, what a hit costs."""

import dataclasses
import threading
import time
import uuid
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from colonycraft import calls
from colonycraft.calls import Account, Choice, ModelCall, cache, resolve
from colonycraft.calls.models import ProxyRequest, ProxyResult
from colonycraft.calls.policy import Policy
from colonycraft.calls.proxies import proxy
from colonycraft.chat import turn
from colonycraft.chat.models import Receipt
from colonycraft.conversations.context_operations import configure
from colonycraft.conversations.models import ConfigureConversation
from colonycraft.errors import BudgetUsedUp, ConnectionFailed, NotConfigured, Unavailable
from colonycraft.llm.port import (
    AudioPart,
    End,
    Event,
    FilePart,
    ImagePart,
    Message,
    ModelRequest,
    OpaquePart,
    ReasoningDelta,
    RefusalDelta,
    ResponseFormat,
    TextDelta,
    TextPart,
    Tool,
    ToolCallDelta,
    ToolCallPart,
    ToolResultPart,
    Usage,
)
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Firestore, Query, UnitOfWork, Where
from colonycraft.platform.operations import Caller
from colonycraft.platform.settings import settings
from colonycraft.usage import spending
from colonycraft.usage.spending import read_cache
from colonycraft.usage.teller import teller
from support.provider import Provider
from support.scripted import scripted
from support.spending import hold
from support.turns import act, ask, question, someone

pytestmark = pytest.mark.usefixtures("openai")

PRICED = "gpt-5-mini"
"""Answers three words, and has a price."""


def switch(patch: pytest.MonkeyPatch, setting: str) -> None:
    lives_for, on_request = read_cache(setting)
    hold(patch, cache=lives_for, cache_on_request=on_request)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> None:
    switch(monkeypatch, "1h")


@pytest.fixture
def marker() -> str:
    return f"q-{uuid.uuid4()}"


def program(caller: Caller, text: str, **more: Any) -> tuple[list[Any], ProxyResult]:
    """A call of the proxy, as a program makes it."""
    body = {"model": PRICED, "messages": [{"role": "user", "content": text}], **more}
    stream: Generator[Any, None, ProxyResult] = proxy("openai")(
        caller, ProxyRequest.model_validate(body)
    )
    events: list[Any] = []
    while True:
        try:
            events.append(next(stream))
        except StopIteration as end:
            return events, end.value


def kept(firestore: Firestore, caller: Caller, *, fewest: int = 1) -> list[dict[str, Any]]:
    """What is kept of what this person asked; it is written while the answer is on its way."""
    until = time.monotonic() + (5 if fewest else 0.3)
    while True:
        found = firestore.query(Query("cache", where=(Where("ownerId", "==", caller.uid),)))
        if (fewest and len(found) >= fewest) or time.monotonic() > until:
            return [one.data or {} for one in found]
        time.sleep(0.02)


def documents(firestore: Firestore, collection: str, caller: Caller) -> list[dict[str, Any]]:
    found = firestore.query(Query(collection, where=(Where("ownerId", "==", caller.uid),)))
    return [one.data or {} for one in found]


def answers_asked(openai: Provider, text: str) -> int:
    """How often a model was asked exactly this; a title quotes it among other words."""
    return sum(one["body"]["messages"][-1]["content"] == text for one in openai.asked(text))


@contextmanager
def budgeted(text: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        hold(patch, text)
        teller.forget()
        yield


def cached_of(result: Any) -> Any:
    assert result.receipt is not None
    return result.receipt.cached


# The setting


@pytest.mark.parametrize(
    "wrong", ["on", "24", "0h", "-1h", "1w", "1 h", "h", "1.5h", "100000d", "1h asked"]
)
def test_a_wrong_setting_is_found_when_a_process_starts(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    changed = replace(settings(), cache=wrong)
    monkeypatch.setattr(spending, "settings", lambda: changed)
    spending.of_settings.cache_clear()
    with pytest.raises(NotConfigured, match="CACHE"):
        calls.check_settings()


@pytest.mark.parametrize(
    ("setting", "time", "on_request"),
    [
        ("off", None, False),
        ("30m", timedelta(minutes=30), False),
        ("24h", timedelta(hours=24), False),
        ("7d on request", timedelta(days=7), True),
    ],
)
def test_a_setting_is_a_time_for_all_or_on_request_or_off(
    setting: str, time: timedelta | None, on_request: bool
) -> None:
    assert read_cache(setting) == (time, on_request)


def test_it_is_off_by_default_and_then_costs_nothing(
    firestore: Firestore, openai: Provider, marker: str
) -> None:
    assert settings().cache == "off"
    caller = someone()
    with firestore.counting() as counts:
        for _ in range(2):
            assert program(caller, marker)[1].cached is None
    assert not counts.reads and "cache" not in counts.writes
    assert answers_asked(openai, marker) == 2


# Hit and miss


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize("streamed", [True, False])
def test_the_same_question_is_answered_from_the_cache(
    firestore: Firestore, openai: Provider, marker: str, streamed: bool
) -> None:
    caller = replace(someone(), streamed=streamed)
    with firestore.counting() as miss:
        _, first = program(caller, marker)
    assert miss.reads == {"cache": 1} and miss.writes["cache"] == 1
    (document,) = kept(firestore, caller)
    assert document["micros"] == first.cost.micros
    with firestore.counting() as hit:
        events, second = program(caller, marker)
    assert hit.reads == {"cache": 1} and set(hit.writes) == {"ledger", "usageDays"}
    assert answers_asked(openai, marker) == 1
    assert first.cached is None and second.cached is not None
    assert second.cached.saved_micros == first.cost.micros
    assert second.cached.made_at == document["createdAt"].isoformat()
    assert (second.cost.micros, second.cost.source, second.attempts) == (0, "cache", [])
    new = {"cached", "cost", "attempts"}
    assert first.model_dump(exclude=new) == second.model_dump(exclude=new)
    assert "".join(one.text for one in events) == first.text


@pytest.mark.usefixtures("on")
def test_what_is_kept(firestore: Firestore, marker: str) -> None:
    caller = someone()
    program(caller, marker)
    (document,) = kept(firestore, caller)
    assert document.pop("expireAt") - document.pop("createdAt") == timedelta(hours=1)
    assert document.pop("micros") > 0
    assert document == {
        "schemaVersion": 1,
        "orgId": caller.org_id,
        "ownerId": caller.uid,
        "model": f"openai/{PRICED}",
        "text": "word0 word1 word2 ",
        "reasoning": "",
        "usage": {
            "inputTokens": 10,
            "outputTokens": 3,
            "cachedInputTokens": None,
            "cacheWriteTokens": None,
            "reasoningTokens": None,
            "cacheCountedApart": False,
        },
        "reason": "complete",
        "finishReason": "stop",
        "modelUsed": PRICED,
    }


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize(
    "other",
    [
        {"response_format": {"type": "json_object"}},
        {"max_tokens": 99},
        {"seed": 7},
        {"model": "words-3"},
        {"messages": [{"role": "system", "content": "be brief"}]},
        {"cache": False},
    ],
    ids=str,
)
def test_what_is_asked_otherwise_is_asked_anew(
    firestore: Firestore, openai: Provider, marker: str, other: dict[str, Any]
) -> None:
    caller = someone()
    program(caller, marker)
    assert kept(firestore, caller)
    if "messages" in other:
        other = {"messages": [*other["messages"], {"role": "user", "content": marker}]}
    assert program(caller, marker, **other)[1].cached is None
    assert answers_asked(openai, marker) == 2


@pytest.mark.usefixtures("on")
def test_an_organisation_shares_it_and_no_other_meets_it(
    firestore: Firestore, openai: Provider, marker: str
) -> None:
    caller, stranger = someone(), someone()
    colleague = replace(someone(), org_id=caller.org_id)
    program(caller, marker)
    assert kept(firestore, caller)
    assert program(stranger, marker)[1].cached is None
    assert program(colleague, marker)[1].cached is not None
    assert answers_asked(openai, marker) == 2


BASE = ModelRequest("m", (Message("user", (TextPart("a"),)),))
OTHERS: dict[str, Any] = {
    "model": "n",
    "messages": (Message("user", (TextPart("b"),)),),
    "tools": (Tool("t", "", {}),),
    "tool_choice": "none",
    "parallel_tool_calls": False,
    "response_format": ResponseFormat(),
    "max_output_tokens": 1,
    "temperature": 0.0,
    "top_p": 0.5,
    "stop": ("x",),
    "seed": 0,
    "frequency_penalty": 0.0,
    "presence_penalty": 0.0,
    "reasoning_effort": "low",
    "context_window": 1,
}


def key(request: ModelRequest, org: str = "o", choice: Choice | None = None) -> str:
    return cache.key_of(org, choice or resolve("openai/words-3"), request)


@pytest.mark.parametrize("name", [one.name for one in dataclasses.fields(ModelRequest)])
def test_each_parameter_is_part_of_the_key(name: str) -> None:
    assert key(replace(BASE, **{name: OTHERS[name]})) != key(BASE)
    assert key(replace(BASE)) == key(BASE)


def test_whatever_an_answer_depends_on_is_part_of_the_key() -> None:
    choice = resolve("openai/words-3")
    elsewhere = replace(choice.connection, base_url="https://gateway.example/v1")
    optioned = replace(choice.connection, options={"api": "chat"})
    renewed = replace(choice.connection, api_key="another")
    keys = [
        key(BASE),
        key(BASE, "p"),
        key(BASE, choice=replace(choice, model="words-4")),
        key(BASE, choice=replace(choice, connection=elsewhere)),
        key(BASE, choice=replace(choice, connection=optioned)),
    ]
    assert len(set(keys)) == len(keys)
    assert key(BASE, choice=replace(choice, connection=renewed)) == keys[0]


@pytest.mark.parametrize(
    "messages",
    [
        [Message("system", (TextPart("a"),))],
        [Message("user", (TextPart("a"), TextPart("")))],
        [Message("user", (TextPart("a"),)), Message("user", ())],
        [Message("user", (ImagePart("image/png", "a"),))],
        [Message("user", (ImagePart("image/png", "a", detail="low"),))],
        [Message("user", (FilePart("image/png", "a"),))],
        [Message("user", (AudioPart("a", "wav"),))],
        [Message("assistant", (ToolCallPart("1", "a", "{}"),))],
        [Message("tool", (ToolResultPart("1", "a"),))],
        [Message("assistant", (OpaquePart("m", {"a": b"a"}),))],
        [Message("assistant", (OpaquePart("m", {"a": "61"}),))],
    ],
    ids=str,
)
def test_no_two_kinds_of_message_have_one_key(messages: list[Message]) -> None:
    seen = {key(replace(BASE, messages=tuple(messages)))}
    assert key(BASE) not in seen
    schema = [ResponseFormat({"a": 1, "b": 2}), ResponseFormat({"b": 2, "a": 1})]
    assert len({key(replace(BASE, response_format=one)) for one in schema}) == 2


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize(("setting", "later"), [("1h", 61), ("5m", 6)])
def test_what_is_too_old_is_a_miss_and_replaced(
    firestore: Firestore,
    openai: Provider,
    monkeypatch: pytest.MonkeyPatch,
    marker: str,
    setting: str,
    later: int,
) -> None:
    """Too old by the time that was set when it was kept, or by the one that is set now."""
    caller = someone()
    program(caller, marker)
    (old,) = kept(firestore, caller)
    switch(monkeypatch, setting)
    monkeypatch.setattr(cache, "now", lambda: now() + timedelta(minutes=later))
    assert program(caller, marker)[1].cached is None
    until = time.monotonic() + 5
    while (new := kept(firestore, caller)) == [old] and time.monotonic() < until:
        time.sleep(0.02)
    assert len(new) == 1 and new[0]["createdAt"] > old["createdAt"]
    assert program(caller, marker)[1].cached is not None
    assert answers_asked(openai, marker) == 2


# What is not kept


TOOL = {"type": "function", "function": {"name": "weather", "description": "d"}}


@pytest.mark.usefixtures("on")
def test_a_request_with_tools_does_not_touch_it(
    firestore: Firestore, openai: Provider, marker: str
) -> None:
    caller = someone()
    with firestore.counting() as counts:
        for _ in range(2):
            program(caller, marker, tools=[TOOL])
    assert "cache" not in counts.reads | counts.writes
    assert answers_asked(openai, marker) == 2


@pytest.mark.usefixtures("on")
def test_a_picture_that_lies_elsewhere_may_be_another_tomorrow(firestore: Firestore) -> None:
    messages = (Message("user", (ImagePart(url="https://example.com/a.png"),)),)
    with firestore.counting() as counts:
        found = cache.look_up(
            someone(), resolve("openai/words-3"), replace(BASE, messages=messages)
        )
    assert found is None and not counts.reads


def asked_of(caller: Caller, marker: str, *models: str) -> ModelCall:
    choices = tuple(resolve(f"openai/{one}") for one in models or (PRICED,))
    request = ModelRequest(PRICED, (Message("user", (TextPart(marker),)),))
    lookup = cache.look_up(caller, choices[0], request)
    policy = Policy(attempts=2, first_wait=0.01)
    payer = Account(caller, "proxy")
    return ModelCall(choices, lambda _: request, payer, policy=policy, shares=False, lookup=lookup)


WHOLE = (ReasoningDelta("so "), TextDelta("a"), TextDelta("b"), Usage(3, 4), End("complete", "x"))


@pytest.mark.usefixtures("on")
def test_text_reasoning_and_end_come_back_as_they_were(
    firestore: Firestore, monkeypatch: pytest.MonkeyPatch, marker: str
) -> None:
    caller = someone()
    scripted(monkeypatch, WHOLE)
    list(asked_of(caller, marker).events())
    assert len(kept(firestore, caller)) == 1
    assert list(asked_of(caller, marker).events()) == [
        ReasoningDelta("so "), TextDelta("ab"), Usage(3, 4), End("complete", "x"),
    ]  # fmt: skip


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize(
    "events",
    [
        [TextDelta("a"), End("length")],
        [TextDelta("a"), End("filtered")],
        [TextDelta("a"), End("paused")],
        [TextDelta("a"), End("queued")],
        [TextDelta("a"), End("incomplete")],
        [TextDelta("a"), RefusalDelta("no"), End("complete")],
        [RefusalDelta("no"), End("refusal")],
        [TextDelta("a"), ToolCallDelta(0, "{}", "1", "t"), End("complete")],
        [ReasoningDelta("a"), End("complete")],
        [End("complete")],
        [TextDelta("ä" * 250_001), End("complete")],
    ],
    ids=lambda events: "-".join(type(one).__name__ for one in events) + events[-1].reason,
)
def test_what_did_not_end_whole_or_is_too_large_is_not_kept(
    firestore: Firestore, monkeypatch: pytest.MonkeyPatch, marker: str, events: list[Event]
) -> None:
    caller = someone()
    scripted(monkeypatch, events, events)
    with firestore.counting() as counts:
        list(asked_of(caller, marker).events())
    assert "cache" not in counts.writes


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize(
    ("attempts", "models", "is_kept"),
    [
        ([[ConnectionFailed("provider-broke")], WHOLE], [PRICED], True),
        (
            [[TextDelta("a b c "), ConnectionFailed("provider-broke")], WHOLE],
            [PRICED, "words-3"],
            False,
        ),
        (
            [[ConnectionFailed("provider-broke")], [ConnectionFailed("provider-broke")], WHOLE],
            [PRICED, "words-3"],
            False,
        ),
    ],
    ids=["tried again", "gone on with", "by another model"],
)
def test_an_answer_is_kept_when_one_attempt_at_the_model_asked_gave_it(
    firestore: Firestore,
    monkeypatch: pytest.MonkeyPatch,
    marker: str,
    attempts: list[list[Event | Exception]],
    models: list[str],
    is_kept: bool,
) -> None:
    scripted(monkeypatch, *attempts)
    with firestore.counting() as counts:
        list(asked_of(someone(), marker, *models).events())
    assert ("cache" in counts.writes) is is_kept


@pytest.mark.usefixtures("on")
def test_an_answer_that_was_stopped_is_not_kept(firestore: Firestore, new_id: str) -> None:
    with firestore.counting() as counts:
        events = turn.chat(
            someone(), question(new_id, f"stop {new_id}", new=True, model="words-9-every-100")
        )
        started = next(events)
        next(events)
        turn.stop_here(started.run_id)
        for _ in events:
            pass
    assert "cache" not in counts.writes


@pytest.mark.usefixtures("on")
def test_two_who_ask_at_once_are_both_answered(
    firestore: Firestore, openai: Provider, marker: str
) -> None:
    caller = someone()
    together = threading.Barrier(2)

    def one() -> ProxyResult:
        together.wait()
        return program(caller, marker, model="words-3-after-200")[1]

    with ThreadPoolExecutor(2) as pool:
        results = [work.result() for work in [pool.submit(one), pool.submit(one)]]
    assert [one.text for one in results] == ["word0 word1 word2 "] * 2
    assert len(kept(firestore, caller)) == 1 and answers_asked(openai, marker) == 2
    assert program(caller, marker, model="words-3-after-200")[1].cached is not None


# Without the database


@pytest.mark.usefixtures("on")
def test_when_it_cannot_be_read_the_provider_is_asked(
    firestore: Firestore, monkeypatch: pytest.MonkeyPatch, openai: Provider, marker: str
) -> None:
    def away(*_: Any, **__: Any) -> Any:
        def read() -> Any:
            raise Unavailable("database-away")

        return read

    caller = someone()
    program(caller, marker)
    assert kept(firestore, caller)
    monkeypatch.setattr(cache, "read_answer", away)
    assert program(caller, marker)[1].text == "word0 word1 word2 "
    assert answers_asked(openai, marker) == 2


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize("when", ["at once", "later"])
def test_when_it_cannot_be_written_the_answer_is_there_and_the_log_says_so(
    firestore: Firestore,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    marker: str,
    when: str,
) -> None:
    def away(key: str, fields: dict[str, Any]) -> Any:
        if when == "at once":
            raise Unavailable("database-away")
        unit = firestore.unit_of_work()
        unit.update(f"cache/none-{marker}", {("text",): ""})  # there is no such document
        return unit.commit_later()

    monkeypatch.setattr(cache, "write_answer", away)
    assert program(someone(), marker)[1].text == "word0 word1 word2 "
    told, until = "", time.monotonic() + 5
    while "an answer was not kept" not in told and time.monotonic() < until:
        told += capsys.readouterr().out
        time.sleep(0.02)
    assert "an answer was not kept" in told and marker not in told


# Turns


@pytest.mark.usefixtures("on")
def test_a_turn_is_served_and_its_receipt_says_so(
    firestore: Firestore, openai: Provider, marker: str, new_id: str
) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, marker, new=True, model=PRICED))
    assert kept(firestore, caller)
    events, second = ask(caller, question(f"{new_id}-2", marker, new=True, model=PRICED))
    assert answers_asked(openai, marker) == 1
    assert (second.state, second.text) == ("complete", first.text)
    assert first.receipt is not None and cached_of(first) is None
    assert cached_of(second).saved_micros == first.receipt.cost.micros
    message = firestore.get(f"conversations/{new_id}-2/messages/{second.answer_id}").data
    assert message is not None
    stored = Receipt.model_validate(message["receipt"])
    assert stored == second.receipt
    assert (stored.cost.micros, stored.attempts, stored.usage) == (0, [], first.receipt.usage)
    assert [one.type for one in events] == ["run-started", "text-delta", "run-finished"]


@pytest.mark.usefixtures("on")
def test_answering_again_comparing_and_asking_without_it_ask_the_model(
    firestore: Firestore, openai: Provider, marker: str, new_id: str
) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, marker, new=True))
    assert kept(firestore, caller)
    with firestore.counting() as counts:
        for request in (
            act(new_id, "answer", first.question_id),
            question(f"{new_id}-2", marker, new=True, comparing=True),
            question(f"{new_id}-3", marker, new=True, cache=False),
        ):
            assert cached_of(ask(caller, request)[1]) is None
    assert "cache" not in counts.reads | counts.writes
    assert answers_asked(openai, marker) == 4
    _, edited = ask(caller, act(new_id, "edit", first.question_id, marker))
    assert cached_of(edited) is not None


def test_on_request_a_program_is_served_that_asks_for_it_and_no_other(
    firestore: Firestore, openai: Provider, marker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(monkeypatch, "1h on request")
    caller = someone()
    with firestore.counting() as counts:
        for wanted in (None, False):
            assert program(caller, marker, cache=wanted)[1].cached is None
    assert "cache" not in counts.reads | counts.writes
    assert program(caller, marker, cache=True)[1].cached is None
    assert kept(firestore, caller)
    assert program(caller, marker, cache=True)[1].cached is not None
    assert program(caller, marker)[1].cached is None
    assert answers_asked(openai, marker) == 4


@pytest.mark.parametrize("setting", ["1h", "1h on request"])
def test_a_conversation_decides_where_its_question_does_not(
    firestore: Firestore, marker: str, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    """Each question is asked anew of an equal conversation: its context is part of the key."""
    switch(monkeypatch, setting)
    caller = someone()

    def asked(decided: bool | None, wanted: bool | None) -> bool:
        id = str(uuid.uuid4())
        ask(caller, question(id, f"first {marker}", new=True, cache=False))
        if decided is not None:
            configure(caller, ConfigureConversation(
                request_id=str(uuid.uuid4()), conversation_id=id, cache=decided))  # fmt: skip
        return cached_of(ask(caller, question(id, marker, cache=wanted))[1]) is not None

    assert not asked(True, None)
    assert kept(firestore, caller)
    assert asked(True, None)
    assert asked(False, True)
    assert not asked(False, None)
    assert not asked(True, False)
    assert asked(None, None) is (setting == "1h")


@pytest.mark.usefixtures("on")
def test_a_turn_asks_the_cache_while_it_is_begun(
    monkeypatch: pytest.MonkeyPatch, new_id: str, marker: str
) -> None:
    done: list[str] = []
    read_answer, commit = cache.read_answer, UnitOfWork.commit

    def asked(key: str, *, within: float) -> Any:
        done.append("asked")
        read = read_answer(key, within=within)

        def answered() -> Any:
            done.append("answered")
            return read()

        return answered

    def committed(unit: UnitOfWork) -> list[Any]:
        done.append("committed")
        return commit(unit)

    monkeypatch.setattr(cache, "read_answer", asked)
    monkeypatch.setattr(UnitOfWork, "commit", committed)
    ask(someone(), question(new_id, marker, new=True))
    assert done[:3] == ["asked", "committed", "answered"]


# Money


@pytest.mark.usefixtures("on")
def test_a_hit_costs_nothing_and_says_what_it_saved(firestore: Firestore, marker: str) -> None:
    caller = someone()
    _, first = program(caller, marker)
    assert kept(firestore, caller)
    for _ in range(2):
        program(caller, marker)
    paid, *hits = sorted(documents(firestore, "ledger", caller), key=lambda one: one["createdAt"])
    assert "cached" not in paid
    for one in hits:
        assert (one["state"], one["estimated"], one["cached"]) == ("settled", False, True)
        assert one["savedMicros"] == first.cost.micros == paid["used"]["micros"] > 0
        assert {name: n for name, n in one["used"].items() if n} == {"requests": 1}
    (day,) = documents(firestore, "usageDays", caller)
    assert (day["calls"], day["cacheHits"], day["requests"]) == (3, 2, 3)
    assert (day["micros"], day["savedMicros"]) == (first.cost.micros, 2 * first.cost.micros)


@pytest.mark.usefixtures("on")
def test_budgets_agree_with_the_ledger_after_hits(
    firestore: Firestore, marker: str, new_id: str
) -> None:
    caller = someone()
    with budgeted(
        f"each: 5 USD for good, on openai/{PRICED}; each: 90000 tokens a day, on openai/{PRICED}; "
        f"each: 3 requests a day, on openai/{PRICED}; each: 2 at once, on openai/{PRICED}"
    ):
        program(caller, marker)
        ask(caller, question(new_id, marker, new=True, model=PRICED, cache=False))
        assert kept(firestore, caller)
        paths = [one.path for one in spending.banks(caller, f"openai/{PRICED}", now())]
        before = [(one.data or {})["settled"] for one in firestore.get_all(paths)]
        assert program(caller, marker)[1].cached is not None
        stored = [one.data or {} for one in firestore.get_all(paths)]
        assert [one["reserved"] for one in stored] == [0, 0, 0, 0]
        assert [one["settled"] for one in stored] == [*before[:2], 3, 0]
        used = [one["used"] for one in documents(firestore, "ledger", caller)]
        assert stored[0]["settled"] == sum(one["micros"] for one in used)
        assert stored[1]["settled"] == sum(one["inputTokens"] + one["outputTokens"] for one in used)
        # An answer of the cache is a request: how often one asks stays limited.
        with pytest.raises(BudgetUsedUp, match="3 requests"):
            program(caller, marker)


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize("kind", ["proxy", "turn"])
def test_a_used_up_budget_of_money_refuses_nothing_that_is_free(
    firestore: Firestore, openai: Provider, marker: str, new_id: str, kind: str
) -> None:
    caller = someone()

    def again(text: str, number: int) -> Any:
        if kind == "proxy":
            return program(caller, text)[1].cached
        new = question(f"{new_id}-{number}", text, new=True, model=PRICED)
        return cached_of(ask(caller, new)[1])

    again(marker, 1)
    assert kept(firestore, caller)
    on = f", on openai/{PRICED}"
    with budgeted(f"each: 0.000001 USD for good{on}; each: 9 requests for good{on}"):
        assert again(marker, 2) is not None
        with pytest.raises(BudgetUsedUp):
            again(f"another {marker}", 3)
        paths = [one.path for one in spending.banks(caller, f"openai/{PRICED}", now())]
        dollars, requests = firestore.get_all(paths)
    assert dollars.data is None and requests.data is not None
    assert (requests.data["reserved"], requests.data["settled"]) == (0, 1)
    assert answers_asked(openai, marker) == 1
    assert {one["state"] for one in documents(firestore, "ledger", caller)} == {"settled"}


@pytest.mark.usefixtures("on")
def test_a_budget_of_nothing_forbids_the_model_all_the_same(
    firestore: Firestore, marker: str
) -> None:
    caller = someone()
    program(caller, marker)
    assert kept(firestore, caller)
    with budgeted(f"each: 0 USD for good, on openai/{PRICED}"), pytest.raises(BudgetUsedUp):
        program(caller, marker)


@pytest.mark.usefixtures("on")
def test_what_an_answer_of_unknown_price_saved_is_not_known(
    firestore: Firestore, monkeypatch: pytest.MonkeyPatch, marker: str
) -> None:
    hold(monkeypatch, unknown_price=10_000)
    caller = someone()
    program(caller, marker, model="words-3")
    assert kept(firestore, caller)
    _, hit = program(caller, marker, model="words-3")
    assert hit.cached is not None and hit.cached.saved_micros is None
