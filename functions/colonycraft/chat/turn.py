"""One turn: a question becomes a run, the run an answer, the answer a receipt.

    begin ── events ──> browser          at once
                    └─> log              about once a second
          └─ end ────> one batch: answer, run, conversation

The stream that a browser sees is a view: when the browser goes, the run goes on, and `worker` is
told to see it through should this process lose its processor.
"""

import threading
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from colonycraft.calls import (
    AttemptFailed,
    Choice,
    ModelCall,
    Stopped,
    Waiting,
    resolve,
    results,
)
from colonycraft.chat import batched_summary, handover, opaque, receipts, summary
from colonycraft.chat import run as runs
from colonycraft.chat.answers import add_answer
from colonycraft.chat.attached import attached
from colonycraft.chat.begin import Attached, Begun, begin
from colonycraft.chat.log import Log, keeper
from colonycraft.chat.models import (
    ChatEvent,
    ChatRequest,
    ChatResult,
    Problem,
    ReasoningDeltaEvent,
    Receipt,
    RunFinishedEvent,
    RunStartedEvent,
    RunState,
    TextDeltaEvent,
    dump,
)
from colonycraft.chat.run import EndState
from colonycraft.chat.signals import listen_for_stops
from colonycraft.chat.timing import Timing
from colonycraft.chat.title import make_title
from colonycraft.conversations import store as conversations
from colonycraft.errors import ColonyCraftError, Internal, Unavailable
from colonycraft.llm.port import End, OpaqueState, ReasoningDelta, RefusalDelta, TextDelta
from colonycraft.platform import log as logging
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import AlreadyThere, GuardLost, UnitOfWork, backoff, database
from colonycraft.platform.operations import Caller

LARGEST_ANSWER = 6_000_000
"""Bytes of an answer that fit the batch that stores it."""

WRITE_TRIES = 4

_SHORT: dict[str, str] = {
    "length": "answer-at-limit",
    "filtered": "answer-filtered",
    "paused": "answer-paused",
    "queued": "answer-queued",
    "incomplete": "answer-cut",
}


def chat(caller: Caller, request: ChatRequest) -> Generator[ChatEvent, None, ChatResult]:
    """Streams a turn. Raises before anything is stored, or not at all: what goes wrong later is
    told by `run-finished` and stored with the answer."""
    started = time.monotonic()
    begun = begin(caller, request, resolve(request.model))
    if isinstance(begun, Attached):
        return (yield from attached(request, begun.run))
    turn = Turn(begun, started)
    events = turn.events()
    try:
        yield from _each(events)
    except GeneratorExit:
        handover.watch(begun.run)
        for _ in events:
            pass
        raise
    return turn.result()


def _each(events: Generator[ChatEvent]) -> Generator[ChatEvent]:
    """Passes events on without closing their source when the reader goes."""
    for event in events:  # noqa: UP028 - `yield from` would close the source
        yield event


