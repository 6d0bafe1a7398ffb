"""The ledger: `ledger/{id}`, one document for each attempt at a call of a model. No rule opens it.

    reserve ── open ── settle ──> settled     what it cost, as reported or estimated
                         └──────> released    the model was not asked, or refused at once

What waits in a batch is `batched` instead of open: it may take a day, and whose batch it is settles
it (`calls/batches.py`).

What is reserved is never changed, what is settled is written once; a correction is an entry of its
own (`correctionOf`). Amounts are integers: micro-dollars, tokens, requests, answers.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Query, Snapshot, UnitOfWork, Where, database
from colonycraft.platform.operations import Caller
from colonycraft.usage.budgets import Bank, Unit
from colonycraft.usage.prices import WorstPrice

SCHEMA_VERSION = 1
FORGOTTEN = timedelta(minutes=10)
"""An entry that is open for longer than any call may take has lost its process."""

PAGE = 500

OPEN, BATCHED = "open", "batched"

Feature = Literal["turn", "title", "summary", "batch-summary", "proxy", "embedding"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an attempt may take at most. `price` None: it is unknown, and `flat` is reserved.

    `output_tokens` may be lowered to what the budgets have left, down to `least_output`. `batch` is
    the id of the entry, where it is asked in a batch.
    """

    caller: Caller
    feature: Feature
    model: str
    input_tokens: int
    estimated_input: int
    output_tokens: int
    least_output: int
    price: WorstPrice | None
    price_list: str
    flat: int = 0
    requests: int = 1
    answers: int = 1
    conversation_id: str | None = None
    run_id: str | None = None
    banks: tuple[Bank, ...] = ()
    batch: str | None = None

    def amount(self, unit: Unit, output_tokens: int) -> int:
        match unit:
            case "USD":
                return cost_of(self.price, self.flat, self.input_tokens, output_tokens)
            case "tokens":
                return self.input_tokens + output_tokens
            case "requests":
                return self.requests
            case "answers":
                return self.answers

    def most_output(self, unit: Unit, left: int) -> int:
        """The output tokens that this much of a budget allows; negative when it allows no call."""
        fixed = self.amount(unit, 0)
        if fixed > left:
            return -1
        match unit:
            case "USD" if self.price is not None and self.price.output:
                return (left - fixed) * 1_000_000 // self.price.output
            case "tokens":
                return left - fixed
            case _:
                return self.output_tokens


