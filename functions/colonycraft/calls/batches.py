"""Requests that may wait: asked in a batch, for half of the price, and answered within a day.

    submit    a record ── reserved ── sent ── the record says what the provider calls it
    collect   ended: settled and read ── not ended: looked at again ── not wanted: cancelled
    close     removed at the provider, then here

The record comes first and goes last, and each step may be done twice: wherever a process is lost,
whoever claims the record next goes on from there.
"""

import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from colonycraft import llm
from colonycraft.calls.account import Account, LedgerHold, settlement_of
from colonycraft.calls.batch_records import SENT_WITHIN, Batch, claim, due
from colonycraft.calls.catalogue import Choice, resolve
from colonycraft.calls.records import AttemptRecord
from colonycraft.errors import (
    ColonyCraftError,
    Contended,
    MalformedResponse,
    ProviderError,
    Unavailable,
)
from colonycraft.llm.port import Completion, ModelRequest
from colonycraft.platform import log
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import AlreadyThere, GuardLost, database
from colonycraft.usage import ledger, prices, spending
from colonycraft.usage.ledger import Entry, Settlement
from colonycraft.usage.teller import teller

__all__ = ["Batch", "Ended", "claim", "close", "collect", "due", "may_wait", "submit"]

CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Ended:
    """A batch that has ended; `answer` None: without one that can be used."""

    answer: Completion | None = None


def may_wait(choice: Choice) -> bool:
    """Whether administrators want batches, and this model takes them for half of its price. Does
    not raise."""
    try:
        wanted = spending.policy().batch_summaries
    except Unavailable:
        return False
    lists = llm.price_lists(choice.connection, choice.model)
    takes = llm.batches.takes_batches(choice.connection)
    return wanted and takes and prices.is_halved(lists, choice.model)


def submit(
    id: str, choice: Choice, request: ModelRequest, payer: Account, subject: Mapping[str, Any]
) -> bool:
    """Asks in a batch. True: there is one under this id now, or may be. False: it was refused, and
    nothing is left of it. Does not raise."""
    batch = Batch(id, uuid.uuid4().hex, payer.caller, choice.id, subject, now())
    try:
        batch.create()
        return _send(batch, choice, request, payer)
    except (AlreadyThere, GuardLost):
        return True
    except ColonyCraftError as error:  # whoever claims it finds out
        log.error("a batch is in doubt", error, batch=id)
        return True


def _send(batch: Batch, choice: Choice, request: ModelRequest, payer: Account) -> bool:
    entry: Entry | None = None
    try:
        entry = teller.reserve(payer.draft(choice, request, first=True, batch=batch.name))
        bounded = LedgerHold(choice, entry, kept=True).bounded(request)
        upstream = llm.batches.submit(choice.connection, batch.name, [bounded])
    except ColonyCraftError as error:
        if not _is_refusal(error):
            raise
        log.error("a batch was refused", error, batch=batch.id)
        if entry is not None:
            teller.settle(entry, Settlement(released=True))
        batch.delete()
        return False
    try:
        batch.sent(upstream)
    except GuardLost:  # taken for lost: nobody waits for it any more
        llm.batches.cancel(choice.connection, upstream)
    return True


def _is_refusal(error: ColonyCraftError) -> bool:
    """Whether it is certain that nothing was sent, or taken."""
    if isinstance(error, ProviderError):
        status = error.http_status
        return error.code == "unreachable" or (status is not None and status < 500)
    return not isinstance(error, Contended | Unavailable)


def collect(batch: Batch, *, wanted: bool) -> Ended | None:
    """What became of a batch, settled in the ledger; None: it has not ended. One that is not
    `wanted` any more is cancelled. Raises Contended, Unavailable."""
    try:
        return _look(batch, resolve(batch.model), wanted=wanted)
    except (Contended, Unavailable):
        raise
    except GuardLost:  # it is somebody else's now
        return None
    except ColonyCraftError as error:
        log.error("a batch is not to be had", error, batch=batch.id)
        forgotten = isinstance(error, ProviderError) and error.http_status == 404
        if not (forgotten or batch.is_late):
            return None
    _settle(batch, None)
    return Ended()


def _look(batch: Batch, choice: Choice, *, wanted: bool) -> Ended | None:
    connection = choice.connection
    if batch.upstream is None:
        since = batch.created_at - CLOCKS_DIFFER
        until = batch.created_at + SENT_WITHIN + CLOCKS_DIFFER
        found = llm.batches.find(connection, batch.name, since, until)
        if found.id is None and found.sure:
            _settle(batch, Settlement(released=True))
            return Ended()
        if found.id is not None:
            batch.sent(found.id)
    if batch.upstream is not None and llm.batches.has_ended(connection, batch.upstream):
        answer = llm.batches.answers(connection, batch.upstream, batch.name).get(0)
        match answer:
            case Completion():
                record = AttemptRecord(1, choice, 0.0, "complete", usage=answer.usage, batch=True)
                record.pieces = [answer.text, answer.reasoning, answer.refusal or ""]
                _settle(batch, record)
                return Ended(answer)
            case MalformedResponse():
                _settle(batch, None)
            case _:
                _settle(batch, Settlement(released=True))
        return Ended()
    if batch.upstream is not None and (batch.is_late or not wanted):
        llm.batches.cancel(connection, batch.upstream)
    if not batch.is_late:
        return None
    _settle(batch, None)
    return Ended()


def _settle(batch: Batch, by: AttemptRecord | Settlement | None) -> None:
    """Once, if anything was reserved. By None: all that was, as nobody says what it did cost."""
    stored = database().get(ledger.path_of(batch.name))
    if not ledger.is_open(stored):
        return
    entry = ledger.read(stored)
    match by:
        case AttemptRecord():
            settlement = settlement_of(entry, by)
        case Settlement():
            settlement = by
        case None:
            settlement = Settlement(entry.reserved, estimated=True)
    teller.settle(entry, settlement)


def close(batch: Batch) -> None:
    """Nobody asks for it any more. What cannot be removed at the provider is tried again when the
    record is due, for as long as batches take. Raises Unavailable."""
    if batch.upstream is not None:
        try:
            llm.batches.remove(resolve(batch.model).connection, batch.upstream)
        except ColonyCraftError as error:
            gone = isinstance(error, ProviderError) and error.http_status == 404
            if not (gone or batch.is_late):
                log.error("a batch is not removed", error, batch=batch.id)
                return
    with suppress(GuardLost):
        batch.delete()
