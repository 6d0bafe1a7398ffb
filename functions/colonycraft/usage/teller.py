"""The counter of this process: where reservations and settlements become commits.

One commit is under way at a time, and everything that waits for it joins the next one: so a
process contends with others only, and twenty requests cost hardly more than one. A commit holds the
guarded count of every budget it touches and the entries of the ledger, so at every moment

    reserved of a budget == the sum of its open entries
    settled of a budget  == the sum of its settled entries and corrections
    reserved + settled   <= limit, for a hard budget, and what its calls were reserved for

What belongs to several budgets is counted in all of them or in none.

What no budget concerns can be refused by nobody: its entry is noted, and its caller does not wait.
When it is settled before the note was written, both are one write.
"""

import hashlib
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from colonycraft.errors import BudgetUsedUp, ColonyCraftError, Contended, Unavailable
from colonycraft.platform import log
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import (
    AlreadyThere,
    GuardLost,
    Snapshot,
    UnitOfWork,
    backoff,
    database,
)
from colonycraft.usage import ledger
from colonycraft.usage.budgets import Bank, time_zone
from colonycraft.usage.ledger import Amounts, Draft, Entry, Settlement
from colonycraft.usage.periods import day_of

PATIENCE = 10.0
"""Seconds for which a commit is tried while others keep winning."""
KNOWN_FOR = 5.0
"""Seconds for which a count is taken as this process knows it; its commit is guarded anyway."""
NOTED_WITHIN = 0.02
"""Seconds after which a note is written, when no other commit has taken it along."""
BUSY, GATHERED = 4, 0.004
"""With more than so many attempts open here, a settlement waits so many seconds for others to join
its commit: each commit takes the processor from all of them."""
LARGEST_GROUP = 100
ALERTS = (50, 80, 100)
"""Per cent of a budget."""


@dataclass(slots=True, eq=False, kw_only=True)
class _Waits:
    """`token` names this request, should its commit be in doubt."""

    done: bool = False
    error: ColonyCraftError | None = None
    token: str = field(default_factory=lambda: uuid.uuid4().hex[:16])


@dataclass(slots=True, eq=False)
class _Reservation(_Waits):
    draft: Draft
    entry: Entry | None = None


@dataclass(slots=True, eq=False)
class _Settling(_Waits):
    """`instead_of`: what somebody else has settled the entry with meanwhile."""

    entry: Entry
    settlement: Settlement
    instead_of: Amounts | None = None


@dataclass(slots=True, eq=False)
class _Note(_Waits):
    entry: Entry


_Item = _Reservation | _Settling | _Note


@dataclass(slots=True)
class _Count:
    """A budget's count in the making. `fresh`: it was read for this commit."""

    path: str
    version: Any
    data: dict[str, Any] | None
    fresh: bool
    reserved: int
    settled: int
    bank: Bank | None = None
    touched: bool = False


class _Stale(Exception):
    """A count that may be out of date would have refused something."""


