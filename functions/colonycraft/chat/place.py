"""Where a turn goes in the tree: which branch, after which messages, under which numbers.

A question at the end of a branch is read in one round trip. What begins at a stored message (edit,
answer again, continue) needs that message first, and a branch that forks needs its parents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from colonycraft.calls import Choice, must_regenerate
from colonycraft.chat.models import ChatRequest, Wish
from colonycraft.conversations import branches as tree
from colonycraft.conversations import long_messages
from colonycraft.conversations import store as conversations
from colonycraft.conversations.message_ids import message_id as new_id
from colonycraft.errors import FailedPrecondition, NotFound, invalid_field
from colonycraft.platform.firestore import Snapshot, database
from colonycraft.platform.operations import Caller

MOST_COMPARED = 4


@dataclass(frozen=True, slots=True)
class Place:
    """`branch` is the entry of the branch with its new numbers; `new_branch` says that it is made.

    `question_seq` None: the question is stored already. `extends`: the answer that is gone on with.
    `older`: the messages before the question, newest first; `path`: where they lie. `version`
    guards the conversation. `wish`: what the answer is to be.
    """

    branch_id: str
    branch: Mapping[str, Any]
    new_branch: bool
    question_id: str
    question: str
    question_seq: int | None
    parent_id: str | None
    answer_id: str
    answer_seq: int
    older: Sequence[Mapping[str, Any]]
    path: Sequence[tree.Stretch] = ()
    conversation: Mapping[str, Any] | None = None
    version: Any = None
    extends: Mapping[str, Any] | None = None
    wish: Wish | None = None


def find_place(caller: Caller, request: ChatRequest, run: str, choice: Choice) -> Place:
    """Raises NotFound, FailedPrecondition."""
    if request.new_conversation:
        return Place(
            branch_id="main",
            branch=tree.new_branch(None, 0, 2, run),
            new_branch=True,
            question_id=new_id(0, f"{run}q"),
            question=request.text or "",
            question_seq=0,
            parent_id=None,
            answer_id=new_id(1, f"{run}a"),
            answer_seq=1,
            older=(),
        )
    if request.action == "ask":
        return _at_the_end(caller, request, run, choice)
    return _at_a_message(caller, request, run, choice)


def _at_the_end(caller: Caller, request: ChatRequest, run: str, choice: Choice) -> Place:
    limit = choice.messages_read
    reads = conversations.open_branch(request.conversation_id, request.branch_id, limit)
    conversation = reads[0]()[0]
    data = conversations.owned(caller, conversation)
    branch = _branch(data, request.branch_id)
    own = reads[1]()
    path = tree.path(data["branches"], request.branch_id)
    if path[1:] and len(own) < limit:
        own += conversations.read_path(request.conversation_id, path[1:], limit - len(own))
    seq = branch["nextSeq"]
    older = long_messages.whole(own)
    return Place(
        branch_id=request.branch_id,
        branch={**branch, "nextSeq": seq + 2},
        new_branch=False,
        question_id=new_id(seq, f"{run}q"),
        question=request.text or "",
        question_seq=seq,
        parent_id=older[0]["id"] if older else None,
        answer_id=new_id(seq + 1, f"{run}a"),
        answer_seq=seq + 1,
        older=older,
        path=path,
        conversation=data,
        version=conversation.version,
    )


def _at_a_message(caller: Caller, request: ChatRequest, run: str, choice: Choice) -> Place:
    message_id = request.message_id or ""
    conversation, message = database().get_all(
        [
            conversations.path_of(request.conversation_id),
            conversations.message_path(request.conversation_id, message_id),
        ]
    )
    data = conversations.owned(caller, conversation)
    _branch(data, request.branch_id)
    role = "assistant" if request.action == "continue" else "user"
    if message.data is None or message.data["branchId"] != request.branch_id:
        raise NotFound("message-missing")
    if message.data["role"] != role:
        raise invalid_field("messageId", f"is not by the {role}")
    wish = request.wish
    if request.action == "continue":
        if message.data["state"] == "complete":
            raise FailedPrecondition("answer-complete")
        answer = conversations.complete(request.conversation_id, message)
        receipt: Mapping[str, Any] = answer["receipt"] or {}
        wish = receipt.get("wish")
        if (text := text_of(answer)) and not must_regenerate(text):
            place = _continued(request, choice, data, conversation.version, answer)
            return replace(place, wish=wish)
        message = _question_of(request.conversation_id, message.data)
    if request.action == "edit":
        return _edited(request, run, choice, data, conversation.version, message)
    place = _answered_again(request, run, choice, data, conversation.version, message)
    return replace(place, wish=wish)


def _edited(
    request: ChatRequest,
    run: str,
    choice: Choice,
    data: Mapping[str, Any],
    version: Any,
    message: Snapshot,
) -> Place:
    old: dict[str, Any] = message.data or {}
    seq = old["seq"]
    parent = tree.origin(data["branches"], old["branchId"], seq)
    path = tree.path(data["branches"], old["branchId"], seq)
    return Place(
        branch_id=_new_branch_id(data, run),
        branch=tree.new_branch(parent, seq, seq + 2, run),
        new_branch=True,
        question_id=new_id(seq, f"{run}q"),
        question=request.text or "",
        question_seq=seq,
        parent_id=old["parentId"],
        answer_id=new_id(seq + 1, f"{run}a"),
        answer_seq=seq + 1,
        older=_before(request, choice, path),
        path=path,
        conversation=data,
        version=version,
    )


def _answered_again(
    request: ChatRequest,
    run: str,
    choice: Choice,
    data: Mapping[str, Any],
    version: Any,
    question: Snapshot,
) -> Place:
    stored: dict[str, Any] = question.data or {}
    seq = stored["seq"] + 1
    parent = stored["branchId"]
    if request.comparing:
        columns = [
            one
            for one in tree.alternatives(data["branches"], parent, seq)
            if data["branches"][one]["comparing"]
        ]
        if not stored["comparing"]:
            raise FailedPrecondition("not-a-comparison")
        if len(columns) + 1 >= MOST_COMPARED:
            raise FailedPrecondition("comparison-full", most=MOST_COMPARED)
    path = tree.path(data["branches"], parent, seq - 1)
    return Place(
        branch_id=_new_branch_id(data, run),
        branch=tree.new_branch(parent, seq, seq + 1, run, comparing=request.comparing),
        new_branch=True,
        question_id=question.id,
        question=text_of(stored),
        question_seq=None,
        parent_id=question.id,
        answer_id=new_id(seq, f"{run}a"),
        answer_seq=seq,
        older=_before(request, choice, path),
        path=path,
        conversation=data,
        version=version,
    )


def _continued(
    request: ChatRequest,
    choice: Choice,
    data: Mapping[str, Any],
    version: Any,
    stored: Mapping[str, Any],
) -> Place:
    branch = _branch(data, request.branch_id)
    if stored["seq"] != branch["nextSeq"] - 1:
        raise FailedPrecondition("answer-not-last")
    question = _question_of(request.conversation_id, stored)
    asked: dict[str, Any] = question.data or {}
    path = tree.path(data["branches"], asked["branchId"], asked["seq"])
    return Place(
        branch_id=request.branch_id,
        branch=branch,
        new_branch=False,
        question_id=question.id,
        question=text_of(asked),
        question_seq=None,
        parent_id=question.id,
        answer_id=stored["id"],
        answer_seq=stored["seq"],
        older=_before(request, choice, path),
        path=path,
        conversation=data,
        version=version,
        extends=stored,
    )


def _branch(data: Mapping[str, Any], branch_id: str) -> Mapping[str, Any]:
    branch = data["branches"].get(branch_id)
    if branch is None:
        raise NotFound("branch-missing")
    return branch


def _new_branch_id(data: Mapping[str, Any], run: str) -> str:
    if len(data["branches"]) >= tree.MOST_BRANCHES:
        raise FailedPrecondition("branches-full", most=tree.MOST_BRANCHES)
    return run[:20]


def _question_of(conversation_id: str, answer: Mapping[str, Any]) -> Snapshot:
    path = conversations.message_path(conversation_id, answer["parentId"])
    question = database().get(path)
    if question.data is None:
        raise NotFound("question-missing")
    return question


def _before(
    request: ChatRequest, choice: Choice, path: Sequence[tree.Stretch]
) -> Sequence[Mapping[str, Any]]:
    return long_messages.whole(
        conversations.read_path(request.conversation_id, path, choice.messages_read)
    )


def text_of(message: Mapping[str, Any], kind: str = "text") -> str:
    return "".join(part["text"] for part in message["parts"] if part["type"] == kind)
