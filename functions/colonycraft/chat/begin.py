"""The beginning of a turn: two round trips, and the one place where a question becomes a run.

Trip 1 reads the conversation, the last messages of the branch and, where it is not remembered, what
may be spent, all at once. Trip 2 is one batch: run, control, question, and the conversation guarded
by what was read, whose branch gives the numbers of question and answer. A new conversation needs
only trip 2. The folder with pinned messages from before, and what a model has back of its last
answers, are a trip more where there are such.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from colonycraft.calls import (
    Account,
    Choice,
    LedgerHold,
    Lookup,
    Needs,
    chain_for,
    continue_request,
    look_up,
)
from colonycraft.chat import run as runs
from colonycraft.chat.memory import new_memory, read_memory
from colonycraft.chat.models import ChatRequest
from colonycraft.chat.place import Place, find_place, text_of
from colonycraft.chat.prompt import Prompt
from colonycraft.chat.recovery import end_if_lost
from colonycraft.chat.run import Run
from colonycraft.chat.title import TRIED_UNTIL
from colonycraft.conversations import store as conversations
from colonycraft.errors import (
    Contended,
    FailedPrecondition,
    RequestIdReused,
    RunActive,
)
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import (
    AlreadyThere,
    GuardLost,
    Snapshot,
    UnitOfWork,
    backoff,
    database,
    in_turn,
)
from colonycraft.platform.operations import Caller
from colonycraft.usage import spending

TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Begun:
    """A run that this process is to carry out, by the first model of `chain` that can.

    `text` and `reasoning` are what the answer has already, `receipt` what that has cost;
    `conversation` is what was read of it; `hold` is what is reserved for the first attempt;
    `lookup` asks the cache meanwhile.
    """

    run: Run
    prompt: Prompt
    chain: tuple[Choice, ...]
    title: str | None = None
    wants_title: bool = False
    text: str = ""
    reasoning: str = ""
    receipt: Any = None
    conversation: Mapping[str, Any] = field(default_factory=dict[str, Any])
    hold: LedgerHold | None = None
    lookup: Lookup | None = None

    @property
    def account(self) -> Account:
        run = self.run
        return Account(run.caller, "turn", run.conversation_id, run.id)


@dataclass(frozen=True, slots=True)
class Attached:
    """The request had been made before: this is its run."""

    run: Snapshot


def begin(
    caller: Caller, request: ChatRequest, choice: Choice, queued: Snapshot | None = None
) -> Begun | Attached:
    """`queued` is the entry of the queue that the question waited as, and leaves with the batch.

    Raises NotFound, RunActive, RequestIdReused, FailedPrecondition, InvalidArgument, Contended,
    BudgetUsedUp; then nothing of the question was stored.
    """
    path = conversations.path_of(request.conversation_id)
    for attempt in range(conversations.TRIES):
        with in_turn(path):
            try:
                return _try(caller, request, choice, queued)
            except AlreadyThere:
                return _attach(caller, request)
            except GuardLost:
                pass
        backoff(attempt)
    raise Contended("contended")


def _try(
    caller: Caller, request: ChatRequest, choice: Choice, queued: Snapshot | None
) -> Begun | Attached:
    spending.ask()
    run_id = runs.run_id(caller, request.request_id)
    place = find_place(caller, request, run_id, choice)
    active = None if place.new_branch else place.branch["activeRun"]
    if active is not None:
        _refuse_or_recover(request, run_id, active, place.branch_id)
        raise GuardLost  # the lost run has been ended: read again
    data = place.conversation or {}
    memory = (
        new_memory(caller, request.folder_id)
        if place.conversation is None
        else read_memory(request.conversation_id, data, place.path, place.older)
    )
    prompt = Prompt(place.older, place.question, place.answer_seq - 1, memory, place.wish)
    context = prompt.context_for(choice)
    chain = chain_for(choice, data.get("fallbacks", ()), Needs(context_tokens=context.tokens))
    prompt.read_opaque(chain[0])
    stored = place.extends
    run = Run(
        run_id,
        caller,
        request.conversation_id,
        place.branch_id,
        place.question_id,
        place.answer_id,
        place.answer_seq,
        continues=stored is not None,
        text_start=runs.utf16_length(text_of(stored)) if stored else 0,
        snapshot={
            "model": request.model,
            "fallbacks": [one.id for one in chain[1:]],
            "answerTokens": choice.answer_tokens,
            "wish": place.wish,
        },
        started_at=now(),
    )
    title = title_of(place.question) if place.conversation is None else None
    begun = Begun(
        run,
        prompt,
        chain,
        title,
        wants_title=place.answer_seq <= TRIED_UNTIL
        and data.get("titleSource", "question") == "question",
        text=text_of(stored) if stored else "",
        reasoning=text_of(stored, "reasoning") if stored else "",
        receipt=stored["receipt"] if stored else None,
        conversation=data,
    )
    asked = prompt.request_for(chain[0])
    if begun.text:
        asked = continue_request(asked, begun.text, chain[0].facts)
    wanted = data.get("cache") if request.cache is None else request.cache
    if request.action in ("answer", "continue") or request.comparing:
        wanted = False
    lookup = look_up(caller, chain[0], asked, wanted)
    hold = begun.account.reserve_later(chain[0], asked, lookup=lookup)
    unit = database().unit_of_work()
    runs.create(unit, run, body_hash(request))
    reserved = hold.write(unit)
    if place.question_seq is not None:
        _add_question(unit, run, place, place.question_seq, request.comparing)
    if title is not None:
        _add_conversation(unit, run, request, title)
    else:
        _change_conversation(unit, run, place, request)
    if queued is not None:
        unit.delete(queued.path)
    try:
        versions = unit.commit()
    except BaseException:
        hold.release()
        raise
    reserved(versions)
    return replace(begun, run=replace(run, version=versions[0]), hold=hold, lookup=lookup)


def _add_question(unit: UnitOfWork, run: Run, place: Place, seq: int, comparing: bool) -> None:
    unit.create(
        conversations.message_path(run.conversation_id, place.question_id),
        conversations.new_message(
            run.caller,
            branch_id=place.branch_id,
            seq=seq,
            parent_id=place.parent_id,
            role="user",
            parts=[{"type": "text", "text": place.question}],
            run_id=run.id,
            at=run.started_at,
            comparing=comparing,
        ),
    )


def _add_conversation(unit: UnitOfWork, run: Run, request: ChatRequest, title: str) -> None:
    unit.create(
        conversations.path_of(run.conversation_id),
        conversations.new_conversation(
            run.caller,
            title=title,
            source="question",
            request_id=request.request_id,
            at=run.started_at,
            model=request.model,
            next_seq=2,
            messages=1,
            active_run=run.id,
            folder_id=request.folder_id,
        ),
    )


def _change_conversation(unit: UnitOfWork, run: Run, place: Place, request: ChatRequest) -> None:
    branch = ("branches", place.branch_id)
    changes: dict[tuple[str, ...], Any] = {("updatedAt",): run.started_at}
    if place.new_branch:
        changes[branch] = place.branch
    else:
        changes |= {
            (*branch, "nextSeq"): place.branch["nextSeq"],
            (*branch, "activeRun"): run.id,
            (*branch, "held"): False,
        }
    if not request.comparing or request.action == "ask":
        # The columns of a comparison stand beside its question, on the branch that is shown.
        changes |= {("model",): request.model, ("activeBranch",): place.branch_id}
    asked = place.question_seq is not None
    unit.update(
        conversations.path_of(run.conversation_id),
        changes,
        guard=place.version,
        increments={("counts", "messages"): 1} if asked else None,
    )


def _refuse_or_recover(request: ChatRequest, run: str, active: str, branch_id: str) -> None:
    """Another run is active on the branch. Raises AlreadyThere when this request made a run before,
    and RunActive unless the active run has lost its process, which is ended then."""
    mine, other = database().get_all([runs.run_path(run), runs.run_path(active)])
    if mine.data is not None:
        raise AlreadyThere
    if not end_if_lost(other, request.conversation_id, branch_id):
        raise RunActive("run-active", run_id=active)


def _attach(caller: Caller, request: ChatRequest) -> Attached:
    run = runs.run_id(caller, request.request_id)
    stored, control = database().get_all([runs.run_path(run), runs.control_path(run)])
    if stored.data is None or control.data is None:
        conversation = database().get(conversations.path_of(request.conversation_id))
        conversations.owned(caller, conversation, deleted=None)
        raise FailedPrecondition("conversation-id-used")
    if control.data["bodyHash"] != body_hash(request):
        raise RequestIdReused("request-id-reused")
    return Attached(stored)


def body_hash(request: ChatRequest) -> str:
    return hashlib.sha256(request.model_dump_json().encode()).hexdigest()


def title_of(question: str) -> str:
    """The first words of the question: a title at once, until a better one is there."""
    line = " ".join(question.split())
    if len(line) <= TITLE_LENGTH:
        return line
    head = line[:TITLE_LENGTH]
    return (head.rsplit(" ", 1)[0] if " " in head[20:] else head) + "…"
