"""What everybody used, for who administers: by day, person, model, provider, feature or key.

of all       `usageTotals`, and what of `usageDays` has changed since they were made
of a person  `usageDays` alone: of one person they are few
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Literal

from colonycraft.errors import FailedPrecondition, InvalidArgument, Unavailable
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Query, Where, database
from colonycraft.usage import rollups
from colonycraft.usage.days import SUMMED
from colonycraft.usage.periods import MOST_DAYS
from colonycraft.usage.rollups import (
    NOTHING,
    Key,
    Numbers,
    RolledUp,
    Rows,
    TooMany,
    minus,
    of_model_and_feature,
    plus,
    row_of,
    summed,
)

Dimension = Literal["day", "person", "model", "provider", "feature", "key"]
NO_KEY = "none"
"""Stands for what was used without a key, where sums are of keys."""
MOST_OF_A_PERSON = 5_000
LIVE = 5_000
"""Documents that are read of what is not rolled up yet."""
FROM_CACHE = ("turn", "proxy")
"""The features whose answers are looked for in the cache."""

_CALLS, _MICROS = SUMMED.index("calls"), SUMMED.index("micros")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`first` and `last` are dates (ISO 8601) of TIME_ZONE, both of them included; None is all.
    `key` is the id of a key, or NO_KEY."""

    first: str
    last: str
    by: Dimension
    person: str | None = None
    model: str | None = None
    provider: str | None = None
    feature: str | None = None
    key: str | None = None

    def days(self) -> list[str]:
        """Raises InvalidArgument for none, and for more than MOST_DAYS."""
        first, last = date.fromisoformat(self.first), date.fromisoformat(self.last)
        count = (last - first).days + 1
        if not 0 < count <= MOST_DAYS:
            raise InvalidArgument("days-wrong", most=MOST_DAYS)
        return [(first + timedelta(days=past)).isoformat() for past in range(count)]

    def has(self, model: str, feature: str) -> bool:
        return (
            self.model in (None, model)
            and self.provider in (None, provider_of(model))
            and self.feature in (None, feature)
        )

    def has_key(self, key: str) -> bool:
        return self.key in (None, key or NO_KEY)

    def is_narrowed(self) -> bool:
        return (self.model, self.provider, self.feature) != (None, None, None)


@dataclass(slots=True)
class Summary:
    """`as_of`: all that was settled until then is in it. `looked_up` calls were looked for in the
    cache. `models` and `features` are those of the period, whatever was asked for."""

    wanted: Wanted
    as_of: datetime
    groups: dict[str, Numbers] = field(default_factory=dict[str, Numbers])
    total: Numbers = NOTHING
    looked_up: int = 0
    models: set[str] = field(default_factory=set[str])
    features: set[str] = field(default_factory=set[str])

    def learn(self, totals: Iterable[tuple[str, str]]) -> None:
        for model, feature in totals:
            self.models.add(model)
            self.features.add(feature)

    def ordered(self) -> list[tuple[str, Numbers]]:
        """Days with the last one first, others with the dearest first."""
        if self.wanted.by == "day":
            return sorted(self.groups.items(), reverse=True)
        return sorted(self.groups.items(), key=lambda one: (-one[1][_MICROS], one[0]))

    def add_day(self, day: str, totals: Mapping[tuple[str, str], Numbers]) -> None:
        for (model, feature), numbers in totals.items():
            if not self.wanted.has(model, feature):
                continue
            self.total = plus(self.total, numbers)
            if feature in FROM_CACHE:
                self.looked_up += numbers[_CALLS]
            match self.wanted.by:
                case "day":
                    self.add(day, numbers)
                case "model":
                    self.add(model, numbers)
                case "provider":
                    self.add(provider_of(model), numbers)
                case "feature":
                    self.add(feature, numbers)
                case "person" | "key":
                    pass

    def add_rows(self, rows: Iterable[tuple[Key, Numbers]]) -> None:
        """Groups them by person or key; what has no key is left for `add_rest`."""
        for (uid, model, feature, key), numbers in rows:
            if self.wanted.has(model, feature) and self.wanted.has_key(key):
                if self.wanted.by == "person":
                    self.add(uid, numbers)
                elif key:
                    self.add(key, numbers)

    def add_rest(self) -> None:
        """What of the sum is not of a key."""
        known = reduce(plus, self.groups.values(), NOTHING)
        if (rest := minus(self.total, known)) != NOTHING:
            self.add(NO_KEY, rest)

    def add(self, key: str, numbers: Numbers) -> None:
        self.groups[key] = plus(self.groups.get(key, NOTHING), numbers)


