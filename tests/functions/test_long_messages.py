"""An answer that is larger than a document may be."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from colonycraft.chat.sweep import sweep
from colonycraft.conversations import long_messages, message_ids
from colonycraft.conversations import store as conversations
from colonycraft.platform.firestore import Firestore, Snapshot
from support.runs import begun_run, make_old, write_log
from support.turns import act, ask, messages, question, someone, text_of

pytestmark = pytest.mark.usefixtures("openai")

PIECE = "Ein langer Satz über 🐝 und mehr. " * 15_000


def test_it_is_stored_in_further_documents_and_read_as_one(
    firestore: Firestore, new_id: str
) -> None:
    caller = someone()
    begun = begun_run(caller, new_id)
    write_log(firestore, begun.run, PIECE, PIECE, PIECE)
    make_old(firestore, begun.run.id)
    sweep()
    documents = messages(firestore, new_id)
    assert len(documents) == 4
    assert all(len(text_of(one).encode()) <= long_messages.LARGEST_DOCUMENT for one in documents)
    answer = conversations.read_message(new_id, begun.run.answer_id)
    assert answer is not None
    assert text_of(answer) == PIECE * 3
    assert len(answer["parts"]) == 1
    _, further = ask(caller, question(new_id, "and now?"))
    assert further.state == "complete"
    asked = messages(firestore, new_id)[-2]
    assert (asked["seq"], asked["parentId"]) == (2, begun.run.answer_id)


def test_it_is_continued(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    begun = begun_run(caller, new_id, model="words-3")
    write_log(firestore, begun.run, PIECE, PIECE)
    make_old(firestore, begun.run.id)
    sweep()
    events, result = ask(caller, act(new_id, "continue", begun.run.answer_id, model="words-2"))
    assert events[0].text_start > len(PIECE)
    assert result.text == PIECE * 2 + "word0 word1 "
    answer = conversations.read_message(new_id, begun.run.answer_id)
    assert answer is not None
    assert (text_of(answer), answer["state"]) == (result.text, "complete")


TEXTS = st.lists(st.text(max_size=40), max_size=4)


@given(TEXTS, st.integers(8, 30))
def test_whatever_is_split_is_joined_again(texts: list[str], largest: int) -> None:
    parts = [{"type": "text", "text": text} for text in texts if text]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_messages, "LARGEST_DOCUMENT", largest)
        first, *rest = long_messages.split(parts)
    for document in (first, *rest):
        assert sum(len(one["text"].encode("utf-8", "surrogatepass")) for one in document) <= largest
    found = [Snapshot("m/a", {"role": "assistant", "parts": first})]
    for order, more in enumerate(rest, start=1):
        document = {"role": "more", "of": "a", "order": order, "parts": more}
        found.insert(0, Snapshot(f"m/{order}", document))
    (whole,) = long_messages.whole(found)
    assert text_of(whole) == "".join(texts)


@given(st.integers(0, 999_999_999), st.integers(0, 999_999_999), st.integers(1, 30))
def test_what_continues_a_message_comes_between_the_newer_and_it(
    newer: int, older: int, order: int
) -> None:
    assume(newer > older)
    of = message_ids.message_id(older, "a")
    assert message_ids.message_id(newer, "a") < message_ids.more_id(of, order) < of
    assert message_ids.start(older) < message_ids.more_id(of, order)
    assert message_ids.message_id(newer, "a") < message_ids.start(older)


def test_a_page_that_ends_within_a_message_leaves_it_out(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    begun = begun_run(caller, new_id)
    write_log(firestore, begun.run, PIECE, PIECE)
    make_old(firestore, begun.run.id)
    sweep()
    ask(caller, question(new_id, "and now?"))
    for limit, whole in ((2, 2), (3, 2), (4, 3), (5, 4)):
        page = firestore.query(conversations.messages_query(new_id, "main", limit))
        assert (len(page), len(long_messages.whole(page))) == (limit, whole)


def test_what_continues_a_message_that_was_not_read_is_left_out() -> None:
    more = Snapshot("m/a-1", {"role": "more", "of": "a", "order": 1, "parts": []})
    assert long_messages.whole([more]) == []
