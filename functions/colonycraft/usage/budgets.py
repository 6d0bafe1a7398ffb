"""Budgets: what may be spent, by whom, on what, in which time; as the setting `BUDGETS` has them.

    BUDGETS=everyone: 20 USD a month; each: 5 USD a day; each: 9 requests a minute, on openai/o*;
            each: 3 at once; guests: 5 USD a month; each group:sales: 2 USD a day;
            ada@example.com: 9 USD a day

`everyone` is one budget that all share, `each` one for every person; so are `guests` and
`each guest`, the same of members and admins, and of a group. An e-mail is one person alone, whose
address must be verified. A budget with `warn` refuses nothing. `at once` counts answers while they
are written. The count of a budget in one period is a document, `budgets/{id}`, that no rule opens.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from colonycraft.errors import NotConfigured, setting_wrong
from colonycraft.platform.operations import ROLES, Caller, Role, mailbox_of
from colonycraft.platform.settings import settings
from colonycraft.usage.periods import Period, Span, span_of

Unit = Literal["USD", "tokens", "requests", "answers"]

MICROS = 1_000_000
LARGEST = 10**15
"""Of any unit; what is counted stays far from the end of 64 bits."""

_BUDGET = re.compile(
    r"(?P<who>everyone|(?P<each>each)(?:\s+(?P<one>guest|member|admin))?"
    r"|(?P<all>guests|members|admins)"
    r"|(?:(?P<each_of>each)\s+)?group:(?P<group>[^\s:;,@]{1,64})"
    r"|(?P<email>[^\s:;,@]+@[^\s:;,@]+))\s*:\s*"
    r"(?P<amount>\d+(?:\.\d{1,6})?)\s*(?:(?P<unit>USD|tokens?|requests?)\s+"
    r"(?:(?:an?|per)\s+(?P<period>minute|hour|day|week|month)|for good)|at once)"
    r"(?P<rest>(?:\s*,\s*(?:warn|on\s+\S+))*)"
)


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose budget it is: of all where nothing is named, else of a role, of a group, of the one
    person with an e-mail, or of the one key with an id. `shared`: it is one for all of them, else
    one for each."""

    shared: bool
    role: Role | None = None
    group: str | None = None
    email: str | None = None
    key: str | None = None

    def concerns(self, caller: Caller) -> bool:
        if self.key is not None:
            return caller.key == self.key
        if self.email is not None:
            return caller.mailbox == mailbox_of(self.email)
        if self.group is not None:
            return self.group in caller.groups
        return self.role is None or caller.role == self.role

    @property
    def setting(self) -> str:
        """As the setting has it."""
        match self:
            case Whom(key=str(key)):
                return f"key:{key}"
            case Whom(email=str(email)):
                return email
            case Whom(group=str(group)):
                return f"group:{group}" if self.shared else f"each group:{group}"
            case Whom(role=str(role)):
                return f"{role}s" if self.shared else f"each {role}"
            case _:
                return "everyone" if self.shared else "each"

    @property
    def name(self) -> str:
        """For the ids of documents."""
        match self:
            case Whom(key=str(key)):
                return f"key-{key}"
            case Whom(email=str(email)):
                return f"person-{mailbox_of(email)[:12]}"
            case Whom(group=str(group)):
                return f"{'group' if self.shared else 'each-group'}-{_hash(group)[:12]}"
            case _:
                return self.setting.replace(" ", "-")

    @property
    def text(self) -> str:
        match self:
            case Whom(key=str(key)):
                return f"the key {key}"
            case Whom(email=str(email)):
                return email
            case Whom(group=str(group)):
                return f"the group {group}" if self.shared else f"each person of the group {group}"
            case Whom(role=str(role)):
                return f"all {role}s together" if self.shared else f"each {role}"
            case _:
                return "all together" if self.shared else "each person"


EVERYONE, EACH = Whom(shared=True), Whom(shared=False)


@dataclass(frozen=True, slots=True)
class Budget:
    """`limit` is in micro-dollars, tokens, requests, or answers at once. `models` is a pattern for
    connection/model; `hard` False only warns. `fixed`: the deployment's setting says so, and no
    administrator can raise it."""

    who: Whom
    limit: int
    unit: Unit
    period: Period
    models: str = "*"
    hard: bool = True
    fixed: bool = False

    @property
    def id(self) -> str:
        """The same when its limit is changed: what was spent goes on counting."""
        on = (
            "" if self.models == "*" else "-" + hashlib.sha256(self.models.encode()).hexdigest()[:8]
        )
        return f"{self.who.name}-{self.unit.lower()}-{self.period}{on}"

    @property
    def text(self) -> str:
        """As people read it."""
        amount = f"{Decimal(self.limit) / MICROS:f}" if self.unit == "USD" else f"{self.limit}"
        unit = self.unit if self.unit == "USD" or self.limit != 1 else self.unit.removesuffix("s")
        article = {"ever": "for good", "hour": "an hour"}.get(self.period, f"a {self.period}")
        if self.unit == "answers":
            article = "at once"
        on = "" if self.models == "*" else f" on {self.models}"
        return f"{amount} {unit} {article} for {self.who.text}{on}"


@dataclass(frozen=True, slots=True)
class Bank:
    """One budget in one period: where it is counted. `revision` is that of the policy
    which the budget is of (`spending.py`)."""

    budget: Budget
    span: Span
    path: str
    revision: int = 0


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
            _whom(found),
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


def _whom(found: re.Match[str]) -> Whom:
    each = bool(found["each"] or found["each_of"])
    role = found["one"] or (found["all"] or "").removesuffix("s")
    email = found["email"]
    return Whom(
        not each,
        _ROLES.get(role),
        found["group"],
        None if email is None else email.lower(),
    )


_ROLES: dict[str, Role] = {one: one for one in ROLES}
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
def time_zone() -> ZoneInfo:
    """Where days and months begin. Raises NotConfigured."""
    name = settings().time_zone
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise setting_wrong(f"TIME_ZONE: there is no time zone called {name}.") from error


def bank_of(budget: Budget, uid: str, at: datetime, revision: int = 0) -> Bank:
    subject = None if budget.who.shared else uid
    # Each call asks for its banks, and no period begins or ends within a minute.
    return _bank_of(budget, subject, at.replace(second=0, microsecond=0), time_zone(), revision)


@lru_cache(maxsize=1_000)
def _bank_of(
    budget: Budget, uid: str | None, minute: datetime, zone: ZoneInfo, revision: int
) -> Bank:
    span = span_of(budget.period, minute, zone)
    # A person's id may be any text.
    subject = "all" if uid is None else _hash(uid)[:32]
    return Bank(budget, span, f"budgets/{budget.id}.{subject}.{span.key}", revision)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _wrong(what: str) -> NotConfigured:
    return setting_wrong(f"BUDGETS: {what}.")
