"""What we counted beside what a provider did, by day and model.

A provider's days are UTC's. Ours come from `usageDays` where TIME_ZONE is UTC, and else from the
ledger, whose entries know their moment.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from colonycraft.errors import FailedPrecondition, InvalidArgument
from colonycraft.platform.firestore import Query, Where, database
from colonycraft.usage import ledger
from colonycraft.usage.budgets import time_zone
from colonycraft.usage.exports import Export, Kind
from colonycraft.usage.periods import MOST_DAYS

MOST = 50_000
"""Sums or entries of ours that are read."""
ALL = "all models"
OTHER = "other"

_DATED = re.compile(r"-(?:\d{8}|\d{4}-\d{2}-\d{2}|latest)$")


@dataclass(slots=True)
class Use:
    """In micro-dollars and tokens."""

    micros: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    def add(self, other: "Use") -> None:
        self.micros += other.micros
        self.input_tokens += other.input_tokens
        self.output_tokens += other.output_tokens


@dataclass(frozen=True, slots=True)
class Line:
    day: str
    model: str
    ours: Use
    theirs: Use


@dataclass(frozen=True, slots=True)
class Reconciled:
    """`kind` says what is known of theirs: micro-dollars, or tokens."""

    kind: Kind
    lines: tuple[Line, ...]


def reconcile(export: Export, connection: str) -> Reconciled:
    """All days from the first of the export to its last. Raises InvalidArgument, FailedPrecondition
    when that is more than can be read."""
    if not export.days:
        return Reconciled(export.kind, ())
    first, last = min(export.days), max(export.days)
    if date.fromisoformat(last) - date.fromisoformat(first) >= timedelta(days=MOST_DAYS):
        raise InvalidArgument("report-days", most=MOST_DAYS)
    by_model = any(row.model is not None for row in export.rows)
    names: dict[str, str] = {}

    def key_of(day: str, model: str | None) -> tuple[str, str]:
        if not by_model:
            model = ALL
        key = family(model or OTHER)
        names.setdefault(key, model or OTHER)
        return day, key

    ours: defaultdict[tuple[str, str], Use] = defaultdict(Use)
    for day, model, use in sums_of_ours(first, last):
        at, _, name = model.partition("/")
        if at == connection:
            ours[key_of(day, name)].add(use)
    theirs: defaultdict[tuple[str, str], Use] = defaultdict(Use)
    dollars: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in export.rows:
        key = key_of(row.day, row.model)
        theirs[key].add(Use(0, row.input_tokens or 0, row.output_tokens or 0))
        dollars[key] += row.dollars or 0
    for key, amount in dollars.items():
        theirs[key].micros = int((amount * 1_000_000).quantize(Decimal(1), ROUND_HALF_UP))
    lines = (
        Line(day, names[key], ours[day, key], theirs[day, key])
        for day, key in sorted({*ours, *theirs})
    )
    return Reconciled(export.kind, tuple(lines))


def family(model: str) -> str:
    """What a model's names have in common: `Claude Haiku 4.5`, `claude-haiku-4-5-20251001`."""
    return _DATED.sub("", re.sub(r"[\s.]+", "-", model.strip().lower()))


def sums_of_ours(first: str, last: str) -> Iterable[tuple[str, str, Use]]:
    """Day, connection/model, and use."""
    if str(time_zone()) == "UTC":
        days = (Where("day", ">=", first), Where("day", "<=", last))
        query = Query("usageDays", where=days, order_by=(("day", "asc"),), limit=MOST + 1)
        found = [one.data or {} for one in database().query(query)]
        if len(found) > MOST:
            raise _too_much()
        for data in found:
            use = Use(data["micros"], data["inputTokens"], data["outputTokens"])
            yield data["day"], data["model"], use
        return
    start, end = (
        datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) for day in (first, last)
    )
    for count, one in enumerate(ledger.settled_between(start, end + timedelta(days=1))):
        if count == MOST:
            raise _too_much()
        data = one.data or {}
        used = ledger.amounts(data["used"])
        day = data["createdAt"].astimezone(UTC).date().isoformat()
        yield day, data["model"], Use(used.micros, used.input_tokens, used.output_tokens)


def _too_much() -> FailedPrecondition:
    return FailedPrecondition("report-sums", most=MOST)
