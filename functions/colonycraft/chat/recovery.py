"""Runs whose process is gone: ended with the text that was saved, or gone on with."""

from colonycraft.calls import settle_lost
from colonycraft.chat import run as runs
from colonycraft.chat.answers import add_answer
from colonycraft.chat.models import Problem, dump
from colonycraft.chat.place import text_of
from colonycraft.chat.run import EndState, Run, Saved
from colonycraft.conversations import store as conversations
from colonycraft.errors import Unavailable
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import AlreadyThere, GuardLost, Snapshot, database
from colonycraft.usage import ledger

LOST = Problem.of(Unavailable("run-lost"))


def end_if_lost(stored: Snapshot, conversation_id: str, branch_id: str) -> bool:
    """Ends the run if its process is gone (or there is no such run); False if it may be alive."""
    if stored.data is None:
        unit = database().unit_of_work()
        unit.update(
            conversations.path_of(conversation_id), {("branches", branch_id, "activeRun"): None}
        )
        unit.commit()
        return True
    run = runs.read(stored)
    if stored.data["state"] == "running" and not runs.is_lost(run):
        return False
    if stored.data["state"] == "running":
        end(run)
    return True


def end(run: Run, state: EndState = "incomplete", problem: Problem | None = LOST) -> None:
    """Takes the run from whoever held it and ends it. Does nothing if that is not to be had."""
    taken = runs.take_over(run)
    if taken is not None:
        end_taken(*taken, state, problem)


def settle_attempts(run: Run, log: Saved) -> None:
    """Settles what the process that is gone had asked for; to be called by who took the run over.
    One read when there is nothing."""
    for entry in ledger.open_of_run(run.id):
        settle_lost(entry, log.text + log.reasoning)


def end_taken(run: Run, log: Saved, state: EndState, problem: Problem | None) -> None:
    """Ends a run that this process holds, with what its log has."""
    settle_attempts(run, log)
    text, reasoning, receipt = log.text, log.reasoning, None
    if run.continues:
        found = conversations.read_message(run.conversation_id, run.answer_id)
        stored = found or {"parts": [], "receipt": None}
        text = text_of(stored) + text
        reasoning = text_of(stored, "reasoning") + reasoning
        receipt = stored["receipt"]
    at = now()
    unit = database().unit_of_work()
    runs.finish(unit, run, state=state, attempts=run.attempts, problem=dump(problem), at=at)
    add_answer(
        unit,
        run,
        text=text,
        reasoning=reasoning,
        state=state,
        problem=dump(problem),
        receipt=receipt,
        at=at,
    )
    runs.remove_log(unit, run, run.next_segment)
    try:
        unit.commit()
    except (AlreadyThere, GuardLost):
        return
