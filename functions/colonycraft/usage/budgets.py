"""Budgets: what may be spent, by whom, on what, in which time. From the setting `BUDGETS`.

    BUDGETS=everyone: 20 USD a month; each: 5 USD a day; each: 9 requests a minute, on openai/o*;
            each: 3 at once

`everyone` is one budget that all share, `each` one for every person. A budget with `warn` refuses
nothing. `at once` counts answers while they are written. The count of a budget in one period is a
document, `budgets/{id}`, that no rule opens.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from colonycraft.errors import NotConfigured
from colonycraft.platform.settings import settings
from colonycraft.usage.periods import Period, Span, span_of

Who = Literal["everyone", "each"]
Unit = Literal["USD", "tokens", "requests", "answers"]

MICROS = 1_000_000
LARGEST = 10**15
"""Of any unit; what is counted stays far from the end of 64 bits."""

_BUDGET = re.compile(
    r"(?P<who>everyone|each)\s*:\s*"
    r"(?P<amount>\d+(?:\.\d{1,6})?)\s*(?:(?P<unit>USD|tokens?|requests?)\s+"
    r"(?:(?:an?|per)\s+(?P<period>minute|hour|day|week|month)|for good)|at once)"
    r"(?P<rest>(?:\s*,\s*(?:warn|on\s+\S+))*)"
)


@dataclass(frozen=True, slots=True)
class Budget:
    """`limit` is in micro-dollars, tokens, requests, or answers at once. `models` is a pattern for
    connection/model; `hard` False only warns."""

    who: Who
    limit: int
    unit: Unit
    period: Period
    models: str = "*"
    hard: bool = True

    @property
    def id(self) -> str:
        """The same when its limit is changed: what was spent goes on counting."""
        on = (
            "" if self.models == "*" else "-" + hashlib.sha256(self.models.encode()).hexdigest()[:8]
        )
        return f"{self.who}-{self.unit.lower()}-{self.period}{on}"

    @property
    def text(self) -> str:
        """As people read it."""
        amount = f"{Decimal(self.limit) / MICROS:f}" if self.unit == "USD" else f"{self.limit}"
        article = {"ever": "for good", "hour": "an hour"}.get(self.period, f"a {self.period}")
        if self.unit == "answers":
            article = "at once"
        on = "" if self.models == "*" else f" on {self.models}"
        who = "all together" if self.who == "everyone" else "each person"
        return f"{amount} {self.unit} {article} for {who}{on}"


@dataclass(frozen=True, slots=True)
class Bank:
    """One budget in one period: where it is counted."""

    budget: Budget
    span: Span
    path: str


def read_budgets(text: str) -> tuple[Budget, ...]:
    """Raises NotConfigured with what is wrong."""
    budgets: dict[str, Budget] = {}
    for part in filter(None, (one.strip() for one in text.split(";"))):
        found = _BUDGET.fullmatch(part)
        if found is None:
            raise _wrong(f"{part!r} is no budget; write `each: 5 USD a day` or the like")
        unit = _UNITS[(found["unit"] or "answer").rstrip("s")]
        amount = Decimal(found["amount"]) * (MICROS if unit == "USD" else 1)
        if amount != int(amount) or amount > LARGEST:
            raise _wrong(f"{found['amount']} {unit} is no amount that can be counted")
        extras = [one.strip() for one in found["rest"].split(",") if one.strip()]
        patterns = [one.split()[1] for one in extras if one != "warn"]
        if len(patterns) > 1:
            raise _wrong(f"{part!r} names two patterns; write two budgets")
        budget = Budget(
            "everyone" if found["who"] == "everyone" else "each",
            int(amount),
            unit,
            _PERIODS[found["period"] or "ever"],
            patterns[0] if patterns else "*",
            hard="warn" not in extras,
        )
        if budget.id in budgets:
            raise _wrong(f"{part!r} and {budgets[budget.id].text!r} are for the same")
        budgets[budget.id] = budget
    return tuple(budgets.values())


_UNITS: dict[str, Unit] = {
    "USD": "USD",
    "token": "tokens",
    "request": "requests",
    "answer": "answers",
}
_PERIODS: dict[str, Period] = {
    "minute": "minute",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "ever": "ever",
}


@cache
def budgets() -> tuple[Budget, ...]:
    """Those of the deployment. Raises NotConfigured: `main.py` asks, so that no process starts
    with a wrong setting."""
    return read_budgets(settings().budgets)


@cache
def time_zone() -> ZoneInfo:
    """Where days and months begin. Raises NotConfigured."""
    name = settings().time_zone
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise NotConfigured(f"TIME_ZONE: there is no time zone called {name}.") from error


def banks(uid: str, model: str | None, at: datetime) -> tuple[Bank, ...]:
    """The counts that concern a person at a moment; those that a call of `model` would change."""
    return tuple(
        bank_of(budget, uid, at)
        for budget in budgets()
        if model is None or fnmatchcase(model, budget.models)
    )


def bank_of(budget: Budget, uid: str, at: datetime) -> Bank:
    span = span_of(budget.period, at, time_zone())
    # A person's id may be any text.
    subject = "all" if budget.who == "everyone" else _hash(uid)[:32]
    return Bank(budget, span, f"budgets/{budget.id}.{subject}.{span.key}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _wrong(what: str) -> NotConfigured:
    return NotConfigured(f"BUDGETS: {what}.")
