"""One call to a chain of models: attempts, waits, deadlines, fallbacks, as one stream of events.

Every call goes through here: turns, titles and proxies alike. What an error leads to is a row of
the table in `policy.py`. What the cache has is shown, and nobody is asked.

    line ── at its limit: Waiting ... its turn ─> attempt
    attempt ── whole answer ───────────────────> End
       │ error, nothing shown by it
       ├─── retry, attempts left ──────────────> AttemptFailed, wait, the same model
       ├─── another model left ────────────────> AttemptFailed, the next model
       │ error, something shown
       ├─── text that can be continued,
       │    another model left ────────────────> AttemptFailed, the next model goes on from it
       │ no way on
       ├─── something shown by the call ───────> End("incomplete"), `problem`
       └─── nothing ───────────────────────────> raised

The same model is never asked again for an answer of which something was shown.
"""

import random
import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from colonycraft import llm
from colonycraft.calls import results
from colonycraft.calls.account import Hold, Payer
from colonycraft.calls.background import clear_way, in_background
from colonycraft.calls.cache import Kept, Lookup
from colonycraft.calls.catalogue import Choice
from colonycraft.calls.continuation import Continuation, continue_request, must_regenerate
from colonycraft.calls.health import registry
from colonycraft.calls.policy import DEFAULT, LONGEST_HINT, Policy, reaction_to
from colonycraft.calls.records import (
    AttemptFailed,
    AttemptRecord,
    CallEvent,
    CutShort,
    Stopped,
    Waiting,
)
from colonycraft.calls.sharing import sharing
from colonycraft.calls.waiting import Ticket, lines
from colonycraft.calls.watchdog import Watch, watchdog
from colonycraft.errors import (
    BudgetUsedUp,
    ConnectionFailed,
    DeadlineExceeded,
    InvalidArgument,
    NotConfigured,
    ProviderError,
    ProviderRejected,
    RateLimited,
)
from colonycraft.llm.port import (
    Call,
    Completion,
    End,
    Event,
    ModelRequest,
    OpaqueState,
    ReasoningDelta,
    RefusalDelta,
    TextDelta,
    ToolCallDelta,
    Usage,
    collect,
)


