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
    budgets: list[BudgetLeft]
    time_zone: str


class RebuildDay(Model):
    """`day` is one of the time zone TIME_ZONE. Without `repair` nothing is changed."""

    day: DayName
    repair: bool = False


class DayDifference(Model):
    """One number of one person's sums. `ledger` is what it should be."""

    owner_id: str
    model: str
    feature: str
    name: str
    ledger: int
    stored: int


class RebuiltDay(Model):
    """`entries` of the ledger were summed. `moving` is how many sums changed meanwhile and were
    left alone; `repaired` how many were put right."""

    day: str
    entries: int
    differences: list[DayDifference]
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


def iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
