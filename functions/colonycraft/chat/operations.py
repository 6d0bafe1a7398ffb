"""The streamed turn, its runs and its queue, as operations."""

from functools import partial

from colonycraft.chat import control, queue
from colonycraft.chat.models import (
    ChatEvent,
    ChatRequest,
    ChatResult,
    MoveQueueEntry,
    QueueChanged,
    QueueEntry,
    QueueQuestion,
    QueueSubject,
    RunStatus,
    RunSubject,
)
from colonycraft.chat.turn import chat
from colonycraft.platform.operations import Access, Operation

_of_run = partial(
    Operation,
    input=RunSubject,
    output=RunStatus,
    access=Access.OWNER,
    subject="runId",
    example={"runId": "0123456789abcdef"},
)
_of_queue = partial(Operation, output=QueueChanged, access=Access.OWNER, subject="conversationId")
_ENTRY = {"conversationId": "conversation-0001", "entryId": "0123456789abcdef"}

OPERATIONS = (
    Operation(
        name="chat",
        summary="Asks a question in a conversation and streams the answer, which is stored.",
        handler=chat,
        input=ChatRequest,
        output=ChatResult,
        event=ChatEvent,
        function="chat",
        access=Access.OWNER,
        subject="conversationId",
        timeout=300,
        example={
            "requestId": "request-0000-0001",
            "conversationId": "conversation-0001",
            "newConversation": False,
            "branchId": "main",
            "text": "What is a lease?",
            "model": "ollama/smollm2:135m",
        },
    ),
    _of_run(
        name="runs.stop",
        summary="Stops an answer that is being written, wherever it is; what has come is kept.",
        handler=control.stop,
    ),
    _of_run(
        name="runs.recover",
        summary="Ends a run whose process is gone, and keeps what it had written.",
        handler=control.recover,
    ),
    _of_queue(
        name="queue.add",
        summary="Leaves a question to be asked when the answer on its branch is written.",
        handler=queue.add,
        input=QueueQuestion,
        example={
            "requestId": "request-0000-0001",
            "conversationId": "conversation-0001",
            "branchId": "main",
            "text": "And a fence?",
            "model": "ollama/smollm2:135m",
        },
    ),
    _of_queue(
        name="queue.move",
        summary="Moves a waiting question before another, or to the end.",
        handler=queue.move,
        input=MoveQueueEntry,
        example={**_ENTRY, "before": None},
    ),
    _of_queue(
        name="queue.remove",
        summary="Takes a waiting question back.",
        handler=queue.remove,
        input=QueueEntry,
        example=_ENTRY,
    ),
    _of_queue(
        name="queue.send",
        summary="Goes on with the questions that wait after an answer was stopped or failed.",
        handler=queue.send,
        input=QueueSubject,
        example={"conversationId": "conversation-0001", "branchId": "main"},
    ),
)
