"""The tree of a conversation: edit, answer again, continue, compare, copy."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from colonycraft.conversations import branches as tree
from colonycraft.conversations import context_operations, folders, operations
from colonycraft.conversations.models import (
    ChooseAnswer,
    ConfigureConversation,
    ForkConversation,
    OpenBranch,
    PinMessage,
)
from colonycraft.errors import (
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    RequestIdReused,
)
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from support.provider import Provider
from support.turns import act, ask, conversation_of, messages, question, someone, text_of

pytestmark = pytest.mark.usefixtures("openai")


def sent_to(openai: Provider, marker: str) -> list[str]:
    """What the last request with the marker was sent, without the system prompt."""
    return [one["content"] for one in openai.asked(marker)[-1]["body"]["messages"][1:]]


def test_an_edited_question_is_a_branch_and_nothing_is_lost(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller, marker = someone(), f"edited {uuid.uuid4()}"
    ask(caller, question(new_id, "one", new=True))
    _, second = ask(caller, question(new_id, "two"))
    _, third = ask(caller, act(new_id, "edit", second.question_id, marker))
    stored = conversation_of(firestore, new_id)
    made = stored["activeBranch"]
    assert made != "main"
    branch = stored["branches"][made]
    assert (branch["parent"], branch["forkSeq"], branch["nextSeq"]) == ("main", 2, 4)
    assert stored["counts"]["messages"] == 6
    found = messages(firestore, new_id)
    assert [(one["branchId"] == "main", one["seq"]) for one in found] == [
        (True, 0),
        (True, 1),
        (True, 2),
        (False, 2),
        (True, 3),
        (False, 3),
    ]
    assert found[2]["parentId"] == found[3]["parentId"] == found[1]["id"]
    assert third.question_id == found[3]["id"]
    assert sent_to(openai, marker) == ["one", "word0 word1 word2 ", marker]


def test_an_edit_of_an_edit_stands_beside_it(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, "one", new=True))
    _, second = ask(caller, act(new_id, "edit", first.question_id, "two"))
    branch = conversation_of(firestore, new_id)["activeBranch"]
    ask(caller, act(new_id, "edit", second.question_id, "three", branch_id=branch))
    branches = conversation_of(firestore, new_id)["branches"]
    assert len(tree.alternatives(branches, "main", 0)) == 2


def test_a_branch_goes_on_with_what_leads_to_it(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller, marker = someone(), f"deep {uuid.uuid4()}"
    ask(caller, question(new_id, "one", new=True))
    _, second = ask(caller, question(new_id, "two"))
    ask(caller, question(new_id, "three"))
    ask(caller, act(new_id, "edit", second.question_id, "two again"))
    branch = conversation_of(firestore, new_id)["activeBranch"]
    ask(caller, question(new_id, marker, branch_id=branch))
    answer = "word0 word1 word2 "
    assert sent_to(openai, marker) == ["one", answer, "two again", answer, marker]


def test_an_answer_is_made_again_beside_the_first(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller, marker = someone(), f"again {uuid.uuid4()}"
    _, first = ask(caller, question(new_id, marker, new=True))
    events, again = ask(caller, act(new_id, "answer", first.question_id, model="words-5"))
    found = messages(firestore, new_id)
    assert [one["role"] for one in found] == ["user", "assistant", "assistant"]
    assert again.question_id == first.question_id
    assert events[0].branch_id == found[2]["branchId"] != "main"
    assert text_of(found[2]) == "word0 word1 word2 word3 word4 "
    assert sent_to(openai, marker) == [marker]
    assert conversation_of(firestore, new_id)["activeBranch"] == found[2]["branchId"]


def test_an_incomplete_answer_is_continued_where_it_stopped(
    openai: Provider, firestore: Firestore, new_id: str
) -> None:
    caller, marker = someone(), f"continue {uuid.uuid4()}"
    _, first = ask(caller, question(new_id, marker, new=True, model="words-9-cut-4"))
    assert first.state == "incomplete"
    request = act(new_id, "continue", first.answer_id, model="words-9-from-2")
    events, result = ask(caller, request)
    whole = "".join(f"word{n} " for n in range(9))
    assert events[0].text_start == len("word0 word1 word2 word3 ")
    assert events[0].answer_id == first.answer_id
    streamed = "".join(one.text for one in events if one.type == "text-delta")
    assert streamed == "word4 word5 word6 word7 word8 "
    assert result.text == whole
    asked, answered = messages(firestore, new_id)
    assert (text_of(answered), answered["state"], answered["problem"]) == (whole, "complete", None)
    assert len(answered["receipt"]["attempts"]) == 2
    assert asked["seq"] == 0
    stored = conversation_of(firestore, new_id)
    (main,) = stored["branches"].values()
    assert (main["nextSeq"], main["activeRun"]) == (2, None)
    assert stored["counts"]["messages"] == 2


def test_a_complete_answer_is_not_continued(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, new=True))
    with pytest.raises(FailedPrecondition):
        ask(caller, act(new_id, "continue", first.answer_id))


def test_a_complete_answer_that_ends_in_a_table_is_not_made_again(
    firestore: Firestore, new_id: str
) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, new=True))
    unit = firestore.unit_of_work()
    table = [{"type": "text", "text": "| a | b |\n| --- | --- |\n| 1 |"}]
    unit.update(f"conversations/{new_id}/messages/{first.answer_id}", {("parts",): table})
    unit.commit()
    with pytest.raises(FailedPrecondition):
        ask(caller, act(new_id, "continue", first.answer_id))
    assert len(messages(firestore, new_id)) == 2


def test_only_the_last_answer_is_continued(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, new=True, model="words-9-cut-4"))
    ask(caller, question(new_id))
    with pytest.raises(FailedPrecondition):
        ask(caller, act(new_id, "continue", first.answer_id))


def test_a_failed_answer_without_text_is_made_again(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, new=True, model="words-1-fail-400"))
    assert first.state == "failed"
    _, again = ask(caller, act(new_id, "continue", first.answer_id))
    assert again.state == "complete"
    assert again.answer_id != first.answer_id
    assert len(messages(firestore, new_id)) == 3


def test_one_question_to_four_models_at_once(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, new=True, comparing=True, model="words-1"))
    models = ["words-2-every-20", "words-3-fail-400", "words-4-every-20"]

    def column(model: str) -> Any:
        request = act(new_id, "answer", first.question_id, model=model, comparing=True)
        return ask(caller, request)[1]

    with ThreadPoolExecutor(3) as pool:
        columns = list(pool.map(column, models))
    assert [one.state for one in columns] == ["complete", "failed", "complete"]
    stored = conversation_of(firestore, new_id)
    assert stored["activeBranch"] == "main"
    beside = tree.alternatives(stored["branches"], "main", 1)
    assert len(beside) == 3
    assert all(stored["branches"][one]["comparing"] for one in beside)
    with pytest.raises(FailedPrecondition):
        column("words-5")
    found = messages(firestore, new_id)
    assert found[0]["comparing"]
    chosen = columns[2].answer_id
    branch = next(one["branchId"] for one in found if one["id"] == chosen)
    request = ChooseAnswer(
        request_id=str(uuid.uuid4()),
        conversation_id=new_id,
        message_id=first.question_id,
        branch_id=branch,
    )
    operations.choose(caller, request)
    operations.choose(caller, request)
    assert conversation_of(firestore, new_id)["activeBranch"] == branch
    assert not messages(firestore, new_id)[0]["comparing"]
    assert len(messages(firestore, new_id)) == 5


def test_a_question_asked_of_one_model_is_no_comparison(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, new=True))
    with pytest.raises(FailedPrecondition):
        ask(caller, act(new_id, "answer", first.question_id, comparing=True))


def test_the_same_edit_twice_is_one_branch(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, new=True))
    request = act(new_id, "edit", first.question_id, "two")
    _, once = ask(caller, request)
    events, twice = ask(caller, request)
    assert events[0].attached
    assert (once.run_id, once.text) == (twice.run_id, twice.text)
    assert len(conversation_of(firestore, new_id)["branches"]) == 2
    with pytest.raises(RequestIdReused):
        ask(caller, request.model_copy(update={"text": "three"}))


@pytest.mark.parametrize(
    ("action", "which", "error"),
    [
        ("edit", "answer_id", InvalidArgument),
        ("answer", "answer_id", InvalidArgument),
        ("continue", "question_id", InvalidArgument),
        ("edit", "run_id", NotFound),
        ("answer", "run_id", NotFound),
    ],
)
def test_what_is_acted_on_must_be_of_its_kind(
    firestore: Firestore, new_id: str, action: str, which: str, error: type[Exception]
) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, new=True))
    text = "new" if action == "edit" else None
    with pytest.raises(error):
        ask(caller, act(new_id, action, getattr(first, which), text))
    assert len(messages(firestore, new_id)) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "edit"},
        {"action": "edit", "text": "x"},
        {"action": "ask"},
        {"action": "ask", "text": "x", "messageId": "message-0001"},
        {"action": "continue", "text": "x", "messageId": "message-0001"},
        {"action": "continue", "messageId": "message-0001", "comparing": True},
        {"action": "edit", "text": "x", "messageId": "message-0001", "newConversation": True},
        {"action": "sing", "text": "x"},
    ],
)
def test_an_action_takes_what_it_needs_and_no_more(wrong: dict[str, Any]) -> None:
    from colonycraft.chat.models import ChatRequest

    common = {"requestId": "request-0001", "conversationId": "conversation-1", "model": "a/b"}
    with pytest.raises(ValidationError):
        ChatRequest.model_validate({**common, **wrong})


def test_the_branch_that_is_shown_is_stored(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    _, first = ask(caller, question(new_id, new=True))
    ask(caller, act(new_id, "answer", first.question_id))

    def show(branch: str, by: Caller = caller) -> None:
        operations.open_branch(
            by,
            OpenBranch(request_id=str(uuid.uuid4()), conversation_id=new_id, branch_id=branch),
        )

    before = conversation_of(firestore, new_id)
    show("main")
    after = conversation_of(firestore, new_id)
    assert after["activeBranch"] == "main"
    # Who only looks changes nothing of the order in which conversations are listed.
    assert after["updatedAt"] == before["updatedAt"] < after["changedAt"]
    with pytest.raises(NotFound):
        show("branch-nowhere")
    with pytest.raises(NotFound):
        show("main", someone())


def fork(caller: Caller, source: str, scope: str, message_id: str, **more: Any) -> str:
    new = more.get("new_id") or str(uuid.uuid4())
    request = ForkConversation(
        request_id=more.get("request_id") or str(uuid.uuid4()),
        conversation_id=source,
        new_conversation_id=new,
        scope=scope,  # type: ignore[arg-type]
        message_id=message_id,
    )
    operations.fork(caller, request)
    return new


def tree_of(firestore: Firestore, caller: Caller, source: str) -> list[Any]:
    """main: one, two, three; beside two: two again and more."""
    ask(caller, question(source, "one", new=True))
    _, second = ask(caller, question(source, "two"))
    ask(caller, question(source, "three"))
    ask(caller, act(source, "edit", second.question_id, "two again"))
    branch = conversation_of(firestore, source)["activeBranch"]
    _, last = ask(caller, question(source, "more", branch_id=branch))
    return [second, last]


@pytest.mark.parametrize(
    ("scope", "at", "texts"),
    [
        ("path", 1, ["one", "two again", "more"]),
        ("path", 0, ["one", "two"]),
        ("subtree", 0, ["one", "two", "three"]),
        ("all", 0, ["one", "two", "two again", "three", "more"]),
    ],
)
def test_a_path_a_subtree_or_all_becomes_a_new_conversation(
    firestore: Firestore, new_id: str, scope: str, at: int, texts: list[str]
) -> None:
    caller = someone()
    ends = tree_of(firestore, caller, new_id)
    new = fork(caller, new_id, scope, ends[at].answer_id)
    copied = messages(firestore, new)
    assert [text_of(one) for one in copied if one["role"] == "user"] == texts
    stored = conversation_of(firestore, new)
    assert stored["state"] == "active"
    assert stored["counts"]["messages"] == len(copied)
    assert stored["activeBranch"] in stored["branches"]
    _, more = ask(caller, question(new, "goes on", branch_id=stored["activeBranch"]))
    assert more.state == "complete"
    assert len(messages(firestore, new_id)) == 10


def test_a_copy_is_made_once_and_of_ones_own(firestore: Firestore, new_id: str) -> None:
    caller, stranger = someone(), someone()
    _, first = ask(caller, question(new_id, new=True))
    theirs = str(uuid.uuid4())
    ask(stranger, question(theirs, new=True))
    options = {"request_id": str(uuid.uuid4()), "new_id": str(uuid.uuid4())}
    new = fork(caller, new_id, "all", first.answer_id, **options)
    assert fork(caller, new_id, "all", first.answer_id, **options) == new
    assert len(messages(firestore, new)) == 2
    with pytest.raises(NotFound):
        fork(stranger, new_id, "all", first.answer_id)
    with pytest.raises(NotFound):
        fork(caller, new_id, "all", "message-nowhere")
    with pytest.raises(NotFound):
        fork(caller, new_id, "all", first.answer_id, new_id=theirs)
    assert len(messages(firestore, theirs)) == 2


@pytest.mark.parametrize(("scope", "kept"), [("path", [2, 0]), ("all", [2, 1, 0])])
def test_a_copy_keeps_what_was_decided_about_the_context(
    firestore: Firestore, new_id: str, scope: str, kept: list[int]
) -> None:
    caller, folder_id = someone(), f"{new_id}-folder"
    folders.create(caller, folder_id, new_id, "Garden", "")
    _, first = ask(caller, question(new_id, "one", new=True, folder_id=folder_id))
    _, second = ask(caller, question(new_id, "two"))
    _, other = ask(caller, act(new_id, "edit", second.question_id, "two again"))
    pins = [first.question_id, other.answer_id, second.answer_id]
    for message_id in reversed(pins):
        context_operations.pin(
            caller,
            PinMessage(
                request_id=str(uuid.uuid4()),
                conversation_id=new_id,
                message_id=message_id,
                pinned=True,
            ),
        )
    context_operations.configure(
        caller,
        ConfigureConversation(
            request_id=str(uuid.uuid4()),
            conversation_id=new_id,
            instructions="Answer in verse.",
            fallbacks=["openai/gpt-4.1"],
            summarise=False,
        ),
    )
    stored = conversation_of(firestore, fork(caller, new_id, scope, second.answer_id))
    assert stored["folderId"] == folder_id
    assert stored["pinned"] == [pins[which] for which in kept]
    assert stored["instructions"] == "Answer in verse."
    assert stored["fallbacks"] == ["openai/gpt-4.1"]
    assert stored["summarise"] is False
    assert stored["summary"] is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12)), max_size=12))
def test_a_path_has_each_number_once(forks: list[tuple[int, int]]) -> None:
    """Whatever the tree: a path's stretches lie one behind the other, without gap or overlap."""
    branches: dict[str, Any] = {"main": tree.new_branch(None, 0, 10, None)}
    for number, (which, seq) in enumerate(forks):
        names = list(branches)
        base = names[which % len(names)]
        at = max(branches[base]["forkSeq"], min(seq, branches[base]["nextSeq"]))
        parent = tree.origin(branches, base, at)
        branches[f"b{number}"] = tree.new_branch(parent, at, at + 2, None)
    for name, branch in branches.items():
        numbers: list[int] = []
        for stretch in reversed(tree.path(branches, name)):
            first = branches[stretch.branch_id]["forkSeq"]
            end = branches[stretch.branch_id]["nextSeq"]
            numbers += range(first, end if stretch.before is None else stretch.before)
        assert numbers == list(range(branch["nextSeq"]))