@dataclass(slots=True)
class ModelCall:
    """A question to the first of `choices`; the others are its fallbacks, in their order.

    `request_for` gives the request for any of them. `payer` pays for each attempt; `hold` is what
    was reserved ahead for the first. `written` is the text of an answer that this call goes on
    from. Iterate `events` once; `stop` may come from any thread. `problem` is what cut
    an answer short after something of it was shown. A `background` call (a title) makes way: a
    server that answers one at a time ends it when a person asks. Without `shares` the database is
    not touched: what is found out stays in this process. `lookup` asks the cache for what `choices`
    begin with, and keeps a whole answer of it; `kept` is what the cache gave.
    """

    choices: tuple[Choice, ...]
    request_for: Callable[[Choice], ModelRequest]
    payer: Payer
    hold: Hold | None = None
    stream: bool = True
    policy: Policy = DEFAULT
    background: bool = False
    written: str = ""
    shares: bool = True
    lookup: Lookup | None = None
    kept: Kept | None = None
    records: list[AttemptRecord] = field(default_factory=list[AttemptRecord])
    problem: ProviderError | BudgetUsedUp | None = None
    _started: float = field(default_factory=time.monotonic)
    _call: Call | None = None
    _ticket: Ticket | None = None
    _waited: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)
    _texts: list[str] = field(default_factory=list[str])
    _thoughts: list[str] = field(default_factory=list[str])
    _continuable: bool = True
    """Nothing but text and reasoning was shown."""

    @property
    def first_token(self) -> float | None:
        return next((r.first_token for r in self.records if r.first_token is not None), None)

    @property
    def choice(self) -> Choice:
        """The model that was asked last."""
        return self.records[-1].choice if self.records else self.choices[0]

    def stop(self) -> None:
        """Ends the call at once, also under a silent provider; `events` raises Stopped."""
        self._stop.set()
        call, ticket = self._call, self._ticket
        if ticket is not None:
            ticket.bell.set()
        if call is not None:
            call.abort()

    def events(self) -> Generator[CallEvent]:
        """Raises Stopped, and, when nothing was shown, the error of the model that was asked,
        whatever became of its fallbacks: a ProviderError; InvalidArgument or NotConfigured when it
        has none; BudgetUsedUp when an attempt is more than is left."""
        try:
            yield from self._events()
        finally:
            if self.hold is not None:
                self.hold.release()

    def _events(self) -> Generator[CallEvent]:
        if self.lookup is not None:
            yield from self._look_up(self.lookup)
            if self.kept is not None:
                return
        if self.shares:
            sharing.want({choice.connection.id for choice in self.choices})
        chain = registry.in_order(self.choices, lambda choice: choice.connection.id)
        choice, tries = chain[0], 0
        if choice is not self.choices[0]:
            yield self._pass_over(self.choices[0], choice)
        while True:
            tries += 1
            record = AttemptRecord(len(self.records) + 1, choice, self._elapsed())
            self.records.append(record)
            try:
                yield from self._attempt(record, chain[chain.index(choice) + 1 :])
                return
            except ProviderError as error:
                record.error = error
            except BudgetUsedUp as error:
                record.outcome = "skipped"
                if not any(one.shown for one in self.records):
                    raise
                self.problem = error
                yield End("incomplete")
                return
            finally:
                record.total = self._elapsed() - record.started
                if record.shown and record.outcome == "failed":
                    record.outcome = "incomplete"
            step = self._after(record, tries, chain[chain.index(choice) + 1 :])
            if step is None:
                break
            wait, following = step
            yield AttemptFailed(replace(record), wait, following.id)
            if following is not choice:
                choice, tries = following, 0
            # Who waits for the end of a limit waits in its line.
            limited = isinstance(record.error, RateLimited) and lines.limited_for(choice.id) > 0
            if self._stop.wait(0.0 if limited else wait):
                raise Stopped
        yield from self._give_up(record)

    def _look_up(self, lookup: Lookup) -> Generator[Event]:
        """Shows what the cache has. What is reserved meanwhile is for the first attempt, where it
        has nothing."""
        if self.hold is None:
            choice = self.choices[0]
            request = self._request(choice, "")
            self.hold = self.payer.reserve(choice, request, lookup=lookup)
        kept = lookup.answer()
        if self._stop.is_set():
            raise Stopped
        if kept is None:
            return
        self.kept = kept
        hold, self.hold = self.hold, None
        try:
            yield from kept.events()
        finally:
            hold.settle_cached(kept.micros)

    def _keep(self, record: AttemptRecord, end: End) -> None:
        """Keeps an answer that one attempt at the model that was asked gave, whole."""
        lookup, text = self.lookup, "".join(self._texts)
        if (
            lookup is None
            or record.choice != lookup.choice
            or end.reason != "complete"
            or not text
            or not self._continuable
            or any(one.shown for one in self.records if one is not record)
        ):
            return
        micros = None if record.usage is None else results.micros_of(record, record.usage)
        lookup.keep(text, "".join(self._thoughts), record.usage, end, micros)

    def _pass_over(self, asked: Choice, other: Choice) -> AttemptFailed:
        """Says why the model that was asked comes last."""
        record = AttemptRecord(1, asked, self._elapsed(), "skipped")
        record.error = registry.trouble(asked.connection.id, asked.connection.name)
        self.records.append(record)
        return AttemptFailed(replace(record), 0.0, other.id)

    def _after(
        self, record: AttemptRecord, tries: int, following: Sequence[Choice]
    ) -> tuple[float, Choice] | None:
        """Seconds to wait and the model to ask after an attempt that failed; None: no way on."""
        assert record.error is not None
        error, reaction = record.error, reaction_to(record.error)
        other = self._fallback(record, following)
        again = not record.shown and record.outcome != "skipped" and tries < self.policy.attempts
        if again and (reaction.retry == "first" or (reaction.retry == "last" and other is None)):
            longest = self._longest_wait(error, other, following)
            wait = self.policy.first_wait * 2 ** (tries - 1) * random.uniform(0.5, 1.0)
            if error.retry_after is not None:
                wait = error.retry_after + random.uniform(0, 0.25)
            honoured = error.retry_after is None or error.retry_after <= longest
            if honoured and self._elapsed() + wait < self.policy.total:
                return wait, record.choice
        return None if other is None else (0.0, other)

    def _longest_wait(
        self, error: ProviderError, other: Choice | None, following: Sequence[Choice]
    ) -> float:
        """Seconds up to which what the provider asks for is waited for."""
        if isinstance(error, RateLimited) and not self._answered_elsewhere(following):
            return self.policy.in_line - self._waited
        return self.policy.longest_wait if other is None else self.policy.patience

    def _answered_elsewhere(self, following: Sequence[Choice]) -> bool:
        """Whether another model of the chain can answer now."""
        return self._can_pass_on and any(lines.can_answer(one.id) for one in following)

    @property
    def _can_pass_on(self) -> bool:
        """Whether another model may answer, or go on from what was shown."""
        return self._continuable and not (self._text and must_regenerate(self._text))

    def _fallback(self, record: AttemptRecord, following: Sequence[Choice]) -> Choice | None:
        """The next model that may take over, None when there is none or no time is left for it."""
        assert record.error is not None
        kind = reaction_to(record.error).fall_back
        if kind == "none" or not self._can_pass_on or self._elapsed() >= self.policy.total:
            return None
        window = record.choice.prompt_window if kind == "larger" else 0
        return next((one for one in following if one.prompt_window > window), None)

    def _give_up(self, record: AttemptRecord) -> Generator[CallEvent]:
        """What was shown stays, and is incomplete; where nothing was, the call fails."""
        error = record.error
        assert error is not None
        if any(one.shown for one in self.records):
            self.problem = error
            yield error.end if isinstance(error, CutShort) else End("incomplete")
            return
        yield AttemptFailed(replace(record), None, None)
        raise next(
            (
                one.error
                for one in reversed(self.records)
                if one.choice == self.choices[0] and one.error is not None
            ),
            error,
        )

    def _attempt(
        self, record: AttemptRecord, following: Sequence[Choice]
    ) -> Generator[Event | Waiting]:
        """One attempt, when it is its turn; tells the registry what became of it."""
        text = self._text
        request = self._request(record.choice, text)
        tokens = llm.estimate_request(request)
        ticket = Ticket(record.choice.id, self.payer.person, self._started, tokens)
        self._ticket = ticket
        try:
            yield from self._wait(record, ticket, following)
            yield from self._ask(record, request, text, ticket)
        finally:
            self._ticket = None
            lines.leave(ticket)

    def _wait(
        self, record: AttemptRecord, ticket: Ticket, following: Sequence[Choice]
    ) -> Generator[Waiting]:
        """Waits in the model's line; raises the reason why it is not asked now."""
        choice = record.choice
        record.outcome = "skipped"
        while True:
            yield from self._wait_once(choice, ticket, following)
            record.started = self._elapsed()
            if not ticket.may_ask:
                raise registry.limit(choice.id, choice.facts.title)
            try:
                registry.admit(choice.id, choice.facts.title)
            except RateLimited:  # found out by another call since this one was let go
                lines.leave(ticket)
                continue
            record.outcome = "failed"
            return

    def _wait_once(
        self, choice: Choice, ticket: Ticket, following: Sequence[Choice]
    ) -> Generator[Waiting]:
        began, before = self._elapsed(), self._waited
        elsewhere = self._answered_elsewhere(following)
        patience = self.policy.patience if elsewhere else self.policy.in_line - before
        patience = min(patience, self.policy.total - began)
        for place in lines.turn_of(ticket, patience, self._stop.is_set):
            self._waited = before + self._elapsed() - began
            self._give_back_hold(self._waited + place.seconds)
            yield Waiting(choice, place.position, place.seconds)
        self._waited = before + self._elapsed() - began

    def _give_back_hold(self, seconds: float) -> None:
        """What was reserved ahead is not kept from others for a wait that is long; it is reserved
        anew when it is this call's turn."""
        if self.hold is not None and seconds > self.policy.patience:
            self.hold.release()
            self.hold = None

    def _ask(
        self, record: AttemptRecord, request: ModelRequest, text: str, ticket: Ticket
    ) -> Generator[Event]:
        name = record.choice.id
        told = False
        try:
            if self.background:
                with in_background(record.choice.connection, self.stop):
                    yield from self._stream(record, request, text, ticket)
            else:
                clear_way(record.choice.connection)
                yield from self._stream(record, request, text, ticket)
            registry.succeeded(name)
            told = True
        except ProviderError as error:
            if isinstance(error, RateLimited):
                lines.refused(ticket, error.retry_after)
            if error.code != "total-deadline":
                registry.failed(name, error)
                told = True
            raise
        finally:
            if not told:
                registry.left(name)
            if self.shares and registry.has_changed:
                sharing.want({record.choice.connection.id})

    def _stream(
        self, record: AttemptRecord, request: ModelRequest, text: str, ticket: Ticket
    ) -> Generator[Event]:
        hold = self._hold(record, request, text)
        begin = self._elapsed()
        try:
            call = self._start(record.choice, hold.bounded(request))
        except Exception:
            hold.release()
            raise
        try:
            yield from self._asked(record, call, text, ticket)
        except ProviderError as error:
            record.error = error
            raise
        finally:
            record.seconds = max(0.0, min(self._elapsed(), self.policy.total) - begin)
            hold.settle(record)

    def _hold(self, record: AttemptRecord, request: ModelRequest, text: str) -> Hold:
        ahead = self.hold
        if ahead is not None and ahead.choice == record.choice and text == self.written:
            self.payer.check(record.choice)
            self.hold = None
            return ahead
        first = all(one.outcome == "skipped" for one in self.records if one is not record)
        seconds = max(0.0, self.policy.total - self._elapsed())
        return self.payer.reserve(record.choice, request, first=first, seconds=seconds)

    def _asked(
        self, record: AttemptRecord, call: Call, text: str, ticket: Ticket
    ) -> Generator[Event]:
        join = Continuation(text) if text else None
        self._call = call
        if self._stop.is_set():
            call.abort()
        watch = Watch(
            call.abort,
            first_token=self.policy.first_token,
            idle=self.policy.idle,
            total=max(0.0, self.policy.total - self._elapsed()),
        )
        watchdog.add(watch)
        try:
            for event in call:
                if not watch.seen_any:
                    self._learn_limit(record.choice, call)
                    lines.answered(ticket, call.remaining)
                watch.seen()
                record.keep(event)
                if record.first_token is None and not isinstance(event, Usage | End | OpaqueState):
                    record.first_token = self._elapsed()
                    registry.answering(record.choice.id)
                if join is not None and isinstance(event, TextDelta):
                    yield from self._show_text(record, join.add(event.text))
                    continue
                if isinstance(event, End):
                    if join is not None:
                        yield from self._show_text(record, join.end())
                    self._finish(record, event)
                else:
                    self._note(record, event)
                yield event
                if isinstance(event, End):
                    self._keep(record, event)
        except ProviderError as error:
            if join is not None:
                yield from self._show_text(record, join.end())
            if self._stop.is_set():
                raise Stopped from error
            if watch.missed is not None:
                raise DeadlineExceeded(
                    f"late-{watch.missed}", code=f"{watch.missed}-deadline"
                ) from error
            raise
        finally:
            watchdog.remove(watch)
            self._call = None
            call.close()
            if not watch.seen_any:
                self._learn_limit(record.choice, call)

    def _learn_limit(self, choice: Choice, call: Call) -> None:
        if call.limited_for is not None:
            registry.limited(choice.id, min(call.limited_for, LONGEST_HINT))

    def _request(self, choice: Choice, text: str) -> ModelRequest:
        with self._unsupported():
            request = self.request_for(choice)
            return continue_request(request, text, choice.facts) if text else request

    def _start(self, choice: Choice, request: ModelRequest) -> Call:
        with self._unsupported():
            return llm.start(choice.connection, request, stream=self.stream)

    @contextmanager
    def _unsupported(self) -> Generator[None]:
        """What one model of a chain cannot do, the next may."""
        try:
            yield
        except (InvalidArgument, NotConfigured) as error:
            if len(self.choices) == 1:
                raise
            raise ProviderRejected.of(error, code="unsupported") from error

    def _finish(self, record: AttemptRecord, end: End) -> None:
        """Raises when the answer is not whole."""
        if end.reason == "incomplete":
            if not record.shown:
                raise ConnectionFailed("answer-cut")
            raise CutShort(end)
        record.outcome = "complete"

    def _note(self, record: AttemptRecord, event: Event) -> None:
        """Remembers what an event means for what may follow."""
        match event:
            case TextDelta():
                self._texts.append(event.text)
            case ReasoningDelta():
                self._thoughts.append(event.text)
            case Usage():
                record.usage = event
            case ToolCallDelta() | RefusalDelta():
                self._continuable = False
            case _:
                pass
        record.shown = record.shown or not isinstance(event, Usage | OpaqueState)

    def _show_text(self, record: AttemptRecord, text: str) -> Generator[Event]:
        if text:
            event = TextDelta(text)
            self._note(record, event)
            yield event

    @property
    def _text(self) -> str:
        """The answer so far; "" while it is nothing but white space."""
        text = self.written + "".join(self._texts)
        return text if text.strip() else ""

    def _elapsed(self) -> float:
        return time.monotonic() - self._started


def answer_of(call: ModelCall) -> Completion:
    """The whole answer of a call, for who shows nothing of it as it comes. Raises as `events`."""
    return collect(
        event for event in call.events() if not isinstance(event, AttemptFailed | Waiting)
    )
