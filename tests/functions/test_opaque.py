"""What a provider alone can read goes back to the model that made it, and nowhere else."""

import json
import uuid
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from colonycraft.calls import catalogue
from colonycraft.chat import opaque
from colonycraft.chat import run as runs
from colonycraft.chat.models import ChatResult
from colonycraft.conversations import operations
from colonycraft.conversations import store as conversations
from colonycraft.conversations.models import ForkConversation
from colonycraft.llm.port import Connection
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from support.answers import place
from support.chains import broken, refusal
from support.scenarios import WIRE
from support.turns import ask, conversation_of, messages, question, segments, someone
from support.upstream import SSE, Behaviour, Upstream, events, reply, upstream

CAPTURES = [
    ("anthropic_messages", "anthropic/bodies/messages-stream-complete-reasoning-01.sse"),
    ("anthropic_messages", "anthropic/bodies/messages-stream-complete-redacted_thinking-01.sse"),
    (
        "openai_responses",
        "openai/bodies/responses-stream-built_in_tools-cached-complete-reasoning-01.sse",
    ),
]
SIGNATURE = "c2lnbmF0dXJl-CANARY"
DATA = {"type": "thinking", "thinking": "hm", "signature": SIGNATURE}
MODEL = "one/thinker"


def thought(
    *texts: str, signature: str = SIGNATURE, first: str = "thinking", end: str | None = "end_turn"
) -> list[Any]:
    """Events of an answer of Anthropic's with a thought before (or after) its text."""
    blocks = {
        "thinking": [
            {"type": "thinking_delta", "thinking": "hm"},
            {"type": "signature_delta", "signature": signature},
        ],
        "text": [{"type": "text_delta", "text": text} for text in texts],
    }
    found: list[Any] = [{"type": "message_start", "message": {"usage": {"input_tokens": 3}}}]
    for index, kind in enumerate(sorted(blocks, key=lambda one: one != first)):
        block = {"type": kind, kind: ""}
        found.append({"type": "content_block_start", "index": index, "content_block": block})
        found += [
            {"type": "content_block_delta", "index": index, "delta": delta}
            for delta in blocks[kind]
        ]
        found.append({"type": "content_block_stop", "index": index})
    if end is not None:
        usage = {"output_tokens": 2}
        found.append({"type": "message_delta", "delta": {"stop_reason": end}, "usage": usage})
        found.append({"type": "message_stop"})
    return found


THOUGHT = reply(events(*thought("Hello.")), SSE)


@contextmanager
def provider(
    monkeypatch: pytest.MonkeyPatch,
    *answers: bytes | Behaviour,
    adapter: str = "anthropic_messages",
    **others: Upstream,
) -> Generator[Upstream]:
    """The connection `one`; `others` are further ones."""
    with upstream(*answers) as server:
        table = {"one": server, **others}
        connect(monkeypatch, {name: place(adapter, each.url) for name, each in table.items()})
        yield server


def connect(monkeypatch: pytest.MonkeyPatch, places: dict[str, Connection]) -> None:
    table = {name: replace(one, id=name) for name, one in places.items()}
    monkeypatch.setattr(catalogue, "connections", lambda: table)


def begun(new_id: str) -> Caller:
    """A conversation with a title of its person, so that only turns ask the provider."""
    caller = someone()
    conversations.create(caller, new_id, "Mine", "request-0001")
    return caller


def say(caller: Caller, conversation: str, text: str, model: str = MODEL) -> ChatResult:
    request = question(conversation, text).model_copy(update={"model": model})
    return ask(caller, request)[1]


def flags(firestore: Firestore, conversation: str) -> list[Any]:
    """What the answers say of their state."""
    found = messages(firestore, conversation)
    return [one["opaque"] for one in found if one["role"] == "assistant"]


def made_by(firestore: Firestore, conversation: str) -> list[str | None]:
    return [one and one["model"] for one in flags(firestore, conversation)]


