"""Two hundred answers at once in one process."""

import resource
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Any

import pytest

from colonycraft.chat import turn
from colonycraft.chat.log import keeper
from colonycraft.platform.firestore import Firestore
from support.turns import conversation_of, messages, question, someone, text_of

pytestmark = pytest.mark.usefixtures("openai")

STREAMS = 200
WORDS = 20


def stream(conversation: str) -> tuple[float, Any]:
    """Seconds to the first token, and how the turn ended."""
    began, first = time.monotonic(), 0.0
    events = turn.chat(
        someone(), question(conversation, new=True, model=f"words-{WORDS}-every-150")
    )
    last: Any = None
    for event in events:
        if event.type == "text-delta" and not first:
            first = time.monotonic() - began
        last = event if event.type == "run-finished" else last
    return first, last


def test_two_hundred_streams_at_once_and_none_is_lost(
    firestore: Firestore, capsys: pytest.CaptureFixture[str]
) -> None:
    conversations = [str(uuid.uuid4()) for _ in range(STREAMS)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with ThreadPoolExecutor(STREAMS) as pool:
        ends = list(pool.map(stream, conversations))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert [end.state for _, end in ends] == ["complete"] * STREAMS
    whole = "".join(f"word{n} " for n in range(WORDS))
    for conversation in conversations:
        asked, answered = messages(firestore, conversation)
        assert (asked["seq"], text_of(answered)) == (0, whole)
        assert conversation_of(firestore, conversation)["branches"]["main"]["activeRun"] is None
    assert not turn.running
    assert not keeper.logs
    with capsys.disabled():
        p50 = median(first for first, _ in ends)
        print(f"\n{STREAMS} streams: first token p50 {1000 * p50:.0f} ms, {grown:.0f} MB more")