@dataclass(slots=True, eq=False)
class Turn:
    """A run that this process carries out. `drains`: the queue is gone on with after it. `ended` is
    set once nothing more is written of it."""

    begun: Begun
    started: float
    drains: bool = True
    end: End | None = None
    state: RunState = "running"
    problem: Problem | None = None
    receipt: Receipt | None = None
    log: Log = field(init=False)
    call: ModelCall = field(init=False)
    ended: threading.Event = field(default_factory=threading.Event)
    _opaque: opaque.Collected = field(default_factory=opaque.Collected)
    _timing: Timing = field(init=False)
    _stopped_by: Literal["person", "process", "loss"] | None = None

    def __post_init__(self) -> None:
        begun = self.begun
        self._timing = Timing(self.started)
        self.log = Log(
            begun.run,
            text=begun.text,
            reasoning=begun.reasoning,
            on_lost=lambda: self._halt("loss"),
        )
        self.call = ModelCall(
            begun.chain,
            begun.prompt.request_for,
            begun.account,
            hold=begun.hold,
            lookup=begun.lookup,
            written=begun.text,
        )

    def stop(self) -> None:
        """Ends the answer because a person said so; what has come is stored."""
        self._halt("person")

    def interrupt(self) -> None:
        """Ends the answer because the process ends; what has come is stored."""
        self._halt("process")

    def _halt(self, by: Literal["person", "process", "loss"]) -> None:
        self._stopped_by = self._stopped_by or by
        self.call.stop()

    def events(self) -> Generator[ChatEvent]:
        run = self.begun.run
        running[run.id] = self
        keeper.add(self.log)
        listen_for_stops(stop_here)
        try:
            yield RunStartedEvent.model_construct(
                type="run-started",
                run_id=run.id,
                conversation_id=run.conversation_id,
                branch_id=run.branch_id,
                question_id=run.question_id,
                answer_id=run.answer_id,
                title=self.begun.title,
                attached=False,
                text_start=run.text_start,
            )
            yield from self._answer()
            self._conclude()
            version = self._store()
        finally:
            keeper.discard(self.log)
            running.pop(run.id, None)
            self.ended.set()
        yield RunFinishedEvent.model_construct(
            type="run-finished",
            run_id=run.id,
            state=self.state,
            receipt=self.receipt,
            problem=self.problem,
        )
        if version is not None:
            self._follow_up(version)

    def _follow_up(self, version: Any) -> None:
        """What can wait until the answer is there."""
        begun = self.begun
        if self.drains and self.state in ("complete", "incomplete"):
            handover.go_on_with_queue(begun.run)
        if begun.wants_title and self.state == "complete":
            choice = self._choice
            title = make_title(
                choice,
                begun.prompt.context_for(choice).messages,
                self.log.text,
                begun.account.for_feature("title"),
            )
            if title is not None:
                conversations.write_title(begun.run.conversation_id, title, version)
        if begun.conversation.get("summarise", True):
            self._remember()

    def _remember(self) -> None:
        """Sums up what no longer fits, for the next turns."""
        begun, choice = self.begun, self._choice
        # One that is not of this path is none here.
        known = begun.conversation.get("summary") if begun.prompt.memory.summary else None
        context = begun.prompt.context_for(choice)
        messages = summary.due(context, choice, begun.prompt.older, known)
        if not messages or batched_summary.ask(begun, context, choice, messages, known):
            return
        made = summary.sum_up(choice, messages, known, begun.account.for_feature("summary"))
        if made is not None:
            run = begun.run
            fields = made.fields(run.branch_id, known)
            conversations.write_summary(
                run.conversation_id, fields, begun.conversation.get("summary")
            )

    @property
    def _choice(self) -> Choice:
        """The model that answered, or was asked last."""
        return self.call.records[-1].choice if self.call.records else self.begun.chain[0]

    def _answer(self) -> Generator[ChatEvent]:
        """Never raises: what goes wrong becomes state and problem."""
        events = self.call.events()
        try:
            for event in events:
                match event:
                    case TextDelta() | RefusalDelta():
                        self._timing.saw("text-delta")
                        yield TextDeltaEvent.model_construct(type="text-delta", text=event.text)
                        self.log.add("text-delta", event.text)
                    case ReasoningDelta():
                        self._timing.saw("reasoning-delta")
                        yield ReasoningDeltaEvent.model_construct(
                            type="reasoning-delta", text=event.text
                        )
                        self.log.add("reasoning-delta", event.text)
                    case OpaqueState():
                        self._opaque.add(event.data, written=bool(self.log.text))
                    case AttemptFailed():
                        self._opaque.begin_anew()
                        if event.next_model is not None:
                            yield results.attempt_failed(event)
                    case Waiting():
                        yield results.call_waiting(event)
                    case End():
                        self.end = event
                    case _:
                        pass
                if self.log.size > LARGEST_ANSWER:
                    self._fail("incomplete", Unavailable("answer-too-long"))
                    return
        except Stopped:
            self._stopped()
        except ColonyCraftError as error:
            self._fail("failed", error)
        except Exception as error:
            logging.error("turn failed", error, correlationId=self.begun.run.caller.correlation_id)
            self._fail("failed", Internal("run-broken"))
        finally:
            events.close()

    def _stopped(self) -> None:
        if self._stopped_by == "person":
            self.state = "stopped"
        else:
            self._fail("incomplete", Unavailable("run-restarted"))

    def _fail(self, state: RunState, error: ColonyCraftError) -> None:
        self.state, self.problem = state, Problem.of(error)

    def _conclude(self) -> None:
        """State and receipt from how the call ended."""
        reason = self.end.reason if self.end else None
        if self.state == "running":
            if self.call.problem is not None:
                self._fail("incomplete", self.call.problem)
            elif reason in _SHORT:
                self._fail("incomplete", Unavailable(_SHORT[reason]))
            elif not self.log.size:
                self._fail("incomplete", Unavailable("answer-empty"))
            else:
                self.state = "complete"
        self.receipt = receipts.receipt(
            self.begun,
            self.call.records,
            self.end,
            kept=self.call.kept,
            choice=self._choice,
            timing=self._timing,
        )

    def _store(self) -> Any:
        """The final batch. Returns the conversation's version, None when nothing was written."""
        if self._stopped_by == "loss":
            self._adopt_end()
            return None
        for attempt in range(WRITE_TRIES):
            try:
                return self._final_batch().commit()[2]
            except (AlreadyThere, GuardLost) as error:
                logging.error("a run was ended elsewhere", error, run=self.begun.run.id)
                self._adopt_end()
                return None
            except Unavailable as error:
                logging.error("answer not written yet", error, run=self.begun.run.id)
                backoff(attempt + 4)
        self._fail("failed", Unavailable("answer-not-stored"))
        return None

    def _adopt_end(self) -> None:
        """Tells what is stored: another process has the run, or the reply to our batch was lost."""
        stored = database().get(runs.run_path(self.begun.run.id)).data
        if stored is None:
            self._fail("failed", Unavailable("conversation-deleted"))
            return
        self.state = stored["state"]
        self.problem = Problem.model_validate(stored["problem"]) if stored["problem"] else None

    def _final_batch(self) -> UnitOfWork:
        at = now()
        run = self.begun.run
        problem, receipt = dump(self.problem), dump(self.receipt)
        unit = database().unit_of_work()
        runs.finish(
            unit,
            run,
            state=cast(EndState, self.state),
            attempts=receipt["attempts"] if receipt else [],
            problem=problem,
            at=at,
        )
        add_answer(
            unit,
            run,
            text=self.log.text,
            reasoning=self.log.reasoning,
            at=at,
            state=self.state,
            problem=problem,
            receipt=receipt,
            opaque=self._keep_opaque(unit),
        )
        self.log.close(unit)
        return unit

    def _keep_opaque(self, unit: UnitOfWork) -> dict[str, str] | None:
        """Keeps what the model wants back with this answer, if it ended by itself: what is gone on
        with, or waits for a tool, is another answer then."""
        kept = self._opaque.text
        if (
            kept is None
            or self.state != "complete"
            or not self.end
            or self.end.reason != "complete"
        ):
            return None
        choice = self._choice
        opaque.keep(unit, self.begun.run.id, choice, kept)
        return opaque.made_by(choice, self.begun.prompt.request_for(choice).messages)

    def result(self) -> ChatResult:
        run = self.begun.run
        return ChatResult.model_construct(
            run_id=run.id,
            conversation_id=run.conversation_id,
            question_id=run.question_id,
            answer_id=run.answer_id,
            state=self.state,
            text=self.log.text,
            reasoning=self.log.reasoning,
            receipt=self.receipt,
            problem=self.problem,
        )


running: dict[str, Turn] = {}
"""The runs that this process carries out."""


def stop_here(run: str) -> bool:
    """Stops a run of this process; False when it has no such run."""
    turn = running.get(run)
    if turn is not None:
        turn.stop()
    return turn is not None


def interrupt_all() -> None:
    """Ends every running answer; each is stored as far as it came."""
    for turn in list(running.values()):
        turn.interrupt()
