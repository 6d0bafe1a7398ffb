"""The sums of a day: `usageDays/{id}`, what a person used of a model for a purpose, by themselves
or with one of their keys.

Each is added to in the commit that settles an entry of the ledger, so it is never behind. The day
is that in which the attempt began; the slot tells when it was last changed.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from colonycraft.platform.clock import now
from colonycraft.platform.firestore import UnitOfWork
from colonycraft.usage.budgets import time_zone
from colonycraft.usage.ledger import NAMES, SCHEMA_VERSION, Amounts, Entry, amounts
from colonycraft.usage.periods import day_of

SUMMED = (
    *(name for name in NAMES.values() if name != "answers"),
    *("calls", "estimatedMicros", "cacheHits", "savedMicros"),
)
"""The numbers of a day. `calls` are attempts and answers from the cache, `estimatedMicros` what of
`micros` was estimated."""


def numbers(
    used: Amounts, estimated: bool, *, first: bool, saved: int | None = None
) -> dict[str, int]:
    """What a settlement adds. `first`: it is no correction. `saved`: what the cache saved."""
    stored = {name: amount for name, amount in used.stored().items() if name != "answers"}
    cached = {} if saved is None else {"cacheHits": 1, "savedMicros": saved}
    own = {"calls": int(first), "estimatedMicros": used.micros if estimated else 0}
    return {**stored, **own, **cached}


def numbers_of(entry: Mapping[str, Any]) -> dict[str, int]:
    """What a settled entry of the ledger, as it is stored, has added."""
    used, first = amounts(entry["used"]), "correctionOf" not in entry
    saved = entry.get("savedMicros")
    return numbers(used, entry["estimated"], first=first, saved=saved)


def slot_of(at: datetime) -> str:
    """The ten minutes that hold a moment: their start (ISO 8601, UTC). Rounded, because an index
    of moments is written at its end alone, which takes 500 writes a second."""
    at = at.astimezone(UTC)
    return at.replace(minute=at.minute // 10 * 10, second=0, microsecond=0).isoformat()


@dataclass(slots=True)
class Day:
    """What is to be added to the sums of one document. `key` is the id of the key that was used."""

    day: str
    org_id: str
    uid: str
    model: str
    feature: str
    key: str | None = None
    sums: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, entry: Entry) -> "Day":
        caller = entry.caller
        day = day_of(entry.at, time_zone())
        return cls(day, caller.org_id, caller.uid, entry.model, entry.feature, caller.key)

    @property
    def path(self) -> str:
        who = f"{self.uid}\0{self.model}\0{self.feature}" + (f"\0{self.key}" if self.key else "")
        return f"usageDays/{self.day}.{hashlib.sha256(who.encode()).hexdigest()[:24]}"

    def add(self, numbers: Mapping[str, int]) -> None:
        for name, amount in numbers.items():
            self.sums[name] += amount

    def write(self, unit: UnitOfWork) -> None:
        unit.merge(
            self.path,
            {(name,): value for name, value in self.fields().items()},
            increments={(name,): amount for name, amount in self.sums.items()},
        )

    def fields(self) -> Mapping[str, object]:
        """All but the sums."""
        at = now()
        return {
            "schemaVersion": SCHEMA_VERSION,
            "orgId": self.org_id,
            "ownerId": self.uid,
            "day": self.day,
            "model": self.model,
            "feature": self.feature,
            "keyId": self.key,
            "updatedAt": at,
            "slot": slot_of(at),
        }
