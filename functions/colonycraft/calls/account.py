"""Who pays for a call: before each attempt its worst case is reserved, after it settled.

There is no call without an account, and no attempt without an entry in the ledger.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from colonycraft import keys, llm
from colonycraft.calls import results
from colonycraft.calls.cache import Lookup
from colonycraft.calls.catalogue import Choice, price_lists, resolve
from colonycraft.calls.policy import DEFAULT
from colonycraft.calls.records import AttemptRecord
from colonycraft.errors import BudgetUsedUp, ColonyCraftError
from colonycraft.llm.port import AudioPart, EmbeddingRequest, ModelRequest
from colonycraft.platform import log
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import UnitOfWork
from colonycraft.platform.operations import Caller
from colonycraft.usage import budgets, counts, ledger, prices, spending
from colonycraft.usage.ledger import Amounts, Draft, Entry, Feature, Settlement
from colonycraft.usage.teller import teller

LEAST_ANSWER = 256
"""Tokens of an answer, fewer than which are not worth a call."""


class Hold(Protocol):
    """What is reserved for one attempt."""

    @property
    def choice(self) -> Choice: ...

    def bounded(self, request: ModelRequest) -> ModelRequest:
        """The request with the answer no longer than what was reserved."""
        ...

    def settle(self, record: AttemptRecord) -> None:
        """Never raises."""
        ...

    def settle_cached(self, saved: int | None) -> None:
        """The answer came from the cache; `saved` are the micro-dollars that it had cost. Never
        raises."""
        ...

    def release(self) -> None:
        """The attempt is not made. Never raises."""
        ...


class Payer(Protocol):
    @property
    def person(self) -> str:
        """Who takes turns with others where calls wait for a model."""
        ...

    def reserve(
        self,
        choice: Choice,
        request: ModelRequest,
        *,
        first: bool = True,
        seconds: float = ...,
        lookup: Lookup | None = None,
    ) -> Hold:
        """`first`: the first attempt of a call, which counts as a request. `seconds`: those that
        are left until the call's deadline. `lookup`: where the answer may be had for nothing,
        should there not be enough left for another. Raises BudgetUsedUp, Contended, Unavailable,
        and like `check`."""
        ...

    def check(self, choice: Choice) -> None:
        """Before an attempt that was reserved ahead. Raises Unauthenticated or PermissionDenied
        where who pays may not ask any more."""
        ...


@dataclass(frozen=True, slots=True)
class Account:
    """A person who pays for a feature."""

    caller: Caller
    feature: Feature
    conversation_id: str | None = None
    run_id: str | None = None

    @property
    def person(self) -> str:
        return self.caller.uid

    def check(self, choice: Choice) -> None:
        keys.check(self.caller, choice.id)

    def for_feature(self, feature: Feature) -> "Account":
        return replace(self, feature=feature)

    def reserve(
        self,
        choice: Choice,
        request: ModelRequest,
        *,
        first: bool = True,
        seconds: float = DEFAULT.total,
        lookup: Lookup | None = None,
    ) -> "LedgerHold":
        hold = self.reserve_later(choice, request, first=first, seconds=seconds, lookup=lookup)
        if not hold.stored:
            teller.note(hold.entry)
            hold.kept = True
        return hold

    def reserve_later(
        self,
        choice: Choice,
        request: ModelRequest,
        *,
        first: bool = True,
        seconds: float = DEFAULT.total,
        lookup: Lookup | None = None,
    ) -> "LedgerHold":
        """Like `reserve`; what no budget concerns is not stored yet (`LedgerHold.write`)."""
        try:
            return _hold(choice, self.draft(choice, request, first=first, seconds=seconds))
        except BudgetUsedUp:
            if lookup is None or lookup.answer() is None:
                raise
            draft = self.free_draft(choice)
            if draft is None:
                raise
            return _hold(choice, draft)

    def free_draft(self, choice: Choice) -> Draft | None:
        """Of an answer that costs nothing: it is counted where requests and answers are. None where
        a budget of nothing forbids the model."""
        banks = keys.banks(self.caller, choice.id, now())
        if any(one.budget.hard and one.budget.limit == 0 for one in banks):
            return None
        lists = price_lists(choice.connection, choice.model)
        return Draft(
            self.caller,
            self.feature,
            choice.id,
            input_tokens=0,
            estimated_input=0,
            output_tokens=0,
            least_output=0,
            price=None,
            price_list=prices.price_list_version(lists, choice.model),
            conversation_id=self.conversation_id,
            run_id=self.run_id,
            banks=tuple(one for one in banks if one.budget.unit in ("requests", "answers")),
        )

    def draft(
        self,
        choice: Choice,
        request: ModelRequest,
        *,
        first: bool,
        seconds: float = DEFAULT.total,
        batch: str | None = None,
    ) -> Draft:
        """`batch`: the id of its entry, where it is asked in a batch. Raises BudgetUsedUp for a
        model of unknown price where that is refused."""
        banks = keys.banks(self.caller, choice.id, now())
        embeds = isinstance(request, EmbeddingRequest)
        # Each text of a request for embeddings has a window of its own.
        most = llm.most_tokens(request, None if embeds else choice.facts.context_window)
        lists = price_lists(choice.connection, choice.model)
        halved = batch is not None
        audio = _has_audio(request)
        price = prices.worst_price(
            lists, choice.model, most, audio=audio, seconds=seconds, batch=halved
        )
        flat = 0
        dollars = [one.budget for one in banks if one.budget.unit == "USD"]
        if price is None and dollars:
            flat = flat_price(choice, refuses=any(one.hard for one in dollars))
        asked = self.feature in ("turn", "proxy")
        wanted = request.max_output_tokens or choice.facts.output_limit or choice.answer_tokens
        if embeds:
            wanted = 0
        return Draft(
            self.caller,
            self.feature,
            choice.id,
            most,
            llm.estimate_request(request),
            wanted,
            min(LEAST_ANSWER, wanted),
            price,
            prices.price_list_version(lists, choice.model, batch=halved),
            flat,
            requests=int(first and asked),
            answers=int(asked),
            conversation_id=self.conversation_id,
            run_id=self.run_id,
            banks=banks,
            batch=batch,
        )


def _hold(choice: Choice, draft: Draft) -> "LedgerHold":
    if draft.banks:
        return LedgerHold(choice, teller.reserve(draft), kept=True)
    return LedgerHold(choice, ledger.entry_of(draft, draft.output_tokens, now()))


def flat_price(choice: Choice, *, refuses: bool) -> int:
    """Micro-dollars that an attempt at a model of unknown price is charged; none where that is not
    set and nothing is refused. Raises BudgetUsedUp."""
    flat = spending.policy().unknown_price
    if flat is None and refuses:
        raise BudgetUsedUp("price-unknown", title=choice.facts.title, model=choice.id)
    return flat or 0


@dataclass(slots=True)
class LedgerHold:
    """An entry of the ledger, open until it is settled or released, which happens once."""

    choice: Choice
    entry: Entry
    kept: bool = False
    """It is stored, or will be."""
    _closed: bool = False

    @property
    def stored(self) -> bool:
        return self.entry.version is not None

    def write(self, unit: UnitOfWork) -> Callable[[list[object]], None]:
        """Adds the entry to a batch, if it is not stored yet. What it returns is to be called with
        the versions that the batch's commit gave."""
        if self.stored:
            return lambda versions: None
        at = len(unit)
        self.entry.create(unit)

        def note(versions: list[object]) -> None:
            self.entry.version = versions[at]
            self.kept = True

        return note

    def bounded(self, request: ModelRequest) -> ModelRequest:
        if not any(unit in ("USD", "tokens") for _, unit in self.entry.counted):
            return request
        most = self.entry.reserved.output_tokens
        wanted = request.max_output_tokens
        if wanted is not None and 0 < wanted <= most:
            return request
        return replace(request, max_output_tokens=most)

    def settle(self, record: AttemptRecord) -> None:
        self._close(settlement_of(self.entry, record))

    def settle_cached(self, saved: int | None) -> None:
        used = Amounts(requests=self.entry.reserved.requests)
        self._close(Settlement(used, saved=saved or 0))

    def release(self) -> None:
        self._close(Settlement(released=True))

    def _close(self, settlement: Settlement) -> None:
        if self._closed or not self.kept:
            return
        self._closed = True
        try:
            teller.settle(self.entry, settlement)
        except ColonyCraftError as error:  # the sweep does it
            log.error("an attempt is not settled", error, entry=self.entry.id)


