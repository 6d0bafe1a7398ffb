"""A day agrees with the ledger, or is made to, whatever is settled meanwhile."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from colonycraft.errors import FailedPrecondition
from colonycraft.platform import firestore as platform
from colonycraft.platform.firestore import Query, Snapshot, Where
from colonycraft.platform.operations import Caller
from colonycraft.usage import ledger, rebuild
from colonycraft.usage.ledger import Amounts, Draft, Entry, Settlement
from colonycraft.usage.models import RebuildDay
from colonycraft.usage.operations import rebuild_day
from colonycraft.usage.periods import span_of
from colonycraft.usage.teller import Teller
from support.memory_firestore import MemoryFirestore, use

DAY = "2026-11-26"
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


def opened(uid: str = "ada", model: str = "a/b", at: datetime = NOON) -> Entry:
    draft = Draft(
        Caller(uid, f"personal-{uid}"), "turn", model, 10, 10, 10, 10, None, "unknown", flat=9_000
    )
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


def hours(store: MemoryFirestore) -> dict[str, list[dict[str, Any]]]:
    return {one.id: (one.data or {})["totals"] for one in store.query(Query("usageHours"))}


def test_an_hour_is_rolled_up_from_the_ledger(store: MemoryFirestore) -> None:
    settled()
    settled(200, uid="bob", estimated=True)
    settled(5, model="c/d")
    settled(at=NOON + timedelta(hours=1))
    hour = span_of("hour", NOON, UTC)
    for _ in range(2):
        rebuild.roll_up(hour)
    one, other = hours(store)["20261126T1200Z"]
    assert (one["model"], one["feature"], one["micros"], one["calls"]) == ("a/b", "turn", 300, 2)
    assert (one["inputTokens"], one["estimatedMicros"]) == (14, 200)
    assert (other["model"], other["micros"]) == ("c/d", 5)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    at = [NOON + timedelta(days=1)]
    monkeypatch.setattr(rebuild, "now", lambda: at[0])
    return at


def test_the_sweep_does_so_once_an_hour(store: MemoryFirestore, clock: list[datetime]) -> None:
    clock[0] = NOON + timedelta(hours=1)
    settled()
    rebuild.sweep()
    assert sorted(hours(store)) == ["20261126T1100Z", "20261126T1200Z"]
    with store.counting() as counts:
        rebuild.sweep()
    assert (counts.reads, counts.round_trips) == ({"sweeps": 1}, 1)
    # Settled late: the next hour counts it.
    settled(11)
    clock[0] += timedelta(hours=1)
    rebuild.sweep()
    assert hours(store)["20261126T1200Z"][0]["micros"] == 111
    assert "20261126T1300Z" in hours(store)


def test_the_sweep_catches_up(store: MemoryFirestore, clock: list[datetime]) -> None:
    rebuild.sweep()
    clock[0] += timedelta(hours=5)
    rebuild.sweep()
    assert len(hours(store)) == 7
    clock[0] += timedelta(days=300)
    rebuild.sweep()
    assert len(hours(store)) == 7 + rebuild.HOURS_AT_ONCE


def test_the_sweep_puts_yesterday_right_once(
    store: MemoryFirestore, clock: list[datetime], capsys: pytest.CaptureFixture[str]
) -> None:
    settled()
    spoil(store, micros=40)
    rebuild.sweep()
    assert (day_of(store).data or {})["micros"] == 100
    assert "does not agree with the ledger" in capsys.readouterr().out
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
