"""The counter of this process: where reservations and settlements become commits.

One commit is under way at a time, and everything that waits for it joins the next one: so a
process contends with others only, and twenty requests cost hardly more than one. A commit holds the
guarded count of every budget it touches and the entries of the ledger, so at every moment

    reserved of a budget == the sum of its open entries
    settled of a budget  == the sum of its settled entries and corrections
    reserved + settled   <= limit, for a hard budget, and what its calls were reserved for

Where other processes keep winning, this one counts on a till of its own (`counts.py`). What
belongs to several budgets is counted in all of them or in none.

What no budget concerns can be refused by nobody: its entry is noted, and its caller does not wait.
When it is settled before the note was written, both are one write.
"""

import threading
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from colonycraft.errors import ColonyCraftError, Contended, Unavailable
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
from colonycraft.usage.budgets import Bank
from colonycraft.usage.counts import (
    TILL_FOR,
    Count,
    bank_path_of,
    count_of,
    is_till,
    till_paths,
    used_up,
)
from colonycraft.usage.days import Day, numbers
from colonycraft.usage.ledger import Amounts, Draft, Entry, Settlement

PATIENCE = 10.0
"""Seconds for which a commit is tried while others keep winning."""
KNOWN_FOR = 5.0
"""Seconds for which a count is taken as this process knows it; its commit is guarded anyway."""
NOTED_WITHIN = 0.02
"""Seconds after which a note is written, when no other commit has taken it along."""
BUSY, GATHERED, GATHERED_AT_MOST = 2, 0.001, 0.01
"""After a commit that more threads than these waited for, the next one waits so many seconds a
thread for others to join it: each commit takes the processor from all of them."""
LARGEST_GROUP = 100
LOST_BEFORE_TILL, LOST_WITHIN = 2, 10.0
"""A bank that was lost to others so often, in so many seconds, is counted on a till."""
RENEWED_FROM = 10
"""Calls that a till must have served to be followed by another."""


@dataclass(slots=True, eq=False, kw_only=True)
class _Waits:
    """`token` names this request, should its commit be in doubt. `told`: it is done, or its thread
    is to make the next commit."""

    done: bool = False
    error: ColonyCraftError | None = None
    token: str = field(default_factory=lambda: uuid.uuid4().hex[:16])
    told: SimpleQueue[None] = field(default_factory=lambda: SimpleQueue())


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


@dataclass(slots=True, eq=False)
class _Notes(_Waits):
    """All that were noted before."""

    entry: None = None


@dataclass(slots=True, eq=False)
class _Closing(_Waits):
    till: str
    entry: None = None


@dataclass(slots=True, eq=False)
class _Change(_Waits):
    bank: Bank
    entry: None = None


_Item = _Reservation | _Settling | _Note | _Notes | _Closing | _Change


@dataclass(slots=True)
class _Till:
    """A till of this process. `until` by the monotonic clock; `limit` of its budget when it was
    taken; `calls` that were reserved on it."""

    path: str
    until: float
    limit: int
    calls: int = 0


class _Stale(Exception):
    """A count that may be out of date would have refused something."""


class _Close(Exception):
    """Tills of a bank must be closed first: this process's, or all of them."""

    def __init__(self, bank: str, *, all_of_them: bool) -> None:
        self.bank, self.all_of_them = bank, all_of_them


@dataclass(slots=True)
class _Counts:
    """The counts of one commit. `places`: where a bank or a till is counted; itself, unless it says
    otherwise."""

    of: dict[str, Count] = field(default_factory=dict[str, Count])
    places: dict[str, str] = field(default_factory=dict[str, str])

    def place(self, path: str) -> str:
        while (other := self.places.get(path)) is not None:
            path = other
        return path

    def at(self, path: str) -> Count:
        return self.of[self.place(path)]