def provider_of(model: str) -> str:
    return model.partition("/")[0]


def summarize(wanted: Wanted) -> Summary:
    """Raises InvalidArgument for a wrong period, FailedPrecondition for more than can be read of a
    person, Unavailable where nothing was rolled up yet."""
    days = wanted.days()
    found = _of_all(wanted, days) if wanted.person is None else _of_person(wanted, days)
    if wanted.by == "key":
        found.add_rest()
    return found


def _of_all(wanted: Wanted, days: list[str]) -> Summary:
    found, fresh = _fresh(wanted)
    for day, known in zip(days, rollups.rolled_up(days), strict=True):
        rows = {**dict(known.rows()), **fresh[day]} if day in fresh else None
        totals = known.totals if rows is None else summed(rows, of_model_and_feature)
        found.learn(totals)
        if wanted.key is not None:
            rows = _with_key(wanted, known if rows is None else rows)
            totals = summed(rows, of_model_and_feature)
        found.add_day(day, totals)
        if wanted.by == "key":
            found.add_rows(known.rows_of_keys() if rows is None else rows.items())
        elif wanted.by == "person" and (rows is not None or wanted.is_narrowed()):
            found.add_rows(known.rows() if rows is None else rows.items())
        elif wanted.by == "person":
            for uid, numbers in known.people():
                found.add(uid, numbers)
    return found


def _with_key(wanted: Wanted, day: RolledUp | Rows) -> Rows:
    """The rows of a day that are of the key; those of others are not read where they lie apart."""
    if isinstance(day, RolledUp):
        return dict(
            one
            for one in (day.rows_without_key() if wanted.key == NO_KEY else day.rows_of_keys())
            if wanted.has_key(one[0][3])
        )
    return {key: numbers for key, numbers in day.items() if wanted.has_key(key[3])}


def _fresh(wanted: Wanted) -> tuple[Summary, dict[str, Rows]]:
    """A summary to be filled, and what has changed since the roll-up. What is too much to be read
    is left out: then it is as of the roll-up."""
    since, at = rollups.rolled_up_to(), now()
    try:
        return Summary(wanted, at), rollups.changed(since, LIVE)
    except TooMany:
        if not since:
            raise Unavailable("sums-not-made") from None
        return Summary(wanted, datetime.fromisoformat(since)), {}


def _of_person(wanted: Wanted, days: list[str]) -> Summary:
    found = Summary(wanted, now())
    query = Query(
        "usageDays",
        where=(
            Where("ownerId", "==", wanted.person),
            Where("day", ">=", days[0]),
            Where("day", "<=", days[-1]),
        ),
        order_by=(("day", "asc"),),
        limit=MOST_OF_A_PERSON + 1,
    )
    stored = database().query(query)
    if len(stored) > MOST_OF_A_PERSON:
        raise FailedPrecondition("sums-too-many")
    for one in stored:
        key, numbers = row_of(one)
        totals = {of_model_and_feature(key): numbers}
        found.learn(totals)
        if not wanted.has_key(key[3]):
            continue
        found.add_day((one.data or {})["day"], totals)
        if wanted.by in ("person", "key"):
            found.add_rows([(key, numbers)])
    return found
