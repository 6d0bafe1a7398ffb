"""How long a model thought, from its first reasoning to its first text, as the receipt tells it."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace

import pytest

from colonycraft.chat import timing, turn
from colonycraft.chat.models import Receipt
from colonycraft.conversations import store as conversations
from colonycraft.llm.port import End, ReasoningDelta, TextDelta
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from support.scripted import Step, scripted
from support.turns import act, ask, messages, question, someone

pytestmark = pytest.mark.usefixtures("openai")

THINKS = ReasoningDelta("hm ")
SAYS = TextDelta("Hello. ")
END = End("complete")
CUT = End("length")


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], Step]:
    """A step in which so many seconds pass."""
    clock = {"now": 0.0}
    for module in (timing, turn):
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: clock["now"]))
    return lambda seconds: lambda: clock.update(now=clock["now"] + seconds)


@pytest.fixture
def caller(new_id: str) -> Caller:
    """Whose conversation has a title, so that only turns ask a model."""
    person = someone()
    conversations.create(person, new_id, "Mine", "request-0001")
    return person


def receipt_of(caller: Caller, conversation: str) -> Receipt:
    receipt = ask(caller, question(conversation))[1].receipt
    assert receipt is not None
    return receipt


def test_it_ends_with_the_first_text_and_is_stored_without_a_further_write(
    monkeypatch: pytest.MonkeyPatch,
    firestore: Firestore,
    caller: Caller,
    passes: Callable[[float], Step],
    new_id: str,
) -> None:
    thought = [passes(1), THINKS, passes(8), THINKS, passes(4), SAYS]
    scripted(monkeypatch, [SAYS, END], [*thought, passes(60), THINKS, SAYS, END])
    counts: list[dict[str, int]] = []
    receipts: list[Receipt] = []
    for _ in range(2):
        with firestore.counting() as counted:
            receipts.append(receipt_of(caller, new_id))
        counts.append({**counted.writes})
    assert [one.reasoning_ms for one in receipts] == [None, 12_000]
    assert messages(firestore, new_id)[-1]["receipt"]["reasoningMs"] == 12_000
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (lambda passes: [SAYS, passes(5), THINKS, passes(5), SAYS, END], None),
        (lambda passes: [THINKS, passes(5), END], 5_000),
        (lambda passes: [THINKS, SAYS, END], 0),
    ],
    ids=["none before the text", "nothing but reasoning", "at once"],
)
def test_what_counts(
    monkeypatch: pytest.MonkeyPatch,
    caller: Caller,
    passes: Callable[[float], Step],
    new_id: str,
    steps: Callable[[Callable[[float], Step]], Sequence[Step]],
    expected: int | None,
) -> None:
    scripted(monkeypatch, steps(passes))
    assert receipt_of(caller, new_id).reasoning_ms == expected


def test_an_answer_that_is_gone_on_with_has_both_times(
    monkeypatch: pytest.MonkeyPatch, caller: Caller, passes: Callable[[float], Step], new_id: str
) -> None:
    scripted(
        monkeypatch, [THINKS, passes(3), SAYS, CUT], [THINKS, passes(2), TextDelta("So long."), END]
    )
    _, first = ask(caller, question(new_id))
    assert first.receipt is not None and first.receipt.reasoning_ms == 3_000
    _, whole = ask(caller, act(new_id, "continue", first.answer_id))
    assert whole.receipt is not None and whole.receipt.reasoning_ms == 5_000
