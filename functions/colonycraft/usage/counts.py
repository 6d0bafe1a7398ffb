"""What is counted on a budget in one period: its bank, and the tills that processes hold of it.

    budgets/{budget}.{who}.{period}     the bank: reserved, settled, and the tills that are out
    tills/{the same}~{token}            a till: a part of the bank, counted by one process

A process that keeps losing a bank to others takes a till: so much of what is left, on a document
that only it writes. Whoever closes a till adds its counts to the bank's and deletes it, in one
commit, and what is open on it is settled on the bank from then on. Anybody may do so at any time,
and before anything is refused, or an answer kept shorter, all tills of its bank are closed: so
nobody is refused early, and what a lost process holds is not lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from colonycraft.errors import BudgetUsedUp
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Query, Snapshot, UnitOfWork, Where, database
from colonycraft.reasons import BudgetRefusal
from colonycraft.usage.budgets import Bank, time_zone

SCHEMA_VERSION = 1
ALERTS = (50, 80, 100)
"""Per cent of a budget."""
TILL_FOR = 20.0
"""Seconds after which a process closes its till, and takes another if it is still asked for."""
LEFT_BEHIND = timedelta(seconds=3 * TILL_FOR)
"""A till that is older has lost its process, or nobody asks there any more."""
_TILLS = "tills"


@dataclass(slots=True)
class Count:
    """A bank's or a till's counts, in the making. `fresh`: they were read for this commit. `tills`
    are those of a bank that are out: what each may count, by its token."""

    path: str
    version: Any
    data: dict[str, Any] | None
    fresh: bool
    bank: Bank | None
    reserved: int = 0
    settled: int = 0
    tills: dict[str, int] = field(default_factory=dict[str, int])
    touched: bool = False
    closed: bool = False

    @property
    def is_till(self) -> bool:
        return is_till(self.path)

    @property
    def left(self) -> int:
        """What may still be reserved."""
        limit = self.data["limit"] if self.is_till and self.data else self.limit
        return limit - self.settled - self.reserved - sum(self.tills.values())

    @property
    def limit(self) -> int:
        """A bank's. Where a process has written it that knew a later policy, this one's is old."""
        known, stored = self._known_bank, self.data or {}
        return stored["limit"] if known is None else known.budget.limit

    @property
    def _known_bank(self) -> Bank | None:
        stored = (self.data or {}).get("revision", 0)
        return self.bank if self.bank is not None and self.bank.revision >= stored else None

    def close(self, bank: "Count") -> None:
        """Adds a till's counts to its bank's."""
        bank.reserved += self.reserved
        bank.settled += self.settled
        bank.tills.pop(token_of(self.path), None)
        self.touched = self.closed = bank.touched = True

    def grant(self, token: str, size: int) -> "Count":
        """Takes a till out of the bank."""
        assert self.bank is not None
        self.tills[token] = size
        self.touched = True
        path = f"{_TILLS}/{self.path.rpartition('/')[2]}~{token}"
        till = Count(path, None, None, True, self.bank, touched=True)
        till.data = {"limit": size}
        return till

    def write(self, unit: UnitOfWork) -> list[tuple[int, str, str]]:
        """Exactly one write, guarded; returns the alerts that it gives rise to: per cent, budget,
        count."""
        if self.closed:
            unit.delete(self.path, guard=self.version)
            return []
        if self.is_till:
            self._write_till(unit)
            return []
        return self._write_bank(unit)

    def _write_till(self, unit: UnitOfWork) -> None:
        changes: dict[str, Any] = {"reserved": self.reserved, "settled": self.settled}
        assert self.data is not None
        if self.version is None:
            at = now()
            self.data |= {**changes, "schemaVersion": SCHEMA_VERSION, "createdAt": at}
            unit.create(self.path, self.data)
        else:
            unit.update(
                self.path, {(name,): value for name, value in changes.items()}, guard=self.version
            )
            self.data = {**self.data, **changes}

    def _write_bank(self, unit: UnitOfWork) -> list[tuple[int, str, str]]:
        bank, before, limit = self.bank, self.data, self.limit
        known, stored = self._known_bank, before or {}
        text = stored["text"] if known is None else known.budget.text
        unit_name = bank.budget.unit if bank is not None else stored["unit"]
        used = self.settled + self.reserved
        reached = [
            level for level in ALERTS if unit_name != "answers" and used * 100 >= limit * level > 0
        ]
        told = stored.get("alerts", [])
        if limit != stored.get("limit", limit):
            told = [level for level in told if level in reached]
        levels = [level for level in reached if level not in told]
        changes: dict[str, Any] = {
            "reserved": self.reserved,
            "settled": self.settled,
            "tills": self.tills,
            "limit": limit,
            "text": text,
            "alerts": told + levels,
            "revision": stored.get("revision", 0) if known is None else known.revision,
        }
        if before is None:
            assert bank is not None
            self.data = {
                **changes,
                "schemaVersion": SCHEMA_VERSION,
                "budget": bank.budget.id,
                "unit": bank.budget.unit,
                "start": bank.span.start,
                "end": bank.span.end,
            }
            unit.create(self.path, self.data)
        else:
            # Nearly always only what is counted has changed, and this is written twice a call.
            changed = {
                (name,): value
                for name, value in changes.items()
                if name in ("reserved", "settled") or value != before.get(name)
            }
            unit.update(self.path, changed, guard=self.version)
            self.data = {**before, **changes}
        return [(level, text, self.path) for level in levels]


def count_of(stored: Snapshot, bank: Bank | None, *, fresh: bool) -> Count:
    data = stored.data or {}
    return Count(
        stored.path,
        stored.version,
        stored.data,
        fresh,
        bank,
        data.get("reserved", 0),
        data.get("settled", 0),
        dict(data.get("tills", {})),
    )


def is_till(path: str) -> bool:
    return path.startswith(f"{_TILLS}/")


def bank_path_of(till: str) -> str:
    return f"budgets/{till.removeprefix(f'{_TILLS}/').rpartition('~')[0]}"


def token_of(till: str) -> str:
    return till.rpartition("~")[2]


def till_paths(bank: Snapshot) -> list[str]:
    """The tills of a bank that are out."""
    name = bank.path.rpartition("/")[2]
    return [f"{_TILLS}/{name}~{token}" for token in (bank.data or {}).get("tills", {})]


def whole_counts(banks: list[str]) -> list[tuple[int, int]]:
    """Reserved and settled of each, with what is counted on its tills. One read each, and one a
    till that is out."""
    return sums_of(database().get_all(banks) if banks else [])


def sums_of(stored: Sequence[Snapshot]) -> list[tuple[int, int]]:
    """Reserved and settled of banks that were read. One read a till that is out."""
    tills = [path for one in stored for path in till_paths(one)]
    found = {one.path: one for one in database().get_all(tills)} if tills else {}
    sums: list[tuple[int, int]] = []
    for one in stored:
        parts = [one, *(found[path] for path in till_paths(one))]
        data = [part.data or {} for part in parts]
        sums.append(
            (
                sum(each.get("reserved", 0) for each in data),
                sum(each.get("settled", 0) for each in data),
            )
        )
    return sums


def left_behind(limit: int = 100) -> list[str]:
    """Tills that nobody has closed."""
    old = Where("createdAt", "<", now() - LEFT_BEHIND)
    return [one.path for one in database().query(Query(_TILLS, where=(old,), limit=limit))]


def used_up(bank: Bank, count: Count) -> BudgetUsedUp:
    budget = replace(bank.budget, limit=count.limit)
    settled, reserved = count.settled, count.reserved
    zone, end = time_zone(), bank.span.end
    refusal = BudgetRefusal(
        text=budget.text,
        who=budget.who.setting,
        limit=budget.limit,
        unit=budget.unit,
        period=budget.period,
        models=budget.models,
        left=max(0, budget.limit - settled - reserved),
        renewsAt=None if end is None else end.isoformat(),
        state="used-up" if settled >= budget.limit else "held" if reserved else "short",
        raisedBy="nobody"
        if budget.who.key is not None
        else "deployment"
        if budget.fixed
        else "administrator",
    )
    if budget.unit == "answers":
        return BudgetUsedUp("answers-at-once", budget=refusal)
    when = "." if end is None else f"; it renews on {end.astimezone(zone):%d %B, %H:%M} ({zone})."
    return BudgetUsedUp(
        "budget-used-up",
        message=f"The budget of {budget.text} {_WHY[refusal['state']]}{when} "
        f"{_WAY_OUT[refusal['raisedBy']]}",
        budget=refusal,
    )


_WHY = {
    "used-up": "is used up",
    "short": "has not enough left for this",
    "held": "has not enough left for this while other answers are being written",
}
_WAY_OUT = {
    "administrator": "An administrator of this workspace can raise it.",
    "deployment": "Who runs this workspace can raise it.",
    "nobody": "It is the key's own: a new key can have another one.",
}
