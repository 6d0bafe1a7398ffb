"""What `worker` does for turns: see a run through, go on with a queue, look at a batch. Each may
come twice."""

import time
from collections.abc import Mapping

from colonycraft.calls import Needs, chain_for, must_regenerate, resolve
from colonycraft.chat import batched_summary, handover, queue, recovery
from colonycraft.chat import run as runs
from colonycraft.chat.begin import Begun
from colonycraft.chat.memory import read_memory
from colonycraft.chat.place import text_of
from colonycraft.chat.prompt import Prompt
from colonycraft.chat.run import Run, Saved
from colonycraft.chat.turn import Turn
from colonycraft.conversations import branches as tree
from colonycraft.conversations import long_messages
from colonycraft.conversations import store as conversations
from colonycraft.errors import ColonyCraftError
from colonycraft.platform.firestore import database

LOOK_EVERY = 5.0
LONGEST_WATCH = 240.0


def watch(ids: Mapping[str, str]) -> None:
    """Looks after a run that nobody reads until it ends; goes on when its process is gone."""
    until = time.monotonic() + LONGEST_WATCH
    while True:
        stored = database().get(runs.run_path(ids["runId"]))
        if stored.data is None or stored.data["state"] != "running":
            return
        run = runs.read(stored)
        if runs.is_lost(run):
            go_on(run)
            return
        if time.monotonic() > until:
            handover.watch(run)
            return
        time.sleep(LOOK_EVERY)


def go_on(run: Run) -> None:
    """Takes the run over and finishes it from what its log has, as a further attempt. Does nothing
    if the run is not to be had."""
    taken = runs.take_over(run)
    if taken is None:
        return
    held, log = taken
    try:
        begun = _resumed(held, log)
    except ColonyCraftError:
        begun = None
    if begun is None:
        recovery.end_taken(held, log, "incomplete", recovery.LOST)
        handover.go_on_with_queue(held)
        return
    recovery.settle_attempts(held, log)
    for _ in Turn(begun, time.monotonic()).events():
        pass


def _resumed(run: Run, log: Saved) -> Begun | None:
    """None when what is there cannot be gone on with, such as a table that ends in the middle."""
    paths = [conversations.path_of(run.conversation_id)] + [
        conversations.message_path(run.conversation_id, message)
        for message in (run.question_id, run.answer_id)
    ]
    control, conversation, question, answer = database().get_all(
        [runs.control_path(run.id), *paths]
    )
    if conversation.data is None or question.data is None:
        return None
    stored = conversations.complete(run.conversation_id, answer) if run.continues else None
    text = (text_of(stored) if stored else "") + log.text
    if text and must_regenerate(text):
        return None
    choice = resolve(run.snapshot["model"])
    path = tree.path(conversation.data["branches"], question.data["branchId"], question.data["seq"])
    older = long_messages.whole(
        conversations.read_path(run.conversation_id, path, choice.messages_read)
    )
    memory = read_memory(run.conversation_id, conversation.data, path, older)
    wish = run.snapshot.get("wish")
    prompt = Prompt(older, text_of(question.data), question.data["seq"], memory, wish)
    needs = Needs(context_tokens=prompt.context_for(choice).tokens)
    return Begun(
        runs.with_caller(run, control),
        prompt,
        chain_for(choice, conversation.data.get("fallbacks", ()), needs),
        text=text,
        reasoning=(text_of(stored, "reasoning") if stored else "") + log.reasoning,
        receipt=stored["receipt"] if stored else None,
        conversation=conversation.data,
    )


WORK = {
    handover.WATCH: watch,
    handover.DRAIN: queue.drain,
    handover.LOOK: batched_summary.look,
}
