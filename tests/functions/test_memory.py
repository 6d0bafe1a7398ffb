"""What a conversation remembers: instructions, pins, summaries, and how they reach a model."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pydantic import ValidationError

from colonycraft.conversations import context_operations as operations
from colonycraft.conversations.models import ConfigureConversation, PinMessage, WriteSummary
from colonycraft.errors import FailedPrecondition, NotFound, RequestIdReused
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from support.provider import Provider
from support.turns import act, ask, conversation_of, messages, question, someone

pytestmark = pytest.mark.usefixtures("openai")

LONG = "A lease ends by itself. " * 220
"""Of which a few fit the window of a model that nobody knows."""


def ids(conversation: str) -> dict[str, str]:
    return {"request_id": str(uuid.uuid4()), "conversation_id": conversation}


def configure(caller: Caller, conversation: str, **changes: Any) -> None:
    operations.configure(caller, ConfigureConversation(**ids(conversation), **changes))


def pin(caller: Caller, conversation: str, message_id: str, *, pinned: bool = True) -> None:
    request = PinMessage(**ids(conversation), message_id=message_id, pinned=pinned)
    operations.pin(caller, request)


def write(caller: Caller, conversation: str, text: str | None) -> None:
    operations.write_summary(caller, WriteSummary(**ids(conversation), text=text))


def system_prompt(openai: Provider, marker: str) -> str:
    """That of the turn which asked this."""
    asked = [
        one["body"]["messages"]
        for one in openai.asked(marker)
        if one["body"]["messages"][-1]["content"] == marker
    ]
    return asked[-1][0]["content"]


def long_conversation(caller: Caller, conversation: str, turns: int = 5) -> Any:
    ask(caller, question(conversation, LONG, new=True))
    result = None
    for _ in range(turns - 1):
        _, result = ask(caller, question(conversation, LONG))
    return result


def test_instructions_go_before_every_question(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller, marker = someone(), f"marker {uuid.uuid4()}"
    ask(caller, question(new_id, new=True))
    configure(caller, new_id, instructions="  Answer in verse. ")
    ask(caller, question(new_id, marker))
    assert "Answer in verse." in system_prompt(openai, marker)
    configure(caller, new_id, instructions="")
    marker = f"marker {uuid.uuid4()}"
    ask(caller, question(new_id, marker))
    assert "verse" not in system_prompt(openai, marker)


def test_only_what_is_given_changes(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    configure(caller, new_id, instructions="Be brief.", fallbacks=["openai/words-3"])
    configure(caller, new_id, summarise=False)
    stored = conversation_of(firestore, new_id)
    assert stored["instructions"] == "Be brief."
    assert stored["fallbacks"] == ["openai/words-3"]
    assert stored["summarise"] is False


def test_the_second_choice_of_a_conversation_answers(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    configure(caller, new_id, fallbacks=["openai/words-2"])
    events, result = ask(caller, question(new_id, "fails first", model="words-1-fail-500"))
    assert (result.state, result.text) == ("complete", "word0 word1 ")
    assert "openai/words-2" in [one.next_model for one in events if one.type == "attempt-failed"]
    receipt = messages(firestore, new_id)[-1]["receipt"]
    assert [one["model"] for one in receipt["attempts"]][-1] == "openai/words-2"


def test_a_long_conversation_is_summed_up_and_the_receipt_says_so(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller, marker = someone(), f"marker {uuid.uuid4()}"
    long_conversation(caller, new_id)
    summary = conversation_of(firestore, new_id)["summary"]
    assert summary is not None
    assert (summary["branchId"], summary["edited"]) == ("main", False)
    assert 0 < summary["untilSeq"] < 10
    ask(caller, question(new_id, marker))
    assert summary["text"] in system_prompt(openai, marker)
    receipt = messages(firestore, new_id)[-1]["receipt"]
    assert receipt["summaryUsed"]
    assert receipt["leftOutMessages"] > 0
    assert receipt["leftOutIds"]


def test_a_persons_words_are_kept_and_added_to(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    long_conversation(caller, new_id)
    write(caller, new_id, "We spoke of leases.")
    assert conversation_of(firestore, new_id)["summary"]["edited"]
    until = conversation_of(firestore, new_id)["summary"]["untilSeq"]
    for _ in range(3):
        ask(caller, question(new_id, LONG))
    summary = conversation_of(firestore, new_id)["summary"]
    assert summary["text"].startswith("We spoke of leases.\n\n")
    assert summary["untilSeq"] > until
    write(caller, new_id, None)
    assert conversation_of(firestore, new_id)["summary"] is None


def test_a_summary_can_be_switched_off(openai: Provider, firestore: Firestore, new_id: str) -> None:
    caller, marker = someone(), f"marker {uuid.uuid4()}"
    ask(caller, question(new_id, new=True))
    configure(caller, new_id, summarise=False)
    for _ in range(4):
        ask(caller, question(new_id, LONG))
    assert conversation_of(firestore, new_id)["summary"] is None
    ask(caller, question(new_id, marker))
    assert "summed up" not in system_prompt(openai, marker)


def test_a_summary_belongs_to_what_it_covers(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller, marker = someone(), f"marker {uuid.uuid4()}"
    _, first = ask(caller, question(new_id, LONG, new=True))
    for _ in range(5):
        ask(caller, question(new_id, LONG))
    assert conversation_of(firestore, new_id)["summary"] is not None
    ask(caller, act(new_id, "edit", first.question_id, marker))
    assert "summed up" not in system_prompt(openai, marker)


def test_a_pinned_message_is_sent_though_others_are_left_out(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller, marker = someone(), f"marker {uuid.uuid4()}"
    _, first = ask(caller, question(new_id, "My name is Ada.", new=True))
    pin(caller, new_id, first.question_id)
    for _ in range(5):
        ask(caller, question(new_id, LONG))
    ask(caller, question(new_id, marker))
    assert "My name is Ada." in system_prompt(openai, marker)
    pin(caller, new_id, first.question_id, pinned=False)
    assert not messages(firestore, new_id)[0]["pinned"]
    assert conversation_of(firestore, new_id)["pinned"] == []


def test_two_pins_at_once_are_both_kept(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    _, asked = ask(caller, question(new_id, "one", new=True))
    both = [asked.question_id, asked.answer_id]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda message: pin(caller, new_id, message), both))
    assert sorted(conversation_of(firestore, new_id)["pinned"]) == sorted(both)


def test_twenty_are_pinned_and_no_more(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, new=True))
    unit = firestore.unit_of_work()
    others = [f"message-{number:04}" for number in range(operations.MOST_PINNED)]
    unit.update(f"conversations/{new_id}", {("pinned",): others})
    unit.commit()
    with pytest.raises(FailedPrecondition):
        pin(caller, new_id, first.question_id)
    assert not messages(firestore, new_id)[0]["pinned"]


def test_strangers_change_nothing(firestore: Firestore, new_id: str) -> None:
    caller, stranger = someone(), someone()
    _, first = ask(caller, question(new_id, new=True))
    before = conversation_of(firestore, new_id)
    for attempt in (
        lambda: configure(stranger, new_id, instructions="theirs"),
        lambda: pin(stranger, new_id, first.question_id),
        lambda: write(stranger, new_id, None),
        lambda: pin(caller, new_id, "message-nowhere"),
    ):
        with pytest.raises(NotFound):
            attempt()
    with pytest.raises(FailedPrecondition):
        write(caller, new_id, "of nothing")
    assert conversation_of(firestore, new_id) == before


def test_the_same_change_twice_is_one(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    ask(caller, question(new_id, new=True))
    request = ConfigureConversation(**ids(new_id), instructions="Be brief.")
    assert operations.configure(caller, request) == operations.configure(caller, request)
    with pytest.raises(RequestIdReused):
        operations.configure(caller, request.model_copy(update={"instructions": "Be long."}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"instructions": "x" * 20_001},
        {"fallbacks": ["a/b"] * 4},
        {"fallbacks": ["no-connection"]},
        {"summarise": "yes"},
        {"title": "x"},
    ],
)
def test_what_is_wrong_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ConfigureConversation(**ids("conversation-1"), **wrong)