def cost_of(price: WorstPrice | None, flat: int, input_tokens: int, output_tokens: int) -> int:
    """Micro-dollars, rounded up."""
    if price is None:
        return flat
    tokens = -(-(input_tokens * price.input + output_tokens * price.output) // 1_000_000)
    return tokens + price.time


@dataclass(frozen=True, slots=True)
class Amounts:
    """What was used, or is reserved. Counts that nobody knows are 0 here, and
    `Settlement.estimated` says so. `answers` are those being written: none of what has ended."""

    micros: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    requests: int = 0
    cached_input_tokens: int = 0
    cache_write_tokens: int = 0
    reasoning_tokens: int = 0
    answers: int = 0

    def of(self, unit: Unit) -> int:
        match unit:
            case "USD":
                return self.micros
            case "tokens":
                return self.input_tokens + self.output_tokens
            case "requests":
                return self.requests
            case "answers":
                return self.answers

    def minus(self, other: "Amounts") -> "Amounts":
        return Amounts(*(getattr(self, name) - getattr(other, name) for name in Amounts.__slots__))

    def stored(self) -> dict[str, int]:
        return {NAMES[name]: getattr(self, name) for name in Amounts.__slots__}


NAMES = {
    "micros": "micros",
    "input_tokens": "inputTokens",
    "output_tokens": "outputTokens",
    "requests": "requests",
    "cached_input_tokens": "cachedInputTokens",
    "cache_write_tokens": "cacheWriteTokens",
    "reasoning_tokens": "reasoningTokens",
    "answers": "answers",
}


@dataclass(frozen=True, slots=True)
class Settlement:
    """`released`: nothing was used. `estimated`: not all of it is what a provider reported.
    `saved`: the answer came from the cache, which saved so many micro-dollars."""

    used: Amounts = field(default_factory=Amounts)
    estimated: bool = False
    released: bool = False
    saved: int | None = None


@dataclass(slots=True)
class Entry:
    """An attempt in the ledger. `counted` says on which budgets, in which unit; `version` guards
    its settlement, None while it is not stored."""

    id: str
    caller: Caller
    feature: Feature
    model: str
    conversation_id: str | None
    run_id: str | None
    counted: tuple[tuple[str, Unit], ...]
    reserved: Amounts
    estimated_input: int
    price_list: str
    at: datetime
    version: Any = None
    batch: bool = False

    @property
    def path(self) -> str:
        return path_of(self.id)

    def create(self, unit: UnitOfWork) -> None:
        state = BATCHED if self.batch else OPEN
        unit.create(self.path, {**self._common(), "state": state, "settledAt": None})

    def settle(self, unit: UnitOfWork, settlement: Settlement, token: str) -> None:
        """The unit's commit raises GuardLost when it has been settled by somebody else,
        AlreadyThere when it is stored and this process does not know it."""
        end = {
            "state": "released" if settlement.released else "settled",
            "settledAt": now(),
            "settledBy": token,
            "used": settlement.used.stored(),
            "estimated": settlement.estimated,
        }
        if settlement.saved is not None:
            end |= {"cached": True, "savedMicros": settlement.saved}
        if self.version is None:
            unit.create(self.path, {**self._common(), **end})
        else:
            changes = {(name,): value for name, value in end.items()}
            unit.update(self.path, changes, guard=self.version)

    def correct(
        self, unit: UnitOfWork, difference: Amounts, token: str, *, estimated: bool
    ) -> None:
        unit.create(
            f"{self.path}.{token}",
            {
                **self._common(),
                "reserved": Amounts().stored(),
                "correctionOf": self.id,
                "state": "settled",
                "settledAt": now(),
                "settledBy": token,
                "used": difference.stored(),
                "estimated": estimated,
            },
        )

    def _common(self) -> dict[str, Any]:
        return {
            "orgId": self.caller.org_id,
            "ownerId": self.caller.uid,
            "keyId": self.caller.key,
            "schemaVersion": SCHEMA_VERSION,
            "feature": self.feature,
            "model": self.model,
            "conversationId": self.conversation_id,
            "runId": self.run_id,
            "counted": [{"budget": path, "unit": unit} for path, unit in self.counted],
            "reserved": self.reserved.stored(),
            "estimatedInput": self.estimated_input,
            "priceList": self.price_list,
            "createdAt": self.at,
            **({"batch": True} if self.batch else {}),
        }


def path_of(id: str) -> str:
    return f"ledger/{id}"


def is_open(stored: Snapshot) -> bool:
    return stored.data is not None and stored.data["state"] in (OPEN, BATCHED)


def entry_of(
    draft: Draft, output_tokens: int, at: datetime, places: Sequence[str] | None = None
) -> Entry:
    """`places`: where each of its banks is counted; themselves by default."""
    if places is None:
        places = [bank.path for bank in draft.banks]
    return Entry(
        draft.batch or uuid.uuid4().hex,
        draft.caller,
        draft.feature,
        draft.model,
        draft.conversation_id,
        draft.run_id,
        tuple((place, bank.budget.unit) for place, bank in zip(places, draft.banks, strict=True)),
        Amounts(
            draft.amount("USD", output_tokens),
            draft.input_tokens,
            output_tokens,
            draft.requests,
            answers=draft.answers,
        ),
        draft.estimated_input,
        draft.price_list,
        at,
        batch=draft.batch is not None,
    )


def read(stored: Snapshot) -> Entry:
    data: dict[str, Any] = stored.data or {}
    return Entry(
        stored.id,
        Caller.of(data),
        data["feature"],
        data["model"],
        data["conversationId"],
        data["runId"],
        tuple((one["budget"], one["unit"]) for one in data["counted"]),
        amounts(data["reserved"]),
        data["estimatedInput"],
        data["priceList"],
        data["createdAt"],
        stored.version,
        data.get("batch", False),
    )


def amounts(stored: Mapping[str, int]) -> Amounts:
    return Amounts(**{name: stored[key] for name, key in NAMES.items()})


def open_of_run(run_id: str) -> list[Entry]:
    """The attempts of a run that nobody has settled."""
    return _read_open((Where("runId", "==", run_id), Where("state", "==", OPEN)))


def forgotten(limit: int = 200) -> list[Entry]:
    """Open for longer than any call takes."""
    old = Where("createdAt", "<", now() - FORGOTTEN)
    return _read_open((Where("state", "==", OPEN), old), (("createdAt", "asc"),), limit)


def settled_between(start: datetime, end: datetime) -> Iterator[Snapshot]:
    """The entries and corrections of attempts that began from `start` up to `end`, page by page."""
    at, told, limit = start, set[str](), PAGE
    while True:
        page: Sequence[Snapshot] = database().query(
            Query(
                "ledger",
                where=(
                    Where("state", "==", "settled"),
                    Where("createdAt", ">=", at),
                    Where("createdAt", "<", end),
                ),
                order_by=(("createdAt", "asc"),),
                limit=limit,
            )
        )
        yield from (one for one in page if one.id not in told)
        if len(page) < limit:
            return
        last: datetime = (page[-1].data or {})["createdAt"]
        # Of one moment there may be more than a page: it is asked for again, with more of it.
        limit = limit * 2 if last == at else PAGE
        told = {one.id for one in page if (one.data or {})["createdAt"] == last}
        at = last


def _read_open(
    where: tuple[Where, ...],
    order_by: tuple[tuple[str, Literal["asc", "desc"]], ...] = (),
    limit: int | None = None,
) -> list[Entry]:
    found: Sequence[Snapshot] = database().query(
        Query("ledger", where=where, order_by=order_by, limit=limit)
    )
    return [read(one) for one in found]
