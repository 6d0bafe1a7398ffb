"""Budgets and use as they cross the door."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from colonycraft.platform.operations import Model


def _a_date(text: str) -> str:
    date.fromisoformat(text)
    return text


DayName = Annotated[str, Field(pattern=r"^20\d\d-\d\d-\d\d$"), AfterValidator(_a_date)]
"""A date (ISO 8601)."""


class BudgetLeft(Model):
    """`who` is as the setting BUDGETS has it. `limit`, `used` and `reserved` are in micro-dollars,
    tokens, requests or answers. `reserved` is for answers that are being written; `renews_at`
    (ISO 8601) None: never."""

    id: str
    text: str
    who: str
    unit: Literal["USD", "tokens", "requests", "answers"]
    period: Literal["minute", "hour", "day", "week", "month", "ever"]
    models: str
    hard: bool
    limit: int
    used: int
    reserved: int
    renews_at: str | None


class BudgetList(Model):
    """`cache`: whether answers that were made before may do here, and for whom."""

    budgets: list[BudgetLeft]
    time_zone: str
    cache: Literal["off", "on-request", "on"]


class RebuildDay(Model):
    """`day` is one of the time zone TIME_ZONE. Without `repair` nothing is changed."""

    day: DayName
    repair: bool = False


class DayDifference(Model):
    """One number of one person's sums. `ledger` is what it should be."""

    owner_id: str
    model: str
    feature: str
    key_id: str | None
    name: str
    ledger: int
    stored: int


class NamedPerson(Model):
    """Name and e-mail as far as they are known; who has gone has none."""

    id: str
    name: str | None
    email: str | None


class RebuiltDay(Model):
    """`entries` of the ledger were summed. `moving` is how many sums changed meanwhile and were
    left alone; `repaired` how many were put right. `people` are at most 100 of the differences'."""

    day: str
    entries: int
    differences: list[DayDifference]
    people: list[NamedPerson]
    moving: int
    repaired: int


LARGEST_EXPORT = 2 * 1024 * 1024
"""Characters."""


class ReconcileExport(Model):
    """`text` is a provider's report as its API or its console gives it, JSON or CSV. `connection`
    is the one that it is of, None: the provider's own."""

    text: Annotated[str, Field(max_length=LARGEST_EXPORT)]
    connection: Annotated[str, Field(max_length=100)] | None = None


class Figures(Model):
    """Micro-dollars and tokens; None is what a report does not tell."""

    micros: int | None
    input_tokens: int | None
    output_tokens: int | None


class ReconciledLine(Model):
    """One day (UTC) of one model. `difference` is ours less theirs."""

    day: str
    model: str
    ours: Figures
    theirs: Figures
    difference: Figures


class Reconciliation(Model):
    """`complete` False: the report has further pages. The last three are of all lines together."""

    provider: Literal["openai", "anthropic"]
    kind: Literal["costs", "usage"]
    complete: bool
    lines: list[ReconciledLine]
    ours: Figures
    theirs: Figures
    difference: Figures


Name = Annotated[str, Field(min_length=1, max_length=200)]


class SummarizeUsage(Model):
    """Days of TIME_ZONE from the first to the last, both included, at most 93. What is named beside
    them narrows the sums, None: all. A provider is the part of a model's name before the slash, a
    key is named by its id, and `none` is what was used without one."""

    first_day: DayName
    last_day: DayName
    by: Literal["day", "person", "model", "provider", "feature", "key"]
    person: Annotated[str, Field(min_length=1, max_length=128)] | None = None
    model: Name | None = None
    provider: Name | None = None
    feature: Name | None = None
    key: Annotated[str, Field(pattern=r"^([0-9a-f]{20}|none)$")] | None = None


class UsageSums(Model):
    """As a day of usage has them: micro-dollars, tokens, counts."""

    calls: int
    requests: int
    input_tokens: int
    output_tokens: int
    cached_input_tokens: int
    cache_write_tokens: int
    reasoning_tokens: int
    micros: int
    estimated_micros: int
    cache_hits: int
    saved_micros: int


class UsageGroup(UsageSums):
    """`key` is a day, the id of a person or of a key, or a name."""

    key: str


class UsageSummary(Model):
    """At most 100 groups, the last days or the dearest first; `others` has the rest, `other_groups`
    of them. All that was settled until `as_of` (ISO 8601) is in it. `looked_up` calls were looked
    for in the cache. `models` and `features` are those of the period, whatever was asked for;
    `people` are those of the groups and of the request."""

    as_of: str
    groups: list[UsageGroup]
    others: UsageSums
    other_groups: int
    total: UsageSums
    looked_up: int
    models: list[str]
    features: list[str]
    people: list[NamedPerson]


def iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
