"""Does a day agree with the ledger? Compares `usageDays` with it, and puts right what differs.

Entries are settled, and days added to, all the time, and each in one commit. So that no commit that
comes between two reads is taken for a difference:

    read the days ── sum the ledger ── read again the days that differ
                                        ├── one has changed: it is left for the next time
                                        └── it has not: nothing of it was settled meanwhile, and
                                            the difference is real
    repair: the difference is added, guarded by the version that was read

What is added to a day that agrees is nothing, so a repair may run twice, or beside another.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from colonycraft.errors import FailedPrecondition
from colonycraft.platform import log
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import (
    AlreadyThere,
    GuardLost,
    Query,
    Snapshot,
    Where,
    database,
)
from colonycraft.usage import ledger, rollups
from colonycraft.usage.budgets import time_zone
from colonycraft.usage.days import SUMMED, Day, numbers_of, slot_of
from colonycraft.usage.periods import MOST_DAYS, Span, day_of, span_of

MOST = 50_000
"""Entries, and documents of a day, that are read for one sum."""
AT_ONCE = 500
"""Differences that one comparison tells."""
TRIES = 3
LATE = timedelta(hours=1)
"""After which all but the corrections of processes that were frozen are settled."""
ON_ITS_WAY = timedelta(minutes=2)
"""After which what was written in a slot can be read, also where clocks differ."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a document of a day lacks, by the ledger; negative: has too much."""

    day: Day
    stored: Snapshot
    lacks: Mapping[str, int]

    def repair(self) -> bool:
        """False: somebody has changed the document meanwhile."""
        unit = database().unit_of_work()
        if self.stored.data is None:
            unit.create(
                self.day.path, {**self.day.fields(), **dict.fromkeys(SUMMED, 0), **self.lacks}
            )
        else:
            unit.update(
                self.day.path,
                {("updatedAt",): now(), ("slot",): slot_of(now())},
                guard=self.stored.version,
                increments={(name,): amount for name, amount in self.lacks.items()},
            )
        try:
            unit.commit()
        except (AlreadyThere, GuardLost):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Comparison:
    """`moving`: documents that changed while they were compared, so that nothing is known."""

    entries: int
    differences: tuple[Difference, ...]
    moving: int


def compare(day: str) -> Comparison:
    """Reads the day's part of the ledger, and its sums. Raises FailedPrecondition when that is more
    than MOST."""
    comparison = _compare(day)
    for _ in range(TRIES - 1):
        if not comparison.moving:
            break
        comparison = _compare(day)
    return comparison


def _compare(day: str) -> Comparison:
    before = {one.path: one for one in _stored(day)}
    entries = [one.data or {} for one in _bounded(span_of_day(day))]
    apart = differing(summed(entries), before)[:AT_ONCE]
    paths = [one.day.path for one in apart]
    again = {one.path: one for one in database().get_all(paths)} if paths else {}
    real = [one for one in apart if again[one.day.path].version == one.stored.version]
    return Comparison(len(entries), tuple(real), len(apart) - len(real))


def summed(entries: Iterable[Mapping[str, Any]]) -> dict[str, Day]:
    """The days of settled entries and corrections, by path."""
    days: dict[str, Day] = {}
    for data in entries:
        at = day_of(data["createdAt"], time_zone())
        one = _day(at, data)
        days.setdefault(one.path, one).add(numbers_of(data))
    return days


def differing(days: Mapping[str, Day], stored: Mapping[str, Snapshot]) -> list[Difference]:
    """Where the sums of the ledger and what is stored are not the same."""
    found: list[Difference] = []
    for path in {**days, **stored}:
        known = stored.get(path, Snapshot(path, None))
        data = known.data or {}
        day = days.get(path) or _day(data["day"], data)
        lacks = {name: amount for name in SUMMED if (amount := day.sums[name] - data.get(name, 0))}
        if lacks:
            found.append(Difference(day, known, lacks))
    return found


def _day(day: str, data: Mapping[str, Any]) -> Day:
    """Of an entry of the ledger, or of a document of sums: they name the same alike."""
    own = data["orgId"], data["ownerId"], data["model"], data["feature"]
    return Day(day, *own, data.get("keyId"))


def sweep() -> None:
    """Every ten minutes: rolls up what has changed, the first time the last 93 days. Once a day:
    compares the day before with the ledger, puts it right, and rolls it up anew. One read when
    nothing is to be done. Safe to run twice."""
    at = now()
    slot = slot_of(at - ON_ITS_WAY)
    yesterday = day_of(at - LATE - timedelta(days=1), time_zone())
    stored = database().get(rollups.STATE).data or {"slot": "", "day": ""}
    if stored["slot"] >= slot:
        return
    if stored["slot"]:
        _or_told(rollups.roll_up, stored["slot"])
    else:
        for past in range(MOST_DAYS):
            _or_told(rollups.roll_up_day, day_of(at - timedelta(days=past), time_zone()))
    if stored["day"] < yesterday:
        _or_told(_put_right, yesterday)
    unit = database().unit_of_work()
    unit.merge(rollups.STATE, {("slot",): slot, ("day",): yesterday})
    unit.commit()


def _put_right(day: str) -> None:
    for one in compare(day).differences:
        lacks = ", ".join(f"{name} {amount}" for name, amount in one.lacks.items())
        log.error("a day does not agree with the ledger", path=one.day.path, lacks=lacks)
        one.repair()
    rollups.roll_up_day(day)


def _or_told[T](work: Callable[[T], None], subject: T) -> None:
    """What is too much to be summed here is passed over, not tried each minute."""
    try:
        work(subject)
    except FailedPrecondition as error:
        log.error("use is not summed", error)


def span_of_day(day: str) -> Span:
    noon = datetime.combine(date.fromisoformat(day), time(12), time_zone())
    return span_of("day", noon, time_zone())


def _stored(day: str) -> list[Snapshot]:
    query = Query("usageDays", where=(Where("day", "==", day),), limit=MOST + 1)
    found = database().query(query)
    if len(found) > MOST:
        raise _too_much()
    return found


def _bounded(span: Span) -> Iterable[Snapshot]:
    assert span.start is not None and span.end is not None
    for count, one in enumerate(ledger.settled_between(span.start, span.end)):
        if count == MOST:
            raise _too_much()
        yield one


def _too_much() -> FailedPrecondition:
    return FailedPrecondition("entries-too-many", most=MOST)
