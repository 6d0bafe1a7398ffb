"""What holds for spending: what the settings say, with what an administrator has saved.

    BUDGETS, UNKNOWN_PRICE, CACHE      the deployment's settings
    organisations/workspace            saved in the app (`saved_policy.py`)

Each process remembers for `KNOWN_FOR` seconds what is saved. Of two budgets for the same the
stricter one holds, so that nobody who signs in lifts what the deployment's setting fixes; of the
rest, what was saved holds.
"""

import re
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from functools import cache
from typing import Literal

from colonycraft.errors import Unavailable, setting_wrong
from colonycraft.platform.firestore import Read
from colonycraft.platform.operations import Caller
from colonycraft.platform.settings import settings
from colonycraft.usage.budgets import LARGEST, MICROS, Bank, Budget, bank_of, read_budgets
from colonycraft.usage.saved_policy import SavedPolicy, read_policy

KNOWN_FOR = 5.0
"""Seconds for which what is saved is remembered, from when it was asked for."""
REFUSE, OFF = "refuse", "off"
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_CACHE = re.compile(r"([1-9]\d{0,4})([mhd])( on request)?")


@dataclass(frozen=True, slots=True)
class SpendingPolicy:
    """`unknown_price` is what an attempt at a model of unknown price is charged, in micro-dollars;
    None: it is refused where dollars are counted. `cache` is how long an answer is kept; None:
    there is no cache. `cache_on_request`: only where that is asked for. `keys`: those of people
    work. `batch_summaries`: those may wait. `revision` counts what administrators have saved."""

    budgets: tuple[Budget, ...] = ()
    unknown_price: int | None = None
    cache: timedelta | None = None
    cache_on_request: bool = False
    keys: bool = True
    batch_summaries: bool = False
    revision: int = 0

    def with_saved(self, saved: SavedPolicy) -> "SpendingPolicy":
        rules, table = saved.rules, {one.id: one for one in self.budgets}
        for budget in (rule.budget() for rule in rules.budgets):
            other = table.get(budget.id)
            table[budget.id] = budget if other is None else stricter(other, budget)
        price, kept = rules.unknown_price, rules.cache
        return SpendingPolicy(
            tuple(table.values()),
            self.unknown_price if price is None else price.micros,
            self.cache if kept is None else (timedelta(seconds=kept.seconds) or None),
            self.cache_on_request if kept is None else kept.on_request,
            rules.keys,
            rules.summaries == "batch",
            saved.revision,
        )

    def bank_of(self, budget: Budget, uid: str, at: datetime) -> Bank:
        return bank_of(budget, uid, at, self.revision)

    @property
    def cache_is_for(self) -> Literal["off", "on-request", "on"]:
        if self.cache is None:
            return "off"
        return "on-request" if self.cache_on_request else "on"


def stricter(one: Budget, other: Budget) -> Budget:
    """Of two for the same: one that refuses before one that warns, then the lower limit."""
    return min(one, other, key=lambda budget: (not budget.hard, budget.limit))


@cache
def of_settings() -> SpendingPolicy:
    """Raises NotConfigured: `main.py` asks, so that no process starts with a wrong setting."""
    found = settings()
    return SpendingPolicy(
        tuple(replace(one, fixed=True) for one in read_budgets(found.budgets)),
        read_unknown_price(found.unknown_price),
        *read_cache(found.cache),
    )


def read_unknown_price(setting: str) -> int | None:
    """Micro-dollars; None for `refuse`. Raises NotConfigured for what is neither of them."""
    if setting == REFUSE:
        return None
    wrong = setting_wrong(
        f"UNKNOWN_PRICE: {setting!r} is neither `refuse` nor an amount in dollars."
    )
    try:
        amount = Decimal(setting) * MICROS
        if 0 <= amount <= LARGEST:
            return int(amount)
    except InvalidOperation as error:
        raise wrong from error
    raise wrong


def read_cache(setting: str) -> tuple[timedelta | None, bool]:
    """How long answers are kept, None for `off`, and whether only on request. Raises NotConfigured
    for what is none of it."""
    if setting == OFF:
        return None, False
    found = _CACHE.fullmatch(setting)
    if found is None:
        raise setting_wrong(
            f"CACHE: {setting!r} is neither `off` nor a time such as `30m`, `24h` or "
            "`7d on request`."
        )
    return int(found[1]) * _UNITS[found[2]], found[3] is not None


@dataclass(slots=True, eq=False)
class _Asked:
    """A question for what is saved, and its one answer for all who wait for it."""

    at: float
    read: Read[SavedPolicy]
    policy: SpendingPolicy | None = None
    failed: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_recent(self) -> bool:
        return not self.failed and time.monotonic() < self.at + KNOWN_FOR

    def answer(self) -> SpendingPolicy:
        with self.lock:
            if self.policy is None and not self.failed:
                try:
                    self.policy = of_settings().with_saved(self.read())
                finally:
                    self.failed = self.policy is None
        if self.policy is None:
            raise Unavailable("policy-away")
        return self.policy


_last: _Asked | None = None
_guard = threading.Lock()


def ask() -> None:
    """Asks for what is saved, where it is not remembered, and does not wait."""
    _asked()


def _asked() -> _Asked:
    global _last
    with _guard:
        if _last is None or not _last.is_recent:
            _last = _Asked(time.monotonic(), read_policy())
        return _last


def policy() -> SpendingPolicy:
    """What holds. One read where it is not remembered; raises Unavailable."""
    return _asked().answer()


def learn(saved: SavedPolicy) -> SpendingPolicy:
    """Takes over at once what this process has saved or read; returns what holds."""
    global _last
    asked = _Asked(time.monotonic(), lambda: saved)
    with _guard:
        _last = asked
    return asked.answer()


def forget() -> None:
    """Remembers nothing: between tests."""
    global _last
    with _guard:
        _last = None


def banks(caller: Caller, model: str | None, at: datetime) -> tuple[Bank, ...]:
    """The counts that concern a person at a moment; those that a call of `model` would change.
    Raises Unavailable."""
    holds = policy()
    return tuple(
        holds.bank_of(budget, caller.uid, at)
        for budget in holds.budgets
        if budget.who.concerns(caller) and (model is None or fnmatchcase(model, budget.models))
    )
