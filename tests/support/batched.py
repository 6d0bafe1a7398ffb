"""What waits in a batch in tests: conversations that are long, time, and what is billed."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from colonycraft.chat import handover, worker
from colonycraft.platform import clock
from colonycraft.platform.firestore import Firestore, Query, Where
from colonycraft.platform.operations import Caller
from support.batch_provider import BatchProvider
from support.turns import ask, question

MODEL = "gpt-4o-mini"
IN, OUT = Decimal("0.15"), Decimal("0.60")
"""Dollars a million tokens, when it is asked at once."""
LONG = "A lease ends by itself. " * 220
BATCH = "batch-summary"


@dataclass
class Clock:
    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        return clock.now() + self.ahead

    def later(self, **time: float) -> None:
        self.ahead += timedelta(**time)


def long_conversation(caller: Caller) -> str:
    """Of which something is to be summed up after its last answer, and not before."""
    conversation = str(uuid.uuid4())
    for number in range(5):
        ask(caller, question(conversation, LONG, new=number == 0, model=MODEL))
    return conversation


def look(conversation: str) -> None:
    worker.WORK[handover.LOOK]({"batchId": conversation})


def entries(store: Firestore, caller: Caller, feature: str = BATCH) -> list[dict[str, Any]]:
    found = store.query(Query("ledger", where=(Where("ownerId", "==", caller.uid),)))
    return [data for one in found if (data := one.data) and data["feature"] == feature]


def half(tokens: list[int]) -> int:
    """Micro-dollars that the provider bills for input and output tokens."""
    price = (tokens[0] * IN + tokens[1] * OUT) / 2
    return int(price.quantize(Decimal(1), ROUND_HALF_UP))


def assert_nothing_left(store: Firestore, provider: BatchProvider, caller: Caller) -> None:
    assert store.query(Query("batches")) == []
    assert all(one["state"] in ("settled", "released") for one in entries(store, caller))
    assert provider.state()["files"] == []


def assert_counted_as_reserved(store: Firestore, caller: Caller) -> None:
    """Nobody knows what was used: as much as it may have been."""
    (entry,) = entries(store, caller)
    assert (entry["used"]["micros"], entry["estimated"]) == (entry["reserved"]["micros"], True)
