"""What everybody used, for who administers: by day, person, model, provider or feature.

of all       `usageTotals`, and what of `usageDays` has changed since they were made
of a person  `usageDays` alone: of one person they are few
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
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
    Rows,
    TooMany,
    of_model_and_feature,
    plus,
    row_of,
    summed,
)

Dimension = Literal["day", "person", "model", "provider", "feature"]
MOST_OF_A_PERSON = 5_000
LIVE = 5_000
"""Documents that are read of what is not rolled up yet."""
FROM_CACHE = ("turn", "proxy")
"""The features whose answers are looked for in the cache."""

_CALLS, _MICROS = SUMMED.index("calls"), SUMMED.index("micros")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`first` and `last` are dates (ISO 8601) of TIME_ZONE, both of them included; None is all."""

    first: str
    last: str
    by: Dimension
    person: str | None = None
    model: str | None = None
    provider: str | None = None
    feature: str | None = None

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

    def ordered(self) -> list[tuple[str, Numbers]]:
        """Days with the last one first, others with the dearest first."""
        if self.wanted.by == "day":
            return sorted(self.groups.items(), reverse=True)
        return sorted(self.groups.items(), key=lambda one: (-one[1][_MICROS], one[0]))

    def add_day(self, day: str, totals: Mapping[tuple[str, str], Numbers]) -> None:
        for (model, feature), numbers in totals.items():
            self.models.add(model)
            self.features.add(feature)
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
                case "person":
                    pass

    def add_rows(self, rows: Iterable[tuple[Key, Numbers]]) -> None:
        for (uid, model, feature), numbers in rows:
            if self.wanted.has(model, feature):
                self.add(uid, numbers)

    def add(self, key: str, numbers: Numbers) -> None:
        self.groups[key] = plus(self.groups.get(key, NOTHING), numbers)


def provider_of(model: str) -> str:
    return model.partition("/")[0]


def summarize(wanted: Wanted) -> Summary:
    """Raises InvalidArgument for a wrong period, FailedPrecondition for more than can be read of a
    person, Unavailable where nothing was rolled up yet."""
    days = wanted.days()
    return _of_all(wanted, days) if wanted.person is None else _of_person(wanted, days)


def _of_all(wanted: Wanted, days: list[str]) -> Summary:
    found, fresh = _fresh(wanted)
    for day, known in zip(days, rollups.rolled_up(days), strict=True):
        rows: Rows | None = None
        if day in fresh:
            rows = {**dict(known.rows()), **fresh[day]}
        found.add_day(day, known.totals if rows is None else summed(rows, of_model_and_feature))
        if wanted.by != "person":
            continue
        if rows is not None:
            found.add_rows(rows.items())
        elif wanted.is_narrowed():
            found.add_rows(known.rows())
        else:
            for uid, numbers in known.people():
                found.add(uid, numbers)
    return found


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
        found.add_day((one.data or {})["day"], {key[1:]: numbers})
        if wanted.by == "person":
            found.add_rows([(key, numbers)])
    return found