class Teller:
    """Safe between threads."""

    def __init__(self) -> None:
        self._waiting: list[_Item] = []
        self._guard = threading.Lock()
        self._led = False
        """A thread makes commits, or has been told to."""
        self._waited = 0
        self._commits = threading.Lock()
        self._known: dict[str, tuple[float, Snapshot]] = {}
        self._tills: dict[str, _Till] = {}
        self._lost: dict[str, list[float]] = {}
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
        return item.entry

    def note(self, entry: Entry) -> None:
        """Stores an entry that no budget concerns, soon. What fails is stored by its settlement."""
        with self._guard:
            self._waiting.append(_Note(entry))
            if self._writer is None:
                self._writer = threading.Thread(target=self._write, name="ledger", daemon=True)
                self._writer.start()
        self._noted.set()

    def settle(self, entry: Entry, settlement: Settlement) -> None:
        """Settles an entry once; who comes second writes the difference as a correction. Raises
        Contended, Unavailable: then the sweep settles it."""
        self._submit(_Settling(entry, settlement))

    def close(self, till: str) -> None:
        """Closes a till, whosever it is. Raises Contended, Unavailable."""
        self._submit(_Closing(till))

    def change(self, bank: Bank) -> None:
        """Tells a count, where there is one, of a changed budget, and closes its tills: from then
        on nothing is reserved there by an earlier policy. Raises Contended, Unavailable."""
        self._submit(_Change(bank))

    def forget(self) -> None:
        """Reads every count anew."""
        with self._commits:
            self._known.clear()

    def _submit(self, item: _Item) -> None:
        with self._guard:
            self._waiting.append(item)
            leads, self._led = not self._led, True
        if not leads:
            item.told.get()
        if not item.done:
            self._lead(item)
        if item.error is not None:
            raise item.error

    def _lead(self, item: _Item) -> None:
        """Makes commits until the item is done; then the thread of the oldest that waits does.
        None waits for a thread that has nothing to do but to find out that it is done."""
        try:
            if self._waited > BUSY:
                time.sleep(min(GATHERED * self._waited, GATHERED_AT_MOST))
            while not item.done:
                self._commit_next()
        finally:
            with self._guard:
                threads = (one for one in self._waiting if not isinstance(one, _Note))
                following = next(threads, None)
                self._led = following is not None
            if following is not None:
                following.told.put(None)

    def _write(self) -> None:
        """Writes the notes that no other commit has taken along."""
        while True:
            self._noted.wait()
            time.sleep(NOTED_WITHIN)
            self._noted.clear()
            try:
                if self._waiting:
                    self._submit(_Notes())
            except Exception as error:  # the thread lives as long as the process
                log.error("the ledger's notes are not written", error)

    def _commit_next(self) -> None:
        """The oldest that wait; all of them are done then, in one way or the other."""
        with self._guard:
            group = self._waiting[:LARGEST_GROUP]
            del self._waiting[:LARGEST_GROUP]
            self._waited = sum(not isinstance(one, _Note) for one in group)
        try:
            with self._commits:
                self._commit(group)
        finally:
            for one in group:
                if not one.done:
                    one.done = True
                    one.error = one.error or Unavailable("ledger-not-written")
                one.told.put(None)

    def _commit(self, group: Sequence[_Item]) -> None:
        until = time.monotonic() + PATIENCE
        attempt, in_doubt = 0, False
        closing: dict[str, bool] = {}
        while True:
            error: ColonyCraftError = Contended("budget-contended")
            counts = _Counts()
            try:
                self._try(group, counts, closing, in_doubt)
                break
            except _Stale:
                continue
            except _Close as needed:
                closing[needed.bank] = closing.get(needed.bank, False) or needed.all_of_them
                continue
            except (GuardLost, AlreadyThere):
                self._note_lost(counts)
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

    def _note_lost(self, counts: _Counts) -> None:
        at = time.monotonic()
        self._lost = {
            path: recent
            for path, times in self._lost.items()
            if (recent := [one for one in times if one > at - LOST_WITHIN])
        }
        for path, count in counts.of.items():
            if count.touched and not count.is_till:
                self._lost.setdefault(path, []).append(at)

    def _try(
        self, group: Sequence[_Item], counts: _Counts, closing: dict[str, bool], in_doubt: bool
    ) -> None:
        """`closing`: banks of which this process's till (False) or all of them are closed."""
        if in_doubt:
            self._look(group)
        settled = {item.entry.id for item in group if isinstance(item, _Settling)}
        items = [item for item in group if not item.done]
        again = self._read_counts(items, counts, closing)
        entries = database().unit_of_work()
        days: dict[str, Day] = {}
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
                case _Closing() | _Notes():
                    pass  # by what was read; by the others
                case _Change():
                    count = counts.of[item.bank.path]
                    count.touched = count.touched or count.data is not None
            if len(entries) > before:
                written.append(item)
        granted = self._grant(items, counts, again)
        unit = database().unit_of_work()
        touched = [*(count for count in counts.of.values() if count.touched), *granted]
        alerts = [alert for count in touched for alert in count.write(unit)]
        unit.extend(entries)
        for day in days.values():
            day.write(unit)
        versions = unit.commit()
        self._learn(items, touched, granted, versions)
        entry_versions = versions[len(touched) :]
        for item, version in zip(written, entry_versions, strict=False):
            if not isinstance(item, _Settling) and item.entry is not None:
                item.entry.version = version
        for item in items:
            item.done = True
        for level, text, path in alerts:
            log.warning(f"{level} % of a budget is used", budget=text, count=path)

    def _learn(
        self,
        items: Sequence[_Item],
        touched: Sequence[Count],
        granted: Sequence[Count],
        versions: Sequence[Any],
    ) -> None:
        """What a commit has made of the counts."""
        at = time.monotonic()
        for count, version in zip(touched, versions, strict=False):
            if count.closed:
                self._known.pop(count.path, None)
                bank = bank_path_of(count.path)
                if (own := self._tills.get(bank)) is not None and own.path == count.path:
                    del self._tills[bank]
            else:
                assert count.data is not None
                self._known[count.path] = (at, Snapshot(count.path, count.data, version))
        for count in granted:
            assert count.bank is not None
            limit = count.bank.budget.limit
            self._tills[bank_path_of(count.path)] = _Till(count.path, at + TILL_FOR, limit)
        for item in items:
            if isinstance(item, _Reservation) and item.entry is not None:
                for path, _ in item.entry.counted:
                    if is_till(path) and (own := self._tills.get(bank_path_of(path))) is not None:
                        own.calls += 1

    def _grant(
        self, items: Sequence[_Item], counts: _Counts, again: Mapping[str, int]
    ) -> list[Count]:
        """New tills of the banks that others keep writing too, and of those whose till was closed
        for another (`again`: what was counted on it). None where little is left."""
        asked: dict[str, list[int]] = {}
        for item in items:
            if isinstance(item, _Reservation) and item.entry is not None and item.error is None:
                for bank in item.draft.banks:
                    if counts.place(bank.path) == bank.path:
                        amount = item.entry.reserved.of(bank.budget.unit)
                        asked.setdefault(bank.path, []).append(amount)
        granted: list[Count] = []
        for path, amounts in asked.items():
            count = counts.of[path]
            contended = len(self._lost.get(path, ())) >= LOST_BEFORE_TILL
            if path in self._open_tills(counts) or not (contended or path in again):
                continue
            assert count.bank is not None
            size = 0
            if count.bank.budget.hard:
                wanted = max(8 * max(amounts), 4 * sum(amounts), 2 * again.get(path, 0))
                size = min(wanted, count.left // (2 * (len(count.tills) + 1)))
                if size < 2 * max(amounts):
                    continue
            granted.append(count.grant(uuid.uuid4().hex[:12], size))
        return granted

    def _open_tills(self, counts: _Counts) -> set[str]:
        """The banks of which this process has a till."""
        return {
            bank
            for bank, till in self._tills.items()
            if (count := counts.of.get(till.path)) is None or not count.closed
        }

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
                if not ledger.is_open(stored):
                    corrected = f"{stored.path}.{item.token}"
                    item.done = (
                        stored.data["settledBy"] == item.token
                        or database().get(corrected).data is not None
                    )
                    item.instead_of = ledger.amounts(stored.data["used"])

    def _read_counts(
        self, items: Sequence[_Item], counts: _Counts, closing: dict[str, bool]
    ) -> dict[str, int]:
        """Reads what is not known, finds out where each is counted, and closes tills. Returns the
        banks whose till was closed for another, and what was counted on it."""
        at = time.monotonic()
        self._known = {path: one for path, one in self._known.items() if one[0] >= at - KNOWN_FOR}
        banks: dict[str, Bank] = {}
        paths: set[str] = set()
        for item in items:
            match item:
                case _Reservation():
                    for bank in item.draft.banks:
                        _take_latest(banks, bank)
                case _Settling():
                    paths |= {path for path, _ in item.entry.counted}
                case _Closing():
                    paths |= {item.till, bank_path_of(item.till)}
                case _Change():
                    _take_latest(banks, item.bank)
                    closing[item.bank.path] = True
                case _Note() | _Notes():
                    pass
        own = {path: till for path in banks if (till := self._tills.get(path)) is not None}
        for path, till in own.items():
            paths.add(till.path)
            if till.until <= at or till.limit != banks[path].budget.limit:
                closing.setdefault(path, False)
        paths |= {path for path in banks if path not in own or path in closing}
        self._read(paths, banks, counts)
        gone = {path for path in paths if is_till(path) and counts.of[path].data is None}
        self._read({bank_path_of(path) for path in gone}, banks, counts)
        counts.places |= {path: bank_path_of(path) for path in gone}
        closed = {item.till for item in items if isinstance(item, _Closing)} - gone
        for path, all_of_them in closing.items():
            if path in own and own[path].path not in gone:
                closed.add(own[path].path)
            if all_of_them:
                count = counts.of[path]
                tills = set(till_paths(Snapshot(path, count.data)))
                self._read(tills, banks, counts)
                closed |= {till for till in tills if counts.of[till].data is not None}
        again: dict[str, int] = {}
        for till in closed:
            count, bank = counts.of[till], bank_path_of(till)
            if counts.of[bank].data is None:  # removed by hand
                continue
            count.close(counts.of[bank])
            counts.places[till] = bank
            if bank in own and own[bank].path == till and own[bank].calls >= RENEWED_FROM:
                again[bank] = count.reserved + count.settled
        for path, till in own.items():
            if till.path in gone:
                del self._tills[path]
            elif till.path not in closed:
                counts.places[path] = till.path
        return again

    def _read(self, paths: set[str], banks: Mapping[str, Bank], counts: _Counts) -> None:
        missing = [path for path in paths if path not in self._known and path not in counts.of]
        read = {one.path: one for one in database().get_all(missing)} if missing else {}
        for path in sorted(paths - counts.of.keys()):
            snapshot = read.get(path) or self._known[path][1]
            bank = banks.get(bank_path_of(path) if is_till(path) else path)
            counts.of[path] = count_of(snapshot, bank, fresh=path in read)

    def _reserve(self, item: _Reservation, counts: _Counts, entries: UnitOfWork) -> None:
        draft = item.draft
        output = draft.output_tokens
        for bank in draft.banks:
            if not bank.budget.hard:
                continue
            count = counts.at(bank.path)
            fits = min(output, draft.most_output(bank.budget.unit, count.left))
            if fits < output and (count.is_till or count.tills):
                # What is not here may be there.
                raise _Close(bank.path, all_of_them=not count.is_till)
            if fits < min(draft.least_output, draft.output_tokens):
                if not count.fresh:
                    self._known.pop(count.path, None)
                    raise _Stale
                item.entry, item.error = None, used_up(bank, count)
                return
            output = fits
        places = tuple(counts.place(bank.path) for bank in draft.banks)
        item.entry = ledger.entry_of(draft, output, now(), places)
        for bank in draft.banks:
            count = counts.at(bank.path)
            count.reserved += item.entry.reserved.of(bank.budget.unit)
            count.touched = True
        item.entry.create(entries)


def _take_latest(banks: dict[str, Bank], bank: Bank) -> None:
    """Of what is waiting, some may know a later policy than others."""
    if bank.path not in banks or banks[bank.path].revision < bank.revision:
        banks[bank.path] = bank


def _settle(item: _Settling, counts: _Counts, entries: UnitOfWork, days: dict[str, Day]) -> None:
    entry, used = item.entry, item.settlement.used
    if entry.version is None and item.settlement.released:
        return  # never stored, and nothing was used
    if item.instead_of is None:
        entry.settle(entries, item.settlement, item.token)
    else:
        used = used.minus(item.instead_of)
        entry.correct(entries, used, item.token, estimated=item.settlement.estimated)
    for path, unit in entry.counted:
        count = counts.at(path)
        if count.data is None and count.bank is None:  # removed by hand
            continue
        count.settled += used.of(unit)
        if item.instead_of is None:
            count.reserved -= entry.reserved.of(unit)
        count.touched = True
    if item.instead_of is not None or not item.settlement.released:
        day = Day.of(entry)
        first = item.instead_of is None
        saved = item.settlement.saved if first else None
        days.setdefault(day.path, day).add(
            numbers(used, item.settlement.estimated, first=first, saved=saved)
        )


teller = Teller()
"""The process's own."""