def settlement_of(entry: Entry, record: AttemptRecord) -> Settlement:
    """What the provider reported, and an estimate for what it did not."""
    if not results.may_be_billed(record):
        return Settlement(released=True)
    usage, requests = record.usage, entry.reserved.requests
    if usage is None or usage.input_tokens is None or usage.output_tokens is None:
        known_input = None if usage is None else usage.input_tokens
        used = Amounts(
            input_tokens=_count(known_input, entry.estimated_input),
            output_tokens=llm.estimate_tokens("".join(record.pieces)),
            requests=requests,
        )
        micros = results.price_of(record.choice, used, record.seconds, batch=record.batch)
        estimated = True
    else:
        used = Amounts(
            input_tokens=_count(usage.input_tokens),
            output_tokens=_count(usage.output_tokens),
            requests=requests,
            cached_input_tokens=_count(usage.cached_input_tokens),
            cache_write_tokens=_count(usage.cache_write_tokens),
            reasoning_tokens=_count(usage.reasoning_tokens),
        )
        micros = results.micros_of(record, usage)
        estimated = micros is None
    micros = entry.reserved.micros if micros is None else max(0, micros)
    return Settlement(replace(used, micros=micros), estimated)


def settle_lost(entry: Entry, shown: str | None) -> None:
    """Settles an attempt whose process is gone: by what it had written, where that is known, else
    by all that was reserved."""
    used = replace(entry.reserved, answers=0)
    if shown is not None:
        used = replace(
            used,
            input_tokens=min(entry.estimated_input, used.input_tokens),
            output_tokens=min(llm.estimate_tokens(shown), used.output_tokens),
        )
        used = replace(used, micros=_price_of(entry, used))
    try:
        teller.settle(entry, Settlement(used, estimated=True))
    except ColonyCraftError as error:
        log.error("a lost attempt is not settled", error, entry=entry.id)


def sweep() -> None:
    """Settles what was forgotten, and closes the tills that were. Safe to run twice."""
    for entry in ledger.forgotten():
        settle_lost(entry, None)
    for till in counts.left_behind():
        try:
            teller.close(till)
        except ColonyCraftError as error:
            log.error("a till is not closed", error, till=till)


def _price_of(entry: Entry, used: Amounts) -> int:
    """What was reserved, for a model that is not to be had any more or whose price is unknown."""
    try:
        # A process that is lost was at it until now, at most.
        seconds = (now() - entry.at).total_seconds()
        micros = results.price_of(resolve(entry.model), used, seconds)
    except ColonyCraftError:
        micros = None
    return entry.reserved.micros if micros is None else min(micros, entry.reserved.micros)


def _count(reported: int | None, otherwise: int = 0) -> int:
    """A provider's number, which may be missing or no count."""
    return otherwise if reported is None else min(max(reported, 0), budgets.LARGEST)


def _has_audio(request: ModelRequest) -> bool:
    return any(isinstance(part, AudioPart) for one in request.messages for part in one.parts)
