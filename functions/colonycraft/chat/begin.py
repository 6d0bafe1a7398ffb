"""The beginning of a turn: two round trips, and the one place where a question becomes a run.

Trip 1 reads the conversation and the last messages of the branch, at once. Trip 2 is one batch:
run, control, question, and the conversation guarded by what was read, whose branch gives two
numbers (question and answer). A new conversation needs only trip 2.
"""

from dataclasses import dataclass
from typing import Any

from colonycraft.calls import Choice
from colonycraft.chat import store
from colonycraft.chat.context import Context, build_context
from colonycraft.chat.models import ChatRequest
from colonycraft.chat.recovery import end_if_lost
from colonycraft.chat.title import TRIED_UNTIL
from colonycraft.conversations import store as conversations
from colonycraft.errors import (
    Contended,
    FailedPrecondition,
    NotFound,
    RequestIdReused,
    RunActive,
)
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import (
    AlreadyThere,
    GuardLost,
    Snapshot,
    backoff,
    database,
    in_turn,
)
from colonycraft.platform.operations import Caller

TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Begun:
    """A run that this process is to carry out. `version` guards its end."""

    run: str
    question_id: str
    answer_id: str
    answer_seq: int
    title: str | None
    wants_title: bool
    context: Context
    left_out: int
    version: Any


@dataclass(frozen=True, slots=True)
class Attached:
    """The request had been made before: this is its run."""

    run: Snapshot


def begin(caller: Caller, request: ChatRequest, choice: Choice) -> Begun | Attached:
    """Raises NotFound, RunActive, RequestIdReused, InvalidArgument, Contended; then nothing of the
    question was stored."""
    path = conversations.path_of(request.conversation_id)
    for attempt in range(conversations.TRIES):
        with in_turn(path):
            try:
                return _try(caller, request, choice)
            except AlreadyThere:
                return _attach(caller, request)
            except GuardLost:
                pass
        backoff(attempt)
    raise Contended("This conversation is being changed from several places. Try again.")


def _try(caller: Caller, request: ChatRequest, choice: Choice) -> Begun | Attached:
    run = store.run_id(caller, request.request_id)
    path = conversations.path_of(request.conversation_id)
    older: list[Any] = []
    seq, parent_id, version, title_source = 0, None, None, "question"
    if not request.new_conversation:
        reads = conversations.open_branch(
            request.conversation_id, request.branch_id, choice.messages_read
        )
        conversation = reads[0]()[0]
        data = conversations.owned(caller, conversation)
        branch = data["branches"].get(request.branch_id)
        if branch is None:
            raise NotFound("This branch does not exist.")
        active = branch["activeRun"]
        if active is not None:
            _refuse_or_recover(caller, request, run, active)
            raise GuardLost  # the lost run has been ended: read again
        messages = reads[1]()
        older = [message.data for message in messages]
        seq, version = branch["nextSeq"], conversation.version
        title_source = data["titleSource"]
        parent_id = messages[0].id if messages else None
    elif request.branch_id != "main":
        raise NotFound("This branch does not exist.")
    context = build_context(
        older, request.text, window=choice.prompt_window, answer_tokens=choice.answer_tokens
    )
    at = now()
    question_id, answer_id = f"{run}q", f"{run}a"
    title = title_of(request.text) if request.new_conversation else None
    unit = database().unit_of_work()
    store.add_run(
        unit,
        caller,
        request,
        run,
        question_id=question_id,
        answer_id=answer_id,
        answer_seq=seq + 1,
        snapshot={"model": request.model, "answerTokens": choice.answer_tokens},
        at=at,
    )
    unit.create(
        conversations.message_path(request.conversation_id, question_id),
        conversations.new_message(
            caller,
            branch_id=request.branch_id,
            seq=seq,
            parent_id=parent_id,
            role="user",
            parts=[{"type": "text", "text": request.text}],
            run_id=run,
            at=at,
        ),
    )
    if title is not None:
        unit.create(
            path,
            conversations.new_conversation(
                caller,
                title=title,
                source="question",
                request_id=request.request_id,
                at=at,
                model=request.model,
                next_seq=2,
                messages=1,
                active_run=run,
            ),
        )
    else:
        branch_path = ("branches", request.branch_id)
        unit.update(
            path,
            {
                (*branch_path, "nextSeq"): seq + 2,
                (*branch_path, "activeRun"): run,
                ("updatedAt",): at,
                ("model",): request.model,
            },
            guard=version,
            increments={("counts", "messages"): 1},
        )
    versions = unit.commit()
    return Begun(
        run,
        question_id,
        answer_id,
        seq + 1,
        title,
        wants_title=title_source == "question" and seq < TRIED_UNTIL,
        context=context,
        left_out=seq - context.included,
        version=versions[0],
    )


def _refuse_or_recover(caller: Caller, request: ChatRequest, run: str, active: str) -> None:
    """Another run is active on the branch. Raises AlreadyThere when this request made a run before,
    and RunActive unless the active run has lost its process, which is ended then."""
    mine, other = database().get_all([store.run_path(run), store.run_path(active)])
    if mine.data is not None:
        raise AlreadyThere
    if not end_if_lost(other, request.conversation_id, request.branch_id):
        raise RunActive("An answer is still being written here.", {"runId": active})


def _attach(caller: Caller, request: ChatRequest) -> Attached:
    run = store.run_id(caller, request.request_id)
    stored, control = database().get_all([store.run_path(run), store.control_path(run)])
    if stored.data is None or control.data is None:
        conversation = database().get(conversations.path_of(request.conversation_id))
        conversations.owned(caller, conversation, deleted=None)
        raise FailedPrecondition("There is a conversation with this id already.")
    if control.data["bodyHash"] != store.body_hash(request):
        raise RequestIdReused("This request id has been used for another question.")
    return Attached(stored)


def title_of(question: str) -> str:
    """The first words of the question: a title at once, until a better one is there."""
    line = " ".join(question.split())
    if len(line) <= TITLE_LENGTH:
        return line
    head = line[:TITLE_LENGTH]
    return (head.rsplit(" ", 1)[0] if " " in head[20:] else head) + "…"