def control(firestore: Firestore, run: str) -> dict[str, Any]:
    return firestore.get(runs.control_path(run)).data or {}


def sent(server: Upstream) -> list[int]:
    """How often each request had the signature in it."""
    return [one.body.count(SIGNATURE.encode()) for one in server.received]


@pytest.mark.parametrize(("adapter", "capture"), CAPTURES)
def test_it_goes_back_byte_for_byte_before_the_answer_that_it_belongs_to(
    firestore: Firestore,
    new_id: str,
    monkeypatch: pytest.MonkeyPatch,
    adapter: str,
    capture: str,
) -> None:
    caller = begun(new_id)
    whole = reply((WIRE / capture).read_bytes(), SSE)
    with provider(monkeypatch, whole, adapter=adapter) as server:
        first = say(caller, new_id, "first")
        say(caller, new_id, "second")
    assert first.state == "complete"
    states = json.loads(control(firestore, first.run_id)["opaque"]["text"])
    assert states
    body = server.received[1].json
    if adapter == "anthropic_messages":
        told = body["messages"][1]["content"]
    else:
        told = body["input"][2:-1]
    assert told[:-1] == states
    assert json.dumps(first.text)[1:40] in json.dumps(told[-1])
    raw = (WIRE / capture).read_bytes()
    for name in ("signature", "data", "encrypted_content"):
        for value in (one[name] for one in states if name in one):
            assert json.dumps(value).encode() in server.received[1].body
            assert value.encode() in raw


