"""The database in memory answers as the emulator does, whatever it is asked in whatever order."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colonycraft.platform.firestore import (
    AlreadyThere,
    Firestore,
    GuardLost,
    Query,
    Snapshot,
    UnitOfWork,
    Where,
)
from support.environment import need
from support.memory_firestore import MemoryFirestore

DOCUMENTS = ("things/a", "things/b", "things/a/parts/a", "things/b/parts/c")
FIELDS = (("count",), ("text",), ("map", "x"), ("map", "y y"), ("map", "`q`.z"), ("list",))
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(-2, 2, allow_nan=False),
    st.sampled_from(["", "a", "b", "é", "🐝"]),
    st.lists(st.integers(0, 2), max_size=2),
)
CHANGES = st.dictionaries(st.sampled_from(FIELDS), VALUES, min_size=1, max_size=3)
WRITES = st.one_of(
    st.tuples(st.just("create"), st.sampled_from(DOCUMENTS), CHANGES),
    st.tuples(st.just("update"), st.sampled_from(DOCUMENTS), CHANGES, st.booleans()),
    st.tuples(st.just("merge"), st.sampled_from(DOCUMENTS), CHANGES),
    st.tuples(st.just("increment"), st.sampled_from(DOCUMENTS), st.integers(-2, 2)),
    st.tuples(st.just("delete"), st.sampled_from(DOCUMENTS), st.booleans()),
)
# No batch of the house writes a document twice.
BATCHES = st.lists(WRITES, min_size=1, max_size=4, unique_by=lambda write: write[1])
COMMITS = st.lists(BATCHES, min_size=1, max_size=8)

QUERIES = [
    Query("things"),
    Query("parts", group=True),
    Query("things/a/parts", order_by=(("__name__", "asc"),)),
    Query("things", (Where("count", "==", 1),)),
    Query("things", (Where("text", "==", "a"), Where("count", ">=", 0)), (("count", "desc"),)),
    Query("things", (Where("count", "<", 2),), (("count", "asc"),), limit=1),
    Query("things", (Where("list", "array-contains", 1),)),
    Query("things", order_by=(("text", "desc"),), fields=("text", "map")),
    Query("things", (Where("count", ">", -1), Where("count", "<=", 3))),
]


def emulated() -> Firestore:
    return Firestore(f"demo-{uuid.uuid4().hex[:12]}", need("FIRESTORE_EMULATOR_HOST"))


class Side:
    """One of the two databases, and what was last seen in it."""

    def __init__(self, database: Firestore) -> None:
        self.database = database
        self.versions: dict[str, list[Any]] = {}

    def commit(self, writes: list[tuple[Any, ...]]) -> str:
        unit = self.database.unit_of_work()
        for write in writes:
            self._add(unit, write)
        try:
            versions = unit.commit()
        except AlreadyThere:
            return "already there"
        except GuardLost:
            return "guard lost"
        for write, version in zip(writes, versions, strict=True):
            if write[0] == "delete":
                self.versions.pop(write[1], None)
            else:
                self.versions.setdefault(write[1], []).append(version)
        return "written"

    def _add(self, unit: UnitOfWork, write: tuple[Any, ...]) -> None:
        match write:
            case ("create", path, changes):
                unit.create(path, {name[-1]: value for name, value in changes.items()})
            case ("update", path, changes, stale):
                unit.update(path, changes, guard=self._guard(path, stale=stale))
            case ("merge", path, changes):
                unit.merge(path, changes)
            case ("increment", path, amount):
                unit.update(path, {("text",): "b"}, increments={("sum", "all"): amount})
            case ("delete", path, guarded):
                unit.delete(path, guard=self._guard(path, stale=False) if guarded else None)
            case _:
                raise AssertionError(write)

    def _guard(self, path: str, *, stale: bool) -> Any:
        known = self.versions.get(path, [])
        return known[0 if stale else -1] if known else None

    def all(self) -> list[Any]:
        found = [snapshot.data for snapshot in self.database.get_all(DOCUMENTS)]
        for query in QUERIES:
            found.append([(one.path, one.data) for one in self.database.query(query)])
        return found


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(COMMITS)
def test_any_commits_leave_both_alike(commits: list[list[tuple[Any, ...]]]) -> None:
    ours, theirs = Side(MemoryFirestore()), Side(emulated())
    for writes in commits:
        assert ours.commit(writes) == theirs.commit(writes), writes
        assert ours.all() == theirs.all()


@pytest.fixture(params=["memory", "emulator"])
def store(request: pytest.FixtureRequest) -> Firestore:
    return MemoryFirestore() if request.param == "memory" else emulated()


def written(store: Firestore, *writes: Callable[[UnitOfWork], None]) -> list[Any]:
    unit = store.unit_of_work()
    for write in writes:
        write(unit)
    return unit.commit()


def test_a_batch_is_written_whole_or_not_at_all(store: Firestore) -> None:
    written(store, lambda unit: unit.create("things/a", {"count": 1}))
    with pytest.raises(AlreadyThere):
        written(
            store,
            lambda unit: unit.create("things/b", {"count": 1}),
            lambda unit: unit.create("things/a", {"count": 2}),
        )
    assert [one.data for one in store.get_all(["things/a", "things/b"])] == [{"count": 1}, None]


def test_a_guard_holds_until_the_document_changes(store: Firestore) -> None:
    (first,) = written(store, lambda unit: unit.create("things/a", {"count": 1}))
    assert store.get("things/a").version == first
    written(store, lambda unit: unit.update("things/a", {("count",): 2}, guard=first))
    with pytest.raises(GuardLost):
        written(store, lambda unit: unit.update("things/a", {("count",): 3}, guard=first))
    with pytest.raises(GuardLost):
        written(store, lambda unit: unit.delete("things/a", guard=first))
    assert store.get("things/a").data == {"count": 2}


def test_what_is_sent_and_not_waited_for_says_what_became_of_it(store: Firestore) -> None:
    unit = store.unit_of_work()
    unit.create("things/a", {"count": 1})
    assert len(unit.commit_later().result()) == 1
    with pytest.raises(AlreadyThere):
        unit.commit_later().result()


def test_what_is_read_is_nobody_elses(store: Firestore) -> None:
    written(store, lambda unit: unit.create("things/a", {"map": {"x": [1]}}))
    read = store.get("things/a").data
    assert read is not None
    read["map"]["x"].append(2)
    assert store.get("things/a").data == {"map": {"x": [1]}}


@pytest.mark.parametrize("way", ["asc", "desc"])
def test_pages_follow_each_other(store: Firestore, way: Literal["asc", "desc"]) -> None:
    for number in range(7):
        path = f"things/{'abcdefg'[number]}"
        written(store, lambda unit, n=number, at=path: unit.create(at, {"count": n // 3}))
    query = Query("things", order_by=(("count", way), ("__name__", way)), limit=2)
    found: list[Snapshot] = []
    while page := store.query(replace(query, after=found[-1] if found else None)):
        found += page
        # What has gone meanwhile is a place all the same.
        written(store, lambda unit, at=page[-1].path: unit.delete(at))
    ids = [one.id for one in found]
    assert ids == (list("abcdefg") if way == "asc" else list("gfedcba"))
