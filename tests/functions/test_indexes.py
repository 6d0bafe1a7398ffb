"""Every query has its index declared: the emulator runs any, production does not."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from colonycraft.calls import batches
from colonycraft.chat import run as runs
from colonycraft.chat import signals
from colonycraft.conversations import copies, folders
from colonycraft.conversations import queue as waiting
from colonycraft.conversations import store as conversations
from colonycraft.feedback import store as feedback
from colonycraft.keys import store as keys
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Firestore, Query, Where
from colonycraft.platform.operations import Caller
from colonycraft.usage import ledger, rebuild, reconcile, rollups, summaries
from colonycraft.usage.budgets import bank_of, read_budgets
from colonycraft.usage.policy_operations import people_past

ROOT = Path(__file__).parent.parent.parent
DECLARED = json.loads((ROOT / "firestore.indexes.json").read_text())

WEB_QUERIES = [
    Query(
        "conversations",
        (Where("readers", "array-contains", "u:x"), Where("state", "==", "active")),
        (("updatedAt", "desc"),),
        50,
    ),
    Query(
        "conversations",
        (
            Where("readers", "array-contains", "u:x"),
            Where("state", "==", "active"),
            Where("folderId", "==", "x"),
        ),
        (("updatedAt", "desc"),),
        50,
    ),
    Query("folders", (Where("readers", "array-contains", "u:x"),), (), 100),
    Query(
        "conversations/x/messages", (Where("branchId", "==", "main"),), (("__name__", "asc"),), 60
    ),
    Query(
        "conversations/x/messages",
        (Where("branchId", "==", "main"), Where("__name__", ">=", "999999990")),
        (("__name__", "asc"),),
        60,
    ),
    Query(
        "conversations/x/messages",
        (
            Where("branchId", "==", "b"),
            Where("__name__", ">=", "999999990"),
            Where("__name__", "<", "999999990."),
        ),
        (("__name__", "asc"),),
        20,
    ),
    Query("conversations/x/queue", (), (("position", "asc"),), 100),
    Query("runs/x/segments", (), (("__name__", "asc"),)),
    Query(
        "usageDays",
        (Where("ownerId", "==", "x"), Where("day", ">=", "2026-11-01")),
        (("day", "asc"),),
        5000,
    ),
]


def is_indexed(query: Query) -> bool:
    """As production decides: a composite index, or single-field indexes that are not exempt."""
    fields = [(one.field, one.operator) for one in query.where if one.field != "__name__"]
    order = list(query.order_by)
    # Every index goes on by name, in the direction of its last field.
    if order and order[-1] == ("__name__", order[-2][1] if order[1:] else "asc"):
        order.pop()
    if order and "__name__" in {*dict(order), *(one.field for one in query.where)}:
        return False
    collection = query.collection.rsplit("/", 1)[-1]
    equal = {name for name, operator in fields if operator in ("==", "array-contains")}
    names = equal | {name for name, _ in fields} | {name for name, _ in order}
    exempt = {
        one["fieldPath"]
        for one in DECLARED["fieldOverrides"]
        if one["collectionGroup"] == collection
    }
    if len(names) <= 1 or (not order and len(equal) == len(fields)):
        return not names & exempt
    wanted = [(name, "CONTAINS" if op == "array-contains" else "ASCENDING")
              for name, op in fields if name in equal]  # fmt: skip
    tail = [(name, "ASCENDING" if way == "asc" else "DESCENDING") for name, way in order]
    return any(
        sorted(index[: len(wanted)]) == sorted(wanted) and index[len(wanted) :] == tail
        for index in (
            [(f["fieldPath"], f.get("order") or f["arrayConfig"]) for f in one["fields"]]
            for one in DECLARED["indexes"]
            if one["collectionGroup"] == collection
            and (one["queryScope"] == "COLLECTION_GROUP") == query.group
        )
    )


A_RUN = runs.Run(
    "x", Caller("u", "o"), "x", "main", "q", "a", 1, False, 0, {}, now() - timedelta(hours=1)
)


def test_every_query_of_the_functions(
    firestore: Firestore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Query] = []
    original = Firestore.query_later

    def record(self: Firestore, query: Query) -> Any:
        asked.append(query)
        return original(self, query)

    monkeypatch.setattr(Firestore, "query_later", record)
    firestore.query(conversations.messages_query("x", "main", 20))
    firestore.query(conversations.messages_query("x", "main", 20, before=5))
    conversations.purge_deleted(runs.remove)
    firestore.query(conversations.all_messages_query("conversations/x"))
    runs.old_enough_to_be_lost()
    runs.saved(A_RUN)
    runs.is_lost(A_RUN)
    signals.remove_old()
    waiting.entries("x")
    waiting.first("x", "main")
    waiting.forgotten(timedelta(0))
    copies.messages_of("x", 1)
    folders.of_person("x")
    ledger.open_of_run("x")
    ledger.forgotten()
    rebuild.compare("2001-01-01")
    rollups.roll_up_day("2001-01-01")
    rollups.changed("2999-01-01")
    summaries.summarize(summaries.Wanted("2001-01-01", "2001-01-01", "day", person="x"))
    list(reconcile.sums_of_ours("2001-01-01", "2001-01-02"))
    feedback.since("ratings", "2001-01-01")
    feedback.since("sessions", "2001-01-01")
    feedback.newest_reports()
    keys.page(None)
    batches.due()
    for budget in read_budgets("each: 1 USD a day; each: 1 USD for good"):
        people_past(bank_of(budget, "x", now()))
    missing = [query for query in asked if not is_indexed(query)]
    assert not missing
    written = sum(
        len(re.findall(r"\bQuery\(\s*f?\"", path.read_text()))
        for path in (ROOT / "functions/colonycraft").rglob("*.py")
    )
    # The messages of a branch, the open entries of the ledger and the people past a part of a budget
    # are asked for in two ways, and ratings and sessions as one another.
    assert len(asked) == written + 5, "a query is not among those asked here"


def test_every_query_of_the_web_app() -> None:
    assert all(is_indexed(query) for query in WEB_QUERIES)


def test_a_query_without_an_index_is_found() -> None:
    assert not is_indexed(Query("conversations", (Where("model", "==", "x"),), (("title", "asc"),)))
    assert not is_indexed(Query("messages", (Where("createdAt", ">", 1),)))
    for order in (("seq", "desc"), ("__name__", "desc")):
        assert not is_indexed(Query("messages", (Where("branchId", "==", "x"),), (order,)))
    later = Where("__name__", ">=", "9")
    assert not is_indexed(Query("conversations", (later,), (("title", "asc"),)))
    assert not is_indexed(
        Query("conversations", (Where("state", "==", "x"),), (("deletedAt", "asc"),), group=True)
    )
