"""One turn: a question becomes a run, the run an answer, the answer a receipt.

    begin ── events ──> browser          at once
                    └─> segments         about once a second
          └─ end ────> one batch: answer, run, conversation

The stream that a browser sees is a view: when the browser goes, the run goes on.
"""

import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Any

from colonycraft.calls import (
    AttemptFailed,
    Choice,
    ModelCall,
    Stopped,
    resolve,
    results,
)
from colonycraft.chat import store
from colonycraft.chat.begin import Attached, Begun, begin
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
)
from colonycraft.chat.segments import Segments
from colonycraft.chat.title import make_title
from colonycraft.conversations import store as conversations
from colonycraft.errors import ColonyCraftError, Unavailable
from colonycraft.llm.port import (
    End,
    ModelRequest,
    ReasoningDelta,
    RefusalDelta,
    TextDelta,
)
from colonycraft.platform import log
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import AlreadyThere, GuardLost, backoff, database
from colonycraft.platform.operations import Caller

LARGEST_ANSWER = 900_000
"""Bytes of an answer that fit its document."""

WRITE_TRIES = 4

_SHORT: dict[str, str] = {
    "length": "The answer reached the longest that was allowed and is cut off.",
    "filtered": "The provider's content filter cut the answer off.",
    "paused": "The provider paused before the answer was whole.",
    "queued": "The provider has queued the request; there is no answer yet.",
    "incomplete": "The connection to the provider ended before the answer was whole.",
}


def chat(caller: Caller, request: ChatRequest) -> Generator[ChatEvent, None, ChatResult]:
    """Streams a turn. Raises before anything is stored, or not at all: what goes wrong later is
    told by `run-finished` and stored with the answer."""
    started = time.monotonic()
    choice = resolve(request.model)
    begun = begin(caller, request, choice)
    if isinstance(begun, Attached):
        return (yield from _attached(request, begun))
    turn = Turn(caller, request, choice, begun, started)
    running[begun.run] = turn
    events = turn.events()
    try:
        yield from _each(events)
    except GeneratorExit:
        for _ in events:
            pass
        raise
    finally:
        running.pop(begun.run, None)
    return turn.result()


def _each(events: Generator[ChatEvent]) -> Generator[ChatEvent]:
    """Passes events on without closing their source when the reader goes."""
    for event in events:  # noqa: UP028 - `yield from` would close the source
        yield event


