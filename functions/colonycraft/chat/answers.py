"""The answer of a run on its way into the conversation: a new message, or more of one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from colonycraft.chat.run import Run
from colonycraft.conversations import store as conversations
from colonycraft.platform.firestore import UnitOfWork


def add_answer(
    unit: UnitOfWork,
    run: Run,
    *,
    text: str,
    reasoning: str,
    state: str,
    problem: Mapping[str, Any] | None,
    receipt: Mapping[str, Any] | None,
    at: datetime,
    opaque: Mapping[str, str] | None = None,
) -> None:
    """Adds the whole answer to the batch that ends its run. `opaque` says who made what goes with
    it (`opaque.py`); an answer that is continued has none."""
    parts = [
        {"type": kind, "text": piece}
        for kind, piece in (("reasoning", reasoning), ("text", text))
        if piece
    ]
    common: dict[str, Any] = {
        "parts": parts,
        "state": state,
        "problem": problem,
        "receipt": receipt,
    }
    place = {"branch_id": run.branch_id, "at": at}
    if run.continues:
        conversations.extend_answer(
            unit,
            run.caller,
            run.conversation_id,
            run.answer_id,
            **place,
            seq=run.answer_seq,
            runId=run.id,
            **common,
        )
    else:
        conversations.add_answer(
            unit,
            run.caller,
            run.conversation_id,
            run.answer_id,
            **place,
            seq=run.answer_seq,
            parent_id=run.question_id,
            model=run.snapshot["model"],
            run_id=run.id,
            fences=run.fences,
            opaque=opaque,
            **common,
        )
