"""The sums of a day of all people: `usageTotals/{day}`, made of `usageDays` by the sweep.

    usageTotals/{day}             by model and feature; how many parts there are of the others
    usageTotals/{day}/people/{n}  by person
    usageTotals/{day}/rows/{n}    by person, model and feature, of what no key was used for
    usageTotals/{day}/keys/{n}    by person, model, feature and key

A turn adds only to the person's own documents, each of which tells the slot in which it was last
changed. Once a slot the sweep reads what has changed and replaces its rows. Who wants to know more
asks for what has changed since, which is how a sum is never older than a few seconds.

People and rows are compressed JSON, ROWS in a document: a day of 10,000 people who each use three
models for two purposes is 8 documents of 2.9 MB together, not 60,000.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from operator import add, sub
from typing import Any

from colonycraft.errors import Contended, FailedPrecondition
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import (
    AlreadyThere,
    GuardLost,
    Query,
    Snapshot,
    Where,
    backoff,
    database,
)
from colonycraft.usage.days import SUMMED
from colonycraft.usage.ledger import SCHEMA_VERSION

type Key = tuple[str, str, str, str]
"""Person, model, feature, the id of the key that was used, or ""."""
type Numbers = tuple[int, ...]
"""As SUMMED names them."""
type Rows = dict[Key, Numbers]

ROWS = 10_000
MOST = 200_000
"""Rows of a day: they are written in one commit, of at most 10 MiB."""
PAGE = 1_000
TRIES = 5
STATE = "sweeps/totals"
"""`slot`: all that was last changed before it is rolled up. `day`: the last that was compared with
the ledger."""
NOTHING: Numbers = (0,) * len(SUMMED)
_FIELDS = ("slot", "day", "ownerId", "model", "feature", "keyId", *SUMMED)


def plus(one: Numbers, other: Numbers) -> Numbers:
    return tuple(map(add, one, other))


def minus(one: Numbers, other: Numbers) -> Numbers:
    return tuple(map(sub, one, other))


def roll_up(since: str) -> None:
    """Every day of which something has changed in this slot or later. May be done twice. Raises
    FailedPrecondition for a day of more than MOST rows, Contended."""
    for day, rows in changed(since).items():
        _rewrite(day, lambda before, rows=rows: {**before, **rows})


def roll_up_day(day: str) -> None:
    """Made anew of all documents of the day. Raises what `roll_up` raises."""
    query = Query(
        "usageDays", where=(Where("day", "==", day),), order_by=(("__name__", "asc"),),
        limit=PAGE, fields=_FIELDS,
    )  # fmt: skip
    _rewrite(day, lambda _: dict(map(row_of, _pages(query))))


def changed(since: str, most: int | None = None) -> dict[str, Rows]:
    """The rows, by day, that have changed in this slot or later: all, or at most so many."""
    query = Query(
        "usageDays", where=(Where("slot", ">=", since),),
        order_by=(("slot", "asc"), ("__name__", "asc")), limit=PAGE, fields=_FIELDS,
    )  # fmt: skip
    days: defaultdict[str, Rows] = defaultdict(dict)
    for count, one in enumerate(_pages(query)):
        if count == most:
            raise TooMany
        key, numbers = row_of(one)
        days[(one.data or {})["day"]][key] = numbers
    return days


class TooMany(Exception):
    """More has changed than was asked for."""


def row_of(stored: Snapshot) -> tuple[Key, Numbers]:
    data = stored.data or {}
    key = data["ownerId"], data["model"], data["feature"], data.get("keyId") or ""
    return key, tuple(data.get(name, 0) for name in SUMMED)


def _pages(query: Query) -> Iterator[Snapshot]:
    while True:
        page = database().query(query)
        yield from page
        if len(page) < PAGE:
            return
        query = replace(query, after=page[-1])


@dataclass(frozen=True, slots=True)
class RolledUp:
    """A day as it was rolled up. `totals` are by model and feature, `parts` how many documents hold
    the rest."""

    path: str
    totals: Mapping[tuple[str, str], Numbers]
    parts: Mapping[str, int]
    version: Any

    def people(self) -> Iterator[tuple[str, Numbers]]:
        """Persons and what they used in all."""
        for uid, *numbers in self._lines("people"):
            yield uid, tuple(numbers)

    def rows(self) -> Iterator[tuple[Key, Numbers]]:
        yield from self.rows_without_key()
        yield from self.rows_of_keys()

    def rows_without_key(self) -> Iterator[tuple[Key, Numbers]]:
        for uid, model, feature, *numbers in self._lines("rows"):
            yield (uid, model, feature, ""), tuple(numbers)

    def rows_of_keys(self) -> Iterator[tuple[Key, Numbers]]:
        for uid, model, feature, key, *numbers in self._lines("keys"):
            yield (uid, model, feature, key), tuple(numbers)

    def _lines(self, part: str) -> Iterator[list[Any]]:
        paths = [f"{self.path}/{part}/{number}" for number in range(self.parts.get(part, 0))]
        for one in database().get_all(paths) if paths else ():
            yield from json.loads(zlib.decompress((one.data or {})["lines"]))


def rolled_up_to() -> str:
    """The slot before which all is rolled up; "" before the first time. One read."""
    return (database().get(STATE).data or {"slot": ""})["slot"]


def rolled_up(days: Sequence[str]) -> list[RolledUp]:
    """One read a day."""
    return [_read(one) for one in database().get_all([f"usageTotals/{day}" for day in days])]


def _read(stored: Snapshot) -> RolledUp:
    data: dict[str, Any] = stored.data or {"totals": [], "parts": {}}
    totals = {
        (one["model"], one["feature"]): tuple(one[name] for name in SUMMED)
        for one in data["totals"]
    }
    return RolledUp(stored.path, totals, data["parts"], stored.version)


def _rewrite(day: str, change: Callable[[Rows], Rows]) -> None:
    """Guarded by what was there, since a sweep and an administrator may do so at once."""
    for attempt in range(TRIES):
        (before,) = rolled_up([day])
        rows = change(dict(before.rows()))
        if not rows:
            return
        if len(rows) > MOST:
            raise FailedPrecondition("day-too-large", day=day, most=MOST)
        try:
            _write(day, rows, before)
        except (AlreadyThere, GuardLost):
            backoff(attempt)
        else:
            return
    raise Contended("sums-being-made")


def _write(day: str, rows: Rows, before: RolledUp) -> None:
    parts = {
        "people": _packed([uid, *numbers] for uid, numbers in summed(rows, _person).items()),
        "rows": _packed([*key[:3], *numbers] for key, numbers in rows.items() if not key[3]),
        "keys": _packed([*key, *numbers] for key, numbers in rows.items() if key[3]),
    }
    totals = summed(rows, of_model_and_feature)
    head: dict[str, Any] = {
        "schemaVersion": SCHEMA_VERSION,
        "day": day,
        "totals": [
            {"model": model, "feature": feature, **dict(zip(SUMMED, numbers, strict=True))}
            for (model, feature), numbers in sorted(totals.items())
        ],
        "parts": {part: len(packed) for part, packed in parts.items()},
        "madeAt": now(),
    }
    unit = database().unit_of_work()
    if before.version is None:
        unit.create(before.path, head)
    else:
        changes = {(name,): value for name, value in head.items()}
        unit.update(before.path, changes, guard=before.version)
    for part, packed in parts.items():
        for number, lines in enumerate(packed):
            unit.merge(f"{before.path}/{part}/{number}", {("lines",): lines})
    unit.commit()


def summed[Of](rows: Rows, of: Callable[[Key], Of]) -> dict[Of, Numbers]:
    sums: dict[Of, Numbers] = {}
    for key, numbers in rows.items():
        sums[of(key)] = plus(sums.get(of(key), NOTHING), numbers)
    return sums


def of_model_and_feature(key: Key) -> tuple[str, str]:
    return key[1:3]


def _person(key: Key) -> str:
    return key[0]


def _packed(lines: Iterable[list[Any]]) -> list[bytes]:
    """Sorted, since what is alike packs well together."""
    return [
        zlib.compress(json.dumps(part, separators=(",", ":")).encode())
        for part in batched(sorted(lines), ROWS, strict=False)
    ]
