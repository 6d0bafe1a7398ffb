"""Budgets and use as they cross the door."""

from datetime import datetime
from typing import Literal

from colonycraft.platform.operations import Model


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


def iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