class Teller:
    """Safe between threads."""

    def __init__(self) -> None:
        self._waiting: list[_Item] = []
        self._guard = threading.Lock()
        self._counter = threading.Lock()
        self._known: dict[str, tuple[float, Snapshot]] = {}
        self._open: set[str] = set()
        self._noted = threading.Event()
        self._writer: threading.Thread | None = None

    def reserve(self, draft: Draft) -> Entry:
        """Stores an entry and counts it on its budgets, with as many output tokens as they allow.

        Raises BudgetUsedUp, Contended, Unavailable; then nothing is reserved for good: what is not
        known to be stored is swept.
        """
        item = _Reservation(draft)
        self._submit(item)
        assert item.entry is not None
        self._open.add(item.entry.id)
        return item.entry

    def note(self, entry: Entry) -> None:
        """Stores an entry that no budget concerns, soon. What fails is stored by its settlement."""
        with self._guard:
            self._open.add(entry.id)
            self._waiting.append(_Note(entry))
            if self._writer is None:
                self._writer = threading.Thread(target=self._write, name="ledger", daemon=True)
                self._writer.start()
        self._noted.set()

    def settle(self, entry: Entry, settlement: Settlement) -> None:
        """Settles an entry once; who comes second writes the difference as a correction. Raises
        Contended, Unavailable: then the sweep settles it."""
        try:
            self._submit(_Settling(entry, settlement))
        finally:
            self._open.discard(entry.id)

    def forget(self) -> None:
        """Reads every count anew."""
        with self._counter:
            self._known.clear()

    def _submit(self, item: _Item) -> None:
        with self._guard:
            self._waiting.append(item)
        with self._counter:
            if isinstance(item, _Settling) and not item.done and len(self._open) > BUSY:
                time.sleep(GATHERED)
            while not item.done:
                self._commit_next()
        if item.error is not None:
            raise item.error

    def _write(self) -> None:
        """Writes the notes that no other commit has taken along."""
        while True:
            self._noted.wait()
            time.sleep(NOTED_WITHIN)
            self._noted.clear()
            try:
                with self._counter:
                    while self._waiting:
                        self._commit_next()
            except Exception as error:  # the thread lives as long as the process
                log.error("the ledger's notes are not written", error)

    def _commit_next(self) -> None:
        """The oldest that wait; all of them are done then, in one way or the other."""
        with self._guard:
            group = self._waiting[:LARGEST_GROUP]
            del self._waiting[:LARGEST_GROUP]
        try:
            self._commit(group)
        finally:
            for one in group:
                if not one.done:
                    one.done = True
                    one.error = one.error or Unavailable("The ledger was not written.")

    def _commit(self, group: Sequence[_Item]) -> None:
        until = time.monotonic() + PATIENCE
        attempt, in_doubt = 0, False
        while True:
            error: ColonyCraftError = Contended("This budget is asked for from too many places.")
            try:
                self._try(group, in_doubt)
                break
            except _Stale:
                continue
            except (GuardLost, AlreadyThere):
                pass
            except Unavailable as away:
                error = away
            in_doubt = True
            self._known.clear()
            if time.monotonic() > until:
                for item in group:
                    item.done, item.error = True, error
                return
            backoff(min(attempt, 5))
            attempt += 1

    def _try(self, group: Sequence[_Item], in_doubt: bool) -> None:
        if in_doubt:
            self._look(group)
        settled = {item.entry.id for item in group if isinstance(item, _Settling)}
        items = [item for item in group if not item.done]
        counts = self._counts(items)
        entries = database().unit_of_work()
        days: dict[str, _Day] = {}
        written: list[_Item] = []
        for item in items:
            item.error = None
            before = len(entries)
            match item:
                case _Reservation():
                    self._reserve(item, counts, entries)
                case _Settling():
                    _settle(item, counts, entries, days)
                case _Note():
                    if item.entry.id not in settled:
                        item.entry.create(entries)
            if len(entries) > before:
                written.append(item)
        unit = database().unit_of_work()
        touched = [count for count in counts.values() if count.touched]
        alerts = [alert for count in touched for alert in _write(count, unit)]
        unit.extend(entries)
        for day in days.values():
            day.write(unit)
        versions = unit.commit()
        for count, version in zip(touched, versions, strict=False):
            assert count.data is not None
            self._known[count.path] = (
                time.monotonic(),
                Snapshot(count.path, count.data, version),
            )
        entry_versions = versions[len(touched) :]
        for item, version in zip(written, entry_versions, strict=False):
            if not isinstance(item, _Settling) and item.entry is not None:
                item.entry.version = version
        for item in items:
            item.done = True
        for level, text, path in alerts:
            log.warning(f"{level} % of a budget is used", budget=text, count=path)

    def _look(self, group: Iterable[_Item]) -> None:
        """What of a commit that may have been written is there."""
        asked = {item.entry.path: item for item in group if item.entry is not None}
        for stored in database().get_all(list(asked)) if asked else ():
            item = asked[stored.path]
            if stored.data is None:
                # Removed by hand: there is nothing to settle.
                item.done = isinstance(item, _Settling) and item.entry.version is not None
            elif not isinstance(item, _Settling):
                assert item.entry is not None
                item.entry.version, item.done = stored.version, True
            else:
                item.entry.version = stored.version
                if stored.data["state"] != "open":
                    corrected = f"{stored.path}.{item.token}"
                    item.done = (
                        stored.data["settledBy"] == item.token
                        or database().get(corrected).data is not None
                    )
                    item.instead_of = ledger.amounts(stored.data["used"])

    def _counts(self, items: Iterable[_Item]) -> dict[str, "_Count"]:
        wanted: dict[str, Bank | None] = {}
        for item in items:
            if isinstance(item, _Reservation):
                wanted |= {bank.path: bank for bank in item.draft.banks}
            elif isinstance(item, _Settling):
                for path, _ in item.entry.counted:
                    wanted.setdefault(path, None)
        oldest = time.monotonic() - KNOWN_FOR
        self._known = {path: one for path, one in self._known.items() if one[0] >= oldest}
        missing = [path for path in wanted if path not in self._known]
        read = {one.path: one for one in database().get_all(missing)} if missing else {}
        counts: dict[str, _Count] = {}
        for path, bank in wanted.items():
            snapshot = read.get(path) or self._known[path][1]
            data = snapshot.data or {"reserved": 0, "settled": 0}
            counts[path] = _Count(
                path,
                snapshot.version,
                snapshot.data,
                path in read,
                data["reserved"],
                data["settled"],
                bank,
            )
        return counts

    def _reserve(
        self, item: _Reservation, counts: dict[str, "_Count"], entries: UnitOfWork
    ) -> None:
        draft = item.draft
        output = draft.output_tokens
        for bank in draft.banks:
            if not bank.budget.hard:
                continue
            count = counts[bank.path]
            left = bank.budget.limit - count.settled - count.reserved
            output = min(output, draft.most_output(bank.budget.unit, left))
            if output < min(draft.least_output, draft.output_tokens):
                if not count.fresh:
                    self._known.pop(bank.path, None)
                    raise _Stale
                item.error = used_up(bank, count.settled, count.reserved)
                return
        item.entry = ledger.entry_of(draft, output, now())
        for bank in draft.banks:
            count = counts[bank.path]
            count.reserved += item.entry.reserved.of(bank.budget.unit)
            count.touched = True
        item.entry.create(entries)


