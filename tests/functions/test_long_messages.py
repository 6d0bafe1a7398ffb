"""An answer that is larger than a document may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonycraft.chat.sweep import sweep
from colonycraft.conversations import long_messages
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
        found.insert(0, Snapshot(f"m/a-{order}", document))
    (whole,) = long_messages.whole(found)
    assert text_of(whole) == "".join(texts)


def test_what_continues_a_message_that_was_not_read_is_left_out() -> None:
    more = Snapshot("m/a-1", {"role": "more", "of": "a", "order": 1, "parts": []})
    assert long_messages.whole([more]) == []