@dataclass(slots=True)
class Turn:
    """A run that this process carries out."""

    caller: Caller
    request: ChatRequest
    choice: Choice
    begun: Begun
    started: float
    end: End | None = None
    state: RunState = "running"
    problem: Problem | None = None
    receipt: Receipt | None = None
    segments: Segments = field(init=False)
    call: ModelCall = field(init=False)
    _first_token: float | None = None
    _interrupted: bool = False

    def __post_init__(self) -> None:
        self.segments = Segments(self.begun.run, self.request.conversation_id)
        self.call = ModelCall((self.choice,), self._request)

    def _request(self, choice: Choice) -> ModelRequest:
        return choice.bounded(
            ModelRequest(
                model=choice.model,
                messages=self.begun.context.messages,
                max_output_tokens=choice.answer_tokens,
            )
        )

    def interrupt(self) -> None:
        """Ends the answer because the process ends; what has come is stored."""
        self._interrupted = True
        self.call.stop()

    def events(self) -> Generator[ChatEvent]:
        begun, request = self.begun, self.request
        yield RunStartedEvent.model_construct(
            type="run-started",
            run_id=begun.run,
            conversation_id=request.conversation_id,
            branch_id=request.branch_id,
            question_id=begun.question_id,
            answer_id=begun.answer_id,
            title=begun.title,
            attached=False,
        )
        yield from self._answer()
        self._conclude()
        version = self._store()
        yield RunFinishedEvent.model_construct(
            type="run-finished",
            run_id=begun.run,
            state=self.state,
            receipt=self.receipt,
            problem=self.problem,
        )
        if version is not None and begun.wants_title and self.state == "complete":
            title = make_title(self.choice, begun.context.messages, self.segments.text)
            if title is not None:
                conversations.write_title(request.conversation_id, title, version)

    def _answer(self) -> Generator[ChatEvent]:
        """Never raises: what goes wrong becomes state and problem."""
        events = self.call.events()
        try:
            for event in events:
                match event:
                    case TextDelta() | RefusalDelta():
                        self._seen()
                        yield TextDeltaEvent.model_construct(type="text-delta", text=event.text)
                        self.segments.add("text-delta", event.text)
                    case ReasoningDelta():
                        self._seen()
                        yield ReasoningDeltaEvent.model_construct(
                            type="reasoning-delta", text=event.text
                        )
                        self.segments.add("reasoning-delta", event.text)
                    case AttemptFailed():
                        if event.wait is not None:
                            yield results.attempt_failed(event)
                    case End():
                        self.end = event
                    case _:
                        pass
                if self.segments.size > LARGEST_ANSWER:
                    self._fail("incomplete", "The answer grew too long to be stored and was cut.")
                    return
        except Stopped:
            self._fail("incomplete", "The server was restarted while it was answering. Ask again.")
        except ColonyCraftError as error:
            self.state = "failed"
            self.problem = Problem.model_construct(status=error.status, message=error.message)
        except Exception as error:
            log.error("turn failed", error, correlationId=self.caller.correlation_id)
            self._fail("failed", "Something went wrong on our side. Ask again.", "INTERNAL")
        finally:
            events.close()

    def _seen(self) -> None:
        if self._first_token is None:
            self._first_token = time.monotonic() - self.started

    def _fail(self, state: RunState, message: str, status: str = "UNAVAILABLE") -> None:
        self.state = state
        self.problem = Problem.model_construct(status=status, message=message)

    def _conclude(self) -> None:
        """State and receipt from how the call ended."""
        reason = self.end.reason if self.end else None
        if self.state == "running":
            if self.call.problem is not None:
                self._fail("incomplete", self.call.problem.message, self.call.problem.status)
            elif reason in _SHORT:
                self._fail("incomplete", _SHORT[reason])
            elif not self.segments.size:
                self._fail("incomplete", "The model answered with nothing. Ask again.")
            else:
                self.state = "complete"
        self.receipt = Receipt.model_construct(
            model_asked=self.request.model,
            model_used=self.end.model if self.end else None,
            reason=reason,
            usage=results.total_usage(self.call.records),
            cost=results.total_cost(self.call.records),
            first_token_ms=results.milliseconds(self._first_token),
            total_ms=round((time.monotonic() - self.started) * 1000),
            attempts=results.attempts(self.call.records),
            context_messages=self.begun.context.included,
            left_out_messages=self.begun.left_out,
        )

    def _store(self) -> Any:
        """The final batch. Returns the conversation's version, None when nothing was written."""
        for attempt in range(WRITE_TRIES):
            try:
                return self._final_batch().commit()[2]
            except (AlreadyThere, GuardLost) as error:
                if attempt == 0:
                    log.error("run was ended elsewhere", error, run=self.begun.run)
                return None
            except Unavailable as error:
                log.error("answer not written yet", error, run=self.begun.run)
                backoff(attempt + 4)
        self._fail("failed", "The answer could not be stored. Copy it before you leave this page.")
        return None

    def _final_batch(self) -> Any:
        at = now()
        problem = dump(self.problem)
        receipt = dump(self.receipt)
        unit = database().unit_of_work()
        store.end_run(
            unit,
            self.begun.run,
            guard=self.begun.version,
            state=self.state,
            attempts=receipt["attempts"] if receipt else [],
            problem=problem,
            at=at,
        )
        parts = [
            {"type": kind, "text": text}
            for kind, text in (("reasoning", self.segments.reasoning), ("text", self.segments.text))
            if text
        ]
        conversations.add_answer(
            unit,
            self.caller,
            self.request.conversation_id,
            self.begun.answer_id,
            branch_id=self.request.branch_id,
            seq=self.begun.answer_seq,
            parent_id=self.begun.question_id,
            parts=parts,
            run_id=self.begun.run,
            at=at,
            model=self.request.model,
            state=self.state,
            problem=problem,
            receipt=receipt,
        )
        self.segments.remove(unit)
        return unit

    def result(self) -> ChatResult:
        return ChatResult.model_construct(
            run_id=self.begun.run,
            conversation_id=self.request.conversation_id,
            question_id=self.begun.question_id,
            answer_id=self.begun.answer_id,
            state=self.state,
            text=self.segments.text,
            reasoning=self.segments.reasoning,
            receipt=self.receipt,
            problem=self.problem,
        )


running: dict[str, Turn] = {}
"""The runs that this process carries out."""


def interrupt_all() -> None:
    """Ends every running answer; each is stored as far as it came."""
    for turn in list(running.values()):
        turn.interrupt()


def dump(model: Any) -> dict[str, Any] | None:
    return None if model is None else model.model_dump(by_alias=True)


def _attached(request: ChatRequest, attached: Attached) -> Generator[ChatEvent, None, ChatResult]:
    """The answer of a request that had been made before; nothing is run."""
    run: Mapping[str, Any] = attached.run.data or {}
    yield RunStartedEvent(
        run_id=attached.run.id,
        conversation_id=request.conversation_id,
        branch_id=request.branch_id,
        question_id=run["questionId"],
        answer_id=run["answerId"],
        title=None,
        attached=True,
    )
    texts = {"text": "", "reasoning": ""}
    receipt = None
    if run["state"] != "running":
        path = conversations.message_path(request.conversation_id, run["answerId"])
        answer = database().get(path).data or {"parts": [], "receipt": None}
        for part in answer["parts"]:
            texts[part["type"]] += part["text"]
        receipt = Receipt.model_validate(answer["receipt"]) if answer["receipt"] else None
        if texts["reasoning"]:
            yield ReasoningDeltaEvent(text=texts["reasoning"])
        if texts["text"]:
            yield TextDeltaEvent(text=texts["text"])
        yield RunFinishedEvent(
            run_id=attached.run.id,
            state=run["state"],
            receipt=receipt,
            problem=Problem.model_validate(run["problem"]) if run["problem"] else None,
        )
    return ChatResult(
        run_id=attached.run.id,
        conversation_id=request.conversation_id,
        question_id=run["questionId"],
        answer_id=run["answerId"],
        state=run["state"],
        text=texts["text"],
        reasoning=texts["reasoning"],
        receipt=receipt,
        problem=Problem.model_validate(run["problem"]) if run["problem"] else None,
    )