def _settle(
    item: _Settling, counts: dict[str, _Count], entries: UnitOfWork, days: dict[str, "_Day"]
) -> None:
    entry, used = item.entry, item.settlement.used
    if entry.version is None and item.settlement.released:
        return  # never stored, and nothing was used
    if item.instead_of is None:
        entry.settle(entries, item.settlement, item.token)
    else:
        used = used.minus(item.instead_of)
        entry.correct(entries, used, item.token)
    for path, unit in entry.counted:
        count = counts[path]
        if count.data is None and count.bank is None:  # removed by hand
            continue
        count.settled += used.of(unit)
        if item.instead_of is None:
            count.reserved -= entry.reserved.of(unit)
        count.touched = True
    if item.instead_of is not None or not item.settlement.released:
        day = _Day(entry, used, item.settlement, new=item.instead_of is None)
        days.setdefault(day.path, day).add(day)


def _write(count: _Count, unit: UnitOfWork) -> list[tuple[int, str, str]]:
    """The count, guarded; returns the alerts that it gives rise to: per cent, budget, count."""
    bank, before = count.bank, count.data
    limit = bank.budget.limit if bank is not None else (before or {})["limit"]
    text = bank.budget.text if bank is not None else (before or {})["text"]
    told = list((before or {}).get("alerts", ()))
    used = count.settled + count.reserved
    unit_name = bank.budget.unit if bank is not None else (before or {})["unit"]
    levels = [
        level
        for level in ALERTS
        if unit_name != "answers" and level not in told and used * 100 >= limit * level > 0
    ]
    changes: dict[str, Any] = {
        "reserved": count.reserved,
        "settled": count.settled,
        "limit": limit,
        "text": text,
        "alerts": told + levels,
        "updatedAt": now(),
    }
    if before is None:
        assert bank is not None
        count.data = {
            **changes,
            "schemaVersion": ledger.SCHEMA_VERSION,
            "budget": bank.budget.id,
            "unit": bank.budget.unit,
            "start": bank.span.start,
            "end": bank.span.end,
        }
        unit.create(count.path, count.data)
    else:
        unit.update(
            count.path, {(name,): value for name, value in changes.items()}, guard=count.version
        )
        count.data = {**before, **changes}
    return [(level, text, count.path) for level in levels]


class _Day:
    """What a person used of a model for a purpose on a day: `usageDays/{id}`."""

    def __init__(self, entry: Entry, used: Amounts, settlement: Settlement, *, new: bool) -> None:
        self.entry = entry
        self.day = day_of(entry.at, time_zone())
        who = f"{entry.caller.uid}\0{entry.model}\0{entry.feature}"
        self.path = f"usageDays/{self.day}.{hashlib.sha256(who.encode()).hexdigest()[:24]}"
        self._own = {
            **{name: amount for name, amount in used.stored().items() if name != "answers"},
            "calls": int(new),
            "estimatedMicros": used.micros if settlement.estimated else 0,
        }
        if new and settlement.saved is not None:
            self._own |= {"cacheHits": 1, "savedMicros": settlement.saved}
        self.sums: defaultdict[str, int] = defaultdict(int)

    def add(self, other: "_Day") -> None:
        for name, amount in other._own.items():
            self.sums[name] += amount

    def write(self, unit: UnitOfWork) -> None:
        entry = self.entry
        unit.merge(
            self.path,
            {
                ("schemaVersion",): ledger.SCHEMA_VERSION,
                ("orgId",): entry.caller.org_id,
                ("ownerId",): entry.caller.uid,
                ("day",): self.day,
                ("model",): entry.model,
                ("feature",): entry.feature,
                ("updatedAt",): now(),
            },
            increments={(name,): amount for name, amount in self.sums.items()},
        )


def used_up(bank: Bank, settled: int, reserved: int) -> BudgetUsedUp:
    budget = bank.budget
    if budget.unit == "answers":
        return BudgetUsedUp(
            f"{budget.text[0].upper()}{budget.text[1:]} is the most here, and so many are being "
            "written. Wait for one of them to end.",
            {"budget": budget.text, "unit": budget.unit, "limit": budget.limit, "left": 0,
             "renewsAt": None},
        )  # fmt: skip
    zone = time_zone()
    end = bank.span.end
    left = max(0, budget.limit - settled - reserved)
    when = "." if end is None else f"; it renews on {end.astimezone(zone):%d %B, %H:%M} ({zone})."
    why = "is used up" if settled >= budget.limit else "has not enough left for this"
    if reserved and settled < budget.limit:
        why += " while other answers are being written"
    return BudgetUsedUp(
        f"The budget of {budget.text} {why}{when} Who runs this workspace can raise it.",
        {
            "budget": budget.text,
            "unit": budget.unit,
            "limit": budget.limit,
            "left": left,
            "renewsAt": None if end is None else end.isoformat(),
        },
    )


teller = Teller()
"""The process's own."""
