"""What a turn reads, writes and deletes: what the people who deploy this pay for."""

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from colonycraft.chat.log import EVERY, TICK
from colonycraft.chat.memory import read_memory
from colonycraft.conversations import folders
from colonycraft.platform.firestore import Counts, Firestore, Read, Snapshot
from colonycraft.usage import spending
from support.spending import hold
from support.turns import ask, question, someone

pytestmark = pytest.mark.usefixtures("openai")

SECONDS = 3.3
"""How long the answer streams: two or three entries of its log, and a rest that is only in the
answer."""
WORDS = 11
BESIDE_THE_LOG = 7
LEDGER = {"ledger": 2, "usageDays": 1}


def counted(firestore: Firestore, conversation: str, *, before: int) -> Counts:
    """What a turn of `SECONDS` costs in a conversation that has had so many turns."""
    caller = someone()
    for number in range(before):
        ask(caller, question(conversation, new=number == 0))
    model = f"words-{WORDS}-every-{1000 * SECONDS / WORDS:.0f}"
    with firestore.counting() as counts:
        ask(caller, question(conversation, new=before == 0, model=model))
    return counts


def test_a_turn_in_a_conversation(firestore: Firestore, new_id: str) -> None:
    began = time.monotonic()
    counts = counted(firestore, new_id, before=4)
    took = time.monotonic() - began
    # The last: whether a question waits in the queue. A query that finds nothing is one read.
    assert counts.reads == {"conversations": 1, "messages": 8, "queue": 1}
    entries = counts.deletes["segments"]
    assert SECONDS // (EVERY + TICK) <= entries <= took / EVERY
    assert counts.writes == {
        "runs": 2,
        "runControls": 1,
        "messages": 2,
        "conversations": 2,
        "segments": entries,
        **LEDGER,
    }
    assert counts.deletes == {"segments": entries}
    assert sum(counts.writes.values()) == BESIDE_THE_LOG + sum(LEDGER.values()) + entries
    # Conversation and messages, the begin, each entry, the settlement, the end, the queue.
    assert counts.round_trips == 6 + entries


def test_a_folder_costs_a_turn_one_read(firestore: Firestore, new_id: str) -> None:
    caller, folder_id = someone(), f"{new_id}-folder"
    folders.create(caller, folder_id, new_id, "Garden", "Give lengths in metres.")
    costs: list[Counts] = []
    for conversation, more in ((f"{new_id}-in", {"folder_id": folder_id}), (f"{new_id}-out", {})):
        # A second turn: the first one has a title to pay for.
        ask(caller, question(conversation, new=True, **more))
        with firestore.counting() as counts:
            ask(caller, question(conversation, "more"))
        costs.append(counts)
    inside, outside = costs
    assert inside.reads == {**outside.reads, "folders": 1}
    assert inside.writes == outside.writes
    assert inside.round_trips == outside.round_trips + 1


def test_a_folder_is_read_together_with_what_was_pinned_before(
    firestore: Firestore, new_id: str
) -> None:
    conversation = {"ownerId": "x", "folderId": new_id, "pinned": ["message-0001"]}
    with firestore.counting() as counts:
        read_memory(new_id, conversation, [], [{"id": "message-0009", "seq": 8}])
    assert counts.reads == {"folders": 1, "messages": 1}
    assert counts.round_trips == 1


def test_a_budget_of_a_person_and_one_of_all_cost_four_writes(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = f"openai/words-3-x{new_id[:8]}"
    caller = someone()
    ask(caller, question(new_id, new=True))
    hold(monkeypatch, f"each: 99 requests a day, on {on}; everyone: 99 requests a day, on {on}")
    with firestore.counting() as counts:
        ask(caller, question(new_id, model=on.removeprefix("openai/")))
    assert counts.writes["budgets"] == 4
    assert counts.reads["budgets"] == 2
    others = sum(counts.writes.values()) - counts.writes["budgets"]
    assert others == BESIDE_THE_LOG + sum(LEDGER.values())


def test_the_cache_costs_a_miss_one_read_and_one_write_and_a_hit_one_read(
    firestore: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(monkeypatch, cache=timedelta(hours=1))
    caller = someone()
    costs: list[Counts] = []
    for number in range(3):
        # A second turn of each conversation: the first one has a title to pay for.
        conversation, text = f"{new_id}-{number}", f"second {new_id}"
        ask(caller, question(conversation, f"first {new_id}", new=True, cache=number > 0))
        with firestore.counting() as counts:
            ask(caller, question(conversation, text, cache=number > 0))
        costs.append(counts)
    off, miss, hit = costs
    assert "cache" not in off.reads | off.writes
    assert miss.reads == {**off.reads, "cache": 1} == hit.reads
    assert miss.writes == {**off.writes, "cache": 1}
    assert hit.writes == off.writes
    assert (miss.round_trips, hit.round_trips) == (off.round_trips + 2, off.round_trips + 1)


def test_what_is_saved_costs_a_turn_one_read_where_it_is_not_remembered(
    own_database: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spending, "KNOWN_FOR", 600.0)
    caller = someone()
    for number in range(2):
        ask(caller, question(new_id, new=number == 0))
    costs: list[Counts] = []
    for _ in range(2):
        with own_database.counting() as counts:
            ask(caller, question(new_id, "the same again"))
        costs.append(counts)
        spending.forget()
    remembered, asked = costs
    assert "organisations" not in remembered.reads
    # Of the messages there are two more.
    assert asked.reads == {**remembered.reads, "messages": 6, "organisations": 1}
    assert asked.writes == remembered.writes
    assert asked.round_trips == remembered.round_trips + 1


def test_it_is_read_beside_the_conversation_and_not_before_it(
    own_database: Firestore, new_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, order = someone(), list[str]()
    ask(caller, question(new_id, new=True))
    spending.forget()
    asked = own_database.get_all_later

    def record(paths: Sequence[str], **more: Any) -> Read[list[Snapshot]]:
        collection = paths[0].partition("/")[0]
        order.append(f"ask {collection}")
        read = asked(paths, **more)

        def answer() -> list[Snapshot]:
            order.append(f"read {collection}")
            return read()

        return answer

    monkeypatch.setattr(own_database, "get_all_later", record)
    ask(caller, question(new_id, "more"))
    assert order[:4] == [
        "ask organisations",
        "ask conversations",
        "read conversations",
        "read organisations",
    ]


def test_a_turn_in_a_new_chat_reads_nothing_first(firestore: Firestore, new_id: str) -> None:
    counts = counted(firestore, new_id, before=0)
    assert counts.reads == {"queue": 1}
    title = 1
    beside = BESIDE_THE_LOG + title + 2 * sum(LEDGER.values()) + counts.deletes["segments"]
    # The title's entry is one write when it is quick.
    assert beside - sum(counts.writes.values()) in (0, 1)


def test_what_is_sent_does_not_grow_with_the_conversation(
    firestore: Firestore, new_id: str
) -> None:
    short = counted(firestore, f"{new_id}-short", before=1)
    long = counted(firestore, f"{new_id}-long", before=6)
    assert abs(long.bytes_sent - short.bytes_sent) < 300
    assert long.bytes_received > short.bytes_received > 0
