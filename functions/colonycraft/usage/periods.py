"""Minutes, hours, days, weeks and months as a budget counts them, in a time zone. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Period = Literal["minute", "hour", "day", "week", "month", "ever"]
PERIODS: tuple[Period, ...] = get_args(Period)
MOST_DAYS = 93
"""Days that can be looked at together: a quarter of a year."""


@dataclass(frozen=True, slots=True)
class Span:
    """One period: from `start` up to `end`, in UTC; both None for one that never ends."""

    start: datetime | None
    end: datetime | None

    @property
    def key(self) -> str:
        """A name that no other span of the same length has."""
        return "ever" if self.start is None else self.start.strftime("%Y%m%dT%H%MZ")


def span_of(period: Period, at: datetime, zone: ZoneInfo) -> Span:
    """The period that holds a moment. A day has 23 or 25 hours where clocks are changed; a week
    begins on Monday."""
    if period == "ever":
        return Span(None, None)
    local = at.astimezone(zone)
    if period in ("minute", "hour"):
        whole = timedelta(hours=1) if period == "hour" else timedelta(minutes=1)
        past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        begin = (at - past % whole).astimezone(UTC)
        return Span(begin, begin + whole)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if period == "day":
        first, next_one = midnight, midnight + timedelta(days=1)
    elif period == "week":
        first = midnight - timedelta(days=midnight.weekday())
        next_one = first + timedelta(days=7)
    else:
        first = midnight.replace(day=1)
        next_one = (first + timedelta(days=32)).replace(day=1)
    # Arithmetic on local times is by the wall clock, which is what is meant here.
    return Span(first.astimezone(UTC), next_one.astimezone(UTC))


def day_of(at: datetime, zone: ZoneInfo) -> str:
    """The date (ISO 8601) of a moment."""
    return at.astimezone(zone).date().isoformat()
