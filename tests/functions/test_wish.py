"""Another answer that is to be shorter or longer than the ones that are there."""

import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from colonycraft.calls import resolve
from colonycraft.chat import worker
from colonycraft.chat.begin import Begun, begin
from colonycraft.chat.context import MESSAGE_OVERHEAD, SYSTEM_PROMPT, build_context
from colonycraft.chat.models import ChatRequest, Wish
from colonycraft.chat.wish import with_wish
from colonycraft.errors import InvalidArgument, NotFound, RequestIdReused
from colonycraft.llm import estimate_tokens
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from support.provider import Provider
from support.runs import make_old
from support.turns import act, ask, conversation_of, messages, question, someone

pytestmark = pytest.mark.usefixtures("openai")

WISHES: tuple[Wish, ...] = ("shorter", "longer")


def told(openai: Provider, marker: str) -> list[str]:
    """The last message of each request about the marker."""
    return [one["body"]["messages"][-1]["content"] for one in openai.asked(marker)]


def answered(caller: Caller, conversation: str, text: str, model: str = "words-3") -> str:
    """Begins the conversation; gives the question's id."""
    return ask(caller, question(conversation, text, new=True, model=model))[1].question_id


@pytest.mark.parametrize("wish", WISHES)
def test_the_model_is_told_with_that_question_alone(
    openai: Provider, firestore: Firestore, new_id: str, wish: Wish
) -> None:
    caller, marker = someone(), f"wish {uuid.uuid4()}"
    asked = answered(caller, new_id, marker)
    _, again = ask(caller, act(new_id, "answer", asked, wish=wish))
    assert told(openai, marker)[-1] == with_wish(marker, wish) != marker
    assert again.receipt is not None and again.receipt.wish == wish
    stored, first, second = messages(firestore, new_id)
    assert stored["parts"] == [{"type": "text", "text": marker}]
    assert [first["receipt"]["wish"], second["receipt"]["wish"]] == [None, wish]

    branch = conversation_of(firestore, new_id)["activeBranch"]
    ask(caller, question(new_id, "and then?", branch_id=branch))
    (*_, last) = openai.asked(marker)
    assert [one["content"] for one in last["body"]["messages"][1:]] == [
        marker,
        "word0 word1 word2 ",
        "and then?",
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"wish": "funnier"},
        {"wish": ""},
        {"wish": ["shorter"]},
        {"wish": "shorter", "comparing": True},
        {"wish": "shorter", "action": "continue"},
        {"wish": "shorter", "action": "edit", "text": "other"},
        {"wish": "shorter", "action": "ask", "text": "other", "messageId": None},
    ],
)
def test_a_wish_that_is_none_or_for_no_other_answer_is_refused(more: dict[str, Any]) -> None:
    right = act("conversation-0001", "answer", "message-0001", wish="shorter").model_dump()
    ChatRequest.model_validate(right)
    with pytest.raises(ValidationError, match="wish"):
        ChatRequest.model_validate({**right, **more})


def test_twice_it_is_one_answer_and_another_wish_is_another_request(
    firestore: Firestore, new_id: str
) -> None:
    caller = someone()
    asked = answered(caller, new_id, "hello")
    request = act(new_id, "answer", asked, wish="shorter")
    _, first = ask(caller, request)
    events, second = ask(caller, request)
    assert events[0].attached and second.answer_id == first.answer_id
    assert second.receipt == first.receipt
    for other in ("longer", None):
        with pytest.raises(RequestIdReused):
            ask(caller, request.model_copy(update={"wish": other}))
    assert len(messages(firestore, new_id)) == 3


def test_of_somebody_elses_question_nothing_is_known(firestore: Firestore, new_id: str) -> None:
    asked = answered(someone(), new_id, "hello")
    with pytest.raises(NotFound):
        ask(someone(), act(new_id, "answer", asked, wish="longer"))
    assert len(messages(firestore, new_id)) == 2


@pytest.mark.parametrize("cut", ["cut-2", "cut-0"], ids=["some of it", "none of it"])
def test_it_holds_for_the_rest_of_an_answer_that_broke_off(
    openai: Provider, firestore: Firestore, new_id: str, cut: str
) -> None:
    caller, marker = someone(), f"rest {uuid.uuid4()}"
    asked = answered(caller, new_id, marker)
    model = f"words-4-{cut}"
    _, broken = ask(caller, act(new_id, "answer", asked, wish="shorter", model=model))
    branch = conversation_of(firestore, new_id)["activeBranch"]
    _, whole = ask(caller, act(new_id, "continue", broken.answer_id, branch_id=branch))
    assert whole.state == "complete"
    assert whole.receipt is not None and whole.receipt.wish == "shorter"
    sent = openai.asked(marker)[-1]["body"]["messages"]
    assert with_wish(marker, "shorter") in [one["content"] for one in sent]


def test_it_holds_when_another_process_goes_on(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller, marker = someone(), f"lost {uuid.uuid4()}"
    asked = answered(caller, new_id, marker)
    request = act(new_id, "answer", asked, wish="longer")
    begun = begin(caller, request, resolve(request.model))
    assert isinstance(begun, Begun)
    make_old(firestore, begun.run.id)
    worker.watch({"runId": begun.run.id})
    assert told(openai, marker)[-1] == with_wish(marker, "longer")
    assert messages(firestore, new_id)[2]["receipt"]["wish"] == "longer"


@given(text=st.text(min_size=1, max_size=3_000), wish=st.sampled_from(WISHES))
def test_a_question_that_just_fits_does_not_with_a_wish(text: str, wish: Wish) -> None:
    needed = estimate_tokens(text) + estimate_tokens(SYSTEM_PROMPT) + 2 * MESSAGE_OVERHEAD
    limits = {"window": needed + 100, "answer_tokens": 100}
    assert build_context((), text, **limits).tokens <= needed
    with pytest.raises(InvalidArgument):
        build_context((), with_wish(text, wish), **limits)
