"""A day agrees with the ledger, or is made to, whatever is settled meanwhile."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from colonycraft.errors import FailedPrecondition
from colonycraft.platform import firestore as platform
from colonycraft.platform.firestore import Query, Snapshot, Where
from colonycraft.platform.operations import Caller
from colonycraft.usage import days, ledger, rebuild, rollups
from colonycraft.usage.days import SUMMED
from colonycraft.usage.ledger import Amounts, Draft, Entry, Settlement
from colonycraft.usage.models import RebuildDay
from colonycraft.usage.operations import rebuild_day
from colonycraft.usage.teller import Teller
from support.memory_firestore import MemoryFirestore, use

DAY = "2026-11-26"
KEY = "0a" * 10
NOON = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)
ADMIN = Caller("admin", "personal-admin", role="admin")


@pytest.fixture(autouse=True)
def store() -> Iterator[MemoryFirestore]:
    """A database of its own, so that a day is what the test makes of it."""
    before = platform.database() if platform.database.cache_info().currsize else None
    memory = MemoryFirestore()
    use(memory)
    yield memory
    use(before)


def opened(
    uid: str = "ada", model: str = "a/b", at: datetime = NOON, key: str | None = None
) -> Entry:
    caller = Caller(uid, f"personal-{uid}", key=key)
    draft = Draft(caller, "turn", model, 10, 10, 10, 10, None, "unknown", flat=9_000)
    entry = ledger.entry_of(draft, 10, at)
    unit = platform.database().unit_of_work()
    entry.create(unit)
    entry.version = unit.commit()[0]
    return entry


def settled(micros: int = 100, *, estimated: bool = False, **more: Any) -> Entry:
    entry = opened(**more)
    used = Amounts(micros=micros, input_tokens=7, output_tokens=3, requests=1)
    Teller().settle(entry, Settlement(used, estimated))
    return entry


def day_of(store: MemoryFirestore, uid: str = "ada") -> Snapshot:
    (found,) = store.query(Query("usageDays", where=(Where("ownerId", "==", uid),)))
    return found


def spoil(store: MemoryFirestore, uid: str = "ada", **numbers: int) -> None:
    unit = store.unit_of_work()
    unit.update(day_of(store, uid).path, {(name,): value for name, value in numbers.items()})
    unit.commit()


def test_what_the_teller_writes_agrees(store: MemoryFirestore) -> None:
    settled()
    settled(200, estimated=True)
    settled(uid="bob", model="c/d")
    corrected = settled(900, estimated=True)
    # A frozen process thaws, and settles once more.
    corrected.version = None
    Teller().settle(corrected, Settlement(Amounts(micros=300, output_tokens=1), estimated=True))
    opened()
    Teller().settle(opened(), Settlement(released=True))
    comparison = rebuild.compare(DAY)
    assert (comparison.entries, comparison.differences, comparison.moving) == (5, (), 0)
    sums = day_of(store).data or {}
    assert (sums["micros"], sums["calls"], sums["estimatedMicros"]) == (600, 3, 500)


def test_what_a_key_used_is_counted_apart_by_one_write_as_before(store: MemoryFirestore) -> None:
    settled(100)
    entry = opened(key=KEY)
    with store.counting() as counts:
        Teller().settle(entry, Settlement(Amounts(micros=7, requests=1)))
    assert counts.writes == {"ledger": 1, "usageDays": 1}
    found = store.query(Query("usageDays", where=(Where("ownerId", "==", "ada"),)))
    assert {(one.data or {})["keyId"]: (one.data or {})["micros"] for one in found} == {
        None: 100,
        KEY: 7,
    }
    assert rebuild.compare(DAY).differences == ()


def test_what_was_counted_before_keys_were_is_divided_by_a_repair(store: MemoryFirestore) -> None:
    settled(100)
    settled(7, key=KEY)
    with_key, without = sorted(
        store.query(Query("usageDays")), key=lambda one: (one.data or {})["micros"]
    )
    unit = store.unit_of_work()
    unit.delete(with_key.path)
    unit.update(without.path, {("micros",): 107, ("calls",): 2})
    unit.commit()
    repaired = rebuild_day(ADMIN, RebuildDay(day=DAY, repair=True))
    told = {(one.key_id, one.name): (one.ledger, one.stored) for one in repaired.differences}
    assert told[KEY, "micros"] == (7, 0)
    assert told[None, "micros"] == (100, 107)
    assert rebuild.compare(DAY).differences == ()


def test_a_difference_is_told_and_nothing_is_changed_without_repair(store: MemoryFirestore) -> None:
    settled()
    spoil(store, micros=40, calls=3)
    before = day_of(store)
    with store.counting() as counts:
        told = rebuild_day(ADMIN, RebuildDay(day=DAY))
    assert {(one.owner_id, one.name, one.ledger, one.stored) for one in told.differences} == {
        ("ada", "micros", 100, 40),
        ("ada", "calls", 1, 3),
    }
    assert (told.entries, told.repaired) == (1, 0)
    assert not counts.writes
    assert day_of(store) == before


def test_a_repair_that_comes_twice_is_one(store: MemoryFirestore) -> None:
    settled()
    settled(uid="bob")
    spoil(store, micros=40)
    unit = store.unit_of_work()
    unit.delete(day_of(store, "bob").path)
    unit.commit()
    first = rebuild_day(ADMIN, RebuildDay(day=DAY, repair=True))
    second = rebuild_day(ADMIN, RebuildDay(day=DAY, repair=True))
    assert (first.repaired, second.repaired, second.differences) == (2, 0, [])
    assert [(day_of(store, uid).data or {})["micros"] for uid in ("ada", "bob")] == [100, 100]
    # What is settled later is added to what was put right.
    settled(5)
    assert (day_of(store).data or {})["micros"] == 105
    assert rebuild.compare(DAY).differences == ()


def test_two_repairs_at_once_are_one(store: MemoryFirestore) -> None:
    settled()
    spoil(store, micros=40)
    (first,), (second,) = rebuild.compare(DAY).differences, rebuild.compare(DAY).differences
    assert (first.repair(), second.repair()) == (True, False)
    assert (day_of(store).data or {})["micros"] == 100


def test_what_nothing_of_the_ledger_stands_for_is_taken_away(store: MemoryFirestore) -> None:
    entry = settled()
    unit = store.unit_of_work()
    unit.delete(entry.path)
    unit.commit()
    assert rebuild_day(ADMIN, RebuildDay(day=DAY, repair=True)).repaired == 1
    assert (day_of(store).data or {})["micros"] == 0


def test_what_is_settled_between_the_reads_is_no_difference(
    store: MemoryFirestore, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled()
    original, meanwhile = rebuild._bounded, iter((250, 1_000))  # pyright: ignore[reportPrivateUsage]

    def bounded(span: Any) -> Any:
        """Somebody settles after the days are read and before the ledger is."""
        for micros in meanwhile:
            settled(micros)
            break
        return original(span)

    monkeypatch.setattr(rebuild, "_bounded", bounded)
    comparison = rebuild.compare(DAY)
    assert (comparison.differences, comparison.moving) == ((), 0)
    meanwhile = iter((1, 2, 3, 4, 5))
    comparison = rebuild.compare(DAY)
    assert (comparison.differences, comparison.moving) == ((), 1)


def test_what_is_settled_before_the_repair_is_kept(store: MemoryFirestore) -> None:
    settled()
    spoil(store, micros=40)
    (difference,) = rebuild.compare(DAY).differences
    settled(1)
    assert difference.repair() is False
    assert rebuild_day(ADMIN, RebuildDay(day=DAY, repair=True)).repaired == 1
    assert (day_of(store).data or {})["micros"] == 101


def test_only_the_day_is_summed(store: MemoryFirestore) -> None:
    start, end = NOON.replace(hour=0, minute=0), NOON.replace(hour=0, minute=0) + timedelta(days=1)
    for at in (start - timedelta(microseconds=1), start, end - timedelta(microseconds=1), end):
        settled(at=at)
    assert rebuild.compare(DAY).entries == 2


def test_pages_of_one_moment(store: MemoryFirestore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "PAGE", 4)
    moments = [NOON] * 11 + [NOON + timedelta(seconds=second) for second in range(9)]
    for at in moments:
        settled(at=at)
    found = list(ledger.settled_between(NOON, NOON + timedelta(hours=1)))
    assert len(found) == len({one.id for one in found}) == 20


def test_too_much_is_refused(store: MemoryFirestore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "MOST", 2)
    for _ in range(2):
        settled()
    assert rebuild.compare(DAY).entries == 2
    settled()
    with pytest.raises(FailedPrecondition, match="more than 2 entries"):
        rebuild_day(ADMIN, RebuildDay(day=DAY))


@pytest.mark.parametrize("day", ["2026-02-30", "2026-1-1", "1999-12-31", "today", "2026-11-26\n"])
def test_what_is_no_day(day: str) -> None:
    with pytest.raises(ValueError, match="day"):
        RebuildDay(day=day)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    at = [NOON + timedelta(days=1)]
    monkeypatch.setattr(rebuild, "now", lambda: at[0])
    return at


def rolled_up(day: str = DAY) -> dict[tuple[str, str], int]:
    """Micro-dollars by model and feature."""
    (found,) = rollups.rolled_up([day])
    return {of: numbers[SUMMED.index("micros")] for of, numbers in found.totals.items()}


def test_the_sweep_rolls_up_once_in_ten_minutes(
    store: MemoryFirestore, clock: list[datetime]
) -> None:
    clock[0] = NOON
    settled()
    rebuild.sweep()
    assert rolled_up() == {("a/b", "turn"): 100}
    with store.counting() as counts:
        rebuild.sweep()
    assert (counts.reads, counts.writes) == ({"sweeps": 1}, {})
    settled(11)
    rebuild.sweep()
    assert rolled_up() == {("a/b", "turn"): 100}
    clock[0] += timedelta(minutes=10)
    rebuild.sweep()
    assert rolled_up() == {("a/b", "turn"): 111}


def test_the_first_sweep_rolls_up_what_was_there_before(
    store: MemoryFirestore, clock: list[datetime]
) -> None:
    """Also what was settled before a document told its slot."""
    settled(at=NOON - timedelta(days=91))
    unit = store.unit_of_work()
    path = store.query(Query("usageDays"))[0].path
    data = {name: value for name, value in (store.get(path).data or {}).items() if name != "slot"}
    unit.delete(path)
    unit.commit()
    unit = store.unit_of_work()
    unit.create(path, data)
    unit.commit()
    rebuild.sweep()
    assert rolled_up("2026-08-27") == {("a/b", "turn"): 100}


def test_what_was_on_its_way_is_in_the_next_one(
    store: MemoryFirestore, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slot is over for the sweep two minutes after its end."""
    monkeypatch.setattr(days, "now", lambda: NOON - timedelta(seconds=1))
    clock[0] = NOON + timedelta(minutes=1)
    rebuild.sweep()
    settled()
    clock[0] += timedelta(minutes=1)
    rebuild.sweep()
    assert rolled_up() == {("a/b", "turn"): 100}


def test_the_sweep_puts_yesterday_right_once(
    store: MemoryFirestore, clock: list[datetime], capsys: pytest.CaptureFixture[str]
) -> None:
    settled()
    spoil(store, micros=40)
    rebuild.sweep()
    assert (day_of(store).data or {})["micros"] == 100
    assert "does not agree with the ledger" in capsys.readouterr().out
    assert rolled_up() == {("a/b", "turn"): 100}
    spoil(store, micros=40)
    clock[0] += timedelta(hours=1)
    rebuild.sweep()
    assert (day_of(store).data or {})["micros"] == 40


def test_what_is_too_much_is_not_tried_each_minute(
    store: MemoryFirestore, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild, "MOST", 0)
    settled()
    settled(at=clock[0] - timedelta(hours=1))
    rebuild.sweep()
    with store.counting() as counts:
        rebuild.sweep()
    assert counts.round_trips == 1