def test_it_goes_back_turn_after_turn_as_far_as_some_answers(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = begun(new_id)
    with provider(monkeypatch, THOUGHT) as server:
        for number in range(opaque.LAST + 3):
            say(caller, new_id, f"question {number}")
    counts = sent(server)
    # With the fourth the oldest is left out, and what was made after it was made for another
    # beginning: none goes. From there on it begins anew.
    assert counts == [0, 1, 2, 3, 0, 1]


def test_another_model_never_gets_it(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = begun(new_id)
    with upstream(THOUGHT) as two, provider(monkeypatch, THOUGHT, two=two) as one:
        say(caller, new_id, "first")
        say(caller, new_id, "second", model="one/another")
        # Of the same name, but elsewhere.
        say(caller, new_id, "third", model="two/thinker")
        say(caller, new_id, "fourth")
    assert [sent(one), sent(two)] == [[0, 0, 1], [0]]
    assert made_by(firestore, new_id) == [MODEL, "one/another", "two/thinker", MODEL]
    told = one.received[-1].json["messages"][1]["content"]
    assert told == [DATA, {"type": "text", "text": "Hello."}]


@pytest.mark.parametrize("shown", [(), ("Half of ",)])
def test_a_fallback_never_gets_it(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch, shown: tuple[str, ...]
) -> None:
    """Neither before the first word nor in the middle of the answer."""
    caller = begun(new_id)
    configure(caller, new_id, fallbacks=["two/thinker"])
    failed = broken(*thought(*shown, end=None)) if shown else refusal(401)
    other = reply(events(*thought("the rest.", signature="of-two")), SSE)
    with upstream(other) as two, provider(monkeypatch, THOUGHT, failed, THOUGHT, two=two) as one:
        say(caller, new_id, "first")
        second = say(caller, new_id, "second")
        assert second.state == "complete"
    assert [sent(one), sent(two)] == [[0, 1], [0]]
    # Of an answer that two have written, neither can have anything back.
    assert made_by(firestore, new_id) == [MODEL, None if shown else "two/thinker"]
    kept = repr(control(firestore, second.run_id))
    assert SIGNATURE not in kept and ("of-two" in kept) == (not shown)


def configure(caller: Caller, conversation: str, **given: Any) -> None:
    conversations.change(caller, conversation, str(uuid.uuid4()), given)


def test_it_goes_only_where_all_before_it_is_as_it_was(
    new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = begun(new_id)
    with provider(monkeypatch, THOUGHT) as server:
        say(caller, new_id, "first")
        configure(caller, new_id, instructions="Be brief.")
        say(caller, new_id, "second")
        say(caller, new_id, "third")
        connect(
            monkeypatch, {"one": replace(place("anthropic_messages", server.url), api_key="k2")}
        )
        say(caller, new_id, "fourth")
    assert sent(server) == [0, 0, 1, 0]


@pytest.mark.parametrize(
    "answer",
    [
        thought("Hello.", signature="s" * 300),
        thought("Hello.", first="text"),
        thought("Hello.", end="max_tokens"),
    ],
    ids=["too-large", "after-the-text", "cut-off"],
)
def test_what_cannot_go_back_is_not_kept(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch, answer: Sequence[Any]
) -> None:
    monkeypatch.setattr(opaque, "MOST_KEPT", 200)
    caller = begun(new_id)
    with provider(monkeypatch, reply(events(*answer), SSE)):
        result = say(caller, new_id, "first")
    assert result.text == "Hello."
    assert made_by(firestore, new_id) == [None]
    assert "opaque" not in control(firestore, result.run_id)


def test_a_continuation_and_a_copy_never_get_it(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, copied = begun(new_id), str(uuid.uuid4())
    cut = reply(events(*thought("Hello", end="max_tokens")), SSE)
    with provider(monkeypatch, THOUGHT, cut, THOUGHT) as server:
        say(caller, new_id, "first")
        second = say(caller, new_id, "second")
        go_on = question(new_id, None, action="continue", message_id=second.answer_id)
        ask(caller, go_on.model_copy(update={"model": MODEL}))
        operations.fork(
            caller,
            ForkConversation(
                request_id=str(uuid.uuid4()),
                conversation_id=new_id,
                new_conversation_id=copied,
                scope="all",
                message_id=second.answer_id,
            ),
        )
        say(caller, copied, "third")
    # The first answer's goes along where its own conversation goes on.
    assert sent(server) == [0, 1, 1, 0]
    assert made_by(firestore, new_id) == [MODEL, None]
    assert made_by(firestore, copied)[:2] == [None, None]


def test_it_is_in_no_document_that_is_read_and_in_no_log(
    firestore: Firestore,
    new_id: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caller = begun(new_id)
    with provider(monkeypatch, THOUGHT):
        events_seen, result = ask(
            caller, question(new_id, "first").model_copy(update={"model": MODEL})
        )
    open_to_readers = [
        conversation_of(firestore, new_id),
        messages(firestore, new_id),
        firestore.get(runs.run_path(result.run_id)).data,
        segments(firestore, result.run_id),
        events_seen,
        result,
    ]
    assert SIGNATURE not in repr(open_to_readers)
    assert SIGNATURE in repr(control(firestore, result.run_id))
    assert SIGNATURE not in "".join(capfd.readouterr())


def test_it_goes_with_its_conversation(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = begun(new_id)
    with provider(monkeypatch, THOUGHT):
        run = say(caller, new_id, "first").run_id
    assert control(firestore, run)
    # Before all that others have just deleted: the oldest go first.
    long_ago = now() - 2 * conversations.KEPT_AFTER_DELETE
    gone = {"state": "deleted", "deletedAt": long_ago}
    conversations.change(caller, new_id, "delete-request", gone)
    conversations.purge_deleted(runs.remove)
    assert not control(firestore, run)


def test_what_it_costs(firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One write where there is any, one read for each answer that goes with it."""
    caller = begun(new_id)
    with provider(monkeypatch, THOUGHT):
        say(caller, new_id, "first")
        say(caller, new_id, "second")
        with firestore.counting() as counts:
            say(caller, new_id, "third")
        assert counts.reads["runControls"] == 2
        assert counts.writes["runControls"] == 2
        with firestore.counting() as counts:
            say(caller, new_id, "fourth", model="one/another")
        assert "runControls" not in counts.reads
